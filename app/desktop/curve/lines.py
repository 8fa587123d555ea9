"""The rows of the curve's table, a line for each limit, known or still being sought."""

from collections.abc import Callable
from dataclasses import dataclass

from app.desktop.format import Formats
from app.desktop.widgets.rows import Column
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.domain.units import COST_PER_MINOR
from app.services.curve import LIMITS, Curve, Limit, Point

WAITS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveLine:
    """One limit. `point` None: it is still being sought; `saves` against moving no stop, in the problem's cost."""

    number: int
    at_most: Limit
    point: Point | None
    saves: int = 0
    knee: bool = False


def curve_lines(curve: Curve | None) -> tuple[CurveLine, ...]:
    """A line for every limit, whatever is known of it."""
    known = {point.at_most: point for point in curve.points} if curve is not None else {}
    knee = curve.knee if curve is not None and curve.complete else None
    saves = {point.at_most: curve.saves(point) for point in known.values()} if curve is not None else {}
    return tuple(
        CurveLine(number=number, at_most=limit, point=known.get(limit), saves=saves.get(limit, 0), knee=knee is not None and knee.at_most == limit)
        for number, limit in enumerate(LIMITS)
    )


def columns(formats: Formats, currency: str) -> tuple[Column, ...]:
    """The columns; numbers of points that are still being sought are `…`."""

    def money(cost: int) -> str:
        return price(cost, formats, currency)

    return (
        Column(id="limit", title=tr("May move"), text=lambda row: limit_words(row.at_most, formats) + ("  ◆ " + tr("Knee") if row.knee else ""), width=170),
        _number("moved", tr("Moved"), lambda point: formats.number(point.moved), 76),
        _number("cost", tr("Cost"), lambda point: money(point.money), 116),
        Column(id="saves", title=tr("Saves"), text=lambda row: _saved(row, money), tone=lambda row: "ok" if row.saves > 0 else "muted", number=True, width=116),
        _number("late", tr("Late"), lambda point: f"▲ {point.totals.late}" if point.totals.late else "0", 76, tone=lambda point: point.totals.late > 0),
        _number("broken", tr("Broken rules"), lambda point: f"◆ {point.totals.violations}" if point.totals.violations else "0", 104, tone=_breaks),
        _number("out", tr("Left out"), lambda point: f"◇ {point.totals.unplanned}" if point.totals.unplanned else "0", 86),
        _number("tell", tr("To tell"), lambda point: formats.number(point.to_tell), 86),
    )


def limit_words(limit: Limit, formats: Formats) -> str:
    """A limit as people say it."""
    if limit is None:
        return tr("Any number")
    return tr("None: only put in") if limit == 0 else formats.say(Sentence.of("desktop.curve_limit", count=limit))


def price(cost: int, formats: Formats, currency: str) -> str:
    """A cost with its small change: what one stop saves may be less than one whole."""
    return formats.money(round(cost / COST_PER_MINOR), currency)


def _breaks(point: Point) -> bool:
    return point.totals.violations > 0


def _saved(row: CurveLine, money: Callable[[int], str]) -> str:
    if row.point is None:
        return WAITS
    if not row.saves:
        return "–"
    return money(row.saves) if row.saves > 0 else f"−{money(-row.saves)}"


def _number(name: str, title: str, text: Callable[[Point], str], width: int, *, tone: Callable[[Point], bool] | None = None) -> Column:
    def told(row: CurveLine) -> str:
        return text(row.point) if row.point is not None else WAITS

    def toned(row: CurveLine) -> str:
        return "late" if tone is not None and row.point is not None and tone(row.point) else ""

    return Column(id=name, title=title, text=told, tone=toned, number=True, width=width)
