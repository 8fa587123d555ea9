"""A judged plan as the files that leave the house: the JSON of `main.py plan`, the workbook's sheets, the map's day. Pure; words by the caller."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.fleet import Driver
from app.domain.geo import Box, Place
from app.domain.ids import RouteId, ShiftId, TaskId
from app.domain.load import Load
from app.domain.orders import Order
from app.domain.plans import Route
from app.domain.roads import Shape
from app.domain.schedule import Halt, Timeline, TimeWindow
from app.domain.sentences import Sentence
from app.domain.units import COST_PER_MINOR, from_clock
from app.services.drawing import MapDay, MapDepot, MapLeg, MapPool, MapRoute, MapStop
from app.services.intake_rows import Complaint
from app.services.planning_values import DayProblem, Judged
from app.services.ports.files import ErrorLine, MapPage, PageRoute, PageStop, PlanSheets, RouteLine, StopLine, Track, TrackStop, UnplannedLine
from app.services.ports.store import Day
from app.services.ports.travel import Tiles

Say = Callable[[Sentence], str]
Draw = Callable[[ShiftId, Sequence[Place]], Shape]
"""The line of a shift's vehicle through places."""
ATTRIBUTION = "© OpenStreetMap contributors (ODbL)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """Everything that the files say. `errors` are the rows that could not be taken, `others` orders that were not planned because they belong to another
    day, with the reason."""

    day: Day
    problem: DayProblem
    judged: Judged
    errors: tuple[Complaint, ...] = ()
    others: tuple[tuple[Order, Sentence], ...] = ()
    numbers: Mapping[RouteId, int] = field(default_factory=dict)
    """The routes' numbers where a screen has given them some; else those with stops are counted."""

    @property
    def zone(self) -> ZoneInfo:
        """The depot's zone, in which all times are said."""
        return ZoneInfo(self.problem.problem.zone)

    @property
    def planned(self) -> int:
        """Orders in routes."""
        return self.judged.totals.planned

    @property
    def complete(self) -> bool:
        """Whether no row was refused and every order is planned."""
        return not self.errors and not self.judged.unassigned and not self.others

    def used(self) -> Iterable[tuple[Route, Timeline]]:
        """The routes that have stops, with their timelines."""
        return ((route, self.judged.timelines[route.id]) for route in self.judged.routes if self.judged.timelines[route.id].halts)

    def numbered(self) -> Iterable[tuple[int, Route, Timeline]]:
        """The routes that have stops, with their numbers, by number."""
        if not self.numbers:
            return ((number, route, found) for number, (route, found) in enumerate(self.used(), 1))
        return sorted(((self.numbers[route.id], route, found) for route, found in self.used()), key=lambda each: each[0])

    def local(self, reading: int) -> datetime:
        """The aware local time of a clock reading, in whole seconds (rounded down)."""
        return from_clock(reading, self.problem.origin).astimezone(self.zone).replace(microsecond=0)

    def unplanned(self) -> list[tuple[Order, tuple[Sentence, ...]]]:
        """Orders in no route, with the reasons."""
        pool = [(self.problem.orders[each.task], each.reasons) for each in self.judged.unassigned]
        return pool + [(order, (reason,)) for order, reason in self.others]

    def driver(self, shift: ShiftId) -> Driver | None:
        """The shift's driver."""
        found = next((each for each in self.day.shifts if each.id == shift), None)
        return self.day.drivers.get(found.driver) if found is not None and found.driver is not None else None


