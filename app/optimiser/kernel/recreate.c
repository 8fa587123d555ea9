/* Recreate: puts the tasks that are out back in, one after the other, each where it costs least, passing over a place now and then (the "greedy insertion
 * with blinks" of Christiaens, Vanden Berghe, Transportation Science 54, 2020). Prices are kept by task and route as long as the route stays the same. */
#include <math.h>
#include <string.h>

#include "search.h"

/* How many places of a route are looked at exactly where the guess is not. */
#define LOOKED_AT 3
#define LOOKED_AT_PAIRS 6
/* Routes of so few stops are looked at exactly everywhere: guesses pass over places between pauses and windows. In large problems they are
 * few and soon longer. */
#define SHORT 1
#define SHORT_OF_FEW 6
#define FEW 40
/* Once in so many times a task may cost so many times as much as leaving it out. */
#define GENEROUS_ONCE_IN 20
#define GENEROUS 4
/* How often fixed prices are overlooked in part. */
#define OVERLOOKS 0.5

/* Which routes are tried -------------------------------------------------------------------------------------------------- */

void slots_refresh(struct search *search) {
    const struct problem *problem = search->problem;
    if (!search->slots_stale) return;
    search->slots_stale = 0;
    search->slot_count = 0;
    int32_t *offered = search->order;
    for (int32_t shift = 0; shift < problem->shifts; shift++) {
        offered[shift] = 0;
        if (!problem->shift[shift].closed && search->routes[shift].now->count) search->slots[search->slot_count++] = shift;
    }
    search->slots_used = search->slot_count;
    for (int32_t shift = 0; shift < problem->shifts; shift++)
        if (!problem->shift[shift].closed && search->routes[shift].now->count == 0 && !offered[problem->shift[shift].class]++)
            search->slots[search->slot_count++] = shift;
}

/* Prices ------------------------------------------------------------------------------------------------------------------ */

/* What goes in together: one task, or a pick-up with its delivery. */
struct load_of {
    int32_t task, delivery; /* delivery NONE: one task alone */
};

/* The cheapest places in a route by what is guessed. */
static int find_spots(struct search *search, const struct route *route, struct load_of what, struct spot *best, int most) {
    if (what.delivery == NONE) return spots_find(search, route, what.task, best, most);
    return pair_spots_find(search, route, what.task, what.delivery, best, most);
}

/* The steps of a route with what goes in at a place; how many. */
static int32_t apply_spot(const struct state *state, struct load_of what, const struct spot *spot, int32_t *steps) {
    if (what.delivery == NONE) return spot_apply(state, what.task, spot, steps);
    return pair_spot_apply(state, what.task, what.delivery, spot, steps);
}

/* Keeps what was found of a route as it stands; `spot` NULL: nothing goes in. */
static void keep_entry(struct entry *entry, const struct state *state, const struct spot *spot, unsigned exact) {
    entry->stamp = state->stamp;
    entry->price = spot == NULL ? NO_PRICE : spot->price;
    entry->position = (uint16_t)((spot == NULL ? 0u : (unsigned)spot->gap) | exact);
    entry->second = (uint16_t)(spot == NULL ? 0 : spot->second);
}

/* Prices a place exactly; keeps it where it is the cheapest so far and breaks nothing. */
static void try_spot(struct search *search, const struct route *route, struct load_of what, const struct spot *spot, struct spot *best) {
    int32_t count = apply_spot(route->now, what, spot, search->scratch_steps);
    int64_t price = steps_price(search, route, search->scratch_steps, count);
    if (price < best->price) *best = (struct spot){price, spot->gap, spot->second};
}

/* Prices the best few places exactly and keeps the cheapest that breaks nothing. */
static void look_exactly(struct search *search, const struct route *route, struct load_of what, struct entry *entry) {
    struct spot spots[LOOKED_AT_PAIRS], best = {NO_PRICE, 0, 0};
    int found = find_spots(search, route, what, spots, what.delivery == NONE ? LOOKED_AT : LOOKED_AT_PAIRS);
    for (int each = 0; each < found && spots[each].price < best.price; each++) try_spot(search, route, what, spots + each, &best);
    keep_entry(entry, route->now, best.price == NO_PRICE ? NULL : &best, ENTRY_EXACT);
}

/* Prices every place exactly. */
static void look_everywhere(struct search *search, const struct route *route, struct load_of what, struct entry *entry) {
    const struct shift *shift = search->problem->shift + route->shift;
    const struct state *state = route->now;
    struct spot best = {NO_PRICE, 0, 0};
    int most = what.delivery != NONE ? 0 : shift->depot != NONE && shift->reloads ? LOADING_AFTER : LOADING_NONE;
    for (int32_t gap = 0; gap < state->gap_count; gap++) {
        if (state->gaps[gap].position < shift->fixed || !may_go_in(state, gap)) continue;
        for (int32_t loading = LOADING_NONE; what.delivery == NONE && loading <= most; loading++)
            if (loading == LOADING_NONE || may_load(state, gap, loading)) try_spot(search, route, what, &(struct spot){0, gap, loading}, &best);
        for (int32_t second = gap; what.delivery != NONE && second < state->gap_count; second++)
            try_spot(search, route, what, &(struct spot){0, gap, second}, &best);
    }
    keep_entry(entry, state, best.price == NO_PRICE ? NULL : &best, ENTRY_EXACT);
}

