"""Travel through the bands of the day, in whole milliseconds, so that leaving later never means arriving earlier (FIFO).

A leg is begun with the duration of the band in which it leaves. At that band's end the part of the leg that is left goes on with the next
band's duration: `left × next // present`, rounded down, both counted in milliseconds; and so on band by band. Metres are those of the
band in which it leaves. Where a band has no road for a leg that is under way, the leg ends with the duration of the band before.
"""

from bisect import bisect_right
from collections.abc import Sequence

from app.domain.roads import UNREACHABLE, TravelTable


def arrival(table: TravelTable, leg: int, leaves: int) -> int:
    """When a leg (`row × size + column`) that leaves at `leaves` arrives, or UNREACHABLE where no road leads in that band."""
    begins = table.begins
    band = max(0, bisect_right(begins, leaves) - 1)
    duration = table.durations[band][leg]
    if duration == UNREACHABLE or band + 1 == len(begins) or leaves + duration <= begins[band + 1]:
        return UNREACHABLE if duration == UNREACHABLE else leaves + duration
    return crossing(begins, table.durations, leg, leaves, band)


def crossing(begins: Sequence[int], durations: Sequence[Sequence[int]], leg: int, leaves: int, band: int) -> int:
    """The arrival of a leg that outlasts the band in which it leaves; `band` is that band and the leg has a road in it."""
    now, duration = leaves, durations[band][leg]
    left = duration
    while band + 1 < len(begins) and now + left > begins[band + 1]:
        left -= begins[band + 1] - now
        now = begins[band + 1]
        following = durations[band + 1][leg]
        if following == UNREACHABLE:
            break
        left, duration = left * following // duration if duration else 0, following
        band += 1
    return now + left


def latest_departure(table: TravelTable, leg: int, arrives: int, not_before: int) -> int:
    """The latest moment from `not_before` on at which a leg may leave to arrive at `arrives` or earlier.

    `not_before` itself must arrive in time. A leg that has no road at the hour of arrival leaves at `not_before`.
    """
    begins = table.begins
    band = max(0, bisect_right(begins, arrives) - 1)
    duration = table.durations[band][leg]
    if duration == UNREACHABLE:
        return not_before
    if band == 0 or arrives - duration >= begins[band]:
        return max(not_before, arrives - duration)
    return _searched(table, leg, arrives, not_before)


def _searched(table: TravelTable, leg: int, arrives: int, not_before: int) -> int:
    """`latest_departure` by halving, which the FIFO rule allows."""
    low, high = not_before, max(not_before, arrives)
    while low < high:
        middle = (low + high + 1) // 2
        if middle <= arrival(table, leg, middle) <= arrives:
            low = middle
        else:
            high = middle - 1
    return low
