/* Plans in and out: from words to routes and back, and what is put right of a plan that breaks rules. */
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

static void fill_route(struct search *search, struct route *route, const int64_t *steps, int64_t count) {
    for (int64_t each = 0; each < count; each++) {
        route->now->steps[each] = (int32_t)steps[each];
        search->route_of[steps[each] / 2] = route->shift;
    }
    route->now->count = (int32_t)count;
    route->touched = 0;
}

static void find_absent(struct search *search) {
    search->absent_count = 0;
    for (int32_t task = 0; task < search->problem->tasks; task++)
        if (search->route_of[task] == NONE) search->absent[search->absent_count++] = task;
}

static int put_plan(struct search *search, const int64_t *plan, int64_t count) {
    if (!is_plan(search, plan, count)) return -1;
    int64_t at = 0;
    for (int32_t shift = 0; shift < search->problem->shifts; at += plan[at] + 1, shift++)
        if (state_room(search->routes[shift].now, (int32_t)plan[at]) < 0) return -1;
    for (int32_t task = 0; task < search->problem->tasks; task++) search->route_of[task] = NONE;
    at = 0;
    for (int32_t shift = 0; shift < search->problem->shifts; at += plan[at] + 1, shift++) fill_route(search, search->routes + shift, plan + at + 1, plan[at]);
    for (int32_t shift = 0; shift < search->problem->shifts; shift++) {
        route_work_out(search, search->routes + shift);
        search->routes[shift].allowed = search->routes[shift].now->tally;
    }
    find_absent(search);
    search->touched_count = 0;
    search->slots_stale = 1;
    return 0;
}

int64_t kernel_put_plan(kernel_search *search, const int64_t *plan, int64_t count) { return put_plan(search, plan, count); }

/* Putting right -------------------------------------------------------------------------------------------------------------- */

/* Takes marked tasks out for good. */
static void take_out_now(struct search *search) {
    iteration_begin(search);
    search->removed_count = 0;
}

static void settle_changes(struct search *search) {
    for (int32_t each = 0; each < search->touched_count; each++) search->routes[search->touched[each]].touched = 0;
    search->touched_count = 0;
    find_absent(search);
    search->slots_stale = 1;
}

/* Whether the other half of a pair, or what a task waits for, is missing in its route. */
static int is_torn(const struct search *search, int32_t task) {
    const struct problem *problem = search->problem;
    int32_t number = problem->task[task].group;
    if (number == NONE) return 0;
    const struct group *group = problem->group + number;
    for (int32_t each = 0; each < group->count; each++) {
        int32_t member = problem->members[group->first + each], after = problem->task[member].after;
        if (after == NONE || (task != member && task != after)) continue;
        int apart = search->route_of[member] != search->route_of[after], pair = problem->task[after].kind != DELIVERY;
        if (apart && (pair || task == member)) return 1;
    }
    return 0;
}

/* Tasks that stand where they may not, or without their partner, leave. */
static void drop_misplaced(struct search *search) {
    const struct problem *problem = search->problem;
    take_out_now(search);
    for (int32_t task = 0; task < problem->tasks; task++) {
        int32_t route = search->route_of[task];
        if (route == NONE || problem->task[task].fixed || problem->shift[route].closed || problem->task[task].stays == route) continue;
        if (!problem->barred[(int64_t)task * problem->shifts + route] && !is_torn(search, task)) continue;
        mark_gone(search, task);
    }
    take_out(search);
    settle_changes(search);
}

/* How much better a route is without a task: fewer broken rules first, then less broken, then less cost. */
struct relief {
    int32_t task, broken;
    int64_t excess, cost;
};

static int is_better(const struct relief *one, const struct relief *other) {
    if (one->broken != other->broken) return one->broken < other->broken;
    if (one->excess != other->excess) return one->excess < other->excess;
    return one->cost < other->cost;
}

static int may_be_dropped(const struct search *search, int32_t task) {
    const struct problem *problem = search->problem;
    return !problem->task[task].fixed && problem->task[task].stays == NONE;
}

