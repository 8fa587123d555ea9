"""What each column of a fleet file means: the README's table, made of the columns as they are read."""

from app.domain.roads import Profile
from app.services.fleet_columns import NAMES, FleetField

_F = FleetField
MEANINGS: dict[FleetField, tuple[str, str]] = {
    _F.DEPOT: ("Name of the depot. A row without one belongs to the depot of the row above.", "Centre"),
    _F.DEPOT_LAT: ("Latitude of the depot in degrees (WGS 84).", "60.1644"),
    _F.DEPOT_LON: ("Longitude of the depot in degrees (WGS 84).", "24.9436"),
    _F.DEPOT_LATLON: ("Both in one cell.", '"60.1644, 24.9436"'),
    _F.DEPOT_ADDRESS: ("Address of the depot; found on the map where no coordinates are given.", "Yrjönkatu 10"),
    _F.ZONE: ("IANA time zone of the depot: all hours are its wall time.", "Europe/Helsinki"),
    _F.CURRENCY: ("Currency of the prices (ISO 4217).", "EUR"),
    _F.RELOAD: ("How long a reload at the depot takes; minutes.", "15"),
    _F.VEHICLE: ("Name of the vehicle.", "Van 1"),
    _F.PROFILE: (f"Kind of vehicle: {', '.join(f'`{profile.value}`' for profile in Profile)}; a van where it is empty.", "cargo_bike"),
    _F.WEIGHT: ("What it carries at most; kilograms, unless the header names another unit. Empty: no limit.", "600"),
    _F.VOLUME: ("Volume it holds at most; litres, unless the header names another unit. Empty: no limit.", "5000"),
    _F.PIECES: ("Pieces it holds at most. Empty: no limit.", "120"),
    _F.FEATURES: ("What it has; several with `;`.", "cooling; tail lift"),
    _F.PER_KM: ("Price of a kilometre, in the currency.", "0.45"),
    _F.PER_HOUR: ("Price of an hour on the road.", "28"),
    _F.FIXED: ("Price of using it at all on a day.", "15"),
    _F.OVERTIME: ("Price of an hour after the shift's end, on top.", "10"),
    _F.RANGE: ("How far it goes in a shift; kilometres. Empty: no limit.", "60"),
    _F.GROSS: ("What it may weigh when full; kilograms. Roads with a weight limit ask for it. Empty: what such vehicles usually weigh.", "3500"),
    _F.DRIVER: ("Name of the driver.", "Aino Millbrooke"),
    _F.SKILLS: ("What the driver can do; several with `;`.", "id check; stairs"),
    _F.START: ("Where the driver starts, as `lat, lon`, where that is not the depot.", '"60.1700, 24.9400"'),
    _F.END: ("Where the driver ends, where that is not the depot.", '"60.1700, 24.9400"'),
    _F.PHONE: ("The driver's phone.", "+44 7700 900201"),
    _F.LANGUAGE: ("The driver's language.", "fi"),
    _F.DAY: ("Day of the shift. Empty: the day that is planned.", "2026-11-23"),
    _F.SHIFT: ("Hours of the shift.", "08:00-16:00"),
    _F.SHIFT_FROM: ("The same in two columns: its beginning.", "08:00"),
    _F.SHIFT_TO: ("Its end.", "16:00"),
    _F.BREAK: ("Pauses: from–to, or a span in which one of a length begins; several with `;`.", "11:00-13:00/30min"),
    _F.OVERTIME_UNTIL: ("Until when the shift may last with overtime. Empty: no overtime.", "17:00"),
    _F.MAX_DURATION: ("Longest time on the road; hours.", "9"),
    _F.RELOADS: ("How often it may come back to load again.", "1"),
    _F.OPEN_END: ("yes: ends at its last stop, not at the depot.", "no"),
}


def readme_table() -> str:
    """The table of a fleet file's columns for the README, as Markdown."""
    rows = [f"| `{field.value}` | {meaning} | {example} | {_some_names(field)} |" for field, (meaning, example) in MEANINGS.items()]
    return "\n".join(["| column | meaning | example | also understood |", "|---|---|---|---|", *rows])


def _some_names(field: FleetField) -> str:
    names = [name.strip() for name in NAMES[field].split(",")]
    return ", ".join([*[name for name in names if name.isascii()][:4], *[name for name in names if not name.isascii() and "\u4e00" <= name[0] <= "\u9fff"][:2]])
