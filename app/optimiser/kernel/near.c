/* Which tasks are near each other, in the way between them and in time; what a way to a near one costs. */
#include <stdlib.h>

#include "search.h"
#include "travel.h"

/* How many neighbours each task knows. */
#define NEAR_MOST 128
/* How many of the nearest make the price of a near way. */
#define NEAREST 10
/* What waiting and being late weigh against driving when neighbours are chosen (Vidal et al., as below). */
#define WAIT_WEIGHT 0.2
#define LATE_WEIGHT 1.0
/* Tasks without a road between them are so far apart; sums of two still fit. */
#define FARTHEST (NO_LIMIT >> 8)

struct neighbour {
    int64_t price;
    int32_t task;
};

/* Cheapest first; of equal ones the lower number, so that the order is the same everywhere. */
static int by_price(const void *one, const void *other) {
    const struct neighbour *a = one, *b = other;
    if (a->price != b->price) return a->price < b->price ? -1 : 1;
    return (a->task > b->task) - (a->task < b->task);
}

/* Brings the `most` cheapest to the front (quickselect: Hoare, Communications of the ACM 4, 1961). */
static void select_cheapest(struct neighbour *list, int32_t count, int32_t most) {
    int32_t low = 0, high = count - 1;
    while (low < high) {
        struct neighbour pivot = list[(low + high) / 2];
        int32_t i = low, j = high;
        while (i <= j) {
            while (by_price(list + i, &pivot) < 0) i++;
            while (by_price(list + j, &pivot) > 0) j--;
            if (i > j) break;
            struct neighbour kept = list[i];
            list[i++] = list[j];
            list[j--] = kept;
        }
        if (most - 1 <= j) high = j;
        else if (most - 1 >= i) low = i;
        else return;
    }
}

/* What a way costs the first shift, by its metres and its time alone, in the middle band. */
static int64_t way_price(const struct problem *problem, const struct leg *leg) {
    const struct shift *shift = problem->shift;
    int64_t price = leg->metres * shift->meter_price + leg->duration * shift->milli_price;
    return price ? price : leg->duration;
}

/* How far one task is from being served right after another: the way, what must be waited at least, and by how much it is too late at least (the
 * proximity of Vidal, Crainic, Gendreau, Prins, Computers & Operations Research 40, 2013, section 4.2). */
static int64_t nearness(const struct search *search, const struct task *first, const struct task *second) {
    const struct problem *problem = search->problem;
    const struct travel *travel = problem->travel + problem->shift->profile;
    const struct leg *leg = in_band(travel, leg_of(travel, first->place, second->place), travel->bands / 2);
    if (leg->duration == UNREACHABLE) return FARTHEST;
    double price = (double)way_price(problem, leg);
    if (first->window_count && second->window_count) {
        const struct window *one = problem->windows + first->windows, *other = problem->windows + second->windows;
        int64_t spent = first->service + leg->duration;
        int64_t waits = other->opens - one[first->window_count - 1].closes - spent, late = one->opens + spent - other[second->window_count - 1].closes;
        price += search->time_price * (WAIT_WEIGHT * (double)later(0, waits) + LATE_WEIGHT * (double)later(0, late));
    }
    return price < (double)FARTHEST ? (int64_t)price : FARTHEST;
}

/* What a millisecond of a way costs. */
static double price_of_time(const struct problem *problem) {
    const struct travel *travel = problem->travel + problem->shift->profile;
    double price = 0, time = 0;
    for (int64_t cell = 0; cell < (int64_t)travel->size * travel->size; cell += 7) {
        const struct leg *leg = travel->legs + cell;
        if (leg->duration <= 0) continue;
        price += (double)way_price(problem, leg);
        time += leg->duration;
    }
    return time > 0 ? price / time : 0;
}

/* The nearest tasks of one, nearest first; `list` has room for all. */
static void near_of(struct search *search, int32_t task, struct neighbour *list) {
    const struct problem *problem = search->problem;
    int32_t count = 0;
    const struct task *own = problem->task + task;
    for (int32_t other = 0; other < problem->tasks; other++) {
        if (other == task) continue;
        const struct task *there = problem->task + other;
        list[count++] = (struct neighbour){sooner(nearness(search, own, there), nearness(search, there, own)), other};
    }
    if (search->near_count < count) select_cheapest(list, count, search->near_count);
    qsort(list, (size_t)search->near_count, sizeof *list, by_price);
    for (int32_t each = 0; each < search->near_count; each++) search->near[(int64_t)task * search->near_count + each] = list[each].task;
    for (int32_t each = 0; each < search->near_count && each < NEAREST; each++)
        if (list[each].price < FARTHEST) search->near_price += (double)list[each].price / (NEAREST * (double)problem->tasks);
}

int near_find(struct search *search) {
    const struct problem *problem = search->problem;
    if (search->near != NULL || problem->tasks == 0 || problem->shifts == 0) return 0;
    struct neighbour *list = malloc((size_t)problem->tasks * sizeof *list);
    search->near_count = problem->tasks - 1 < NEAR_MOST ? problem->tasks - 1 : NEAR_MOST;
    search->near = malloc(((size_t)problem->tasks * (size_t)search->near_count + 1) * sizeof *search->near);
    if (list == NULL || search->near == NULL) {
        free(list);
        return -1;
    }
    search->near_price = 0;
    search->time_price = price_of_time(problem);
    for (int32_t task = 0; task < problem->tasks; task++) near_of(search, task, list);
    free(list);
    return 0;
}

double kernel_near_price(kernel_search *search) { return near_find(search) < 0 ? 0 : search->near_price; }
