/* The kinds of broken rules, in the order of `ViolationKind` in `domain/schedule_values.py`. */
#ifndef DOORSTEP_RULES_H
#define DOORSTEP_RULES_H

enum rule {
    RULE_LATE,
    RULE_LOAD,
    RULE_SKILL,
    RULE_FEATURE,
    RULE_PRECEDENCE,
    RULE_SHIFT,
    RULE_BREAK,
    RULE_DISTANCE,
    RULE_DURATION,
    RULE_RELOAD,
    RULE_FORBIDDEN,
    RULE_UNREACHABLE,
    RULES
};

#endif
