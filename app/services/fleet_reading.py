"""A fleet file row by row: depots, vehicles, drivers and shifts, each complaint with row and column."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.errors import Malformed, RuleBroken
from app.domain.fleet import Break, Depot, Driver, Prices, Shift, Vehicle
from app.domain.geo import Place
from app.domain.ids import DepotId, DriverId, ShiftId, VehicleId
from app.domain.load import Capacity
from app.domain.sentences import Sentence
from app.domain.units import Cubic, Grams, Meters, Millis
from app.services import intake_words as words
from app.services.commands import ImportFleet
from app.services.fleet_columns import UNITS, FleetColumn, FleetField, FleetTable, SheetKind, profile_of
from app.services.intake_dates import read_date
from app.services.intake_numbers import currency_code, decimal_sign, lat_lon, measure, money, whole
from app.services.intake_numbers import degrees as read_degrees
from app.services.intake_rows import LONGEST_VALUE, Complaint, unwrapped
from app.services.intake_times import DAY_SECONDS, Span, clock, duration, spans
from app.services.ports.files import Form, Line

T = TypeVar("T")
F = FleetField
_BREAK = re.compile(r"(.+?)(?:\s*/\s*|\s+(?=\d+\s*\D*$)|\s*[(]\s*)(\d[^)]*)[)]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetDefaults:
    """What holds where the file does not say: the day of shifts without one, the depot's zone and currency, the country of phones.

    `locate` finds a depot that is given by its address; None: such a depot is an error.
    """

    day: date
    zone: str
    currency: str = "EUR"
    country: str = ""
    area: str = ""
    locate: Callable[[str], Place | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetPreview:
    """What a fleet file says, and what is wrong with it row by row; rows with errors are left out."""

    depots: tuple[Depot, ...]
    vehicles: tuple[Vehicle, ...]
    drivers: tuple[Driver, ...]
    shifts: tuple[Shift, ...]
    errors: tuple[Complaint, ...] = ()
    notes: tuple[Sentence, ...] = ()
    file: str = ""

    @property
    def skills(self) -> frozenset[str]:
        """Every skill of a driver, for checking orders."""
        return frozenset(skill for driver in self.drivers for skill in driver.skills)

    @property
    def features(self) -> frozenset[str]:
        """Every feature of a vehicle."""
        return frozenset(each for vehicle in self.vehicles for each in vehicle.features)

    def command(self, who: str = "") -> ImportFleet:
        """The command that takes the fleet in."""
        return ImportFleet(depots=self.depots, vehicles=self.vehicles, drivers=self.drivers, shifts=self.shifts, file=self.file, who=who)


def steady_id(kind: str, *names: str) -> str:
    """An identity made from names, the same for the same names: reading the file again replaces."""
    return f"{kind}_{hashlib.blake2b('|'.join(' '.join(name.casefold().split()) for name in names).encode(), digest_size=8).hexdigest()}"


@dataclass(slots=True)
class _FleetRow:
    """One row of a fleet table; what goes wrong is collected."""

    table: FleetTable
    line: Line
    sign: str
    errors: list[Complaint]

    def text(self, column: FleetField) -> str:
        at = self.table.columns.get(column)
        return unwrapped(self.line.cells[at.column][:LONGEST_VALUE]) if at and at.column < len(self.line.cells) else ""

    def complain(self, column: FleetField | None, value: str, reason: Sentence) -> None:
        at = self.table.columns.get(column) if column else None
        self.errors.append(Complaint(row=self.line.row, column=at.header if at else column.value if column else "", value=value[:200], reason=reason))

    def tried(self, column: FleetField, read: Callable[[str], T], otherwise: T) -> T:
        text = self.text(column)
        if not text:
            return otherwise
        try:
            return read(text)
        except Malformed as refusal:
            self.complain(column, text, refusal.sentence)
            return otherwise

    def measured(self, column: FleetField) -> float | None:
        factor = self.table.columns.get(column, FleetColumn(0, "")).factor
        return self.tried(column, lambda text: measure(text, UNITS[column], factor, self.sign), None)

    def price(self, column: FleetField, currency: str, otherwise: int) -> int:
        return self.tried(column, lambda text: money(text, currency, self.sign).minor, otherwise)

    def place(self, column: FleetField) -> Place | None:
        return self.tried(column, lambda text: _place(*lat_lon(text)), None)


def _place(lat: float, lon: float) -> Place:
    """Raises Malformed outside the earth."""
    if abs(lat) > 90 or abs(lon) > 180:
        raise Malformed("fleet.off_earth", lat=lat, lon=lon)
    return Place(lat, lon)


@dataclass(slots=True)
class FleetReading:
    """One pass over the tables of a fleet."""

    defaults: FleetDefaults
    form: Form
    depots: dict[str, Depot] = field(default_factory=dict)
    vehicles: dict[str, Vehicle] = field(default_factory=dict)
    drivers: dict[str, Driver] = field(default_factory=dict)
    shifts: dict[ShiftId, Shift] = field(default_factory=dict)
    errors: list[Complaint] = field(default_factory=list)
    depot: Depot | None = None
    """The depot named last; rows without one belong to it."""

    def take(self, table: FleetTable) -> None:
        """Reads every row of a table."""
        cells = [cell for line in table.lines for cell in line.cells if len(cell) <= LONGEST_VALUE]
        sign = "." if self.form is Form.SPREADSHEET else decimal_sign(cells) or "."
        for line in table.lines:
            row = _FleetRow(table, line, sign, [])
            self._take_row(row)
            self.errors.extend(row.errors)

    def _take_row(self, row: _FleetRow) -> None:
        depot = self._depot(row)
        driver = self._driver(row) if row.text(F.DRIVER) or row.table.kind is SheetKind.FLAT else None
        vehicle = self._vehicle(row, depot) if row.table.kind in {SheetKind.FLAT, SheetKind.VEHICLES} else self._known_vehicle(row)
        if row.table.kind in {SheetKind.FLAT, SheetKind.SHIFTS} and vehicle and not row.errors:
            self._shift(row, depot, vehicle, driver)

    def _depot(self, row: _FleetRow) -> Depot | None:
        name, place = row.text(F.DEPOT), self._depot_place(row)
        known = self.depots.get(name.casefold()) if name else None
        if place is None:
            if name and known is None and row.table.kind is not SheetKind.DRIVERS and not row.errors:
                row.complain(F.DEPOT, name, Sentence.of("fleet.depot_without_place", depot=name))
            self.depot = known or self.depot
            return known or self.depot
        title = name or "Depot"
        currency = row.tried(F.CURRENCY, lambda text: currency_code(text, self.defaults.currency), self.defaults.currency)
        reload = row.tried(F.RELOAD, lambda text: duration(text, row.table.columns[F.RELOAD].factor, row.sign), 15 * 60)
        made = Depot(
            id=DepotId(steady_id("dep", title)),
            name=title,
            place=place,
            zone=row.tried(F.ZONE, _zone, self.defaults.zone),
            area=self.defaults.area,
            currency=currency,
            address=row.text(F.DEPOT_ADDRESS),
            reload=Millis(reload * 1_000),
        )
        self.depot = self.depots.setdefault(title.casefold(), made)
        return self.depot

    def _depot_place(self, row: _FleetRow) -> Place | None:
        both, address = row.place(F.DEPOT_LATLON), row.text(F.DEPOT_ADDRESS)
        if both:
            return both
        if row.text(F.DEPOT_LAT) and row.text(F.DEPOT_LON):
            lon = row.tried(F.DEPOT_LON, read_degrees, None)
            return row.tried(F.DEPOT_LAT, lambda text: _place(read_degrees(text), lon), None) if lon is not None else None
        if address and address.casefold() not in {depot.address.casefold() for depot in self.depots.values()}:
            found = self.defaults.locate(address) if self.defaults.locate else None
            if found is None:
                row.complain(F.DEPOT_ADDRESS, address, Sentence.of("fleet.depot_not_found", address=address))
            return found
        return None

    def _driver(self, row: _FleetRow) -> Driver | None:
        """The driver of a row; one without a name is called like the vehicle where the row gives skills or places."""
        name = row.text(F.DRIVER) or (row.text(F.VEHICLE) if any(row.text(each) for each in (F.SKILLS, F.START, F.END)) else "")
        if not name:
            return None
        known = self.drivers.get(name.casefold())
        if row.table.kind is SheetKind.SHIFTS or (known and not row.text(F.SKILLS)):
            if known is None:
                row.complain(F.DRIVER, name, Sentence.of("fleet.unknown_driver", driver=name))
            return known
        made = Driver(
            id=DriverId(steady_id("drv", name)),
            name=name,
            skills=words.words(row.text(F.SKILLS)),
            start=row.place(F.START),
            end=row.place(F.END),
            phone=_phone(row.text(F.PHONE), self.defaults.country),
            language=row.tried(F.LANGUAGE, words.language, ""),
        )
        return self.drivers.setdefault(name.casefold(), made)

    def _known_vehicle(self, row: _FleetRow) -> Vehicle | None:
        name = row.text(F.VEHICLE)
        known = self.vehicles.get(name.casefold())
        if name and known is None:
            row.complain(F.VEHICLE, name, Sentence.of("fleet.unknown_vehicle", vehicle=name))
        return known

    def _vehicle(self, row: _FleetRow, depot: Depot | None) -> Vehicle | None:
        name = row.text(F.VEHICLE)
        if not name:
            row.complain(F.VEHICLE, "", Sentence.of("fleet.vehicle_without_name"))
            return None
        usual, currency = Prices(per_km=30, per_hour=2_500), depot.currency if depot else self.defaults.currency
        reach, gross = row.measured(F.RANGE), row.measured(F.GROSS)
        made = Vehicle(
            id=VehicleId(steady_id("veh", name)),
            name=name,
            profile=row.tried(F.PROFILE, profile_of, Vehicle(id=VehicleId(""), name="").profile),
            capacity=self._capacity(row),
            features=words.words(row.text(F.FEATURES)),
            prices=Prices(
                fixed=row.price(F.FIXED, currency, usual.fixed),
                per_km=row.price(F.PER_KM, currency, usual.per_km),
                per_hour=row.price(F.PER_HOUR, currency, usual.per_hour),
                overtime_per_hour=row.price(F.OVERTIME, currency, usual.overtime_per_hour),
            ),
            range=None if reach is None else Meters(round(reach)),
            gross=None if gross is None else Grams(round(gross)),
        )
        if row.errors:
            return None
        known = self.vehicles.setdefault(name.casefold(), made)
        if known != made and row.table.kind is SheetKind.FLAT:
            row.complain(F.VEHICLE, name, Sentence.of("fleet.vehicle_differs", vehicle=name))
        return known

    def _capacity(self, row: _FleetRow) -> Capacity:
        weight, volume = row.measured(F.WEIGHT), row.measured(F.VOLUME)
        pieces = row.tried(F.PIECES, lambda text: whole(text, row.sign), None)
        return Capacity(None if weight is None else Grams(round(weight)), None if volume is None else Cubic(round(volume)), pieces)

    def _shift(self, row: _FleetRow, depot: Depot | None, vehicle: Vehicle, driver: Driver | None) -> None:
        if depot is None:
            row.complain(F.DEPOT, row.text(F.DEPOT), Sentence.of("fleet.no_depot"))
            return
        span = _shift_span(row)
        if span is None:
            if not row.errors and (row.table.kind is SheetKind.SHIFTS or any(each in row.table.columns for each in (F.SHIFT, F.SHIFT_FROM))):
                row.complain(F.SHIFT, "", Sentence.of("fleet.no_shift_time", vehicle=vehicle.name))
            return
        day = row.tried(F.DAY, lambda text: read_date(text, None, near=self.defaults.day, serials=self.form is Form.SPREADSHEET), self.defaults.day)
        try:
            shift = self._made_shift(row, day, depot, vehicle, driver, span)
        except RuleBroken as broken:
            row.complain(F.SHIFT, row.text(F.SHIFT), broken.sentence)
            return
        clash = next((each for each in self.shifts.values() if _overlap(each, shift)), None)
        if clash:
            row.complain(
                F.SHIFT,
                row.text(F.SHIFT),
                Sentence.of("fleet.shifts_overlap", vehicle=vehicle.name, hours=f"{clash.starts:%H:%M}–{clash.latest_end:%H:%M}"),
            )
        elif not row.errors:
            self.shifts[shift.id] = shift

    def _made_shift(self, row: _FleetRow, day: date, depot: Depot, vehicle: Vehicle, driver: Driver | None, span: Span) -> Shift:
        """Raises RuleBroken for times that contradict each other."""
        latest = row.tried(F.OVERTIME_UNTIL, clock, span.closes)
        longest = row.tried(F.MAX_DURATION, lambda text: duration(text, row.table.columns[F.MAX_DURATION].factor, row.sign, most=86_400), 0)
        return Shift(
            id=ShiftId(steady_id("shf", day.isoformat(), depot.name, vehicle.name, str(span.opens))),
            day=day,
            depot=depot.id,
            vehicle=vehicle.id,
            driver=driver.id if driver else None,
            starts=at(day, span.opens),
            ends=at(day, span.closes),
            latest_end=at(day, latest),
            breaks=row.tried(F.BREAK, lambda text: breaks_of(text, day), ()),
            max_duration=Millis(longest * 1_000) if longest else None,
            open_end=row.tried(F.OPEN_END, words.yes, False),
            reloads=row.tried(F.RELOADS, lambda text: whole(text, row.sign, most=20), 0),
        )

    def preview(self, file: str) -> FleetPreview:
        """What was read. Raises Malformed where no row says when anybody works."""
        if not self.shifts and not self.errors:
            raise Malformed("fleet.no_shifts", file=file)
        return FleetPreview(
            depots=tuple(self.depots.values()),
            vehicles=tuple(self.vehicles.values()),
            drivers=tuple(self.drivers.values()),
            shifts=tuple(self.shifts.values()),
            errors=tuple(self.errors),
            file=file,
        )


def at(day: date, reading: int) -> datetime:
    """A reading of the day's clock (seconds) as local wall time."""
    return datetime(day.year, day.month, day.day) + timedelta(seconds=reading)


