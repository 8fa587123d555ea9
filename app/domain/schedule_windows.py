"""Which window a service belongs to, and when it begins.

In order of opening, the first window that has not closed yet is waited for. Where a priced window lies before it, service begins at once
instead if that lateness costs no more than the waiting (the later the arrival, the dearer the one and the cheaper the other, so beginning
is never earlier for arriving later). After the last window has closed, service begins at once and belongs to the last priced window, or to the last one
where none is priced.
"""

from collections.abc import Sequence

from app.domain.schedule_values import TimeWindow


def settle(windows: Sequence[TimeWindow], arrival: int, milli_price: int) -> tuple[int, int, int]:
    """When service begins after an arrival, the index of the window, and the milliseconds that it is late.

    `milli_price` is the cost of a millisecond of waiting. At least one window is needed.
    """
    priced = -1
    for index, window in enumerate(windows):
        if arrival <= window.closes:
            if priced < 0 or arrival >= window.opens or _waiting_is_cheaper(windows[priced], window, arrival, milli_price):
                return max(arrival, window.opens), index, 0
            return arrival, priced, arrival - windows[priced].closes
        if window.late_price is not None:
            priced = index
    index = priced if priced >= 0 else len(windows) - 1
    return arrival, index, arrival - windows[index].closes


def _waiting_is_cheaper(closed: TimeWindow, following: TimeWindow, arrival: int, milli_price: int) -> bool:
    return (closed.late_price or 0) * (arrival - closed.closes) > milli_price * (following.opens - arrival)
