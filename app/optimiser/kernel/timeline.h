/* The time arithmetic of a route: the rules of `domain/schedule.py` and its modules, to the last digit. */
#ifndef DOORSTEP_TIMELINE_H
#define DOORSTEP_TIMELINE_H

#include "kernel.h"
#include "problem.h"

#define STANDING (-1)
/* Stands for "no reload came before". */
#define NEVER INT64_MIN

static inline int32_t task_of(int32_t step) { return step >> 1; }
static inline int32_t reload_of(int32_t step) { return step & 1; }

struct halt {
    int64_t arrival, begin, late, metres, reload;
    int32_t window;
};

/* What happened in order: a drive as (leg, departure, 0), standing as (STANDING, length, latest begin that makes nothing later). */
struct event {
    int64_t leg, span, limit;
};

/* One pass over a route: from the moment it leaves, when everything happens (`Pass` of `domain/schedule_pass.py`). */
struct pass {
    int64_t leaves, ends, metres_home;
    int32_t halts, pauses, events, lost;
    struct halt *halt;
    kernel_pause *pause;
    int32_t *slot;  /* for each pause the number of events before it */
    struct event *event;
    int32_t *unreachable; /* halts whose way there has a leg without a road; the number of halts stands for the way home */
};

/* What is on board when reaching and leaving each halt. Where a trip begins, its first load overwrites the last of the one before. */
struct on_board {
    int64_t (*before)[MEASURES]; /* when reaching each halt */
    int64_t (*after)[MEASURES];  /* when leaving it */
    int64_t peak[MEASURES];
};

/* Broken rules: how many and how much of each kind (loads of each measure apart; at tasks that are excused apart from the
 * others), and the list where one is wanted. */
#define KINDS (RULES + MEASURES - 1)
#define TALLIES (2 * KINDS)
struct tally {
    int32_t broken;
    int64_t excess;
    int32_t count[TALLIES];
    int64_t amount[TALLIES];
    kernel_violation *list; /* may be NULL */
    int64_t listed, room;
};

/* What a route comes to. */
struct figures {
    int64_t leaves, ends, metres, overtime, travel_cost, late_cost;
};

/* Room to work out one route at a time. */
struct workspace {
    const struct problem *problem;
    struct pass early, late;
    struct on_board on_board;
    int64_t (*role)[MEASURES]; /* change of the load at each halt */
    int8_t *role_kind;
    uint8_t *excused; /* by task: a rule broken at it is excused, for it may not leave its route, or broke it before and may not be mended */
    int32_t *seen; /* where in the route a task was met, by task; NONE elsewhere */
};

/* Room for the longest route of a problem; -1 where memory is short. */
int workspace_open(struct workspace *work, const struct problem *problem);
void workspace_close(struct workspace *work);

/* The pass of a route that leaves at `leaves`; with `slots` (of an earlier pass) pauses stay where they fell then. */
void pass_run(
    const struct problem *problem, const struct shift *shift, const int32_t *steps, int32_t count, int64_t leaves,
    const struct pass *slots, struct pass *found);
/* The latest leaving that makes nothing of a pass later that may not be. */
int64_t latest_leaving(const struct travel *travel, const struct pass *early);
/* Works a route out whole: `work->early` is its earliest pass; the pass that counts is returned. */
const struct pass *timeline_run(struct workspace *work, int32_t shift, const int32_t *steps, int32_t count, struct figures *figures, struct tally *tally);
/* The same figures and broken rules without the halts of the pass that counts; `work->early` is the earliest pass. */
void route_figures(struct workspace *work, int32_t shift, const int32_t *steps, int32_t count, struct figures *figures, struct tally *tally);
/* Follows the load along the steps and notes broken limits. */
void loads_run(struct workspace *work, const struct shift *shift, const int32_t *steps, int32_t count, struct tally *tally);
/* The same without what is on board at each halt, where that is not needed for it. */
void loads_check(struct workspace *work, const struct shift *shift, const int32_t *steps, int32_t count, struct tally *tally);
/* Notes a broken rule. */
void tally_note(const struct workspace *work, struct tally *tally, int rule, int32_t task, int64_t amount, int32_t measure);

#endif
