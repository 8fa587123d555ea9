/* From words to an open problem. */
#ifndef DOORSTEP_OPEN_H
#define DOORSTEP_OPEN_H

#include "kernel.h"
#include "problem.h"

/* The problem of the words, or NULL; only what stands in them. */
struct problem *words_read(const int64_t *words, int64_t count, const kernel_table *tables, int64_t table_count, char *why, int64_t why_size);
/* Whether sums over its routes could leave 64 bits. */
int problem_reaches_too_far(const struct problem *problem);
/* Works out what hangs together, which shifts are equal, and how large a timeline may become. 0, or -1 where memory is short. */
int problem_prepare(struct problem *problem);

#endif
