/* Put before every file of the kernel in the fuzzer's build: memory that runs short when the fuzzer says so. */
#ifndef DOORSTEP_MEMORY_H
#define DOORSTEP_MEMORY_H

#include <stdint.h>
#include <stdlib.h>

/* So many pieces of memory are still to be had; negative: as many as one likes. */
extern int64_t memory_left;

static inline int memory_is_short(void) {
    if (memory_left > 0) memory_left--;
    return memory_left == 0;
}

static inline void *scarce_malloc(size_t size) { return memory_is_short() ? NULL : malloc(size); }
static inline void *scarce_calloc(size_t count, size_t size) { return memory_is_short() ? NULL : calloc(count, size); }
static inline void *scarce_realloc(void *old, size_t size) { return memory_is_short() ? NULL : realloc(old, size); }

#define malloc scarce_malloc
#define calloc scarce_calloc
#define realloc scarce_realloc

#endif
