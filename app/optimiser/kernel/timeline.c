/* What becomes of a route: the pass that counts, its figures, and every broken rule (`domain/schedule.py`). */
#include "timeline.h"

#include <stdlib.h>
#include <string.h>

#include "travel.h"
#include "windows.h"

/* Room for the longest pass; -1 where memory is short. */
static int pass_open(struct pass *pass, const struct problem *problem) {
    size_t halts = (size_t)problem->halts_most + 1;
    pass->halt = malloc(halts * sizeof(struct halt));
    pass->pause = malloc(((size_t)problem->pauses_most + 1) * sizeof(kernel_pause));
    pass->slot = malloc(((size_t)problem->pauses_most + 1) * sizeof(int32_t));
    pass->event = malloc((size_t)problem->trace_most * sizeof(struct event));
    pass->unreachable = malloc((2 * halts + 1) * sizeof(int32_t));
    return pass->halt && pass->pause && pass->slot && pass->event && pass->unreachable ? 0 : -1;
}

static void pass_close(struct pass *pass) {
    free(pass->halt);
    free(pass->pause);
    free(pass->slot);
    free(pass->event);
    free(pass->unreachable);
}

int workspace_open(struct workspace *work, const struct problem *problem) {
    size_t halts = (size_t)problem->halts_most + 1;
    memset(work, 0, sizeof *work);
    work->problem = problem;
    int failed = pass_open(&work->early, problem) < 0;
    failed |= pass_open(&work->late, problem) < 0;
    work->on_board.before = malloc(halts * sizeof *work->on_board.before);
    work->on_board.after = malloc(halts * sizeof *work->on_board.after);
    work->role = malloc(halts * sizeof *work->role);
    work->role_kind = malloc(halts);
    work->seen = malloc(((size_t)problem->tasks + 1) * sizeof(int32_t));
    work->excused = calloc((size_t)problem->tasks + 1, 1);
    if (failed || !work->on_board.before || !work->on_board.after || !work->role || !work->role_kind || !work->seen || !work->excused) return -1;
    for (int32_t task = 0; task < problem->tasks; task++) {
        work->seen[task] = NONE;
        work->excused[task] = problem->task[task].fixed || problem->task[task].stays != NONE;
    }
    return 0;
}

void workspace_close(struct workspace *work) {
    pass_close(&work->early);
    pass_close(&work->late);
    free(work->on_board.before);
    free(work->on_board.after);
    free(work->role);
    free(work->role_kind);
    free(work->seen);
    free(work->excused);
}

void tally_note(const struct workspace *work, struct tally *tally, int rule, int32_t task, int64_t amount, int32_t measure) {
    int at = rule == RULE_LOAD && measure > 0 ? RULES + measure - 1 : rule;
    if (task != NONE && rule != RULE_LOAD && !work->excused[task]) at += KINDS;
    tally->broken++;
    tally->excess += amount;
    tally->count[at]++;
    tally->amount[at] += amount;
    if (tally->list != NULL && tally->listed < tally->room)
        tally->list[tally->listed] = (kernel_violation){rule, task, amount, rule == RULE_LOAD ? measure : NONE};
    tally->listed++;
}

/* Broken rules ------------------------------------------------------------------------------------------------------- */

/* What a shift lacks for a task, or why it may not serve it. */
static void check_bars(const struct workspace *work, int32_t shift, int32_t task, struct tally *tally) {
    const struct problem *problem = work->problem;
    int barred = bars_of(problem, task, shift);
    if (barred & BAR_SKILL) tally_note(work, tally, RULE_SKILL, task, 0, NONE);
    if (barred & BAR_FEATURE) tally_note(work, tally, RULE_FEATURE, task, 0, NONE);
    if (barred & BAR_FORBIDDEN) tally_note(work, tally, RULE_FORBIDDEN, task, 0, NONE);
}

/* The rules of each task, in driving order. `work->seen` marks those that came before. */
static void check_tasks(struct workspace *work, int32_t number, const int32_t *steps, const struct pass *pass, struct tally *tally) {
    const struct problem *problem = work->problem;
    const struct shift *shift = problem->shift + number;
    int32_t reloaded = 0;
    for (int32_t index = 0; index < pass->halts; index++) {
        int32_t task = task_of(steps[index]), after = problem->task[task].after;
        const struct halt *halt = pass->halt + index;
        if (problem->task[task].barred_somewhere) check_bars(work, number, task, tally);
        if (after != NONE && work->seen[after] == NONE) tally_note(work, tally, RULE_PRECEDENCE, task, 0, NONE);
        if (halt->late && problem->windows[problem->task[task].windows + halt->window].late_price == NONE)
            tally_note(work, tally, RULE_LATE, task, halt->late, NONE);
        if (reload_of(steps[index]) && (shift->depot == NONE || ++reloaded > shift->reloads)) tally_note(work, tally, RULE_RELOAD, task, 0, NONE);
        if (problem->has_after) work->seen[task] = index;
    }
    for (int32_t index = 0; problem->has_after && index < pass->halts; index++) work->seen[task_of(steps[index])] = NONE;
    for (int32_t index = 0; index < pass->lost; index++) {
        int32_t halt = pass->unreachable[index];
        tally_note(work, tally, RULE_UNREACHABLE, halt < pass->halts ? task_of(steps[halt]) : NONE, 0, NONE);
    }
}

