"""One change of many orders: what it would make of each, before anything is written. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from app.domain.errors import Malformed, RuleBroken
from app.domain.ids import OrderId
from app.domain.orders import EDITABLE, Order, Window
from app.domain.sentences import Sentence
from app.services.commands import Edit
from app.services.entering import entered, texts_of
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from app.services.planning_values import Judged

CHANGEABLE = (
    Field.WINDOW,
    Field.DAY,
    Field.SERVICE,
    Field.PRIORITY,
    Field.WEIGHT,
    Field.VOLUME,
    Field.PIECES,
    Field.SKILLS,
    Field.FEATURES,
    Field.HANDLING,
    Field.NOTES,
    Field.NAME,
    Field.PHONE,
    Field.EMAIL,
    Field.LANGUAGE,
)
"""What can be changed of many orders at once; a place cannot: two orders rarely share a door."""
_NEVER_EMPTY = frozenset({Field.DAY})


class How(StrEnum):
    """What is done to a field."""

    SET = "set"
    CLEAR = "clear"
    SHIFT = "shift"
    """Windows, by minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field's change. `text`: the new value, or the minutes of a shift."""

    field: Field
    how: How = How.SET
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field of one order, before and after; `error` says why it cannot be."""

    order: OrderId
    number: str
    customer: str
    field: Field
    before: str
    after: str
    error: Sentence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What changes would do: the lines that differ, the edits to be written, and how many orders stay or cannot be changed."""

    lines: tuple[Line, ...] = ()
    edits: tuple[Edit, ...] = ()
    same: int = 0
    refused: int = 0


def ways(field: Field) -> tuple[How, ...]:
    """What can be done to a field."""
    if field is Field.WINDOW:
        return (How.SET, How.CLEAR, How.SHIFT)
    return (How.SET,) if field in _NEVER_EMPTY else (How.SET, How.CLEAR)


def outlook(orders: Sequence[Order], changes: Sequence[Change], defaults: Defaults) -> Outlook:
    """What the changes would make of each order. An order with any refusal is left out of the edits as a whole."""
    lines: list[Line] = []
    edits: list[Edit] = []
    same = refused = 0
    for order in orders:
        after, errors = _changed(order, changes, defaults)
        lines += _lines(order, after, changes, errors)
        if errors:
            refused += 1
        elif after == order:
            same += 1
        else:
            edits.append(Edit(before=order, after=after))
    return Outlook(lines=tuple(lines), edits=tuple(edits), same=same, refused=refused)


def late_count(judged: Judged) -> int:
    """How many stops of a plan are late."""
    return sum(1 for line in judged.timelines.values() for halt in line.halts if halt.late)


def shifted(windows: Sequence[Window], minutes: int) -> tuple[Window, ...]:
    """The windows so many minutes later, or earlier. Raises Malformed where one would leave its day."""
    by = timedelta(minutes=minutes)
    moved = tuple(replace(each, opens=each.opens + by, closes=each.closes + by) for each in windows)
    for was, now in zip(windows, moved, strict=True):
        midnight = was.opens.replace(hour=0, minute=0, second=0)
        if now.opens < midnight or now.closes > midnight + timedelta(days=1):
            raise Malformed("ordering.leaves_day", window=f"{was.opens:%H:%M}-{was.closes:%H:%M}", minutes=minutes)
    return moved


def _changed(order: Order, changes: Sequence[Change], defaults: Defaults) -> tuple[Order, Mapping[Field, Sentence]]:
    """The order after the changes, and what is refused of them."""
    if order.state not in EDITABLE:
        refusal = Sentence.of("ordering.too_late", order=order.number)
        return order, {change.field: refusal for change in changes}
    texts = {change.field: change.text if change.how is How.SET else "" for change in changes if change.how is not How.SHIFT}
    read = entered(texts, order, defaults) if texts else None
    errors = dict(read.errors) if read is not None else {}
    after = read.order if read is not None and read.order is not None else order
    for change in changes:
        if change.how is How.SHIFT:
            try:
                after = replace(after, windows=shifted(after.windows, int(change.text)))
            except ValueError:
                errors[change.field] = Sentence.of("intake.number", value=change.text[:60])
            except (Malformed, RuleBroken) as refusal:
                errors[change.field] = refusal.sentence
    return after, errors


def _lines(order: Order, after: Order, changes: Sequence[Change], errors: Mapping[Field, Sentence]) -> list[Line]:
    old, new = texts_of(order), texts_of(after)
    made = []
    for field in dict.fromkeys(change.field for change in changes):
        if field in errors or old[field] != new[field]:
            error = errors.get(field)
            line = Line(order=order.id, number=order.number, customer=order.recipient.name, field=field, before=old[field], after=new[field], error=error)
            made.append(line)
    return made
