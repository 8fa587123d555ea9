/* The order in which tasks go back in: by chance, size, way or window, drawn anew each time (Christiaens, Vanden Berghe, Transportation Science 54, 2020). */
#include <stdlib.h>

#include "search.h"
#include "travel.h"

/* Longer queues are sorted by the library. */
#define SHORT_QUEUE 64

/* What a queue is sorted by, and how often each is drawn. */
enum sorting { BY_CHANCE, BY_LOAD, BY_FAR, BY_NEAR, BY_WIDTH, BY_OPENING, BY_CLOSING, SORTINGS };
static const int WEIGHTS[SORTINGS] = {4, 4, 2, 1, 2, 2, 2};

/* Draws an order by the weights. */
static enum sorting choose_sorting(struct search *search) {
    int all = 0, at = 0;
    for (int each = 0; each < SORTINGS; each++) all += WEIGHTS[each];
    for (int drawn = chance_below(&search->chance, all); drawn >= WEIGHTS[at]; at++) drawn -= WEIGHTS[at];
    return (enum sorting)at;
}

/* How long the way from the start of the first shift is. */
static int64_t depot_way(const struct problem *problem, const struct task *task) {
    const struct shift *shift = problem->shift;
    const struct travel *travel = problem->travel + shift->profile;
    return leg_of(travel, shift->start, task->place)->duration;
}

/* The load as shares of what the first shift carries, in millionths, all measures together. */
static int64_t load_sum(const struct problem *problem, const struct task *task) {
    const struct shift *shift = problem->shift;
    int64_t sum = 0;
    for (int measure = 0; measure < MEASURES; measure++)
        if (shift->capacity[measure] > 0) sum += task->load[measure] * 1000000 / shift->capacity[measure];
    return sum;
}

/* What a task is sorted by, the smallest first. */
static int64_t key_of(struct search *search, enum sorting sorting, int32_t index) {
    const struct problem *problem = search->problem;
    const struct task *task = problem->task + index;
    const struct window *first = problem->windows + task->windows, *last = first + task->window_count - 1;
    int has = task->window_count > 0;
    switch (sorting) {
    case BY_LOAD: return -load_sum(problem, task);
    case BY_FAR: return -depot_way(problem, task);
    case BY_NEAR: return depot_way(problem, task);
    case BY_WIDTH: return has ? last->closes - first->opens : NO_LIMIT;
    case BY_OPENING: return has ? first->opens : -NO_LIMIT;
    case BY_CLOSING: return has ? -last->closes : NO_LIMIT;
    default: return (int64_t)(chance_next(&search->chance) >> 1);
    }
}

struct keyed {
    int64_t key;
    int32_t task;
};

/* The smallest key first; of equal ones the lower task. */
static int by_key(const void *one, const void *other) {
    const struct keyed *a = one, *b = other;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->task > b->task) - (a->task < b->task);
}

/* Where memory is short the queue stays as it is. */
static void sort_long(struct search *search) {
    struct keyed *list = malloc((size_t)search->queue_count * sizeof *list);
    if (list == NULL) return;
    for (int32_t each = 0; each < search->queue_count; each++) list[each] = (struct keyed){search->keys[each], search->queue[each]};
    qsort(list, (size_t)search->queue_count, sizeof *list, by_key);
    for (int32_t each = 0; each < search->queue_count; each++) search->queue[each] = list[each].task;
    free(list);
}

/* By straight insertion. */
static void sort_short(struct search *search) {
    for (int32_t each = 1; each < search->queue_count; each++) {
        int64_t key = search->keys[each];
        int32_t task = search->queue[each], at = each;
        for (; at > 0 && search->keys[at - 1] > key; at--) {
            search->keys[at] = search->keys[at - 1];
            search->queue[at] = search->queue[at - 1];
        }
        search->keys[at] = key;
        search->queue[at] = task;
    }
}

void queue_sort(struct search *search) {
    /* A plan from nothing is best begun with what is far from the depot: 40 to 80 % over the best where other orders come to 60 to 170 %. */
    enum sorting sorting = search->blink > 0 ? choose_sorting(search) : BY_FAR;
    for (int32_t each = 0; each < search->queue_count; each++) search->keys[each] = key_of(search, sorting, search->queue[each]);
    if (search->queue_count > SHORT_QUEUE) sort_long(search);
    else sort_short(search);
}
