/* Reads a problem out of its words and tables, and refuses what makes none: every number is checked before it is used. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "open.h"
#include "problem.h"
#include "travel.h"

/* Bounds that keep every sum of a route within 64 bits. */
#define READING_MOST ((int64_t)1 << 36)
#define LOAD_MOST ((int64_t)1 << 40)
#define PRICE_MOST ((int64_t)1 << 28)
#define SUM_MOST ((int64_t)1 << 50)
#define PLACES_MOST 20000
/* More places than these are not numbered anew: that takes as many steps as there are ways. */
#define RANKED_MOST 4000
#define UNREACHED (INT64_MAX - 1)
#define TASKS_MOST 20000
#define SHIFTS_MOST 20000
#define MASKS_MOST 64
#define BANDS_MOST 256

/* The words still to be read; `why` says what was wrong first. */
struct reader {
    const int64_t *at, *end;
    char *why;
    int64_t why_size;
    int failed;
};

static void refuse(struct reader *reader, const char *what, int64_t number) {
    if (!reader->failed && reader->why_size > 0) snprintf(reader->why, (size_t)reader->why_size, "%s: %lld", what, (long long)number);
    reader->failed = 1;
}

/* The next word; it must lie within the bounds. */
static int64_t word(struct reader *reader, const char *what, int64_t low, int64_t high) {
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

/* A count of things of which each takes at least one word; so no count asks for more memory than the words have. */
static int32_t count_of(struct reader *reader, const char *what, int64_t most) {
    int64_t found = word(reader, what, 0, most);
    if (!reader->failed && found > reader->end - reader->at) refuse(reader, what, found);
    return reader->failed ? 0 : (int32_t)found;
}

/* Room for so many things, zeroed; never NULL for nothing. */
static void *room(struct reader *reader, int64_t count, size_t size) {
    void *found = calloc(count > 0 ? (size_t)count : 1, size);
    if (found == NULL) refuse(reader, "memory is short", count);
    return found;
}

/* The names that a task needs or a shift has, as bits. */
struct masks {
    int32_t count;
    uint64_t *skills, *features; /* [owner * count + word] */
};

static void read_masks(struct reader *reader, struct masks *masks, int32_t owner) {
    for (int32_t each = 0; each < masks->count; each++)
        masks->skills[(int64_t)owner * masks->count + each] = (uint64_t)word(reader, "skills", INT64_MIN, INT64_MAX);
    for (int32_t each = 0; each < masks->count; each++)
        masks->features[(int64_t)owner * masks->count + each] = (uint64_t)word(reader, "features", INT64_MIN, INT64_MAX);
}

/* Travel ------------------------------------------------------------------------------------------------------------ */

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

static void read_travel(struct reader *reader, struct problem *problem, int32_t number, const kernel_table *tables, int64_t table_count, int64_t *used) {
    struct travel *travel = problem->travel + number;
    travel->size = (int32_t)word(reader, "places", 1, PLACES_MOST);
    travel->bands = (int32_t)word(reader, "bands", 1, BANDS_MOST);
    if (travel->size != problem->travel[0].size) refuse(reader, "profiles have tables of several sizes", number);
    int64_t cells = travel->ways = (int64_t)travel->size * travel->size;
    if (*used + 2 * travel->bands > table_count) refuse(reader, "tables are missing", table_count);
    for (int64_t each = 0; !reader->failed && each < 2 * travel->bands; each++)
        if (tables[*used + each].numbers == NULL || tables[*used + each].count != cells) refuse(reader, "a table has another size", tables[*used + each].count);
    if (reader->failed) return;
    travel->begins = room(reader, travel->bands, sizeof(int64_t));
    travel->legs = room(reader, cells * travel->bands, sizeof(struct leg));
    if (reader->failed) return;
    read_begins(reader, travel);
    for (int32_t band = 0; band < travel->bands; band++) fill_band(reader, travel, band, tables + *used + band, tables + *used + travel->bands + band);
    *used += 2 * travel->bands;
    if (number == 0) problem->rank = room(reader, travel->size, sizeof(int32_t));
    if (reader->failed) return;
    if (number == 0) rank_places(travel, problem->rank);
    reorder(reader, travel, problem->rank);
    if (!reader->failed) turn_back(reader, travel);
}

static void read_profiles(struct reader *reader, struct problem *problem, const kernel_table *tables, int64_t table_count) {
    int64_t used = 0;
    problem->profiles = count_of(reader, "profiles", 64);
    problem->travel = room(reader, problem->profiles, sizeof(struct travel));
    for (int32_t each = 0; !reader->failed && each < problem->profiles; each++) {
        read_travel(reader, problem, each, tables, table_count, &used);
    }
    if (!reader->failed && used != table_count) refuse(reader, "tables too many", table_count);
}

/* Tasks ------------------------------------------------------------------------------------------------------------- */

static void read_windows(struct reader *reader, struct problem *problem, struct task *task, int32_t *filled) {
    task->windows = *filled;
    task->window_count = count_of(reader, "windows", 1000);
    task->closes = NO_LIMIT;
    int priced = 0;
    for (int32_t each = 0; each < task->window_count; each++) {
        struct window *window = problem->windows + (*filled)++;
        window->opens = word(reader, "a window opens", -READING_MOST, READING_MOST);
        window->closes = word(reader, "a window closes", window->opens, READING_MOST);
        window->late_price = word(reader, "a price of lateness", NONE, PRICE_MOST);
        if (each && window->opens <= window[-1].closes) refuse(reader, "windows are not in order", each);
        priced |= window->late_price != NONE;
        task->closes = window->closes;
        if (reader->failed) return;
    }
    if (priced || task->window_count == 0) task->closes = NO_LIMIT;
    task->simple = task->window_count == 0 || (task->window_count == 1 && !priced);
    task->opens = task->window_count ? problem->windows[task->windows].opens : -NO_LIMIT;
    problem->has_priced |= priced;
}

/* A place by its new number, or NONE where that is allowed and meant. */
static int32_t place_of(struct reader *reader, const struct problem *problem, const char *what, int64_t low) {
    int64_t place = word(reader, what, low, problem->travel[0].size - 1);
    return place < 0 ? NONE : problem->rank[place];
}

static void bar(struct problem *problem, int32_t task, int32_t shift, int why) { problem->barred[(int64_t)task * problem->shifts + shift] |= (uint8_t)why; }

static void read_task(struct reader *reader, struct problem *problem, int32_t index, struct masks *masks, int32_t *windows) {
    struct task *task = problem->task + index;
    task->place = place_of(reader, problem, "a task's place", 0);
    task->kind = (int32_t)word(reader, "a task's kind", DELIVERY, RETURN);
    task->service = word(reader, "a time of service", 0, READING_MOST);
    for (int measure = 0; measure < MEASURES; measure++) task->load[measure] = word(reader, "a load", 0, LOAD_MOST);
    task->after = (int32_t)word(reader, "after", NONE, problem->tasks - 1);
    if (task->after == index) refuse(reader, "a task after itself", index);
    task->only = (int32_t)word(reader, "only", NONE, problem->shifts - 1);
    task->unplanned_price = word(reader, "a price of leaving out", 0, SUM_MOST);
    task->stays = task->home = task->home_place = task->group = NONE;
    read_windows(reader, problem, task, windows);
    int32_t never = count_of(reader, "never", problem->shifts);
    for (int32_t each = 0; each < never && !reader->failed; each++) {
        int32_t shift = (int32_t)word(reader, "never", 0, problem->shifts - 1);
        if (!reader->failed) bar(problem, index, shift, BAR_FORBIDDEN);
    }
    if (!reader->failed) read_masks(reader, masks, index);
}

/* Shifts ------------------------------------------------------------------------------------------------------------ */

static void read_pauses(struct reader *reader, struct problem *problem, struct shift *shift, int32_t *filled) {
    int32_t count = count_of(reader, "pauses", 1000);
    int64_t before = -READING_MOST;
    shift->pauses = *filled;
    for (int32_t each = 0; each < count && !reader->failed; each++) {
        struct pause pause;
        pause.earliest = word(reader, "a pause's earliest", before, READING_MOST);
        pause.latest = word(reader, "a pause's latest", pause.earliest, READING_MOST);
        pause.length = word(reader, "a pause's length", 0, READING_MOST);
        before = pause.earliest;
        if (pause.latest >= shift->starts && !reader->failed) problem->pauses[(*filled)++] = pause;
    }
    shift->pause_count = *filled - shift->pauses;
    if (shift->pause_count > problem->pauses_most) problem->pauses_most = shift->pause_count;
}

static void read_hours(struct reader *reader, struct shift *shift) {
    shift->starts = word(reader, "a shift's start", -READING_MOST, READING_MOST);
    shift->ends = word(reader, "a shift's end", shift->starts, READING_MOST);
    shift->latest_end = word(reader, "a shift's latest end", shift->ends, READING_MOST);
}

static void read_prices(struct reader *reader, struct problem *problem, struct shift *shift) {
    shift->fixed_price = word(reader, "a fixed price", 0, SUM_MOST);
    problem->has_fixed_prices |= shift->fixed_price > 0;
    shift->meter_price = word(reader, "a price of a metre", 0, PRICE_MOST);
    shift->milli_price = word(reader, "a price of time", 0, PRICE_MOST);
    shift->overtime_price = word(reader, "a price of overtime", 0, PRICE_MOST);
    shift->time_counts = shift->milli_price > 0 || shift->overtime_price > 0 || shift->max_duration != NONE;
}

static void read_shift(struct reader *reader, struct problem *problem, int32_t index, struct masks *masks, int32_t *pauses) {
    struct shift *shift = problem->shift + index;
    shift->profile = (int32_t)word(reader, "a shift's profile", 0, problem->profiles - 1);
    shift->start = place_of(reader, problem, "a shift's place of start", 0);
    shift->end = place_of(reader, problem, "a shift's place of end", NONE);
    shift->depot = place_of(reader, problem, "a shift's depot", NONE);
    read_hours(reader, shift);
    for (int measure = 0; measure < MEASURES; measure++) shift->capacity[measure] = word(reader, "a capacity", NONE, LOAD_MOST);
    if (!reader->failed) read_pauses(reader, problem, shift, pauses);
    shift->max_distance = word(reader, "a longest distance", NONE, READING_MOST);
    shift->max_duration = word(reader, "a longest duration", NONE, READING_MOST);
    shift->reloads = (int32_t)word(reader, "reloads", 0, 1000000);
    shift->reload = word(reader, "a time of loading", 0, READING_MOST);
    read_prices(reader, problem, shift);
    shift->under_way = (int32_t)word(reader, "under way", 0, 1);
    if (!reader->failed) read_masks(reader, masks, index);
}

/* The plan that is given ---------------------------------------------------------------------------------------------- */

static void read_steps(struct reader *reader, struct problem *problem, struct shift *shift, int32_t index, int32_t count, uint8_t *seen, int32_t *filled) {
    for (int32_t each = 0; each < count && !reader->failed; each++) {
        int64_t task = word(reader, "a step", 0, problem->tasks - 1), reload = word(reader, "a reload", 0, 1);
        if (reader->failed) return;
        if (seen[task]++) {
            refuse(reader, "a task twice", task);
            return;
        }
        problem->start[(*filled)++] = (int32_t)(task * 2 + reload);
        problem->task[task].home = index;
        problem->task[task].home_place = each;
        problem->task[task].fixed = shift->closed || each < shift->fixed;
    }
}

static void read_stays(struct reader *reader, struct problem *problem, int32_t shift) {
    int32_t count = count_of(reader, "stays", problem->tasks);
    for (int32_t each = 0; each < count && !reader->failed; each++) {
        int64_t task = word(reader, "stays", 0, problem->tasks - 1);
        if (reader->failed) return;
        if (problem->task[task].home != shift) refuse(reader, "a task stays where it is not", task);
        problem->task[task].stays = shift;
    }
}

/* Routes in the order of the shifts, one for each; those without steps too. */
static void read_start(struct reader *reader, struct problem *problem) {
    int32_t filled = 0;
    uint8_t *seen = room(reader, problem->tasks, 1);
    problem->start = room(reader, problem->tasks, sizeof(int32_t));
    problem->start_first = room(reader, problem->shifts + 1, sizeof(int32_t));
    for (int32_t each = 0; each < problem->shifts && !reader->failed; each++) {
        struct shift *shift = problem->shift + each;
        problem->start_first[each] = filled;
        int32_t count = count_of(reader, "steps", problem->tasks);
        shift->fixed = (int32_t)word(reader, "fixed steps", 0, count);
        shift->closed = (int32_t)word(reader, "closed", 0, 1);
        read_steps(reader, problem, shift, each, count, seen, &filled);
        if (!reader->failed) read_stays(reader, problem, each);
    }
    if (!reader->failed) problem->start_first[problem->shifts] = filled;
    free(seen);
}

static void read_stability(struct reader *reader, struct problem *problem) {
    problem->per_driver_change = word(reader, "a price of another driver", 0, SUM_MOST);
    problem->per_order_change = word(reader, "a price of another order", 0, SUM_MOST);
    problem->at_most = word(reader, "stops that may move", NONE, READING_MOST);
    problem->has_stability = problem->per_driver_change > 0 || problem->per_order_change > 0 || problem->at_most != NONE;
}

/* What follows from it ------------------------------------------------------------------------------------------------ */

static int lacks(const uint64_t *needed, const uint64_t *had, int32_t count) {
    for (int32_t each = 0; each < count; each++)
        if (needed[each] & ~had[each]) return 1;
    return 0;
}

static int too_much(const struct task *task, const struct shift *shift) {
    for (int measure = 0; measure < MEASURES; measure++)
        if (shift->capacity[measure] != NONE && task->load[measure] > shift->capacity[measure]) return 1;
    return 0;
}

/* A delivery after a pick-up brings the pick-up's load, not one of its own. */
static int brings_anothers(const struct problem *problem, const struct task *task) {
    return task->after != NONE && task->kind == DELIVERY && problem->task[task->after].kind != DELIVERY;
}

static void bar_all(struct problem *problem, const struct masks *needed, const struct masks *had) {
    for (int32_t index = 0; index < problem->tasks; index++)
        for (int32_t shift = 0; shift < problem->shifts; shift++) {
            const struct task *task = problem->task + index;
            int64_t of_task = (int64_t)index * needed->count, of_shift = (int64_t)shift * had->count;
            if (lacks(needed->skills + of_task, had->skills + of_shift, had->count)) bar(problem, index, shift, BAR_SKILL);
            if (lacks(needed->features + of_task, had->features + of_shift, had->count)) bar(problem, index, shift, BAR_FEATURE);
            if (task->only != NONE && task->only != shift) bar(problem, index, shift, BAR_FORBIDDEN);
            if (!brings_anothers(problem, task) && too_much(task, problem->shift + shift)) bar(problem, index, shift, BAR_VAIN);
        }
}

static void check_sums(struct reader *reader, const struct problem *problem) {
    int64_t price = 0, load = 0;
    for (int32_t index = 0; index < problem->tasks; index++) {
        price += problem->task[index].unplanned_price;
        for (int measure = 0; measure < MEASURES; measure++) load += problem->task[index].load[measure];
        if (price > NO_LIMIT || load > NO_LIMIT) {
            refuse(reader, "prices or loads are too large together", index);
            return;
        }
    }
}

static void read_masked(struct reader *reader, struct problem *problem) {
    int32_t count = (int32_t)word(reader, "words of skills", 1, MASKS_MOST), windows = 0, pauses = 0;
    struct masks needed = {count, room(reader, (int64_t)problem->tasks * count, 8), room(reader, (int64_t)problem->tasks * count, 8)};
    struct masks had = {count, room(reader, (int64_t)problem->shifts * count, 8), room(reader, (int64_t)problem->shifts * count, 8)};
    for (int32_t each = 0; each < problem->tasks && !reader->failed; each++) read_task(reader, problem, each, &needed, &windows);
    for (int32_t each = 0; each < problem->shifts && !reader->failed; each++) read_shift(reader, problem, each, &had, &pauses);
    if (!reader->failed) bar_all(problem, &needed, &had);
    free(needed.skills);
    free(needed.features);
    free(had.skills);
    free(had.features);
}

static void read_all(struct reader *reader, struct problem *problem, const kernel_table *tables, int64_t table_count) {
    int64_t words = reader->end - reader->at;
    word(reader, "another version of the words", KERNEL_ABI, KERNEL_ABI);
    read_profiles(reader, problem, tables, table_count);
    problem->tasks = count_of(reader, "tasks", TASKS_MOST);
    problem->shifts = count_of(reader, "shifts", SHIFTS_MOST);
    if (!reader->failed && problem->profiles == 0 && (problem->tasks || problem->shifts)) refuse(reader, "profiles", 0);
    if (reader->failed) return;
    problem->task = room(reader, problem->tasks, sizeof(struct task));
    problem->shift = room(reader, problem->shifts, sizeof(struct shift));
    problem->windows = room(reader, words / 3 + 1, sizeof(struct window));
    problem->pauses = room(reader, words / 3 + 1, sizeof(struct pause));
    problem->barred = room(reader, (int64_t)problem->tasks * problem->shifts, 1);
    if (!reader->failed) read_masked(reader, problem);
    if (!reader->failed) read_start(reader, problem);
    if (!reader->failed) read_stability(reader, problem);
    if (!reader->failed && reader->at != reader->end) refuse(reader, "words too many", reader->end - reader->at);
    if (!reader->failed) check_sums(reader, problem);
    if (!reader->failed && problem_reaches_too_far(problem)) refuse(reader, "times and prices are too large together", 0);
}

struct problem *words_read(const int64_t *words, int64_t count, const kernel_table *tables, int64_t table_count, char *why, int64_t why_size) {
    struct reader reader = {words, words + count, why, why_size, 0};
    struct problem *problem = calloc(1, sizeof(struct problem));
    if (problem == NULL) return NULL;
    read_all(&reader, problem, tables, table_count);
    if (reader.failed) {
        problem_free(problem);
        return NULL;
    }
    return problem;
}
