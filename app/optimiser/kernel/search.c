/* A search: opening and closing it, one iteration of ruin and recreate, and simulated annealing over many (Kirkpatrick, Gelatt, Vecchi, Science 220, 1983). */
#if !defined(_POSIX_C_SOURCE) && !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#endif
#include "search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Iterations between two looks at the clock. */
#define LOOK 16
/* Iterations after which the price of a moved stop is adjusted, and by how much, where only so many may move. */
#define ADJUST 16
#define ADJUST_BY 1.2
/* Stamps are renewed long before they could come round. */
#define STAMP_MOST 4000000000u

/* Opening and closing ------------------------------------------------------------------------------------------------------ */

static struct state *state_open(void) { return calloc(1, sizeof(struct state)); }

static void state_close(struct state *state) {
    if (state == NULL) return;
    free(state->steps);
    free(state->gaps);
    free(state->edges);
    free(state->holds);
    free(state);
}

static int routes_open(struct search *search, const struct problem *problem) {
    search->routes = calloc((size_t)problem->shifts + 1, sizeof *search->routes);
    for (int32_t shift = 0; search->routes != NULL && shift < problem->shifts; shift++) {
        struct route *route = search->routes + shift;
        route->shift = shift;
        route->now = state_open();
        route->other = state_open();
        if (route->now == NULL || route->other == NULL || state_room(route->now, 8) < 0 || state_room(route->other, 8) < 0) return -1;
    }
    return search->routes == NULL ? -1 : 0;
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
    int sorted = search->route_of && search->slots && search->asked && search->stamps && search->rebate && search->entries && search->absent && search->touched;
    int moving = search->queue && search->removed && search->gone && search->keys && search->rests && search->rests_before && search->scratch_steps && search->order;
    return sorted && moving && search->best_steps && search->best_first ? 0 : -1;
}

/* An empty plan. */
static void clear(struct search *search) {
    const struct problem *problem = search->problem;
    search->absent_count = 0;
    for (int32_t task = 0; task < problem->tasks; task++) {
        search->route_of[task] = NONE;
        search->absent[search->absent_count++] = task;
    }
    for (int32_t shift = 0; shift < problem->shifts; shift++) {
        struct route *route = search->routes + shift;
        route->now->count = route->touched = 0;
        memset(&route->allowed, 0, sizeof route->allowed);
        route_work_out(search, route);
    }
    search->touched_count = 0;
    search->slots_stale = 1;
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
    void *lists[] = {search->routes, search->route_of, search->slots, search->asked, search->stamps, search->rebate, search->entries, search->near,
                     search->absent, search->touched, search->queue,
                     search->removed, search->gone, search->keys, search->rests, search->rests_before, search->scratch_steps, search->order, search->best_steps, search->best_first};
    for (size_t each = 0; each < sizeof lists / sizeof *lists; each++) free(lists[each]);
    free(search);
}

/* The plan as it stands ------------------------------------------------------------------------------------------------------ */

/* What the present plan is worth, and how many stops moved in it. */
int64_t value_now(const struct search *search, int32_t *moved) {
    int64_t value = 0;
    *moved = 0;
    for (int32_t shift = 0; shift < search->problem->shifts; shift++) {
        const struct state *state = search->routes[shift].now;
        value += value_of_state(state);
        *moved += state->moved;
    }
    for (int32_t each = 0; each < search->absent_count; each++) {
        const struct task *task = search->problem->task + search->absent[each];
        value += task->unplanned_price;
        *moved += task->home != NONE;
    }
    return value;
}

/* How many tasks that must stay with a shift are in no route. */
int missing(const struct search *search) {
    int count = 0;
    for (int32_t each = 0; each < search->absent_count; each++) {
        const struct task *task = search->problem->task + search->absent[each];
        count += task->stays != NONE || task->fixed;
    }
    return count;
}

/* A search may pass through plans in which a few more stops moved than may, not further away. */
#define MOVED_BEYOND 4

static int strays(const struct search *search, int32_t moved, int32_t before) {
    return search->problem->at_most != NONE && moved > before && moved > search->problem->at_most + MOVED_BEYOND;
}

