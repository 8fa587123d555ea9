"""Watches what a person's edits break, says so over the window, and offers to repair around them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.desktop.bridge import Bridge, Done
from app.desktop.day import DayModel, Shown
from app.desktop.format import Formats
from app.desktop.handwork.words import fit
from app.desktop.main_window import MainWindow
from app.desktop.plan.edits import Edits
from app.desktop.plan.proposing import Proposer, Repair, Scope
from app.desktop.widgets.parts import button, label
from app.desktop.words import tr
from app.domain.ids import TaskId
from app.domain.orders import task_of
from app.domain.schedule import ViolationKind
from app.domain.sentences import Sentence
from app.services.handwork import Effect, effect
from app.services.repairing import moved_by

BY_HAND = frozenset(
    f"command.{each}" for each in ("move_stops", "assign_tasks", "unassign_stops", "swap_stops", "swap_loads", "turn_stops", "hand_over", "first_plan")
)
"""Titles of steps that are edits of the plan by hand."""
_WIDTH = 440
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """The last edit by hand: what it moved, and what it did."""

    tasks: frozenset[TaskId]
    effect: Effect

    @property
    def more_late(self) -> int:
        """Stops that are late by it."""
        return max(0, self.effect.late_after - self.effect.late_before)

    @property
    def rules(self) -> int:
        """Rules that are broken by it, lateness aside."""
        return sum(1 for each in self.effect.broken if each.violation.kind is not ViolationKind.LATE)


class Mending(QObject):
    """Keeps the last edit; `changed` is emitted when there is another, or none any more."""

    changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        model: DayModel,
        window: MainWindow,
        edits: Edits,
        proposer: Proposer,
        formats: Callable[[], Formats],
        opens: Callable[[QDialog], None],
        budget: int,
    ) -> None:
        super().__init__(window)
        self._bridge, self._model, self._window, self._edits, self._proposer = bridge, model, window, edits, proposer
        self._formats, self._opens, self._budget = formats, opens, budget
        self._settled: Shown | None = None
        self._awaited = False
        self._said = ""
        self.edited: Edited | None = None
        self.popup: RepairPopup | None = None
        bridge.stepped.connect(self._stepped)
        model.shown.connect(self._shown)

    def ask(self) -> None:
        """Asks how many other stops may move, and repairs."""
        kept = self._kept()
        if not kept:
            return
        popup = self.popup = RepairPopup(len(kept), self._budget, self._formats(), self._window)
        popup.taken.connect(lambda wish: self._repair(kept, *wish))
        popup.finished.connect(lambda _code: self._closed())
        self._opens(popup)

    def _kept(self) -> frozenset[TaskId]:
        """What the last edit moved; where there was none, the selected stops."""
        if self.edited is not None and self.edited.tasks:
            return self.edited.tasks
        held = self._model.held
        chosen = {order for row in self._edits.chosen_stops() for order in row.orders}
        return frozenset(task_of(order) for order in held.day.orders if order.id in chosen) if held is not None else frozenset()

    def _repair(self, kept: frozenset[TaskId], at_most: int, place: bool) -> None:
        self._budget = at_most
        self._proposer.start(Scope(repair=Repair(kept=kept, at_most=at_most, place=place)))

    def _closed(self) -> None:
        self.popup = None

    @Slot(object)
    def _stepped(self, done: Done) -> None:
        """An edit by hand is compared with what was before once the day is read anew; any other step makes an end of the last edit."""
        self._awaited = done.way == "do" and done.title is not None and done.title.key in BY_HAND
        if done.way != "start" and not self._awaited:
            self._forget()

    @Slot(object)
    def _shown(self, shown: Shown) -> None:
        if shown.proposal is not None or shown.day.plan is None:
            return
        before = self._settled
        if before is None or before.day.plan is None or not _same_day(before, shown):
            self._settled = shown
            if self._awaited and before is not None and _same_day(before, shown):
                self._awaited = False
            elif before is not None and not _same_day(before, shown):
                self._forget()
            return
        if shown.day.plan.version == before.day.plan.version:
            return  # a preview, or the same plan with other orders
        self._settled = shown
        if self._awaited and shown.problem is not None:
            self._awaited = False
            self._compare(before, shown)

    def _compare(self, before: Shown, shown: Shown) -> None:
        was, now, problem = before.day.plan, shown.day.plan, shown.problem
        if was is None or now is None or problem is None:
            return
        self._bridge.compute(
            lambda _job: Edited(tasks=moved_by(was, now), effect=effect(problem, was, now)),
            then=self._found,
            key="edit by hand",
        )

    def _found(self, edited: Edited) -> None:
        self.edited = edited
        self.changed.emit()
        if not edited.more_late and not edited.rules:
            return
        say = self._formats().say
        parts = [say(Sentence.of("desktop.mend_late", count=edited.more_late))] if edited.more_late else []
        parts += [say(Sentence.of("desktop.mend_rules", count=edited.rules))] if edited.rules else []
        self._said = self._formats().named(tr("By this change"), " · ".join(parts))
        self._window.toast.say(self._said, tone="late" if edited.more_late else "risk", act=tr("Repair…"), call=self.ask)

    def _forget(self) -> None:
        if self.edited is not None:
            self.edited = None
            if self._window.toast.said == self._said:
                self._window.toast.hide()  # what it says is no longer so, and there is nothing to repair
            self.changed.emit()


def _same_day(one: Shown, other: Shown) -> bool:
    return (one.view.depot, one.view.day) == (other.view.depot, other.view.day)


class RepairPopup(QDialog):
    """Asks how much may move. `taken` carries (at most so many other stops, whether what was moved keeps its place)."""

    taken = Signal(object)

    def __init__(self, kept: int, budget: int, formats: Formats, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Repair around my change"))
        self.most = QSpinBox()
        self.most.setRange(0, MOST)
        self.most.setValue(budget)
        self.most.setAccessibleName(tr("Other stops that may move at most"))
        self.place = QCheckBox(tr("It keeps its place in the route too"))
        self.place.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(10)
        column.addWidget(label(formats.say(Sentence.of("desktop.repair_kept", count=kept)), title=True, wrap=True))
        column.addWidget(self.place)
        line = QHBoxLayout()
        caption = label(tr("Other stops that may move at most"))
        caption.setBuddy(self.most)
        line.addWidget(caption, 1)
        line.addWidget(self.most)
        column.addLayout(line)
        column.addWidget(label(tr("The result is a proposal: nothing changes before you apply it."), muted=True, wrap=True))
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        self.sure = button(tr("Repair"), self._take, primary=True)
        self.sure.setDefault(True)
        foot.addWidget(self.sure)
        column.addLayout(foot)
        fit(self, _WIDTH)
        self.most.setFocus()
        self.most.selectAll()

    @Slot()
    def _take(self) -> None:
        wish = (self.most.value(), self.place.isChecked())
        self.accept()
        self.taken.emit(wish)
