/* Puts a plan right that breaks rules: loadings and tasks leave it, that whose going mends most first, until no more is broken than what is held breaks. */
#include <string.h>

#include "search.h"

/* Whether a task may not leave the route it is in. */
static int is_held(const struct search *search, int32_t task) {
    const struct task *terms = search->problem->task + task;
    return terms->fixed || terms->stays != NONE || search->problem->shift[search->route_of[task]].closed;
}

/* Whether one task of a route comes before another of it. */
static int comes_before(const struct state *state, int32_t one, int32_t other) {
    return position_of(state->steps, state->count, one) < position_of(state->steps, state->count, other);
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
        if (comes_before(state, member, task)) continue;
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

/* Marks a task to leave, where it may. */
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

/* Takes the marked tasks out for good; whether there were any. */
static int drop_marked(struct search *search) {
    int taken = search->removed_count > 0;
    take_out(search);
    settle_changes(search);
    search->removed_count = 0;
    return taken;
}

/* Whether a task stands before one of its route that it must come after. */
static int stands_before_it_may(const struct search *search, int32_t task) {
    int32_t after = search->problem->task[task].after;
    if (after == NONE || search->route_of[after] != search->route_of[task]) return 0;
    return comes_before(search->routes[search->route_of[task]].now, task, after);
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

/* Whether one change mends more than another. */
static int mends_more(const struct relief *one, const struct relief *other) {
    if (one->broken != other->broken) return one->broken < other->broken;
    if (one->excess != other->excess) return one->excess < other->excess;
    return one->cost < other->cost;
}

/* What the first `count` of the scratch steps would come to as a route. */
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
        if (mends_more(&found, &best)) best = found;
    }
    if (best.change == NONE) return 0;
    state->steps[best.change] &= ~1;
    route_work_out(search, route);
    return 1;
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
        int32_t kept = steps_without(state->steps, state->count, search->gone, search->scratch_steps);
        struct relief found = relief_of(search, route, task, kept);
        unmark(search);
        if (mends_more(&found, &best)) best = found;
    }
    if (best.change == NONE) return 0;
    mark_whole(search, best.change);
    return drop_marked(search);
}

void allow_as_is(struct search *search) {
    for (int32_t shift = 0; shift < search->problem->shifts; shift++) search->routes[shift].allowed = search->routes[shift].now->tally;
}

void mend(struct search *search) {
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
