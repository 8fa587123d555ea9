/* What dispatchers wish beside a cheap plan, as prices of a route: tasks that would rather go with another shift, and hours beyond a fair share. */
#include "search.h"

int64_t wishes_price(const struct problem *problem, int32_t shift, const int32_t *steps, int32_t count, const struct figures *figures) {
    if (count == 0) return 0;
    int64_t price = beyond_fair(problem->shift + shift, figures->ends - figures->leaves);
    for (int32_t index = 0; problem->liked != NULL && index < count; index++) price += like_price(problem, task_of(steps[index]), shift);
    return price;
}
