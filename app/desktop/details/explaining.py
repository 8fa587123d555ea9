"""Finds out in the pool what the details ask: why a stop is late or where it is, what a selection would take elsewhere, what happened to an order."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from app.desktop.bridge import Bridge
from app.desktop.day import Shown
from app.desktop.details.panel import DetailPanel
from app.desktop.work import Job
from app.domain.ids import OrderId
from app.domain.orders import order_of, task_of
from app.domain.sentences import Sentence
from app.services import planning, weighing, whys
from app.services.journal import Happening, happenings
from app.services.weighing import Weight
from app.services.whys import Dearness

NAMED = 3
"""How many vehicles the details name."""
_PAUSE = 120
"""Milliseconds that an order is looked at before it is asked about: nobody reads what is passed over with the arrows."""


class Explaining(QObject):
    """Answers what the details ask."""

    def __init__(self, bridge: Bridge, panel: DetailPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._panel = bridge, panel
        self._waiting: dict[str, Callable[[], object]] = {}
        self._jobs: dict[str, Job] = {}
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._ask)
        panel.puzzled.connect(self._asked)
        panel.curious.connect(lambda asked: self._later("here", lambda: self._where(*asked)))
        panel.weighing.connect(lambda asked: self._later("weights", lambda: self._weigh(*asked)))
        panel.costing.connect(lambda shown: self._later("dearest", lambda: self._cost(shown)))
        panel.storied.connect(lambda order: self._later("story", lambda: self._tell(order)))

    @Slot(object)
    def _asked(self, asked: tuple[Shown, OrderId]) -> None:
        shown, order = asked
        problem, judged = shown.problem, shown.judged
        task = next((task_of(each) for each in shown.day.orders if each.id == order), None)
        if problem is None or judged is None or task is None or task not in problem.terms:
            return
        self._bridge.compute(
            lambda _job: planning.why_not(problem, judged, task, most=NAMED), then=lambda said: self._panel.explain(shown, order, said), key="why late"
        )

    def _later(self, name: str, ask: Callable[[], object]) -> None:
        """Asks soon; what is asked under a name takes the place of what was asked before."""
        job = self._jobs.pop(name, None)
        if job is not None:
            job.cancel()
        self._waiting[name] = ask
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for ask in waiting.values():
            ask()

    def _where(self, shown: Shown, order: OrderId) -> None:
        problem, judged = shown.problem, shown.judged
        task = next((task_of(each) for each in shown.day.orders if each.id == order), None)
        if problem is None or judged is None or task is None:
            return

        def work(job: Job) -> tuple[Sentence, ...]:
            return weighing.here(problem, judged, task, job.check)

        self._jobs["here"] = self._bridge.compute(work, then=lambda said: self._panel.tell_here(shown, order, said), key="details here")

    def _weigh(self, shown: Shown, orders: frozenset[OrderId]) -> None:
        problem, judged = shown.problem, shown.judged
        if problem is None or judged is None:
            return
        tasks = [task_of(each) for each in shown.day.orders if each.id in orders]

        def work(job: Job) -> tuple[Weight, ...]:
            return weighing.added(problem, judged, tasks, job.check)

        self._jobs["weights"] = self._bridge.compute(work, then=lambda said: self._panel.tell_weights(shown, orders, said), key="details weights")

    def _cost(self, shown: Shown) -> None:
        problem, judged = shown.problem, shown.judged
        if problem is None or judged is None:
            return

        def work(job: Job) -> tuple[tuple[OrderId, Dearness], ...]:
            return tuple((order_of(task), each) for task, each in whys.dearest(whys.prices(problem, judged, job.check)))

        self._jobs["dearest"] = self._bridge.compute(work, then=lambda said: self._panel.tell_dearest(shown, said), key="details dearest")

    def _tell(self, order: OrderId) -> None:
        routes = self._panel.route_names()

        def work(_job: Job) -> tuple[Happening, ...]:
            return happenings(order, self._bridge.read(lambda reader: reader.story(order)), routes)

        self._jobs["story"] = self._bridge.compute(work, then=lambda said: self._panel.tell_story(order, said), key="details story")
