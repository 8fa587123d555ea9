"""The columns of a fleet file: one flat table with a line a vehicle, or sheets of depots, vehicles, drivers and shifts."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from app.domain.errors import Malformed
from app.domain.roads import Profile
from app.services.intake_columns import CUBIC, GRAMS, SECONDS, plain
from app.services.intake_numbers import narrow
from app.services.ports.files import Line, Table


class FleetField(StrEnum):
    """What a column of a fleet file can hold; the value is its canonical name."""

    DEPOT = "depot"
    DEPOT_LAT = "depot_lat"
    DEPOT_LON = "depot_lon"
    DEPOT_LATLON = "depot_lat_lon"
    DEPOT_ADDRESS = "depot_address"
    ZONE = "zone"
    CURRENCY = "currency"
    RELOAD = "reload_time"
    VEHICLE = "vehicle"
    PROFILE = "profile"
    WEIGHT = "weight"
    VOLUME = "volume"
    PIECES = "pieces"
    FEATURES = "features"
    PER_KM = "cost_per_km"
    PER_HOUR = "cost_per_hour"
    FIXED = "cost_fixed"
    OVERTIME = "cost_overtime_per_hour"
    RANGE = "range"
    GROSS = "gross_weight"
    DRIVER = "driver"
    SKILLS = "skills"
    START = "start_place"
    END = "end_place"
    PHONE = "phone"
    LANGUAGE = "language"
    DAY = "day"
    SHIFT = "shift"
    SHIFT_FROM = "shift_from"
    SHIFT_TO = "shift_to"
    BREAK = "break"
    OVERTIME_UNTIL = "overtime_until"
    MAX_DURATION = "max_duration"
    RELOADS = "reloads"
    OPEN_END = "open_end"


_F = FleetField
NAMES: dict[FleetField, str] = {
    _F.DEPOT: "depot name, warehouse, hub, base, start depot, 倉庫, 據點, 站點, lager, varasto, terminaali, almacén, dépôt",
    _F.DEPOT_LAT: "depot latitude, depot y, warehouse lat, 倉庫緯度",
    _F.DEPOT_LON: "depot longitude, depot lng, depot x, warehouse lon, 倉庫經度",
    _F.DEPOT_LATLON: "depot coordinates, depot position, depot latlon, 倉庫座標",
    _F.DEPOT_ADDRESS: "warehouse address, 倉庫地址",
    _F.ZONE: "time zone, timezone, tz, 時區",
    _F.CURRENCY: "currency code, 幣別",
    _F.RELOAD: "reload minutes, loading time, 裝貨時間",
    _F.VEHICLE: "vehicle name, van, truck, bike, vehicle id, car, plate, license plate, 車輛, 車號, 車牌, 車名, fahrzeug, ajoneuvo, auto, vehículo, véhicule",
    _F.PROFILE: "kind, type, vehicle type, vehicle kind, mode, 車種, 車型, 類型, art, fahrzeugtyp, tyyppi, tipo",
    _F.WEIGHT: "capacity, max weight, weight capacity, payload, load, 載重, 重量, 最大重量, nutzlast, kapazität, kantavuus, peso",
    _F.VOLUME: "max volume, volume capacity, 容積, 體積, 材積, volumen, tilavuus",
    _F.PIECES: "max pieces, parcels, boxes, max parcels, 件數, 箱數, stück, kpl",
    _F.FEATURES: "feature, vehicle features, equipment, 設備, 配備, 功能, ausstattung, varusteet",
    _F.PER_KM: "per km, price per km, km cost, cost km, 每公里成本, kosten pro km, hinta per km",
    _F.PER_HOUR: "per hour, price per hour, hourly cost, cost hour, 每小時成本, kosten pro stunde, tuntihinta",
    _F.FIXED: "fixed, fixed cost, cost per day, 固定成本, fixkosten, kiinteä hinta",
    _F.OVERTIME: "overtime per hour, overtime cost, cost overtime, 加班費, überstunden, ylityöhinta",
    _F.RANGE: "max distance, max km, reach, 續航, 最大里程, reichweite, toimintamatka",
    _F.GROSS: "gross vehicle weight, gvw, total weight, permitted weight, 總重, 車輛總重, 總重量, gesamtgewicht, kokonaispaino, peso bruto, ptac",
    _F.DRIVER: "driver name, courier, rider, 司機, 駕駛, 騎士, fahrer, kuljettaja, conductor, chauffeur",
    _F.SKILLS: "skill, driver skills, 技能, fähigkeiten, taidot",
    _F.START: "start, start position, home, driver start, 起點, 出發地",
    _F.END: "end, end position, driver end, 終點",
    _F.PHONE: "telephone, driver phone, mobile, 電話, 手機",
    _F.LANGUAGE: "lang, driver language, 語言",
    _F.DAY: "date, 日期, datum, päivä",
    _F.SHIFT: "working hours, hours, working time, 班次, 班別, 工作時間, schicht, arbeitszeit, vuoro, työaika, turno",
    _F.SHIFT_FROM: "shift start, starts, work start, from, 上班, 上班時間, 開始時間, alkaa",
    _F.SHIFT_TO: "shift end, ends, work end, to, until, 下班, 下班時間, 結束時間, päättyy",
    _F.BREAK: "breaks, pause, lunch, 休息, 休息時間, pausen, tauko",
    _F.OVERTIME_UNTIL: "latest end, overtime to, overtime, 加班至, 最晚下班, ylityö asti",
    _F.MAX_DURATION: "max hours, max working time, maximum duration, 最長工時, höchstdauer",
    _F.RELOADS: "trips, extra trips, 回倉次數, nachladen, uudelleenlastaukset",
    _F.OPEN_END: "no return, ends anywhere, 不返回, 不回倉",
}
"""Names of each column, separated by commas; canonical names are understood anyway."""
UNITS: dict[FleetField, dict[str, float]] = {
    _F.WEIGHT: dict(GRAMS),
    _F.VOLUME: dict(CUBIC),
    _F.GROSS: dict(GRAMS),
    _F.RANGE: {"km": 1_000.0, "m": 1.0, "mi": 1_609.344, "miles": 1_609.344, "公里": 1_000.0},
    _F.MAX_DURATION: dict(SECONDS),
    _F.RELOAD: dict(SECONDS),
}
DEFAULT_UNIT = {_F.WEIGHT: 1_000.0, _F.VOLUME: 1_000.0, _F.RANGE: 1_000.0, _F.GROSS: 1_000.0, _F.MAX_DURATION: 3_600.0, _F.RELOAD: 60.0}
"""Factor where neither header nor cell names a unit: kilograms, litres, kilometres, hours, minutes."""


class SheetKind(StrEnum):
    """What the rows of a table are."""

    FLAT = "flat"
    """Each row a vehicle with its depot, driver and shift."""
    DEPOTS = "depots"
    VEHICLES = "vehicles"
    DRIVERS = "drivers"
    SHIFTS = "shifts"


_SHEETS = {
    SheetKind.DEPOTS: ("depot", "warehouse", "倉庫", "據點"),
    SheetKind.VEHICLES: ("vehicle", "van", "truck", "車"),
    SheetKind.DRIVERS: ("driver", "courier", "司機", "駕駛"),
    SheetKind.SHIFTS: ("shift", "班"),
}
_OWN: dict[SheetKind, dict[str, FleetField]] = {
    SheetKind.FLAT: {
        "name": _F.VEHICLE,
        "lat": _F.DEPOT_LAT,
        "lon": _F.DEPOT_LON,
        "latitude": _F.DEPOT_LAT,
        "longitude": _F.DEPOT_LON,
        "address": _F.DEPOT_ADDRESS,
    },
    SheetKind.DEPOTS: {
        "name": _F.DEPOT,
        "lat": _F.DEPOT_LAT,
        "lon": _F.DEPOT_LON,
        "lng": _F.DEPOT_LON,
        "latitude": _F.DEPOT_LAT,
        "longitude": _F.DEPOT_LON,
        "latlon": _F.DEPOT_LATLON,
        "coordinates": _F.DEPOT_LATLON,
        "address": _F.DEPOT_ADDRESS,
    },
    SheetKind.VEHICLES: {"name": _F.VEHICLE},
    SheetKind.DRIVERS: {"name": _F.DRIVER},
    SheetKind.SHIFTS: {"start": _F.SHIFT_FROM, "end": _F.SHIFT_TO},
}
_PROFILES = {
    Profile.VAN: "van, car, kastenwagen, transporter, pakettiauto, auto, 小貨車, 廂型車, 汽車, furgoneta",
    Profile.TRUCK: "truck, lorry, hgv, lkw, kuorma-auto, 貨車, 卡車, camión",
    Profile.CARGO_BIKE: "cargo bike, bike, bicycle, cargobike, e-bike, lastenrad, fahrrad, tavarapyörä, pyörä, 單車, 自行車, 三輪車, bici",
    Profile.WALKER: "walker, walk, foot, on foot, trolley, pedestrian, zu fuß, fussgänger, kävelijä, jalan, 步行, 徒步, a pie",
    Profile.SIDEWALK_ROBOT: "sidewalk robot, robot, roboter, robotti, 機器人",
    Profile.DRONE: "drone, uav, drohne, drooni, 無人機",
}


@cache
def _index() -> dict[str, FleetField]:
    index: dict[str, FleetField] = {}
    for each in FleetField:
        for name in (each.value, *NAMES[each].split(",")):
            index.setdefault(plain(name), each)
    return index


@cache
def _profile_index() -> dict[str, Profile]:
    index = {plain(name): profile for profile, names in _PROFILES.items() for name in names.split(",")}
    return index | {plain(profile.value): profile for profile in Profile}


def profile_of(text: str) -> Profile:
    """The kind of vehicle of a word. Raises Malformed for an unknown one."""
    found = _profile_index().get(plain(narrow(text)))
    if found is None:
        raise Malformed("fleet.profile", value=text[:60], known=", ".join(profile.value for profile in Profile))
    return found


@dataclass(frozen=True, slots=True)
class FleetColumn:
    """A column of a fleet table: where it is, its header, its unit's factor."""

    column: int
    header: str
    factor: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetTable:
    """A table of a fleet file with what its columns mean."""

    kind: SheetKind
    columns: dict[FleetField, FleetColumn]
    lines: tuple[Line, ...]
    sheet: str


