/* Reading words one after the other: each is checked as it is read, and after the first that is wrong nothing more is read. */
#ifndef DOORSTEP_READER_H
#define DOORSTEP_READER_H

#include "kernel.h"
#include "problem.h"

/* Bound of clock readings, lengths of time and metres; with those of loads and prices it keeps every sum of a route within 64 bits. */
#define READING_MOST ((int64_t)1 << 36)

/* The words still to be read; `why` says what was wrong first. */
struct reader {
    const int64_t *at, *end;
    char *why;
    int64_t why_size;
    int failed;
};

/* Says what is wrong, with a number that shows it; only the first is told. */
void refuse(struct reader *reader, const char *what, int64_t number);
/* The next word; it must lie within the bounds, and is the lower one where it does not. */
int64_t word(struct reader *reader, const char *what, int64_t low, int64_t high);
/* A count of things of which each takes at least one word; so no count asks for more memory than the words have. */
int32_t count_of(struct reader *reader, const char *what, int64_t most);
/* Room for so many things, zeroed; never NULL for nothing. */
void *room(struct reader *reader, int64_t count, size_t size);

/* tables.c */
/* The travel of every profile, out of the words and all the tables; places are numbered anew in `problem.rank`. */
void read_profiles(struct reader *reader, struct problem *problem, const kernel_table *tables, int64_t table_count);

#endif
