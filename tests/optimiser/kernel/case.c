/* Reads, copies and frees the cases of the test programs. */
#include "case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *case_room(const void *content, int64_t count, size_t size) {
    size_t length = (size_t)count * size;
    void *found = malloc(length ? length : 1);
    if (found == NULL) abort();
    if (content && length) memcpy(found, content, length);
    return found;
}

static int read_numbers(FILE *file, void **numbers, int64_t count, size_t size) {
    if (count < 0 || count > (int64_t)1 << 28) return -1;
    *numbers = case_room(NULL, count, size);
    return fread(*numbers, size, (size_t)count, file) == (size_t)count ? 0 : -1;
}

static int read_tables(FILE *file, struct kernel_case *found, int64_t count) {
    if (count < 0 || count > 1 << 16) return -1;
    found->tables = calloc((size_t)count + 1, sizeof(kernel_table));
    if (found->tables == NULL) abort();
    for (; found->table_count < count; found->table_count++) {
        kernel_table *table = found->tables + found->table_count;
        void *numbers = NULL;
        int failed = fread(&table->count, 8, 1, file) != 1 || read_numbers(file, &numbers, table->count, 4) < 0;
        table->numbers = numbers;
        if (failed) {
            free(numbers);
            return -1;
        }
    }
    return 0;
}

static int read_parts(FILE *file, struct kernel_case *found) {
    int64_t counts[3];
    if (fread(counts, 8, 3, file) != 3) return -1;
    found->word_count = counts[0];
    found->plan_count = counts[2];
    if (read_numbers(file, (void **)&found->words, counts[0], 8) < 0) return -1;
    if (read_tables(file, found, counts[1]) < 0) return -1;
    return read_numbers(file, (void **)&found->plan, counts[2], 8);
}

int case_read(struct kernel_case *found, const char *path) {
    FILE *file = fopen(path, "rb");
    memset(found, 0, sizeof *found);
    if (file == NULL) return -1;
    int failed = read_parts(file, found);
    fclose(file);
    if (failed < 0) case_free(found);
    return failed;
}

void case_copy(struct kernel_case *copy, const struct kernel_case *original) {
    *copy = *original;
    copy->words = case_room(original->words, original->word_count, 8);
    copy->plan = case_room(original->plan, original->plan_count, 8);
    copy->tables = case_room(original->tables, original->table_count, sizeof(kernel_table));
    for (int64_t each = 0; each < copy->table_count; each++)
        copy->tables[each].numbers = case_room(original->tables[each].numbers, original->tables[each].count, 4);
}

void case_free(struct kernel_case *found) {
    for (int64_t each = 0; each < found->table_count; each++) free((void *)(uintptr_t)found->tables[each].numbers);
    free(found->tables);
    free(found->words);
    free(found->plan);
    memset(found, 0, sizeof *found);
}
