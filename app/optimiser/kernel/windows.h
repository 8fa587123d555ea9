/* Which window a service belongs to, and when it begins; the rule of `domain/schedule_windows.py`. */
#ifndef DOORSTEP_WINDOWS_H
#define DOORSTEP_WINDOWS_H

#include "problem.h"
#include "travel.h"

/* When service begins, the window that it belongs to (NONE: there are none), and how late it is. */
struct service {
    int64_t begin, late;
    int32_t window;
};

/* Whether waiting for the next window costs less than beginning after a priced one has closed. */
static inline int waiting_is_cheaper(const struct window *closed, const struct window *next, int64_t arrival, int64_t milli_price) {
    return (closed->late_price > 0 ? closed->late_price : 0) * (arrival - closed->closes) > milli_price * (next->opens - arrival);
}

/* What a millisecond of lateness costs in a window of a task; 0 where it has none or the window is hard. */
static inline int64_t late_price(const struct problem *problem, const struct task *task, int32_t window) {
    if (window == NONE) return 0;
    int64_t price = problem->windows[task->windows + window].late_price;
    return price == NONE ? 0 : price;
}

/* The service of a task with several windows. */
static inline struct service settle_among(const struct window *windows, int32_t count, int64_t arrival, int64_t milli_price) {
    int32_t priced = NONE;
    for (int32_t index = 0; index < count; index++) {
        const struct window *window = windows + index;
        if (arrival <= window->closes) {
            if (priced < 0 || arrival >= window->opens || waiting_is_cheaper(windows + priced, window, arrival, milli_price))
                return (struct service){later(arrival, window->opens), 0, index};
            return (struct service){arrival, arrival - windows[priced].closes, priced};
        }
        if (window->late_price != NONE) priced = index;
    }
    int32_t last = priced >= 0 ? priced : count - 1;
    return (struct service){arrival, arrival - windows[last].closes, last};
}

/* The service of a task that is reached at `arrival` by a shift whose waiting costs `milli_price`. */
static inline struct service settle(const struct problem *problem, const struct task *task, int64_t arrival, int64_t milli_price) {
    if (task->window_count == 0) return (struct service){arrival, 0, NONE};
    const struct window *first = problem->windows + task->windows;
    if (task->window_count == 1) {
        if (arrival <= first->closes) return (struct service){later(arrival, first->opens), 0, 0};
        return (struct service){arrival, arrival - first->closes, 0};
    }
    return settle_among(first, task->window_count, arrival, milli_price);
}

#endif
