"""The parts of a planning day that have travel times of their own: the bands of traffic, cut where closures begin and end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.closing import in_force, spans
from app.domain.geo import Box, Place
from app.domain.ids import ClosureId
from app.domain.roads import DAY_BANDS, Closure, Profile
from app.domain.units import Millis, to_clock
from app.routing.bands import BEFORE, DAY_MS, band_begins, band_span, chosen_bands, instant
from app.routing.network import Ints
from app.routing.straight import leg_ms

_QUARTER = timedelta(minutes=15)
_LONGEST = timedelta(hours=1)
_MOST_PARTS = 12
"""Closures with many different hours would cut the day into more tables than a plan has use for; the shortest parts are then joined."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the planning day with its own numbers: the band whose speeds it has, when it begins, and the closures that its ways go around."""

    band: int
    begins: Millis
    closures: tuple[Closure, ...]

    @property
    def closed(self) -> frozenset[ClosureId]:
        """Which closures those are."""
        return frozenset(each.id for each in self.closures)


def day_parts(
    profile: Profile, closures: Sequence[Closure], origin: datetime, zone: str, lead: timedelta, names: frozenset[str] = frozenset()
) -> tuple[Part, ...]:
    """The parts of a planning day: the bands, cut where a closure begins or ends.

    Who leaves is on the road for a while: a closure counts from `lead` before it begins, which is as long as the longest way takes. `names` narrows
    to bands; they are not cut then, and a closure holds in the whole of a band that it touches.
    """
    concerned = tuple(each for each in closures if not each.profiles or profile in each.profiles)
    chosen = chosen_bands(profile, names)
    begins = [band_span(chosen, nth, origin, zone) for nth in range(len(chosen))]
    if names:
        whole = [tuple(each for each in concerned if in_force(each, *span, zone)) for span in begins]
        return tuple(Part(band, at, each) for band, at, each in zip(chosen, band_begins(chosen, origin, zone), whole, strict=True))
    day_ends = instant(DAY_MS, origin, zone)
    force = [(each, [(start - lead, end) for start, end in spans(each, origin, day_ends + lead, zone)]) for each in concerned]
    cuts = sorted({at for _, held in force for span in held for at in span if origin < at < day_ends})
    starts = sorted({*cuts, *(start for start, _ in begins)})
    parts = []
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else day_ends
        band = chosen[max(nth for nth, (opens, _) in enumerate(begins) if opens <= start)]
        held = tuple(each for each, hours in force if any(opens < end and closes > start for opens, closes in hours))
        parts.append(Part(band, Millis(BEFORE if at == 0 else to_clock(start, origin)), held))
    return _joined(parts, to_clock(day_ends, origin))


def _joined(parts: list[Part], day_ends: Millis) -> tuple[Part, ...]:
    """Neighbours that do not differ become one, and the shortest ones of a band too while there are too many: closed in either is closed in both."""
    kept = [part for at, part in enumerate(parts) if at == 0 or (part.band, part.closures) != (parts[at - 1].band, parts[at - 1].closures)]
    while len(kept) > _MOST_PARTS:
        ends = [each.begins for each in kept[1:]] + [day_ends]
        pairs = [(ends[at + 1] - max(kept[at].begins, 0), at) for at in range(len(kept) - 1) if kept[at].band == kept[at + 1].band]
        if not pairs:
            break
        at = min(pairs)[1]
        both = tuple(dict.fromkeys((*kept[at].closures, *kept[at + 1].closures)))
        kept[at : at + 2] = [replace(kept[at], closures=both)]
    return tuple(kept)


def closed_by_part(parts: Sequence[Part]) -> tuple[frozenset[ClosureId], ...]:
    """The closures of each part as a table names them; empty where there are none."""
    return tuple(part.closed for part in parts) if any(part.closures for part in parts) else ()


def first_lead(profile: Profile, places: Sequence[Place]) -> timedelta:
    """About as long as the longest leg between these places takes, in whole quarters of an hour, so that one more place seldom changes it."""
    if len(places) < 2:
        return _QUARTER
    box = Box.around(places)
    return _whole(max(leg_ms(Place(box.south, box.west), Place(box.north, box.east), profile, band) for band in range(len(DAY_BANDS))))


def longer_lead(lead: timedelta, closures: Sequence[Closure], legs: Iterable[Ints]) -> timedelta | None:
    """The lead that these travel times (milliseconds) ask for, where it is longer than that which they were made with and a closure begins some time.

    At most `_LONGEST`: a place that is nearly cut off must not close the roads of all others hours before their time.
    """
    if all(each.begins is None and each.daily is None for each in closures):
        return None
    longest = _whole(max((int(each.max(initial=0)) for each in legs), default=0))
    wanted = min(longest, max(_LONGEST, lead))
    return wanted if wanted > lead else None


def _whole(span: int) -> timedelta:
    return _QUARTER * (1 + span // int(_QUARTER.total_seconds() * 1000))
