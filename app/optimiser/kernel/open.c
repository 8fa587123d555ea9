/* Opens a problem: what its words say, and what follows from them for the search. */
#include "open.h"

#include <stdlib.h>
#include <string.h>

int64_t kernel_abi(void) { return KERNEL_ABI; }

static void travel_free(const struct travel *travel) {
    if (travel->back != travel->legs) free(travel->back);
    free(travel->legs);
    free(travel->begins);
}

void problem_free(struct problem *problem) {
    if (problem == NULL) return;
    for (int32_t each = 0; problem->travel != NULL && each < problem->profiles; each++) travel_free(problem->travel + each);
    free(problem->travel);
    free(problem->task);
    free(problem->shift);
    free(problem->rank);
    free(problem->windows);
    free(problem->pauses);
    free(problem->group);
    free(problem->members);
    free(problem->barred);
    free(problem->start);
    free(problem->start_first);
    free(problem->liked);
    free(problem);
}

/* The one that stands for all tasks that hang together with a task (union-find with path halving: Tarjan, van Leeuwen, Journal of the ACM 31, 1984). */
static int32_t root_of(int32_t *up, int32_t task) {
    while (up[task] != task) task = up[task] = up[up[task]];
    return task;
}

/* How many tasks must come before a task, along `after`; -1 where they come round in a ring. */
static int32_t depth_of(const struct problem *problem, int32_t task) {
    int32_t depth = 0;
    for (int32_t at = problem->task[task].after; at != NONE; at = problem->task[at].after)
        if (++depth > problem->tasks) return -1;
    return depth;
}

/* Tasks that no plan can serve: those that wait for each other. */
static void bar_rings(struct problem *problem) {
    for (int32_t task = 0; task < problem->tasks; task++)
        for (int32_t shift = 0; problem->task[task].after != NONE && depth_of(problem, task) < 0 && shift < problem->shifts; shift++)
            bar(problem, task, shift, BAR_VAIN);
}

/* Puts a group's members in order of how many must come before them. */
static void sort_members(const struct problem *problem, int32_t *members, int32_t count) {
    for (int32_t each = 1; each < count; each++) {
        int32_t task = members[each], at = each;
        int32_t depth = depth_of(problem, task);
        for (; at > 0 && depth_of(problem, members[at - 1]) > depth; at--) members[at] = members[at - 1];
        members[at] = task;
    }
}

/* Makes a group of each set of tasks that hang together; `up` as `root_of` takes it, `number` is room to mark the roots. */
static void fill_groups(struct problem *problem, int32_t *up, int32_t *number) {
    int32_t filled = 0;
    for (int32_t task = 0; task < problem->tasks; task++) number[task] = NONE;
    for (int32_t task = 0; task < problem->tasks; task++)
        if (root_of(up, task) != task) number[root_of(up, task)] = 0;
    for (int32_t root = 0; root < problem->tasks; root++) {
        if (number[root] == NONE) continue;
        struct group *group = problem->group + problem->groups;
        group->first = filled;
        for (int32_t task = 0; task < problem->tasks; task++)
            if (root_of(up, task) == root) {
                problem->members[filled++] = task;
                problem->task[task].group = problem->groups;
            }
        group->count = filled - group->first;
        sort_members(problem, problem->members + group->first, group->count);
        problem->groups++;
    }
}

/* Gathers the tasks that hang together by `after`. */
static int gather(struct problem *problem) {
    int32_t *up = malloc(sizeof(int32_t) * ((size_t)problem->tasks + 1)), *number = malloc(sizeof(int32_t) * ((size_t)problem->tasks + 1));
    problem->group = calloc((size_t)problem->tasks + 1, sizeof(struct group));
    problem->members = calloc((size_t)problem->tasks + 1, sizeof(int32_t));
    int failed = up == NULL || number == NULL || problem->group == NULL || problem->members == NULL;
    for (int32_t task = 0; !failed && task < problem->tasks; task++) up[task] = task;
    for (int32_t task = 0; !failed && task < problem->tasks; task++) {
        if (problem->task[task].after == NONE) continue;
        problem->has_after = 1;
        up[root_of(up, task)] = root_of(up, problem->task[task].after);
    }
    if (!failed && problem->has_after) fill_groups(problem, up, number);
    free(up);
    free(number);
    return failed ? -1 : 0;
}

/* Bars a whole group from every shift but one. */
static void keep_group_at(struct problem *problem, const struct group *group, int32_t kept) {
    for (int32_t each = 0; each < group->count; each++)
        for (int32_t shift = 0; shift < problem->shifts; shift++)
            if (shift != kept) bar(problem, problem->members[group->first + each], shift, BAR_VAIN);
}

