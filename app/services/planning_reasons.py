"""Why an order is in no route, or late: at least one sentence with numbers for each, best vehicle first.

What an engine says of obstacles is used for words only, and each that is named is worked out again here; where it does not hold, or nothing is said, the
plain search of `advice_search` finds them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.ids import TaskId
from app.domain.orders import TaskKind
from app.domain.schedule import ShiftTerms, TaskTerms, Timeline, Violation, ViolationKind
from app.domain.sentences import Sentence
from app.services.advice import Adviser
from app.services.advice_search import EveryPlace
from app.services.advice_values import hard, newly_broken, put_in, spot_of
from app.services.planning_insertion import best_in, slack_of
from app.services.planning_rules import amount_said, hours_said, kilometers, minutes_up, why_not
from app.services.planning_values import DayProblem
from app.services.problem import Obstacle, RoutePlan

NAMED = 3
"""How many vehicles a reason names."""
MEASURES = ("weight", "volume", "pieces")


@dataclass(frozen=True, slots=True)
class _Named:
    """An obstacle that was worked out again: the route without the task and with it; neither where locks stand against it."""

    obstacle: Obstacle
    before: Timeline | None = None
    after: Timeline | None = None

    @property
    def fits(self) -> bool:
        return self.after is not None and not self.obstacle.broken


class Explainer:
    """Gives reasons for one set of routes with their locks. `obstacles` are what an engine found."""

    def __init__(self, problem: DayProblem, routes: Iterable[RoutePlan], obstacles: Iterable[Obstacle] = ()) -> None:
        self._day = problem
        self._adviser = Adviser(replace(problem.problem, start=tuple(routes)), EveryPlace)
        self._standing = self._adviser.standing
        self._given: dict[TaskId, list[Obstacle]] = {}
        for each in obstacles:
            self._given.setdefault(each.task, []).append(each)

    def reasons(self, task: TaskId, most: int | None = NAMED) -> tuple[Sentence, ...]:
        """Why this task is in no route; never empty. At most so many vehicles are named, best first; None: every one."""
        terms = self._day.terms.get(task)
        if terms is None:
            return self._day.left_out.get(task) or (Sentence.of("planning.on_hold"),)
        return impossible(self._day, terms) or self._now(terms, most)

    def late_reasons(self, task: TaskId, most: int | None = NAMED) -> tuple[Sentence, ...]:
        """Why a planned task is late: what stands against serving it in time, its own vehicle among them; never empty.

        As many vehicles as in `reasons`. Raises KeyError for a task in no route.
        """
        standing, shift = self._standing, self._standing.planned[task]
        held = (Sentence.of("planning.held_by_lock", vehicle=self._day.vehicles[shift]),)
        if not standing.movable(task):
            return held
        if task in standing.stays:
            return (*held, *(self._sentence(each) for each in self._named(task, None) if each.after is not None))
        return tuple(self._sentence(each) for each in self._named(task, most))

    def _now(self, task: TaskTerms, most: int | None) -> tuple[Sentence, ...]:
        """What stands against each of the best vehicles as the routes are."""
        named = self._named(task.id, most)
        if all(any(broken.kind is ViolationKind.FORBIDDEN for broken in each.obstacle.broken) for each in named):
            return (Sentence.of("planning.no_vehicle"),)
        if named[0].fits and most is not None:
            return (self._sentence(named[0]),)
        said = tuple(self._sentence(each) for each in named)
        if task.id in self._standing.partners and not named[0].fits:
            return (Sentence.of("planning.pair_does_not_fit", vehicle=self._day.vehicles[named[0].obstacle.shift]), *said)
        return said

    def _sentence(self, named: _Named) -> Sentence:
        found, vehicle = named.obstacle, self._day.vehicles[named.obstacle.shift]
        if named.before is None or named.after is None:
            rule = "planning.why_locked" if self._standing.closed(found.shift) else "planning.why_forbidden"
            return Sentence.of("planning.why", vehicle=vehicle, rules=Sentence.of(rule))
        if found.broken or found.position is None:
            return why_not(self._day, found, named.after)
        minutes = max(0, minutes_up(named.after.duration - named.before.duration))
        key = "planning.in_time" if found.task in self._standing.planned else "planning.would_fit"
        return Sentence.of(key, vehicle=vehicle, position=found.position + 1, minutes=minutes)

    # Obstacles -----------------------------------------------------------------------------------------------------

    def _named(self, task: TaskId, most: int | None) -> list[_Named]:
        """What the engine said, where all of it that is named holds and no vehicle is missing; else what the plain search finds."""
        given = self._given.get(task, [])[:most]
        if len(given) >= min(most or len(self._day.shifts), len(self._day.shifts)):
            found = [self._looked_at(each) for each in given]
            if all(found):
                return [each for each in found if each is not None]
        searched = [self._looked_at(each) for each in self._adviser.obstacles([task])[0][:most]]
        return [each for each in searched if each is not None]

    def _looked_at(self, each: Obstacle) -> _Named | None:
        """An obstacle worked out again; None where it is not as it says."""
        standing = self._standing
        if each.task not in standing.tasks or each.shift not in standing.shifts:
            return None
        may = standing.may_place(each.task, each.shift)
        if each.position is None:
            return None if may else _Named(each)
        partner = standing.partners.get(each.task)
        if not may or (partner is None) != (each.partner_position is None):
            return None
        rest = self._adviser.rests(each.task)[each.shift]
        try:
            steps = put_in(rest, each.task, spot_of(each), partner)
        except IndexError:
            return None
        fixed = standing.fixed(each.shift)
        tasks = {**standing.tasks, each.task: hard(standing.tasks[each.task])} if each.task in standing.planned else standing.tasks
        before, after = standing.line(each.shift, rest, tasks), standing.line(each.shift, steps, tasks)
        holds = set(newly_broken(before, after)) == set(each.broken) and steps[:fixed] == standing.routes[each.shift][:fixed]
        return _Named(each, before, after) if holds else None


def impossible(day: DayProblem, task: TaskTerms) -> tuple[Sentence, ...]:
    """Reasons that hold whatever the routes are; empty where some vehicle could serve it alone."""
    shifts = list(day.shifts.values())
    if not shifts:
        return (Sentence.of("planning.no_shift"),)
    said = _nobody(day, task, shifts) + _too_much(task, shifts)
    if said:
        return tuple(said)
    if not any(_may(shift, task) for shift in shifts):
        return (Sentence.of("planning.no_vehicle_has_all"),)
    return _alone(day, task, (shift for shift in shifts if _may(shift, task)))  # mostly the first one serves


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


def _alone(day: DayProblem, task: TaskTerms, able: Iterable[ShiftTerms]) -> tuple[Sentence, ...]:
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
    kinds = {each.kind: each.amount for each in broken}
    said = []
    if ViolationKind.LATE in kinds or (ViolationKind.SHIFT in kinds and task.windows):
        hours = hours_said(day, ((each.opens, each.closes) for each in task.windows))
        said.append(
            Sentence.of("planning.window_outside", windows=hours, minutes=minutes_up(max(kinds.get(ViolationKind.LATE, 0), kinds.get(ViolationKind.SHIFT, 0))))
        )
    elif ViolationKind.SHIFT in kinds:
        said.append(Sentence.of("planning.too_far_shift", minutes=minutes_up(kinds[ViolationKind.SHIFT])))
    if ViolationKind.DISTANCE in kinds:
        said.append(Sentence.of("planning.too_far_distance", km=kilometers(kinds[ViolationKind.DISTANCE])))
    if ViolationKind.DURATION in kinds:
        said.append(Sentence.of("planning.too_far_duration", minutes=minutes_up(kinds[ViolationKind.DURATION])))
    if ViolationKind.UNREACHABLE in kinds:
        said.append(Sentence.of("planning.no_road_for_able"))
    return tuple(said)


def _may(shift: ShiftTerms, task: TaskTerms) -> bool:
    """Skills, features, assignment and its own load."""
    own = task.only is None or task.only == shift.id
    return own and task.skills <= shift.skills and task.features <= shift.features and shift.id not in task.never and shift.capacity.fits(task.load)
