/* A search: the plan as it stands, the best one, and what is known of every place where a task could go. */
#ifndef DOORSTEP_SEARCH_H
#define DOORSTEP_SEARCH_H

#include "kernel.h"
#include "problem.h"
#include "random.h"
#include "timeline.h"

#define NO_PRICE INT64_MAX
/* What a broken rule counts when plans are compared: more than any cost. */
#define BROKEN_PRICE ((int64_t)1 << 50)

/* A stretch of a route as time sees it: how long it takes at least, and the earliest and latest beginning with which it takes no longer (Vidal, Crainic,
 * Gendreau, Prins, Computers & Operations Research 40, 2013, doi 10.1016/j.cor.2012.07.018). */
struct span {
    int64_t length, earliest, latest;
};

/* Where a task could go in: after a halt (or the start, or a loading) and before the next (or the end, or a loading). What every look at it needs. */
struct edge {
    int64_t leave;  /* earliest departure */
    int64_t latest; /* latest arrival at what follows, pauses on the way left aside, that breaks nothing anew */
    int32_t here, next; /* places; next NONE where the route ends at its last halt */
    int32_t metres;     /* of the way between */
    int32_t band;       /* that reigns at `leave` */
};

/* The rest of what is known of it. */
struct gap {
    int64_t arrive;     /* earliest arrival at what follows */
    int32_t position;   /* halts before it */
    int32_t takes_reload; /* 1: what goes in here comes first after the loading */
    int64_t rest;         /* pauses that fall on the way between */
    int64_t late_rate;    /* what a millisecond costs by which what follows becomes late */
    struct span before, after;
};

/* Loads of a gap. */
struct hold {
    int64_t load[MEASURES]; /* on board here */
    int64_t free_before[MEASURES], free_after[MEASURES]; /* room that is left at every moment of the trip before, and after */
};

/* The steps of a route and all that follows from them; what every look needs comes first. */
struct state {
    int32_t count, gap_count;
    struct edge *edges;
    struct gap *gaps;
    int32_t plain;  /* every price of a gap is exact: one band, no pauses, no loading on the way, one hard window each, no broken rule */
    int32_t only_deliveries;
    int64_t room_left[MEASURES]; /* capacity less the peak */
    int64_t span_cost; /* price of the hours as the spans see them */
    int64_t metres;
    uint32_t stamp; /* equal stamps, equal steps */
    int32_t moved;  /* stops that moved, counted against the plan that people know */
    int64_t cost;   /* with the prices of stability */
    int32_t *steps;
    int32_t room;
    int32_t holds_known;
    struct hold *holds; /* filled when first asked for */
    struct tally tally;
};

struct route {
    struct state *now, *other;
    int32_t shift;
    int32_t touched; /* in this iteration: `other` holds what it was */
    struct tally allowed; /* broken rules that it may have: those of the plan it began with, after mending */
};

/* The best place of a task in a route, as long as the route's stamp is this. */
struct entry {
    int64_t price;
    uint32_t stamp;
    uint16_t position; /* number of the gap; ENTRY_EXACT: the price is that of the timelines */
    uint16_t second;   /* of a pair: the gap of the delivery; else how a loading goes in with it */
};
#define ENTRY_EXACT 0x8000u

/* Loadings that go in with a task. */
enum loading { LOADING_NONE, LOADING_BEFORE, LOADING_AFTER };

/* A possible place: the gap, and the second gap or the loading. */
struct spot {
    int64_t price;
    int32_t gap, second;
};

struct search {
    const struct problem *problem;
    struct workspace work;
    struct chance chance;
    struct route *routes;
    int32_t *route_of;  /* by task; NONE: unplanned */
    int32_t *slots, slot_count, slots_used, slots_stale; /* routes that are tried: the used ones first, then one empty of each kind */
    int32_t *asked, asked_turn; /* by route: the turn in which it was asked about */
    int32_t width; /* so many neighbours say which routes are asked; 0: all are */
    struct entry *entries; /* [task * shifts + shift] */
    uint32_t stamp;
    uint32_t *stamps; /* of each route as it stands */
    int32_t *near, near_count; /* the nearest tasks of each */
    double near_price, time_price; /* of a way to a near task; of a millisecond */

    /* The plan as it stands. */
    int64_t value; /* cost, unplanned tasks, and broken rules at BROKEN_PRICE */
    int32_t moved;
    int32_t *absent, absent_count;
    int64_t move_price; /* what a moved stop costs for now where only so many may move */