static int too_many_moved(const struct search *search, int32_t moved) { return search->problem->at_most != NONE && moved > search->problem->at_most; }

/* Keeps the present plan where it is better than the best. */
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

/* Iterations ------------------------------------------------------------------------------------------------------------------- */

void iteration_begin(struct search *search) {
    search->touched_count = 0;
    search->queue_count = 0;
    search->removed_count = 0;
}

/* Puts everything back that the iteration changed. The queue holds all that was out. */
void iteration_undo(struct search *search, int64_t value, int32_t moved) {
    for (int32_t each = 0; each < search->queue_count; each++) search->route_of[search->queue[each]] = NONE;
    for (int32_t each = 0; each < search->touched_count; each++) {
        struct route *route = search->routes + search->touched[each];
        if (route->now->count == 0 || route->other->count == 0) search->slots_stale = 1;
        route_revert(route);
        search->stamps[route->shift] = route->now->stamp;
        for (int32_t at = 0; at < route->now->count; at++) search->route_of[task_of(route->now->steps[at])] = route->shift;
    }
    search->absent_count = 0;
    for (int32_t each = 0; each < search->queue_count; each++)
        if (search->route_of[search->queue[each]] == NONE) search->absent[search->absent_count++] = search->queue[each];
    search->value = value;
    search->moved = moved;
}

static void iteration_keep(struct search *search) {
    for (int32_t each = 0; each < search->touched_count; each++) search->routes[search->touched[each]].touched = 0;
}

/* The value after an iteration: that before, with the touched routes and the absent tasks renewed. */
static int64_t value_after(const struct search *search, int64_t value, int64_t absent_before, int32_t moved_before, int32_t *moved) {
    int64_t absent = 0;
    *moved = moved_before;
    for (int32_t each = 0; each < search->touched_count; each++) {
        const struct route *route = search->routes + search->touched[each];
        value += value_of_state(route->now) - value_of_state(route->other);
        *moved += route->now->moved - route->other->moved;
    }
    for (int32_t each = 0; each < search->absent_count; each++) {
        const struct task *task = search->problem->task + search->absent[each];
        absent += task->unplanned_price;
        *moved += task->home != NONE;
    }
    return value + absent - absent_before;
}

/* The prices of absent tasks and the homes among them. */
static int64_t absent_price(const struct search *search, int32_t *homes) {
    int64_t price = 0;
    *homes = 0;
    for (int32_t each = 0; each < search->absent_count; each++) {
        price += search->problem->task[search->absent[each]].unplanned_price;
        *homes += search->problem->task[search->absent[each]].home != NONE;
    }
    return price;
}

static void renew_stamps(struct search *search) {
    if (search->stamp < STAMP_MOST) return;
    memset(search->entries, 0, sizeof(struct entry) * (size_t)(search->problem->tasks + 2) * (size_t)(search->problem->shifts + 2));
    search->stamp = 0;
    for (int32_t shift = 0; shift < search->problem->shifts; shift++) search->stamps[shift] = search->routes[shift].now->stamp = ++search->stamp;
}

/* The value from which on an iteration is not kept. Where moves have a price of their own, that is known only in the end. */
static int64_t hopeless_from(const struct search *search, double threshold) {
    if (search->problem->at_most != NONE || threshold > 1e17) return NO_PRICE;
    return search->value + (threshold > 1 ? (int64_t)threshold : 1);
}

/* The value of the routes without what was taken out of them. */
static int64_t value_ruined(const struct search *search, int64_t absent) {
    int64_t value = search->value - absent;
    for (int32_t each = 0; each < search->touched_count; each++) {
        const struct route *route = search->routes + search->touched[each];
        value += value_of_state(route->now) - value_of_state(route->other);
    }
    return value;
}

