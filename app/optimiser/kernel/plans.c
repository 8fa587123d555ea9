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

/* Makes changes final that were made outside an iteration. */
static void settle_changes(struct search *search) {
    for (int32_t each = 0; each < search->touched_count; each++) search->routes[search->touched[each]].touched = 0;
    search->touched_count = 0;
    find_absent(search);
    search->slots_stale = 1;
}

static int is_held(const struct search *search, int32_t task) {
    const struct task *terms = search->problem->task + task;
    return terms->fixed || terms->stays != NONE || search->problem->shift[search->route_of[task]].closed;
}

static int32_t position_in(const struct state *state, int32_t task) {
    int32_t at = 0;
    while (at < state->count && task_of(state->steps[at]) != task) at++;
    return at;
}

/* Whether a task that is held must come after this one, and does in the same route. */
static int is_needed(const struct search *search, int32_t task) {
    const struct problem *problem = search->problem;
    if (problem->task[task].group == NONE) return 0;
    const struct group *group = problem->group + problem->task[task].group;
    for (int32_t each = 0; each < group->count; each++) {
        int32_t member = problem->members[group->first + each];
        if (search->route_of[member] != search->route_of[task] || !is_held(search, member)) continue;
        const struct state *state = search->routes[search->route_of[task]].now;
        int32_t steps = 0;
        if (position_in(state, task) > position_in(state, member)) continue;
        for (int32_t before = problem->task[member].after; before != NONE && steps++ < group->count; before = problem->task[before].after) {
            if (before == task) return 1;
            if (search->route_of[before] != search->route_of[task]) break;
        }
    }
    return 0;
}

static int may_be_dropped(const struct search *search, int32_t task) {
    return search->route_of[task] != NONE && !search->gone[task] && !is_held(search, task) && !is_needed(search, task);
}

static void mark(struct search *search, int32_t task) {
    if (!may_be_dropped(search, task)) return;
    search->gone[task] = 1;
    search->removed[search->removed_count++] = task;
}

/* Whether the other half of a pair, or what a task waits for, is missing in its route or about to leave it. */
static int is_torn(const struct search *search, int32_t task) {
    const struct problem *problem = search->problem;
    int32_t number = problem->task[task].group;
    if (number == NONE) return 0;
    const struct group *group = problem->group + number;
    for (int32_t each = 0; each < group->count; each++) {
        int32_t member = problem->members[group->first + each], after = problem->task[member].after;
        if (after == NONE || (task != member && task != after)) continue;
        int apart = search->route_of[member] != search->route_of[after] || search->gone[member] || search->gone[after];
        if (apart && (is_second_half(problem, member) || task == member)) return 1;
    }
    return 0;
}

/* Marks all of a group that cannot stand without what is marked already. */
static void mark_torn(struct search *search, int32_t number) {
    const struct group *group = search->problem->group + number;
    for (int again = 1; again;) {
        again = 0;
        for (int32_t each = 0; each < group->count; each++) {
            int32_t member = search->problem->members[group->first + each];
            if (!may_be_dropped(search, member) || !is_torn(search, member)) continue;
            mark(search, member);
            again = 1;
        }
    }
}

/* Takes the marked tasks out for good. */
static int drop_marked(struct search *search) {
    int taken = search->removed_count > 0;
    search->touched_count = 0;
    take_out(search);
    settle_changes(search);
    search->removed_count = 0;
    return taken;
}

static int stands_before_it_may(const struct search *search, int32_t task) {
    int32_t after = search->problem->task[task].after;
    if (after == NONE || search->route_of[after] != search->route_of[task]) return 0;
    const struct state *state = search->routes[search->route_of[task]].now;
    return position_in(state, task) < position_in(state, after);
}

/* Tasks that stand where they may not, or without their partner, leave. */
static void drop_misplaced(struct search *search) {
    const struct problem *problem = search->problem;
    search->removed_count = 0;
    for (int32_t task = 0; task < problem->tasks; task++) {
        if (!may_be_dropped(search, task)) continue;
        int barred = bars_of(problem, task, search->route_of[task]) != 0;
        int torn = problem->at_most == NONE && is_torn(search, task);
        if (barred || torn || stands_before_it_may(search, task)) mark(search, task);
    }
    for (int32_t number = 0; search->removed_count && number < problem->groups; number++) mark_torn(search, number);
    drop_marked(search);
}

/* How much better a route is with a change: fewer broken rules first, then less broken, then less cost. */
struct relief {
    int32_t change, broken;
    int64_t excess, cost;
};

static int is_better(const struct relief *one, const struct relief *other) {
    if (one->broken != other->broken) return one->broken < other->broken;
    if (one->excess != other->excess) return one->excess < other->excess;
    return one->cost < other->cost;
}

static struct relief relief_of(struct search *search, const struct route *route, int32_t change, int32_t count) {
    struct figures figures = {0, 0, 0, 0, 0, 0};
    struct tally tally;
    memset(&tally, 0, sizeof tally);
    if (count) timeline_run(&search->work, route->shift, search->scratch_steps, count, &figures, &tally);
    return (struct relief){change, tally.broken, tally.excess, figures.travel_cost + figures.late_cost};
}

