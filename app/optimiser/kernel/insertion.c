/* The price of putting a task in: gap by gap from what a route already knows, exact for plain routes, a good guess for the others (`steps_price` is exact
 * for all). The same for the search, for the best places of a stop and for what a drag shows. */
#include "search.h"
#include "travel.h"
#include "windows.h"

/* What is asked: one task, one route. */
struct question {
    struct search *search;
    const struct problem *problem;
    const struct shift *shift;
    const struct travel *travel;
    const struct state *state;
    const struct task *task;
    const struct leg *to_here, *from_here; /* ways to the task's place by where they begin, and from it by where they end */
    int32_t number, shift_number;
    int64_t opening; /* what the task costs in this route wherever it stands */
    int needs_loading;
    int check_loads; /* 0: the load fits at every moment */
};

static inline const struct leg *way_to(const struct question *ask, int32_t from) { return ask->to_here + from; }
static inline const struct leg *way_from(const struct question *ask, int32_t to) { return ask->from_here + to; }

/* To the end of a route that ends at its last halt. */
static const struct leg NO_WAY = {0, 0};

/* A way under way: when it is over, and its metres so far. */
struct trail {
    int64_t now, metres;
    int32_t band;
};

/* Drives on; 0 where no road leads. */
static inline int go(const struct travel *travel, const struct leg *leg, struct trail *trail) {
    trail->band = band_from(travel, trail->band, trail->now);
    const struct leg *now = in_band(travel, leg, trail->band);
    if (now->duration == UNREACHABLE) return 0;
    trail->metres += now->metres;
    trail->now = travel->bands == 1 ? trail->now + now->duration : arrival_in(travel, leg, trail->now, trail->band);
    return 1;
}

/* Whether the load fits in a gap and at every moment of the trip that carries it. */
static inline int load_fits(const struct question *ask, int32_t number) {
    const struct hold *hold = ask->state->holds + number;
    const int64_t *room = ask->task->kind == DELIVERY ? hold->free_before : hold->free_after;
    for (int measure = 0; measure < MEASURES; measure++)
        if (ask->task->load[measure] > room[measure]) return 0;
    return 1;
}

/* What lateness of what follows costs at a guess, when it is reached at `arrives`. */
static inline int64_t late_guess(const struct gap *gap, int64_t arrives) {
    if (gap->late_rate == 0) return 0;
    return later(0, arrives - later(gap->after.latest, gap->arrive)) * gap->late_rate;
}

/* What lateness at the task itself costs. */
static inline int64_t own_lateness(const struct question *ask, const struct service *service) {
    if (service->late == 0) return 0;
    return late_price(ask->problem, ask->task, service->window) * service->late;
}

/* The price of the hours with the task in the gap, `there` milliseconds from what comes before and `onward` to what follows; NO_PRICE where the route would
 * take too long. */
static inline int64_t hours_price(const struct question *ask, const struct gap *gap, const struct service *service, int64_t there, int64_t onward) {
    struct span own = {ask->task->service, ask->task->opens, ask->task->closes};
    if (!ask->task->simple) own = span_of(ask->problem, ask->task, service->window, service->begin, service->late, 0);
    struct span whole = span_join(span_join(gap->before, there, own), onward, gap->after);
    if (ask->shift->max_duration != NONE && whole.length > ask->shift->max_duration && !ask->state->tally.broken) return NO_PRICE;
    return span_price(ask->shift, whole) - ask->state->span_cost;
}

/* The price of lateness and hours of a task served so. */
static inline int64_t time_price(const struct question *ask, int32_t number, const struct service *service, int64_t reached, int64_t onward) {
    if (!ask->shift->time_counts && !ask->problem->has_priced) return 0; /* spans are not worked out then */
    const struct gap *gap = ask->state->gaps + number;
    onward += gap->rest;
    int64_t price = own_lateness(ask, service) + late_guess(gap, service->begin + ask->task->service + onward);
    if (!ask->shift->time_counts) return price;
    int64_t hours = hours_price(ask, gap, service, reached - ask->state->edges[number].leave, onward);
    return hours == NO_PRICE ? NO_PRICE : price + hours;
}

/* What remains of a gap's price once its metres are cheap enough and its times are kept. */
static inline int64_t gap_rest(const struct question *ask, int32_t number, const struct service *service, int64_t reached, int64_t onward, int64_t more) {
    if (ask->shift->max_distance != NONE && ask->state->metres + more > ask->shift->max_distance && !ask->state->tally.broken) return NO_PRICE;
    if (ask->check_loads && !load_fits(ask, number)) return NO_PRICE;
    return time_price(ask, number, service, reached, onward);
}

