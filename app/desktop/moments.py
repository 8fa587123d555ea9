"""When something was, as people say it: the time alone for today, else with the day, in the depot's zone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.desktop.format import Formats
from app.desktop.words import tr

Now = Callable[[], datetime]
"""The present moment, aware."""


def present() -> datetime:
    """The present moment by the clock of the machine."""
    return datetime.now(UTC)


def moment(at: datetime, formats: Formats, now: datetime) -> str:
    """An instant as 18:03, "Yesterday 18:03" or "Sun 22 Nov 18:03"."""
    wall, today = formats.wall(at), formats.wall(now).date()
    time = f"{wall:%H:%M}"
    if wall.date() == today:
        return time
    if wall.date() == today - timedelta(days=1):
        return tr("Yesterday {time}").format(time=time)
    return f"{formats.day(wall.date())} {time}"
