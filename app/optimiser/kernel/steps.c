/* Steps of a route and what is done to them: a task goes in, marked ones go out, loadings are counted; and what that costs exactly. */
#include <string.h>

#include "search.h"

int32_t position_of(const int32_t *steps, int32_t count, int32_t task) {
    for (int32_t at = 0; at < count; at++)
        if (task_of(steps[at]) == task) return at;
    return NONE;
}

/* How many loadings there are. */
static int32_t reloads_in(const int32_t *steps, int32_t count) {
    int32_t reloads = 0;
    for (int32_t at = 0; at < count; at++) reloads += reload_of(steps[at]);
    return reloads;
}

int may_load_more(const struct shift *shift, const int32_t *steps, int32_t count) {
    return shift->depot != NONE && reloads_in(steps, count) < shift->reloads;
}

int may_load_at(int32_t at, int32_t count, enum loading loading) {
    return loading == LOADING_BEFORE ? at > 0 : loading == LOADING_NONE || at < count;
}

void steps_with(const int32_t *steps, int32_t count, int32_t task, int32_t at, enum loading loading, int32_t *made) {
    memcpy(made, steps, (size_t)at * sizeof *made);
    made[at] = task * 2 + (loading == LOADING_BEFORE);
    memcpy(made + at + 1, steps + at, (size_t)(count - at) * sizeof *made);
    if (loading == LOADING_AFTER) made[at + 1] |= 1;
}

int32_t steps_without(const int32_t *steps, int32_t count, const uint8_t *gone, int32_t *made) {
    int32_t kept = 0, reload = 0;
    for (int32_t index = 0; index < count; index++) {
        if (gone[task_of(steps[index])]) {
            reload |= reload_of(steps[index]);
            continue;
        }
        made[kept++] = steps[index] | reload;
        reload = 0;
    }
    return kept;
}

int64_t steps_price(struct search *search, const struct route *route, const int32_t *steps, int32_t count) {
    struct figures figures;
    struct tally tally;
    int64_t stability;
    int32_t moved;
    memset(&tally, 0, sizeof tally);
    route_figures(&search->work, route->shift, steps, count, &figures, &tally);
    if (!tally_within(&tally, &route->allowed)) return NO_PRICE;
    stability_of(search, route->shift, steps, count, &stability, &moved);
    int64_t wishes = wishes_price(search->problem, route->shift, steps, count, &figures);
    return figures.travel_cost + figures.late_cost + stability + wishes + (moved - route->now->moved) * search->move_price - route->now->cost;
}
