"""Asks the adviser child about one order: what every vehicle would make of it, what would help, and whether another day has room."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import QObject

from app.desktop.bridge import Bridge
from app.desktop.day import Shown, area_name
from app.desktop.work import Job
from app.domain.errors import Refused, Unavailable
from app.domain.ids import OrderId, TaskId
from app.domain.orders import Order, task_of
from app.domain.sentences import Sentence
from app.services import planning, whys
from app.services.advice import Adviser
from app.services.advice_search import EveryPlace
from app.services.advice_values import Placement
from app.services.planning_judging import judged_plan
from app.services.planning_values import DayProblem, Judged
from app.services.ports.planner import Advice, Planner
from app.services.ports.store import Day
from app.services.ports.travel import Areas
from app.services.postponing import on_day
from app.services.problem import Problem, RoutePlan
from app.services.remedies_spare import Spare, spares
from app.services.remedies_values import Remedy, RemedyKind
from app.services.remedies_words import Said, said
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
    """Room for an order on another day, and all that is needed to put it there."""

    order: Order
    day: Day
    problem: DayProblem
    judged: Judged
    remedy: Remedy
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

    def ask_other_days(self, answer: Answer, then: Callable[[Room | None], None]) -> None:
        """Looks for room on the days that follow; None: there is none, or it cannot be known."""
        self._bridge.compute(lambda job: self._room(answer, job), then=then, failed=lambda _error: then(None), key="why other days")

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

    # Other days ---------------------------------------------------------------------------------------------------

    def _room(self, answer: Answer, job: Job) -> Room | None:
        for ahead in range(1, LOOKED_AHEAD + 1):
            job.check()
            room = self._on(answer, answer.shown.day.day + timedelta(days=ahead), job)
            if room is not None:
                return room
        return None

    def _on(self, answer: Answer, day: date, job: Job) -> Room | None:
        """The order's best place on a day, where it breaks nothing there."""
        depot = answer.shown.day.depot
        other = self._bridge.read(lambda reader: reader.day(depot.id, day))
        name = area_name(self._areas, depot)
        if not other.shifts or not name:
            return None
        moved = on_day(answer.order, day, keep_windows=True)
        with_it = replace(other, orders=(*other.orders, moved))
        try:
            problem = planning.day_problem(with_it, self._areas.travel(name), report=lambda _share, _step: job.check())
        except Refused:
            return None
        return _best(answer.order, other, problem)


def _best(order: Order, other: Day, problem: DayProblem) -> Room | None:
    task = task_of(order)
    if task not in problem.terms:
        return None
    judged = judged_plan(problem, other.plan)
    with Adviser(whys.standing(problem, judged), EveryPlace) as adviser:
        places = adviser.places([task], 1)[0]
    if not places or places[0].broken:
        return None
    place = places[0]
    steps, begin = whys.with_placement(problem, judged, place)
    remedy = Remedy(
        kind=RemedyKind.DAY,
        task=task,
        shift=place.shift,
        routes=(RoutePlan(shift=place.shift, steps=steps),),
        price=place.price,
        begin=begin,
        position=place.position,
    )
    words = said(problem, remedy)
    if other.plan is None:
        words = replace(words, then=Sentence.of("remedy.then_pool"))
    return Room(order=order, day=other, problem=problem, judged=judged, remedy=remedy, said=words)


def _reasons(shown: Shown, task: TaskId) -> tuple[Sentence, ...]:
    """Why an order cannot be planned at all."""
    if shown.judged is not None:
        return next((each.reasons for each in shown.judged.unassigned if each.task == task), ())
    return (shown.trouble,) if shown.trouble is not None else ()
