/* Ruin: takes strings of neighbouring stops out of neighbouring routes ("slack induction by string removals": Christiaens, Vanden Berghe, Transportation
 * Science 54, 2020, doi 10.1287/trsc.2019.0914). */
#include <string.h>

#include "search.h"

/* How often a string keeps some stops in its middle, and how often it keeps no more than it has. */
#define SPLIT 0.5
#define SPLIT_MORE 0.99
/* Where vehicles have fixed prices: how often whole routes are taken out, how many at most, and how many stops. */
#define WHOLE_SHARE 0.1
#define WHOLE_ROUTES 4
#define WHOLE_STOPS 60

/* Taking out ------------------------------------------------------------------------------------------------------------ */

/* Whether a stop may be taken out at all. */
static int may_leave(const struct search *search, int32_t task) {
    const struct problem *problem = search->problem;
    if (problem->task[task].fixed || search->route_of[task] == NONE) return 0;
    return problem->at_most != 0 || problem->task[task].home == NONE;
}

/* Marks one task, where it may leave. */
static void mark_one(struct search *search, int32_t task) {
    if (search->gone[task] || !may_leave(search, task)) return;
    search->gone[task] = 1;
    search->removed[search->removed_count++] = task;
}

/* Marks a task, and all that hang together with it. */
static void mark_gone(struct search *search, int32_t task) {
    int32_t number = search->problem->task[task].group;
    if (number == NONE) {
        mark_one(search, task);
        return;
    }
    const struct group *group = search->problem->group + number;
    for (int32_t each = 0; each < group->count; each++) mark_one(search, search->problem->members[group->first + each]);
}

/* Closes up a route without its marked steps; a loading before one stays before what follows. */
static void close_up(const struct search *search, const struct shift *shift, struct state *state) {
    state->count = steps_without(state->steps, state->count, search->gone, state->steps);
    if (state->count && shift->fixed == 0) state->steps[0] &= ~1;
}

/* Leaves out the loadings that are no longer needed. */
static void drop_loadings(struct search *search, struct route *route) {
    struct state *state = route->now;
    const struct shift *shift = search->problem->shift + route->shift;
    for (int32_t index = shift->fixed; index < state->count; index++) {
        if (!reload_of(state->steps[index])) continue;
        memcpy(search->scratch_steps, state->steps, (size_t)state->count * sizeof(int32_t));
        search->scratch_steps[index] &= ~1;
        if (steps_price(search, route, search->scratch_steps, state->count) > 0) continue;
        state->steps[index] &= ~1;
        route_work_out(search, route);
    }
}

/* Where memory is short, a route keeps its tasks. */
static void keep_all(struct search *search, const struct route *route) {
    for (int32_t index = 0; index < route->now->count; index++) search->route_of[task_of(route->now->steps[index])] = route->shift;
}

/* Works a route out anew without its marked steps. */
static void close_route(struct search *search, struct route *route) {
    const struct shift *shift = search->problem->shift + route->shift;
    if (route_touch(search, route) < 0) {
        keep_all(search, route);
        return;
    }
    close_up(search, shift, route->now);
    if (route->now->count == 0) search->slots_stale = 1;
    route_work_out(search, route);
    if (shift->reloads && route->now->count) drop_loadings(search, route);
}

/* The route of each marked task is kept in `keys`, so that every route is closed up once. */
void take_out(struct search *search) {
    for (int32_t each = 0; each < search->removed_count; each++) {
        int32_t route = search->route_of[search->removed[each]];
        search->keys[each] = route;
        search->route_of[search->removed[each]] = NONE;
    }
    for (int32_t each = 0; each < search->removed_count; each++) {
        int32_t number = (int32_t)search->keys[each], seen = 0;
        for (int32_t before = 0; before < each && !seen; before++) seen = search->keys[before] == number;
        if (!seen) close_route(search, search->routes + number);
    }
    for (int32_t each = 0; each < search->removed_count; each++) search->gone[search->removed[each]] = 0;
}

/* Strings --------------------------------------------------------------------------------------------------------------- */

/* How many stops a string keeps in its middle. */
static int32_t kept_within(struct search *search, int32_t length, int32_t most) {
    int32_t kept = 1;
    while (length + kept < most && chance_share(&search->chance) > SPLIT_MORE) kept++;
    return kept;
}

