/* Works out a route: its timeline, and for each gap what going in there would meet. */
#include <stdlib.h>
#include <string.h>

#include "search.h"
#include "travel.h"
#include "windows.h"

int state_room(struct state *state, int32_t steps) {
    if (steps <= state->room) return 0;
    int32_t room = steps + steps / 2 + 8;
    int32_t *more = realloc(state->steps, (size_t)room * sizeof *more);
    if (more == NULL) return -1;
    state->steps = more;
    size_t most = (size_t)room * 2 + 2;
    struct gap *gaps = realloc(state->gaps, most * sizeof *gaps);
    if (gaps != NULL) state->gaps = gaps;
    struct edge *edges = realloc(state->edges, most * sizeof *edges);
    if (edges != NULL) state->edges = edges;
    struct hold *holds = realloc(state->holds, most * sizeof *holds);
    if (holds != NULL) state->holds = holds;
    if (gaps == NULL || edges == NULL || holds == NULL) return -1;
    state->room = room;
    return 0;
}

struct span span_of(const struct problem *problem, const struct task *task, int32_t window, int64_t begin, int64_t late, int64_t pauses) {
    struct span span = {task->service + pauses, -NO_LIMIT, NO_LIMIT};
    if (window == NONE) return span;
    const struct window *chosen = problem->windows + task->windows + window;
    span.earliest = chosen->opens;
    span.latest = late ? begin : chosen->closes;
    return span;
}

/* Pauses before each halt: on the way there, and at it between arriving and beginning; mostly none. The last of `on_the_way` is that of the way home. */
static void find_rests(const struct pass *pass, int64_t *at_it, int64_t *on_the_way) {
    memset(at_it, 0, (size_t)pass->halts * sizeof *at_it);
    memset(on_the_way, 0, ((size_t)pass->halts + 1) * sizeof *on_the_way);
    for (int32_t each = 0; each < pass->pauses; each++) {
        const kernel_pause *pause = pass->pause + each;
        int here = pause->after < pass->halts && pause->begin >= pass->halt[pause->after].arrival;
        (here ? at_it : on_the_way)[pause->after] += pause->end - pause->begin;
    }
}

/* A route being laid out in gaps. */
struct layout {
    const struct problem *problem;
    const struct shift *shift;
    const struct travel *travel;
    struct state *state;
    const struct pass *pass;
    const int64_t *rests, *rests_before;
    int spans; /* whether the hours matter beyond the latest arrivals */
};

/* Metres of a way in a band; 0 where there is none. */
static int32_t metres_between(const struct layout *layout, int32_t from, int32_t to, int32_t band) {
    if (from == to || to == NONE) return 0;
    const struct leg *leg = leg_of(layout->travel, from, to);
    const struct leg *now = in_band(layout->travel, leg, band);
    return now->duration == UNREACHABLE ? 0 : now->metres;
}

/* One more gap: from `here` at the earliest departure `leave` to `next` at the earliest arrival `arrive`. */
static struct gap *add_gap(const struct layout *layout, int32_t position, int64_t leave, int64_t arrive, int32_t here, int32_t next) {
    struct edge *edge = layout->state->edges + layout->state->gap_count;
    struct gap *gap = layout->state->gaps + layout->state->gap_count++;
    edge->leave = leave;
    edge->here = here;
    edge->next = next;
    edge->band = band_from(layout->travel, 0, leave);
    edge->metres = metres_between(layout, here, next, edge->band);
    gap->arrive = arrive;
    gap->position = position;
    gap->takes_reload = 0;
    gap->rest = 0;
    return gap;
}

/* The gaps before a halt: one, or with a loading in between two. */
static void add_gaps_before(const struct layout *layout, int32_t index, int64_t leave, int32_t here) {
    const struct halt *halt = layout->pass->halt + index;
    int32_t place = layout->problem->task[task_of(layout->state->steps[index])].place;
    if (halt->reload == NEVER) {
        add_gap(layout, index, leave, halt->arrival, here, place)->rest = layout->rests_before[index];
        return;
    }
    add_gap(layout, index, leave, halt->reload, here, layout->shift->depot)->rest = layout->rests_before[index];
    add_gap(layout, index, halt->reload + layout->shift->reload, halt->arrival, layout->shift->depot, place)->takes_reload = 1;
}

