/* One pass over a route: travel, windows, pauses and reloads in order (`domain/schedule_pass.py`). */
#include "timeline.h"
#include "travel.h"
#include "windows.h"

/* The pauses still to come. `due` and `last` bound the next one; `slots` keeps them where they fell in an earlier pass. */
struct pauses {
    const struct pause *pause;
    int32_t count, taken;
    const struct pass *slots;
    int64_t due, last;
};

/* A pass under way. */
struct walk {
    const struct problem *problem;
    const struct shift *shift;
    const struct travel *travel;
    struct pauses pauses;
    struct pass *found;
    int64_t now, driven, band_ends;
    int32_t here, band;
};

/* Sets the bounds at which a pass must ask for the next pause; with slots it asks before everything until all are taken. */
static void look_ahead(struct pauses *pauses) {
    if (pauses->slots != NULL) {
        pauses->due = pauses->last = pauses->taken < pauses->slots->pauses ? -NO_LIMIT : NO_LIMIT;
    } else if (pauses->taken < pauses->count) {
        pauses->due = pauses->pause[pauses->taken].earliest;
        pauses->last = pauses->pause[pauses->taken].latest;
    } else {
        pauses->due = pauses->last = NO_LIMIT;
    }
}

static void note_event(struct pass *found, int64_t leg, int64_t span, int64_t limit) { found->event[found->events++] = (struct event){leg, span, limit}; }

/* Takes the next pause now; when it is over. */
static int64_t take_pause(struct walk *walk, int64_t now) {
    struct pauses *pauses = &walk->pauses;
    struct pass *found = walk->found;
    const struct pause *pause = pauses->pause + pauses->taken;
    int64_t begin = later(now, pause->earliest);
    found->slot[found->pauses] = found->events;
    note_event(found, STANDING, pause->length, later(begin, pause->latest));
    found->pause[found->pauses++] = (kernel_pause){found->halts, begin, begin + pause->length};
    pauses->taken++;
    look_ahead(pauses);
    return begin + pause->length;
}

/* Whether the next pause comes before something that would begin and end then. */
static inline int pause_comes_first(const struct walk *walk, int64_t begins, int64_t ends) {
    const struct pauses *pauses = &walk->pauses;
    if (begins < pauses->due && ends <= pauses->last) return 0;
    if (pauses->slots == NULL) return 1;
    return pauses->slots->slot[pauses->taken] == walk->found->events;
}

/* The band that reigns now, and when it ends. */
static inline void find_band(struct walk *walk) {
    if (walk->now < walk->band_ends) return;
    walk->band = band_from(walk->travel, walk->band, walk->now);
    walk->band_ends = walk->band + 1 < walk->travel->bands ? walk->travel->begins[walk->band + 1] : NO_LIMIT;
}

/* Drives to a place, pauses that come first taken. */
static inline void drive(struct walk *walk, int32_t place) {
    if (place == walk->here) return;
    const struct travel *travel = walk->travel;
    int64_t number = (int64_t)walk->here * travel->size + place, reached;
    const struct leg *leg = travel->legs + number;
    walk->here = place;
    for (;;) {
        find_band(walk);
        reached = walk->now + in_band(travel, leg, walk->band)->duration;
        if (reached > walk->band_ends) reached = crossing(travel, leg, walk->now, walk->band);
        if (!pause_comes_first(walk, walk->now, reached)) break;
        walk->now = take_pause(walk, walk->now);
    }
    if (in_band(travel, leg, walk->band)->duration == UNREACHABLE) {
        walk->found->unreachable[walk->found->lost++] = walk->found->halts;
        return;
    }
    note_event(walk->found, number, walk->now, 0);
    walk->now = reached;
    walk->driven += in_band(travel, leg, walk->band)->metres;
}

/* Loads at the depot; when that begins. */
static int64_t load_up(struct walk *walk) {
    drive(walk, walk->shift->depot);
    int64_t length = walk->shift->reload;
    while (pause_comes_first(walk, walk->now, walk->now + length)) walk->now = take_pause(walk, walk->now);
    int64_t begins = walk->now;
    note_event(walk->found, STANDING, length, NO_LIMIT);
    walk->now += length;
    return begins;
}

/* Waits for a window where there are any, pauses where one comes first, and serves. */
static inline void serve(struct walk *walk, const struct task *task, int64_t loaded) {
    struct pass *found = walk->found;
    struct halt *halt = found->halt + found->halts;
    struct service service;
    *halt = (struct halt){walk->now, 0, 0, walk->driven, loaded, NONE};
    for (;;) {
        service = settle(walk->problem, task, walk->now, walk->shift->milli_price);
        if (!pause_comes_first(walk, service.begin, service.begin + task->service)) break;
        walk->now = take_pause(walk, walk->now);
    }
    halt->begin = service.begin;
    halt->late = service.late;
    halt->window = service.window;
    int64_t closes = service.window == NONE ? NO_LIMIT : walk->problem->windows[task->windows + service.window].closes;
    note_event(found, STANDING, task->service, service.window == NONE ? NO_LIMIT : service.late ? service.begin : closes);
    walk->now = service.begin + task->service;
    walk->driven = 0;
    found->halts++;
}

/* At the start, at the moment it leaves. */
static void begin_walk(struct walk *walk, int64_t leaves, const struct pass *slots) {
    const struct problem *problem = walk->problem;
    struct pass *found = walk->found;
    walk->pauses = (struct pauses){problem->pauses + walk->shift->pauses, walk->shift->pause_count, 0, slots, 0, 0};
    look_ahead(&walk->pauses);
    walk->now = leaves;
    walk->here = walk->shift->start;
    walk->driven = 0;
    walk->band = 0;
    walk->band_ends = -NO_LIMIT;
    found->leaves = leaves;
    found->halts = found->pauses = found->events = found->lost = 0;
}

void pass_run(
    const struct problem *problem, const struct shift *shift, const int32_t *steps, int32_t count, int64_t leaves,
    const struct pass *slots, struct pass *found) {
    struct walk walk = {.problem = problem, .shift = shift, .travel = problem->travel + shift->profile, .found = found};
    begin_walk(&walk, leaves, slots);
    for (int32_t index = 0; index < count; index++) {
        const struct task *task = problem->task + task_of(steps[index]);
        int64_t loaded = NEVER;
        if (reload_of(steps[index]) && shift->depot != NONE) loaded = load_up(&walk);
        drive(&walk, task->place);
        serve(&walk, task, loaded);
    }
    if (shift->end != NONE) drive(&walk, shift->end);
    found->metres_home = walk.driven;
    found->ends = walk.now;
}

int64_t latest_leaving(const struct travel *travel, const struct pass *early) {
    int64_t latest = early->ends;
    for (int32_t index = early->events - 1; index >= 0; index--) {
        const struct event *event = early->event + index;
        if (event->leg == STANDING) latest = sooner(latest - event->span, event->limit);
        else if (travel->bands == 1) latest -= travel->legs[event->leg].duration;
        else latest = latest_departure(travel, travel->legs + event->leg, latest, event->span);
    }
    return latest;
}
