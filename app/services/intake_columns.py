"""The columns of an order file, declared once: names they go by, units, meaning. README, template and guessing come from here."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.services.intake_names import NAMES, Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what it means and an example; the names it goes by are in `intake_names`.

    `units` are factors to the column's own unit by the name of the unit; `repeats`: several columns of a file may be this one.
    """

    field: Field
    meaning: str
    example: str
    header: str = ""
    """As templates and exports write it, with its unit; the canonical name where empty."""
    units: tuple[tuple[str, float], ...] = ()
    repeats: bool = False

    @property
    def title(self) -> str:
        """The header in templates and exports."""
        return self.header or self.field.value


def units(*groups: tuple[str, float]) -> tuple[tuple[str, float], ...]:
    """Pairs of a unit's name and its factor, from groups of names (separated by commas) that share one."""
    return tuple((name.strip(), factor) for names, factor in groups for name in names.split(","))


GRAMS = units(
    ("kg, kgs, kilogram, kilograms, kilo, 公斤, 千克", 1000.0),
    ("g, gram, grams, 公克, 克", 1.0),
    ("lb, lbs, pound, pounds, 磅", 453.59237),
    ("oz", 28.349523125),
    ("t, ton, tonne, tonnes, 噸", 1000000.0),
    ("台斤", 600.0),
)
"""Grams of a unit; the pound and ounce are the international avoirdupois ones (1959 agreement)."""
CUBIC = units(
    ("l, liter, litre, liters, litres, ltr, 公升, dm3", 1000.0),
    ("m3, cbm, 立方公尺, 立方米", 1000000.0),
    ("材", 27826.0),
    ("cm3, ccm, cc, ml", 1.0),
    ("ft3, cuft", 28316.846592),
    ("in3", 16.387064),
)
"""Cubic centimetres of a unit; 材 is Taiwan's cubic foot of freight (30.3 cm)³."""
SECONDS = units(
    ("min, mins, minute, minutes, minuten, minutos, 分鐘, 分, 分钟, m", 60.0),
    ("s, sec, secs, second, seconds, 秒, 秒鐘", 1.0),
    ("h, hr, hrs, hour, hours, 小時, 時", 3600.0),
)

_F = Field
COLUMNS: tuple[Column, ...] = (
    Column(
        field=_F.NUMBER,
        meaning="Number of the order with its sender; together with `source` the key for later files. Without it a number is made from the row's content.",
        example="A-17",
    ),
    Column(field=_F.SOURCE, meaning="Who sends it: shop or sender, part of the key.", example="webshop"),
    Column(
        field=_F.DAY,
        meaning="Day it is due: 2026-11-23, 23.11.2026, 115/11/23 or 民國115年11月23日. 03/04/2026 is asked about unless the column settles it. "
        "Without it: the day that is planned.",
        example="2026-11-23",
    ),
    Column(field=_F.KIND, meaning="`delivery` (as when empty), `pickup` or `return`.", example="delivery"),
    Column(field=_F.PAIRED_WITH, meaning="Number of the pick-up that must come before, on the same route.", example="P-4"),
    Column(field=_F.NAME, meaning="Person at the door.", example="Maija Meikäläinen"),
    Column(field=_F.FIRST_NAME, meaning="Given name, where the file has two columns.", example="Maija"),
    Column(field=_F.LAST_NAME, meaning="Family name, where the file has two columns.", example="Meikäläinen"),
    Column(field=_F.COMPANY, meaning="Company at the door; written after the name.", example="Kukkakauppa Oy"),
    Column(field=_F.PHONE, meaning="Phone; written in the international way where it is understood, else kept as it stands.", example="+358 40 123 4567"),
    Column(field=_F.EMAIL, meaning="E-mail address.", example="maija@example.com"),
    Column(field=_F.LANGUAGE, meaning="Language of the person: `en`, `zh-TW`, or its name.", example="fi"),
    Column(
        field=_F.ADDRESS,
        meaning="Whole address in one line; with `postcode` and `city` columns beside it, the street and number.",
        example="Mannerheimintie 12, 00100 Helsinki",
    ),
    Column(field=_F.STREET, meaning="Street, with or without the house number.", example="Mannerheimintie"),
    Column(field=_F.HOUSE, meaning="House number.", example="12"),
    Column(field=_F.UNIT, meaning="Staircase, floor, flat.", example="B 24"),
    Column(field=_F.POSTCODE, meaning="Postcode; leading zeros are kept.", example="00100"),
    Column(field=_F.DISTRICT, meaning="District of the city; read with Chinese addresses.", example="信義區"),
    Column(field=_F.CITY, meaning="Town.", example="Helsinki"),
    Column(field=_F.COUNTRY, meaning="Country.", example="FI"),
    Column(field=_F.LAT, meaning="Latitude in degrees (WGS 84), decimal.", example="60.1699"),
    Column(field=_F.LON, meaning="Longitude in degrees (WGS 84), decimal.", example="24.9384"),
    Column(field=_F.LATLON, meaning="Latitude and longitude in one cell.", example='"60.1699, 24.9384"'),
    Column(
        field=_F.WINDOW,
        meaning="When service may begin: `08:00-12:00`; several with `;`. Hard, unless `late_per_hour` prices it. Empty: any time.",
        example="08:00-12:00; 17:00-20:00",
        repeats=True,
    ),
    Column(field=_F.WINDOW_FROM, meaning="Window as two columns: its beginning.", example="08:00", repeats=True),
    Column(field=_F.WINDOW_TO, meaning="Window as two columns: its end.", example="12:00", repeats=True),
    Column(field=_F.PREFERRED, meaning="What the customer would like; never a promise.", example="17:00-18:00"),
    Column(field=_F.LATE_PER_HOUR, meaning="Price of an hour's lateness, in the currency; makes the row's windows soft.", example="15.00"),
    Column(
        field=_F.SERVICE,
        meaning="Time at the door; minutes, unless header or cell names another unit or it is written 00:05.",
        example="5",
        header="service (min)",
        units=SECONDS,
    ),
    Column(field=_F.WEIGHT, meaning="Weight; kilograms, unless header or cell names g, kg, t, lb or oz.", example="12.5", header="weight (kg)", units=GRAMS),
    Column(field=_F.VOLUME, meaning="Volume; litres, unless header or cell names m3, cm3 or ft3.", example="40", header="volume (l)", units=CUBIC),
    Column(field=_F.PIECES, meaning="Number of pieces.", example="2"),
    Column(field=_F.PRIORITY, meaning="0 (normal) … 9 (must not be left out), or low, normal, high, urgent.", example="high"),
    Column(field=_F.SKILLS, meaning="What the driver must be able to do; several with `;`.", example="id check; stairs"),
    Column(field=_F.FEATURES, meaning="What the vehicle must have; several with `;`.", example="cooling"),
    Column(field=_F.HANDLING, meaning="How the parcel wants to be treated; several with `;`.", example="fragile; upright"),
    Column(field=_F.NOTES, meaning="Notes for the driver; several columns are joined.", example="Ring twice", repeats=True),
    Column(field=_F.CONTACTLESS, meaning="yes or no: hand over without meeting.", example="yes"),
    Column(field=_F.COD, meaning="Amount to collect at the door.", example="12.50"),
    Column(field=_F.CURRENCY, meaning="Currency of the amounts (ISO 4217); else the depot's.", example="EUR"),
    Column(field=_F.SERVICE_LEVEL, meaning="Name of the service sold.", example="express"),
    Column(field=_F.BRAND, meaning="Brand under which messages go out.", example="Northwind"),
)
BY_FIELD = {column.field: column for column in COLUMNS}
_PREFIXES = (
    "shipping",
    "shipto",
    "delivery",
    "deliver",
    "recipient",
    "receiver",
    "consignee",
    "customer",
    "client",
    "contact",
    "dropoff",
    "drop",
    "destination",
    "order",
    "stop",
    "收件人",
    "收件",
    "收貨人",
    "收貨",
    "配送",
    "送貨",
    "客戶",
)
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
_INSIDE = re.compile(r"[(\[（【]([^)\]）】]*)[)\]）】]")
_DIGITS_AT_END = re.compile(r"\d+$")


