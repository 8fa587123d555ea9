"""Broken rules in words with their numbers, one sentence a vehicle: `Van 3: 11 min too late at 12:00; full by 14 kg.`"""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from app.domain.ids import TaskId
from app.domain.schedule import Timeline, Violation, ViolationKind
from app.domain.sentences import Fact, Sentence
from app.domain.units import MILLIS_PER_MINUTE, from_clock
from app.services.planning_values import DayProblem
from app.services.problem import Obstacle

RULES = 3
"""How many broken rules of a vehicle are named; the rest is counted."""
_SPANS = {ViolationKind.SHIFT, ViolationKind.BREAK, ViolationKind.DURATION}
_LACKS = {ViolationKind.SKILL, ViolationKind.FEATURE}


def why_not(day: DayProblem, against: Obstacle, line: Timeline) -> Sentence:
    """What stands against a task on a shift, its own rules first; `line` is the route with it."""
    broken = sorted(against.broken, key=lambda each: each.task not in (against.task, None))
    rules = [_rule(day, against.task, each, line) for each in broken[:RULES]]
    if len(broken) > RULES:
        rules.append(Sentence.of("planning.why_more", count=len(broken) - RULES))
    return Sentence.of("planning.why", vehicle=day.vehicles[against.shift], rules=_joined(rules))


def _joined(rules: Sequence[Sentence]) -> Sentence:
    """One sentence of several: each language joins two in its own way, the second may be two again."""
    first, *rest = rules
    return Sentence.of("planning.why_and", first=first, rest=_joined(rest)) if rest else first


def _rule(day: DayProblem, task: TaskId, broken: Violation, line: Timeline) -> Sentence:
    facts: dict[str, Fact] = {}
    key = f"planning.why_{broken.kind.value}"
    if broken.kind is ViolationKind.LATE and broken.task is not None:
        begin = next(halt.begin for halt in line.halts if halt.task == broken.task)
        facts = {"minutes": minutes_up(broken.amount), "at": hour(day, begin)}
        if broken.task != task:
            key, facts["order"] = "planning.why_late_other", day.orders[broken.task].number
    elif broken.kind is ViolationKind.LOAD:
        key, facts = f"planning.why_load_{broken.measure}", {"amount": amount_said(broken.measure, broken.amount)}
    elif broken.kind in _SPANS:
        facts = {"minutes": minutes_up(broken.amount)}
    elif broken.kind is ViolationKind.DISTANCE:
        facts = {"km": kilometers(broken.amount)}
    elif broken.kind in _LACKS:
        facts = {"missing": ", ".join(broken.missing)}
    return Sentence.of(key, **facts)


def hours_said(day: DayProblem, spans: Iterable[tuple[int, int]]) -> str:
    """Clock readings as 08:00–10:00, 14:00–16:00."""
    return ", ".join(f"{hour(day, opens)}–{hour(day, closes)}" for opens, closes in spans)


def hour(day: DayProblem, reading: int) -> str:
    """A clock reading as the depot's wall time, 24 hours, cut to the minute."""
    return f"{from_clock(reading, day.origin).astimezone(ZoneInfo(day.problem.zone)):%H:%M}"


def minutes_up(span: int) -> int:
    """Whole minutes, rounded up: a second too late is a minute in a sentence."""
    return -(-span // MILLIS_PER_MINUTE)


def amount_said(measure: str, amount: int) -> str:
    """Kilograms, litres or pieces as text without needless digits."""
    return f"{amount / 1_000:.3f}".rstrip("0").rstrip(".") if measure != "pieces" else str(amount)


def kilometers(meters: int) -> str:
    """Kilometres with one digit."""
    return f"{meters / 1_000:.1f}"
