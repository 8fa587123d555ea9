/* Drives cases through the kernel, whole or damaged: `fuzz SEED FIRST COUNT FILE…`; COUNT 0: each file once, whole.
 *
 * A damaged case is made of the seed and its number alone, so one that fails is had again by `fuzz SEED NUMBER 1 FILE…`; its number is told however the
 * program ends. One in eight runs with memory that gives out. A case that takes longer than `LONGEST` seconds hangs. Writes how many cases ended how.
 */
#define _POSIX_C_SOURCE 200809L
#include <sanitizer/common_interface_defs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "damage.h"
#include "drive.h"

#define LONGEST 60
#define ITERATIONS 40

int64_t memory_left = -1;

static const char *OUTCOME_NAMES[OUTCOMES] = {"refused", "short of memory", "no plan", "worked"};
static long long under_way = -1;

#if defined(__linux__)
#define LEAKS ":detect_leaks=1"
#else
#define LEAKS "" /* elsewhere a sanitizer may know nothing of leaks and refuses the word */
#endif

/* Too large a wish for memory is answered with NULL, as on a real machine. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "allocator_may_return_null=1:max_allocation_size_mb=1024:exitcode=99" LEAKS; }

static void tell(const char *what) {
    char line[100];
    int length = snprintf(line, sizeof line, "%s in case %lld\n", what, under_way);
    if (write(STDERR_FILENO, line, (size_t)length) != length) _exit(98);
}

static void on_death(void) { tell("died"); }

static void on_alarm(int signal) {
    (void)signal;
    tell("hangs");
    _exit(97);
}

static void on_abort(int signal) {
    (void)signal;
    tell("aborted");
    _exit(96);
}

static enum outcome run_damaged(const struct kernel_case *original, uint64_t seed, int64_t number) {
    struct kernel_case damaged;
    struct chance chance;
    chance_seed(&chance, seed ^ ((uint64_t)number * 0xD6E8FEB86659FD93u));
    for (int warm = 0; warm < 8; warm++) chance_next(&chance);
    case_copy(&damaged, original);
    int scarce = chance_below(&chance, 8) == 0;
    if (!scarce || chance_below(&chance, 2)) damage(&damaged, &chance);
    memory_left = scarce ? 1 + chance_below(&chance, 8 << chance_below(&chance, 7)) : -1;
    enum outcome outcome = drive(&damaged, chance_next(&chance), ITERATIONS, !scarce);
    memory_left = -1;
    case_free(&damaged);
    return outcome;
}

static void run_all(const struct kernel_case *cases, int64_t files, uint64_t seed, int64_t first, int64_t count) {
    int64_t ended[OUTCOMES] = {0};
    for (int64_t number = first; number < first + (count ? count : files); number++) {
        under_way = number;
        alarm(LONGEST);
        const struct kernel_case *original = cases + number % files;
        ended[count ? run_damaged(original, seed, number) : drive(original, seed, ITERATIONS, 1)]++;
    }
    for (int outcome = 0; outcome < OUTCOMES; outcome++) printf("%s %lld\n", OUTCOME_NAMES[outcome], (long long)ended[outcome]);
}

/* Reads the files; how many were cases, which is all of them unless one was none. */
static int64_t read_all(struct kernel_case *cases, char **names, int64_t files) {
    for (int64_t file = 0; file < files; file++)
        if (case_read(cases + file, names[file]) < 0) {
            fprintf(stderr, "%s is no case\n", names[file]);
            return file;
        }
    return files;
}

int main(int count, char **words) {
    if (count < 5) {
        fputs("fuzz SEED FIRST COUNT FILE…\n", stderr);
        return 2;
    }
    int64_t files = count - 4;
    struct kernel_case *cases = case_room(NULL, files, sizeof *cases);
    __sanitizer_set_death_callback(on_death);
    signal(SIGALRM, on_alarm);
    signal(SIGABRT, on_abort);
    int64_t read = read_all(cases, words + 4, files);
    if (read == files) run_all(cases, files, strtoull(words[1], NULL, 10), strtoll(words[2], NULL, 10), strtoll(words[3], NULL, 10));
    for (int64_t file = 0; file < read; file++) case_free(cases + file);
    free(cases);
    return read == files ? 0 : 2;
}