/* Whether every place of a route is looked at exactly. */
static int is_short(const struct problem *problem, const struct state *state) {
    return !state->plain && state->count <= (problem->tasks <= FEW ? SHORT_OF_FEW : SHORT);
}

/* Finds a route's best place anew. */
static void renew_entry(struct search *search, const struct route *route, struct load_of what, struct entry *entry) {
    struct spot best;
    if (is_short(search->problem, route->now)) {
        look_everywhere(search, route, what, entry);
        return;
    }
    int found = find_spots(search, route, what, &best, 1);
    int exact = !found || (route->now->plain && what.delivery == NONE && best.second == LOADING_NONE);
    keep_entry(entry, route->now, found ? &best : NULL, exact ? ENTRY_EXACT : 0);
}

/* Choosing ---------------------------------------------------------------------------------------------------------------- */

/* Whether this place is passed over; the number of places until the next time is drawn at once. */
static inline int blinks(struct search *search) {
    if (search->blink <= 0 || search->blink_left-- > 0) return 0;
    double left = log(1.0 - chance_share(&search->chance)) / log(1.0 - search->blink);
    search->blink_left = left < 1e6 ? (int32_t)left : 1000000;
    return 1;
}

/* The cheapest place so far. */
struct choice {
    struct load_of what;
    int blinking;
    struct route *route;
    struct spot spot;
    int exact;
    struct entry *entries; /* of the task, by route */
    const uint8_t *barred, *barred_too; /* of the task, and of its delivery (without one, the task's again) */
};

/* The second best place of a route, priced exactly; its price NO_PRICE where there is none. */
static struct spot second_best(struct search *search, const struct route *route, struct load_of what) {
    struct spot two[2], best = {NO_PRICE, 0, 0};
    if (find_spots(search, route, what, two, 2) == 2) try_spot(search, route, what, two + 1, &best);
    return best;
}

/* Takes a place where it is cheaper than the one so far. */
static inline void choose(struct choice *choice, struct route *route, struct spot spot, int exact) {
    if (spot.price >= choice->spot.price) return;
    choice->route = route;
    choice->spot = spot;
    choice->exact = exact;
}

/* What an empty route's fixed price is overlooked by. */
static inline int64_t rebate_of(const struct search *search, const struct route *route) {
    return search->problem->has_fixed_prices && route->now->count == 0 ? search->rebate[route->shift] : 0;
}

/* Draws how much of the price of each vehicle that would be used anew is overlooked in this iteration: by price alone the cheapest would always be
 * taken, also where a dearer one that carries more is cheaper in the end. */
static void draw_rebates(struct search *search) {
    const struct problem *problem = search->problem;
    if (!problem->has_fixed_prices) return;
    int overlooks = search->blink > 0 && chance_share(&search->chance) < OVERLOOKS;
    for (int32_t slot = search->slots_used; slot < search->slot_count; slot++) {
        int32_t shift = search->slots[slot];
        search->rebate[shift] = overlooks ? (int64_t)(chance_share(&search->chance) * (double)problem->shift[shift].fixed_price) : 0;
    }
}

/* Asks about one route. */
static inline void ask_route(struct search *search, struct choice *choice, int32_t shift) {
    if (choice->barred[shift] | choice->barred_too[shift]) return;
    struct entry *entry = choice->entries + shift;
    struct route *route = search->routes + shift;
    if (entry->stamp != search->stamps[shift]) renew_entry(search, route, choice->what, entry);
    int64_t rebate = rebate_of(search, route);
    if (entry->price == NO_PRICE || entry->price - rebate >= choice->spot.price) return;
    if (choice->blinking && blinks(search)) choose(choice, route, second_best(search, route, choice->what), 1);
    else choose(choice, route, (struct spot){entry->price - rebate, entry->position & ~ENTRY_EXACT, entry->second}, (entry->position & ENTRY_EXACT) != 0);
}

/* Asks about the routes of the nearest neighbours, each once. */
static void ask_near(struct search *search, struct choice *choice) {
    const int32_t *near = search->near + (int64_t)choice->what.task * search->near_count;
    search->asked_turn++;
    for (int32_t each = 0; search->near != NULL && each < search->near_count && each < search->width; each++) {
        int32_t route = search->route_of[near[each]];
        if (route == NONE || search->asked[route] == search->asked_turn || search->problem->shift[route].closed) continue;
        search->asked[route] = search->asked_turn;
        ask_route(search, choice, route);
    }
}

