"""The window's part around the stability curve: found in the pool with progress and cancel, kept while the plan stays, a point of it becomes the proposal."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.curve.sheet import CurveSheet
from app.desktop.day import DayModel, Shown
from app.desktop.format import Formats
from app.desktop.plan.proposing import Proposer
from app.desktop.theme import Theme, Tokens
from app.desktop.words import tr
from app.desktop.work import Job
from app.domain.errors import Cancelled
from app.domain.sentences import Sentence
from app.services.curve import SECONDS, Curve, Found, Point, stability_curve
from app.services.ports.planner import Planner
from app.services.ports.travel import Report


class Curving(QObject):
    """Does the act `curve`. `seconds` is how long the searches take together."""

    def __init__(
        self,
        bridge: Bridge,
        model: DayModel,
        proposer: Proposer,
        planner: Planner,
        actions: Actions,
        theme: Theme,
        formats: Callable[[], Formats],
        opens: Callable[[QDialog], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bridge, self._model, self._proposer, self._planner = bridge, model, proposer, planner
        self._theme, self._formats, self._opens, self._window = theme, formats, opens, window
        self.seconds = SECONDS
        self.sheet: CurveSheet | None = None
        self.curve: Curve | None = None
        self._start: Shown | None = None
        """The day that the curve is of, with its plan on screen."""
        self._job: Job | None = None
        actions.on("curve", self.ask)
        model.shown.connect(self._shown)
        theme.changed.connect(self._paint)

    def ask(self) -> None:
        """Shows the curve of the plan in view, the one that is known where the plan has not changed since."""
        start = self._standing()
        if start is None:
            return
        if self.curve is None or not self.curve.complete or self._start is None or not _same(self._start, start):
            self._start, self.curve = start, None
        self._open(start)
        if self.curve is None:
            self._trace()

    def _standing(self) -> Shown | None:
        """The day with its plan on screen, also where a proposal is shown in its place."""
        held = self._model.held
        if held is not None and held.proposal is not None:
            begun = self._proposer.started_from
            return begun if begun is not None and _same(begun, held) else None
        return held if held is not None and held.problem is not None and held.day.plan is not None else None

    def _open(self, start: Shown) -> None:
        formats = self._formats()
        sheet = self.sheet = CurveSheet(formats.day(start.view.day), formats, start.view.currency, self._theme.tokens, self._window)
        sheet.taken.connect(self._take)
        sheet.wanted.connect(self._again)
        sheet.finished.connect(self._closed)
        sheet.show_curve(self.curve)
        sheet.show_progress(None)
        self._opens(sheet)
        sheet.table.setFocus()

    def _trace(self) -> None:
        start = self._start
        if start is None or start.problem is None:
            return
        day, problem, seconds = start.day, start.problem, self.seconds
        found: Found = lambda curve: self._bridge.post(lambda: self._found(start, curve))  # noqa: E731

        def work(report: Report) -> Curve:
            return stability_curve(day, problem, self._planner, seconds=seconds, report=self._counting(start, report), found=found)

        self._tell(0.0)
        said = self._result
        self._job = self._bridge.run(
            tr("Stability curve"), work, then=lambda curve: self._ended(start, curve), failed=self._broke, result=said, steps=lambda _: ""
        )

    def _counting(self, start: Shown, report: Report) -> Report:
        """Tells the sheet as well as the status bar how far it is."""

        def told(share: float, step: str) -> None:
            report(share, step)
            self._bridge.post(lambda: self._tell(share) if self._start is start and self._job is not None else None)

        return told

    def _tell(self, share: float | None) -> None:
        if self.sheet is not None:
            self.sheet.show_progress(share)

    def _found(self, start: Shown, curve: Curve) -> None:
        if self._start is not start:
            return
        self.curve = curve
        if self.sheet is not None:
            self.sheet.show_curve(curve)

    def _ended(self, start: Shown, curve: Curve) -> None:
        self._job = None
        self._found(start, curve)
        self._tell(None)

    def _broke(self, error: BaseException) -> None:
        self._job = None
        self._tell(None)
        if not isinstance(error, Cancelled):
            self._bridge.tell(error)

    def _result(self, curve: Curve) -> Sentence:
        return Sentence.of("desktop.curve_found", count=len(curve.steps))

    @Slot()
    def _again(self) -> None:
        start = self._standing()
        if start is not None and self.sheet is not None:
            self._start, self.curve = start, None
            self.sheet.start_again()
            self._trace()

    @Slot(object)
    def _take(self, point: Point) -> None:
        start, sheet = self._start, self.sheet
        if start is not None and sheet is not None and point.solution is not None:
            sheet.accept()
            self._proposer.offer(start, point.solution)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        """Who closes the sheet does not wait any more: the searches end, what they found is kept."""
        self.sheet = None
        if self._job is not None:
            self._job.cancel()

    @Slot(object)
    def _shown(self, shown: Shown) -> None:
        if self._start is not None and not _same(self._start, shown):
            self._start = self.curve = None
            if self._job is not None:
                self._job.cancel()
            if self.sheet is not None:
                self.sheet.show_outdated()

    @Slot(object)
    def _paint(self, tokens: Tokens) -> None:
        if self.sheet is not None:
            self.sheet.set_tokens(tokens)


def _same(one: Shown, other: Shown) -> bool:
    """Whether two pictures of a day have the same problem and the same plan."""
    return one.problem is not None and one.problem is other.problem and one.day.plan is not None and one.day.plan == other.day.plan
