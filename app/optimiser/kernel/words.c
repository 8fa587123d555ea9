/* Reads a problem out of its words and tables, and refuses what makes none: every number is checked before it is used. */
#include <stdlib.h>

#include "open.h"
#include "reader.h"

/* Bounds that keep every sum of a route within 64 bits. */
#define LOAD_MOST ((int64_t)1 << 40)
#define PRICE_MOST ((int64_t)1 << 28)
#define SUM_MOST ((int64_t)1 << 50)
#define TASKS_MOST 20000
#define SHIFTS_MOST 20000
/* Windows of a task and pauses of a shift. */
#define LISTED_MOST 1000
#define RELOADS_MOST 1000000
#define MASKS_MOST 64

/* The names that a task needs or a shift has, as bits. */
struct masks {
    int32_t count;
    uint64_t *skills, *features; /* [owner * count + word] */
};

/* The names of one task or shift. */
static void read_masks(struct reader *reader, struct masks *masks, int32_t owner) {
    for (int32_t each = 0; each < masks->count; each++)
        masks->skills[(int64_t)owner * masks->count + each] = (uint64_t)word(reader, "skills", INT64_MIN, INT64_MAX);
    for (int32_t each = 0; each < masks->count; each++)
        masks->features[(int64_t)owner * masks->count + each] = (uint64_t)word(reader, "features", INT64_MIN, INT64_MAX);
}

/* Tasks ------------------------------------------------------------------------------------------------------------- */

/* The windows of a task, in order and apart; what follows from them for a quick look at it. */
static void read_windows(struct reader *reader, struct problem *problem, struct task *task, int32_t *filled) {
    task->windows = *filled;
    task->window_count = count_of(reader, "windows", LISTED_MOST);
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

/* A task: milliseconds, loads in the three measures, and the shifts that may never serve it. */
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

/* The pauses of a shift, in order; those that it can no longer take before its start are left aside. */
static void read_pauses(struct reader *reader, struct problem *problem, struct shift *shift, int32_t *filled) {
    int32_t count = count_of(reader, "pauses", LISTED_MOST);
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

/* When a shift starts and ends, and when it must be over: milliseconds. */
static void read_hours(struct reader *reader, struct shift *shift) {
    shift->starts = word(reader, "a shift's start", -READING_MOST, READING_MOST);
    shift->ends = word(reader, "a shift's end", shift->starts, READING_MOST);
    shift->latest_end = word(reader, "a shift's latest end", shift->ends, READING_MOST);
}

/* Prices in cost: of a shift, a metre, a millisecond, and a millisecond of overtime. */
static void read_prices(struct reader *reader, struct problem *problem, struct shift *shift) {
    shift->fixed_price = word(reader, "a fixed price", 0, SUM_MOST);
    problem->has_fixed_prices |= shift->fixed_price > 0;
    shift->meter_price = word(reader, "a price of a metre", 0, PRICE_MOST);
    shift->milli_price = word(reader, "a price of time", 0, PRICE_MOST);
    shift->overtime_price = word(reader, "a price of overtime", 0, PRICE_MOST);
    shift->time_counts = shift->milli_price > 0 || shift->overtime_price > 0 || shift->max_duration != NONE;
}

/* A shift: places, hours, capacities, pauses, limits and prices. */
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
    shift->reloads = (int32_t)word(reader, "reloads", 0, RELOADS_MOST);
    shift->reload = word(reader, "a time of loading", 0, READING_MOST);
    read_prices(reader, problem, shift);
    shift->under_way = (int32_t)word(reader, "under way", 0, 1);
    if (!reader->failed) read_masks(reader, masks, index);
}

/* The plan that is given ---------------------------------------------------------------------------------------------- */

/* The steps of one route; `seen` marks the tasks of all routes so far. */
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

/* The tasks of a route that must stay with its shift. */
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

/* What changing the given plan costs, and how many stops may move. */
static void read_stability(struct reader *reader, struct problem *problem) {
    problem->per_driver_change = word(reader, "a price of another driver", 0, SUM_MOST);
    problem->per_order_change = word(reader, "a price of another order", 0, SUM_MOST);
    problem->at_most = word(reader, "stops that may move", NONE, READING_MOST);
    problem->has_stability = problem->per_driver_change > 0 || problem->per_order_change > 0 || problem->at_most != NONE;
}

/* What each task costs with each shift that it would rather not go with. */
static void read_liked(struct reader *reader, struct problem *problem) {
    int64_t count = word(reader, "likings", 0, (int64_t)problem->tasks * problem->shifts);
    if (reader->failed || count == 0) return;
    problem->liked = room(reader, (int64_t)problem->tasks * problem->shifts, sizeof(int64_t));
    for (int64_t each = 0; each < count && !reader->failed; each++) {
        int64_t task = word(reader, "a liking's task", 0, problem->tasks - 1), shift = word(reader, "a liking's shift", 0, problem->shifts - 1);
        int64_t price = word(reader, "a liking's price", 0, SUM_MOST);
        if (!reader->failed) problem->liked[task * problem->shifts + shift] = price;
    }
}

/* What dispatchers wish beside a cheap plan: days of equal length, and who serves whom. */
static void read_wishes(struct reader *reader, struct problem *problem) {
    int64_t fair = word(reader, "a fair share", 0, READING_MOST), price = word(reader, "a price beyond it", 0, PRICE_MOST);
    for (int32_t each = 0; each < problem->shifts && !reader->failed; each++) {
        struct shift *shift = problem->shift + each;
        shift->fair = fair;
        shift->beyond_price = price;
        shift->time_counts |= price > 0;
    }
    read_liked(reader, problem);
}

/* What follows from it ------------------------------------------------------------------------------------------------ */

/* Whether a name that is needed is not had. */
static int lacks(const uint64_t *needed, const uint64_t *had, int32_t count) {
    for (int32_t each = 0; each < count; each++)
        if (needed[each] & ~had[each]) return 1;
    return 0;
}

/* Whether a task alone is more than a shift can carry. */
static int too_much(const struct task *task, const struct shift *shift) {
    for (int measure = 0; measure < MEASURES; measure++)
        if (shift->capacity[measure] != NONE && task->load[measure] > shift->capacity[measure]) return 1;
    return 0;
}

/* Bars tasks from shifts that lack a skill or a feature, that are another than the only one, or that could not carry the load. The second half of a pair
 * brings the pick-up's load, not one of its own. */
static void bar_all(struct problem *problem, const struct masks *needed, const struct masks *had) {
    for (int32_t index = 0; index < problem->tasks; index++)
        for (int32_t shift = 0; shift < problem->shifts; shift++) {
            const struct task *task = problem->task + index;
            int64_t of_task = (int64_t)index * needed->count, of_shift = (int64_t)shift * had->count;
            if (lacks(needed->skills + of_task, had->skills + of_shift, had->count)) bar(problem, index, shift, BAR_SKILL);
            if (lacks(needed->features + of_task, had->features + of_shift, had->count)) bar(problem, index, shift, BAR_FEATURE);
            if (task->only != NONE && task->only != shift) bar(problem, index, shift, BAR_FORBIDDEN);
            if (!is_second_half(problem, index) && too_much(task, problem->shift + shift)) bar(problem, index, shift, BAR_VAIN);
        }
}

/* Refuses prices and loads that together could leave 64 bits. */
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

/* Tasks and shifts, and from the names of both which may not serve which. */
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

/* Everything, in the order of the words; what is wrong first ends it. */
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
    if (!reader->failed) read_wishes(reader, problem);
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