def seconds_up(span: int) -> int:
    """Whole seconds of milliseconds, rounded up: what is late stays late."""
    return -(-span // 1_000)


# JSON ----------------------------------------------------------------------------------------------------------------


def as_json(report: PlanReport, say: Say) -> dict[str, Any]:
    """The JSON of `main.py plan`, as `resources/schemas/plan.schema.json` describes it."""
    totals = report.judged.totals
    left = report.unplanned()
    return {
        "day": report.day.day.isoformat(),
        "zone": report.problem.problem.zone,
        "roads": report.problem.source,
        "engine": report.judged.engine,
        "seconds": report.judged.seconds,
        "orders": report.planned + len(left),
        "planned": report.planned,
        "late": totals.late,
        "distance_m": totals.meters,
        "duration_s": sum(_duration(report, found) for _, found in report.used()),
        "cost_minor": totals.travel_cost // COST_PER_MINOR,
        "currency": report.problem.currency,
        "depot": {"name": report.day.depot.name, "lat": report.day.depot.place.lat, "lon": report.day.depot.place.lon},
        "errors": [{"row": each.row, "column": each.column, "reason": say(each.reason)} for each in report.errors],
        "unplanned": [{"order": order.number, "reason": " ".join(say(each) for each in reasons)} for order, reasons in left],
        "routes": [_route_json(report, route, found) for route, found in report.used()],
        "attribution": ATTRIBUTION,
    }


def _duration(report: PlanReport, found: Timeline) -> int:
    """Seconds between the local times that are said, so that sums of what is printed agree."""
    return round((report.local(found.ends) - report.local(found.leaves)).total_seconds())


def _route_json(report: PlanReport, route: Route, found: Timeline) -> dict[str, Any]:
    driver = report.driver(route.shift)
    return {
        "vehicle": report.problem.vehicles[route.shift],
        "driver": driver.name if driver is not None else "",
        "leaves": report.local(found.leaves).isoformat(),
        "returns": report.local(found.ends).isoformat(),
        "distance_m": found.meters,
        "duration_s": _duration(report, found),
        "breaks": [[report.local(each.begin).isoformat(), report.local(each.end).isoformat()] for each in found.breaks],
        "stops": [_stop_json(report, halt) for halt in found.halts],
    }


def _stop_json(report: PlanReport, halt: Halt) -> dict[str, Any]:
    order = report.problem.orders[halt.task]
    place = report.problem.places[report.problem.terms[halt.task].place]
    plain: dict[str, Any] = {
        "order": order.number,
        "lat": place.lat,
        "lon": place.lon,
        "arrival": report.local(halt.arrival).isoformat(),
        "start": report.local(halt.begin).isoformat(),
        "departure": report.local(halt.departure).isoformat(),
        "windows": [[report.local(each.opens).isoformat(), report.local(each.closes).isoformat()] for each in _windows(report, halt.task)],
        "late_s": seconds_up(halt.late),
        "distance_m": halt.meters,
    }
    if halt.reload_begin is not None:
        plain["reload"] = report.local(halt.reload_begin).isoformat()
    return plain


def _windows(report: PlanReport, task: TaskId) -> tuple[TimeWindow, ...]:
    return report.problem.terms[task].windows


# Workbook ------------------------------------------------------------------------------------------------------------


def as_sheets(report: PlanReport, say: Say) -> PlanSheets:
    """The plan as the workbook's five sheets."""
    return PlanSheets(
        day=report.day.day.isoformat(),
        zone=report.problem.problem.zone,
        attribution=ATTRIBUTION,
        summary=tuple((say(Sentence.of(f"planning.sum_{name}")), value) for name, value in _summary(report).items()),
        currency=report.problem.currency,
        routes=tuple(_route_line(report, route, found) for _, route, found in report.numbered()),
        stops=tuple(_stop_line(report, route, number, halt) for _, route, found in report.numbered() for number, halt in enumerate(found.halts, 1)),
        unplanned=tuple(
            UnplannedLine(order=order.number, address=order.address.line, reason=" ".join(say(each) for each in reasons))
            for order, reasons in report.unplanned()
        ),
        errors=tuple(ErrorLine(row=each.row, column=each.column, value=each.value, reason=say(each.reason)) for each in report.errors),
    )


def _summary(report: PlanReport) -> Mapping[str, str | int | float]:
    totals = report.judged.totals
    return {
        "depot": report.day.depot.name,
        "orders": report.planned + len(report.unplanned()),
        "planned": report.planned,
        "late": totals.late,
        "vehicles": totals.vehicles,
        "kilometers": round(totals.meters / 1_000, 1),
        "hours": round(totals.duration / 3_600_000, 2),
        "roads": report.problem.source,
        "engine": report.judged.engine,
    }


def _route_line(report: PlanReport, route: Route, found: Timeline) -> RouteLine:
    driver = report.driver(route.shift)
    carried = sum((report.problem.orders[halt.task].load for halt in found.halts), Load())
    return RouteLine(
        vehicle=report.problem.vehicles[route.shift],
        driver=driver.name if driver is not None else "",
        stops=len(found.halts),
        distance_m=found.meters,
        duration_s=_duration(report, found),
        departure=report.local(found.leaves),
        finish=report.local(found.ends),
        weight_g=carried.weight,
        pieces=carried.pieces,
        late=sum(1 for halt in found.halts if halt.late),
        cost_minor=found.travel_cost // COST_PER_MINOR,
    )


def _stop_line(report: PlanReport, route: Route, number: int, halt: Halt) -> StopLine:
    order = report.problem.orders[halt.task]
    place = report.problem.places[report.problem.terms[halt.task].place]
    return StopLine(
        vehicle=report.problem.vehicles[route.shift],
        position=number,
        order=order.number,
        recipient=order.recipient.name,
        address=order.address.line or order.location.label,
        lat=place.lat,
        lon=place.lon,
        arrival=report.local(halt.arrival),
        start=report.local(halt.begin),
        departure=report.local(halt.departure),
        windows=", ".join(f"{report.local(each.opens):%H:%M}–{report.local(each.closes):%H:%M}" for each in _windows(report, halt.task)),
        late_s=seconds_up(halt.late),
        phone=order.recipient.phone,
        notes=order.notes,
        weight_g=order.load.weight,
        pieces=order.load.pieces,
    )


ROW_COLUMNS = ("vehicle", "driver", "position", "order", "recipient", "phone", "address", "lat", "lon", "arrival", "start", "departure", "windows", "late_min")
LOAD_COLUMNS = ("weight_kg", "pieces", "notes")


def as_rows(report: PlanReport, say: Say) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Every stop as one row of text under a head, for CSV: moments as ISO 8601 with the zone's offset, numbers with a point."""
    head = tuple(say(Sentence.of(f"workbook.column_{name}")) for name in (*ROW_COLUMNS, *LOAD_COLUMNS))
    rows = []
    for _, route, found in report.numbered():
        driver = report.driver(route.shift)
        rows += [_row(_stop_line(report, route, number, halt), driver.name if driver is not None else "") for number, halt in enumerate(found.halts, 1)]
    return head, rows


def _row(stop: StopLine, driver: str) -> tuple[str, ...]:
    place = ("" if stop.lat is None else f"{stop.lat:.6f}", "" if stop.lon is None else f"{stop.lon:.6f}")
    times = tuple("" if at is None else at.isoformat() for at in (stop.arrival, stop.start, stop.departure))
    load = (f"{stop.weight_g / 1_000:g}", str(stop.pieces), stop.notes)
    head = (stop.vehicle, driver, str(stop.position), stop.order, stop.recipient, stop.phone, stop.address)
    return (*head, *place, *times, stop.windows, str(-(-stop.late_s // 60)), *load)


# Map -----------------------------------------------------------------------------------------------------------------


def as_page(report: PlanReport, say: Say, draw: Draw, *, tiles: Tiles | None, bounds: Box | None) -> MapPage:
    """The plan as one page: what is drawn, and the list beside it."""
    totals = report.judged.totals
    note = Sentence.of("planning.page_note", km=round(totals.meters / 1_000, 1), vehicles=totals.vehicles, late=totals.late, roads=report.problem.source)
    return MapPage(
        title=f"{report.day.depot.name}, {report.day.day.isoformat()}",
        day=as_map(report, draw),
        routes=tuple(_page_route(report, say, route, found, number) for number, route, found in report.numbered()),
        unplanned=tuple((order.number, " ".join(say(each) for each in reasons)) for order, reasons in report.unplanned()),
        note=say(note),
        tiles=tiles,
        bounds=bounds,
    )


def _page_route(report: PlanReport, say: Say, route: Route, found: Timeline, number: int) -> PageRoute:
    leaves, ends = (f"{report.local(reading):%H:%M}" for reading in (found.leaves, found.ends))
    note = Sentence.of("planning.page_route", count=len(found.halts), km=round(found.meters / 1_000, 1), leaves=leaves, ends=ends)
    return PageRoute(
        id=route.id,
        number=number,
        name=report.problem.vehicles[route.shift],
        note=say(note),
        stops=tuple(_page_stop(report, halt, place) for place, halt in enumerate(found.halts, 1)),
    )


def _page_stop(report: PlanReport, halt: Halt, number: int) -> PageStop:
    order = report.problem.orders[halt.task]
    windows = ", ".join(f"{report.local(each.opens):%H:%M}–{report.local(each.closes):%H:%M}" for each in _windows(report, halt.task))
    return PageStop(
        id=halt.task,
        number=number,
        time=f"{report.local(halt.begin):%H:%M}",
        title=" ".join(part for part in (order.number, order.recipient.name) if part),
        note=", ".join(part for part in (order.address.line or order.location.label, windows) if part),
        late_minutes=-(-halt.late // 60_000),
    )


def as_map(report: PlanReport, draw: Draw) -> MapDay:
    """The plan as the map draws it; `draw` gives the line that a vehicle follows."""
    return MapDay(
        routes=tuple(_map_route(report, route, found, number, draw) for number, route, found in report.numbered()),
        pool=tuple(_pool(report)),
        depots=(MapDepot(id=report.day.depot.id, place=report.day.depot.place, title=report.day.depot.name),),
    )


def _pool(report: PlanReport) -> Iterator[MapPool]:
    """Orders without a route, drawn where they are; one whose place is in doubt stands in the list alone."""
    for order, _ in report.unplanned():
        if order.location.plannable and order.location.place is not None:
            yield MapPool(id=order.id, place=order.location.place, title=order.number)


def _map_route(report: PlanReport, route: Route, found: Timeline, number: int, draw: Draw) -> MapRoute:
    vehicle = report.problem.vehicles[route.shift]
    shape = draw(route.shift, way(report.problem, route.shift, found))
    stops = [_map_stop(report, halt, place) for place, halt in enumerate(found.halts, 1)]
    return MapRoute(id=route.id, number=number, name=vehicle, stops=tuple(stops), legs=tuple(MapLeg(points=leg) for leg in shape.legs if len(leg) > 1))


def _map_stop(report: PlanReport, halt: Halt, number: int) -> MapStop:
    order = report.problem.orders[halt.task]
    title = "\n".join(part for part in (order.number, order.recipient.name, f"{report.local(halt.begin):%H:%M}") if part)
    place = report.problem.places[report.problem.terms[halt.task].place]
    return MapStop(id=halt.task, place=place, number=number, title=title, late_minutes=-(-halt.late // 60_000))


def way(problem: DayProblem, shift: ShiftId, found: Timeline) -> list[Place]:
    """The places that a route drives through, reloads included, from its start to its end."""
    terms = problem.shifts[shift]
    rows = [terms.start]
    for halt in found.halts:
        if halt.reload_begin is not None and terms.depot is not None:
            rows.append(terms.depot)
        rows.append(problem.terms[halt.task].place)
    if terms.end is not None:
        rows.append(terms.end)
    return [problem.places[row] for row in rows]


# Tracks --------------------------------------------------------------------------------------------------------------


def as_tracks(report: PlanReport, draw: Draw) -> tuple[Track, ...]:
    """The routes as lines with stops, for navigation devices and other maps."""
    return tuple(_track(report, route, found, number, draw) for number, route, found in report.numbered())


def _track(report: PlanReport, route: Route, found: Timeline, number: int, draw: Draw) -> Track:
    driver = report.driver(route.shift)
    shape = draw(route.shift, way(report.problem, route.shift, found))
    return Track(
        number=number,
        name=" ".join(part for part in (report.problem.vehicles[route.shift], driver.name if driver is not None else "") if part),
        stops=tuple(_track_stop(report, halt, place) for place, halt in enumerate(found.halts, 1)),
        legs=tuple(leg for leg in shape.legs if len(leg) > 1),
    )


def _track_stop(report: PlanReport, halt: Halt, number: int) -> TrackStop:
    order = report.problem.orders[halt.task]
    windows = ", ".join(f"{report.local(each.opens):%H:%M}–{report.local(each.closes):%H:%M}" for each in _windows(report, halt.task))
    return TrackStop(
        number=number,
        place=report.problem.places[report.problem.terms[halt.task].place],
        title=" ".join(part for part in (order.number, order.recipient.name) if part),
        note=", ".join(part for part in (order.address.line, windows, order.notes) if part),
        arrival=from_clock(halt.arrival, report.problem.origin).replace(microsecond=0),
    )
