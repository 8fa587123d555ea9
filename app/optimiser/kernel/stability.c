/* What changing a plan that people know costs: a price for each stop with another driver, one for each stop whose place in the order changed, and the count
 * of moved stops. A stop moved when its shift changed, or when it stands outside a longest common subsequence of its old and new route. */
#include "search.h"
#include "travel.h"

/* The length of a longest increasing run of old places (Fredman, Discrete Mathematics 11, 1975). `tails` has room for all. */
static int32_t longest_run(const int32_t *places, int32_t count, int32_t *tails) {
    int32_t length = 0;
    for (int32_t index = 0; index < count; index++) {
        int32_t low = 0, high = length;
        while (low < high) {
            int32_t middle = (low + high) / 2;
            if (tails[middle] < places[index]) low = middle + 1;
            else high = middle;
        }
        tails[low] = places[index];
        if (low == length) length++;
    }
    return length;
}

void stability_of(struct search *search, int32_t shift, const int32_t *steps, int32_t count, int64_t *cost, int32_t *moved) {
    const struct problem *problem = search->problem;
    int32_t own = 0, others = 0, *places = search->order, *tails = search->order + problem->tasks;
    *cost = 0;
    *moved = 0;
    if (!problem->has_stability) return;
    for (int32_t index = 0; index < count; index++) {
        const struct task *task = problem->task + task_of(steps[index]);
        if (task->home == shift) places[own++] = task->home_place;
        else if (task->home != NONE) others++;
    }
    int32_t reordered = own - longest_run(places, own, tails);
    *cost = others * problem->per_driver_change + reordered * problem->per_order_change;
    *moved = others + reordered;
}

int64_t stability_price(const struct search *search, int32_t task, int32_t shift) {
    const struct task *terms = search->problem->task + task;
    return terms->home == NONE || terms->home == shift ? 0 : search->problem->per_driver_change + search->move_price;
}

int64_t order_price(const struct search *search, const struct state *state, int32_t task, int32_t shift, int32_t position) {
    const struct problem *problem = search->problem;
    const struct task *terms = problem->task + task;
    int64_t price = problem->per_order_change + search->move_price;
    if (terms->home != shift || price == 0) return 0;
    for (int32_t at = position - 1; at >= 0; at--) {
        const struct task *other = problem->task + task_of(state->steps[at]);
        if (other->home != shift) continue;
        if (other->home_place > terms->home_place) return price;
        break;
    }
    for (int32_t at = position; at < state->count; at++) {
        const struct task *other = problem->task + task_of(state->steps[at]);
        if (other->home == shift) return other->home_place < terms->home_place ? price : 0;
    }
    return 0;
}
