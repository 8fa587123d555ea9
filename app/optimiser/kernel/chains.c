/* Tasks that hang together in longer chains: put into one route, one after the other, each where it costs least, priced exactly. */
#include <string.h>

#include "search.h"

/* A chain being put into one route. */
struct chain {
    struct search *search;
    struct route *route;
    int32_t *steps, *trial, *kept; /* as far as it has come; one more try; what it was before */
    int32_t count;
    int64_t price;
};

/* Where a task of a chain may go in. */
struct link {
    int32_t position;
    enum loading loading;
    int64_t price;
};

/* Tries a task at a position, with a loading before it, after it or none; keeps the cheapest. */
static void try_link(struct chain *chain, int32_t task, int32_t at, enum loading loading, struct link *best) {
    steps_with(chain->steps, chain->count, task, at, loading, chain->trial);
    int64_t price = steps_price(chain->search, chain->route, chain->trial, chain->count + 1);
    if (price < best->price) *best = (struct link){at, loading, price};
}

/* The first position at which a task may stand: behind what may not move, and behind what it must follow. NONE where that is not there. */
static int32_t first_position(const struct chain *chain, const struct shift *shift, int32_t task) {
    int32_t after = chain->search->problem->task[task].after;
    if (after == NONE) return shift->fixed;
    int32_t before = position_of(chain->steps, chain->count, after);
    if (before == NONE) return NONE;
    return before + 1 > shift->fixed ? before + 1 : shift->fixed;
}

/* Puts one task of a chain in where it costs least; 0 where it fits nowhere. */
static int add_link(struct chain *chain, int32_t task) {
    const struct shift *shift = chain->search->problem->shift + chain->route->shift;
    int32_t first = first_position(chain, shift, task), most = may_load_more(shift, chain->steps, chain->count) ? LOADING_AFTER : LOADING_NONE;
    struct link best = {NONE, LOADING_NONE, NO_PRICE};
    for (int32_t at = first; first != NONE && at <= chain->count; at++)
        for (int32_t loading = LOADING_NONE; loading <= most; loading++)
            if (may_load_at(at, chain->count, (enum loading)loading)) try_link(chain, task, at, (enum loading)loading, &best);
    if (best.position == NONE) return 0;
    steps_with(chain->steps, chain->count, task, best.position, best.loading, chain->trial);
    memcpy(chain->steps, chain->trial, (size_t)(chain->count + 1) * sizeof(int32_t));
    chain->count++;
    chain->price = best.price;
    return 1;
}

/* Whether another task must come after it. */
static int has_follower(const struct problem *problem, int32_t task) {
    const struct group *group = problem->group + problem->task[task].group;
    for (int32_t each = 0; each < group->count; each++) {
        int32_t member = problem->members[group->first + each];
        if (problem->task[member].after == task) return 1;
    }
    return 0;
}

/* Whether a task is held where it is, so that it is served also without those that come after it. */
static int stands_alone(const struct problem *problem, int32_t task) {
    return problem->task[task].stays != NONE || problem->task[task].fixed;
}

/* Puts one member of a group in, where that costs less than leaving it out; 0: it stays out, -1: then the others may not go in either. */
static int add_member(struct chain *chain, int32_t task) {
    const struct problem *problem = chain->search->problem;
    const int must = is_second_half(problem, task) && !stands_alone(problem, problem->task[task].after);
    int64_t before = chain->price;
    int32_t count = chain->count;
    memcpy(chain->kept, chain->steps, (size_t)count * sizeof(int32_t));
    if (bars_of(problem, task, chain->route->shift) || !add_link(chain, task)) return must ? -1 : 0;
    if (must || problem->task[task].stays != NONE || has_follower(problem, task)) return 1;
    if (chain->price - before < problem->task[task].unplanned_price) return 1;
    memcpy(chain->steps, chain->kept, (size_t)count * sizeof(int32_t));
    chain->count = count;
    chain->price = before;
    return 0;
}

/* Puts what is missing of a group into a route; how many tasks went in, and `saved`: what leaving them out would cost. */
static int32_t add_links(struct chain *chain, const struct group *group, int64_t *saved) {
    const struct problem *problem = chain->search->problem;
    int32_t added = 0;
    *saved = 0;
    for (int32_t each = 0; each < group->count; each++) {
        int32_t task = problem->members[group->first + each];
        if (chain->search->route_of[task] != NONE) continue;
        int went = add_member(chain, task);
        if (went < 0) return 0;
        added += went;
        if (went) *saved += problem->task[task].stays == NONE ? problem->task[task].unplanned_price : NO_LIMIT >> 4;
    }
    return added;
}

/* The route that has a member of the group already, or NONE. */
static int32_t route_of_group(const struct search *search, const struct group *group) {
    for (int32_t each = 0; each < group->count; each++) {
        int32_t route = search->route_of[search->problem->members[group->first + each]];
        if (route != NONE) return route;
    }
    return NONE;
}

/* Begins with a route as it stands. */
static void begin_chain(struct chain *chain, struct route *route) {
    chain->route = route;
    chain->count = route->now->count;
    chain->price = 0;
    memcpy(chain->steps, route->now->steps, (size_t)chain->count * sizeof(int32_t));
}

/* Makes the chain's steps those of its route. */
static int keep_chain(struct chain *chain) {
    struct route *route = chain->route;
    int64_t before = value_of_state(route->now);
    if (state_room(route->touched ? route->now : route->other, chain->count) < 0 || route_touch(chain->search, route) < 0) return 0;
    memcpy(route->now->steps, chain->steps, (size_t)chain->count * sizeof(int32_t));
    if (route->now->count == 0) chain->search->slots_stale = 1;
    route->now->count = chain->count;
    route_work_out(chain->search, route);
    chain->search->running += value_of_state(route->now) - before;
    for (int32_t at = 0; at < chain->count; at++) chain->search->route_of[task_of(chain->steps[at])] = route->shift;
    return 1;
}

/* Puts what is out of a group into the one route in which that saves most; whether anything went in. */
int group_put_in(struct search *search, int32_t number) {
    const struct group *group = search->problem->group + number;
    int32_t only = route_of_group(search, group), chosen = NONE, links = 0;
    int64_t best = 0, saved;
    int32_t *room = search->scratch_steps, size = search->problem->tasks + 1;
    struct chain chain = {search, NULL, room, room + size, room + 2 * size, 0, 0};
    for (int32_t slot = 0; slot < search->slot_count; slot++) {
        struct route *route = search->routes + search->slots[slot];
        if (only != NONE && route->shift != only) continue;
        begin_chain(&chain, route);
        int32_t added = add_links(&chain, group, &saved);
        if (added == 0 || chain.price - saved >= best) continue;
        best = chain.price - saved;
        chosen = route->shift;
        links = added;
    }
    if (chosen == NONE) return 0;
    begin_chain(&chain, search->routes + chosen);
    return add_links(&chain, group, &saved) == links && keep_chain(&chain);
}
