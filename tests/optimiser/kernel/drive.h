/* One problem through every door of the kernel. */
#ifndef DOORSTEP_DRIVE_H
#define DOORSTEP_DRIVE_H

#include "case.h"

/* How a case went. */
enum outcome { REFUSED, SHORT_OF_MEMORY, NO_PLAN, WORKED };
#define OUTCOMES 4

/* Opens, takes the case's plan, constructs, anneals, asks what can be asked, closes. What must hold of every answer is checked: where it does not, the
 * program says so and ends by `abort`. `strict`: a plan of the kernel's own must be taken and judged (memory is not made short). */
enum outcome drive(const struct kernel_case *given, uint64_t seed, int64_t iterations, int strict);

#endif
