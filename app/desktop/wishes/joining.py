"""The window's part around wishes: plans are tried in the pool, the leaning is kept for each depot and heeded by every solve, a trial becomes the proposal."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown
from app.desktop.format import Formats
from app.desktop.plan.proposing import Proposer
from app.desktop.theme import Theme, Tokens
from app.desktop.wishes.keeping import LeaningStore
from app.desktop.wishes.sheet import WishesSheet
from app.desktop.work import Job
from app.domain.errors import Cancelled
from app.services.leaning import Known, Leaning
from app.services.ports.planner import Planner
from app.services.problem import Problem
from app.services.wishing import SECONDS, Measures, Trial, measured, people_known, tried, with_wishes


class Wishing(QObject):
    """Does the act `wishes`. `seconds` is how long each trial takes."""

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
        file: Path,
    ) -> None:
        super().__init__(window)
        self._bridge, self._model, self._proposer, self._planner = bridge, model, proposer, planner
        self._theme, self._formats, self._opens, self._window = theme, formats, opens, window
        self.kept = LeaningStore(file)
        self.seconds = SECONDS
        self.sheet: WishesSheet | None = None
        self._start: Shown | None = None
        self._known: Known | None = None
        self._job: Job | None = None
        actions.on("wishes", self.ask)
        proposer.tune = self._tuned
        theme.changed.connect(self._paint)

    def ask(self) -> None:
        """Shows the sliders of the depot in view, and begins to look for the cheapest plan to compare with."""
        shown = self._model.held
        if shown is None or shown.problem is None or shown.day.plan is None or shown.judged is None or shown.proposal is not None:
            return
        self._start, self._known = shown, None
        formats, leaning = self._formats(), self.kept.of(shown.day.depot.id)
        sheet = self.sheet = WishesSheet(formats.day(shown.view.day), leaning, formats, shown.view.currency, self._theme.tokens, self._window)
        sheet.leant.connect(lambda _leaning: self._try())
        sheet.taken.connect(self._take)
        sheet.kept.connect(partial(self.kept.keep, shown.day.depot.id))
        sheet.finished.connect(self._closed)
        self._opens(sheet)
        sheet.balance.slider.setFocus()
        self._bridge.compute(lambda _job: self._measured(shown), then=lambda found: self._begun(shown, *found), key="wishes")

    def _measured(self, shown: Shown) -> tuple[Known, Measures]:
        """Who knows whom, and the plan as it stands."""
        assert shown.problem is not None
        assert shown.judged is not None
        known = people_known(self._bridge.reader(), shown.day.depot.id, shown.day.day)
        return known, measured(shown.day, shown.problem, shown.judged, known)

    def _begun(self, shown: Shown, known: Known, now: Measures) -> None:
        if self.sheet is not None and self._start is shown:
            self._known = known
            self.sheet.show_now(now)
            self._try()

    def _try(self) -> None:
        """Tries what is wanted and not known: the cheapest plan first, for everything is compared with it."""
        sheet, start, known = self.sheet, self._start, self._known
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if sheet is None or start is None or start.problem is None or known is None:
            return
        wanted = next((each for each in (Leaning(), sheet.leaning) if not sheet.knows(each)), None)
        sheet.show_progress(None if wanted is None else 0.0)
        if wanted is not None:
            self._job = self._bridge.compute(lambda job: self._trial(job, start, wanted, known), then=self._tried, failed=self._broke)

    def _trial(self, job: Job, start: Shown, leaning: Leaning, known: Known) -> Trial:
        assert start.problem is not None

        def report(share: float, _step: str) -> None:
            job.check()
            self._bridge.post(lambda: self._tell(job, share))

        return tried(start.day, start.problem, leaning, known, self._planner, seconds=self.seconds, report=report)

    def _tell(self, job: Job, share: float) -> None:
        if self.sheet is not None and job is self._job:
            self.sheet.show_progress(share)

    def _tried(self, trial: Trial) -> None:
        self._job = None
        if self.sheet is not None:
            self.sheet.show_trial(trial)
            self._try()

    def _broke(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        self._job = None
        if self.sheet is not None:
            self.sheet.show_progress(None)
        self._bridge.tell(error)

    def _tuned(self, shown: Shown, asked: Problem) -> Problem:
        """A problem of the planner with what the depot leans to; runs in the pool."""
        leaning = self.kept.of(shown.day.depot.id)
        if not leaning.any or shown.problem is None:
            return asked
        known = people_known(self._bridge.reader(), shown.day.depot.id, shown.day.day) if leaning.familiar else {}
        return with_wishes(asked, shown.day, shown.problem, leaning, known)

    @Slot(object)
    def _take(self, trial: Trial) -> None:
        start, sheet = self._start, self.sheet
        if start is not None and sheet is not None:
            sheet.accept()
            self._proposer.offer(start, trial.solution)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self.sheet = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot(object)
    def _paint(self, tokens: Tokens) -> None:
        if self.sheet is not None:
            self.sheet.set_tokens(tokens)
