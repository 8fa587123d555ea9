/* What is on board along a route, in three measures (`domain/schedule_loads.py`). */
#include <string.h>

#include "timeline.h"
#include "travel.h"

enum role { FROM_DEPOT, TO_DEPOT, HANDED_OVER };

/* A task by itself: a delivery brings its load from the depot, all else takes it there. */
static void role_alone(struct workspace *work, int32_t index, const struct task *task) {
    int64_t sign = task->kind == DELIVERY ? -1 : 1;
    work->role_kind[index] = task->kind == DELIVERY ? FROM_DEPOT : TO_DEPOT;
    for (int measure = 0; measure < MEASURES; measure++) work->role[index][measure] = sign * task->load[measure];
}

/* A pick-up and the delivery that follows it carry the pick-up's load between them. */
static void role_of_pair(struct workspace *work, int32_t pickup, int32_t delivery, const struct task *task) {
    work->role_kind[pickup] = work->role_kind[delivery] = HANDED_OVER;
    for (int measure = 0; measure < MEASURES; measure++) {
        work->role[pickup][measure] = task->load[measure];
        work->role[delivery][measure] = -task->load[measure];
    }
}

/* What each halt does to the load. `work->seen` tells where in the route a pick-up was met. */
static void find_roles(struct workspace *work, const int32_t *steps, int32_t count) {
    const struct problem *problem = work->problem;
    for (int32_t index = 0; index < count; index++) role_alone(work, index, problem->task + task_of(steps[index]));
    if (!problem->has_after) return;
    for (int32_t index = 0; index < count; index++) {
        const struct task *task = problem->task + task_of(steps[index]);
        int32_t pickup = task->after != NONE && task->kind == DELIVERY ? work->seen[task->after] : NONE;
        if (pickup != NONE && problem->task[task->after].kind != DELIVERY) role_of_pair(work, pickup, index, problem->task + task->after);
        work->seen[task_of(steps[index])] = index;
    }
    for (int32_t index = 0; index < count; index++) work->seen[task_of(steps[index])] = NONE;
}

/* The load when a trip (from one loading to the next) begins, and what it hands to the one after. */
static void begin_trip(const struct workspace *work, int32_t first, int32_t end, int64_t *load, int64_t *handed) {
    for (int measure = 0; measure < MEASURES; measure++) load[measure] = handed[measure];
    for (int32_t index = first; index < end; index++)
        for (int measure = 0; measure < MEASURES; measure++) {
            if (work->role_kind[index] == FROM_DEPOT) load[measure] -= work->role[index][measure];
            else if (work->role_kind[index] == HANDED_OVER) handed[measure] += work->role[index][measure];
        }
}

/* Raises the peak and notes where a limit is broken. */
static void compare(struct workspace *work, const struct shift *shift, const int32_t *steps, const int64_t *most, const int32_t *where, struct tally *tally) {
    for (int measure = 0; measure < MEASURES; measure++) {
        work->on_board.peak[measure] = later(work->on_board.peak[measure], most[measure]);
        int64_t limit = shift->capacity[measure];
        if (limit != NONE && most[measure] > limit) tally_note(work, tally, RULE_LOAD, task_of(steps[where[measure]]), most[measure] - limit, measure);
    }
}

/* The steps from `first` to before `end`. */
static void run_trip(
    struct workspace *work, const struct shift *shift, const int32_t *steps, int32_t first, int32_t end, int64_t *handed, struct tally *tally) {
    int64_t load[MEASURES], most[MEASURES];
    int32_t where[MEASURES] = {first, first, first};
    begin_trip(work, first, end, load, handed);
    memcpy(most, load, sizeof most);
    for (int32_t index = first; index < end; index++)
        for (int measure = 0; measure < MEASURES; measure++) {
            work->on_board.before[index][measure] = load[measure];
            load[measure] += work->role[index][measure];
            work->on_board.after[index][measure] = load[measure];
            if (load[measure] > most[measure]) {
                most[measure] = load[measure];
                where[measure] = index;
            }
        }
    compare(work, shift, steps, most, where, tally);
}

/* A route that only delivers, in one trip, has the most on board when it leaves; 0 where it does something else. */
static int only_brings(struct workspace *work, const int32_t *steps, int32_t count) {
    int64_t *peak = work->on_board.peak;
    peak[0] = peak[1] = peak[2] = 0;
    for (int32_t index = 0; index < count; index++) {
        const struct task *task = work->problem->task + task_of(steps[index]);
        if (task->kind != DELIVERY || task->after != NONE || (index && reload_of(steps[index]))) return 0;
        for (int measure = 0; measure < MEASURES; measure++) peak[measure] += task->load[measure];
    }
    return 1;
}

void loads_check(struct workspace *work, const struct shift *shift, const int32_t *steps, int32_t count, struct tally *tally) {
    if (!only_brings(work, steps, count)) {
        loads_run(work, shift, steps, count, tally);
        return;
    }
    const int64_t most[MEASURES] = {work->on_board.peak[0], work->on_board.peak[1], work->on_board.peak[2]};
    compare(work, shift, steps, most, (int32_t[MEASURES]){0, 0, 0}, tally);
}

void loads_run(struct workspace *work, const struct shift *shift, const int32_t *steps, int32_t count, struct tally *tally) {
    int64_t handed[MEASURES] = {0};
    memset(work->on_board.peak, 0, sizeof work->on_board.peak);
    find_roles(work, steps, count);
    for (int32_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && !reload_of(steps[end]);) end++;
        run_trip(work, shift, steps, first, end, handed, tally);
    }
}
