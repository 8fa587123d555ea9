"""What states, rules and kinds are called on screen, with the mark that stands beside the colour."""

from collections.abc import Sequence

from app.desktop.format import Formats
from app.desktop.words import later, tr
from app.domain.address import AddressState
from app.domain.orders import OrderState
from app.domain.roads import Profile
from app.domain.schedule import Violation, ViolationKind
from app.domain.sentences import Sentence
from app.services.queries import BoardRow, RoadMark, Standing

ADDRESS = {
    AddressState.UNPARSED: later("Not looked for yet"),
    AddressState.EXACT: later("Exact"),
    AddressState.INTERPOLATED: later("Between two numbers"),
    AddressState.STREET: later("Street only"),
    AddressState.AREA: later("Town only"),
    AddressState.AMBIGUOUS: later("Several places fit"),
    AddressState.NOT_FOUND: later("Not found"),
    AddressState.PINNED: later("Set by hand"),
}
ADDRESS_TONE = {
    AddressState.UNPARSED: "muted",
    AddressState.EXACT: "ok",
    AddressState.INTERPOLATED: "ok",
    AddressState.STREET: "risk",
    AddressState.AREA: "late",
    AddressState.AMBIGUOUS: "late",
    AddressState.NOT_FOUND: "late",
    AddressState.PINNED: "ok",
}
ADDRESS_MARK = {"ok": "✓", "risk": "◆", "late": "✕", "muted": "…"}
STATES = {
    OrderState.DRAFT: later("Draft"),
    OrderState.ON_HOLD: later("On hold"),
    OrderState.READY: later("Ready"),
    OrderState.PLANNED: later("Planned"),
    OrderState.TENDERED: later("Tendered"),
    OrderState.IN_PROGRESS: later("In progress"),
    OrderState.DELIVERED: later("Delivered"),
    OrderState.DELIVERED_PROOF_MISSING: later("Delivered, proof missing"),
    OrderState.PART_DELIVERED: later("Part delivered"),
    OrderState.ATTEMPT_FAILED: later("Attempt failed"),
    OrderState.AWAITING_CUSTOMER: later("Awaiting customer"),
    OrderState.CANCELLED: later("Cancelled"),
    OrderState.RETURNING: later("Returning"),
    OrderState.RETURNED: later("Returned"),
    OrderState.LOST: later("Lost"),
    OrderState.DAMAGED: later("Damaged"),
    OrderState.WRITTEN_OFF: later("Written off"),
    OrderState.DISPUTED: later("Disputed"),
    OrderState.CLOSED: later("Closed"),
}
PROFILES = {
    Profile.VAN: later("Van"),
    Profile.TRUCK: later("Truck"),
    Profile.CARGO_BIKE: later("Cargo bike"),
    Profile.WALKER: later("Walker"),
    Profile.SIDEWALK_ROBOT: later("Sidewalk robot"),
    Profile.DRONE: later("Drone"),
}
STANDINGS = {
    Standing.PLANNED: later("In a route"),
    Standing.LATE: later("Late"),
    Standing.POOL: later("Pool"),
    Standing.HELD: later("On hold"),
    Standing.CANCELLED: later("Cancelled"),
}
STANDING_TONE = {Standing.PLANNED: "", Standing.LATE: "late", Standing.POOL: "risk", Standing.HELD: "late", Standing.CANCELLED: "muted"}


def address_state(state: AddressState) -> str:
    """The state with its mark, as "✓ Exact"."""
    return f"{ADDRESS_MARK[ADDRESS_TONE[state]]} {tr(ADDRESS[state])}"


def address_words(row: BoardRow) -> str:
    """What is known of the place of an order; an exact place that waits for a person (swapped, crowded, outside) is not called exact."""
    return f"◆ {tr('To check')}" if _doubted(row) else address_state(row.address_state)


def address_tone(row: BoardRow) -> str:
    """The tone of `address_words`."""
    return "risk" if _doubted(row) else ADDRESS_TONE[row.address_state]


def _doubted(row: BoardRow) -> bool:
    return row.standing is Standing.HELD and ADDRESS_TONE[row.address_state] == "ok"


def punctuality(row: BoardRow | None, late: int, slack: int | None, formats: Formats) -> str:
    """How a stop stands to its window: "▲ +18 min", "12 min slack", or nothing; with a mark where a closure lies on its way."""
    if row is not None and any(mark.lost for mark in row.roads):
        return f"▨ {tr('no road')}"
    mark = "▨ " if row is not None and row.roads else ""
    if late:
        return f"{mark}▲ +{formats.minutes(late)}"
    if slack is None:
        return mark.strip()
    return mark + tr("{span} slack").format(span=formats.duration(slack) if slack >= 3_600_000 else formats.minutes_down(slack))


def road_marks(roads: Sequence[RoadMark], formats: Formats) -> str:
    """What closures mean on the way to a stop: cut off, a detour, or slow; the worst first."""
    worst = sorted(roads, key=lambda mark: (not mark.lost, mark.slow))
    keys = ("desktop.closure_cut" if mark.lost else "desktop.closure_slow" if mark.slow else "desktop.closure_detour" for mark in worst)
    return " · ".join(f"▨ {formats.say(Sentence.of(key, name=mark.name))}" for key, mark in zip(keys, worst, strict=True))


def violation(each: Violation, formats: Formats) -> str:
    """A broken rule in words."""
    return formats.say(violation_sentence(each, formats))


def violation_sentence(each: Violation, formats: Formats) -> Sentence:
    """A broken rule as a sentence of the catalogue."""
    key = f"desktop.violation_{each.kind.value}"
    match each.kind:
        case ViolationKind.LATE | ViolationKind.SHIFT | ViolationKind.BREAK | ViolationKind.DURATION:
            return Sentence.of(key, span=formats.minutes(each.amount))
        case ViolationKind.DISTANCE:
            return Sentence.of(key, distance=formats.kilometers(each.amount))
        case ViolationKind.LOAD:
            return Sentence.of(key, excess=_excess(each, formats))
        case ViolationKind.SKILL | ViolationKind.FEATURE:
            return Sentence.of(key, missing=", ".join(each.missing))
        case _:
            return Sentence.of(key)


def _excess(each: Violation, formats: Formats) -> str:
    if each.measure == "pieces":
        return formats.say(Sentence.of("desktop.pieces", count=each.amount))
    if each.measure == "volume":
        return f"{formats.number(round(each.amount / 1_000_000, 2))} m³"
    return formats.weight(each.amount)
