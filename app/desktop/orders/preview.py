"""What the import wizard says: names of fields, states and encodings, reasons in words."""

from app.desktop.format import Formats
from app.desktop.words import later, tr
from app.domain.sentences import Sentence
from app.services.intake import Complaint, PreviewRow, RowState
from app.services.intake_names import Field

FIELDS = {
    Field.NUMBER: later("Order number"),
    Field.SOURCE: later("Sender"),
    Field.DAY: later("Day"),
    Field.KIND: later("Kind of task"),
    Field.PAIRED_WITH: later("Pick-up of"),
    Field.NAME: later("Name"),
    Field.FIRST_NAME: later("First name"),
    Field.LAST_NAME: later("Last name"),
    Field.COMPANY: later("Company"),
    Field.PHONE: later("Phone"),
    Field.EMAIL: later("E-mail"),
    Field.LANGUAGE: later("Language"),
    Field.ADDRESS: later("Whole address"),
    Field.STREET: later("Street"),
    Field.HOUSE: later("House number"),
    Field.UNIT: later("Flat or floor"),
    Field.POSTCODE: later("Postcode"),
    Field.DISTRICT: later("District"),
    Field.CITY: later("Town"),
    Field.COUNTRY: later("Country"),
    Field.LAT: later("Latitude"),
    Field.LON: later("Longitude"),
    Field.LATLON: later("Latitude and longitude"),
    Field.WINDOW: later("Time window"),
    Field.WINDOW_FROM: later("Window from"),
    Field.WINDOW_TO: later("Window to"),
    Field.PREFERRED: later("Preferred time"),
    Field.LATE_PER_HOUR: later("Price of lateness"),
    Field.SERVICE: later("Service time"),
    Field.WEIGHT: later("Weight"),
    Field.VOLUME: later("Volume"),
    Field.PIECES: later("Pieces"),
    Field.PRIORITY: later("Priority"),
    Field.SKILLS: later("Driver's skills"),
    Field.FEATURES: later("Vehicle's features"),
    Field.HANDLING: later("Handling"),
    Field.NOTES: later("Notes"),
    Field.CONTACTLESS: later("Contactless"),
    Field.COD: later("Cash on delivery"),
    Field.CURRENCY: later("Currency"),
    Field.SERVICE_LEVEL: later("Service level"),
    Field.BRAND: later("Brand"),
}
STATES = {
    RowState.NEW: later("＋ new"),
    RowState.CHANGED: later("≠ changed"),
    RowState.DUPLICATE: later("＝ already there"),
    RowState.ERROR: later("✕ error"),
}
DELIMITERS = {",": later("comma"), ";": later("semicolon"), "\t": later("tab"), "|": later("bar")}
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp950": "Big5 (CP950)",
    "big5hkscs": "Big5-HKSCS",
    "gb18030": "GB 18030 / GBK",
    "cp932": "Shift-JIS (CP932)",
    "cp949": "EUC-KR (CP949)",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "iso8859_15": "ISO 8859-15",
}


def reason(row: PreviewRow, formats: Formats) -> str:
    """What is wrong with a row, what to know of it, or what it changes."""
    said = [f"{each.column}: {formats.say(each.reason)}" if each.column else formats.say(each.reason) for each in (*row.errors, *row.warnings)]
    said += [f"{tr(FIELDS[each.field])}: {each.before or '–'} → {each.after or '–'}" for each in row.differences]
    if row.asks:
        said.append(tr("Already under way: it is kept as it is unless you say so before the import."))
    return " · ".join(said)


def place_doubt(row: PreviewRow, doubt: Sentence) -> Complaint:
    """What is doubtful about the place of a row, as a complaint of its address."""
    return Complaint(row=row.row, column="", value="", reason=doubt)
