/* Travel through the bands of the day so that leaving later never means arriving earlier; the rule of `domain/schedule_travel.py`. */
#ifndef DOORSTEP_TRAVEL_H
#define DOORSTEP_TRAVEL_H

#include "problem.h"

static inline int64_t later(int64_t a, int64_t b) { return a > b ? a : b; }
static inline int64_t sooner(int64_t a, int64_t b) { return a < b ? a : b; }

/* The band that reigns at a moment, looked for from `band` on. */
static inline int32_t band_from(const struct travel *travel, int32_t band, int64_t now) {
    while (band + 1 < travel->bands && travel->begins[band + 1] <= now) band++;
    return band;
}

/* A leg in a band. */
static inline const struct leg *in_band(const struct travel *travel, const struct leg *leg, int32_t band) { return leg + band * travel->ways; }

/* The arrival of a leg that outlasts the band in which it leaves: band by band the part that is left goes on with the next band's duration. */
static inline int64_t crossing(const struct travel *travel, const struct leg *leg, int64_t leaves, int32_t band) {
    int64_t now = leaves, duration = in_band(travel, leg, band)->duration, left = duration;
    while (band + 1 < travel->bands && now + left > travel->begins[band + 1]) {
        left -= travel->begins[band + 1] - now;
        now = travel->begins[band + 1];
        int64_t following = in_band(travel, leg, band + 1)->duration;
        if (following == UNREACHABLE) break;
        left = duration ? left * following / duration : 0;
        duration = following;
        band++;
    }
    return now + left;
}

/* When a leg that leaves in `band` at `leaves` arrives; it has a road in that band. */
static inline int64_t arrival_in(const struct travel *travel, const struct leg *leg, int64_t leaves, int32_t band) {
    int64_t reached = leaves + in_band(travel, leg, band)->duration;
    if (band + 1 < travel->bands && reached > travel->begins[band + 1]) return crossing(travel, leg, leaves, band);
    return reached;
}

/* When a leg that leaves at `leaves` arrives, or UNREACHABLE where no road leads in that band. */
static inline int64_t arrival_of(const struct travel *travel, const struct leg *leg, int64_t leaves) {
    int32_t band = band_from(travel, 0, leaves);
    return in_band(travel, leg, band)->duration == UNREACHABLE ? UNREACHABLE : arrival_in(travel, leg, leaves, band);
}

/* The leg between two places. */
static inline const struct leg *leg_of(const struct travel *travel, int32_t from, int32_t to) {
    return travel->legs + (int64_t)from * travel->size + to;
}

/* The same leg, near in memory to the others that lead to the same place. */
static inline const struct leg *leg_back(const struct travel *travel, int32_t from, int32_t to) {
    return travel->back + (int64_t)to * travel->size + from;
}

/* `latest_departure` by halving, which the FIFO rule allows. */
static inline int64_t departure_searched(const struct travel *travel, const struct leg *leg, int64_t arrives, int64_t not_before) {
    int64_t low = not_before, high = later(not_before, arrives);
    while (low < high) {
        int64_t middle = low + (high - low + 1) / 2, reached = arrival_of(travel, leg, middle);
        if (middle <= reached && reached <= arrives) low = middle;
        else high = middle - 1;
    }
    return low;
}

/* The latest moment from `not_before` on at which a leg may leave to arrive at `arrives` or earlier. */
static inline int64_t latest_departure(const struct travel *travel, const struct leg *leg, int64_t arrives, int64_t not_before) {
    int32_t band = band_from(travel, 0, arrives);
    int64_t duration = in_band(travel, leg, band)->duration;
    if (duration == UNREACHABLE) return not_before;
    if (band == 0 || arrives - duration >= travel->begins[band]) return later(not_before, arrives - duration);
    return departure_searched(travel, leg, arrives, not_before);
}

#endif
