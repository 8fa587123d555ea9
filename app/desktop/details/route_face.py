"""The details of one route: who drives what and when, how full it is, how its time is spent, what it costs, what it breaks, and its late stops."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.desktop import icons, names
from app.desktop.actions import Actions
from app.desktop.details.looking import Look
from app.desktop.details.parts import MARGIN, Fact, Facts, Link, Links, LoadBar, Note
from app.desktop.format import Formats
from app.desktop.palette import badge_text_color, route_color
from app.desktop.theme import Tokens
from app.desktop.widgets.act_button import ActButton
from app.desktop.widgets.flow import Flow
from app.desktop.widgets.parts import label, rule
from app.desktop.words import tr
from app.domain.fleet import Shift, Vehicle
from app.domain.load import Capacity, Load
from app.domain.schedule import Timeline
from app.domain.sentences import Sentence
from app.services.queries import RouteRow, StopRow
from app.services.route_times import spent

NAMED = 6
"""Late stops that are named."""


class RouteFace(QWidget):
    """`wanted` carries an order to be shown, `up` is emitted to show the day instead."""

    wanted = Signal(object)
    up = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._up = Link(self.up.emit)
        self._badge: QLabel = label()
        self._badge.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name: QLabel = label(title=True, wrap=True)
        self._driver: QLabel = label(wrap=True)
        self._locked = QLabel()
        self._locked.setToolTip(tr("Locked"))
        self._locked.setAccessibleName(tr("Locked"))
        self._facts = Facts(_titles())
        self._bars = {name: LoadBar(title) for name, title in (("weight", tr("Weight")), ("volume", tr("Volume")), ("pieces", tr("Pieces")))}
        self._broken, self._late = Note(), Links()
        self._late_heading: QLabel = label(heading=True)
        self._act_lock = ActButton(actions["lock_route"], tr("Lock the route"))
        self._repair = ActButton(actions["repair"], tr("Repair…"))
        self._lay_out()

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._locked.setPixmap(icons.icon("lock", tokens.text).pixmap(16, 16))

    def show_look(self, look: Look) -> None:
        """Shows the route that is looked at."""
        row = look.route
        if row is None:
            return
        self._head(row)
        line = look.shown.judged.timelines.get(row.id) if look.shown.judged is not None else None
        self._facts.say(_facts(look, row, line))
        self._load(look, row, line)
        self._broken.say(tr("What is broken"), _broken(look, row, line))
        self._repair.setVisible(bool(row.broken or row.late) and look.shown.proposal is None)
        self._say_late(look, row)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 8, MARGIN, 12)
        column.setSpacing(8)
        self._up.say(f"‹ {tr('The day')}")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._badge)
        head.addWidget(self._name, 1)
        head.addWidget(self._locked)
        who = QVBoxLayout()
        who.setSpacing(2)
        who.addLayout(head)
        who.addWidget(self._driver)
        column.addWidget(self._up)
        column.addLayout(who)
        column.addWidget(rule())
        for bar in self._bars.values():
            column.addWidget(bar)
        column.addWidget(self._facts)
        column.addWidget(self._broken)
        acts = (ActButton(self._actions["optimise"], tr("Optimise")), self._act_lock, ActButton(self._actions["stops"], tr("Show stops")), self._repair)
        column.addWidget(Flow(acts))
        column.addWidget(self._late_heading)
        column.addWidget(self._late)
        column.addStretch(1)

    def _head(self, row: RouteRow) -> None:
        self._badge.setText(str(row.number))
        self._badge.setStyleSheet(
            f"background: {route_color(row.number)}; color: {badge_text_color(row.number)}; border-radius: 4px; padding: 1px 7px; font-weight: 600;"
        )
        self._name.setText(row.vehicle or tr("Route {number}").format(number=row.number))
        self._driver.setText(" · ".join(part for part in (row.driver or tr("No driver"), tr(names.PROFILES[row.profile])) if part))
        self._locked.setVisible(row.locked)
        self._act_lock.say(tr("Unlock the route") if row.locked else tr("Lock the route"))

    def _load(self, look: Look, row: RouteRow, line: Timeline | None) -> None:
        peak = line.peak if line is not None else Load()
        vehicle = _vehicle(look, row)
        limits = vehicle.capacity if vehicle is not None else Capacity()
        for name, load, limit in (
            ("weight", peak.weight, limits.weight),
            ("volume", peak.volume, limits.volume),
            ("pieces", peak.pieces, limits.pieces),
        ):
            bar = self._bars[name]
            bar.setVisible(bool(load) or limit is not None)
            bar.say(_load_words(name, load, limit, look.formats), load / limit if limit else None)

    def _say_late(self, look: Look, row: RouteRow) -> None:
        late = sorted((stop for stop in look.stops(row.id) if stop.late), key=lambda stop: -stop.late)[:NAMED]
        self._late_heading.setText(tr("Late stops") if late else "")
        self._late_heading.setVisible(bool(late))
        self._late.say([(_late_words(stop, look.formats), lambda order=stop.orders[0]: self.wanted.emit(order)) for stop in late])  # type: ignore[misc]


def _titles() -> tuple[tuple[str, str], ...]:
    return (
        ("span", tr("On the road")),
        ("shift", tr("Shift")),
        ("stops", tr("Stops")),
        ("late", tr("Late")),
        ("distance", tr("Distance")),
        ("duration", tr("Duration")),
        ("driving", tr("Driving")),
        ("serving", tr("At doors")),
        ("waiting", tr("Waiting")),
        ("resting", tr("Breaks")),
        ("loading", tr("Reloading")),
        ("cost", tr("Cost")),
    )


def _facts(look: Look, row: RouteRow, line: Timeline | None) -> dict[str, Fact]:
    formats = look.formats
    facts = {"shift": _shift_fact(look, row), "stops": Fact(strong=str(row.stops))}
    if line is None or not row.stops:
        return facts
    parts = spent(line, look.shown.day.depot.reload)
    late = Fact(strong=f"▲ {row.late}", tone="late", plain=tr("at most {span}").format(span=formats.minutes(row.worst_late))) if row.late else Fact()
    overtime = tr("{span} of it overtime").format(span=formats.minutes(line.overtime)) if line.overtime else ""
    return facts | {
        "span": Fact(strong=formats.span(row.leaves, row.ends)),
        "late": late,
        "distance": Fact(strong=formats.kilometers(row.meters)),
        "duration": Fact(strong=formats.minutes(line.duration), plain=overtime),
        "driving": Fact(plain=formats.minutes(parts.driving)),
        "serving": Fact(plain=formats.minutes(parts.serving)),
        "waiting": Fact(plain=formats.minutes(parts.waiting) if parts.waiting else ""),
        "resting": Fact(plain=formats.minutes(parts.resting) if parts.resting else ""),
        "loading": Fact(plain=formats.minutes(parts.loading) if parts.loading else ""),
        "cost": Fact(strong=formats.cost(line.travel_cost, look.shown.view.currency)),
    }


def _shift(look: Look, row: RouteRow) -> Shift | None:
    return next((each for each in look.shown.day.shifts if each.id == row.shift), None)


def _vehicle(look: Look, row: RouteRow) -> Vehicle | None:
    shift = _shift(look, row)
    return look.shown.day.vehicles.get(shift.vehicle) if shift is not None else None


def _shift_fact(look: Look, row: RouteRow) -> Fact:
    shift = _shift(look, row)
    if shift is None:
        return Fact()
    late = tr("overtime until {time}").format(time=f"{shift.latest_end:%H:%M}") if shift.latest_end > shift.ends else ""
    return Fact(plain=" · ".join(part for part in (f"{shift.starts:%H:%M}–{shift.ends:%H:%M}", late) if part))


def _load_words(name: str, load: int, limit: int | None, formats: Formats) -> str:
    said = {"weight": formats.weight, "volume": formats.volume, "pieces": formats.number}[name]
    return tr("{load} of {limit}").format(load=said(load), limit=said(limit)) if limit is not None else str(said(load))


def _broken(look: Look, row: RouteRow, line: Timeline | None) -> list[str]:
    """The rules that the whole route breaks, the closures on its way, and how many rules its stops break."""
    said = [f"◆ {names.violation(each, look.formats)}" for each in row.violations]
    said += [names.road_marks(row.roads, look.formats)] if row.roads else []
    of_stops = sum(1 for each in line.violations if each.task is not None) if line is not None else 0
    return said + ([f"◆ {look.formats.say(Sentence.of('details.broken_at_stops', count=of_stops))}"] if of_stops else [])


def _late_words(stop: StopRow, formats: Formats) -> str:
    return f"▲ {formats.minutes(stop.late)} · {stop.position} · {stop.customer or stop.number}"
