"""The commit sheet: what a version promises to whom, what is wrong with it, what it costs, and that nothing is sent while no channel is set up."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from app.desktop.format import Formats
from app.desktop.plan.chips import lay_chip
from app.desktop.plan.commit_rows import CustomerRow, DriverRow, customer_columns, driver_columns
from app.desktop.theme import Tokens
from app.desktop.widgets.flow import FlowLayout
from app.desktop.widgets.parts import button, label, rule
from app.desktop.widgets.rows import RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.domain.plans import PlanState
from app.domain.sentences import Sentence
from app.services.promises import CommitNews, News
from app.services.queries import DayView

_SIZE = (820, 560)


class CommitSheet(QDialog):
    """Asks before a plan becomes a promise; `accepted` where the person commits."""

    def __init__(
        self,
        view: DayView,
        news: CommitNews,
        drivers: Sequence[DriverRow],
        customers: Sequence[CustomerRow],
        formats: Formats,
        tokens: Tokens,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._formats = formats
        self._view = view
        self._news = news
        number = view.committed + 1
        self.setWindowTitle(tr("Commit the plan"))
        self.driver_model = RowModel(driver_columns(formats), lambda row: row.route.id, self)
        self.customer_model = RowModel(customer_columns(formats), lambda row: row.order, self)
        self.drivers = RowTable(self.driver_model, tr("Drivers"), self)
        self.customers = RowTable(self.customer_model, tr("Customers"), self)
        self.driver_model.set_rows(drivers)
        self.customer_model.set_rows(customers)
        self._chips = (
            lay_chip(self.drivers, 0, lambda row: row.route.number),
            lay_chip(self.customers, 3, lambda row: row.route.number if row.route is not None else 0),
        )
        self._paint(tokens)
        self.sure = button(self._say("commit_version", number=number), self.accept, primary=True)
        self.sure.setShortcut(QKeySequence("Ctrl+Shift+Return"))
        self.sure.setDefault(True)
        self.sure.setEnabled(view.plan_state is not PlanState.COMMITTED)
        self.tabs = QTabWidget()
        self._lay_out(number, len(drivers), len(customers))
        self.resize(*_SIZE)
        self.sure.setFocus()

    def summary(self) -> str:
        """What the commit is, in one sentence."""
        news = self._news
        if self._view.plan_state is PlanState.COMMITTED:
            return self._say("commit_nothing", number=self._view.committed)
        if news.first:
            return self._say("commit_first", count=len(news.customers))
        parts = ((News.CHANGED, "commit_changed"), (News.FIRST, "commit_told"), (News.WITHDRAWN, "commit_withdrawn"), (News.SAME, "commit_same"))
        return " · ".join(self._say(key, count=news.count(kind)) for kind, key in parts if news.count(kind) or kind is News.SAME)

    def warnings(self) -> tuple[tuple[str, str], ...]:
        """What is wrong with the plan, with the tone of each."""
        figures = self._view.figures
        rows = (
            (figures.late, "▲", "commit_late", "late"),
            (figures.violations, "◆", "commit_broken", "risk"),
            (figures.pool, "◇", "commit_pool", "risk"),
            (figures.held, "◆", "commit_held", "risk"),
        )
        return tuple((f"{mark} {self._say(key, count=count)}", tone) for count, mark, key, tone in rows if count)

    def _lay_out(self, number: int, drivers: int, customers: int) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 12)
        layout.setSpacing(10)
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 0)
        head.setSpacing(6)
        title = self._say("commit_title", day=self._formats.day(self._view.day), number=number)
        head.addWidget(label(title, title=True))
        head.addWidget(label(self.summary(), wrap=True))
        head.addWidget(self._warning_line())
        layout.addLayout(head)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.drivers, f"{tr('Drivers')} {drivers}")
        self.tabs.addTab(self.customers, f"{tr('Customers')} {customers}")
        layout.addWidget(self.tabs, 1)
        layout.addWidget(rule())
        layout.addLayout(self._foot())

    def _warning_line(self) -> QWidget:
        line = QWidget()
        flow = FlowLayout(line, gap=16)
        for text, tone in self.warnings() or ((f"✓ {tr('Nothing is late, broken or left out.')}", "ok"),):
            flow.addWidget(label(text, tone=tone))
        return line

    def _foot(self) -> QHBoxLayout:
        figures = self._view.figures
        words = QVBoxLayout()
        words.setSpacing(2)
        cost = self._formats.cost(figures.cost, self._view.currency)
        words.addWidget(label(self._say("commit_cost", distance=self._formats.kilometers(figures.meters), cost=cost), heading=True))
        words.addWidget(label(tr("No channel is set up: nothing is sent. Drivers and customers have to be told by other means."), muted=True, wrap=True))
        line = QHBoxLayout()
        line.setContentsMargins(20, 2, 20, 0)
        line.setSpacing(8)
        line.addLayout(words, 1)
        line.addWidget(self._cancel())
        line.addWidget(self.sure)
        self.sure.setToolTip(self.sure.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        return line

    def _cancel(self) -> QPushButton:
        return button(tr("Cancel"), self.reject)

    def _paint(self, tokens: Tokens) -> None:
        colors = {name: QColor(getattr(tokens, name)) for name in ("late", "risk", "ok", "muted")}
        for model in (self.driver_model, self.customer_model):
            model.set_colors(colors)
        for each in self._chips:
            each.tokens = tokens

    def _say(self, key: str, **facts: str | int) -> str:
        return self._formats.say(Sentence.of(f"desktop.{key}", **facts))
