"""The fleet from a file or from a few options: depots, vehicles, drivers and shifts, checked before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from app.domain.errors import Malformed
from app.domain.events import FleetChanged
from app.domain.fleet import Depot, Driver, Shift, Vehicle
from app.domain.geo import Place
from app.domain.ids import DepotId, ShiftId, VehicleId
from app.domain.load import Capacity
from app.domain.sentences import Sentence
from app.domain.units import Grams
from app.services.commands import ImportFleet
from app.services.fleet_columns import FleetField, SheetKind, understood
from app.services.fleet_reading import FleetDefaults, FleetPreview, FleetReading, at, steady_id
from app.services.intake_columns import GRAMS
from app.services.intake_numbers import lat_lon, measure
from app.services.intake_times import spans
from app.services.ports.files import Line, Table
from app.services.ports.store import UnitOfWork
from app.services.ports.travel import AreaInfo
from app.services.tools import Tools

__all__ = ["FleetDefaults", "FleetPreview", "fleet_from_options", "import_fleet", "outside_area", "read_fleet"]
E = TypeVar("E", Depot, Vehicle, Driver, Shift)
MARGIN_M = 2_000.0
"""Metres beyond an area's data within which a depot is still believed to belong to it."""
MOST_VANS = 500


def outside_area(depot: Depot, area: AreaInfo) -> Sentence | None:
    """The sentence for a depot that lies outside an area's data; None where it lies inside."""
    if area.bounds.grown(MARGIN_M).holds(depot.place):
        return None
    return Sentence.of("fleet.depot_outside", depot=depot.name, lat=depot.place.lat, lon=depot.place.lon, area=area.title or area.name)


def read_fleet(tables: Sequence[Table], defaults: FleetDefaults) -> FleetPreview:
    """The fleet of one flat table, or of sheets named depots, vehicles, drivers and shifts.

    Raises Malformed where there is no vehicle, no depot or no shift to work with at all.
    """
    file = tables[0].name if tables else ""
    known = [each for each in map(understood, tables) if each]
    if not any(FleetField.VEHICLE in each.columns for each in known):
        first = tables[0].lines[0] if tables and tables[0].lines else Line(1, ())
        raise Malformed("fleet.no_vehicles", file=file, columns=", ".join(first.cells[:12])[:200])
    reading = FleetReading(defaults=defaults, form=tables[0].form)
    for kind in (SheetKind.DEPOTS, SheetKind.DRIVERS, SheetKind.VEHICLES, SheetKind.FLAT, SheetKind.SHIFTS):
        for table in (each for each in known if each.kind is kind):
            reading.take(table)
    return reading.preview(file)


def fleet_from_options(*, vans: int, depot: str, shift: str, load: str, zone: str, day: date, currency: str = "EUR") -> FleetPreview:
    """So many equal vans of one depot: `vans=3, depot="60.17,24.94", shift="08:00-17:00", load="400kg"`.

    Raises Malformed that names the option which cannot be understood.
    """
    if not 1 <= vans <= MOST_VANS:
        raise Malformed("fleet.option_vans", value=vans, most=MOST_VANS)
    base = Depot(id=DepotId(steady_id("dep", "Depot")), name="Depot", place=_option_place(depot), zone=zone, currency=currency)
    begins, ends = _option_shift(shift)
    capacity = Capacity(weight=_option_load(load))
    vehicles = tuple(Vehicle(id=VehicleId(steady_id("veh", f"Van {n}")), name=f"Van {n}", capacity=capacity) for n in range(1, vans + 1))
    shifts = tuple(
        Shift(
            id=ShiftId(steady_id("shf", day.isoformat(), base.name, vehicle.name, str(begins))),
            day=day,
            depot=base.id,
            vehicle=vehicle.id,
            driver=None,
            starts=at(day, begins),
            ends=at(day, ends),
            latest_end=at(day, ends),
        )
        for vehicle in vehicles
    )
    return FleetPreview(depots=(base,), vehicles=vehicles, drivers=(), shifts=shifts)


def _option_place(text: str) -> Place:
    try:
        lat, lon = lat_lon(text)
        return Place(lat, lon)
    except (Malformed, ValueError):
        raise Malformed("fleet.option_depot", value=text[:60]) from None


def _option_shift(text: str) -> tuple[int, int]:
    try:
        found = spans(text)
    except Malformed:
        found = ()
    if len(found) != 1 or found[0].opens >= found[0].closes:
        raise Malformed("fleet.option_shift", value=text[:60])
    return found[0].opens, found[0].closes


def _option_load(text: str) -> Grams | None:
    """Grams; None for no limit."""
    if not text:
        return None
    try:
        return Grams(round(measure(text, dict(GRAMS), 1_000.0)))
    except Malformed:
        raise Malformed("fleet.option_load", value=text[:60]) from None


def import_fleet(wish: ImportFleet, uow: UnitOfWork, tools: Tools) -> None:
    """Puts a fleet into the book; what has the same identity is replaced, what the file does not name stays."""
    uow.depots.put_many(_current(wish.depots, {each.id: each.version for each in uow.depots.get_many(each.id for each in wish.depots)}))
    uow.vehicles.put_many(_current(wish.vehicles, {each.id: each.version for each in uow.vehicles.get_many(each.id for each in wish.vehicles)}))
    uow.drivers.put_many(_current(wish.drivers, {each.id: each.version for each in uow.drivers.get_many(each.id for each in wish.drivers)}))
    uow.shifts.put_many(_current(wish.shifts, {each.id: each.version for each in uow.shifts.get_many(each.id for each in wish.shifts)}))
    for depot in wish.depots:
        uow.tell(FleetChanged(depot=depot.id))


def _current(read: Iterable[E], versions: Mapping[str, int]) -> list[E]:
    """The things as read from the file, with the version that the book has."""
    return [replace(each, version=versions.get(each.id, 0)) for each in read]