/* The price of a gap with one band, or NO_PRICE. */
static inline int64_t flat_price(const struct question *ask, int32_t number) {
    const struct edge *edge = ask->state->edges + number;
    const struct leg *there = ask->to_here + edge->here, *onward = edge->next == NONE ? &NO_WAY : ask->from_here + edge->next;
    int64_t more = (int64_t)there->metres + onward->metres - edge->metres, price = more * ask->shift->meter_price;
    if (there->duration == UNREACHABLE || onward->duration == UNREACHABLE) return NO_PRICE;
    int64_t reached = edge->leave + there->duration;
    if (reached > ask->task->closes) return NO_PRICE;
    struct service service = {later(reached, ask->task->opens), 0, ask->task->window_count ? 0 : NONE};
    if (!ask->task->simple) service = settle(ask->problem, ask->task, reached, ask->shift->milli_price);
    if (service.begin + ask->task->service + onward->duration > edge->latest) return NO_PRICE;
    int64_t rest = gap_rest(ask, number, &service, reached, onward->duration, more);
    return rest == NO_PRICE ? NO_PRICE : price + rest;
}

/* The same with bands of the day. */
static int64_t banded_price(const struct question *ask, int32_t number) {
    const struct edge *edge = ask->state->edges + number;
    struct trail trail = {edge->leave, 0, edge->band};
    if (!go(ask->travel, way_to(ask, edge->here), &trail) || trail.now > ask->task->closes) return NO_PRICE;
    int64_t reached = trail.now;
    struct service service = settle(ask->problem, ask->task, reached, ask->shift->milli_price);
    int64_t done = trail.now = service.begin + ask->task->service;
    if (edge->next != NONE && !go(ask->travel, way_from(ask, edge->next), &trail)) return NO_PRICE;
    int64_t more = trail.metres - edge->metres, price = more * ask->shift->meter_price;
    if (trail.now > edge->latest) return NO_PRICE;
    int64_t rest = gap_rest(ask, number, &service, reached, trail.now - done, more);
    return rest == NO_PRICE ? NO_PRICE : price + rest;
}

/* With a loading ------------------------------------------------------------------------------------------------------ */

/* Whether the load fits where the vehicle loads before or after the task: a new trip then begins or ends there. */
static int loaded_fits(const struct question *ask, int32_t number, int32_t loading) {
    const struct hold *hold = ask->state->holds + number;
    for (int measure = 0; measure < MEASURES; measure++) {
        int64_t room = hold->free_after[measure];
        if (loading == LOADING_AFTER && ask->task->kind == DELIVERY) room = hold->free_before[measure] + hold->load[measure];
        else if (loading == LOADING_AFTER) room = room_left(ask->shift, measure, hold->load[measure]);
        if (ask->task->load[measure] > room) return 0;
    }
    return 1;
}

/* To the task, over the depot where the vehicle loads before it; 0 where no road leads. */
static int go_there(const struct question *ask, const struct edge *edge, int32_t loading, struct trail *trail) {
    if (loading != LOADING_BEFORE) return go(ask->travel, way_to(ask, edge->here), trail);
    if (!go(ask->travel, leg_of(ask->travel, edge->here, ask->shift->depot), trail)) return 0;
    trail->now += ask->shift->reload;
    return go(ask->travel, way_to(ask, ask->shift->depot), trail);
}

/* On from the task, over the depot where the vehicle loads after it. */
static int go_on(const struct question *ask, const struct edge *edge, int32_t loading, struct trail *trail) {
    if (loading != LOADING_AFTER) return edge->next == NONE || go(ask->travel, way_from(ask, edge->next), trail);
    if (!go(ask->travel, way_from(ask, ask->shift->depot), trail)) return 0;
    trail->now += ask->shift->reload;
    return go(ask->travel, leg_of(ask->travel, ask->shift->depot, edge->next), trail);
}