/* One ruin and recreate; kept where it costs no more than `threshold` more than before. */
static void iterate(struct search *search, const kernel_anneal_terms *terms, double threshold) {
    int32_t moved, moved_before = search->moved, homes;
    int64_t before = search->value, absent_before = absent_price(search, &homes);
    iteration_begin(search);
    slots_refresh(search);
    memcpy(search->queue, search->absent, (size_t)search->absent_count * sizeof(int32_t));
    search->queue_count = search->absent_count;
    ruin(search, terms);
    memcpy(search->queue + search->queue_count, search->removed, (size_t)search->removed_count * sizeof(int32_t));
    search->queue_count += search->removed_count;
    search->running = value_ruined(search, absent_before);
    search->hopeless = hopeless_from(search, threshold);
    recreate(search);
    if (search->running >= search->hopeless) {
        iteration_undo(search, before, moved_before);
        return;
    }
    int64_t value = value_after(search, before, absent_before, moved_before - homes, &moved);
    double worse = (double)(value - before) + (double)search->move_price * (moved - moved_before);
    if (missing(search) || strays(search, moved, moved_before) || (worse >= threshold && worse > 0)) {
        iteration_undo(search, before, moved_before);
        return;
    }
    iteration_keep(search);
    search->value = value;
    search->moved = moved;
    if (value < search->best_value && !too_many_moved(search, moved)) keep_best(search);
}

/* Annealing -------------------------------------------------------------------------------------------------------------------- */

static double clock_seconds(int64_t cpu) {
    struct timespec now;
#if defined(CLOCK_THREAD_CPUTIME_ID) && !defined(_WIN32)
    clock_gettime(cpu ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &now);
#else
    (void)cpu;
    timespec_get(&now, TIME_UTC);
#endif
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* How far a slice has come, 0 … 1. */
static double progress_of(const kernel_anneal_terms *terms, int64_t done, double seconds) {
    double by_clock = terms->seconds > 0 ? seconds / terms->seconds : 0;
    double by_count = terms->iterations > 0 ? (double)done / (double)terms->iterations : 0;
    return by_clock > by_count ? by_clock : by_count;
}

static double temperature_at(const kernel_anneal_terms *terms, double share) {
    double at = terms->from + (terms->until - terms->from) * (share < 1 ? share : 1);
    if (terms->hot <= 0 || terms->cold <= 0) return 0;
    return terms->hot * pow(terms->cold / terms->hot, at);
}

/* Where only so many may move: dearer moves while there are too many, cheaper ones while there are fewer. */
static void adjust_move_price(struct search *search) {
    if (search->problem->at_most == NONE) return;
    if (search->move_price < 1) search->move_price = (int64_t)search->near_price + 1;
    double factor = search->moved > search->problem->at_most ? ADJUST_BY : 1 / ADJUST_BY;
    double price = (double)search->move_price * factor;
    search->move_price = price > 1e15 ? (int64_t)1e15 : (int64_t)price + 1;
}

static int is_over(const kernel_anneal_terms *terms, int64_t done, double share, const volatile int32_t *stop) {
    if (stop != NULL && *stop) return 1;
    return share >= 1 || (terms->iterations >= 0 && done >= terms->iterations);
}

int64_t kernel_anneal(kernel_search *search, const kernel_anneal_terms *terms, const volatile int32_t *stop) {
    if (search->problem->tasks == 0 || search->problem->shifts == 0 || near_find(search) < 0) return 0;
    double begun = clock_seconds(terms->cpu_clock), share = 0, temperature = temperature_at(terms, 0);
    int64_t done = 0;
    search->blink = terms->blink;
    search->width = (int32_t)terms->width;
    while (!is_over(terms, done, share, stop)) {
        iterate(search, terms, -temperature * log(1.0 - chance_share(&search->chance)));
        done++;
        if (done % LOOK == 0) {
            share = progress_of(terms, done, terms->seconds > 0 ? clock_seconds(terms->cpu_clock) - begun : 0);
            temperature = temperature_at(terms, share);
        }
        if (done % ADJUST == 0) adjust_move_price(search);
        renew_stamps(search);
    }
    return done;
}

double kernel_near_price(kernel_search *search) { return near_find(search) < 0 ? 0 : search->near_price; }
