"""The details of the day, where nothing is selected: its figures, why orders are in no route, and what to do next."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.details.looking import Look
from app.desktop.details.parts import MARGIN, Fact, Facts, Links, Note
from app.desktop.widgets.act_button import ActButton
from app.desktop.widgets.flow import Flow
from app.desktop.widgets.parts import label, rule
from app.desktop.words import tr
from app.domain.plans import PlanState
from app.domain.sentences import Sentence
from app.domain.units import COST_PER_MINOR
from app.services.queries import DayView

REASONS = 5
"""Reasons of the pool that are named."""


class DayFace(QWidget):
    """`picked` carries the orders that a reason of the pool concerns."""

    picked = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: QLabel = label(title=True, wrap=True)
        self._depot: QLabel = label(muted=True, wrap=True)
        self._next = Note()
        acts = {"import": tr("Import orders…"), "optimise_day": tr("Optimise the day"), "commit": tr("Commit…"), "next_trouble": tr("Show the next")}
        self._acts = {name: ActButton(actions[name], text) for name, text in acts.items()}
        self._facts = Facts(_titles())
        self._why: QLabel = label(heading=True)
        self._reasons = Links()
        self._dear: QLabel = label(heading=True)
        self._dearest = Links()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, 12)
        column.setSpacing(8)
        column.addWidget(self._day)
        column.addWidget(self._depot)
        column.addWidget(rule())
        column.addWidget(self._next)
        column.addWidget(Flow(tuple(self._acts.values())))
        for part in (self._facts, self._why, self._reasons, self._dear, self._dearest):
            column.addWidget(part)
        column.addStretch(1)

    def show_look(self, look: Look) -> None:
        """Shows the day that is looked at."""
        view, formats = look.shown.view, look.formats
        self._day.setText(formats.day(view.day))
        self._depot.setText(" · ".join((view.depot_name, _plan_words(look))))
        said, act = what_next(look)
        self._next.say(tr("What to do next"), [said])
        for name, each in self._acts.items():
            each.setVisible(name == act)
        self._facts.say(_facts(look))
        self._say_reasons(look)
        self._say_dearest(look)

    def _say_reasons(self, look: Look) -> None:
        left = [row for row in look.shown.view.pool if row.reasons]
        reasons = Counter(look.formats.say(row.reasons[0]) for row in left)
        links: list[tuple[str, Callable[[], object]]] = []
        for said, count in reasons.most_common(REASONS):
            orders = tuple(row.order for row in left if look.formats.say(row.reasons[0]) == said)
            links.append((f"{look.formats.number(count)} × {said}", lambda orders=orders: self.picked.emit(orders)))  # type: ignore[misc]
        self._why.setText(tr("Why not in a route?") if links else "")
        self._why.setVisible(bool(links))
        self._reasons.say(links)

    def _say_dearest(self, look: Look) -> None:
        """The stops that cost far more than one mostly does, each with what it costs."""
        view, formats = look.shown.view, look.formats
        links: list[tuple[str, Callable[[], object]]] = []
        for order, dear in look.found.dearest:
            row = view.by_order.get(order)
            if row is not None:
                facts = {
                    "order": row.number,
                    "cost": formats.money(round(dear.cost / COST_PER_MINOR), view.currency),
                    "times": formats.number(round(dear.times)),
                }
                links.append((formats.say(Sentence.of("details.dear", **facts)), lambda order=order: self.picked.emit((order,))))  # type: ignore[misc]
        self._dear.setText(tr("Dearest stops") if links else "")
        self._dear.setVisible(bool(links))
        self._dearest.say(links)


def what_next(look: Look) -> tuple[str, str]:
    """What this day needs most, and the act that does it (empty: none)."""
    view, say = look.shown.view, look.formats.say
    figures = view.figures
    if look.shown.trouble is not None:
        return say(look.shown.trouble), ""
    if not view.board:
        return tr("There are no orders on this day yet. Import a file, or drop one here."), "import"
    if figures.held:
        return say(Sentence.of("details.next_held", count=figures.held)), "next_trouble"
    if figures.pool and not figures.planned:
        return say(Sentence.of("details.next_plan", count=figures.pool)), "optimise_day"
    if figures.late:
        return say(Sentence.of("details.next_late", count=figures.late)), "next_trouble"
    if figures.pool:
        return say(Sentence.of("details.next_pool", count=figures.pool)), "optimise_day"
    if view.plan_state is PlanState.COMMITTED:
        return say(Sentence.of("details.next_nothing", number=view.committed)), ""
    return tr("Every order is in a route, and none is late. Commit the plan when it is to become the promise."), "commit"


def _titles() -> tuple[tuple[str, str], ...]:
    return (
        ("orders", tr("Orders")),
        ("planned", tr("In routes")),
        ("pool", tr("Pool")),
        ("held", tr("On hold")),
        ("late", tr("Late")),
        ("vehicles", tr("Vehicles")),
        ("distance", tr("Distance")),
        ("duration", tr("Hours")),
        ("cost", tr("Cost")),
    )


def _facts(look: Look) -> dict[str, Fact]:
    view, formats = look.shown.view, look.formats
    figures = view.figures
    used = sum(1 for row in view.routes if row.stops)
    driven = bool(view.source) and figures.planned > 0
    return {
        "orders": Fact(strong=formats.number(figures.orders)),
        "planned": Fact(strong=formats.number(figures.planned)),
        "pool": Fact(strong=formats.number(figures.pool)),
        "held": Fact(strong=f"◆ {formats.number(figures.held)}" if figures.held else "", tone="risk"),
        "late": Fact(strong=f"▲ {formats.number(figures.late)}" if figures.late else "", tone="late"),
        "vehicles": Fact(strong=tr("{used} of {all}").format(used=used, all=len(view.routes)) if view.routes else ""),
        "distance": Fact(strong=formats.kilometers(figures.meters) if driven else ""),
        "duration": Fact(strong=formats.minutes(figures.duration) if driven else ""),
        "cost": Fact(strong=formats.cost(figures.cost, view.currency) if driven else ""),
    }


def _plan_words(look: Look) -> str:
    view: DayView = look.shown.view
    if view.plan is None:
        return tr("not planned yet")
    if view.plan_state is PlanState.COMMITTED:
        return look.formats.say(Sentence.of("journal.committed", number=view.committed))
    return tr("draft plan")
