/* A search: opened and closed, the plan as it stands, and the best one. */
#include "search.h"

#include <stdlib.h>
#include <string.h>

/* Opening and closing ------------------------------------------------------------------------------------------------------ */

static void state_close(struct state *state) {
    if (state == NULL) return;
    free(state->steps);
    free(state->gaps);
    free(state->edges);
    free(state->holds);
    free(state);
}

/* An empty route for each shift, each with room for a second state; -1 where memory is short. */
static int routes_open(struct search *search, const struct problem *problem) {
    search->routes = calloc((size_t)problem->shifts + 1, sizeof *search->routes);
    for (int32_t shift = 0; search->routes != NULL && shift < problem->shifts; shift++) {
        struct route *route = search->routes + shift;
        route->shift = shift;
        route->now = calloc(1, sizeof *route->now);
        route->other = calloc(1, sizeof *route->other);
        if (route->now == NULL || route->other == NULL || state_room(route->now, 8) < 0 || state_room(route->other, 8) < 0) return -1;
    }
    return search->routes == NULL ? -1 : 0;
}

/* Every list that `lists_open` makes room for. */
#define LISTS 18
static void lists_of(const struct search *search, void **lists) {
    void *const all[LISTS] = {
        search->route_of, search->slots, search->asked, search->stamps, search->rebate, search->entries, search->absent, search->touched, search->queue,
        search->removed, search->gone, search->keys, search->rests, search->rests_before, search->scratch_steps, search->order, search->best_steps,
        search->best_first};
    memcpy(lists, all, sizeof all);
}

/* Room for every list of a search, with a little to spare; -1 where memory is short. */
static int lists_open(struct search *search, const struct problem *problem) {
    size_t tasks = (size_t)problem->tasks + 2, shifts = (size_t)problem->shifts + 2;
    search->route_of = malloc(tasks * sizeof(int32_t));
    search->slots = malloc(shifts * sizeof(int32_t));
    search->asked = calloc(shifts, sizeof(int32_t));
    search->stamps = calloc(shifts, sizeof(uint32_t));
    search->rebate = calloc(shifts, sizeof(int64_t));
    search->entries = calloc(tasks * shifts, sizeof(struct entry));
    search->absent = malloc(tasks * sizeof(int32_t));
    search->touched = malloc(shifts * sizeof(int32_t));
    search->queue = malloc(2 * tasks * sizeof(int32_t));
    search->removed = malloc(tasks * sizeof(int32_t));
    search->gone = calloc(tasks, 1);
    search->keys = malloc(2 * tasks * sizeof(int64_t));
    search->rests = malloc(tasks * sizeof(int64_t));
    search->rests_before = malloc(tasks * sizeof(int64_t));
    search->scratch_steps = malloc(3 * tasks * sizeof(int32_t));
    search->order = malloc((2 * tasks + shifts) * sizeof(int32_t));
    search->best_steps = malloc(tasks * sizeof(int32_t));
    search->best_first = calloc(shifts, sizeof(int32_t));
    void *lists[LISTS];
    lists_of(search, lists);
    for (size_t each = 0; each < LISTS; each++)
        if (lists[each] == NULL) return -1;
    return 0;
}

void iteration_begin(struct search *search) {
    search->touched_count = 0;
    search->queue_count = 0;
    search->removed_count = 0;
}

void forget_touched(struct search *search) {
    for (int32_t each = 0; each < search->touched_count; each++) search->routes[search->touched[each]].touched = 0;
    search->touched_count = 0;
}

void settle_changes(struct search *search) {
    forget_touched(search);
    search->absent_count = 0;
    for (int32_t task = 0; task < search->problem->tasks; task++)
        if (search->route_of[task] == NONE) search->absent[search->absent_count++] = task;
    search->slots_stale = 1;
}

/* An empty plan. */
static void clear(struct search *search) {
    const struct problem *problem = search->problem;
    for (int32_t task = 0; task < problem->tasks; task++) search->route_of[task] = NONE;
    for (int32_t shift = 0; shift < problem->shifts; shift++) {
        struct route *route = search->routes + shift;
        route->now->count = route->touched = 0;
        memset(&route->allowed, 0, sizeof route->allowed);
        route_work_out(search, route);
    }
    settle_changes(search);
}

kernel_search *kernel_search_open(const kernel_problem *problem, uint64_t seed) {
    struct search *search = calloc(1, sizeof *search);
    if (search == NULL) return NULL;
    search->problem = problem;
    if (routes_open(search, problem) < 0 || lists_open(search, problem) < 0 || workspace_open(&search->work, problem) < 0) {
        kernel_search_close(search);
        return NULL;
    }
    chance_seed(&search->chance, seed);
    search->best_value = NO_PRICE;
    clear(search);
    return search;
}

void kernel_search_close(kernel_search *search) {
    if (search == NULL) return;
    for (int32_t shift = 0; search->routes != NULL && shift < search->problem->shifts; shift++) {
        state_close(search->routes[shift].now);
        state_close(search->routes[shift].other);
    }
    workspace_close(&search->work);
    void *lists[LISTS];
    lists_of(search, lists);
    for (size_t each = 0; each < LISTS; each++) free(lists[each]);
    free(search->routes);
    free(search->near);
    free(search);
}

/* The plan as it stands ------------------------------------------------------------------------------------------------------ */

int64_t absent_price(const struct search *search, int32_t *homes) {
    int64_t price = 0;
    *homes = 0;
    for (int32_t each = 0; each < search->absent_count; each++) {
        price += search->problem->task[search->absent[each]].unplanned_price;
        *homes += search->problem->task[search->absent[each]].home != NONE;
    }
    return price;
}

int64_t value_now(const struct search *search, int32_t *moved) {
    int64_t value = 0;
    *moved = 0;
    for (int32_t shift = 0; shift < search->problem->shifts; shift++) {
        const struct state *state = search->routes[shift].now;
        value += value_of_state(state);
        *moved += state->moved;
    }
    int32_t homes;
    value += absent_price(search, &homes);
    *moved += homes;
    return value;
}

int missing(const struct search *search) {
    int count = 0;
    for (int32_t each = 0; each < search->absent_count; each++) {
        const struct task *task = search->problem->task + search->absent[each];
        count += task->stays != NONE || task->fixed;
    }
    return count;
}

int too_many_moved(const struct search *search, int32_t moved) { return search->problem->at_most != NONE && moved > search->problem->at_most; }

void keep_best(struct search *search) {
    int32_t moved, filled = 0;
    int64_t value = value_now(search, &moved);
    search->value = value;
    search->moved = moved;
    if (value >= search->best_value || too_many_moved(search, moved) || missing(search)) return;
    search->best_value = value;
    search->best_number++;
    search->best_broken = 0;
    for (int32_t shift = 0; shift < search->problem->shifts; shift++) {
        const struct state *state = search->routes[shift].now;
        search->best_first[shift] = filled;
        memcpy(search->best_steps + filled, state->steps, (size_t)state->count * sizeof(int32_t));
        filled += state->count;
        search->best_broken += state->tally.broken;
    }
    search->best_first[search->problem->shifts] = filled;
}