/* The rules of the whole route. */
static void check_route(const struct workspace *work, const struct shift *shift, const struct pass *pass, int64_t metres, struct tally *tally) {
    for (int32_t index = 0; index < pass->pauses; index++) {
        int64_t over = pass->pause[index].begin - work->problem->pauses[shift->pauses + index].latest;
        if (over > 0) tally_note(work, tally, RULE_BREAK, NONE, over, NONE);
    }
    int64_t duration = pass->ends - pass->leaves;
    if (pass->ends > shift->latest_end) tally_note(work, tally, RULE_SHIFT, NONE, pass->ends - shift->latest_end, NONE);
    if (shift->max_distance != NONE && metres > shift->max_distance) tally_note(work, tally, RULE_DISTANCE, NONE, metres - shift->max_distance, NONE);
    if (shift->max_duration != NONE && duration > shift->max_duration) tally_note(work, tally, RULE_DURATION, NONE, duration - shift->max_duration, NONE);
}

/* Figures ------------------------------------------------------------------------------------------------------------ */

/* What all lateness of a pass costs. */
static int64_t late_cost(const struct problem *problem, const int32_t *steps, const struct pass *pass) {
    int64_t cost = 0;
    for (int32_t index = 0; index < pass->halts; index++) {
        const struct halt *halt = pass->halt + index;
        if (halt->late == 0) continue;
        cost += halt->late * late_price(problem, problem->task + task_of(steps[index]), halt->window);
    }
    return cost;
}

/* The figures of a pass: milliseconds, metres, cost. */
static void add_up(const struct problem *problem, const struct shift *shift, const int32_t *steps, const struct pass *pass, struct figures *figures) {
    int64_t metres = pass->metres_home;
    for (int32_t index = 0; index < pass->halts; index++) metres += pass->halt[index].metres;
    figures->leaves = pass->leaves;
    figures->ends = pass->ends;
    figures->metres = metres;
    figures->overtime = later(0, pass->ends - shift->ends);
    figures->travel_cost = shift->fixed_price + metres * shift->meter_price;
    figures->travel_cost += (pass->ends - pass->leaves) * shift->milli_price + figures->overtime * shift->overtime_price;
    figures->late_cost = late_cost(problem, steps, pass);
}

/* The pass that counts: leaving as late as the rule allows. */
static const struct pass *timed(struct workspace *work, const struct shift *shift, const int32_t *steps, int32_t count) {
    const struct problem *problem = work->problem;
    pass_run(problem, shift, steps, count, shift->starts, NULL, &work->early);
    if (shift->under_way) return &work->early;
    int64_t leaves = latest_leaving(problem->travel + shift->profile, &work->early);
    if (leaves == work->early.leaves) return &work->early;
    pass_run(problem, shift, steps, count, leaves, &work->early, &work->late);
    return &work->late;
}

/* The figures and the broken rules of a pass; the loads at every halt only where the `whole` is wanted. */
static void judge(
    struct workspace *work, int32_t number, const int32_t *steps, int32_t count, const struct pass *pass, int whole,
    struct figures *figures, struct tally *tally) {
    const struct problem *problem = work->problem;
    const struct shift *shift = problem->shift + number;
    add_up(problem, shift, steps, pass, figures);
    check_tasks(work, number, steps, pass, tally);
    if (whole) loads_run(work, shift, steps, count, tally);
    else loads_check(work, shift, steps, count, tally);
    check_route(work, shift, pass, figures->metres, tally);
}

const struct pass *timeline_run(struct workspace *work, int32_t number, const int32_t *steps, int32_t count, struct figures *figures, struct tally *tally) {
    const struct pass *pass = timed(work, work->problem->shift + number, steps, count);
    judge(work, number, steps, count, pass, 1, figures, tally);
    return pass;
}

/* With one band, leaving as late as the rule allows changes no metre, no lateness and no end (it only takes waiting away), so that one pass tells all. */
void route_figures(struct workspace *work, int32_t number, const int32_t *steps, int32_t count, struct figures *figures, struct tally *tally) {
    const struct problem *problem = work->problem;
    const struct shift *shift = problem->shift + number;
    const struct travel *travel = problem->travel + shift->profile;
    if (travel->bands > 1) {
        timeline_run(work, number, steps, count, figures, tally);
        return;
    }
    pass_run(problem, shift, steps, count, shift->starts, NULL, &work->early);
    if (!shift->under_way && shift->time_counts) work->early.leaves = latest_leaving(travel, &work->early);
    judge(work, number, steps, count, &work->early, 0, figures, tally);
    work->early.leaves = shift->starts;
}