/* All gaps in driving order; the last leads to the end. */
static void add_gaps(const struct layout *layout) {
    const struct state *state = layout->state;
    int64_t leave = layout->pass->leaves;
    int32_t here = layout->shift->start;
    layout->state->gap_count = 0;
    for (int32_t index = 0; index < state->count; index++) {
        const struct task *task = layout->problem->task + task_of(state->steps[index]);
        add_gaps_before(layout, index, leave, here);
        leave = layout->pass->halt[index].begin + task->service;
        here = task->place;
    }
    add_gap(layout, state->count, leave, layout->pass->ends, here, layout->shift->end)->rest = layout->rests_before[state->count];
}

/* Spans and latest arrivals --------------------------------------------------------------------------------------------- */

/* A halt as a span, its pauses in it. */
static struct span halt_span(const struct layout *layout, int32_t index) {
    const struct halt *halt = layout->pass->halt + index;
    const struct task *task = layout->problem->task + task_of(layout->state->steps[index]);
    return span_of(layout->problem, task, halt->window, halt->begin, halt->late, layout->rests[index]);
}

/* The latest departure over a gap; with something between (a pause) as it fell. */
static int64_t leave_by(const struct layout *layout, const struct edge *edge, int64_t arrive, int64_t arrives) {
    int64_t took = arrive - edge->leave;
    if (layout->travel->bands == 1 || edge->next == NONE || edge->here == edge->next) return arrives - took;
    const struct leg *leg = leg_of(layout->travel, edge->here, edge->next);
    if (arrival_of(layout->travel, leg, edge->leave) != arrive) return arrives - took;
    return latest_departure(layout->travel, leg, arrives, edge->leave);
}

/* What a gap tells the one before it over a loading. */
static void look_back_loading(const struct layout *layout, int32_t number, int64_t leave) {
    struct gap *gap = layout->state->gaps + number, *before = gap - 1;
    struct edge *edge = layout->state->edges + number;
    edge[-1].latest = later(before->arrive, leave - layout->shift->reload);
    before->after = span_join((struct span){layout->shift->reload, -NO_LIMIT, NO_LIMIT}, gap->arrive - edge->leave, gap->after);
    before->late_rate = gap->late_rate;
}

/* What a gap tells the one before it over a halt. */
static void look_back_halt(const struct layout *layout, int32_t number, int64_t leave) {
    struct gap *gap = layout->state->gaps + number, *before = gap - 1;
    struct edge *edge = layout->state->edges + number;
    int32_t index = gap->position - 1;
    const struct task *task = layout->problem->task + task_of(layout->state->steps[index]);
    const struct halt *halt = layout->pass->halt + index;
    edge[-1].latest = later(halt->arrival, sooner(leave - task->service - layout->rests[index], task->closes));
    if (!layout->spans) return;
    struct span own = halt_span(layout, index);
    before->after = span_join(own, gap->arrive - edge->leave, gap->after);
    before->late_rate = gap->late_rate;
    if (own.latest <= before->after.latest || halt->late) before->late_rate = later(late_price(layout->problem, task, halt->window), gap->late_rate);
}

/* From the end to the start: the latest arrivals and the spans of what follows. */
static void look_back(const struct layout *layout) {
    struct state *state = layout->state;
    int32_t last = state->gap_count - 1;
    state->edges[last].latest = later(layout->shift->latest_end, state->gaps[last].arrive);
    state->gaps[last].after = (struct span){0, -NO_LIMIT, state->edges[last].latest};
    state->gaps[last].late_rate = 0;
    for (int32_t number = last; number > 0; number--) {
        int64_t leave = leave_by(layout, state->edges + number, state->gaps[number].arrive, state->edges[number].latest);
        if (state->gaps[number].takes_reload) look_back_loading(layout, number, leave);
        else look_back_halt(layout, number, leave);
    }
    for (int32_t number = 0; layout->pass->pauses && number <= last; number++) state->edges[number].latest -= state->gaps[number].rest;
}

/* From the start to the end: the spans of what came before. */
static void look_ahead(const struct layout *layout) {
    struct state *state = layout->state;
    const struct shift *shift = layout->shift;
    state->gaps[0].before = (struct span){0, shift->starts, shift->under_way ? shift->starts : NO_LIMIT};
    for (int32_t number = 0; number + 1 < state->gap_count; number++) {
        struct gap *gap = state->gaps + number;
        struct span own = gap[1].takes_reload ? (struct span){shift->reload, -NO_LIMIT, NO_LIMIT} : halt_span(layout, gap->position);
        gap[1].before = span_join(gap->before, gap->arrive - state->edges[number].leave, own);
    }
}

