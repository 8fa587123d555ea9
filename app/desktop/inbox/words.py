"""What the inbox says of each thing: its mark, its title, why it is there, and the one act that helps."""

from dataclasses import dataclass

from app.desktop import names
from app.desktop.format import Formats
from app.desktop.words import later, tr
from app.services.attention import UNFORESEEN, Item, Matter

MARKS = {Matter.LATE: "▲", Matter.RULE: "◆", Matter.ADDRESS: "✕", Matter.UNPLANNED: "◇"}
TONES = {Matter.LATE: "late", Matter.RULE: "risk", Matter.ADDRESS: "late", Matter.UNPLANNED: "risk"}
ACTS = {Matter.LATE: later("Show"), Matter.RULE: later("Show"), Matter.ADDRESS: later("Solve address"), Matter.UNPLANNED: later("Move…")}
KINDS = {Matter.LATE: later("Late"), Matter.RULE: later("Rule broken"), Matter.ADDRESS: later("Address"), Matter.UNPLANNED: later("In no route")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A row in words: `head` stands out, `rest` follows it, `window` and `why` are the second line."""

    mark: str
    tone: str
    head: str
    rest: str
    window: str
    why: str
    act: str

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return f"{self.mark} {self.head} {self.rest}, {self.window}, {self.why}. {self.act}".replace(", ,", ",")


def words_of(item: Item, formats: Formats) -> Said:
    """The row of one thing."""
    return Said(
        mark=MARKS[item.matter],
        tone=TONES[item.matter],
        head=_head(item),
        rest=_rest(item),
        window=formats.windows(item.windows[:1]),
        why=_why(item, formats),
        act=tr(ACTS[item.matter]) if item.route is None or item.matter is not Matter.UNPLANNED else tr("Show"),
    )


def _head(item: Item) -> str:
    """A stop by its place in its route, an order in none by its number."""
    if not item.route_number:
        return item.number
    route = item.vehicle or str(item.route_number)
    return tr("{route} · stop {stop}").format(route=route, stop=item.position) if item.position else route


def _rest(item: Item) -> str:
    if item.order is None:
        return tr("Whole route")
    return " ".join(part for part in (item.number if item.route_number else "", item.customer if item.route_number else item.address) if part)


def _why(item: Item, formats: Formats) -> str:
    if item.matter is Matter.LATE:
        reason = f" · {formats.say(item.reasons[0])}" if item.reasons else ""
        return f"+{formats.minutes(item.late)}{reason}"
    if item.matter is Matter.RULE:
        return " · ".join(names.violation(each, formats) for each in item.violations)
    if not item.reasons or item.reasons[0].key == UNFORESEEN:
        return tr("Not planned yet") if item.matter is Matter.UNPLANNED else tr("Not looked for yet")
    return formats.say(item.reasons[0])