def breaks_of(text: str, day: date) -> tuple[Break, ...]:
    """Breaks: `12:00-13:00/30min` begins between 12:00 and 13:00 and lasts 30 minutes; `12:00-12:30` is those very 30 minutes.

    Several with `;`. Raises Malformed.
    """
    return tuple(_break(part.strip(), day) for part in text.split(";") if part.strip())


def _break(text: str, day: date) -> Break:
    parts = _BREAK.fullmatch(text)
    found = spans(parts.group(1) if parts else text)
    if len(found) != 1:
        raise Malformed("fleet.break", value=text[:60])
    span = found[0]
    if parts is None:
        return Break(earliest=at(day, span.opens), latest=at(day, span.opens), length=Millis((span.closes - span.opens) * 1_000))
    return Break(earliest=at(day, span.opens), latest=at(day, span.closes), length=Millis(duration(parts.group(2), 60.0) * 1_000))


def _shift_span(row: _FleetRow) -> Span | None:
    """When a shift is, from one column or two."""
    if row.text(F.SHIFT):
        none: tuple[Span, ...] = ()
        found = row.tried(F.SHIFT, spans, none)
        if len(found) > 1:
            row.complain(F.SHIFT, row.text(F.SHIFT), Sentence.of("fleet.one_shift_a_row"))
        return found[0] if len(found) == 1 else None
    begins, ends = row.text(F.SHIFT_FROM), row.text(F.SHIFT_TO)
    if not begins or not ends:
        return None
    opens, closes = row.tried(F.SHIFT_FROM, clock, -1), row.tried(F.SHIFT_TO, clock, -1)
    return Span(opens, closes or DAY_SECONDS) if opens >= 0 and closes >= 0 else None


def _zone(text: str) -> str:
    """An IANA time zone. Raises Malformed for a name that is none."""
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Malformed("fleet.zone", value=text[:60]) from None


def _overlap(one: Shift, other: Shift) -> bool:
    """Whether two shifts want the same vehicle at the same time."""
    return one.vehicle == other.vehicle and one.starts < other.latest_end and other.starts < one.latest_end


def _phone(text: str, country: str) -> str:
    try:
        return words.phone(text, country) if text else ""
    except Malformed:
        return text
