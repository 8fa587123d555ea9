"""The form of one closure, with what it would do to the plan beside it before it is saved."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.desktop.closures import wording
from app.desktop.closures.hours import HoursForm
from app.desktop.format import Formats
from app.desktop.names import PROFILES
from app.desktop.widgets.parts import button, label, rule
from app.desktop.words import tr
from app.domain.geo import Place
from app.domain.roads import Closure, ClosureKind, Profile, Street
from app.domain.sentences import Sentence
from app.domain.units import Grams
from app.services.closing_effects import Impact

_TENTHS = 10
_GRAMS = 1_000_000
"""In a tonne."""
_USUAL_FACTOR, _USUAL_LIMIT = 2.0, 3.5
_DRIVEN = (Profile.VAN, Profile.TRUCK, Profile.CARGO_BIKE, Profile.WALKER, Profile.SIDEWALK_ROBOT)
"""Kinds of vehicle that keep to roads."""


class ClosureEditor(QWidget):
    """Edits a closure. `edited` carries it after each change by a person; `saved` and `left` when the form is done; `redrawn` asks for another place."""

    edited = Signal(object)
    saved = Signal(object)
    left = Signal()
    redrawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = Formats()
        self._closure: Closure | None = None
        self._street = Street()
        self._filling = False
        self.where = label(wrap=True)
        self.stretch, self.whole = QRadioButton(tr("This stretch, to the next junctions")), QRadioButton()
        self.again = button(tr("Draw again"), self.redrawn.emit, link=True)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("For example: market on the square"))
        self.kind = QComboBox()
        self.closed, self.slow = QRadioButton(tr("Closed to traffic")), QRadioButton(tr("Slow"))
        self.factor = QSlider(Qt.Orientation.Horizontal)
        self.factor_words = label()
        self.vehicles = {profile: QCheckBox(tr(PROFILES[profile])) for profile in _DRIVEN}
        self.limited = QCheckBox(tr("Only heavier than"))
        self.limit = QDoubleSpinBox()
        self.when = HoursForm()
        self.met, self.price = label(wrap=True), label(wrap=True)
        self.save = button(tr("Save the closure"), self._save, primary=True)
        self.cancel = button(tr("Cancel"), self.left.emit)
        self._settle()
        self._lay_out()
        self._listen()

    @property
    def closure(self) -> Closure | None:
        """The closure as the form has it."""
        return self._told() if self._closure is not None else None

    def show_closure(self, closure: Closure, day: date, formats: Formats, street: Street | None = None) -> None:
        """Shows a closure; `street` where it was chosen by a click on a road."""
        self._filling, self._formats, self._closure, self._street = True, formats, closure, street or Street()
        self.name.setText(closure.note)
        self.kind.setCurrentIndex(self.kind.findData(closure.kind))
        (self.closed if closure.factor is None else self.slow).setChecked(True)
        self.factor.setValue(round((closure.factor or _USUAL_FACTOR) * _TENTHS))
        for profile, box in self.vehicles.items():
            box.setChecked(not closure.profiles or profile in closure.profiles)
        self.limited.setChecked(closure.heavier_than is not None)
        self.limit.setValue((closure.heavier_than or _USUAL_LIMIT * _GRAMS) / _GRAMS)
        self.when.show_closure(closure, day, formats.zone)
        named = bool(self._street.name and self._street.lines)
        self.whole.setText(tr("All of {street}").format(street=self._street.name))
        for choice in (self.stretch, self.whole):
            choice.setVisible(bool(self._street.stretch) and named)
        (self.whole if named and closure.roads == self._street.lines else self.stretch).setChecked(True)
        self._say()
        self._filling = False
        self.show_impact(None)

    def show_place(self, points: tuple[Place, ...], roads: tuple[tuple[Place, ...], ...], street: Street | None = None) -> None:
        """The same closure drawn elsewhere."""
        if self._closure is not None:
            self._street = street or Street()
            self.show_closure(replace(self._told(), points=points, roads=roads), self.when._day, self._formats, street)
            self._changed()

    def show_impact(self, found: Impact | None) -> None:
        """What it would do; None while that is being found out."""
        self.met.setText(tr("Looking whom it meets …") if found is None else wording.met(found, self._formats))
        words = "" if found is None or not found.legs else wording.price(found, self._formats) or tr("Working out the new times …")
        self.price.setText(words)
        self.price.setVisible(bool(words))

    def _told(self) -> Closure:
        assert self._closure is not None
        closure = self._closure
        if self._street.stretch:
            roads = self._street.lines if self.whole.isChecked() and self.whole.isVisibleTo(self) else (self._street.stretch,)
            closure = replace(closure, roads=roads, points=roads[0])
        chosen = frozenset(profile for profile, box in self.vehicles.items() if box.isChecked())
        return self.when.told(
            replace(
                closure,
                note=self.name.text().strip() or tr(wording.KINDS[self.kind.currentData()]),
                kind=self.kind.currentData(),
                factor=self.factor.value() / _TENTHS if self.slow.isChecked() else None,
                profiles=frozenset() if chosen == frozenset(_DRIVEN) else chosen,
                heavier_than=Grams(round(self.limit.value() * _GRAMS)) if self.limited.isChecked() else None,
            )
        )

    def _changed(self) -> None:
        if not self._filling and self._closure is not None:
            self._say()
            self.show_impact(None)
            self.edited.emit(self._told())

    def _say(self) -> None:
        """What follows from the fields themselves."""
        self.factor.setEnabled(self.slow.isChecked())
        self.factor_words.setText(tr("× {factor} as long").format(factor=self._formats.number(self.factor.value() / _TENTHS)))
        self.factor_words.setEnabled(self.slow.isChecked())
        self.limit.setEnabled(self.limited.isChecked())
        self.save.setEnabled(any(box.isChecked() for box in self.vehicles.values()))
        if self._closure is not None:
            self.where.setText(_where(self._told(), self._street, self._formats))

    def _save(self) -> None:
        if self._closure is not None:
            self.saved.emit(self._told())

    def _settle(self) -> None:
        for kind in ClosureKind:
            self.kind.addItem(tr(wording.KINDS[kind]), kind)
        self.factor.setRange(12, 50)
        self.factor.setPageStep(5)
        self.limit.setRange(0.1, 60.0)
        self.limit.setSingleStep(0.5)
        self.limit.setDecimals(1)
        self.limit.setSuffix(" t")
        self.save.setDefault(True)
        for field, name in (
            (self.name, tr("Title")),
            (self.kind, tr("Reason")),
            (self.factor, tr("How much longer it takes")),
            (self.limit, tr("Heavier than, in tonnes")),
        ):
            field.setAccessibleName(name)

    def _listen(self) -> None:
        self.name.textEdited.connect(self._changed)
        self.kind.currentIndexChanged.connect(self._changed)
        self.factor.valueChanged.connect(self._changed)
        self.limit.valueChanged.connect(self._changed)
        self.when.edited.connect(self._changed)
        for radio in (self.closed, self.whole):
            radio.toggled.connect(self._changed)
        for box in (*self.vehicles.values(), self.limited):
            box.toggled.connect(self._changed)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        for part in (self._where_part(), rule(), self._what_part(), rule(), self._whom_part(), rule(), label(tr("When"), heading=True), self.when):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.setSpacing(4)
        foot.addWidget(self.met)
        foot.addWidget(self.price)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        foot.addLayout(buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(rule())
        whole.addLayout(foot)

    def _where_part(self) -> QWidget:
        part, column = _part()
        row = QHBoxLayout()
        row.addWidget(self.where, 1)
        row.addWidget(self.again)
        column.addLayout(row)
        column.addWidget(self.stretch)
        column.addWidget(self.whole)
        _group(part, self.stretch, self.whole)
        return part

    def _what_part(self) -> QWidget:
        part, column = _part()
        for title, field in ((tr("Title"), self.name), (tr("Reason"), self.kind)):
            column.addWidget(label(title, muted=True))
            column.addWidget(field)
        row = QHBoxLayout()
        row.setSpacing(14)
        for each in (self.closed, self.slow):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.factor_words)
        column.addLayout(row)
        column.addWidget(self.factor)
        _group(part, self.closed, self.slow)
        return part

    def _whom_part(self) -> QWidget:
        part, column = _part()
        column.addWidget(label(tr("Holds for"), heading=True))
        grid = QGridLayout()
        for at, box in enumerate(self.vehicles.values()):
            grid.addWidget(box, at // 2, at % 2)
        column.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(self.limited)
        row.addWidget(self.limit)
        row.addStretch(1)
        column.addLayout(row)
        return part


def _part() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    return made, column


def _group(owner: QWidget, *buttons: QRadioButton) -> None:
    group = QButtonGroup(owner)
    for each in buttons:
        group.addButton(each)


def _where(closure: Closure, street: Street, formats: Formats) -> str:
    if closure.roads:
        return street.name or formats.say(Sentence.of("desktop.closure_roads", count=len(closure.roads)))
    corners = len(closure.points) - closure.is_ring
    return formats.say(Sentence.of("desktop.closure_ring" if closure.is_ring else "desktop.closure_line", count=corners))
