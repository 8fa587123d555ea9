"""The sheet of the stability curve: the picture, the same in numbers, and the point that is taken as a proposal."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QProgressBar, QVBoxLayout, QWidget

from app.desktop.curve.chart import CurveChart
from app.desktop.curve.lines import columns, curve_lines, price
from app.desktop.format import Formats
from app.desktop.theme import ROW_HEIGHT, Tokens
from app.desktop.widgets.parts import button, label, repolish, rule
from app.desktop.widgets.rows import RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.curve import LIMITS, Curve, Point

_SIZE = (840, 640)
_NO_BREAK = "\u00a0"


class CurveSheet(QDialog):
    """Shows a curve while it is being found. `taken` carries the Point to be proposed; `wanted` asks for the curve anew."""

    taken = Signal(object)
    wanted = Signal()

    def __init__(self, day: str, formats: Formats, currency: str, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats, self._currency = formats, currency
        self._curve: Curve | None = None
        self._picked = False
        self._outdated = False
        self.setWindowTitle(tr("Stability curve"))
        self.title = label(self._say("curve_title", day=day), title=True)
        self.words = label(wrap=True)
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing())
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.chart = CurveChart(formats, currency)
        self.model = RowModel(columns(formats, currency), lambda row: row.number, self)
        self.table = RowTable(self.model, tr("Points of the curve"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.progress = label(muted=True)
        self.again = button(tr("Compute again"), self.wanted.emit)
        self.close_button = button(tr("Close"), self.reject)
        self.take = button(tr("Take this one"), self._take, primary=True)
        self.take.setShortcut(QKeySequence("Ctrl+Return"))
        self.take.setToolTip(self._take_tip())
        self.take.setDefault(True)
        self._set_up_table()
        self._lay_out()
        self.set_tokens(tokens)
        self.show_curve(None)
        self.table.chosen.connect(lambda _ids: self._row_chosen())
        self.table.opened.connect(lambda _id: self._take())
        self.chart.chosen.connect(self._point_chosen)
        self.chart.opened.connect(lambda _point: self._take())
        self.resize(*_SIZE)

    @property
    def point(self) -> Point | None:
        """The point that would be taken."""
        current = self.table.currentIndex()
        point: Point | None = self.model.row_at(current.row()).point if current.isValid() else None
        return point

    @property
    def outdated(self) -> bool:
        """Whether the plan has changed since."""
        return self._outdated

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self.model.set_colors({name: QColor(getattr(tokens, name)) for name in ("late", "risk", "ok", "muted")})
        self.chart.tokens = tokens
        self.chart.update()

    def show_curve(self, curve: Curve | None) -> None:
        """Shows what is known by now; once it is complete, its knee is chosen where the person has not chosen."""
        self._curve = curve
        self.model.set_rows(curve_lines(curve))
        self.chart.show_curve(curve)
        complete = curve is not None and curve.complete
        if complete and curve is not None and not self._picked:
            self._choose(curve.knee or curve.steps[-1])
        elif not self.table.currentIndex().isValid():
            self._mark(0)
        self.again.setVisible(complete or self._outdated)
        self._show_words()
        self._allow()

    def show_progress(self, share: float | None) -> None:
        """How far the searches are, 0…1; None: they have ended."""
        self.bar.setVisible(share is not None)
        self.progress.setVisible(share is not None)
        self.bar.setValue(round((share or 0) * 100))
        done = len(self._curve.points) if self._curve is not None else 0
        self.progress.setText(self._say("curve_progress", done=done, all=len(LIMITS)))

    def show_outdated(self) -> None:
        """Says that the plan has changed since, so that nothing of this can be taken."""
        self._outdated = True
        self.again.setVisible(True)
        self._show_words()
        self._allow()

    def start_again(self) -> None:
        """Forgets what it shows."""
        self._outdated = self._picked = False
        self.show_curve(None)

    # The parts

    def _set_up_table(self) -> None:
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setFixedHeight((len(LIMITS) + 1) * ROW_HEIGHT + 6)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 12)
        layout.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 0)
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.words)
        layout.addLayout(head)
        middle = QVBoxLayout()
        middle.setContentsMargins(12, 0, 12, 0)
        middle.setSpacing(8)
        middle.addWidget(self.chart, 1)
        middle.addWidget(self.table)
        layout.addLayout(middle, 1)
        layout.addWidget(rule())
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(20, 2, 20, 0)
        line.setSpacing(8)
        self.bar.setFixedWidth(140)
        line.addWidget(self.bar)
        line.addWidget(self.progress)
        line.addStretch(1)
        line.addWidget(self.again)
        line.addWidget(self.close_button)
        line.addWidget(self.take)
        return line

    # What is chosen

    def _choose(self, point: Point) -> None:
        self._mark(next(number for number, limit in enumerate(LIMITS) if limit == point.at_most))
        self.chart.choose(point)

    def _mark(self, number: int) -> None:
        self.table.mark([number])

    def _row_chosen(self) -> None:
        self._picked = True
        if self.point is not None:
            self.chart.choose(self.point)
        self._allow()

    def _point_chosen(self, point: Point) -> None:
        self._picked = True
        self._choose(point)
        self._allow()

    def _allow(self) -> None:
        point = self.point
        self.take.setEnabled(point is not None and point.solution is not None and not self._outdated)

    def _take(self) -> None:
        if self.take.isEnabled() and self.point is not None:
            self.taken.emit(self.point)

    # Words

    def _show_words(self) -> None:
        text, tone = self._summary()
        self.words.setText(text)
        self.words.setProperty("tone", tone)
        repolish(self.words)

    def _summary(self) -> tuple[str, str]:
        """What the curve says in a sentence or two, and its tone."""
        curve = self._curve
        if self._outdated:
            return "◆ " + tr("The plan has changed since. Compute the curve again."), "risk"
        if curve is None or not curve.complete:
            return tr("How cheap can the plan become when so few of its stops may change route or order? Each point is a plan that can be taken."), ""
        last = curve.steps[-1]
        parts = [*self._put_in(curve), *self._mended(curve)]
        if last.moved == 0:
            return " ".join([*parts, tr("Moving stops saves nothing: no cheaper plan was found.")]), ""
        if curve.knee is not None:
            parts.append(self._saving("curve_knee", curve, curve.knee))
        parts.append(self._saving("curve_all", curve, last))
        return " ".join(parts), ""

    def _put_in(self, curve: Curve) -> list[str]:
        put = curve.before.unplanned - curve.points[0].totals.unplanned
        return [self._say("curve_put_in", count=put)] if put > 0 else []

    def _mended(self, curve: Curve) -> list[str]:
        """How many stops must move until nothing is broken that can be mended."""
        broken, last = curve.points[0].totals.violations, curve.points[-1].totals.violations
        moved = next(point.moved for point in curve.points if point.totals.violations == last)
        return [self._say("curve_mends", count=moved, broken=broken - last)] if broken > last else []

    def _saving(self, key: str, curve: Curve, point: Point) -> str:
        saves = price(curve.saves(point), self._formats, self._currency)
        return self._say(key, count=point.moved, cost=saves, share=self._formats.percent(curve.share_saved(point)).replace(" ", _NO_BREAK))

    def _take_tip(self) -> str:
        return "\n".join((tr("Shows this plan as the proposal; nothing changes before you apply it"), self.take.shortcut().toString(_NATIVE)))

    def _say(self, key: str, **facts: str | int) -> str:
        return self._formats.say(Sentence.of(f"desktop.{key}", **facts))


_NATIVE = QKeySequence.SequenceFormat.NativeText
