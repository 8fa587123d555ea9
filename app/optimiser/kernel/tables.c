/* Reads the travel tables: legs in the order in which a search looks at them, of places numbered anew so that near ones lie together. */
#include <stdlib.h>
#include <string.h>

#include "reader.h"
#include "travel.h"

#define PLACES_MOST 20000
#define BANDS_MOST 256
#define PROFILES_MOST 64
/* More places than these are not numbered anew: that takes as many steps as there are ways. */
#define RANKED_MOST 4000
/* Longer than every way: a place without a road comes last. */
#define UNREACHED (INT64_MAX - 1)

/* When each band of the day begins, in milliseconds; one after the other. */
static void read_begins(struct reader *reader, struct travel *travel) {
    for (int32_t band = 0; band < travel->bands; band++) {
        travel->begins[band] = word(reader, "a band's beginning", -READING_MOST, READING_MOST);
        if (band && travel->begins[band] <= travel->begins[band - 1]) refuse(reader, "bands are not in order", band);
    }
}

/* One band of a table into the legs; a place is no way from itself. */
static void fill_band(struct reader *reader, struct travel *travel, int32_t band, const kernel_table *durations, const kernel_table *distances) {
    int64_t size = travel->size;
    for (int64_t cell = 0; cell < size * size; cell++) {
        int32_t duration = durations->numbers[cell], metres = distances->numbers[cell];
        if (duration < UNREACHABLE || metres < UNREACHABLE) refuse(reader, "a way is negative", cell);
        if (cell / size == cell % size) duration = metres = 0;
        travel->legs[band * travel->ways + cell] = (struct leg){duration, metres};
    }
}

/* Whether every way and the way back are the same in every band. */
static int is_symmetric(const struct travel *travel) {
    for (int32_t band = 0; band < travel->bands; band++)
        for (int32_t from = 0; from < travel->size; from++)
            for (int32_t to = from + 1; to < travel->size; to++)
                if (memcmp(in_band(travel, leg_of(travel, from, to), band), in_band(travel, leg_of(travel, to, from), band), sizeof(struct leg)) != 0) return 0;
    return 1;
}

/* The legs by where they lead; where both ways are the same everywhere, no second copy is kept. */
static void turn_back(struct reader *reader, struct travel *travel) {
    int64_t size = travel->size, bands = travel->bands;
    travel->symmetric = is_symmetric(travel);
    if (travel->symmetric) {
        travel->back = travel->legs;
        return;
    }
    travel->back = room(reader, travel->ways * bands, sizeof(struct leg));
    for (int64_t band = 0; travel->back != NULL && band < bands; band++)
        for (int64_t from = 0; from < size; from++)
            for (int64_t to = 0; to < size; to++)
                travel->back[band * travel->ways + to * size + from] = travel->legs[band * travel->ways + from * size + to];
}

/* The place that is the next on the way through all places, always to the nearest that is left. */
static int32_t nearest_left(const struct travel *travel, int32_t from, const int32_t *rank) {
    int32_t found = NONE;
    int64_t least = INT64_MAX;
    for (int32_t to = 0; to < travel->size; to++) {
        int64_t duration = leg_of(travel, from, to)->duration;
        if (rank[to] != NONE || (duration == UNREACHABLE ? UNREACHED : duration) >= least) continue;
        least = duration == UNREACHABLE ? UNREACHED : duration;
        found = to;
    }
    return found;
}

/* Numbers the places anew so that near ones get near numbers: then what a search looks at together lies together in memory. `rank` gets the new numbers. */
static void rank_places(const struct travel *travel, int32_t *rank) {
    for (int32_t place = 0; place < travel->size; place++) rank[place] = travel->size > RANKED_MOST ? place : NONE;
    if (travel->size > RANKED_MOST) return;
    for (int32_t number = 0, place = 0; number < travel->size; number++) {
        rank[place] = number;
        if (number + 1 < travel->size) place = nearest_left(travel, place, rank);
    }
}

/* Puts the legs in the order of the new numbers. */
static void reorder(struct reader *reader, struct travel *travel, const int32_t *rank) {
    int64_t size = travel->size, bands = travel->bands;
    struct leg *ordered = room(reader, travel->ways * bands, sizeof(struct leg));
    for (int64_t band = 0; ordered != NULL && band < bands; band++)
        for (int64_t from = 0; from < size; from++)
            for (int64_t to = 0; to < size; to++)
                ordered[band * travel->ways + rank[from] * size + rank[to]] = travel->legs[band * travel->ways + from * size + to];
    free(travel->legs);
    travel->legs = ordered;
}

/* Whether the tables of a profile are all there, `first` being its first: durations band by band, then distances. Refuses them where not. */
static int has_tables(struct reader *reader, const struct travel *travel, const kernel_table *tables, int64_t table_count, int64_t first) {
    if (first + 2 * travel->bands > table_count) refuse(reader, "tables are missing", table_count);
    for (int64_t each = first; !reader->failed && each < first + 2 * travel->bands; each++)
        if (tables[each].numbers == NULL || tables[each].count != travel->ways) refuse(reader, "a table has another size", tables[each].count);
    return !reader->failed;
}

/* Puts the places of a profile in the order that the first profile's ways give. */
static void number_anew(struct reader *reader, struct problem *problem, struct travel *travel) {
    if (problem->rank == NULL) {
        problem->rank = room(reader, travel->size, sizeof(int32_t));
        if (reader->failed) return;
        rank_places(travel, problem->rank);
    }
    reorder(reader, travel, problem->rank);
}

/* The travel of one profile; `used` counts the tables that are read. Durations are milliseconds, distances metres. */
static void read_travel(struct reader *reader, struct problem *problem, int32_t number, const kernel_table *tables, int64_t table_count, int64_t *used) {
    struct travel *travel = problem->travel + number;
    travel->size = (int32_t)word(reader, "places", 1, PLACES_MOST);
    travel->bands = (int32_t)word(reader, "bands", 1, BANDS_MOST);
    travel->ways = (int64_t)travel->size * travel->size;
    if (travel->size != problem->travel[0].size) refuse(reader, "profiles have tables of several sizes", number);
    if (!has_tables(reader, travel, tables, table_count, *used)) return;
    travel->begins = room(reader, travel->bands, sizeof(int64_t));
    travel->legs = room(reader, travel->ways * travel->bands, sizeof(struct leg));
    if (reader->failed) return;
    read_begins(reader, travel);
    for (int32_t band = 0; band < travel->bands; band++) fill_band(reader, travel, band, tables + *used + band, tables + *used + travel->bands + band);
    *used += 2 * travel->bands;
    if (!reader->failed) number_anew(reader, problem, travel);
    if (!reader->failed) turn_back(reader, travel);
}

void read_profiles(struct reader *reader, struct problem *problem, const kernel_table *tables, int64_t table_count) {
    int64_t used = 0;
    problem->profiles = count_of(reader, "profiles", PROFILES_MOST);
    problem->travel = room(reader, problem->profiles, sizeof(struct travel));
    for (int32_t each = 0; !reader->failed && each < problem->profiles; each++) read_travel(reader, problem, each, tables, table_count, &used);
    if (!reader->failed && used != table_count) refuse(reader, "tables too many", table_count);
}