    /* The iteration under way. */
    int64_t running; /* value of what stands so far, the tasks that are still to go in left aside */
    int64_t hopeless; /* from this on no iteration is kept, so that it may end early */
    int32_t *touched, touched_count;
    int32_t *queue, queue_count;
    int32_t *removed, removed_count;
    uint8_t *gone;
    int64_t *keys, *rests, *rests_before;
    int32_t *scratch_steps;
    int32_t *order;
    int64_t *rebate; /* by shift: so much of its fixed price is overlooked for now where its route is empty */
    int32_t blink_left;
    double blink;

    /* The best plan. */
    int64_t best_value, best_number;
    int32_t *best_steps, *best_first;
    int32_t best_broken;
};

/* Joins two stretches over a way of `travel` milliseconds. */
static inline struct span span_join(struct span one, int64_t travel, struct span other) {
    int64_t shifted = one.length + travel;
    if (one.earliest + shifted > other.latest) return (struct span){shifted + other.length, one.earliest, one.earliest};
    int64_t wait = other.earliest - shifted - one.latest;
    if (wait < 0) wait = 0;
    int64_t earliest = other.earliest - shifted > one.earliest ? other.earliest - shifted : one.earliest;
    int64_t latest = other.latest - shifted < one.latest ? other.latest - shifted : one.latest;
    return (struct span){shifted + other.length + wait, earliest - wait, latest};
}

/* What it costs that a route lasts longer than its fair share. */
static inline int64_t beyond_fair(const struct shift *shift, int64_t duration) {
    return shift->beyond_price && duration > shift->fair ? (duration - shift->fair) * shift->beyond_price : 0;
}

/* What the hours of a span cost a shift. */
static inline int64_t span_price(const struct shift *shift, struct span whole) {
    int64_t over = whole.earliest + whole.length - shift->ends;
    return whole.length * shift->milli_price + (over > 0 ? over : 0) * shift->overtime_price + beyond_fair(shift, whole.length);
}

/* Keeps a spot among the best, cheapest first; how many there are. */
static inline int keep_spot(struct spot *best, int count, int most, struct spot spot) {
    int at = count < most ? count : most - 1;
    if (count == most && best[at].price <= spot.price) return count;
    for (; at > 0 && best[at - 1].price > spot.price; at--) best[at] = best[at - 1];
    best[at] = spot;
    return count < most ? count + 1 : most;
}

/* Whether anything may go in at a gap: where a route loads more often than it may, a loading keeps its halt. */
static inline int may_go_in(const struct state *state, int32_t number) {
    return !state->gaps[number].takes_reload || !(state->tally.count[RULE_RELOAD] || state->tally.count[KINDS + RULE_RELOAD]);
}

/* Room that is left of a capacity with a load; without limit where there is none. */
static inline int64_t room_left(const struct shift *shift, int measure, int64_t load) {
    if (shift->capacity[measure] == NONE) return NO_LIMIT;
    return load < shift->capacity[measure] ? shift->capacity[measure] - load : 0;
}

/* What a route counts when plans are compared. */
static inline int64_t value_of_state(const struct state *state) { return state->cost + state->tally.broken * BROKEN_PRICE; }

/* A task as a span when it is reached at `begin` or could be. */
struct span span_of(const struct problem *problem, const struct task *task, int32_t window, int64_t begin, int64_t late, int64_t pauses);

/* routes.c */
/* Room for so many steps; -1 where memory is short, and what was there stays. */
int state_room(struct state *state, int32_t steps);
/* Works out all that follows from the steps of a route as it stands, and gives it a new stamp. */
void route_work_out(struct search *search, struct route *route);
/* Before a route changes in an iteration: what it was is kept in `other`. -1 where memory is short. */
int route_touch(struct search *search, struct route *route);
/* Makes a route again what it was. */
void route_revert(struct route *route);
/* Whether no kind of rule is broken more often or by more than is allowed. */
int tally_within(const struct tally *tally, const struct tally *allowed);

/* stability.c */
/* What the changes of a route cost against the plan that people know, and how many of its stops moved. */
void stability_of(struct search *search, int32_t shift, const int32_t *steps, int32_t count, int64_t *cost, int32_t *moved);
/* What it costs that another shift serves a task than people know. */
int64_t stability_price(const struct search *search, int32_t task, int32_t shift);
/* What it costs where a task would stand out of order there, at a guess by its neighbours. */
int64_t order_price(const struct search *search, const struct state *state, int32_t task, int32_t shift, int32_t position);

