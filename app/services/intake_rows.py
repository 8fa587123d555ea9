"""One row of an order file as values, each complaint with its column and a sentence that says how to mend it."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Table_
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from app.domain.address import Address, AddressState, Candidate, Location, LocationSource
from app.domain.errors import Malformed
from app.domain.geo import Place
from app.domain.orders import TaskKind
from app.domain.sentences import Sentence
from app.domain.units import Cubic, Grams, Millis, minutes
from app.services import intake_words as words
from app.services.intake_columns import CUBIC, GRAMS, SECONDS
from app.services.intake_dates import DateOrder, decide_order, read_date
from app.services.intake_mapping import Mapped, Mapping
from app.services.intake_names import Field
from app.services.intake_numbers import currency_code, decimal_sign, degrees, lat_lon, measure, money, number, swapped, whole
from app.services.intake_times import Span, dated_spans, duration, span_of_two
from app.services.ports.files import Form, Line

T = TypeVar("T")
HEAVIEST_G = 100_000_000
LONGEST_VALUE = 300
"""Characters of a number, date, window or list; longer ones are not tried."""
LONGEST_TEXT = 4_000
"""Characters of notes, names and addresses."""
_GRAMS, _CUBIC, _SECONDS = dict(GRAMS), dict(CUBIC), dict(SECONDS)
_SIGNED = (Field.WEIGHT, Field.VOLUME, Field.COD, Field.SERVICE, Field.PIECES, Field.LATE_PER_HOUR)
_TIMED = (Field.DAY, Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO, Field.PREFERRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds where the file does not say. `day` also lends the year to dates without one.

    `skills` and `features`: what the fleet has, in lower case; None: not known, nothing is checked. `country`: two letters, for phones.
    """

    day: date
    source: str = "file"
    zone: str = ""
    currency: str = "EUR"
    country: str = ""
    service: Millis = minutes(3)
    date_order: DateOrder | None = None
    skills: frozenset[str] | None = None
    features: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is wrong with a cell (or the row, where `column` is empty): the header, the value, and the sentence with the fix."""

    row: int
    column: str
    value: str
    reason: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the columns of one file are read: what only whole columns can tell."""

    mapping: Mapping
    signs: Table_[Field, str]
    """Decimal sign by field."""
    dates: DateOrder | None
    serials: bool
    service_factor: float = 60.0
    volume_factor: float = 1_000.0
    notes: tuple[Sentence, ...] = ()
    by_field: Table_[Field, tuple[Mapped, ...]] = field(default_factory=dict)
    """The mapping's columns by field, looked up for every cell."""

    def of(self, column: Field) -> tuple[Mapped, ...]:
        """The columns taken for a field, in file order."""
        return self.by_field.get(column, ())

    def has(self, column: Field) -> bool:
        """Whether any column is taken for the field."""
        return column in self.by_field


def manner_of(mapping: Mapping, lines: Sequence[Line], form: Form, defaults: Defaults) -> Manner:
    """Decides decimal signs, date order and unnamed units, each over its whole column."""
    columns = {each: _values(mapping.of(each), lines) for each in (*_SIGNED, *_TIMED)}
    everywhere = decimal_sign(value for each in _SIGNED for value in columns[each])
    spreadsheet = form is Form.SPREADSHEET
    signs = {each: "." if spreadsheet else decimal_sign(columns[each]) or everywhere or "." for each in _SIGNED}
    days = mapping.of(Field.DAY)
    order = decide_order(columns[Field.DAY], near=defaults.day, header=days[0].header if days else "", chosen=defaults.date_order)
    service, service_note = _service_factor(mapping.of(Field.SERVICE), columns[Field.SERVICE])
    volume, volume_note = _volume_factor(mapping.of(Field.VOLUME), columns[Field.VOLUME], signs[Field.VOLUME])
    notes = tuple(note for note in (service_note, volume_note) if note)
    return Manner(
        mapping=mapping, signs=signs, dates=order, serials=spreadsheet, service_factor=service, volume_factor=volume, notes=notes, by_field=mapping.by_field()
    )


def _values(columns: Sequence[Mapped], lines: Sequence[Line]) -> list[str]:
    cells = (line.cells[each.column] for each in columns for line in lines if each.column < len(line.cells))
    return [cell for cell in cells if cell and len(cell) <= LONGEST_VALUE]


