/* Random numbers: xorshift64* (Vigna, ACM Transactions on Mathematical Software 42, 2016, doi 10.1145/2845077). */
#ifndef DOORSTEP_RANDOM_H
#define DOORSTEP_RANDOM_H

#include <stdint.h>

struct chance {
    uint64_t state;
};

static inline void chance_seed(struct chance *chance, uint64_t seed) {
    chance->state = seed * 0x9E3779B97F4A7C15u + 0xD1B54A32D192ED03u;
    if (chance->state == 0) chance->state = 1;
}

static inline uint64_t chance_next(struct chance *chance) {
    chance->state ^= chance->state >> 12;
    chance->state ^= chance->state << 25;
    chance->state ^= chance->state >> 27;
    return chance->state * 0x2545F4914F6CDD1Du;
}

/* A whole number of 0 … below - 1. */
static inline int32_t chance_below(struct chance *chance, int32_t below) {
    return (int32_t)(((chance_next(chance) >> 32) * (uint64_t)below) >> 32);
}

/* A number of [0, 1). */
static inline double chance_share(struct chance *chance) { return (double)(chance_next(chance) >> 11) * 0x1.0p-53; }

#endif