/* The route without one task (its group stays for the moment). */
static struct relief relief_of(struct search *search, const struct route *route, int32_t index) {
    const struct state *state = route->now;
    struct figures figures = {0, 0, 0, 0, 0, 0};
    struct tally tally;
    int32_t *steps = search->scratch_steps;
    memset(&tally, 0, sizeof tally);
    memcpy(steps, state->steps, (size_t)index * sizeof(int32_t));
    memcpy(steps + index, state->steps + index + 1, (size_t)(state->count - index - 1) * sizeof(int32_t));
    if (index < state->count - 1) steps[index] |= reload_of(state->steps[index]);
    if (state->count > 1) timeline_run(&search->work, route->shift, steps, state->count - 1, &figures, &tally);
    return (struct relief){task_of(state->steps[index]), tally.broken, tally.excess, figures.travel_cost + figures.late_cost};
}

/* Takes out the task whose leaving mends most; 0 where none mends anything. */
static int drop_worst(struct search *search, struct route *route) {
    const struct state *state = route->now;
    struct relief best = {NONE, state->tally.broken, state->tally.excess, INT64_MIN};
    for (int32_t index = search->problem->shift[route->shift].fixed; index < state->count; index++) {
        if (!may_be_dropped(search, task_of(state->steps[index]))) continue;
        struct relief found = relief_of(search, route, index);
        if (is_better(&found, &best)) best = found;
    }
    if (best.task == NONE) return 0;
    take_out_now(search);
    mark_gone(search, best.task);
    take_out(search);
    settle_changes(search);
    return search->route_of[best.task] == NONE;
}

static void mend(struct search *search) {
    const struct problem *problem = search->problem;
    drop_misplaced(search);
    for (int32_t shift = 0; shift < problem->shifts; shift++) {
        struct route *route = search->routes + shift;
        if (problem->shift[shift].closed) continue;
        while (route->now->tally.broken && drop_worst(search, route)) continue;
    }
    for (int32_t shift = 0; shift < problem->shifts; shift++) search->routes[shift].allowed = search->routes[shift].now->tally;
}

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

int64_t kernel_set_plan(kernel_search *search, const int64_t *plan, int64_t count) {
    if (put_plan(search, plan, count) < 0 || !keeps_fixed(search)) return -1;
    if (search->problem->at_most == NONE) mend(search);
    keep_best(search);
    return 0;
}

void kernel_construct(kernel_search *search, const volatile int32_t *stop) {
    iteration_begin(search);
    memcpy(search->queue, search->absent, (size_t)search->absent_count * sizeof(int32_t));
    search->queue_count = search->absent_count;
    search->blink = 0;
    search->width = 0;
    if (stop == NULL || !*stop) recreate(search);
    for (int32_t each = 0; each < search->touched_count; each++) search->routes[search->touched[each]].touched = 0;
    search->touched_count = 0;
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

/* Puts the best plan in the place of the present one; routes that are the same are not worked out again. */
/* Makes given routes the present plan; those that are the same already stay as they are. */
static void take_over(struct search *search, const int32_t *const *steps, const int32_t *counts) {
    const struct problem *problem = search->problem;
    for (int32_t task = 0; task < problem->tasks; task++) search->route_of[task] = NONE;
    for (int32_t shift = 0; shift < problem->shifts; shift++) {
        struct route *route = search->routes + shift;
        struct state *state = route->now;
        size_t size = (size_t)counts[shift] * sizeof(int32_t);
        if (state_room(state, counts[shift]) < 0) continue;
        int same = state->count == counts[shift] && memcmp(state->steps, steps[shift], size) == 0;
        memcpy(state->steps, steps[shift], size);
        state->count = counts[shift];
        route->touched = 0;
        for (int32_t at = 0; at < state->count; at++) search->route_of[task_of(state->steps[at])] = shift;
        if (!same) route_work_out(search, route);
    }
    find_absent(search);
    search->touched_count = 0;
    search->slots_stale = 1;
    keep_best(search);
}

/* Lists for `take_over`; NULL where memory is short. */
static const int32_t **lists_of(const struct problem *problem, int32_t **counts) {
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
    const int32_t **steps = lists_of(search->problem, &counts);
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
    const int32_t **steps = lists_of(search->problem, &counts);
    for (int32_t shift = 0; steps != NULL && shift < search->problem->shifts; shift++) {
        steps[shift] = other->routes[shift].now->steps;
        counts[shift] = other->routes[shift].now->count;
        search->routes[shift].allowed = other->routes[shift].allowed;
    }
    if (steps == NULL) return;
    search->move_price = other->move_price;
    take_over(search, steps, counts);
    free(steps);
    free(counts);
}

int64_t kernel_present_value(const kernel_search *search) { return search->value; }