def _service_factor(columns: Sequence[Mapped], values: Sequence[str]) -> tuple[float, Sentence | None]:
    """Seconds of the service column's unit. Without a name for it, a column whose every number is 60 or more counts seconds."""
    if columns and columns[0].unit:
        return _SECONDS[columns[0].unit], None
    bare = [int(value) for value in values if value.isdecimal() and len(value) < 7 and value != "0"]
    if bare and len(bare) >= 0.9 * len(values) and min(bare) >= 60:
        return 1.0, Sentence.of("intake.service_in_seconds", column=columns[0].header)
    return 60.0, None


def _volume_factor(columns: Sequence[Mapped], values: Sequence[str], sign: str) -> tuple[float, Sentence | None]:
    """Cubic centimetres of the volume column's unit. Without a name for it, a column of small fractions counts cubic metres."""
    if columns and columns[0].unit:
        return _CUBIC[columns[0].unit], None
    read = [value for value in (_number_or_none(each, sign) for each in values) if value]
    if read and max(read) <= 5 and any(not value.is_integer() for value in read):
        return 1e6, Sentence.of("intake.volume_in_m3", column=columns[0].header)
    return 1_000.0, None


def _number_or_none(text: str, sign: str) -> float | None:
    try:
        return number(text, sign)
    except Malformed:
        return None


def unwrapped(cell: str) -> str:
    """A cell without the marks that keep spreadsheets from computing it: `="0012"` is 0012, `'=x` is =x."""
    if cell[:2] == '="' and cell[-1:] == '"' and len(cell) > 2:
        return cell[2:-1]
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


@dataclass(slots=True)
class RowReader:
    """Reads the cells of one row; what goes wrong is collected, not raised."""

    line: Line
    manner: Manner
    defaults: Defaults
    errors: list[Complaint] = field(default_factory=list)
    warnings: list[Complaint] = field(default_factory=list)

    def text(self, column: Field) -> str:
        """The cell of a field; empty where there is none."""
        columns = self.manner.by_field.get(column)
        return self.cell(columns[0]) if columns else ""

    def texts(self, column: Field) -> list[str]:
        """The filled cells of a field that several columns may hold."""
        return [cell for cell in map(self.cell, self.manner.of(column)) if cell]

    def cell(self, mapped: Mapped) -> str:
        """The cell of one column; empty where the row is shorter."""
        return unwrapped(self.line.cells[mapped.column]) if mapped.column < len(self.line.cells) else ""

    def complain(self, column: Field | None, value: str, reason: Sentence, *, warn: bool = False) -> None:
        """Notes an error, or a warning."""
        headers = self.manner.of(column) if column else ()
        complaint = Complaint(row=self.line.row, column=headers[0].header if headers else "", value=value[:200], reason=reason)
        (self.warnings if warn else self.errors).append(complaint)

    def tried(self, column: Field, read: Callable[[str], T], otherwise: T, *, warn: bool = False, value: str | None = None) -> T:
        """The value of a field's cell; where it is empty or refused, the other one."""
        text = self.text(column) if value is None else value
        if not text:
            return otherwise
        try:
            if len(text) > LONGEST_VALUE:
                raise Malformed("intake.too_long", limit=LONGEST_VALUE)
            return read(text)
        except Malformed as refusal:
            self.complain(column, text, refusal.sentence, warn=warn)
            return otherwise

    def sign(self, column: Field) -> str:
        """The decimal sign of a column."""
        return self.manner.signs.get(column, ".")


def read_values(reader: RowReader) -> dict[str, Any]:
    """The values of the columns that the file has, by name: only these may change an order that is already in the book."""
    has = reader.manner.has
    values: dict[str, Any] = {name: read(reader) for column, name, read in _SIMPLE if has(column)}
    values |= _spans(reader)
    if has(Field.WEIGHT):
        values["weight"] = Grams(round(_weight(reader)))
    if has(Field.VOLUME):
        volume = reader.tried(Field.VOLUME, lambda text: measure(text, _CUBIC, reader.manner.volume_factor, reader.sign(Field.VOLUME)), 0.0)
        values["volume"] = Cubic(round(volume))
    return values


def _weight(reader: RowReader) -> float:
    columns = reader.manner.of(Field.WEIGHT)
    factor = _GRAMS[columns[0].unit] if columns[0].unit else 1_000.0

    def read(text: str) -> float:
        grams = measure(text, _GRAMS, factor, reader.sign(Field.WEIGHT))
        if grams > HEAVIEST_G:
            raise Malformed("intake.too_heavy", value=text[:60])
        return grams

    return reader.tried(Field.WEIGHT, read, 0.0)


