/* Reads words one after the other, and refuses the first that is wrong. */
#include "reader.h"

#include <stdio.h>
#include <stdlib.h>

void refuse(struct reader *reader, const char *what, int64_t number) {
    if (!reader->failed && reader->why_size > 0) snprintf(reader->why, (size_t)reader->why_size, "%s: %lld", what, (long long)number);
    reader->failed = 1;
}

int64_t word(struct reader *reader, const char *what, int64_t low, int64_t high) {
    if (reader->failed) return low;
    if (reader->at == reader->end) {
        refuse(reader, "words end early", 0);
        return low;
    }
    int64_t found = *reader->at++;
    if (found < low || found > high) {
        refuse(reader, what, found);
        return low;
    }
    return found;
}

int32_t count_of(struct reader *reader, const char *what, int64_t most) {
    int64_t found = word(reader, what, 0, most);
    if (!reader->failed && found > reader->end - reader->at) refuse(reader, what, found);
    return reader->failed ? 0 : (int32_t)found;
}

void *room(struct reader *reader, int64_t count, size_t size) {
    void *found = calloc(count > 0 ? (size_t)count : 1, size);
    if (found == NULL) refuse(reader, "memory is short", count);
    return found;
}
