"""A remedy as the command that does it: windows, shifts and routes together, as one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.fleet import Shift
from app.domain.geo import Place
from app.domain.ids import RouteId, ShiftId, TaskId, new_id
from app.domain.orders import Order, Window
from app.domain.plans import Route, Stop, Unassigned
from app.domain.schedule import Step
from app.domain.sentences import Sentence
from app.domain.units import from_clock, wall_to_clock
from app.services import planning
from app.services.commands import Command, Edit, EditOrders, MoveToDay, SetPlace
from app.services.planning_judging import stops_of
from app.services.planning_values import DayProblem, Judged
from app.services.ports.store import Day
from app.services.remedies_values import Remedy, RemedyKind, ShiftChange, Widened
from app.services.shift_commands import ChangeShifts, Together


def command_of(day: Day, problem: DayProblem, judged: Judged, remedy: Remedy, spare: Sequence[Shift] = ()) -> Together:
    """The wish to do what a remedy says. `judged` is the plan that it was found for, `spare` the shifts that it may bring into the day."""
    parts: list[Command] = []
    if remedy.windows or remedy.without:
        parts.append(EditOrders(edits=_edits(problem, remedy), field="window" if remedy.windows else ""))
    shifts = _shifts(day, problem, remedy, {each.id: each for each in spare})
    if shifts:
        parts.append(ChangeShifts(shifts=shifts))
    parts.append(_plan(day, problem, judged, remedy))
    return Together(parts=tuple(parts), called=Sentence.of("command.remedy", order=problem.orders[remedy.task].number))


def on_another_day(order: Order, other: Day, problem: DayProblem, judged: Judged, remedy: Remedy) -> Together:
    """The wish to put an order on another day and there where the remedy found room; `problem` and `judged` are of that day, with the order in it.

    A day that is not planned yet gets it into its pool.
    """
    parts: list[Command] = [MoveToDay(orders=(order.id,), day=other.day, label=order.number)]
    if other.plan is not None:
        parts.append(_plan(other, problem, judged, remedy))
    return Together(parts=tuple(parts), called=Sentence.of("command.move_to_day", count=1, order=order.number, day=other.day.isoformat()))


def at_the_road(order: Order, place: Place, day: Day, problem: DayProblem, judged: Judged, remedy: Remedy | None) -> Together:
    """The wish to set the place of an order on a road, and to put it where the remedy found room; None: it then waits in the pool.

    `problem` and `judged` are of the day with the order there.
    """
    parts: list[Command] = [SetPlace(order=order.id, place=place, number=order.number)]
    if remedy is not None:
        parts.append(_plan(day, problem, judged, remedy))
    return Together(parts=tuple(parts), called=Sentence.of("command.remedy" if remedy is not None else "command.set_place", order=order.number))


# Orders -----------------------------------------------------------------------------------------------------------


def _edits(problem: DayProblem, remedy: Remedy) -> tuple[Edit, ...]:
    after: dict[TaskId, Order] = {}
    for wider in remedy.windows:
        order = after.get(wider.task, problem.orders[wider.task])
        after[wider.task] = replace(order, windows=_widened(problem, order, wider))
    if remedy.without:
        order = after.get(remedy.task, problem.orders[remedy.task])
        after[remedy.task] = replace(order, skills=order.skills - remedy.without, features=order.features - remedy.without)
    return tuple(Edit(before=problem.orders[task], after=order) for task, order in after.items())


def _widened(problem: DayProblem, order: Order, wider: Widened) -> tuple[Window, ...]:
    """The order's windows, those that make up the one of its terms opening earlier or closing later."""
    zone = ZoneInfo(problem.problem.zone)
    was = problem.terms[wider.task].windows[wider.window]
    inside = [each for each in order.windows if was.opens <= wall_to_clock(each.closes, zone, problem.origin) and _opens(problem, each) <= was.closes]
    if not inside:
        return order.windows
    first, last = min(inside, key=lambda each: each.opens), max(inside, key=lambda each: each.closes)
    opens = wall(problem, wider.opens) if wider.opens < was.opens else first.opens
    closes = wall(problem, wider.closes) if wider.closes > was.closes else last.closes
    found = []
    for each in order.windows:
        begins = opens if each is first else each.opens
        found.append(replace(each, opens=begins, closes=closes if each is last else each.closes))
    return tuple(found)