/* The price of a gap where the vehicle loads at its depot before or after the task. */
static int64_t loading_price(const struct question *ask, int32_t number, int32_t loading) {
    const struct edge *edge = ask->state->edges + number;
    struct trail trail = {edge->leave, 0, edge->band};
    if (!loaded_fits(ask, number, loading) || !go_there(ask, edge, loading, &trail) || trail.now > ask->task->closes) return NO_PRICE;
    int64_t reached = trail.now;
    struct service service = settle(ask->problem, ask->task, reached, ask->shift->milli_price);
    int64_t done = trail.now = service.begin + ask->task->service;
    if (!go_on(ask, edge, loading, &trail) || trail.now > edge->latest) return NO_PRICE;
    int64_t rest = time_price(ask, number, &service, reached, trail.now - done);
    return rest == NO_PRICE ? NO_PRICE : (trail.metres - edge->metres) * ask->shift->meter_price + rest;
}

/* Candidates ------------------------------------------------------------------------------------------------------------ */

int may_load(const struct state *state, int32_t number, int32_t loading) {
    const struct gap *gap = state->gaps + number;
    int last = number + 1 == state->gap_count;
    if (loading == LOADING_BEFORE) return gap->position > 0 && !gap->takes_reload;
    return !last && !gap[1].takes_reload;
}

/* Spots with a loading of their own, where the shift may still load once more. */
static int find_loading_spots(const struct question *ask, int32_t first, struct spot *best, int count, int most) {
    const struct state *state = ask->state;
    if (!may_load_more(ask->shift, state->steps, state->count)) return count;
    for (int32_t number = first; number < state->gap_count; number++)
        for (int32_t loading = LOADING_BEFORE; loading <= LOADING_AFTER; loading++) {
            int64_t price = may_load(state, number, loading) ? loading_price(ask, number, loading) : NO_PRICE;
            if (price == NO_PRICE) continue;
            price += ask->opening + order_price(ask->search, state, ask->number, ask->shift_number, state->gaps[number].position);
            count = keep_spot(best, count, most, (struct spot){price, number, loading});
        }
    return count;
}

/* The first gap behind the steps that may not move. */
static int32_t first_gap(const struct question *ask) {
    int32_t number = 0;
    while (number + 1 < ask->state->gap_count && ask->state->gaps[number].position < ask->shift->fixed) number++;
    return number;
}

/* 0: it fits nowhere; 1: everywhere; 2: gap by gap. */
static int load_question(const struct state *state, const struct task *task) {
    int fits = 1;
    for (int measure = 0; measure < MEASURES; measure++) fits &= task->load[measure] <= state->room_left[measure];
    if (fits) return 1;
    return state->only_deliveries && task->kind == DELIVERY ? 0 : 2;
}

/* Fills in what is asked. 0: the task fits nowhere in the route; 1: only together with a loading of its own; 2: perhaps without one too. A loading of its own
 * helps only where the load does not fit at every moment. */
static int ask_about(struct search *search, const struct route *route, int32_t task, struct question *ask) {
    const struct problem *problem = search->problem;
    int loads = load_question(route->now, problem->task + task);
    ask->needs_loading = loads != 1 && problem->shift[route->shift].reloads && route->now->count;
    if (!loads && !ask->needs_loading) return 0;
    ask->search = search;
    ask->problem = problem;
    ask->shift = problem->shift + route->shift;
    ask->travel = problem->travel + ask->shift->profile;
    ask->state = route->now;
    ask->task = problem->task + task;
    ask->number = task;
    ask->shift_number = route->shift;
    ask->to_here = leg_back(ask->travel, 0, ask->task->place);
    ask->from_here = leg_of(ask->travel, ask->task->place, 0);
    ask->opening = route->now->count == 0 ? ask->shift->fixed_price : 0;
    if (problem->has_stability) ask->opening += stability_price(search, task, route->shift);
    ask->opening += like_price(problem, task, route->shift);
    ask->check_loads = loads == 2;
    if (ask->check_loads || ask->needs_loading) holds_find(search, route);
    return 1 + (loads != 0);
}

/* Whether a route's gaps can be looked through without a branch: one band, one hard window at most, and nothing else to keep but the windows. */
static int is_level(const struct question *ask) {
    return ask->travel->bands == 1 && ask->task->simple && !ask->check_loads && !ask->problem->has_stability && !ask->state->tally.broken;
}

