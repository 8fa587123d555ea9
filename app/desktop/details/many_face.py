"""The details of several orders: how many, what they weigh and take, where they are, and which route would take them at the least cost."""

from collections import Counter
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.desktop import names
from app.desktop.actions import Actions
from app.desktop.details.looking import Look
from app.desktop.details.parts import MARGIN, Fact, Facts, Links, Note
from app.desktop.format import Formats
from app.desktop.widgets.act_button import ActButton
from app.desktop.widgets.flow import Flow
from app.desktop.widgets.parts import button, label, rule
from app.desktop.words import tr
from app.domain.ids import RouteId
from app.domain.sentences import Sentence
from app.services.queries import BoardRow
from app.services.weighing import Weight

OFFERED = 3
"""Routes that are offered."""


class ManyFace(QWidget):
    """`route` carries a route to be shown, `moved` one that is to take the selected orders."""

    route = Signal(object)
    moved = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._best: RouteId | None = None
        self._title: QLabel = label(title=True, wrap=True)
        self._facts = Facts(_titles())
        self._heading: QLabel = label(tr("Where they are"), heading=True)
        self._places = Links()
        self._pool: QLabel = label(muted=True, wrap=True)
        self._offer = Note()
        self._give: QPushButton = button("", self._moved)
        self._act_lock = ActButton(actions["lock"], tr("Lock or unlock"))
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, 12)
        column.setSpacing(8)
        upper: tuple[QWidget, ...] = (self._title, rule(), self._facts, self._offer, self._give)
        for each in upper:
            column.addWidget(each)
        acts = (
            *(("move", tr("Move…")), ("best_places", tr("Best places")), ("optimise", tr("Optimise"))),
            *(("unassign", tr("Back to pool")), ("move_day", tr("Another day…"))),
        )
        column.addWidget(Flow((*(ActButton(actions[name], text) for name, text in acts), self._act_lock)))
        lower: tuple[QWidget, ...] = (self._heading, self._places, self._pool)
        for each in lower:
            column.addWidget(each)
        column.addStretch(1)

    def show_look(self, look: Look) -> None:
        """Shows the orders that are looked at."""
        rows, formats = look.orders, look.formats
        self._title.setText(formats.say(Sentence.of("details.selected", count=len(rows))))
        self._facts.say(_facts(rows, formats))
        self._say_places(look)
        weights = (look.found.weights or ())[:OFFERED]
        said = [weight_words(each, formats) for each in weights]
        nowhere = [tr("No other route can take all of them without breaking a rule.")] if look.found.weights == () else []
        self._offer.say(tr("If added to …"), said or nowhere)
        fits = bool(weights)
        self._best = weights[0].route if fits else None
        self._give.setText(tr("Move to {route}").format(route=weights[0].vehicle) if fits else "")
        self._give.setAccessibleName(self._give.text())
        self._give.setVisible(fits)

    def _say_places(self, look: Look) -> None:
        routes = Counter(row.route for row in look.orders if row.route is not None)
        ordered = [each for each in look.shown.view.routes if each.id in routes]
        say = look.formats.say
        counts = [look.formats.named(row.vehicle or str(row.number), say(Sentence.of("details.stops", count=routes[row.id]))) for row in ordered]
        self._places.say([(words, partial(self.route.emit, row.id)) for words, row in zip(counts, ordered, strict=True)])
        others = Counter(row.standing for row in look.orders if row.route is None)
        self._pool.setText(" · ".join(look.formats.named(tr(names.STANDINGS[standing]), str(count)) for standing, count in others.items()))
        self._pool.setVisible(bool(others))

    def _moved(self) -> None:
        if self._best is not None:
            self.moved.emit(self._best)


def _titles() -> tuple[tuple[str, str], ...]:
    return (
        ("weight", tr("Weight")),
        ("pieces", tr("Pieces")),
        ("volume", tr("Volume")),
        ("service", tr("At doors")),
        ("windows", tr("Windows")),
        ("late", tr("Late")),
    )


def _facts(rows: tuple[BoardRow, ...], formats: Formats) -> dict[str, Fact]:
    spans = [span for row in rows for span in row.windows]
    late = sum(1 for row in rows if row.late)
    volume = sum(row.volume for row in rows)
    return {
        "weight": Fact(strong=formats.weight(sum(row.weight for row in rows))),
        "pieces": Fact(strong=formats.number(sum(row.pieces for row in rows))),
        "volume": Fact(strong=formats.volume(volume) if volume else ""),
        "service": Fact(strong=formats.minutes(sum(row.service for row in rows))),
        "windows": Fact(strong=formats.span(min(opens for opens, _ in spans), max(closes for _, closes in spans)) if spans else ""),
        "late": Fact(strong=f"▲ {late}" if late else "", tone="late"),
    }


def weight_words(each: Weight, formats: Formats) -> str:
    """What a route would take more, as "Van 2: +21 min · +4.2 km · ▲ 1 late"."""
    sign = "+" if each.time >= 0 else "−"
    far = "+" if each.meters >= 0 else "−"
    parts = [formats.named(each.vehicle, f"{sign}{formats.minutes(abs(each.time))}"), f"{far}{formats.kilometers(abs(each.meters))}"]
    parts += [f"▲ {formats.say(Sentence.of('desktop.figure_late', count=each.late))}"] if each.late else []
    return " · ".join(parts)
