/* Plans in and out: from words to routes and back, and from one search to another. */
#include <stdlib.h>
#include <string.h>

#include "search.h"

/* Reading -------------------------------------------------------------------------------------------------------------------- */

/* Whether the words are a plan: for each shift a count and its steps, each task once. `gone` serves as marks. */
static int is_plan(const struct search *search, const int64_t *plan, int64_t count) {
    const struct problem *problem = search->problem;
    int64_t at = 0, fits = 1;
    memset(search->gone, 0, (size_t)problem->tasks);
    for (int32_t shift = 0; fits && shift < problem->shifts; shift++) {
        fits = at < count && plan[at] >= 0 && plan[at] <= problem->tasks && plan[at] < count - at;
        int64_t steps = fits ? plan[at++] : 0;
        for (int64_t each = 0; fits && each < steps; each++, at++) {
            fits = plan[at] >= 0 && plan[at] / 2 < problem->tasks && !search->gone[plan[at] / 2];
            if (fits) search->gone[plan[at] / 2] = 1;
        }
    }
    memset(search->gone, 0, (size_t)problem->tasks);
    return fits && at == count;
}

/* Gives a route its steps. */
static void fill_route(struct search *search, struct route *route, const int64_t *steps, int64_t count) {
    for (int64_t each = 0; each < count; each++) {
        route->now->steps[each] = (int32_t)steps[each];
        search->route_of[steps[each] / 2] = route->shift;
    }
    route->now->count = (int32_t)count;
    route->touched = 0;
}

/* Makes words the present plan, whatever it breaks; -1 where they are none or memory is short. */
static int put_plan(struct search *search, const int64_t *plan, int64_t count) {
    if (!is_plan(search, plan, count)) return -1;
    int64_t at = 0;
    for (int32_t shift = 0; shift < search->problem->shifts; at += plan[at] + 1, shift++)
        if (state_room(search->routes[shift].now, (int32_t)plan[at]) < 0) return -1;
    for (int32_t task = 0; task < search->problem->tasks; task++) search->route_of[task] = NONE;
    at = 0;
    for (int32_t shift = 0; shift < search->problem->shifts; at += plan[at] + 1, shift++) fill_route(search, search->routes + shift, plan + at + 1, plan[at]);
    for (int32_t shift = 0; shift < search->problem->shifts; shift++) route_work_out(search, search->routes + shift);
    allow_as_is(search);
    settle_changes(search);
    return 0;
}

int64_t kernel_put_plan(kernel_search *search, const int64_t *plan, int64_t count) { return put_plan(search, plan, count); }

/* Taking a plan on ----------------------------------------------------------------------------------------------------------- */

/* Whether a plan keeps what locks fix: beginnings, closed routes, and stays. */
static int keeps_fixed(const struct search *search) {
    const struct problem *problem = search->problem;
    for (int32_t shift = 0; shift < problem->shifts; shift++) {
        const struct state *state = search->routes[shift].now;
        const int32_t *given = problem->start + problem->start_first[shift];
        int32_t count = problem->shift[shift].closed ? problem->start_first[shift + 1] - problem->start_first[shift] : problem->shift[shift].fixed;
        if (state->count < count || (problem->shift[shift].closed && state->count != count)) return 0;
        if (memcmp(state->steps, given, (size_t)count * sizeof(int32_t)) != 0) return 0;
    }
    for (int32_t task = 0; task < problem->tasks; task++)
        if (problem->task[task].stays != NONE && search->route_of[task] != problem->task[task].stays) return 0;
    return 1;
}

/* Excuses the tasks at which the present plan breaks rules. */
static void excuse_broken(struct search *search) {
    struct figures figures;
    struct tally tally;
    size_t room = (size_t)RULES * ((size_t)search->problem->tasks + 1);
    kernel_violation *list = malloc(room * sizeof *list);
    for (int32_t shift = 0; list != NULL && shift < search->problem->shifts; shift++) {
        const struct state *state = search->routes[shift].now;
        if (state->count == 0 || state->tally.broken == 0) continue;
        memset(&tally, 0, sizeof tally);
        tally.list = list;
        tally.room = (int64_t)room;
        timeline_run(&search->work, shift, state->steps, state->count, &figures, &tally);
        for (int64_t each = 0; each < tally.listed && each < tally.room; each++)
            if (list[each].task != NONE) search->work.excused[list[each].task] = 1;
    }
    free(list);
}

