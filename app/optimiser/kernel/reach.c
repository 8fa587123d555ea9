/* How far the numbers of a problem reach: whether every sum that a search makes of them stays within 64 bits. Reckoned roughly, and too high. */
#include "open.h"

/* Sums stay below this; twice as much, and some more, is still no overflow. */
#define REACH_MOST 0x1.0p60

static double larger(double one, double other) { return one > other ? one : other; }

static double size_of(int64_t number) { return number < 0 ? -(double)number : (double)number; }

/* The longest way in time or in metres. */
static void longest_ways(const struct problem *problem, double *duration, double *metres) {
    *duration = *metres = 0;
    for (int32_t profile = 0; profile < problem->profiles; profile++) {
        const struct travel *travel = problem->travel + profile;
        int64_t legs = (int64_t)travel->size * travel->size * travel->bands;
        for (int64_t each = 0; each < legs; each++) {
            *duration = larger(*duration, travel->legs[each].duration);
            *metres = larger(*metres, travel->legs[each].metres);
        }
    }
}

/* The largest clock reading, before or after midnight, that a route can come to (milliseconds). */
static double latest_reading(const struct problem *problem, double way) {
    double latest = 0, loading = 0, spent = 0, pauses = 0;
    for (int32_t each = 0; each < problem->shifts; each++) {
        const struct shift *shift = problem->shift + each;
        double here = 0;
        for (int32_t pause = 0; pause < shift->pause_count; pause++) {
            const struct pause *terms = problem->pauses + shift->pauses + pause;
            here += (double)terms->length;
            latest = larger(latest, larger(size_of(terms->earliest), size_of(terms->latest)));
        }
        pauses = larger(pauses, here);
        loading = larger(loading, (double)shift->reload);
        latest = larger(latest, larger(size_of(shift->starts), size_of(shift->latest_end)));
    }
    for (int32_t each = 0; each < problem->tasks; each++) {
        const struct task *task = problem->task + each;
        spent += (double)task->service;
        for (int32_t window = 0; window < task->window_count; window++) {
            const struct window *terms = problem->windows + task->windows + window;
            latest = larger(latest, larger(size_of(terms->opens), size_of(terms->closes)));
        }
    }
    return latest + spent + pauses + problem->tasks * (2 * way + loading) + way;
}

/* What all routes together can cost at most, when each is as long as can be. */
static double dearest(const struct problem *problem, double reading, double metres) {
    double cost = 0, late = 0, per_metre = 0, liked = 0, ways = 2.0 * problem->tasks + 2.0 * problem->shifts;
    for (int32_t each = 0; each < problem->shifts; each++) {
        const struct shift *shift = problem->shift + each;
        cost += (double)shift->fixed_price + 2 * reading * ((double)shift->milli_price + (double)shift->overtime_price + (double)shift->beyond_price);
        per_metre = larger(per_metre, (double)shift->meter_price);
    }
    for (int32_t each = 0; each < problem->tasks; each++) {
        const struct task *task = problem->task + each;
        for (int32_t window = 0; window < task->window_count; window++) late = larger(late, (double)problem->windows[task->windows + window].late_price);
        cost += (double)task->unplanned_price + (double)problem->per_driver_change + (double)problem->per_order_change;
    }
    int64_t pairs = problem->liked == NULL ? 0 : (int64_t)problem->tasks * problem->shifts;
    for (int64_t each = 0; each < pairs; each++) liked = larger(liked, (double)problem->liked[each]);
    cost += liked * problem->tasks;
    return cost + ways * metres * per_metre + 2 * reading * late * problem->tasks;
}

int problem_reaches_too_far(const struct problem *problem) {
    double way, metres;
    longest_ways(problem, &way, &metres);
    double reading = latest_reading(problem, way);
    return reading > REACH_MOST || dearest(problem, reading, metres) > REACH_MOST;
}