static struct relief relief_now(const struct route *route) {
    return (struct relief){NONE, route->now->tally.broken, route->now->tally.excess, INT64_MIN};
}

/* Leaves out the loading whose going mends most; 0 where none mends anything. */
static int drop_loading(struct search *search, struct route *route) {
    struct state *state = route->now;
    struct relief best = relief_now(route);
    for (int32_t index = search->problem->shift[route->shift].fixed; index < state->count; index++) {
        if (!reload_of(state->steps[index])) continue;
        memcpy(search->scratch_steps, state->steps, (size_t)state->count * sizeof(int32_t));
        search->scratch_steps[index] &= ~1;
        struct relief found = relief_of(search, route, index, state->count);
        if (is_better(&found, &best)) best = found;
    }
    if (best.change == NONE) return 0;
    state->steps[best.change] &= ~1;
    route_work_out(search, route);
    return 1;
}

/* The route without what leaves when a task does, into `scratch_steps`; how many steps are left. */
static int32_t steps_without(struct search *search, const struct route *route) {
    const struct state *state = route->now;
    int32_t kept = 0, reload = 0;
    for (int32_t index = 0; index < state->count; index++) {
        if (search->gone[task_of(state->steps[index])]) {
            reload |= reload_of(state->steps[index]);
            continue;
        }
        search->scratch_steps[kept++] = state->steps[index] | reload;
        reload = 0;
    }
    return kept;
}

/* Marks a task and all that cannot stand without it. */
static void mark_whole(struct search *search, int32_t task) {
    search->removed_count = 0;
    mark(search, task);
    if (search->problem->task[task].group != NONE) mark_torn(search, search->problem->task[task].group);
}

static void unmark(struct search *search) {
    for (int32_t each = 0; each < search->removed_count; each++) search->gone[search->removed[each]] = 0;
    search->removed_count = 0;
}

/* What a route would break with only those tasks that may not leave it. */
static struct tally tally_held(struct search *search, const struct route *route) {
    const struct state *state = route->now;
    struct figures figures;
    struct tally tally;
    int32_t kept = 0;
    memset(&tally, 0, sizeof tally);
    for (int32_t index = 0; index < state->count; index++)
        if (!may_be_dropped(search, task_of(state->steps[index]))) search->scratch_steps[kept++] = state->steps[index];
    if (kept) timeline_run(&search->work, route->shift, search->scratch_steps, kept, &figures, &tally);
    return tally;
}

/* Takes out the task whose leaving mends most, or where it `must` and none mends anything the one that leaves least broken; 0 where none leaves. */
static int drop_worst(struct search *search, struct route *route, int must) {
    const struct state *state = route->now;
    struct relief best = must ? (struct relief){NONE, INT32_MAX, INT64_MAX, INT64_MAX} : relief_now(route);
    for (int32_t index = search->problem->shift[route->shift].fixed; index < state->count; index++) {
        int32_t task = task_of(state->steps[index]);
        if (!may_be_dropped(search, task)) continue;
        mark_whole(search, task);
        struct relief found = relief_of(search, route, task, steps_without(search, route));
        unmark(search);
        if (is_better(&found, &best)) best = found;
    }
    if (best.change == NONE) return 0;
    mark_whole(search, best.change);
    return drop_marked(search);
}

static void allow_as_is(struct search *search) {
    for (int32_t shift = 0; shift < search->problem->shifts; shift++) search->routes[shift].allowed = search->routes[shift].now->tally;
}

/* Takes out what breaks rules, as far as locks let it; what is left broken is allowed from now on. */
static void mend(struct search *search) {
    const struct problem *problem = search->problem;
    for (int32_t shift = 0; shift < problem->shifts; shift++) search->routes[shift].allowed = tally_held(search, search->routes + shift);
    drop_misplaced(search);
    for (int32_t shift = 0; shift < problem->shifts; shift++) {
        struct route *route = search->routes + shift;
        if (problem->shift[shift].closed) continue;
        while (!tally_within(&route->now->tally, &route->allowed) &&
               (drop_loading(search, route) || drop_worst(search, route, route->now->tally.broken >= route->allowed.broken))) continue;
    }
    allow_as_is(search);
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

void kernel_construct(kernel_search *search, const volatile int32_t *stop) {
    iteration_begin(search);
    memcpy(search->queue, search->absent, (size_t)search->absent_count * sizeof(int32_t));
    search->queue_count = search->absent_count;
    search->blink = 0;
    search->width = 0;
    search->running = 0;
    search->hopeless = NO_PRICE;
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
    memcpy(search->work.excused, other->work.excused, (size_t)search->problem->tasks);
    take_over(search, steps, counts);
    free(steps);
    free(counts);
}

int64_t kernel_present_value(const kernel_search *search) { return search->value; }