def kind_of(table: Table) -> SheetKind:
    """What the rows of a table are, by its sheet's name; flat where that says nothing."""
    name = table.sheet.casefold()
    return next((kind for kind, words in _SHEETS.items() if any(word in name for word in words)), SheetKind.FLAT)


def understood(table: Table) -> FleetTable | None:
    """The table with its header understood; None where no row of the first ten is a header of a fleet."""
    for index, line in enumerate(table.lines[:10]):
        for kind in dict.fromkeys((kind_of(table), SheetKind.FLAT)):
            columns = _columns(line, kind)
            if len(columns) >= 2 or (columns and len(line.cells) == 1):
                return FleetTable(kind=kind, columns=columns, lines=table.lines[index + 1 :], sheet=table.sheet)
    return None


def _columns(line: Line, kind: SheetKind) -> dict[FleetField, FleetColumn]:
    found: dict[FleetField, FleetColumn] = {}
    for index, cell in enumerate(line.cells):
        name, unit = _split_unit(cell)
        meant = _OWN[kind].get(plain(name)) or _index().get(plain(cell)) or _index().get(plain(name))
        if meant and meant not in found:
            factor = UNITS.get(meant, {}).get(unit, DEFAULT_UNIT.get(meant, 1.0))
            found[meant] = FleetColumn(index, cell, factor)
    return found


def _split_unit(header: str) -> tuple[str, str]:
    """A header's name and its unit: `weight (kg)`, `weight_kg`."""
    inside = re.search(r"[(\[（]([^)\]）]*)[)\]）]", header)
    if inside:
        return header[: inside.start()] + header[inside.end() :], plain(inside.group(1))
    name, _, last = header.strip().replace("_", " ").rpartition(" ")
    every_unit = {unit for units in UNITS.values() for unit in units}
    return (name, last.lower()) if name and last.lower() in every_unit and plain(header) not in _index() else (header, "")
