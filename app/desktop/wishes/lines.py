"""The rows of the effect of wishes: each measure in the plan as it stands, in the cheapest one, and in the one with the wishes."""

from collections.abc import Callable
from dataclasses import dataclass

from app.desktop.curve.lines import price
from app.desktop.format import Formats
from app.desktop.widgets.rows import Column
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.wishing import Measures

WAITS = "…"
Value = Callable[[Measures], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectLine:
    """One measure. None: not known yet. `better` -1: less is better, 1: more is, 0: neither."""

    name: str
    title: str
    now: str
    cheapest: str
    wished: str
    difference: str
    tone: str


def effect_lines(now: Measures, cheapest: Measures | None, wished: Measures | None, formats: Formats, currency: str) -> tuple[EffectLine, ...]:
    """A line for each measure; the difference is what the wishes alone do, against the cheapest plan."""

    def money(value: int) -> str:
        return price(value, formats, currency)

    def line(name: str, title: str, value: Value, said: Callable[[int], str], better: int = -1) -> EffectLine:
        told = [said(value(each)) if each is not None else WAITS for each in (now, cheapest, wished)]
        change = value(wished) - value(cheapest) if wished is not None and cheapest is not None else None
        return EffectLine(
            name=name,
            title=title,
            now=told[0],
            cheapest=told[1],
            wished=told[2],
            difference=WAITS if change is None else _signed(change, said),
            tone=_tone(change, better),
        )

    rows = [
        line("cost", tr("Cost"), lambda each: each.money, money),
        line("hours", tr("Hours of all routes"), lambda each: each.duration, formats.duration),
        line("spread", tr("Between longest and shortest route"), lambda each: each.spread, formats.duration),
        line("apart", tr("From a stop to the middle of its route"), lambda each: each.apart, formats.kilometers),
        line("late", tr("Late stops"), lambda each: each.late, str),
        line("out", tr("Left out"), lambda each: each.unplanned, str),
        line("moved", tr("Stops that move"), lambda each: each.moved, str, 0),
    ]
    if now.knowable:
        rows.insert(4, line("known", _known_title(now, formats), lambda each: each.known, str, 1))
    return tuple(rows)


def _known_title(now: Measures, formats: Formats) -> str:
    return formats.say(Sentence.of("desktop.wishes_known", count=now.knowable))


def _signed(change: int, said: Callable[[int], str]) -> str:
    if not change:
        return "–"
    return f"{'+' if change > 0 else '−'}{said(abs(change))}"


def _tone(change: int | None, better: int) -> str:
    if not change or not better:
        return "muted"
    return "ok" if change * better > 0 else "risk"


def columns() -> tuple[Column, ...]:
    """The columns of the effect."""
    return (
        Column(id="measure", title=tr("Measure"), text=lambda row: row.title, width=270),
        Column(id="now", title=tr("As it is"), text=lambda row: row.now, number=True, width=100),
        Column(id="cheapest", title=tr("Cheapest"), text=lambda row: row.cheapest, number=True, width=100),
        Column(id="wished", title=tr("With wishes"), text=lambda row: row.wished, number=True, width=100),
        Column(id="difference", title=tr("Effect of the wishes"), text=lambda row: row.difference, tone=lambda row: row.tone, number=True, width=150),
    )
