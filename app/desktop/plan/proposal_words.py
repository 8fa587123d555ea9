"""What is said of a proposal in short statements: what it saves, whom it moves, what it leaves out."""

from app.desktop.format import Formats
from app.desktop.plan.two_lines import Said
from app.domain.sentences import Fact, Sentence
from app.services.planning_values import Totals
from app.services.proposal_changes import Change, Changes


def running_words(share: float, best: Totals | None, formats: Formats) -> tuple[list[Said], list[Said]]:
    """How far a solve is, and what the best plan so far reaches."""
    first = [Said(_say(formats, "optimising", percent=round(share * 100)))]
    if best is None:
        return first, [Said(_say(formats, "bar_searching"))]
    return first, [
        Said(_say(formats, "bar_best", count=best.planned)),
        Said(_say(formats, "bar_left_out", count=best.unplanned), "risk" if best.unplanned else ""),
        _late(formats, "figure_late", best.late, count=best.late),
        Said(formats.kilometers(best.meters)),
    ]


def first_words(found: Changes, formats: Formats, currency: str) -> tuple[list[Said], list[Said]]:
    """A plan for a day that had none: what it brings."""
    after = found.after
    vehicles = _say(formats, "vehicles", count=after.vehicles)
    first = [Said(_say(formats, "bar_first", count=after.planned, vehicles=vehicles)), _late(formats, "figure_late", after.late, count=after.late)]
    return [*first, *_left_out(found, formats)], [
        Said(formats.kilometers(after.meters)),
        Said(_say(formats, "figure_cost", cost=_money(after, formats, currency))),
    ]


def change_words(found: Changes, formats: Formats, currency: str) -> tuple[list[Said], list[Said]]:
    """What it changes of the plan as it stands: savings, late stops and who changes route first; the rest in the second line."""
    before, after = found.before, found.after
    first = [Said(_savings(found, formats)), _late(formats, "bar_late", after.late, before=before.late, after=after.late)]
    first += _moved(found, formats)
    second = [*_left_out(found, formats)]
    second += [
        Said(_say(formats, key, count=count)) for key, count in (("bar_new", found.count(Change.NEW)), ("bar_place", found.count(Change.PLACE))) if count
    ]
    broken = found.broken_promises
    second += [Said(_say(formats, "bar_promises", count=broken), "risk")] if broken else []
    second.append(Said(_say(formats, "bar_cost", before=_money(before, formats, currency), after=_money(after, formats, currency))))
    return first, second


def _savings(found: Changes, formats: Formats) -> str:
    time, way = found.before.duration - found.after.duration, found.before.meters - found.after.meters
    facts: dict[str, Fact] = {"time": formats.minutes(abs(time)), "distance": formats.kilometers(abs(way))}
    if time >= 0 and way >= 0:
        return _say(formats, "bar_saves", **facts)
    if time <= 0 and way <= 0:
        return _say(formats, "bar_takes", **facts)
    return _say(formats, "bar_less_time" if time > 0 else "bar_less_way", **facts)


def _moved(found: Changes, formats: Formats) -> list[Said]:
    """How many change route, and how many of these the last committed version had."""
    moved, promised = found.count(Change.ROUTE), found.rerouted_promises
    said = [Said(_say(formats, "bar_moved", count=moved))]
    return [*said, Said(_say(formats, "bar_committed", count=promised), "risk")] if promised else said


def _left_out(found: Changes, formats: Formats) -> list[Said]:
    left = len(found.left_out)
    return [Said(_say(formats, "bar_left_out", count=left), "risk")] if left else []


def _late(formats: Formats, key: str, late: int, **facts: Fact) -> Said:
    return Said(("▲ " if late else "") + _say(formats, key, **facts), "late" if late else "")


def _money(totals: Totals, formats: Formats, currency: str) -> str:
    return formats.cost(totals.travel_cost, currency)


def _say(formats: Formats, key: str, **facts: Fact) -> str:
    return formats.say(Sentence.of(f"desktop.{key}", **facts))
