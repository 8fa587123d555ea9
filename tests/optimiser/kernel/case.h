/* A problem and a plan for it, read from a file, for the test programs. */
#ifndef DOORSTEP_CASE_H
#define DOORSTEP_CASE_H

#include <stddef.h>
#include <stdint.h>

#include "kernel.h"

/* Everything lies in pieces of memory that are exactly as long as their counts say, so that a sanitizer sees a step beyond. */
struct kernel_case {
    int64_t *words, word_count;
    kernel_table *tables;
    int64_t table_count;
    int64_t *plan, plan_count;
};

/* Reads a file as `cases.py` writes it: three counts (words, tables, words of the plan), the words, each table with its count before it, the plan; numbers
 * with the lowest byte first. 0, or -1 where it is none. */
int case_read(struct kernel_case *found, const char *path);
void case_copy(struct kernel_case *copy, const struct kernel_case *original);
void case_free(struct kernel_case *found);

/* Memory of the test programs' own, which is never short. */
void *case_room(const void *content, int64_t count, size_t size);

#endif
