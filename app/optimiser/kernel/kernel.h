/* The door of the optimiser's kernel: what Python calls.
 *
 * A problem comes as 64-bit words (in the order in which `words.c` reads them; `core_problem.py` writes them) and tables of 32-bit numbers.
 * Times are milliseconds, lengths metres, loads grams, cubic centimetres and pieces, prices millionths of a minor unit. Tasks, shifts and places
 * are numbers from 0. A step is `task * 2 + reload before it`. Routes are written as: for each shift the number of its steps, then the steps.
 *
 * A problem is read only once it is open, so that several searches, each in a thread of its own, may share it. No function keeps a pointer of
 * the caller's, prints, or ends the process.
 */
#ifndef DOORSTEP_KERNEL_H
#define DOORSTEP_KERNEL_H

#include <stdint.h>

#if defined(_WIN32)
#define KERNEL_DOOR __declspec(dllexport)
#else
#define KERNEL_DOOR __attribute__((visibility("default")))
#endif

#define KERNEL_ABI 5

typedef struct problem kernel_problem;
typedef struct search kernel_search;

/* One travel table: durations or distances of one band, row by row. */
typedef struct {
    const int32_t *numbers;
    int64_t count;
} kernel_table;

/* How a search goes on: temperatures in cost; it ends at `seconds` of the clock or after `iterations`, whatever comes first (negative: no limit).
 * The temperature falls from `hot` to `cold` while `from` … `until` of the whole anneal pass, so that one anneal may be run in slices. */
typedef struct {
    double hot, cold;
    double from, until;
    double seconds;
    int64_t iterations;
    int64_t cpu_clock; /* 1: seconds of this thread's processor time instead of the wall clock */
    double removed;    /* tasks that a ruin takes out on average */
    double string_most; /* longest string of a route that a ruin takes out */
    double blink;      /* how often a recreate passes over a place, 0 … 1 */
    int64_t width;     /* only routes of so many nearest neighbours are tried; 0: all */
} kernel_anneal_terms;

/* One broken rule of a timeline: kind as in `rules.h`, task -1 for the whole route, measure 0 … 2 for loads, else -1. */
typedef struct {
    int64_t kind, task, amount, measure;
} kernel_violation;

/* One halt of a timeline; window -1: it has none, reload_begin INT64_MIN: no reload before it. */
typedef struct {
    int64_t arrival, begin, late, metres, window, reload_begin;
    int64_t load[3];
} kernel_halt;

/* One pause as it falls. */
typedef struct {
    int64_t after, begin, end;
} kernel_pause;

/* What becomes of a route. The caller gives room for the lists and gets the counts. */
typedef struct {
    int64_t leaves, ends, metres, overtime, travel_cost, late_cost, peak[3];
    int64_t halt_count, pause_count, violation_count, violation_room;
    kernel_halt *halts;
    kernel_pause *pauses;
    kernel_violation *violations;
} kernel_timeline;

/* The best place of a task in one route, or the least broken one: price against the route as it stands, what is newly broken. */
typedef struct {
    int64_t shift, position, loading, price, broken, excess; /* loading: 0 none, 1 before the task, 2 after it */
} kernel_placement;

KERNEL_DOOR int64_t kernel_abi(void);

/* Opens a problem. NULL where the words or tables make none; `why` then says the first thing that is wrong. */
KERNEL_DOOR kernel_problem *kernel_open(const int64_t *words, int64_t count, const kernel_table *tables, int64_t table_count, char *why, int64_t why_size);
KERNEL_DOOR void kernel_close(kernel_problem *problem);

/* A search over an open problem; NULL where memory is short. */
KERNEL_DOOR kernel_search *kernel_search_open(const kernel_problem *problem, uint64_t seed);
KERNEL_DOOR void kernel_search_close(kernel_search *search);

/* Makes a plan the present one: what locks fix is put right and what breaks rules is taken out. 0, or -1 where the words are no plan. */
KERNEL_DOOR int64_t kernel_set_plan(kernel_search *search, const int64_t *plan, int64_t count);
/* Puts in every task that fits, greedily; `stop` (may be NULL) ends it early. */
KERNEL_DOOR void kernel_construct(kernel_search *search, const volatile int32_t *stop);
/* Ruin and recreate with simulated annealing; how many iterations were made. */
KERNEL_DOOR int64_t kernel_anneal(kernel_search *search, const kernel_anneal_terms *terms, const volatile int32_t *stop);
/* A temperature: the mean price of the ways to the ten nearest tasks. */
KERNEL_DOOR double kernel_near_price(kernel_search *search);

/* What the best plan costs, its rules broken (0: none), and a number that grows with each better one. */
KERNEL_DOOR void kernel_best_worth(const kernel_search *search, int64_t *broken, int64_t *cost, int64_t *number);
/* Writes the best plan; the number of words, or -1 where `room` is too little. */
KERNEL_DOOR int64_t kernel_best_plan(const kernel_search *search, int64_t *plan, int64_t room);
/* Goes on from the plan as it stands in another search of the same problem. */
KERNEL_DOOR void kernel_adopt(kernel_search *search, const kernel_search *other);
/* What the plan as it stands is worth: a value in which two searches of one problem may be compared. */
KERNEL_DOOR int64_t kernel_present_value(const kernel_search *search);
/* Goes on from the best plan. */
KERNEL_DOOR void kernel_restart(kernel_search *search);

/* The timeline of one shift with these steps. 0, or -1 where the steps are none of the problem's or room is short. */
KERNEL_DOOR int64_t kernel_timeline_of(kernel_search *search, int64_t shift, const int64_t *steps, int64_t count, kernel_timeline *found);
/* The best place of a task in each shift's route of the plan as it stands (`kernel_put_plan`), every position priced exactly. `placements` has room for
 * every shift. */
KERNEL_DOOR int64_t kernel_placements(kernel_search *search, int64_t task, kernel_placement *placements);
/* Every position of one shift, in order. `placements` has room for three times the steps and three more; how many were written, -1 where it is closed. */
KERNEL_DOOR int64_t kernel_positions(kernel_search *search, int64_t task, int64_t shift, kernel_placement *placements);
/* Makes a plan the present one as it is, also where it breaks rules. 0, or -1 where the words are no plan. */
KERNEL_DOOR int64_t kernel_put_plan(kernel_search *search, const int64_t *plan, int64_t count);

#endif