/* A task that must stay with a shift, or hangs together with one that may not leave it, may go nowhere else. */
static void bar_elsewhere(struct problem *problem) {
    for (int32_t index = 0; index < problem->tasks; index++) {
        struct task *task = problem->task + index;
        int32_t kept = task->fixed ? task->home : task->stays;
        if (kept == NONE) continue;
        if (task->group != NONE) keep_group_at(problem, problem->group + task->group, kept);
        for (int32_t shift = 0; shift < problem->shifts; shift++)
            if (shift != kept) bar(problem, index, shift, BAR_VAIN);
    }
}

/* Equal shifts ------------------------------------------------------------------------------------------------------ */

static int equal_pauses(const struct problem *problem, const struct shift *one, const struct shift *other) {
    size_t size = sizeof(struct pause) * (size_t)one->pause_count;
    return one->pause_count == other->pause_count && memcmp(problem->pauses + one->pauses, problem->pauses + other->pauses, size) == 0;
}

static int equal_hours(const struct shift *one, const struct shift *other) {
    return one->starts == other->starts && one->ends == other->ends && one->latest_end == other->latest_end && one->max_duration == other->max_duration &&
           one->under_way == other->under_way && one->reload == other->reload;
}

static int equal_places(const struct shift *one, const struct shift *other) {
    return one->profile == other->profile && one->start == other->start && one->end == other->end && one->depot == other->depot;
}

/* Whether two shifts carry as much, as far, for the same price. */
static int equal_terms(const struct shift *one, const struct shift *other) {
    return memcmp(one->capacity, other->capacity, sizeof one->capacity) == 0 && one->max_distance == other->max_distance && one->reloads == other->reloads &&
           one->fixed_price == other->fixed_price && one->meter_price == other->meter_price && one->milli_price == other->milli_price &&
           one->overtime_price == other->overtime_price;
}

/* Whether two shifts are the same to every task. */
static int equally_barred(const struct problem *problem, int32_t one, int32_t other) {
    for (int32_t task = 0; task < problem->tasks; task++)
        if (bars_of(problem, task, one) != bars_of(problem, task, other)) return 0;
    return 1;
}

/* Whether no task would rather go with one of two shifts. */
static int equally_liked(const struct problem *problem, int32_t one, int32_t other) {
    for (int32_t task = 0; problem->liked != NULL && task < problem->tasks; task++)
        if (like_price(problem, task, one) != like_price(problem, task, other)) return 0;
    return 1;
}

/* A shift that people know with a route is like no other. */
static int has_route(const struct problem *problem, int32_t shift) { return problem->start_first[shift + 1] > problem->start_first[shift]; }

/* Whether an empty route of the one is worth as much as one of the other to every task. */
static int same_class(const struct problem *problem, int32_t one, int32_t other) {
    const struct shift *a = problem->shift + one, *b = problem->shift + other;
    return !has_route(problem, one) && !has_route(problem, other) && a->closed == b->closed && equal_places(a, b) && equal_hours(a, b) && equal_terms(a, b) &&
           equal_pauses(problem, a, b) && equally_barred(problem, one, other) && equally_liked(problem, one, other);
}

/* Gives equal shifts the number of the first of them, so that only one empty route of each kind is tried. */
static void sort_shifts(struct problem *problem) {
    for (int32_t shift = 0; shift < problem->shifts; shift++) {
        int32_t first = 0;
        while (first < shift && !(problem->shift[first].class == first && same_class(problem, first, shift))) first++;
        problem->shift[shift].class = first;
    }
}

/* Marks the tasks that some shift may not serve. */
static void mark_barred(struct problem *problem) {
    for (int32_t task = 0; task < problem->tasks; task++)
        for (int32_t shift = 0; shift < problem->shifts; shift++)
            if (bars_of(problem, task, shift) & ~BAR_VAIN) problem->task[task].barred_somewhere = 1;
}

int problem_prepare(struct problem *problem) {
    if (gather(problem) < 0) return -1;
    bar_rings(problem);
    bar_elsewhere(problem);
    sort_shifts(problem);
    mark_barred(problem);
    problem->halts_most = problem->tasks;
    problem->trace_most = 5 * problem->tasks + problem->pauses_most + 8;
    return 0;
}

kernel_problem *kernel_open(const int64_t *words, int64_t count, const kernel_table *tables, int64_t table_count, char *why, int64_t why_size) {
    if (why_size > 0) why[0] = '\0';
    struct problem *problem = words_read(words, count, tables, table_count, why, why_size);
    if (problem == NULL || problem_prepare(problem) == 0) return problem;
    problem_free(problem);
    return NULL;
}

void kernel_close(kernel_problem *problem) { problem_free(problem); }
