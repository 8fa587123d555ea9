/* Tasks that hang together: a pick-up and its delivery in one go, position by position; longer chains one after the other, priced exactly. */
#include <string.h>

#include "search.h"
#include "travel.h"
#include "windows.h"

/* A route driven with the pick-up in it, as far as some gap. */
struct carried {
    const struct search *search;
    const struct shift *shift;
    const struct travel *travel;
    const struct state *state;
    const struct task *pickup, *delivery;
    int64_t now, metres, late;
    int32_t here, band;
    struct span span;
};

static int drive_to(struct carried *carried, int32_t place, int64_t *took) {
    int64_t left = carried->now;
    *took = 0;
    if (place == NONE || place == carried->here) return 1;
    const struct leg *leg = leg_of(carried->travel, carried->here, place);
    carried->band = band_from(carried->travel, carried->band, carried->now);
    const struct leg *now = in_band(carried->travel, leg, carried->band);
    if (now->duration == UNREACHABLE) return 0;
    carried->metres += now->metres;
    carried->now = arrival_in(carried->travel, leg, carried->now, carried->band);
    carried->here = place;
    *took = carried->now - left;
    return 1;
}

/* Drives to a task and serves it; 0 where it is reached after `latest`. */
static int visit(struct carried *carried, const struct task *task, int64_t latest) {
    const struct problem *problem = carried->search->problem;
    int64_t took;
    if (!drive_to(carried, task->place, &took) || carried->now > latest) return 0;
    struct service service = settle(problem, task, carried->now, carried->shift->milli_price);
    if (service.late) {
        int64_t price = problem->windows[task->windows + service.window].late_price;
        carried->late += price == NONE ? 0 : price * service.late;
    }
    carried->span = span_join(carried->span, took, span_of(problem, task, service.window, service.begin, service.late, 0));
    carried->now = service.begin + task->service;
    return 1;
}

/* Goes on over a gap to what follows it, with the pick-up's load on board; 0 where that breaks something. */
static int pass_over(struct carried *carried, int32_t number) {
    const struct gap *gap = carried->state->gaps + number, *next = gap + 1;
    const struct edge *edge = carried->state->edges + number;
    if (gap->rest) {
        carried->span = span_join(carried->span, gap->rest, (struct span){0, -NO_LIMIT, NO_LIMIT});
        carried->now += gap->rest;
    }
    if (next->takes_reload) {
        int64_t took;
        if (!drive_to(carried, edge->next, &took) || carried->now > edge->latest + gap->rest) return 0;
        carried->span = span_join(carried->span, took, (struct span){carried->shift->reload, -NO_LIMIT, NO_LIMIT});
        carried->now += carried->shift->reload;
        return 1;
    }
    const struct task *task = carried->search->problem->task + task_of(carried->state->steps[gap->position]);
    return visit(carried, task, edge->latest + gap->rest);
}

static int load_fits(const struct carried *carried, int32_t number) {
    const struct hold *hold = carried->state->holds + number;
    for (int measure = 0; measure < MEASURES; measure++) {
        int64_t limit = carried->shift->capacity[measure], load = carried->pickup->load[measure];
        if (limit != NONE && load > 0 && hold->load[measure] + load > limit) return 0;
    }
    return 1;
}

/* The price of the delivery in a gap, the pick-up being in an earlier one (or this) from where `carried` comes; `old` metres were driven there. */
static int64_t delivery_price(struct carried carried, int32_t number, int64_t old) {
    int64_t took;
    const struct edge *edge = carried.state->edges + number;
    const struct shift *shift = carried.shift;
    if (!visit(&carried, carried.delivery, carried.delivery->closes)) return NO_PRICE;
    if (!drive_to(&carried, edge->next, &took) || carried.now > edge->latest) return NO_PRICE;
    int64_t more = carried.metres - old, price = more * shift->meter_price + carried.late;
    if (shift->max_distance != NONE && carried.state->metres + more > shift->max_distance && !carried.state->tally.broken) return NO_PRICE;
    if (!shift->time_counts) return price;
    struct span whole = span_join(carried.span, took + carried.state->gaps[number].rest, carried.state->gaps[number].after);
    if (shift->max_duration != NONE && whole.length > shift->max_duration && !carried.state->tally.broken) return NO_PRICE;
    return price + span_price(shift, whole) - carried.state->span_cost;
}

/* Every gap for the delivery behind one for the pick-up. */
static int find_deliveries(struct carried carried, int32_t first, int64_t opening, struct spot *best, int count, int most) {
    const struct state *state = carried.state;
    int64_t old = 0;
    for (int32_t number = first; number < state->gap_count; number++) {
        if (!load_fits(&carried, number)) break;
        old += state->edges[number].metres;
        int64_t price = may_go_in(state, number) ? delivery_price(carried, number, old) : NO_PRICE;
        if (price != NO_PRICE) count = keep_spot(best, count, most, (struct spot){price + opening, first, number});
        if (number + 1 == state->gap_count || !pass_over(&carried, number)) break;
    }
    return count;
}