/* Marks a string of so many stops around a position; a split one keeps a few in its middle. */
static void mark_string(struct search *search, const struct route *route, int32_t at, int32_t length) {
    const struct state *state = route->now;
    int32_t first = search->problem->shift[route->shift].fixed, movable = state->count - first, kept = 0, kept_from = NONE;
    if (length > 1 && length < movable && chance_share(&search->chance) < SPLIT) kept = kept_within(search, length, movable);
    int32_t whole = length + kept, low = at - whole + 1, high = at;
    if (low < first) low = first;
    if (high > state->count - whole) high = state->count - whole;
    int32_t begin = low + chance_below(&search->chance, high - low + 1);
    if (kept) kept_from = begin + 1 + chance_below(&search->chance, length > 1 ? length - 1 : 1);
    for (int32_t each = begin; each < begin + whole; each++)
        if (kept == 0 || each < kept_from || each >= kept_from + kept) mark_gone(search, task_of(state->steps[each]));
}

/* The mean number of stops of the routes that have any. */
static double mean_length(const struct search *search) {
    int32_t used = 0, stops = 0;
    for (int32_t slot = 0; slot < search->slot_count; slot++) {
        int32_t count = search->routes[search->slots[slot]].now->count;
        used += count > 0;
        stops += count;
    }
    return used ? (double)stops / used : 1.0;
}

/* Marks a string in the route of a neighbour, unless that route gave one already. */
static int ruin_at(struct search *search, int32_t task, double longest) {
    if (search->gone[task] || !may_leave(search, task)) return 0;
    const struct route *route = search->routes + search->route_of[task];
    for (int32_t each = 0; each < search->order[0]; each++)
        if (search->order[1 + each] == route->shift) return 0;
    int32_t movable = route->now->count - search->problem->shift[route->shift].fixed;
    double most = movable < longest ? movable : longest;
    int32_t length = (int32_t)(1.0 + chance_share(&search->chance) * most);
    if (length > movable) length = movable;
    mark_string(search, route, position_of(route->now->steps, route->now->count, task), length);
    search->order[1 + search->order[0]++] = route->shift;
    return 1;
}

/* Marks whole routes: that of a task, and those of some near ones, as many stops as may be. */
static void mark_routes(struct search *search, int32_t seed) {
    int32_t routes = 1 + chance_below(&search->chance, WHOLE_ROUTES), width = search->near_count;
    for (int32_t each = -1; each < width && routes > 0 && search->removed_count < WHOLE_STOPS; each++) {
        int32_t task = each < 0 ? seed : search->near[(int64_t)seed * search->near_count + each];
        if (search->gone[task] || !may_leave(search, task)) continue;
        const struct state *state = search->routes[search->route_of[task]].now;
        if (state->count > WHOLE_STOPS) continue;
        for (int32_t at = search->problem->shift[search->route_of[task]].fixed; at < state->count; at++) mark_gone(search, task_of(state->steps[at]));
        routes--;
    }
}

/* How often whole routes are taken out: only so does a vehicle with a fixed price make way for another. */
static int takes_routes(struct search *search) { return search->problem->has_fixed_prices && chance_share(&search->chance) < WHOLE_SHARE; }

/* Draws how many strings there are, as the paper does: so that `terms->removed` tasks go on average, in strings of at most the mean route's length. */
void ruin(struct search *search, const kernel_anneal_terms *terms) {
    const struct problem *problem = search->problem;
    double mean = mean_length(search), longest = mean < terms->string_most ? mean : terms->string_most;
    double strings_most = 4.0 * terms->removed / (1.0 + longest) - 1.0;
    int32_t strings = (int32_t)(1.0 + chance_share(&search->chance) * (strings_most > 0 ? strings_most : 0));
    int32_t seed = chance_below(&search->chance, problem->tasks);
    search->order[0] = 0;
    search->removed_count = 0;
    if (takes_routes(search)) {
        mark_routes(search, seed);
        take_out(search);
        return;
    }
    ruin_at(search, seed, longest);
    for (int32_t each = 0; each < search->near_count && search->order[0] < strings; each++)
        ruin_at(search, search->near[(int64_t)seed * search->near_count + each], longest);
    take_out(search);
}
