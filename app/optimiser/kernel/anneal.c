/* Simulated annealing (Kirkpatrick, Gelatt, Vecchi, Science 220, 1983): one iteration of ruin and recreate after the other, kept or undone. */
#if !defined(_POSIX_C_SOURCE) && !defined(_WIN32)
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#endif
#include <math.h>
#include <string.h>
#include <time.h>

#include "search.h"

/* Iterations between two looks at the clock. */
#define LOOK 16
/* Iterations after which the price of a moved stop is adjusted, and by how much, where only so many may move. */
#define ADJUST 16
#define ADJUST_BY 1.2
/* Stamps are renewed long before they could come round. */
#define STAMP_MOST 4000000000u
/* A search may pass through plans in which a few more stops moved than may, not further away. */
#define MOVED_BEYOND 4

/* Iterations ------------------------------------------------------------------------------------------------------------------- */

/* Puts everything back that the iteration changed. The queue holds all that was out. */
static void iteration_undo(struct search *search) {
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
}

/* By how much the touched routes are worth more than before the iteration, and how many more stops moved in them. */
static int64_t change_of_routes(const struct search *search, int32_t *moved) {
    int64_t change = 0;
    *moved = 0;
    for (int32_t each = 0; each < search->touched_count; each++) {
        const struct route *route = search->routes + search->touched[each];
        change += value_of_state(route->now) - value_of_state(route->other);
        *moved += route->now->moved - route->other->moved;
    }
    return change;
}

/* Whether a plan strays further than it may from the one that people know, and further than before. */
static int strays(const struct search *search, int32_t moved, int32_t before) {
    return search->problem->at_most != NONE && moved > before && moved > search->problem->at_most + MOVED_BEYOND;
}

/* Forgets all prices before stamps could come round. */
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

/* Takes tasks out; the queue then holds all that are out. */
static void iteration_ruin(struct search *search, const kernel_anneal_terms *terms) {
    iteration_begin(search);
    slots_refresh(search);
    memcpy(search->queue, search->absent, (size_t)search->absent_count * sizeof(int32_t));
    search->queue_count = search->absent_count;
    ruin(search, terms);
    memcpy(search->queue + search->queue_count, search->removed, (size_t)search->removed_count * sizeof(int32_t));
    search->queue_count += search->removed_count;
}

/* Whether the plan after an iteration may stand: nothing that is held is out, and it costs less than `threshold` more, or no more at all. */
static int is_accepted(const struct search *search, int64_t value, int32_t moved, double threshold) {
    double worse = (double)(value - search->value) + (double)search->move_price * (moved - search->moved);
    return !missing(search) && !strays(search, moved, search->moved) && (worse < threshold || worse <= 0);
}

/* One ruin and recreate; kept where it costs less than `threshold` more than before. */
static void iterate(struct search *search, const kernel_anneal_terms *terms, double threshold) {
    int32_t moved, homes_before, homes;
    int64_t absent_before = absent_price(search, &homes_before);
    iteration_ruin(search, terms);
    search->running = search->value - absent_before + change_of_routes(search, &moved);
    search->hopeless = hopeless_from(search, threshold);
    recreate(search);
    if (search->running >= search->hopeless) {
        iteration_undo(search);
        return;
    }
    int64_t value = search->value - absent_before + change_of_routes(search, &moved) + absent_price(search, &homes);
    moved += search->moved + homes - homes_before;
    if (!is_accepted(search, value, moved, threshold)) {
        iteration_undo(search);
        return;
    }
    forget_touched(search);
    search->value = value;
    search->moved = moved;
    if (value < search->best_value && !too_many_moved(search, moved)) keep_best(search);
}

/* Annealing -------------------------------------------------------------------------------------------------------------------- */

/* Seconds of the wall clock, or of the processor time of this thread where there is such a clock. */
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

/* The temperature, in cost, when so much of a slice is over: it falls by the same factor in equal times. */
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

/* What an iteration may cost more is drawn so that its chance of being kept is exp(-worse / temperature) (Metropolis and others, Journal of Chemical Physics
 * 21, 1953). */
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
