"""What a drag would do, in words: the lines of the card beside the pointer, and of the small window that asks for a route."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.desktop import names
from app.desktop.format import Formats
from app.domain.ids import OrderId, RouteId, TaskId
from app.domain.orders import order_of
from app.domain.schedule import ViolationKind
from app.domain.sentences import Sentence
from app.domain.units import COST_PER_MINOR, MILLIS_PER_MINUTE
from app.services.advice_values import Broken
from app.services.dragging import Hand, Impact, Lateness
from app.services.queries import DayView, RouteRow

_RULES = 3
"""Broken rules that are named; the rest is counted."""


_OF_THE_ROUTE = {ViolationKind.LOAD, ViolationKind.RELOAD}
"""Rules that the route breaks as a whole, wherever that is noticed first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; its tone names a colour of the theme, and a mark stands before it in the text."""

    text: str
    tone: str = "text"
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the card shows. `number` is that of the route in its chip; 0: none."""

    title: str
    number: int = 0
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """All of it, for who does not see it."""
        return "\n".join([self.title, *(line.text for line in self.lines)])


def said(impact: Impact, hand: Hand, view: DayView, formats: Formats) -> Said:
    """What putting a hand down does."""
    row = view.by_route.get(impact.route) if impact.route is not None else None
    title = Sentence.of("desktop.drag_stop", route=_called(row), stop=impact.first) if row is not None else Sentence.of("desktop.drag_pool")
    number = row.number if row is not None else 0
    if not impact.changes:
        return Said(title=formats.say(title), number=number, lines=(Line(formats.say(Sentence.of("desktop.drag_same")), "muted"),))
    lines = [_figures(impact, view, formats), _late(impact, formats), *_rules(impact, view, formats), *_touched(impact, hand, view, formats)]
    return Said(title=formats.say(title), number=number, lines=tuple(lines))


def _called(row: RouteRow) -> str:
    return " ".join(part for part in (row.vehicle or str(row.number), row.driver) if part)


def signed(value: int, text: str) -> str:
    """A difference with its sign: a true minus, a plus, or ±."""
    return f"{'−' if value < 0 else '+' if value > 0 else '±'}{text.lstrip('-−')}"


def _figures(impact: Impact, view: DayView, formats: Formats) -> Line:
    """Money, minutes and way."""
    minor, minutes = round(impact.cost / COST_PER_MINOR), round(impact.time / MILLIS_PER_MINUTE)
    parts = (
        signed(minor, formats.money(abs(minor), view.currency)),
        signed(minutes, formats.minutes(abs(minutes) * MILLIS_PER_MINUTE)),
        signed(impact.meters, formats.kilometers(abs(impact.meters))),
    )
    return Line("  ·  ".join(parts), "ok" if minor < 0 else "text", strong=True)


def _late(impact: Impact, formats: Formats) -> Line:
    was, now = impact.late_before, impact.late_after
    if not was.stops and not now.stops:
        return Line("✓ " + formats.say(Sentence.of("desktop.drag_on_time")), "ok")
    words = Sentence.of("desktop.drag_late", before=_lateness(was, formats), after=_lateness(now, formats))
    worse = now.span > was.span
    return Line(f"{'▲' if now.stops else '✓'} {formats.say(words)}", "late" if worse else "risk" if now.stops else "ok")


def _lateness(late: Lateness, formats: Formats) -> str:
    if not late.stops:
        return formats.say(Sentence.of("desktop.drag_late_none"))
    return formats.say(Sentence.of("desktop.drag_late_stops", count=late.stops, span=formats.minutes(late.span)))


def _rules(impact: Impact, view: DayView, formats: Formats) -> list[Line]:
    weightiest = sorted(impact.broken, key=lambda each: (each.violation.kind is ViolationKind.LATE, -each.violation.amount))
    lines = [Line(f"◆ {_rule(each, view, formats)}", "late") for each in weightiest[:_RULES]]
    if len(impact.broken) > _RULES:
        lines.append(Line(formats.say(Sentence.of("desktop.drag_more", count=len(impact.broken) - _RULES)), "late"))
    if impact.mended:
        lines.append(Line("✓ " + formats.say(Sentence.of("desktop.drag_mended", count=impact.mended)), "ok"))
    return lines


def _rule(each: Broken, view: DayView, formats: Formats) -> str:
    rule = names.violation(each.violation, formats)
    if each.violation.task is not None and each.violation.kind not in _OF_THE_ROUTE:
        where = _number(each.violation.task, view)
    else:
        where = next((_called(row) for row in view.routes if row.shift == each.shift), "")
    return formats.say(Sentence.of("desktop.drag_rule", where=where, rule=rule)) if where else rule


def _touched(impact: Impact, hand: Hand, view: DayView, formats: Formats) -> list[Line]:
    """Locks, promises, and what comes along or stays."""
    found = []
    for route in impact.locked_routes:
        found.append(("🔒", Sentence.of("desktop.drag_locked_route", route=_route(route, view)), "risk"))
    if impact.locks:
        found.append(("🔒", Sentence.of("desktop.drag_locks", count=len(impact.locks)), "risk"))
    if impact.promises:
        found.append(("◆", Sentence.of("desktop.drag_promises", count=len(impact.promises)), "risk"))
    if impact.along:
        found.append(("⇄", Sentence.of("desktop.drag_along", count=len(impact.along), orders=_numbers(impact.along, view)), "muted"))
    if hand.stuck:
        found.append(("✕", Sentence.of("desktop.drag_stuck", count=hand.stuck), "risk"))
    return [Line(f"{mark} {formats.say(words)}", tone) for mark, words, tone in found]


def _route(route: RouteId, view: DayView) -> str:
    row = view.by_route.get(route)
    return _called(row) if row is not None else ""


def _number(task: TaskId, view: DayView) -> str:
    row = view.by_order.get(OrderId(order_of(task)))
    return row.number if row is not None else ""


def _numbers(tasks: Sequence[TaskId], view: DayView) -> str:
    shown = ", ".join(_number(task, view) for task in tasks[:2])
    return f"{shown} …" if len(tasks) > 2 else shown