def _service(reader: RowReader) -> Millis | None:
    seconds = reader.tried(Field.SERVICE, lambda text: duration(text, reader.manner.service_factor, reader.sign(Field.SERVICE)), -1)
    return None if seconds < 0 else Millis(seconds * 1_000)


def _cod(reader: RowReader) -> Any:
    usual = reader.tried(Field.CURRENCY, lambda text: currency_code(text, reader.defaults.currency), reader.defaults.currency)
    found = reader.tried(Field.COD, lambda text: money(text, usual, reader.sign(Field.COD)), None)
    return found if found and found.minor else None


def _late_price(reader: RowReader) -> int | None:
    """Minor units an hour."""
    found = reader.tried(Field.LATE_PER_HOUR, lambda text: money(text, reader.defaults.currency, reader.sign(Field.LATE_PER_HOUR)), None)
    return found.minor if found else None


def _known(column: Field, among: Callable[[Defaults], frozenset[str] | None], key: str) -> Callable[[RowReader], frozenset[str]]:
    """Reads a list and warns of entries that the fleet does not have."""

    def read(reader: RowReader) -> frozenset[str]:
        found = words.words(reader.text(column))
        known = among(reader.defaults)
        for each in sorted(found - known) if known is not None else ():
            reader.complain(column, reader.text(column), Sentence.of(key, value=each, known=", ".join(sorted(known or ())[:8]) or "–"), warn=True)
        return found

    return read


def _plain(column: Field) -> Callable[[RowReader], str]:
    return lambda reader: reader.text(column)


_SIMPLE: tuple[tuple[Field, str, Callable[[RowReader], Any]], ...] = (
    (Field.DAY, "day", lambda r: r.tried(Field.DAY, lambda text: _day(text, r), None)),
    (Field.KIND, "kind", lambda r: r.tried(Field.KIND, words.task_kind, TaskKind.DELIVERY)),
    (Field.PAIRED_WITH, "paired_with", _plain(Field.PAIRED_WITH)),
    (Field.SERVICE, "service", _service),
    (Field.PIECES, "pieces", lambda r: r.tried(Field.PIECES, lambda text: whole(text, r.sign(Field.PIECES)), 0)),
    (Field.PRIORITY, "priority", lambda r: r.tried(Field.PRIORITY, words.priority, 0)),
    (Field.SKILLS, "skills", _known(Field.SKILLS, lambda defaults: defaults.skills, "intake.unknown_skill")),
    (Field.FEATURES, "features", _known(Field.FEATURES, lambda defaults: defaults.features, "intake.unknown_feature")),
    (Field.HANDLING, "handling", lambda r: words.words(r.text(Field.HANDLING))),
    (Field.NOTES, "notes", lambda r: "\n".join(r.texts(Field.NOTES))),
    (Field.CONTACTLESS, "contactless", lambda r: r.tried(Field.CONTACTLESS, words.yes, False)),
    (Field.COD, "cod", _cod),
    (Field.SERVICE_LEVEL, "service_level", _plain(Field.SERVICE_LEVEL)),
    (Field.BRAND, "brand", _plain(Field.BRAND)),
    (Field.PHONE, "phone", lambda r: r.tried(Field.PHONE, lambda text: words.phone(text, r.defaults.country), r.text(Field.PHONE), warn=True)),
    (Field.EMAIL, "email", lambda r: r.tried(Field.EMAIL, words.email, r.text(Field.EMAIL), warn=True)),
    (Field.LANGUAGE, "language", lambda r: r.tried(Field.LANGUAGE, words.language, "", warn=True)),
    (Field.LATE_PER_HOUR, "late_per_hour", _late_price),
)


def _day(text: str, reader: RowReader) -> date:
    day = text.replace("T", " ").split(" ")[0] if ":" in text else text
    return read_date(day, reader.manner.dates, near=reader.defaults.day, serials=reader.manner.serials)


def _spans(reader: RowReader) -> dict[str, Any]:
    """Windows and preferred windows where the file has columns for them."""
    mapping, found = reader.manner, {}
    if any(mapping.has(each) for each in (Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO)):
        found["spans"] = tuple(sorted({*_listed_spans(reader, Field.WINDOW), *_paired_spans(reader)}, key=lambda span: (span.opens, span.closes)))
    if mapping.has(Field.PREFERRED):
        found["preferred"] = tuple(_listed_spans(reader, Field.PREFERRED))
    return found


