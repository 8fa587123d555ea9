"""What the inbox says of each thing: its mark, its title, why it is there, and the one act that helps."""

from dataclasses import dataclass

from app.desktop import names
from app.desktop.format import Formats
from app.desktop.words import later, tr
from app.domain.sentences import Sentence
from app.services.attention import UNFORESEEN, Item, Matter

MARKS = {Matter.LATE: "▲", Matter.RULE: "◆", Matter.ADDRESS: "✕", Matter.UNPLANNED: "◇"}
TONES = {Matter.LATE: "late", Matter.RULE: "risk", Matter.ADDRESS: "late", Matter.UNPLANNED: "risk"}
ACTS = {Matter.LATE: later("Show"), Matter.RULE: later("Show"), Matter.ADDRESS: later("Solve address"), Matter.UNPLANNED: later("Move…")}
KINDS = {Matter.LATE: later("Late"), Matter.RULE: later("Rule broken"), Matter.ADDRESS: later("Address"), Matter.UNPLANNED: later("In no route")}

SHORT = {
    "locating.not_found": later("Not found"),
    "locating.not_found_similar": later("Not found"),
    "locating.ambiguous": later("Several places fit"),
    "locating.area_only": later("Town only"),
    "locating.unparsed": later("Cannot be read"),
    "locating.null_island": later("Coordinates are empty (0, 0)"),
    "locating.swapped": later("Coordinates seem to be swapped"),
    "locating.outside": later("Outside the area"),
    "locating.far_from_town": later("Coordinates are far from the town"),
    "locating.many_on_one_point": later("Many addresses on one point"),
}
_CHOOSING = {"locating.not_found_similar", "locating.ambiguous"}


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
    return _short(item.reasons[0], formats)


def _short(reason: Sentence, formats: Formats) -> str:
    """The reason in a few words where there are some, so that a column of rows can be read at a glance; the details say all of it."""
    words = SHORT.get(reason.key)
    if words is None:
        return formats.say(reason)
    count = dict(reason.facts).get("count")
    if reason.key not in _CHOOSING or not isinstance(count, int):
        return tr(words)
    return f"{tr(words)} · {formats.say(Sentence.of('desktop.inbox_fits', count=count))}"