def plain(text: str) -> str:
    """A name without what does not tell names apart: width, case, accents, blanks, punctuation."""
    wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in wide if letter.isalnum())


@cache
def _index() -> dict[str, Field]:
    index: dict[str, Field] = {}
    for column in COLUMNS:
        for name in [column.field.value, *NAMES[column.field].split(",")]:
            index.setdefault(plain(name), column.field)
    index.pop("", None)
    return index


@cache
def _unit_names() -> dict[Field, dict[str, str]]:
    return {column.field: {plain(name): name for name, _ in column.units} for column in COLUMNS if column.units}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a header cell says: the column, and the unit where it names one."""

    field: Field
    unit: str = ""


def heading(text: str) -> Heading | None:
    """What a header cell means, or None where the name is not known. Units may stand in brackets or at the end: `Weight (kg)`, `weight_lb`, `重量(公斤)`."""
    bare = plain(_BRACKETS.sub(" ", text))
    inside = _INSIDE.search(text)
    field = _named(bare) or _named(plain(text))
    if field:
        return Heading(field, _unit_of(field, inside.group(1) if inside else ""))
    return _with_unit_at_end(text)


def _named(name: str) -> Field | None:
    index = _index()
    found = index.get(name) or index.get(_DIGITS_AT_END.sub("", name))
    if found or not name:
        return found
    for prefix in _PREFIXES:
        if name.startswith(prefix) and len(name) > len(prefix):
            rest = name[len(prefix) :]
            found = index.get(rest) or index.get(_DIGITS_AT_END.sub("", rest))
            if found:
                return found
    return None


def _unit_of(field: Field, text: str) -> str:
    return _unit_names().get(field, {}).get(plain(text), "")


def _with_unit_at_end(text: str) -> Heading | None:
    words = [word for word in re.split(r"[\s_\-/.,:]+", _BRACKETS.sub(" ", text).strip()) if word]
    if len(words) < 2:
        return None
    field = _named(plain("".join(words[:-1])))
    if field is None or field not in _unit_names():
        return None
    unit = _unit_of(field, words[-1])
    return Heading(field, unit) if unit else None


def recognised(cells: Sequence[str]) -> int:
    """How many of these cells are known column names."""
    return sum(1 for cell in cells if cell and len(cell) <= 60 and heading(cell) is not None)


def readme_table() -> str:
    """The table of columns for the README, as Markdown."""
    rows = [f"| `{column.title}` | {column.meaning} | {column.example} | {_some_names(column)} |" for column in COLUMNS]
    return "\n".join(["| column | meaning | example | also understood |", "|---|---|---|---|", *rows])


def _some_names(column: Column) -> str:
    names = [name.strip() for name in NAMES[column.field].split(",")]
    latin, chinese = (
        [name for name in names if name.isascii()],
        [name for name in names if not name.isascii() and any("\u4e00" <= letter <= "\u9fff" for letter in name)],
    )
    return ", ".join([*latin[:5], *chinese[:2]])