/* The cheapest route; NULL in it where none takes the task. Where only near routes are asked and none takes it, all are. */
static struct choice cheapest(struct search *search, struct load_of what, int blinking) {
    int64_t row = (int64_t)what.task * search->problem->shifts, other = what.delivery == NONE ? row : (int64_t)what.delivery * search->problem->shifts;
    struct choice choice = {what, blinking, NULL, {NO_PRICE, 0, 0}, 0, search->entries + row, search->problem->barred + row, search->problem->barred + other};
    ask_near(search, &choice);
    for (int32_t slot = choice.route != NULL ? search->slots_used : 0; slot < search->slot_count; slot++) ask_route(search, &choice, search->slots[slot]);
    return choice;
}

/* What a task may cost at most: what leaving it out costs, and now and then more, so that tasks that pay only together may come together. */
static int64_t price_most(struct search *search, struct load_of what) {
    const struct task *task = search->problem->task + what.task, *delivery = search->problem->task + what.delivery;
    int64_t price = task->unplanned_price + (what.delivery == NONE ? 0 : delivery->unplanned_price);
    if (task->stays != NONE || (what.delivery != NONE && delivery->stays != NONE)) return NO_PRICE;
    if (search->blink > 0 && chance_below(&search->chance, GENEROUS_ONCE_IN) == 0) return price < NO_LIMIT >> 2 ? price * GENEROUS : price;
    return price;
}

/* Makes a place that is chosen part of the plan; 0 where memory is short. */
static int put_in(struct search *search, struct route *route, struct load_of what, const struct spot *spot) {
    int32_t count = apply_spot(route->now, what, spot, search->scratch_steps);
    int64_t before = value_of_state(route->now);
    if (route->now->count == 0) search->slots_stale = 1;
    if (route_touch(search, route) < 0 || state_room(route->now, count) < 0) return 0;
    memcpy(route->now->steps, search->scratch_steps, (size_t)count * sizeof(int32_t));
    route->now->count = count;
    route_work_out(search, route);
    search->running += value_of_state(route->now) - before;
    search->route_of[what.task] = route->shift;
    if (what.delivery != NONE) search->route_of[what.delivery] = route->shift;
    return 1;
}

/* Whether a price is about what it was guessed to be. */
static int is_near_guess(int64_t price, int64_t guess) { return price <= guess + (guess > 0 ? guess / 16 : 0); }

/* Makes a choice exact that was a guess; 0 where it is dearer than it looked, so that another route may be cheaper. */
static int settle_choice(struct search *search, struct choice *choice) {
    int64_t guess = choice->spot.price;
    if (choice->exact) return 1;
    guess += rebate_of(search, choice->route);
    struct entry *entry = choice->entries + choice->route->shift;
    struct spot found = {NO_PRICE, 0, 0};
    try_spot(search, choice->route, choice->what, &choice->spot, &found);
    if (found.price != NO_PRICE && is_near_guess(found.price, guess)) {
        keep_entry(entry, choice->route->now, &found, ENTRY_EXACT);
        choice->spot = found;
        return 1;
    }
    look_exactly(search, choice->route, choice->what, entry);
    choice->spot = (struct spot){entry->price, entry->position & ~ENTRY_EXACT, entry->second};
    return is_near_guess(entry->price, guess);
}

/* Puts a task (with its delivery) in where that costs least and less than leaving it out. */
static int place(struct search *search, struct load_of what) {
    for (int blinking = 1;; blinking = 0) {
        struct choice choice = cheapest(search, what, blinking);
        if (choice.route == NULL) return 0;
        if (!settle_choice(search, &choice)) continue;
        if (choice.spot.price >= price_most(search, what)) return 0;
        return put_in(search, choice.route, what, &choice.spot);
    }
}

/* The pick-up and delivery of a group of two, where both are out. */
static int is_pair(const struct search *search, const struct group *group, struct load_of *what) {
    const struct problem *problem = search->problem;
    if (group->count != 2) return 0;
    what->task = problem->members[group->first];
    what->delivery = problem->members[group->first + 1];
    return is_second_half(problem, what->delivery) && search->route_of[what->task] == NONE && search->route_of[what->delivery] == NONE;
}

/* Puts a task in, with all that goes in with it; whether it is in. */
static int put_back(struct search *search, int32_t task) {
    int32_t number = search->problem->task[task].group;
    struct load_of what = {task, NONE};
    if (search->route_of[task] != NONE) return 1;
    slots_refresh(search);
    if (number == NONE) return place(search, what);
    int together = is_pair(search, search->problem->group + number, &what) && search->problem->task[what.task].stays == NONE;
    if (together) place(search, what);
    else group_put_in(search, number);
    return search->route_of[task] != NONE;
}

/* Ends early where the plan can no longer become good enough to be kept. */
void recreate(struct search *search) {
    queue_sort(search);
    draw_rebates(search);
    search->absent_count = 0;
    for (int32_t each = 0; each < search->queue_count && search->running < search->hopeless; each++)
        if (!put_back(search, search->queue[each])) search->running += search->problem->task[search->queue[each]].unplanned_price;
    for (int32_t each = 0; each < search->queue_count; each++)
        if (search->route_of[search->queue[each]] == NONE) search->absent[search->absent_count++] = search->queue[each];
}
