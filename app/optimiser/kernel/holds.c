/* What is on board in the gaps of a route, and what room is left there; worked out only when it is asked for. */
#include <string.h>

#include "search.h"
#include "travel.h"

/* What is on board in a gap. */
static void load_in(const struct search *search, const struct state *state, const struct gap *gap, struct hold *hold) {
    const int64_t *load = NULL;
    if (gap->position < state->count && (gap->position == 0 || gap->takes_reload)) load = search->work.on_board.before[gap->position];
    else if (gap->position > 0) load = search->work.on_board.after[gap->position - 1];
    for (int measure = 0; measure < MEASURES; measure++) hold->load[measure] = load == NULL ? 0 : load[measure];
}

/* The loads of all gaps: what is on board, and from both ends of each trip what room is left at every moment of it. */
static void find_room(const struct search *search, const struct shift *shift, struct state *state) {
    for (int32_t number = 0; number < state->gap_count; number++) {
        struct hold *hold = state->holds + number;
        load_in(search, state, state->gaps + number, hold);
        for (int measure = 0; measure < MEASURES; measure++) {
            hold->free_before[measure] = room_left(shift, measure, hold->load[measure]);
            if (number && !state->gaps[number].takes_reload) hold->free_before[measure] = sooner(hold->free_before[measure], hold[-1].free_before[measure]);
        }
    }
    for (int32_t number = state->gap_count - 1; number >= 0; number--) {
        struct hold *hold = state->holds + number;
        int last = number + 1 == state->gap_count || state->gaps[number + 1].takes_reload;
        for (int measure = 0; measure < MEASURES; measure++) {
            hold->free_after[measure] = room_left(shift, measure, hold->load[measure]);
            if (!last) hold->free_after[measure] = sooner(hold->free_after[measure], hold[1].free_after[measure]);
        }
    }
}

void holds_find(struct search *search, const struct route *route) {
    struct state *state = route->now;
    const struct shift *shift = search->problem->shift + route->shift;
    struct tally unused;
    if (state->holds_known) return;
    memset(&unused, 0, sizeof unused);
    loads_run(&search->work, shift, state->steps, state->count, &unused);
    find_room(search, shift, state);
    state->holds_known = 1;
}
