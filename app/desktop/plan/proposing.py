"""Optimise: the day becomes a problem, the planner works in a child process, the best plan so far is judged and shown, a person applies it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown, with_proposal
from app.domain.errors import Conflict
from app.domain.ids import RouteId, TaskId
from app.domain.sentences import Sentence
from app.services import planning
from app.services.planning_values import Proposal, Totals
from app.services.ports.planner import Planner, Run
from app.services.ports.store import Outcome
from app.services.problem import Problem, Progress, Solution
from app.services.repairing import to_repair

_BETWEEN = 1_500
"""Milliseconds between two plans that are shown while the search goes on: judging and drawing each takes the window's time."""
_WISHED = Sentence.of("desktop.wishes_count")
_TICK = 200
"""Milliseconds between two readings of the clock for the progress bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What was moved by hand and is kept, its place included where that is wished; how many other stops may move at most."""

    kept: frozenset[TaskId]
    at_most: int
    place: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What may change: everything, the routes named, pool orders put in with the rest kept, or what lies around an edit."""

    routes: frozenset[RouteId] = frozenset()
    tasks: frozenset[TaskId] = frozenset()
    repair: Repair | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Solving:
    """How far a solve is; `proposal` where it has ended, `best` what the best plan so far reaches, `note` what a person should know of the
    engine that makes them."""

    running: bool
    share: float = 0.0
    best: Totals | None = None
    proposal: Proposal | None = None
    note: Sentence | None = None


class Proposer(QObject):
    """One solve at a time. `changed` carries a Solving."""

    changed = Signal(object)

    def __init__(self, bridge: Bridge, model: DayModel, planner: Planner, seconds: float, threads: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._model = model
        self._planner = planner
        self.seconds = seconds
        self._threads = threads
        self._run: Run | None = None
        self._turn = 0
        self._ended = 0
        self._turning = threading.Lock()
        self._began = 0.0
        self._shown: Shown | None = None
        self._latest: Solution | None = None
        self._judging = False
        self._best: Proposal | None = None
        self._before: Totals | None = None
        """What the plan of this turn was before."""
        self._note: Sentence | None = None
        self.proposal: Proposal | None = None
        self.trouble: BaseException | None = None
        """What ended the last solve, where something went wrong."""
        self._clock = QTimer(self, interval=_TICK)
        self._clock.timeout.connect(self._tick)
        self._wished = False
        self.first_plan: Callable[[float], None] | None = None
        self.tune: Callable[[Shown, Problem], Problem] = lambda _shown, asked: asked
        """What is done to a problem before it is solved; called in the pool."""
        self._prepared = False
        model.shown.connect(self._prepare)

    @property
    def running(self) -> bool:
        """Whether a solve is under way."""
        return self._turn > 0 and self._clock.isActive()

    @property
    def started_from(self) -> Shown | None:
        """The day as it was on screen when the solve began that led to the proposal."""
        return self._shown

    @property
    def best(self) -> Proposal | None:
        """The best plan so far, judged."""
        return self._best

    def start(self, scope: Scope | None = None) -> None:
        """Begins to plan the day in view, or what the scope names."""
        shown = self._model.held
        if shown is None or shown.problem is None or self.running or self.proposal is not None:
            return
        problem = shown.problem
        turn = self._next_turn()
        self._shown, self._latest, self._best, self._before, self._judging = shown, None, None, None, False
        self._note = self.trouble = None
        self._began, self._prepared = time.monotonic(), False
        self._clock.start()
        self._tell()
        self._bridge.compute(
            lambda _job: self._start(turn, self._tuned(shown, self._scoped(planning.to_solve(problem, shown.day.plan), shown, scope))),
            then=lambda _begun: None,
            failed=lambda error: self._broke(turn, error),
        )

    def offer(self, shown: Shown, solution: Solution) -> None:
        """Puts a plan on the table that was found otherwise, for the day as it was shown; another proposal goes."""
        self.discard()
        self._shown, self._latest, self._before, self._judging = shown, None, None, False
        self._note = self.trouble = None
        self._began = time.monotonic()
        self._judge(self._next_turn(), solution, last=True)

    def use_best(self) -> None:
        """Ends the solve; the best plan so far becomes the proposal."""
        if self._run is not None:
            self._run.stop()

    def discard(self) -> None:
        """Ends a solve without a proposal, or takes the proposal off the table."""
        self._next_turn()
        self._clock.stop()
        self.proposal = self._best = None
        self._model.retract()
        self._tell()

    def apply(self) -> None:
        """Makes the proposal the plan; where the plan was edited meanwhile, the sentence says so and the proposal stays."""
        if self.proposal is not None:
            self._bridge.do(self.proposal.command(), done=self._applied, failed=self._not_applied)

    def close(self) -> None:
        """Ends what runs; nothing is told any more."""
        self._next_turn()
        self._clock.stop()

    def _next_turn(self) -> int:
        """Ends what runs: whatever it still says belongs to an earlier turn."""
        with self._turning:
            self._turn += 1
            run, self._run = self._run, None
        if run is not None:
            run.kill()
        return self._turn

    def _scoped(self, problem: Problem, shown: Shown, scope: Scope | None) -> Problem:
        if scope is None:
            return problem
        if scope.repair is not None and shown.problem is not None and shown.day.plan is not None:
            return to_repair(shown.problem, shown.day.plan, scope.repair.kept, scope.repair.at_most, place=scope.repair.place)
        if scope.tasks:
            placed = {step.task for route in problem.start for step in route.steps}
            tasks = tuple(task for task in problem.tasks if task.id in scope.tasks or task.id in placed)
            kept = tuple(replace(each, stay=each.stay.union(step.task for step in each.steps)) for each in problem.start)
            return replace(problem, tasks=tasks, start=kept, stability=replace(problem.stability, at_most=0))
        shifts = {route.shift for route in shown.view.routes if route.id in scope.routes}
        start = tuple(each if each.shift in shifts else replace(each, closed=True, fixed=len(each.steps)) for each in problem.start)
        inside = {step.task for route in problem.start for step in route.steps}
        return replace(problem, start=start, tasks=tuple(task for task in problem.tasks if task.id in inside))

    @Slot(object)
    def _prepare(self, shown: Shown) -> None:
        """A day that can be planned will be: the optimiser's process starts while the person looks at it."""
        if shown.problem is not None and not self._prepared and not self.running:
            self._prepared = True
            self._bridge.compute(lambda _job: self._planner.prepare(), then=lambda _ready: None)

    def _tuned(self, shown: Shown, asked: Problem) -> Problem:
        """What is solved; whether anything beside the cost counts in it is said with each plan."""
        made = self.tune(shown, asked)
        self._wished = made.wishes.any
        return made

    def _start(self, turn: int, problem: Problem) -> None:
        """Starting a process takes some hundredths of a second, so this is done in the pool; a run that is no longer wanted by then is ended at once."""
        run = self._planner.start(
            problem,
            seconds=self.seconds,
            threads=self._threads,
            progress=lambda progress: self._bridge.post(lambda: self._progressed(turn, progress)),
            done=lambda ended: self._bridge.post(lambda: self._done(turn, ended)),
        )
        with self._turning:
            wanted = turn == self._turn
            if wanted and self._ended != turn:
                self._run = run
        if not wanted:
            run.kill()

    def _progressed(self, turn: int, progress: Progress) -> None:
        if turn != self._turn or progress.best is None:
            return
        self._latest, self._note = progress.best, planning.noted(progress) or (_WISHED if self._wished else None)
        if not self._judging:
            self._judge(turn, progress.best, last=False)

    def _done(self, turn: int, ended: Solution | BaseException) -> None:
        with self._turning:
            if turn != self._turn:
                return
            self._run, self._ended = None, turn
        if isinstance(ended, BaseException):
            self._broke(turn, ended)
        else:
            self._judge(turn, ended, last=True)

    def _judge(self, turn: int, solution: Solution, *, last: bool) -> None:
        shown = self._shown
        if shown is None or shown.problem is None:
            return
        self._judging, self._latest = True, None
        problem = shown.problem
        # The first plan takes over the empty routes on screen, so that neither selection nor map loses hold of them.
        empty = shown.judged.routes if shown.judged is not None else ()
        before = self._before

        def judged(_job: object) -> tuple[Proposal, Shown]:
            made = planning.proposal(shown.day, problem, planning.judge(problem, solution, shown.day.plan, routes=empty, explain=last), before)
            return made, with_proposal(shown, made)

        self._bridge.compute(judged, then=lambda made: self._judged(turn, *made, last=last), failed=lambda error: self._broke(turn, error))

    def _judged(self, turn: int, proposal: Proposal, shown: Shown, *, last: bool) -> None:
        if turn != self._turn or (self.proposal is not None and not last):
            return
        self._judging, self._before = False, proposal.before
        if self._best is None and self.first_plan is not None:
            self.first_plan(time.monotonic() - self._began)
        self._best = proposal
        self._model.propose(proposal, shown)
        if last:
            self._clock.stop()
            self.proposal = proposal
            self._tell()
            return
        self._judging = True  # the clock soon tells of it: the progress bar paints at once all that has changed, which is a frame of its own
        QTimer.singleShot(_BETWEEN, self, lambda: self._next(turn))

    def _next(self, turn: int) -> None:
        """Shows the best plan that came while the last one was being looked at."""
        if turn != self._turn or self.proposal is not None:
            return
        self._judging = False
        if self._latest is not None and self._run is not None:
            self._judge(turn, self._latest, last=False)

    def _broke(self, turn: int, error: BaseException) -> None:
        if turn != self._turn:
            return
        self._clock.stop()
        self.trouble = error
        self._run = None
        self._best = None
        self._model.retract()
        self._tell()
        self._bridge.tell(error)

    def _applied(self, _outcome: Outcome) -> None:
        self.proposal = self._best = None
        self._tell()

    def _not_applied(self, error: BaseException) -> None:
        self._bridge.tell(error)
        if not isinstance(error, Conflict):
            self._tell()

    @Slot()
    def _tick(self) -> None:
        self._tell()

    def _tell(self) -> None:
        share = min(1.0, (time.monotonic() - self._began) / self.seconds) if self.running else 0.0
        best = self._best.after if self._best is not None else None
        self.changed.emit(Solving(running=self.running, share=share, best=best, proposal=self.proposal, note=self._note))