/* What remains of the price of a gap that fits; NO_PRICE where the route would become too long. */
static inline int64_t level_rest(const struct question *ask, const struct edge *edge, struct leg there, struct leg onward, int64_t more) {
    const struct gap *gap = ask->state->gaps + (edge - ask->state->edges);
    const struct shift *shift = ask->shift;
    if (shift->max_distance != NONE && ask->state->metres + more > shift->max_distance) return NO_PRICE;
    if (!shift->time_counts && !ask->problem->has_priced) return 0; /* spans are not worked out then */
    struct span own = {ask->task->service, ask->task->opens, ask->task->closes}, whole = span_join(gap->before, there.duration, own);
    whole = span_join(whole, onward.duration + gap->rest, gap->after);
    if (shift->max_duration != NONE && whole.length > shift->max_duration) return NO_PRICE;
    int64_t price = span_price(shift, whole) - ask->state->span_cost;
    if (gap->late_rate == 0) return price;
    return price + late_guess(gap, later(edge->leave + there.duration, ask->task->opens) + ask->task->service + onward.duration + gap->rest);
}

/* The cheapest gap of such a route. Processors guess badly where a task fits, so every gap is priced and the unfit ones are masked. */
static struct spot level_spot(const struct question *ask, int32_t first) {
    const struct edge *edge = ask->state->edges, *end = edge + ask->state->gap_count - 1;
    const struct leg *to_here = ask->to_here, *from_here = ask->from_here;
    const int64_t opens = ask->task->opens, closes = ask->task->closes, service = ask->task->service, meter_price = ask->shift->meter_price;
    const int rest = ask->shift->time_counts || ask->problem->has_priced || ask->shift->max_distance != NONE;
    struct spot best = {NO_PRICE, 0, LOADING_NONE};
    for (edge += first; edge <= end && edge->leave <= closes; edge++) {
        const struct leg there = to_here[edge->here], onward = edge->next == NONE ? NO_WAY : from_here[edge->next];
        const int64_t reached = edge->leave + there.duration, done = later(reached, opens) + service + onward.duration;
        const int fits = (reached <= closes) & (done <= edge->latest) & ((there.duration | onward.duration) >= 0);
        const int64_t more = (int64_t)there.metres + onward.metres - edge->metres;
        int64_t price = fits ? more * meter_price : NO_PRICE;
        if (rest && fits) {
            int64_t added = level_rest(ask, edge, there, onward, more);
            price = added == NO_PRICE ? NO_PRICE : price + added;
        }
        best.gap = price < best.price ? (int32_t)(edge - ask->state->edges) : best.gap;
        best.price = price < best.price ? price : best.price;
    }
    return best;
}

/* The price of any gap; NO_PRICE where the task does not fit. */
static int64_t gap_price(const struct question *ask, int32_t number) {
    if (!may_go_in(ask->state, number)) return NO_PRICE;
    int64_t price = ask->travel->bands == 1 ? flat_price(ask, number) : banded_price(ask, number);
    if (price == NO_PRICE) return NO_PRICE;
    if (ask->problem->has_stability) price += order_price(ask->search, ask->state, ask->number, ask->shift_number, ask->state->gaps[number].position);
    return price + ask->opening;
}

/* The cheapest spots of a route, cheapest first; how many. */
int spots_find(struct search *search, const struct route *route, int32_t task, struct spot *best, int most) {
    struct question ask;
    int asked = ask_about(search, route, task, &ask), count = 0;
    if (asked == 0) return 0;
    int32_t first = first_gap(&ask);
    const struct state *state = ask.state;
    if (most == 1 && asked == 2 && is_level(&ask)) {
        *best = level_spot(&ask, first);
        count = best->price != NO_PRICE;
        best->price += count ? ask.opening : 0;
        asked = 1;
    }
    for (int32_t number = first; asked == 2 && number < state->gap_count && state->edges[number].leave <= ask.task->closes; number++) {
        int64_t price = gap_price(&ask, number);
        if (price != NO_PRICE) count = keep_spot(best, count, most, (struct spot){price, number, LOADING_NONE});
    }
    if (ask.needs_loading) count = find_loading_spots(&ask, first, best, count, most);
    return count;
}

int32_t spot_apply(const struct state *state, int32_t task, const struct spot *spot, int32_t *steps) {
    const struct gap *gap = state->gaps + spot->gap;
    const enum loading loading = (enum loading)spot->second;
    steps_with(state->steps, state->count, task, gap->position, loading, steps);
    if (gap->takes_reload) { /* the task is now the first after the loading */
        steps[gap->position] |= 1;
        if (loading != LOADING_AFTER) steps[gap->position + 1] &= ~1;
    }
    return state->count + 1;
}
