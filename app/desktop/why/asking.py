"""Asks the adviser child about one order: what every vehicle would make of it, what would help, and whether another day has room."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from PySide6.QtCore import QObject

from app.desktop.bridge import Bridge
from app.desktop.day import Shown, area_name
from app.desktop.work import Job
from app.domain.errors import Refused, Unavailable
from app.domain.ids import OrderId, TaskId
from app.domain.orders import Order, task_of
from app.domain.sentences import Sentence
from app.domain.units import Cost
from app.services import planning, whys
from app.services.advice import Adviser
from app.services.advice_search import EveryPlace
from app.services.advice_values import Placement
from app.services.planning_judging import judged_plan
from app.services.planning_values import DayProblem
from app.services.ports.planner import Advice, Planner
from app.services.ports.store import Day
from app.services.ports.travel import Areas
from app.services.postponing import on_day
from app.services.problem import Problem, RoutePlan
from app.services.remedies_spare import Spare, spares
from app.services.remedies_values import Remedy, RemedyKind
from app.services.remedies_words import Said, said
from app.services.remedying import at_the_road, on_another_day
from app.services.shift_commands import Together
from app.services.whys import Dearness, Elsewhere

LOOKED_AHEAD = 3
"""Days after the one in view on which room is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known about one order of a day."""

    shown: Shown
    order: Order
    reasons: tuple[Sentence, ...] = ()
    """Why it cannot be planned at all; empty where it can."""
    everywhere: tuple[Elsewhere, ...] = ()
    remedies: tuple[tuple[Remedy, Said], ...] = ()
    spare: tuple[Spare, ...] = ()
    dearness: Dearness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Room for an order where more than this day's plan has to be looked at: on another day, or at a road; and the wish that uses it."""

    wish: Together
    said: Said


