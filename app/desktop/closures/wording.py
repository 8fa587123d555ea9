"""How closures read: what they are, when, for whom, and what they do to the plan."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.desktop.format import Formats
from app.desktop.names import PROFILES
from app.desktop.words import later, tr
from app.domain.roads import Closure, ClosureKind
from app.domain.sentences import Sentence
from app.services.closing_effects import Impact

KINDS = {
    ClosureKind.WORKS: later("Road works"),
    ClosureKind.EVENT: later("Event"),
    ClosureKind.ACCIDENT: later("Accident"),
    ClosureKind.WEATHER: later("Weather"),
    ClosureKind.AVOID: later("To be avoided"),
}
_DAY = timedelta(days=1)


def effect(closure: Closure, formats: Formats) -> str:
    """Closed, or how slow."""
    return tr("closed") if closure.factor is None else tr("slow, × {factor}").format(factor=formats.number(round(closure.factor, 1)))


def hours(closure: Closure, formats: Formats) -> str:
    """When it is in force, in the depot's wall times."""
    zone = ZoneInfo(formats.zone)
    begins = closure.begins.astimezone(zone) if closure.begins is not None else None
    ends = closure.ends.astimezone(zone) if closure.ends is not None else None
    words = _span(begins, ends, formats)
    if closure.daily is None:
        return words
    daily = tr("daily {begin}–{end}").format(begin=_clock(closure.daily[0]), end=_clock(closure.daily[1]))
    return f"{words} · {daily}"


def concerned(closure: Closure, formats: Formats) -> str:
    """For which vehicles it holds."""
    kinds = ", ".join(tr(PROFILES[each]) for each in sorted(closure.profiles)) or tr("all vehicles")
    if closure.heavier_than is None:
        return kinds
    return tr("{vehicles} over {weight} t").format(vehicles=kinds, weight=formats.number(round(closure.heavier_than / 1_000_000, 2)))


def met(found: Impact, formats: Formats) -> str:
    """Whom it meets: routes and stops."""
    if not found.legs:
        return tr("No route of this plan is affected.")
    routes = formats.say(Sentence.of("desktop.closure_routes", count=len(found.routes)))
    return tr("{routes}, {stops} affected").format(routes=routes, stops=formats.say(Sentence.of("desktop.closure_stops", count=len(found.tasks))))


def price(found: Impact, formats: Formats) -> str:
    """What it costs: minutes, late stops, stops that are cut off; empty while that is not known."""
    if found.more is None:
        return ""
    parts = []
    if found.lost > 0:
        parts.append("✕ " + formats.say(Sentence.of("desktop.closure_lost", count=found.lost)))
    else:  # a plan without some of its stops takes less time, which is no gain
        parts.append(f"{'+' if found.more >= 0 else '−'}{formats.minutes(abs(found.more))}")
    if found.late > 0:
        parts.append("▲ " + formats.say(Sentence.of("desktop.closure_late", count=found.late)))
    return " · ".join(part.replace(" ", "\u00a0") for part in parts)


def head(closure: Closure, formats: Formats) -> str:
    """Its name with what it is."""
    del formats
    return (tr("Slow road: {name}") if closure.factor is not None else tr("Road closed: {name}")).format(name=closure.note or tr(KINDS[closure.kind]))


def _clock(reading: int) -> str:
    return f"{reading // 3_600_000:02d}:{reading // 60_000 % 60:02d}"


def _span(begins: datetime | None, ends: datetime | None, formats: Formats) -> str:
    if begins is None and ends is None:
        return tr("until lifted")
    if begins is not None and ends is not None and ends - begins == _DAY and begins.hour == begins.minute == 0:
        return formats.day(begins.date())
    start = f"{formats.day(begins.date())} {begins:%H:%M}" if begins is not None else ""
    if ends is None:
        return tr("from {begin}").format(begin=start)
    same = begins is not None and begins.date() == ends.date()
    end = f"{ends:%H:%M}" if same else f"{formats.day(ends.date())} {ends:%H:%M}"
    return tr("until {end}").format(end=end) if begins is None else f"{start}–{end}" if same else f"{start} – {end}"
