"""Depots, vehicles, drivers and shifts: one row each."""

from datetime import date, datetime
from typing import Any

from app.domain.fleet import Break, Depot, Driver, Prices, Shift, Vehicle
from app.domain.geo import Place
from app.domain.ids import DepotId, DriverId, ShiftId, VehicleId
from app.domain.load import Capacity
from app.domain.roads import Profile
from app.domain.units import Cubic, Grams, Meters, Millis
from app.services.changes import Kind
from app.store.mapping.shape import Shape
from app.store.tables import DepotRow, DriverRow, ShiftRow, VehicleRow


def depot_of_row(id: str, name: str, lat: float, lon: float, zone: str, area: str, currency: str, address: str, reload: int, version: int) -> Depot:
    """The depot of a row."""
    place = Place(lat, lon)
    return Depot(id=DepotId(id), name=name, place=place, zone=zone, area=area, currency=currency, address=address, reload=Millis(reload), version=version)


def depot_to_row(depot: Depot) -> dict[str, Any]:
    """The columns of a depot."""
    return {
        "id": depot.id,
        "name": depot.name,
        "lat": depot.place.lat,
        "lon": depot.place.lon,
        "zone": depot.zone,
        "area": depot.area,
        "currency": depot.currency,
        "address": depot.address,
        "reload": depot.reload,
        "version": depot.version,
    }


def vehicle_of_row(
    id: str,
    name: str,
    profile: Profile,
    weight: int | None,
    volume: int | None,
    pieces: int | None,
    features: frozenset[str],
    fixed: int,
    per_km: int,
    per_hour: int,
    overtime_per_hour: int,
    range: int | None,
    gross: int | None,
    version: int,
) -> Vehicle:
    """The vehicle of a row."""
    return Vehicle(
        id=VehicleId(id),
        name=name,
        profile=profile,
        capacity=Capacity(None if weight is None else Grams(weight), None if volume is None else Cubic(volume), pieces),
        features=features,
        prices=Prices(fixed=fixed, per_km=per_km, per_hour=per_hour, overtime_per_hour=overtime_per_hour),
        range=None if range is None else Meters(range),
        gross=None if gross is None else Grams(gross),
        version=version,
    )


def vehicle_to_row(vehicle: Vehicle) -> dict[str, Any]:
    """The columns of a vehicle."""
    return {
        "id": vehicle.id,
        "name": vehicle.name,
        "profile": vehicle.profile,
        "weight": vehicle.capacity.weight,
        "volume": vehicle.capacity.volume,
        "pieces": vehicle.capacity.pieces,
        "features": vehicle.features,
        "fixed": vehicle.prices.fixed,
        "per_km": vehicle.prices.per_km,
        "per_hour": vehicle.prices.per_hour,
        "overtime_per_hour": vehicle.prices.overtime_per_hour,
        "range": vehicle.range,
        "gross": vehicle.gross,
        "version": vehicle.version,
    }


def driver_of_row(
    id: str, name: str, skills: frozenset[str], starts_at: Place | None, ends_at: Place | None, phone: str, language: str, version: int
) -> Driver:
    """The driver of a row."""
    return Driver(id=DriverId(id), name=name, skills=skills, start=starts_at, end=ends_at, phone=phone, language=language, version=version)


def driver_to_row(driver: Driver) -> dict[str, Any]:
    """The columns of a driver."""
    return {
        "id": driver.id,
        "name": driver.name,
        "skills": driver.skills,
        "starts_at": driver.start,
        "ends_at": driver.end,
        "phone": driver.phone,
        "language": driver.language,
        "version": driver.version,
    }


def shift_of_row(
    id: str,
    day: date,
    depot: str,
    vehicle: str,
    driver: str | None,
    starts: datetime,
    ends: datetime,
    latest_end: datetime,
    breaks: tuple[Break, ...],
    max_duration: int | None,
    open_end: bool,
    reloads: int,
    version: int,
) -> Shift:
    """The shift of a row."""
    return Shift(
        id=ShiftId(id),
        day=day,
        depot=DepotId(depot),
        vehicle=VehicleId(vehicle),
        driver=None if driver is None else DriverId(driver),
        starts=starts,
        ends=ends,
        latest_end=latest_end,
        breaks=breaks,
        max_duration=None if max_duration is None else Millis(max_duration),
        open_end=open_end,
        reloads=reloads,
        version=version,
    )


def shift_to_row(shift: Shift) -> dict[str, Any]:
    """The columns of a shift."""
    return {
        "id": shift.id,
        "day": shift.day,
        "depot": shift.depot,
        "vehicle": shift.vehicle,
        "driver": shift.driver,
        "starts": shift.starts,
        "ends": shift.ends,
        "latest_end": shift.latest_end,
        "breaks": shift.breaks,
        "max_duration": shift.max_duration,
        "open_end": shift.open_end,
        "reloads": shift.reloads,
        "version": shift.version,
    }


DEPOTS = Shape(Kind.DEPOT, DepotRow, depot_of_row, depot_to_row)
VEHICLES = Shape(Kind.VEHICLE, VehicleRow, vehicle_of_row, vehicle_to_row)
DRIVERS = Shape(Kind.DRIVER, DriverRow, driver_of_row, driver_to_row)
SHIFTS = Shape(Kind.SHIFT, ShiftRow, shift_of_row, shift_to_row)