int pair_spots_find(struct search *search, const struct route *route, int32_t pickup, int32_t delivery, struct spot *best, int most) {
    const struct problem *problem = search->problem;
    const struct shift *shift = problem->shift + route->shift;
    const struct state *state = route->now;
    int64_t opening = state->count == 0 ? shift->fixed_price : 0;
    opening += stability_price(search, pickup, route->shift) + stability_price(search, delivery, route->shift);
    int count = 0;
    holds_find(search, route);
    for (int32_t number = 0; number < state->gap_count; number++) {
        const struct edge *edge = state->edges + number;
        if (state->gaps[number].position < shift->fixed || !may_go_in(state, number)) continue;
        struct span before = shift->time_counts ? state->gaps[number].before : (struct span){0, 0, NO_LIMIT};
        struct carried carried = {search, shift, problem->travel + shift->profile, state, problem->task + pickup, problem->task + delivery,
                                  edge->leave, 0, 0, edge->here, edge->band, before};
        if (edge->leave > carried.pickup->closes) break;
        if (visit(&carried, carried.pickup, carried.pickup->closes)) count = find_deliveries(carried, number, opening, best, count, most);
    }
    return count;
}

int32_t pair_spot_apply(const struct state *state, int32_t pickup, int32_t delivery, const struct spot *spot, int32_t *steps) {
    const struct gap *first = state->gaps + spot->gap, *second = state->gaps + spot->second;
    int32_t count = 0, between = second->position - first->position;
    memcpy(steps, state->steps, (size_t)first->position * sizeof *steps);
    count = first->position;
    int32_t head = count;
    steps[count++] = pickup * 2 + first->takes_reload;
    memcpy(steps + count, state->steps + first->position, (size_t)between * sizeof *steps);
    if (first->takes_reload && between) steps[count] &= ~1;
    count += between;
    int32_t takes = second->takes_reload && spot->second != spot->gap;
    steps[count++] = delivery * 2 + takes;
    memcpy(steps + count, state->steps + second->position, (size_t)(state->count - second->position) * sizeof *steps);
    if (second->takes_reload && second->position < state->count) steps[count] &= ~1;
    if (second->takes_reload && spot->second == spot->gap) steps[head] |= 1;
    return state->count + 2;
}

/* Chains ------------------------------------------------------------------------------------------------------------------ */

/* A chain being put into one route. */
struct chain {
    struct search *search;
    struct route *route;
    int32_t *steps, *trial, *kept; /* as far as it has come; one more try; what it was before */
    int32_t count;
    int64_t price;
};

static int32_t where_in(const int32_t *steps, int32_t count, int32_t task) {
    for (int32_t at = 0; at < count; at++)
        if (task_of(steps[at]) == task) return at;
    return NONE;
}

static int32_t reloads_among(const int32_t *steps, int32_t count) {
    int32_t found = 0;
    for (int32_t at = 0; at < count; at++) found += reload_of(steps[at]);
    return found;
}

/* Tries a task at a position, with a loading before it, after it or none; keeps the cheapest in `best`. */
static void try_at(struct chain *chain, int32_t task, int32_t at, int loading, int64_t *price, int32_t *position, int *kept) {
    memcpy(chain->trial, chain->steps, (size_t)at * sizeof(int32_t));
    chain->trial[at] = task * 2 + (loading == LOADING_BEFORE);
    memcpy(chain->trial + at + 1, chain->steps + at, (size_t)(chain->count - at) * sizeof(int32_t));
    if (loading == LOADING_AFTER) chain->trial[at + 1] |= 1;
    int64_t found = steps_price(chain->search, chain->route, chain->trial, chain->count + 1);
    if (found >= *price) return;
    *price = found;
    *position = at;
    *kept = loading;
}

/* Puts one task of a chain in where it costs least; 0 where it fits nowhere. */
static int add_link(struct chain *chain, int32_t task) {
    const struct shift *shift = chain->search->problem->shift + chain->route->shift;
    int32_t after = chain->search->problem->task[task].after, position = NONE, first = shift->fixed;
    int64_t price = NO_PRICE;
    int kept = LOADING_NONE, loads = shift->depot != NONE && reloads_among(chain->steps, chain->count) < shift->reloads;
    if (after != NONE) {
        int32_t before = where_in(chain->steps, chain->count, after);
        if (before == NONE) return 0;
        if (before + 1 > first) first = before + 1;
    }
    for (int32_t at = first; at <= chain->count; at++) {
        try_at(chain, task, at, LOADING_NONE, &price, &position, &kept);
        if (loads && at) try_at(chain, task, at, LOADING_BEFORE, &price, &position, &kept);
        if (loads && at < chain->count) try_at(chain, task, at, LOADING_AFTER, &price, &position, &kept);
    }
    if (position == NONE) return 0;
    try_at(chain, task, position, kept, &(int64_t){NO_PRICE}, &(int32_t){0}, &(int){0});
    memcpy(chain->steps, chain->trial, (size_t)(chain->count + 1) * sizeof(int32_t));
    chain->count++;
    chain->price = price;
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

/* Whether a task may be served without those that come after it: no pick-up whose delivery belongs to it, unless it is held where it is. */
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
