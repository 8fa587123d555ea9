/* The price of putting a pick-up and its delivery in at one go: gap by gap for the one, and from there on for the other. */
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

/* Drives to a place, and how long that took; 0 where no road leads. */
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
    if (service.late) carried->late += late_price(problem, task, service.window) * service.late;
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

/* Whether the pick-up's load still fits in a gap. */
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

/* Drives the pick-up into every gap in turn, and from there on the delivery. */
int pair_spots_find(struct search *search, const struct route *route, int32_t pickup, int32_t delivery, struct spot *best, int most) {
    const struct problem *problem = search->problem;
    const struct shift *shift = problem->shift + route->shift;
    const struct state *state = route->now;
    int64_t opening = state->count == 0 ? shift->fixed_price : 0;
    opening += stability_price(search, pickup, route->shift) + stability_price(search, delivery, route->shift);
    opening += like_price(problem, pickup, route->shift) + like_price(problem, delivery, route->shift);
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

/* Where a half goes in behind a loading, it takes the loading over from what follows; both in one such gap: the pick-up does. */
int32_t pair_spot_apply(const struct state *state, int32_t pickup, int32_t delivery, const struct spot *spot, int32_t *steps) {
    const struct gap *first = state->gaps + spot->gap, *second = state->gaps + spot->second;
    const int32_t head = first->position, between = second->position - head;
    int32_t count = head;
    memcpy(steps, state->steps, (size_t)head * sizeof *steps);
    steps[count++] = pickup * 2 + first->takes_reload;
    memcpy(steps + count, state->steps + head, (size_t)between * sizeof *steps);
    if (first->takes_reload && between) steps[count] &= ~1;
    count += between;
    int32_t takes = second->takes_reload && spot->second != spot->gap;
    steps[count++] = delivery * 2 + takes;
    memcpy(steps + count, state->steps + second->position, (size_t)(state->count - second->position) * sizeof *steps);
    if (second->takes_reload && second->position < state->count) steps[count] &= ~1;
    if (second->takes_reload && spot->second == spot->gap) steps[head] |= 1;
    return state->count + 2;
}
