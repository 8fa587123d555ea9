/* One problem through every door of the kernel, with what must hold of the answers. */
#include "drive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "problem.h"

#define HOLDS(condition) \
    do { \
        if (!(condition)) fail(#condition, __LINE__); \
    } while (0)

static void fail(const char *what, int line) {
    fprintf(stderr, "drive.c:%d: does not hold: %s\n", line, what);
    abort();
}

/* What is asked of one open search. */
struct visit {
    const struct problem *problem;
    kernel_search *search;
    int64_t *plan, room, count;
    int strict;
};

/* Every shift has its count, every step is a task of the problem, no task stands twice. */
static void check_plan(const struct visit *visit) {
    const struct problem *problem = visit->problem;
    uint8_t *seen = case_room(NULL, problem->tasks, 1);
    int64_t at = 0;
    memset(seen, 0, (size_t)problem->tasks);
    for (int32_t shift = 0; shift < problem->shifts; shift++) {
        HOLDS(at < visit->count);
        int64_t end = at + 1 + visit->plan[at];
        HOLDS(visit->plan[at] >= 0 && end <= visit->count);
        while (++at < end) {
            HOLDS(visit->plan[at] >= 0 && visit->plan[at] / 2 < problem->tasks);
            HOLDS(!seen[visit->plan[at] / 2]++);
        }
    }
    HOLDS(at == visit->count);
    free(seen);
}

static void take_best(struct visit *visit) {
    if (visit->problem->shifts > 0) HOLDS(kernel_best_plan(visit->search, visit->plan, visit->problem->shifts - 1) == -1);
    visit->count = kernel_best_plan(visit->search, visit->plan, visit->room);
    HOLDS(visit->count >= 0);
    check_plan(visit);
}

static void judge_route(const struct visit *visit, int32_t shift, const int64_t *steps, int64_t count) {
    kernel_timeline found;
    memset(&found, 0, sizeof found);
    found.violation_room = 4 * (count + 4);
    found.halts = case_room(NULL, count, sizeof(kernel_halt));
    found.pauses = case_room(NULL, visit->problem->pauses_most, sizeof(kernel_pause));
    found.violations = case_room(NULL, found.violation_room, sizeof(kernel_violation));
    int64_t answer = kernel_timeline_of(visit->search, shift, steps, count, &found);
    HOLDS(answer == 0 || answer == -1);
    if (visit->strict && answer == 0) HOLDS(found.halt_count == count && found.ends >= found.leaves);
    free(found.halts);
    free(found.pauses);
    free(found.violations);
}

static void judge_plan(const struct visit *visit) {
    const int64_t *at = visit->plan;
    for (int32_t shift = 0; shift < visit->problem->shifts; shift++, at += 1 + *at) judge_route(visit, shift, at + 1, *at);
}

/* Where a task could go in the plan as it stands. */
static void ask_for_places(const struct visit *visit, int64_t task) {
    kernel_placement *placements = case_room(NULL, 3 * (int64_t)visit->problem->tasks + 3 + visit->problem->shifts, sizeof(kernel_placement));
    const int64_t *at = visit->plan;
    kernel_placements(visit->search, task, placements);
    for (int32_t shift = 0; shift < visit->problem->shifts; shift++, at += 1 + *at) {
        kernel_placement *room = case_room(NULL, 3 * *at + 3, sizeof(kernel_placement));
        kernel_positions(visit->search, task, shift, room);
        free(room);
    }
    free(placements);
}

struct worth {
    int64_t broken, cost, number;
};

static struct worth worth_of(const struct visit *visit) {
    struct worth worth;
    kernel_best_worth(visit->search, &worth.broken, &worth.cost, &worth.number);
    return worth;
}

static void improve(const struct visit *visit, int64_t iterations, int64_t width) {
    double near = kernel_near_price(visit->search);
    kernel_anneal_terms terms = {
        .hot = near, .cold = near / 100, .until = 1, .seconds = -1, .iterations = iterations, .removed = 10, .string_most = 10, .blink = 0.01, .width = width,
    };
    struct worth before = worth_of(visit);
    int64_t made = kernel_anneal(visit->search, &terms, NULL);
    struct worth after = worth_of(visit);
    HOLDS(made >= 0 && made <= iterations);
    HOLDS(after.broken <= before.broken && after.number >= before.number);
    if (after.number == before.number) HOLDS(after.broken == before.broken && after.cost == before.cost);
}

static void ask_everything(struct visit *visit, int64_t iterations) {
    const volatile int32_t stop = 1;
    kernel_construct(visit->search, &stop);
    kernel_construct(visit->search, NULL);
    improve(visit, iterations, 0);
    take_best(visit);
    judge_plan(visit);
    kernel_restart(visit->search);
    improve(visit, iterations / 4, 3);
    take_best(visit);
    int64_t put = kernel_put_plan(visit->search, visit->plan, visit->count);
    if (visit->strict) HOLDS(put == 0);
    for (int64_t task = -1; put == 0 && task <= visit->problem->tasks; task += 1 + visit->problem->tasks / 8) ask_for_places(visit, task);
}

/* Another search takes over the plan as it stands, and goes on from it. */
static void hand_over(const struct visit *visit, uint64_t seed, int64_t iterations) {
    struct visit other = *visit;
    other.search = kernel_search_open(visit->problem, seed);
    HOLDS(other.search != NULL || !visit->strict);
    if (other.search == NULL) return;
    kernel_restart(visit->search); /* a plan that was only put has no value */
    kernel_adopt(other.search, visit->search);
    if (visit->strict && worth_of(visit).cost != INT64_MAX) HOLDS(kernel_present_value(other.search) == kernel_present_value(visit->search));
    improve(&other, iterations, 0);
    take_best(&other);
    kernel_search_close(other.search);
}

static enum outcome drive_open(const kernel_problem *problem, const struct kernel_case *given, uint64_t seed, int64_t iterations, int strict) {
    const struct problem *inside = (const struct problem *)problem;
    kernel_search *search = kernel_search_open(problem, seed);
    if (search == NULL) {
        HOLDS(!strict);
        return SHORT_OF_MEMORY;
    }
    int64_t room = (int64_t)inside->shifts + inside->tasks;
    struct visit visit = {inside, search, case_room(NULL, room, 8), room, 0, strict};
    enum outcome outcome = kernel_set_plan(search, given->plan, given->plan_count) == 0 ? WORKED : NO_PLAN;
    if (outcome == WORKED) {
        ask_everything(&visit, iterations);
        hand_over(&visit, ~seed, iterations / 4);
    }
    kernel_search_close(search);
    free(visit.plan);
    return outcome;
}

enum outcome drive(const struct kernel_case *given, uint64_t seed, int64_t iterations, int strict) {
    char why[80];
    memset(why, 0, sizeof why);
    kernel_problem *problem = kernel_open(given->words, given->word_count, given->tables, given->table_count, why, sizeof why);
    HOLDS(memchr(why, 0, sizeof why) != NULL);
    if (problem == NULL) {
        if (strict) HOLDS(why[0] != 0);
        return REFUSED;
    }
    enum outcome outcome = drive_open(problem, given, seed, iterations, strict);
    kernel_close(problem);
    return outcome;
}