class Asking(QObject):
    """Holds the adviser of the plan in view, as long as the questions are about that plan."""

    def __init__(self, bridge: Bridge, areas: Areas, planner: Planner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._areas, self._planner = bridge, areas, planner
        self._lock = threading.Lock()
        self._advice: Advice | None = None
        self._about: Problem | None = None

    def ask(self, shown: Shown, order: OrderId, then: Callable[[Answer], None], failed: Callable[[BaseException], None]) -> None:
        """Finds the answer off the main thread; of several questions only the last is answered."""
        self._bridge.compute(lambda job: self._answer(shown, order, job), then=then, failed=failed, key="why")

    def ask_further(self, answer: Answer, then: Callable[[Room | None], None]) -> None:
        """Looks for room on the days that follow, or for a road where none leads to the order; None: there is none, or it cannot be known."""
        look = self._road if answer.reasons else self._room
        self._bridge.compute(lambda job: look(answer, job), then=then, failed=lambda _error: then(None), key="why further")

    def close(self) -> None:
        """Ends the adviser."""
        with self._lock:
            advice, self._advice, self._about = self._advice, None, None
        if advice is not None:
            advice.close()

    def _answer(self, shown: Shown, identity: OrderId, job: Job) -> Answer:
        order = next(each for each in shown.day.orders if each.id == identity)
        problem, judged, task = shown.problem, shown.judged, task_of(order)
        if problem is None or judged is None or task not in problem.terms:
            return Answer(shown=shown, order=order, reasons=_reasons(shown, task))
        spare = spares(shown.day, problem, *self._bridge.read(lambda reader: reader.fleet()))
        job.check()
        places, found = self._advised(whys.standing(problem, judged), task, spare)
        job.check()
        costs = whys.prices(problem, judged, job.check)
        return Answer(
            shown=shown,
            order=order,
            everywhere=whys.everywhere(problem, judged, task, places),
            remedies=tuple((each, said(problem, each, spare)) for each in found),
            spare=spare,
            dearness=whys.dearness(costs, task),
        )

    def _advised(self, problem: Problem, task: TaskId, spare: tuple[Spare, ...]) -> tuple[tuple[Placement, ...], tuple[Remedy, ...]]:
        """Places and remedies; where the adviser has died, one that is opened anew is asked once more."""
        terms = [each.terms for each in spare]
        for again in (True, False):
            advice = self._of(problem)
            try:
                return advice.places([task], len(problem.shifts))[0], advice.remedies([task], terms)[0]
            except Unavailable:
                self.close()
                if not again:
                    raise
        raise AssertionError

    def _of(self, problem: Problem) -> Advice:
        """The adviser about this problem; the one about another is ended."""
        with self._lock:
            if self._advice is None or self._about != problem:
                if self._advice is not None:
                    self._advice.close()
                self._advice, self._about = self._planner.advise(problem), problem
            return self._advice

    # Further --------------------------------------------------------------------------------------------------------

    def _room(self, answer: Answer, job: Job) -> Room | None:
        """Room on the first of the days that follow that has some."""
        depot, today = answer.shown.day.depot, answer.shown.day.day
        for day in (today + timedelta(days=ahead) for ahead in range(1, LOOKED_AHEAD + 1)):
            job.check()
            other = self._bridge.read(lambda reader, day=day: reader.day(depot.id, day))  # type: ignore[misc]
            moved = on_day(answer.order, day, keep_windows=True)
            problem = self._problem(replace(other, orders=(*other.orders, moved)), job) if other.shifts else None
            found = _best(answer.order, other, problem, RemedyKind.DAY) if problem is not None else None
            if problem is not None and found is not None:
                said_of = said(problem, found)
                words = said_of if other.plan is not None else replace(said_of, then=Sentence.of("remedy.then_pool"))
                return Room(wish=on_another_day(answer.order, other, problem, judged_plan(problem, other.plan), found), said=words)
        return None

    def _road(self, answer: Answer, job: Job) -> Room | None:
        """The order at the nearest road that can be reached."""
        day, order, name = answer.shown.day, answer.order, area_name(self._areas, answer.shown.day.depot)
        profiles = {vehicle.profile for vehicle in day.vehicles.values()}
        place = order.location.place
        snaps = [self._areas.travel(name).snaps([place], profile)[0] for profile in sorted(profiles)] if place is not None and name else []
        near = [snap.place for snap in snaps if snap.place is not None]
        for road in dict.fromkeys(near):
            there = replace(order, location=replace(order.location, place=road))
            problem = self._problem(replace(day, orders=tuple(there if each.id == order.id else each for each in day.orders)), job)
            if problem is None or task_of(order) not in problem.terms:
                continue
            found = _best(order, day, problem, RemedyKind.ROAD) if day.plan is not None else None
            words = said(problem, found) if found is not None else _waiting()
            return Room(wish=at_the_road(order, road, day, problem, judged_plan(problem, day.plan), found), said=words)
        return None

    def _problem(self, day: Day, job: Job) -> DayProblem | None:
        """A day in the optimiser's language; None where its roads are not known."""
        name = area_name(self._areas, day.depot)
        try:
            return planning.day_problem(day, self._areas.travel(name), report=lambda _share, _step: job.check()) if name else None
        except Refused:
            return None


def _best(order: Order, day: Day, problem: DayProblem, kind: RemedyKind) -> Remedy | None:
    """The order's best place on a day, where it breaks nothing there."""
    task = task_of(order)
    if task not in problem.terms:
        return None
    judged = judged_plan(problem, day.plan)
    with Adviser(whys.standing(problem, judged), EveryPlace) as adviser:
        places = adviser.places([task], 1)[0]
    if not places or places[0].broken:
        return None
    place = places[0]
    steps, begin = whys.with_placement(problem, judged, place)
    routes = (RoutePlan(shift=place.shift, steps=steps),)
    return Remedy(kind=kind, task=task, shift=place.shift, routes=routes, price=place.price, begin=begin, position=place.position)


def _waiting() -> Said:
    """The words for an order that a road reaches then, and that waits to be planned."""
    return Said(what=Sentence.of("remedy.road"), then=Sentence.of("remedy.then_planned"), concerns=(Sentence.of("remedy.ask_own"),), price=Cost(0))


def _reasons(shown: Shown, task: TaskId) -> tuple[Sentence, ...]:
    """Why an order cannot be planned at all."""
    if shown.judged is not None:
        return next((each.reasons for each in shown.judged.unassigned if each.task == task), ())
    return (shown.trouble,) if shown.trouble is not None else ()
