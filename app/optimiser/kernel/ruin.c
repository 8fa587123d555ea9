/* Ruin: takes strings of neighbouring stops out of neighbouring routes ("slack induction by string removals": Christiaens, Vanden Berghe, Transportation
 * Science 54, 2020, doi 10.1287/trsc.2019.0914). */
#include <stdlib.h>
#include <string.h>

#include "search.h"
#include "travel.h"

/* How many neighbours each task knows. */
#define NEAR_MOST 128
/* How many of the nearest make the price of a near way. */
#define NEAREST 10
/* How often a string keeps some stops in its middle, and how often one more. */
#define WAIT_WEIGHT 0.2
#define LATE_WEIGHT 1.0
#define SPLIT 0.5
#define SPLIT_MORE 0.99
/* Where vehicles have fixed prices: how often whole routes are taken out, how many at most, and how many stops. */
#define WHOLE_SHARE 0.1
#define WHOLE_ROUTES 4
#define WHOLE_STOPS 60

/* Neighbours ---------------------------------------------------------------------------------------------------------- */

struct neighbour {
    int64_t price;
    int32_t task;
};

static int by_price(const void *one, const void *other) {
    const struct neighbour *a = one, *b = other;
    if (a->price != b->price) return a->price < b->price ? -1 : 1;
    return (a->task > b->task) - (a->task < b->task);
}

/* Brings the `most` cheapest to the front (quickselect: Hoare, Communications of the ACM 4, 1961). */
static void select_cheapest(struct neighbour *list, int32_t count, int32_t most) {
    int32_t low = 0, high = count - 1;
    while (low < high) {
        struct neighbour pivot = list[(low + high) / 2];
        int32_t i = low, j = high;
        while (i <= j) {
            while (by_price(list + i, &pivot) < 0) i++;
            while (by_price(list + j, &pivot) > 0) j--;
            if (i > j) break;
            struct neighbour kept = list[i];
            list[i++] = list[j];
            list[j--] = kept;
        }
        if (most - 1 <= j) high = j;
        else if (most - 1 >= i) low = i;
        else return;
    }
}

/* What a way costs the first shift, by its metres and its time alone, in the middle band. */
static int64_t way_price(const struct problem *problem, const struct leg *leg) {
    const struct shift *shift = problem->shift;
    int64_t price = leg->metres * shift->meter_price + leg->duration * shift->milli_price;
    return price ? price : leg->duration;
}

/* How far one task is from being served right after another: the way, what must be waited at least, and by how much it is too late at least (the
 * proximity of Vidal, Crainic, Gendreau, Prins, Computers & Operations Research 40, 2013, section 4.2). */
static int64_t nearness(const struct search *search, const struct task *first, const struct task *second) {
    const struct problem *problem = search->problem;
    const struct travel *travel = problem->travel + problem->shift->profile;
    const struct leg *leg = in_band(travel, leg_of(travel, first->place, second->place), travel->bands / 2);
    if (leg->duration == UNREACHABLE) return NO_LIMIT >> 8;
    double price = (double)way_price(problem, leg);
    if (first->window_count && second->window_count) {
        const struct window *one = problem->windows + first->windows, *other = problem->windows + second->windows;
        int64_t spent = first->service + leg->duration;
        int64_t waits = other->opens - one[first->window_count - 1].closes - spent, late = one->opens + spent - other[second->window_count - 1].closes;
        price += search->time_price * (WAIT_WEIGHT * (double)later(0, waits) + LATE_WEIGHT * (double)later(0, late));
    }
    return price < (double)(NO_LIMIT >> 8) ? (int64_t)price : NO_LIMIT >> 8;
}

/* What a millisecond of a way costs. */
static double price_of_time(const struct problem *problem) {
    const struct travel *travel = problem->travel + problem->shift->profile;
    double price = 0, time = 0;
    for (int64_t cell = 0; cell < (int64_t)travel->size * travel->size; cell += 7) {
        const struct leg *leg = travel->legs + cell;
        if (leg->duration <= 0) continue;
        price += (double)way_price(problem, leg);
        time += leg->duration;
    }
    return time > 0 ? price / time : 0;
}

static void near_of(struct search *search, int32_t task, struct neighbour *list) {
    const struct problem *problem = search->problem;
    int32_t count = 0;
    const struct task *own = problem->task + task;
    for (int32_t other = 0; other < problem->tasks; other++) {
        if (other == task) continue;
        const struct task *there = problem->task + other;
        list[count++] = (struct neighbour){sooner(nearness(search, own, there), nearness(search, there, own)), other};
    }
    if (search->near_count < count) select_cheapest(list, count, search->near_count);
    qsort(list, (size_t)search->near_count, sizeof *list, by_price);
    for (int32_t each = 0; each < search->near_count; each++) search->near[(int64_t)task * search->near_count + each] = list[each].task;
    for (int32_t each = 0; each < search->near_count && each < NEAREST; each++)
        if (list[each].price < NO_LIMIT >> 8) search->near_price += (double)list[each].price / (NEAREST * (double)problem->tasks);
}

int near_find(struct search *search) {
    const struct problem *problem = search->problem;
    if (search->near != NULL || problem->tasks == 0 || problem->shifts == 0) return 0;
    struct neighbour *list = malloc((size_t)problem->tasks * sizeof *list);
    search->near_count = problem->tasks - 1 < NEAR_MOST ? problem->tasks - 1 : NEAR_MOST;
    search->near = malloc(((size_t)problem->tasks * (size_t)search->near_count + 1) * sizeof *search->near);
    if (list == NULL || search->near == NULL) {
        free(list);
        return -1;
    }
    search->near_price = 0;
    search->time_price = price_of_time(problem);
    for (int32_t task = 0; task < problem->tasks; task++) near_of(search, task, list);
    free(list);
    return 0;
}

/* Taking out ------------------------------------------------------------------------------------------------------------ */

/* Whether a stop may be taken out at all. */
int may_leave(const struct search *search, int32_t task) {
    const struct problem *problem = search->problem;
    if (problem->task[task].fixed || search->route_of[task] == NONE) return 0;
    return problem->at_most != 0 || problem->task[task].home == NONE;
}

static void mark_one(struct search *search, int32_t task) {
    if (search->gone[task] || !may_leave(search, task)) return;
    search->gone[task] = 1;
    search->removed[search->removed_count++] = task;
}

/* Marks a task, and all that hang together with it. */
void mark_gone(struct search *search, int32_t task) {
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
    int32_t kept = 0, reload = 0;
    for (int32_t index = 0; index < state->count; index++) {
        int32_t step = state->steps[index];
        if (search->gone[task_of(step)]) {
            reload |= reload_of(step);
            continue;
        }
        state->steps[kept++] = step | reload;
        reload = 0;
    }
    state->count = kept;
    if (kept && shift->fixed == 0) state->steps[0] &= ~1;
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

/* Takes the marked tasks out of their routes. */
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

static int32_t position_of(const struct state *state, int32_t task) {
    for (int32_t at = 0; at < state->count; at++)
        if (task_of(state->steps[at]) == task) return at;
    return NONE;
}

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
    mark_string(search, route, position_of(route->now, task), length);
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
