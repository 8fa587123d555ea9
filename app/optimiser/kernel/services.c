/* What is asked beside the search: timelines, and the places of a task, each priced exactly. */
#include <string.h>

#include "search.h"
#include "travel.h"

/* Whether the words are steps of the problem, each task once; `seen` serves as marks. */
static int are_steps(const struct problem *problem, const int64_t *steps, int64_t count, uint8_t *seen) {
    int fits = count >= 0 && count <= problem->tasks;
    int64_t each = 0;
    for (; fits && each < count; each++) {
        fits = steps[each] >= 0 && steps[each] / 2 < problem->tasks && !seen[steps[each] / 2];
        if (fits) seen[steps[each] / 2] = 1;
    }
    memset(seen, 0, (size_t)problem->tasks);
    return fits;
}

/* Halts with what is on board when leaving them, and pauses. */
static void write_halts(const struct search *search, const struct pass *pass, kernel_timeline *found) {
    for (int32_t index = 0; index < pass->halts; index++) {
        const struct halt *halt = pass->halt + index;
        kernel_halt *out = found->halts + index;
        *out = (kernel_halt){halt->arrival, halt->begin, halt->late, halt->metres, halt->window, halt->reload, {0, 0, 0}};
        memcpy(out->load, search->work.on_board.after[index], sizeof out->load);
    }
    for (int32_t index = 0; index < pass->pauses; index++) found->pauses[index] = pass->pause[index];
    found->halt_count = pass->halts;
    found->pause_count = pass->pauses;
}

/* The timeline as the caller gets it. */
static void write_timeline(
    const struct search *search, const struct pass *pass, const struct figures *figures, const struct tally *tally, kernel_timeline *found) {
    found->leaves = figures->leaves;
    found->ends = figures->ends;
    found->metres = figures->metres;
    found->overtime = figures->overtime;
    found->travel_cost = figures->travel_cost;
    found->late_cost = figures->late_cost;
    memcpy(found->peak, search->work.on_board.peak, sizeof found->peak);
    found->violation_count = tally->listed;
    write_halts(search, pass, found);
}

int64_t kernel_timeline_of(kernel_search *search, int64_t shift, const int64_t *steps, int64_t count, kernel_timeline *found) {
    const struct problem *problem = search->problem;
    if (shift < 0 || shift >= problem->shifts || !are_steps(problem, steps, count, search->gone) || count == 0) return -1;
    struct figures figures;
    struct tally tally;
    memset(&tally, 0, sizeof tally);
    tally.list = found->violations;
    tally.room = found->violation_room;
    for (int64_t each = 0; each < count; each++) search->scratch_steps[each] = (int32_t)steps[each];
    const struct pass *pass = timeline_run(&search->work, (int32_t)shift, search->scratch_steps, (int32_t)count, &figures, &tally);
    write_timeline(search, pass, &figures, &tally, found);
    return tally.listed > found->violation_room ? -1 : 0;
}

/* Places of a task ------------------------------------------------------------------------------------------------------------ */

/* Prices a place of a task in a route: cost against the route as it stands, and what it breaks anew. */
static void price_place(struct search *search, const struct route *route, int32_t task, kernel_placement *placement) {
    const struct state *state = route->now;
    struct figures figures;
    struct tally tally;
    int64_t stability;
    int32_t moved;
    memset(&tally, 0, sizeof tally);
    steps_with(state->steps, state->count, task, (int32_t)placement->position, (enum loading)placement->loading, search->scratch_steps);
    timeline_run(&search->work, route->shift, search->scratch_steps, state->count + 1, &figures, &tally);
    stability_of(search, route->shift, search->scratch_steps, state->count + 1, &stability, &moved);
    int64_t wishes = wishes_price(search->problem, route->shift, search->scratch_steps, state->count + 1, &figures);
    placement->price = figures.travel_cost + figures.late_cost + stability + wishes - state->cost;
    placement->broken = tally.broken - state->tally.broken;
    placement->excess = later(0, tally.excess - state->tally.excess);
    if (placement->broken <= 0) placement->broken = tally.excess > state->tally.excess;
}

/* The next place in a route after `place`, with a loading only where it `loads` and one may stand there; 0 where there is none. */
static int next_place(const struct state *state, int loads, kernel_placement *place) {
    do {
        if (place->loading == LOADING_AFTER) place->position++;
        place->loading = place->loading == LOADING_AFTER ? LOADING_NONE : place->loading + 1;
    } while (place->loading != LOADING_NONE && !(loads && may_load_at((int32_t)place->position, state->count, (enum loading)place->loading)));
    return place->position <= state->count;
}

/* The place from which `next_place` comes to the first one of a route. */
static kernel_placement before_places(const struct shift *shift, int64_t number) {
    return (kernel_placement){number, shift->fixed - 1, LOADING_AFTER, 0, 0, 0};
}

int64_t kernel_positions(kernel_search *search, int64_t task, int64_t shift, kernel_placement *placements) {
    const struct problem *problem = search->problem;
    if (task < 0 || task >= problem->tasks || shift < 0 || shift >= problem->shifts || search->route_of[task] != NONE) return -1;
    const struct route *route = search->routes + shift;
    const struct shift *terms = problem->shift + shift;
    int64_t written = 0;
    if (terms->closed) return -1;
    int loads = may_load_more(terms, route->now->steps, route->now->count);
    kernel_placement place = before_places(terms, shift);
    while (next_place(route->now, loads, &place)) {
        price_place(search, route, (int32_t)task, &place);
        placements[written++] = place;
    }
    return written;
}

/* Fewer rules broken first, then less broken, then the price. */
static int is_better(const kernel_placement *one, const kernel_placement *other) {
    if (one->broken != other->broken) return one->broken < other->broken;
    if (one->broken && one->excess != other->excess) return one->excess < other->excess;
    return one->price < other->price;
}

/* The best position of a task in a route; position NONE where there is none. */
static void best_position(struct search *search, int32_t task, int32_t shift, kernel_placement *best) {
    const struct route *route = search->routes + shift;
    const struct shift *terms = search->problem->shift + shift;
    int loads = may_load_more(terms, route->now->steps, route->now->count);
    kernel_placement place = before_places(terms, shift);
    *best = (kernel_placement){shift, NONE, 0, 0, 0, 0};
    while (!terms->closed && next_place(route->now, loads, &place)) {
        price_place(search, route, task, &place);
        if (best->position == NONE || is_better(&place, best)) *best = place;
    }
}

int64_t kernel_placements(kernel_search *search, int64_t task, kernel_placement *placements) {
    if (task < 0 || task >= search->problem->tasks || search->route_of[task] != NONE) return -1;
    for (int32_t shift = 0; shift < search->problem->shifts; shift++) best_position(search, (int32_t)task, shift, placements + shift);
    return search->problem->shifts;
}
