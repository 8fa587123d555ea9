"""What the import dialog shows: names of fields, the preview's columns, reasons in words."""

from app.desktop.format import Formats
from app.desktop.widgets.rows import Column
from app.desktop.words import later, tr
from app.services.intake import PreviewRow, RowState
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
TONES = {RowState.NEW: "ok", RowState.CHANGED: "risk", RowState.DUPLICATE: "muted", RowState.ERROR: "late"}
DELIMITERS = {",": later("comma"), ";": later("semicolon"), "\t": later("tab"), "|": later("bar")}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "big5", "cp950", "gb18030", "shift_jis", "cp1252", "iso8859_15")


def is_problem(row: PreviewRow) -> bool:
    """Whether a person should look at the row."""
    return bool(row.errors or row.warnings or row.asks)


def reason(row: PreviewRow, formats: Formats) -> str:
    """What is wrong with a row, what to know of it, or what it changes."""
    said = [f"{each.column}: {formats.say(each.reason)}" if each.column else formats.say(each.reason) for each in (*row.errors, *row.warnings)]
    said += [f"{tr(FIELDS[each.field])}: {each.before or '–'} → {each.after or '–'}" for each in row.differences]
    if row.asks:
        said.append(tr("Already under way: it is kept as it is unless you say so below."))
    return " · ".join(said)


def preview_columns(formats: Formats) -> tuple[Column, ...]:
    """The columns of the preview grid."""
    return (
        Column(id="row", title=tr("Row"), text=lambda row: str(row.row), key=lambda row: row.row, number=True, width=48),
        Column(id="state", title=tr("State"), text=lambda row: tr(STATES[row.state]), tone=lambda row: TONES[row.state], width=124),
        Column(
            id="reason",
            title=tr("What is to know"),
            text=lambda row: reason(row, formats),
            tone=lambda row: "late" if row.errors else "risk" if row.warnings or row.asks else "muted",
            width=330,
        ),
        Column(id="order", title=tr("Order"), text=lambda row: row.order.number if row.order else "", width=84),
        Column(id="customer", title=tr("Customer"), text=lambda row: row.order.recipient.name if row.order else _cells(row), width=120),
        Column(id="address", title=tr("Address"), text=lambda row: row.order.address.line if row.order else "", width=170),
        Column(id="window", title=tr("Window"), text=_window, width=96),
    )


def _cells(row: PreviewRow) -> str:
    return " | ".join(cell for cell in row.cells if cell)[:120]


def _window(row: PreviewRow) -> str:
    windows = row.order.windows if row.order else ()
    return ", ".join(f"{each.opens:%H:%M}–{each.closes:%H:%M}" for each in windows)