def _opens(problem: DayProblem, window: Window) -> int:
    return wall_to_clock(window.opens, ZoneInfo(problem.problem.zone), problem.origin)


def wall(problem: DayProblem, reading: int) -> datetime:
    """A clock reading as local wall time (naive) of the depot's zone."""
    return from_clock(reading, problem.origin).astimezone(ZoneInfo(problem.problem.zone)).replace(tzinfo=None)


# Shifts -----------------------------------------------------------------------------------------------------------


def _shifts(day: Day, problem: DayProblem, remedy: Remedy, spare: Mapping[ShiftId, Shift]) -> tuple[Shift, ...]:
    known = {each.id: each for each in day.shifts}
    every = {**spare, **known}
    found = [_changed(problem, known[each.shift], each, every) for each in remedy.shifts if each.shift in known]
    if remedy.kind is RemedyKind.EXTRA:
        new = spare[remedy.shift]
        change = next((each for each in remedy.shifts if each.shift == new.id), None)
        found.append(_changed(problem, new, change, every) if change is not None else new)
    return tuple(found)


def _changed(problem: DayProblem, shift: Shift, change: ShiftChange, every: Mapping[ShiftId, Shift]) -> Shift:
    if change.vehicle_of is not None:
        shift = replace(shift, vehicle=every[change.vehicle_of].vehicle)
    if change.driver_of is not None:
        shift = replace(shift, driver=every[change.driver_of].driver)
    if change.starts is not None:
        shift = replace(shift, starts=wall(problem, change.starts))
    if change.latest_end is not None:
        shift = replace(shift, latest_end=wall(problem, change.latest_end))
    if change.max_duration is not None:
        shift = replace(shift, max_duration=change.max_duration)
    if change.reloads is not None:
        shift = replace(shift, reloads=change.reloads)
    if change.pause is not None and change.pause_latest is not None:
        pauses = sorted(shift.breaks, key=lambda each: each.earliest)
        pauses[change.pause] = replace(pauses[change.pause], latest=wall(problem, change.pause_latest))
        shift = replace(shift, breaks=tuple(pauses))
    return shift


# The plan ---------------------------------------------------------------------------------------------------------


def _plan(day: Day, problem: DayProblem, judged: Judged, remedy: Remedy) -> Command:
    """The plan with the remedy's routes in place of those of the same shifts."""
    wish = planning.proposal(day, problem, judged, judged.totals).command()
    steps = {route.shift: route.steps for route in remedy.routes}
    known = [stop for route in wish.routes for stop in route.stops]
    routes = [replace(each, stops=_stops(problem, each, steps[each.shift], wish.routes)) if each.shift in steps else each for each in wish.routes]
    new = [shift for shift in steps if shift not in {route.shift for route in wish.routes}]
    routes += [Route(id=RouteId(new_id("rte")), shift=shift, stops=stops_of(steps[shift], known)) for shift in new]
    planned = {task for route in routes for task in route.tasks}
    left = tuple(each for each in wish.unassigned if each.task not in planned)
    pooled = tuple(Unassigned(task=task, reasons=(Sentence.of("planning.taken_out"),)) for task in remedy.pooled)
    return replace(wish, routes=tuple(routes), unassigned=(*left, *pooled), called=Sentence.of("command.remedy", order=problem.orders[remedy.task].number))


def _stops(problem: DayProblem, route: Route, steps: Iterable[Step], routes: Iterable[Route]) -> tuple[Stop, ...]:
    """The stops of a route in the order of its steps; stops that the problem knows nothing of keep their places."""
    stops = list(stops_of(tuple(steps), [stop for each in routes for stop in each.stops]))
    for at, stop in enumerate(route.stops):
        if not any(task in problem.terms for task in stop.tasks):
            stops.insert(min(at, len(stops)), stop)
    return tuple(stops)