/* wishes.c */
/* What a route costs by what is wished: who serves whom, and how long it lasts. */
int64_t wishes_price(const struct problem *problem, int32_t shift, const int32_t *steps, int32_t count, const struct figures *figures);

/* steps.c */
/* Where in the steps a task stands, or NONE. */
int32_t position_of(const int32_t *steps, int32_t count, int32_t task);
/* Whether a shift may load once more than these steps do. */
int may_load_more(const struct shift *shift, const int32_t *steps, int32_t count);
/* Whether a loading may go in with a task at a position: not before the first stop, nor after the last. */
int may_load_at(int32_t at, int32_t count, enum loading loading);
/* Writes the steps with a task at a position: one step more. */
void steps_with(const int32_t *steps, int32_t count, int32_t task, int32_t at, enum loading loading, int32_t *made);
/* Writes the steps without those of tasks that are `gone`; a loading before one stays before what follows. How many are left. `made` may be `steps`. */
int32_t steps_without(const int32_t *steps, int32_t count, const uint8_t *gone, int32_t *made);
/* The exact price of putting steps in the place of a route's; NO_PRICE where that breaks a rule anew. */
int64_t steps_price(struct search *search, const struct route *route, const int32_t *steps, int32_t count);

/* holds.c */
/* Works out the loads of a route's gaps, once for its steps. */
void holds_find(struct search *search, const struct route *route);

/* insertion.c */
/* The cheapest spots of a route, cheapest first; how many. */
int spots_find(struct search *search, const struct route *route, int32_t task, struct spot *best, int most);
/* Whether a loading of its own may go in with a task at a gap: not where a trip begins or ends anyway. */
int may_load(const struct state *state, int32_t number, int32_t loading);
/* The steps of a route with a task at a spot; how many. */
int32_t spot_apply(const struct state *state, int32_t task, const struct spot *spot, int32_t *steps);

/* pairs.c */
/* The cheapest spots of a route for a pick-up and its delivery, cheapest first; how many. */
int pair_spots_find(struct search *search, const struct route *route, int32_t pickup, int32_t delivery, struct spot *best, int most);
int32_t pair_spot_apply(const struct state *state, int32_t pickup, int32_t delivery, const struct spot *spot, int32_t *steps);

/* chains.c */
/* Puts what is out of a group into the one route in which that saves most; whether anything went in. */
int group_put_in(struct search *search, int32_t group);

/* queue.c */
/* Puts the queue into an order that is drawn. */
void queue_sort(struct search *search);

/* recreate.c */
/* Puts the tasks of the queue in, each where it costs least and less than leaving it out. */
void recreate(struct search *search);
/* Finds anew which routes are tried, where that may have changed. */
void slots_refresh(struct search *search);

/* near.c */
/* Finds the nearest tasks of each, once; -1 where memory is short. */
int near_find(struct search *search);

/* ruin.c */
/* Marks strings of stops around a task that is drawn, and takes them out. */
void ruin(struct search *search, const kernel_anneal_terms *terms);
/* Takes the marked tasks out of their routes. */
void take_out(struct search *search);

/* mend.c */
/* Takes out what breaks rules, as far as locks let it; what is left broken is allowed from now on. */
void mend(struct search *search);
/* What the routes break now they may break from now on. */
void allow_as_is(struct search *search);

/* search.c */
/* Begins an iteration: nothing is touched, queued or taken out. */
void iteration_begin(struct search *search);
/* Ends an iteration whose changes stay. */
void forget_touched(struct search *search);
/* The same for changes outside an iteration: what is absent, and which routes are tried, is found anew. */
void settle_changes(struct search *search);
/* The prices of absent tasks, and how many of them had a place in the plan that people know. */
int64_t absent_price(const struct search *search, int32_t *homes);
/* What the present plan is worth, and how many stops moved in it. */
int64_t value_now(const struct search *search, int32_t *moved);
/* How many tasks that may not be out are in no route. */
int missing(const struct search *search);
/* Whether more stops moved than may. */
int too_many_moved(const struct search *search, int32_t moved);
/* Keeps the present plan where it is better than the best. */
void keep_best(struct search *search);

#endif