int64_t kernel_set_plan(kernel_search *search, const int64_t *plan, int64_t count) {
    int32_t moved;
    if (put_plan(search, plan, count) < 0 || !keeps_fixed(search)) return -1;
    int64_t given = value_now(search, &moved);
    mend(search);
    keep_best(search);
    if (search->problem->at_most == NONE || search->moved <= search->problem->at_most) return 0;
    /* Mending moves more stops than may move: the plan stays as it was given, and what it breaks is allowed. */
    put_plan(search, plan, count);
    excuse_broken(search);
    for (int32_t shift = 0; shift < search->problem->shifts; shift++)
        if (search->routes[shift].now->tally.broken) route_work_out(search, search->routes + shift);
    allow_as_is(search);
    if (moved <= search->problem->at_most && given < search->best_value) keep_best(search);
    return 0;
}

/* Making one from what is there: no place is passed over and all routes are tried. */
void kernel_construct(kernel_search *search, const volatile int32_t *stop) {
    iteration_begin(search);
    memcpy(search->queue, search->absent, (size_t)search->absent_count * sizeof(int32_t));
    search->queue_count = search->absent_count;
    search->blink = 0;
    search->width = 0;
    search->running = 0;
    search->hopeless = NO_PRICE;
    if (stop == NULL || !*stop) recreate(search);
    forget_touched(search);
    keep_best(search);
}

/* Writing -------------------------------------------------------------------------------------------------------------------- */

void kernel_best_worth(const kernel_search *search, int64_t *broken, int64_t *cost, int64_t *number) {
    *broken = search->best_broken;
    *cost = search->best_value == NO_PRICE ? NO_PRICE : search->best_value - search->best_broken * BROKEN_PRICE;
    *number = search->best_number;
}

int64_t kernel_best_plan(const kernel_search *search, int64_t *plan, int64_t room) {
    int64_t at = 0;
    const int32_t shifts = search->problem->shifts;
    if (room < search->best_first[shifts] + shifts) return -1;
    for (int32_t shift = 0; shift < shifts; shift++) {
        plan[at++] = search->best_first[shift + 1] - search->best_first[shift];
        for (int32_t each = search->best_first[shift]; each < search->best_first[shift + 1]; each++) plan[at++] = search->best_steps[each];
    }
    return at;
}

/* From one search to another ------------------------------------------------------------------------------------------------- */

/* Makes given routes the present plan; those that are the same already stay as they are. */
static void take_over(struct search *search, const int32_t *const *steps, const int32_t *counts) {
    const struct problem *problem = search->problem;
    for (int32_t shift = 0; shift < problem->shifts; shift++)
        if (state_room(search->routes[shift].now, counts[shift]) < 0) return; /* goes on from where it is */
    for (int32_t task = 0; task < problem->tasks; task++) search->route_of[task] = NONE;
    for (int32_t shift = 0; shift < problem->shifts; shift++) {
        struct route *route = search->routes + shift;
        struct state *state = route->now;
        size_t size = (size_t)counts[shift] * sizeof(int32_t);
        int same = state->count == counts[shift] && memcmp(state->steps, steps[shift], size) == 0;
        memcpy(state->steps, steps[shift], size);
        state->count = counts[shift];
        route->touched = 0;
        for (int32_t at = 0; at < state->count; at++) search->route_of[task_of(state->steps[at])] = shift;
        if (!same) route_work_out(search, route);
    }
    settle_changes(search);
    keep_best(search);
}

/* Lists for `take_over`; NULL where memory is short. */
static const int32_t **room_for_routes(const struct problem *problem, int32_t **counts) {
    const int32_t **steps = malloc(((size_t)problem->shifts + 1) * sizeof *steps);
    *counts = malloc(((size_t)problem->shifts + 1) * sizeof **counts);
    if (steps != NULL && *counts != NULL) return steps;
    free(steps);
    free(*counts);
    return NULL;
}

void kernel_restart(kernel_search *search) {
    int32_t *counts;
    if (search->best_value == NO_PRICE) return;
    const int32_t **steps = room_for_routes(search->problem, &counts);
    for (int32_t shift = 0; steps != NULL && shift < search->problem->shifts; shift++) {
        steps[shift] = search->best_steps + search->best_first[shift];
        counts[shift] = search->best_first[shift + 1] - search->best_first[shift];
    }
    if (steps == NULL) return;
    take_over(search, steps, counts);
    free(steps);
    free(counts);
}

void kernel_adopt(kernel_search *search, const kernel_search *other) {
    int32_t *counts;
    const int32_t **steps = room_for_routes(search->problem, &counts);
    for (int32_t shift = 0; steps != NULL && shift < search->problem->shifts; shift++) {
        steps[shift] = other->routes[shift].now->steps;
        counts[shift] = other->routes[shift].now->count;
        search->routes[shift].allowed = other->routes[shift].allowed;
    }
    if (steps == NULL) return;
    search->move_price = other->move_price;
    memcpy(search->work.excused, other->work.excused, (size_t)search->problem->tasks);
    take_over(search, steps, counts);
    free(steps);
    free(counts);
}

int64_t kernel_present_value(const kernel_search *search) { return search->value; }
