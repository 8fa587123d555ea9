"""The desk's part around a commit: what it would tell is found off the main thread, the sheet asks, and the command keeps the times that were seen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown
from app.desktop.format import Formats
from app.desktop.plan.commit_rows import CustomerRow, DriverRow, customer_rows, driver_rows
from app.desktop.plan.commit_sheet import CommitSheet
from app.desktop.theme import Tokens
from app.domain.sentences import Sentence
from app.services.commands import CommitPlan
from app.services.promises import CommitNews, commit_news
from app.services.version_comparison import figures_of

Made = tuple[CommitNews, tuple[DriverRow, ...], tuple[CustomerRow, ...]]


class Committing(QObject):
    """Opens the sheet with `opens`; `says` tells that a version was committed."""

    def __init__(
        self,
        bridge: Bridge,
        model: DayModel,
        window: QWidget,
        formats: Callable[[], Formats],
        tokens: Callable[[], Tokens],
        opens: Callable[[QDialog], None],
        says: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._model = model
        self._window = window
        self._formats = formats
        self._tokens = tokens
        self._opens = opens
        self._says = says
        self.sheet: CommitSheet | None = None

    def ask(self) -> None:
        """Shows what a commit of the plan in view would promise; nothing where there is no plan with times."""
        shown = self._model.held
        if shown is not None and shown.day.plan is not None and shown.judged is not None and shown.proposal is None:
            self._bridge.compute(lambda _job: _made(shown), then=lambda made: self._show(shown, made), key="commit")

    def _show(self, shown: Shown, made: Made) -> None:
        sheet = self.sheet = CommitSheet(shown.view, *made, self._formats(), self._tokens(), self._window)
        sheet.accepted.connect(lambda: self._commit(shown))
        sheet.finished.connect(self._closed)
        self._opens(sheet)

    @Slot(int)
    def _closed(self, _result: int) -> None:
        self.sheet = None

    def _commit(self, shown: Shown) -> None:
        plan, judged = shown.day.plan, shown.judged
        if plan is None or judged is None:
            return
        arrivals = {halt.task: halt.arrival for line in judged.timelines.values() for halt in line.halts}
        wish = CommitPlan(plan=plan.id, based_on=plan.version, day=plan.day, arrivals=arrivals, figures=figures_of(judged.totals))
        said = self._formats().say(Sentence.of("desktop.committed", number=plan.committed + 1))
        self._bridge.do(wish, done=lambda _outcome: self._says(said))


def _made(shown: Shown) -> Made:
    plan, judged = shown.day.plan, shown.judged
    assert plan is not None
    assert judged is not None
    news = commit_news(judged, plan.promised, plan.committed)
    return news, driver_rows(news, shown.view), customer_rows(news, shown.view)