/* The whole ---------------------------------------------------------------------------------------------------------------- */

/* Whether prices of gaps are exact, and whether the route only delivers. */
static void find_kind(const struct layout *layout) {
    struct state *state = layout->state;
    state->plain = layout->travel->bands == 1 && layout->shift->pause_count == 0 && state->tally.broken == 0 && !layout->problem->has_stability;
    state->only_deliveries = 1;
    for (int32_t index = 0; index < state->count; index++) {
        const struct task *task = layout->problem->task + task_of(state->steps[index]);
        if (reload_of(state->steps[index])) state->plain = state->only_deliveries = 0;
        if (task->kind != DELIVERY || task->group != NONE) state->only_deliveries = 0;
        if (!task->simple) state->plain = 0;
    }
}

/* Lays out the gaps of a route that `search->work.early` has just driven. */
static void lay_out(struct search *search, const struct shift *shift, struct state *state) {
    const struct problem *problem = search->problem;
    int spans = shift->time_counts || problem->has_priced;
    struct layout layout = {problem, shift, problem->travel + shift->profile, state, &search->work.early, search->rests, search->rests_before, spans};
    find_rests(layout.pass, search->rests, search->rests_before);
    add_gaps(&layout);
    look_back(&layout);
    find_kind(&layout);
    state->holds_known = 0;
    state->span_cost = 0;
    if (!spans) return;
    look_ahead(&layout);
    struct gap *end = state->gaps + state->gap_count - 1;
    if (state->count) state->span_cost = span_price(shift, span_join(end->before, end->arrive - state->edges[state->gap_count - 1].leave, end->after));
}

/* An empty route has no timeline: the pass that does nothing. */
static void empty_pass(struct search *search, const struct shift *shift) {
    struct pass *pass = &search->work.early;
    pass->leaves = pass->ends = shift->starts;
    pass->halts = pass->pauses = pass->events = pass->lost = 0;
    memset(search->work.on_board.peak, 0, sizeof search->work.on_board.peak);
}

/* What a route costs and breaks. */
static void add_costs(struct search *search, int32_t number, struct state *state) {
    struct figures figures = {0, 0, 0, 0, 0, 0};
    int64_t stability;
    memset(&state->tally, 0, sizeof state->tally);
    if (state->count) route_figures(&search->work, number, state->steps, state->count, &figures, &state->tally);
    else empty_pass(search, search->problem->shift + number);
    stability_of(search, number, state->steps, state->count, &stability, &state->moved);
    state->metres = figures.metres;
    state->cost = figures.travel_cost + figures.late_cost + stability + wishes_price(search->problem, number, state->steps, state->count, &figures);
}

void route_work_out(struct search *search, struct route *route) {
    struct state *state = route->now;
    const struct shift *shift = search->problem->shift + route->shift;
    add_costs(search, route->shift, state);
    lay_out(search, shift, state);
    if (state->count == 0) state->edges[0].metres = 0;
    for (int measure = 0; measure < MEASURES; measure++) state->room_left[measure] = room_left(shift, measure, search->work.on_board.peak[measure]);
    search->stamps[route->shift] = state->stamp = ++search->stamp;
}

int route_touch(struct search *search, struct route *route) {
    if (route->touched) return 0;
    struct state *kept = route->now, *fresh = route->other;
    if (state_room(fresh, kept->count) < 0) return -1;
    memcpy(fresh->steps, kept->steps, (size_t)kept->count * sizeof *kept->steps);
    fresh->count = kept->count;
    fresh->stamp = kept->stamp;
    route->now = fresh;
    route->other = kept;
    route->touched = 1;
    search->touched[search->touched_count++] = route->shift;
    return 0;
}

void route_revert(struct route *route) {
    struct state *undone = route->now;
    route->now = route->other;
    route->other = undone;
    route->touched = 0;
}

int tally_within(const struct tally *tally, const struct tally *allowed) {
    if (tally->broken == 0) return 1;
    for (int each = 0; each < TALLIES; each++)
        if (tally->count[each] > allowed->count[each] || tally->amount[each] > allowed->amount[each]) return 0;
    return 1;
}
