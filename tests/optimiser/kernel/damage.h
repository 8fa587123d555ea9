/* Damages a case as a broken file, a wrong sum or an enemy would. */
#ifndef DOORSTEP_DAMAGE_H
#define DOORSTEP_DAMAGE_H

#include "case.h"
#include "random.h"

/* Damages a case in one to four places. */
void damage(struct kernel_case *damaged, struct chance *chance);

#endif
