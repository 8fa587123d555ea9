"""What the palette shows of what was found: groups with headings, the ones used last first, then orders, routes, days, places and acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.desktop.commanding.finding import Hit, Kind, Met

Key = tuple[Kind, str]


class Group(StrEnum):
    """The headings, in their order."""

    RECENT = "recent"
    ORDERS = "orders"
    PEOPLE = "people"
    DAYS = "days"
    PLACES = "places"
    ACTS = "acts"


_OF = {Kind.ORDER: Group.ORDERS, Kind.ROUTE: Group.PEOPLE, Kind.DAY: Group.DAYS, Kind.PLACE: Group.PLACES, Kind.ACT: Group.ACTS}
MOST: Mapping[Group, int] = {Group.RECENT: 3, Group.ORDERS: 6, Group.PEOPLE: 4, Group.DAYS: 1, Group.PLACES: 4, Group.ACTS: 6}
"""How many of a group are shown among others."""
ALONE = 20
"""How many are shown where only one kind is asked for."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """A heading with what stands below it; `more` were found and are not shown."""

    group: Group
    hits: tuple[Hit, ...]
    more: int = 0


def arranged(hits: Sequence[Hit], recent: Sequence[Key] = ()) -> tuple[Grouped, ...]:
    """Hits in groups: what was used before and is met well first; then group by group, those that hold only near misses last."""
    known = [(hit.thing.kind, hit.thing.id) for hit in hits]
    again = sorted((hit for hit, key in zip(hits, known, strict=True) if key in recent and hit.met >= Met.WORD), key=lambda hit: recent.index(_key(hit)))
    again = again[: MOST[Group.RECENT]]
    held: dict[Group, list[Hit]] = {group: [] for group in Group}
    held[Group.RECENT] = again
    for hit in hits:
        if hit not in again:
            held[_OF[hit.thing.kind]].append(hit)
    filled = [group for group in Group if held[group]]
    limit = ALONE if len({key[0] for key in known}) == 1 else 0
    order = sorted(filled, key=lambda group: _weakness(held[group]))
    return tuple(_cut(group, held[group], limit or MOST[group]) for group in order)


def _key(hit: Hit) -> Key:
    return hit.thing.kind, hit.thing.id


def _weakness(hits: Sequence[Hit]) -> int:
    """0: something is met well; 1: only inside words; 2: only nearly."""
    best = max(hit.met for hit in hits)
    return 0 if best >= Met.WORD else 1 if best is Met.INSIDE else 2


def _cut(group: Group, hits: Sequence[Hit], most: int) -> Grouped:
    return Grouped(group, tuple(hits[:most]), max(0, len(hits) - most))


def remembered(recent: Sequence[Key], used: Key, most: int = 24) -> tuple[Key, ...]:
    """What was used last, with one more use; newest first."""
    return (used, *(each for each in recent if each != used))[:most]
