"""Which bands of the day a table has, and when they begin on the clock of a planning day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.roads import DAY_BANDS, Profile
from app.domain.units import MILLIS_PER_HOUR, Millis, to_clock
from app.routing.speeds import MIDDAY, has_traffic

BEFORE = Millis(-24 * MILLIS_PER_HOUR)
"""The first band's begin: before any reading of a planning day."""
DAY_MS = 24 * MILLIS_PER_HOUR


def chosen_bands(profile: Profile, names: frozenset[str] = frozenset()) -> list[int]:
    """The bands that a table needs: all where traffic makes a difference, else midday alone. `names` narrows them."""
    if names:
        return [index for index, band in enumerate(DAY_BANDS) if band.name in names]
    return list(range(len(DAY_BANDS))) if has_traffic(profile) else [MIDDAY]


def band_begins(bands: Sequence[int], origin: datetime, zone: str) -> tuple[Millis, ...]:
    """The clock readings at which these bands begin on the planning day; the first reigns from before the day."""
    begins = [to_clock(instant(DAY_BANDS[index].begins, origin, zone), origin) for index in bands]
    return (BEFORE, *begins[1:])


def band_span(bands: Sequence[int], nth: int, origin: datetime, zone: str) -> tuple[datetime, datetime]:
    """From when to when (aware UTC) the nth of these bands reigns; the first from the day's begin, the last until its end."""
    begin = origin if nth == 0 else instant(DAY_BANDS[bands[nth]].begins, origin, zone)
    end = instant(DAY_MS, origin, zone) if nth == len(bands) - 1 else instant(DAY_BANDS[bands[nth + 1]].begins, origin, zone)
    return begin, end


def band_at(when: datetime | None, zone: str) -> int:
    """The band of an instant (aware); midday where none is given."""
    if when is None:
        return MIDDAY
    local = when.astimezone(ZoneInfo(zone))
    reading = ((local.hour * 60 + local.minute) * 60 + local.second) * 1000
    return max(index for index, band in enumerate(DAY_BANDS) if band.begins <= reading)


def instant(wall_ms: int, origin: datetime, zone: str) -> datetime:
    """The instant at which the wall clocks of the zone read so many milliseconds after midnight of the day of `origin`."""
    midnight = origin.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wall = datetime(midnight.year, midnight.month, midnight.day) + timedelta(milliseconds=wall_ms)
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(origin.tzinfo)
