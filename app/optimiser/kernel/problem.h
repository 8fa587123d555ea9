/* A problem as the kernel holds it; read only once it is open. */
#ifndef DOORSTEP_PROBLEM_H
#define DOORSTEP_PROBLEM_H

#include <stddef.h>
#include <stdint.h>

#include "rules.h"

#define MEASURES 3
#define UNREACHABLE (-1)
#define NONE (-1)
/* Later than every clock reading (`domain/schedule_pass.py`). */
#define NO_LIMIT ((int64_t)1 << 60)

enum kind { DELIVERY, PICKUP, RETURN };

/* Why a shift may not serve a task, as bits; BAR_VAIN: no rule of its own, but it would never fit there. */
enum bar { BAR_SKILL = 1, BAR_FEATURE = 2, BAR_FORBIDDEN = 4, BAR_VAIN = 8 };

/* A window in which service may begin; late_price NONE: hard. */
struct window {
    int64_t opens, closes, late_price;
};

struct task {
    int32_t place;
    int32_t kind;
    int32_t windows; /* the first of `window_count` in `problem.windows` */
    int32_t window_count;
    int32_t after;   /* a task that must come before in the same route, or NONE */
    int32_t only;    /* the one shift that may serve it, or NONE */
    int32_t stays;   /* the shift that it must stay with, or NONE */
    int32_t group;   /* tasks that hang together by `after` have the same; NONE: it is alone */
    int32_t home;    /* the shift that serves it in the plan that people know, or NONE */
    int32_t home_place; /* its place in the order of that route */
    int32_t fixed;   /* 1: stands in a fixed beginning or a closed route */
    int64_t service;
    int64_t load[MEASURES];
    int32_t barred_somewhere; /* 1: a skill, a feature or a name bars it from some shift */
    int32_t simple;  /* 1: at most one window, and that a hard one */
    int64_t opens;   /* of a simple task's window; as early as can be where it has none */
    int64_t closes;  /* after this arrival no window is kept any more; NO_LIMIT where one is priced or there is none */
    int64_t unplanned_price;
};

/* A pause that must begin within [earliest, latest]. */
struct pause {
    int64_t earliest, latest, length;
};

struct shift {
    int32_t profile, start, end, depot;
    int32_t pauses, pause_count; /* those whose latest is not before the start */
    int32_t under_way, reloads, class;
    int32_t closed, fixed; /* of the plan that is given: nothing may change; so many steps at the beginning may not move */
    int64_t starts, ends, latest_end;
    int64_t capacity[MEASURES]; /* NONE: no limit */
    int64_t max_distance, max_duration; /* NONE: no limit */
    int64_t reload;
    int64_t fixed_price, meter_price, milli_price, overtime_price;
    int64_t fair, beyond_price; /* what a route that lasts longer than its fair share costs more, a millisecond */
    int32_t time_counts; /* whether the hours of its route matter beyond the windows */
};

/* A way in one band. */
struct leg {
    int32_t duration, metres;
};

/* Travel of one profile: `legs[band * ways + from * size + to]`, and `back[band * ways + to * size + from]` the same by where it leads. A leg is
 * named by where it stands in the first band; band by band, so that what a search looks at together lies together. */
struct travel {
    int32_t size, bands, symmetric;
    int64_t ways; /* size * size */
    int64_t *begins;
    struct leg *legs, *back;
};

/* A group of tasks that hang together, in an order in which each comes after what it must follow. */
struct group {
    int32_t first, count; /* in `problem.members` */
};

struct problem {
    int32_t tasks, shifts, profiles, groups, has_fixed_prices, has_after, has_stability, has_priced;
    struct task *task;
    struct shift *shift;
    struct travel *travel;
    int32_t *rank; /* the number of each place of the words in the tables here */
    struct window *windows;
    struct pause *pauses;
    struct group *group;
    int32_t *members;
    uint8_t *barred; /* [task * shifts + shift], bits of `enum bar` */
    int32_t *start;  /* the plan that is given, steps shift by shift */
    int32_t *start_first; /* where each shift's steps begin in `start`; one more than there are shifts */
    int64_t *liked;  /* [task * shifts + shift], what it costs that this shift serves this task; NULL where nobody wishes anything */
    int64_t per_driver_change, per_order_change, at_most; /* at_most NONE: no limit */
    int32_t trace_most; /* events that a timeline may have */
    int32_t halts_most; /* halts that a route may have */
    int32_t pauses_most;
};

/* Whether a task is the second half of a pair: a delivery of what a pick-up brings. Neither is served without the other. */
static inline int is_second_half(const struct problem *problem, int32_t task) {
    int32_t after = problem->task[task].after;
    return after != NONE && problem->task[after].kind != DELIVERY && problem->task[task].kind == DELIVERY;
}

/* Why a shift may not serve a task, bits of `enum bar`; 0: it may. */
static inline int bars_of(const struct problem *problem, int32_t task, int32_t shift) {
    return problem->barred[(int64_t)task * problem->shifts + shift];
}

/* What it costs that a shift serves a task, beside the drive. */
static inline int64_t like_price(const struct problem *problem, int32_t task, int32_t shift) {
    return problem->liked == NULL ? 0 : problem->liked[(int64_t)task * problem->shifts + shift];
}

/* Bars a shift from a task. */
static inline void bar(struct problem *problem, int32_t task, int32_t shift, enum bar why) {
    problem->barred[(int64_t)task * problem->shifts + shift] |= (uint8_t)why;
}

/* Gives back all that a problem holds; NULL is none. */
void problem_free(struct problem *problem);

#endif
