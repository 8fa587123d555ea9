/* The kinds of damage: flipped bits, extreme numbers, words swapped, copied over, put in, taken out and cut off, tables of other sizes, lost or missing. */
#include "damage.h"

#include <stdlib.h>
#include <string.h>

/* Numbers at which something changes its meaning, overflows, or passes a bound. */
static const int64_t EDGES[] = {
    0, 1, -1, 2, -2, 3, 7, 8, 63, 64, 65, 255, 256, 1000, 20000, 86400000, -86400000, 1000000,
    INT32_MAX, INT32_MIN, (int64_t)INT32_MAX + 1, (int64_t)1 << 28, ((int64_t)1 << 28) - 1, (int64_t)1 << 36, ((int64_t)1 << 36) - 1, -((int64_t)1 << 36),
    (int64_t)1 << 40, (int64_t)1 << 50, ((int64_t)1 << 50) - 1, (int64_t)1 << 60, -((int64_t)1 << 60), INT64_MAX, INT64_MAX - 1, INT64_MIN, INT64_MIN + 1,
};
#define EDGE_COUNT ((int32_t)(sizeof EDGES / sizeof EDGES[0]))

static int64_t edge(struct chance *chance) { return EDGES[chance_below(chance, EDGE_COUNT)]; }

static int64_t place(struct chance *chance, int64_t count) { return chance_below(chance, (int32_t)count); }

/* Resized to the byte. */
static int64_t *resized(int64_t *words, int64_t old, int64_t count) {
    int64_t *found = case_room(NULL, count, 8);
    memset(found, 0, (size_t)count * 8);
    memcpy(found, words, (size_t)(old < count ? old : count) * 8);
    free(words);
    return found;
}

static void cut(int64_t **words, int64_t *count, struct chance *chance) {
    int64_t kept = place(chance, *count);
    *words = resized(*words, *count, kept);
    *count = kept;
}

static void put_in(int64_t **words, int64_t *count, struct chance *chance) {
    int64_t at = place(chance, *count);
    *words = resized(*words, *count, *count + 1);
    memmove(*words + at + 1, *words + at, (size_t)(*count - at) * 8);
    if (chance_below(chance, 2)) (*words)[at] = edge(chance);
    ++*count;
}

static void pull_out(int64_t **words, int64_t *count, struct chance *chance) {
    int64_t at = place(chance, *count);
    memmove(*words + at, *words + at + 1, (size_t)(*count - at - 1) * 8);
    *words = resized(*words, *count, *count - 1);
    --*count;
}

static void swap(int64_t *words, int64_t count, struct chance *chance) {
    int64_t one = place(chance, count), other = chance_below(chance, 2) ? place(chance, count) : (one + 1) % count;
    int64_t kept = words[one];
    words[one] = words[other];
    words[other] = kept;
}

/* A stretch of words written over another. */
static void copy_over(int64_t *words, int64_t count, struct chance *chance) {
    int64_t from = place(chance, count), to = place(chance, count), length = 1 + chance_below(chance, 16);
    if (length > count - from) length = count - from;
    if (length > count - to) length = count - to;
    memmove(words + to, words + from, (size_t)length * 8);
}

/* Changes one number only, so that what follows it is still read. */
static void damage_word(int64_t *word, struct chance *chance) {
    switch (chance_below(chance, 8)) {
        case 0: *word ^= (int64_t)((uint64_t)1 << chance_below(chance, 64)); break;
        case 1: *word ^= (int64_t)((uint64_t)1 << chance_below(chance, 12)); break;
        case 2: *word = (int64_t)((uint64_t)*word + (uint64_t)chance_below(chance, 5) - 2); break;
        case 3: *word = chance_below(chance, 10); break;
        case 4: *word = (int64_t)(chance_next(chance) >> chance_below(chance, 64)); break;
        default: *word = edge(chance);
    }
}

static void damage_words(int64_t **words, int64_t *count, struct chance *chance) {
    if (*count == 0) return;
    switch (chance_below(chance, 12)) {
        case 0: cut(words, count, chance); break;
        case 1: put_in(words, count, chance); break;
        case 2: pull_out(words, count, chance); break;
        case 3: swap(*words, *count, chance); break;
        case 4: copy_over(*words, *count, chance); break;
        default: damage_word(*words + place(chance, *count), chance);
    }
}

/* Another count of cells, and the memory with it. */
static void resize_table(kernel_table *table, struct chance *chance) {
    int64_t count = chance_below(chance, 2) ? place(chance, table->count + 1) : table->count + 1 + chance_below(chance, 9);
    int32_t *numbers = case_room(NULL, count, 4);
    memset(numbers, 0, (size_t)count * 4);
    if (table->numbers) memcpy(numbers, table->numbers, (size_t)(table->count < count ? table->count : count) * 4);
    free((void *)(uintptr_t)table->numbers);
    *table = (kernel_table){numbers, count};
}

static void damage_cells(kernel_table *table, struct chance *chance) {
    int32_t *numbers = (int32_t *)(uintptr_t)table->numbers;
    for (int32_t times = chance_below(chance, 6); times >= 0 && table->count > 0 && numbers; times--) {
        int32_t *cell = numbers + place(chance, table->count);
        *cell = chance_below(chance, 2) ? (int32_t)edge(chance) : *cell ^ (int32_t)((uint32_t)1 << chance_below(chance, 32));
    }
}

/* Every way as long as can be, or none at all. */
static void flood(kernel_table *table, struct chance *chance) {
    int32_t number = chance_below(chance, 2) ? INT32_MAX : -chance_below(chance, 2);
    for (int64_t cell = 0; cell < table->count && table->numbers; cell++) ((int32_t *)(uintptr_t)table->numbers)[cell] = number;
}

static void lose_table(struct kernel_case *damaged) {
    kernel_table *last = damaged->tables + --damaged->table_count;
    free((void *)(uintptr_t)last->numbers);
}

static void damage_tables(struct kernel_case *damaged, struct chance *chance) {
    if (damaged->table_count == 0) return;
    kernel_table *table = damaged->tables + place(chance, damaged->table_count), kept = *table;
    switch (chance_below(chance, 8)) {
        case 0: resize_table(table, chance); break;
        case 1: lose_table(damaged); break;
        case 2:
            free((void *)(uintptr_t)table->numbers);
            table->numbers = NULL;
            break;
        case 3:
            *table = damaged->tables[0];
            damaged->tables[0] = kept;
            break;
        case 4: flood(table, chance); break;
        default: damage_cells(table, chance);
    }
}

/* Whatever comes, most of which is refused. */
static void damage_anything(struct kernel_case *damaged, struct chance *chance) {
    int32_t where = chance_below(chance, 10);
    if (where < 7)
        damage_words(&damaged->words, &damaged->word_count, chance);
    else if (where < 8)
        damage_words(&damaged->plan, &damaged->plan_count, chance);
    else
        damage_tables(damaged, chance);
}

/* Numbers only, most of which make another problem. */
static void damage_number(struct kernel_case *damaged, struct chance *chance) {
    if (chance_below(chance, 3) || damaged->table_count == 0)
        damage_word(damaged->words + place(chance, damaged->word_count), chance);
    else
        damage_cells(damaged->tables + place(chance, damaged->table_count), chance);
}

void damage(struct kernel_case *damaged, struct chance *chance) {
    int gentle = chance_below(chance, 3) > 0 && damaged->word_count > 0;
    for (int32_t times = chance_below(chance, gentle ? 2 : 4); times >= 0; times--) {
        if (gentle)
            damage_number(damaged, chance);
        else
            damage_anything(damaged, chance);
    }
}