def _listed_spans(reader: RowReader, column: Field) -> Iterable[Span]:
    for text in reader.texts(column):
        none: tuple[Span, ...] = ()
        yield from reader.tried(
            column, lambda cell: dated_spans(cell, reader.manner.dates, near=reader.defaults.day, zone=reader.defaults.zone), none, value=text
        )


def _paired_spans(reader: RowReader) -> Iterable[Span]:
    """Windows of from and to columns, the first with the first, the second with the second."""
    begins, ends = reader.manner.of(Field.WINDOW_FROM), reader.manner.of(Field.WINDOW_TO)
    for index in range(max(len(begins), len(ends))):
        first = reader.cell(begins[index]) if index < len(begins) else ""
        second = reader.cell(ends[index]) if index < len(ends) else ""
        try:
            if len(first) + len(second) > LONGEST_VALUE:
                raise Malformed("intake.too_long", limit=LONGEST_VALUE)
            span = span_of_two(first, second, reader.manner.dates, near=reader.defaults.day, zone=reader.defaults.zone)
        except Malformed as refusal:
            reader.complain(Field.WINDOW_FROM if begins else Field.WINDOW_TO, " – ".join(each for each in (first, second) if each), refusal.sentence)
            continue
        if span:
            yield span


def read_name(reader: RowReader) -> str:
    """The person at the door: the name, or given and family name, with the company after it."""
    name = reader.text(Field.NAME) or " ".join(part for part in (reader.text(Field.FIRST_NAME), reader.text(Field.LAST_NAME)) if part)
    company = reader.text(Field.COMPANY)
    return ", ".join(part for part in (name, company) if part and (part is name or company not in name))


def read_address(reader: RowReader) -> Address:
    """The address: one line where the file has only that, else its parts."""
    text, postcode, city = reader.text(Field.ADDRESS), reader.text(Field.POSTCODE), reader.text(Field.CITY)
    district = reader.text(Field.DISTRICT)
    if district and not district.isascii() and district not in city:
        city += district
    street = reader.text(Field.STREET)
    rest = {"house": reader.text(Field.HOUSE), "unit": reader.text(Field.UNIT), "postcode": postcode, "city": city, "country": reader.text(Field.COUNTRY)}
    if text and not street and (postcode or city) and not _holds(text, postcode, city):
        text, street = "", text
    return Address(text=text, street=street, **rest)


def _holds(text: str, postcode: str, city: str) -> bool:
    """Whether a line already names the postcode or the town."""
    return bool((postcode and postcode in text) or (city and city.casefold() in text.casefold()))


def read_location(reader: RowReader) -> Location | None:
    """Where the file says that the order goes; None where it gives no coordinates.

    A pair that lies on the earth only when swapped is kept with its doubt, for a person to look at.
    """
    pair = _coordinates(reader)
    if pair is None:
        return None
    lat, lon = pair
    if abs(lat) <= 90 and abs(lon) <= 180:
        return Location(state=AddressState.EXACT, place=Place(lat, lon), source=LocationSource.FILE)
    doubt = swapped(lat, lon)
    column = Field.LAT if reader.manner.has(Field.LAT) else Field.LATLON
    if doubt is None:
        bad_lat = abs(lat) > 90
        value = lat if bad_lat else lon
        reader.complain(
            column if bad_lat or column is Field.LATLON else Field.LON, f"{value}", Sentence.of("intake.off_earth", value=value, limit=90 if bad_lat else 180)
        )
        return None
    reader.complain(column, f"{lat}", doubt, warn=True)
    return Location(source=LocationSource.FILE, candidates=(Candidate(place=Place(lon, lat), label=""),), doubt=doubt)


def _coordinates(reader: RowReader) -> tuple[float, float] | None:
    both = reader.text(Field.LATLON)
    if both:
        return reader.tried(Field.LATLON, lat_lon, None)
    lat, lon = reader.text(Field.LAT), reader.text(Field.LON)
    if not lat and not lon:
        return None
    if not lat or not lon:
        missing = Field.LON if lat else Field.LAT
        reader.complain(missing, "", Sentence.of("intake.half_coordinates"), warn=bool(read_address(reader).line))
        return None
    read_lat, read_lon = reader.tried(Field.LAT, degrees, None), reader.tried(Field.LON, degrees, None)
    return (read_lat, read_lon) if read_lat is not None and read_lon is not None else None
