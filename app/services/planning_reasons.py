"""Why an order is in no route: at least one sentence with numbers for each, best vehicle first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.ids import ShiftId, TaskId
from app.domain.orders import TaskKind
from app.domain.schedule import ShiftTerms, Step, TaskTerms, Violation, ViolationKind
from app.domain.sentences import Fact, Sentence
from app.domain.units import MILLIS_PER_MINUTE, from_clock
from app.services.planning_insertion import Insertion, Slack, best_in, slack_of
from app.services.planning_values import DayProblem

NAMED = 3
"""How many vehicles a reason names."""
MEASURES = ("weight", "volume", "pieces")


class Explainer:
    """Gives reasons for one set of routes; the slack of each route is worked out once."""

    def __init__(self, problem: DayProblem, routes: Mapping[ShiftId, Sequence[Step]]) -> None:
        self._day = problem
        self._zone = ZoneInfo(problem.problem.zone)
        self._slacks = [slack_of(problem.problem, problem.terms, shift, tuple(routes.get(shift.id, ()))) for shift in problem.shifts.values()]

    def reasons(self, task: TaskId) -> tuple[Sentence, ...]:
        """Why this task is in no route; never empty."""
        terms = self._day.terms.get(task)
        if terms is None:
            return self._day.left_out.get(task) or (Sentence.of("planning.on_hold"),)
        return self.never(terms) or self._now(terms)

    def never(self, task: TaskTerms) -> tuple[Sentence, ...]:
        """Reasons that hold whatever the routes are: what no shift has, carries or reaches in time."""
        return impossible(self._day, task)

    def _now(self, task: TaskTerms) -> tuple[Sentence, ...]:
        """What stands against each of the best vehicles as the routes are."""
        pairs = [(best_in(slack, self._day.terms, task, anyhow=True), slack) for slack in self._slacks if _may(slack.shift, task)]
        tried = sorted(((found, slack) for found, slack in pairs if found is not None), key=lambda pair: (pair[0].breaks, pair[0].excess, pair[0].price))
        if not tried:
            return (Sentence.of("planning.no_vehicle"),)
        best, slack = tried[0]
        if not best.breaks:
            return (self._fits(best, slack, task),)
        return tuple(dict.fromkeys(said for found, slack in tried[:NAMED] for said in self._against(found, slack)))

    def _fits(self, best: Insertion, slack: Slack, task: TaskTerms) -> Sentence:
        vehicle = self._day.vehicles[slack.shift.id]
        if task.after is not None or any(other.after == task.id for other in self._day.terms.values()):
            return Sentence.of("planning.pair_does_not_fit", vehicle=vehicle)
        minutes = _minutes(best.timeline.duration - slack.now.duration)
        return Sentence.of("planning.would_fit", vehicle=vehicle, position=best.position + 1, minutes=minutes)

    def _against(self, found: Insertion, slack: Slack) -> list[Sentence]:
        """One sentence for each rule that the insertion would newly break."""
        old = {(each.kind, each.task, each.measure): each.amount for each in slack.now.violations}
        new = [each for each in found.timeline.violations if each.amount > old.get((each.kind, each.task, each.measure), -1)]
        return [self._said(each, found, slack.shift) for each in new]

    def _said(self, broken: Violation, found: Insertion, shift: ShiftTerms) -> Sentence:
        facts: dict[str, Fact] = {"vehicle": self._day.vehicles[shift.id]}
        key = f"planning.why_{broken.kind.value}"
        if broken.kind is ViolationKind.LATE and broken.task is not None:
            begin = next(halt.begin for halt in found.timeline.halts if halt.task == broken.task)
            facts |= {"minutes": _minutes(broken.amount), "at": self._hour(begin)}
            own = found.steps[found.position].task
            if broken.task != own:
                key, facts["order"] = "planning.why_late_other", self._day.orders[broken.task].number
        elif broken.kind is ViolationKind.LOAD:
            key = f"planning.why_load_{broken.measure}"
            facts |= {"amount": amount_said(broken.measure, broken.amount)}
        elif broken.kind in {ViolationKind.SHIFT, ViolationKind.BREAK, ViolationKind.DURATION}:
            facts |= {"minutes": _minutes(broken.amount)}
        elif broken.kind is ViolationKind.DISTANCE:
            facts |= {"km": kilometers(broken.amount)}
        elif broken.kind in {ViolationKind.SKILL, ViolationKind.FEATURE}:
            facts |= {"missing": ", ".join(broken.missing)}
        return Sentence.of(key, **facts)

    def _hour(self, reading: int) -> str:
        return _local(reading, self._day.origin, self._zone)


def impossible(day: DayProblem, task: TaskTerms) -> tuple[Sentence, ...]:
    """Reasons that hold whatever the routes are; empty where some vehicle could serve it alone."""
    shifts = list(day.shifts.values())
    if not shifts:
        return (Sentence.of("planning.no_shift"),)
    said = _nobody(day, task, shifts) + _too_much(task, shifts)
    if said:
        return tuple(said)
    able = [shift for shift in shifts if _may(shift, task)]
    if not able:
        return (Sentence.of("planning.no_vehicle_has_all"),)
    return _alone(day, task, able)


def _nobody(day: DayProblem, task: TaskTerms, shifts: list[ShiftTerms]) -> list[Sentence]:
    """Skills and features that no shift has at all."""
    del day
    skills = task.skills - frozenset().union(*(shift.skills for shift in shifts))
    features = task.features - frozenset().union(*(shift.features for shift in shifts))
    said = [Sentence.of("planning.nobody_skill", skill=each) for each in sorted(skills)]
    return said + [Sentence.of("planning.nobody_feature", feature=each) for each in sorted(features)]


def _too_much(task: TaskTerms, shifts: list[ShiftTerms]) -> list[Sentence]:
    """Measures in which the order alone is more than any vehicle carries."""
    said = []
    for measure in MEASURES:
        limits = [getattr(shift.capacity, measure) for shift in shifts]
        amount = getattr(task.load, measure)
        if all(limit is not None and amount > limit for limit in limits):
            said.append(Sentence.of(f"planning.too_much_{measure}", amount=amount_said(measure, amount), most=amount_said(measure, max(limits))))
    return said


def _alone(day: DayProblem, task: TaskTerms, able: list[ShiftTerms]) -> tuple[Sentence, ...]:
    """Why not even an empty vehicle could serve it: windows outside every shift, or too far for the shift."""
    if task.after is not None or task.kind is not TaskKind.DELIVERY:
        return ()
    best: tuple[int, tuple[Violation, ...]] | None = None
    for shift in able:
        found = slack_of(day.problem, day.terms, shift, ())
        tried = best_in(found, day.terms, task, anyhow=True)
        if tried is None or not tried.breaks:
            return ()
        if best is None or tried.excess < best[0]:
            best = (tried.excess, tried.timeline.violations)
    if best is None:
        return ()
    return _outside(day, task, best[1])


def _outside(day: DayProblem, task: TaskTerms, broken: tuple[Violation, ...]) -> tuple[Sentence, ...]:
    zone = ZoneInfo(day.problem.zone)
    kinds = {each.kind: each.amount for each in broken}
    said = []
    if ViolationKind.LATE in kinds or (ViolationKind.SHIFT in kinds and task.windows):
        hours = ", ".join(f"{_local(each.opens, day.origin, zone)}–{_local(each.closes, day.origin, zone)}" for each in task.windows)
        said.append(
            Sentence.of("planning.window_outside", windows=hours, minutes=_minutes(max(kinds.get(ViolationKind.LATE, 0), kinds.get(ViolationKind.SHIFT, 0))))
        )
    elif ViolationKind.SHIFT in kinds:
        said.append(Sentence.of("planning.too_far_shift", minutes=_minutes(kinds[ViolationKind.SHIFT])))
    if ViolationKind.DISTANCE in kinds:
        said.append(Sentence.of("planning.too_far_distance", km=kilometers(kinds[ViolationKind.DISTANCE])))
    if ViolationKind.DURATION in kinds:
        said.append(Sentence.of("planning.too_far_duration", minutes=_minutes(kinds[ViolationKind.DURATION])))
    if ViolationKind.UNREACHABLE in kinds:
        said.append(Sentence.of("planning.no_road_for_able"))
    return tuple(said)


def _may(shift: ShiftTerms, task: TaskTerms) -> bool:
    """Skills, features, assignment and its own load."""
    own = task.only is None or task.only == shift.id
    return own and task.skills <= shift.skills and task.features <= shift.features and shift.id not in task.never and shift.capacity.fits(task.load)


def _minutes(span: int) -> int:
    """Whole minutes, rounded up: a second too late is a minute in a sentence."""
    return -(-span // MILLIS_PER_MINUTE)


def _local(reading: int, origin: datetime, zone: ZoneInfo) -> str:
    return f"{from_clock(reading, origin).astimezone(zone):%H:%M}"


def amount_said(measure: str, amount: int) -> str:
    """Kilograms, litres or pieces as text without needless digits."""
    return f"{amount / 1_000:.3f}".rstrip("0").rstrip(".") if measure != "pieces" else str(amount)


def kilometers(meters: int) -> str:
    """Kilometres with one digit."""
    return f"{meters / 1_000:.1f}"
