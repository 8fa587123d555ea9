"""What an arrangement does, in short words with marks: money, minutes, kilometres, lateness, broken rules."""

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QLayout, QWidget

from app.desktop import names
from app.desktop.format import Formats
from app.desktop.plan.two_lines import Said
from app.domain.ids import ShiftId
from app.domain.schedule import Violation, ViolationKind
from app.domain.sentences import Sentence
from app.services.advice_values import Broken
from app.services.dragging import Impact
from app.services.handwork import Effect

NAMED = 2
"""Broken rules that are said one by one; the others are counted."""


def signed(value: int, text: str) -> str:
    """The text of an amount with its sign, as "+21 min"; nothing has none."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{text}"


def span(time: int, formats: Formats) -> str:
    """A difference of time in whole minutes."""
    minutes = round(time / 60_000) * 60_000
    return signed(minutes, formats.minutes(abs(minutes)))


def money(cost: int, currency: str, formats: Formats) -> str:
    """A difference of cost."""
    text, nothing = formats.cost(abs(cost), currency), formats.cost(0, currency)
    return text if text == nothing else signed(cost, text)


def distance(meters: int, formats: Formats) -> str:
    """A difference of way."""
    return signed(meters, formats.kilometers(abs(meters)))


def impact_said(impact: Impact, currency: str, formats: Formats) -> tuple[Said, ...]:
    """What putting orders into a place does: money, minutes, kilometres, lateness."""
    late = (impact.late_before.stops, impact.late_after.stops)
    return said(Effect(time=impact.time, meters=impact.meters, cost=impact.cost, late_before=late[0], late_after=late[1]), currency, formats)


def said(effect: Effect, currency: str, formats: Formats) -> tuple[Said, ...]:
    """What changes: money, minutes, kilometres, and lateness where there is or was any."""
    parts = [Said(money(effect.cost, currency, formats)), Said(span(effect.time, formats)), Said(distance(effect.meters, formats))]
    if effect.late_before or effect.late_after:
        tone = "late" if effect.late_after > effect.late_before else "" if effect.late_after else "ok"
        parts.append(Said(formats.say(Sentence.of("desktop.hand_late", before=effect.late_before, after=effect.late_after)), tone))
    return tuple(parts)


def rules(broken: Iterable[Broken], vehicles: Mapping[ShiftId, str], formats: Formats) -> tuple[Said, ...]:
    """The newly broken rules in words, each with its vehicle; lateness is counted elsewhere."""
    found = [formats.named(vehicles.get(each.shift, ""), names.violation(each.violation, formats)) for each in broken if _counted(each.violation)]
    whole = tuple(dict.fromkeys(found))
    more = [f"◆ {formats.say(Sentence.of('desktop.hand_more_rules', count=len(whole) - NAMED))}"] if len(whole) > NAMED else []
    return tuple(Said(text, "risk") for text in [*(f"◆ {each}" for each in whole[:NAMED]), *more])


def named(key: str, count: int, number: str) -> Sentence:
    """A heading about some orders: one alone is called by its number."""
    return Sentence.of(f"desktop.{key}_order", order=number) if count == 1 else Sentence.of(f"desktop.{key}", count=count)


def fit(dialog: QWidget, width: int) -> None:
    """Gives a dialog a width, and the height that its words need at that width."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # else words that wrap ask for the height of a much narrower window
    height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    dialog.setFixedSize(width, height + dialog.fontMetrics().lineSpacing())  # a line to spare, where words become longer


def _counted(broken: Violation) -> bool:
    return broken.kind is not ViolationKind.LATE
