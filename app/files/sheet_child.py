"""Reads a workbook in a process of its own, so that a hostile file can be stopped by limits of memory and time.

Started as a script with the standard library and calamine only: `python -I sheet_child.py FILE CELL_LIMIT UNPACKED_LIMIT`. Writes one JSON line a
sheet to standard output, or one line `{"refused": key, …facts}`; what it cannot foresee ends it with another exit code.
"""

import datetime as dt
import json
import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

MEMORY_LIMIT = 1_500_000_000
"""Bytes of address space, where the system has such a limit."""
CPU_LIMIT = 120
_CHUNK = 1 << 20
_NAMES = 5_000_000
"""Bytes of the small parts that name the sheets."""
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*[^/]>')
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*><(?:\w+:)?f(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</'
)
_ERROR = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})"[^>]* t="e"[^>]*>(?:<(?:\w+:)?f[^>]*/>|<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>)?<(?:\w+:)?v>([^<]*)')
_STYLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})([0-9]{1,7})" s="([0-9]+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row [^>]*\bhidden="(?:1|true)"')
_LISTED = 1_000
"""At most so many cells of each kind of trouble are named."""


class Refusal(Exception):
    """The file cannot be read; `args` are the sentence's key and its facts."""


def text_of(value: object) -> str:
    """A cell as canonical text: whole numbers without a fraction, ISO dates, HH:MM times."""
    match value:
        case str():
            return value.strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case int() | float():
            return repr(value)
        case dt.datetime():
            return _moment(value)
        case dt.date():
            return value.isoformat()
        case dt.time():
            return _clock(value)
        case dt.timedelta():
            return _span(value)
    return ""


def _moment(value: dt.datetime) -> str:
    value = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    if value.year < 1901:  # a time of day; spreadsheets count days from the turn of 1900
        return _clock(value.time())
    return value.date().isoformat() if value.time() == dt.time() else f"{value.date().isoformat()} {_clock(value.time())}"


def _clock(value: dt.time) -> str:
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")


def _span(value: dt.timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def column_number(letters: bytes) -> int:
    """The column of letters such as A or AB, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def limit_process() -> None:
    """Sets limits of memory and time for this process, where the system knows them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, limit in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CPU, CPU_LIMIT)):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):
            continue


class Package:
    """The zip file of an XLSX: checked for bombs, its sheets' XML scanned for what calamine does not tell."""

    def __init__(self, path: str, unpacked_limit: int) -> None:
        self._zip = zipfile.ZipFile(path)
        self.names = set(self._zip.namelist())
        total = sum(each.file_size for each in self._zip.infolist())
        if total > unpacked_limit:
            raise Refusal("table.bomb", {"megabytes": total // 1_000_000, "limit": unpacked_limit // 1_000_000})
        for each in self._zip.infolist():
            self._drain(each)
        self.padded = self._padded_styles() if "xl/styles.xml" in self.names else {}

    def _drain(self, member: zipfile.ZipInfo) -> None:
        """Reads a member to its end: a wrong size or checksum raises BadZipFile here and not inside calamine."""
        with self._zip.open(member) as stream:
            while stream.read(_CHUNK):
                pass

    def sheet_parts(self) -> dict[str, str]:
        """Names of the sheets and of their XML parts; empty where this is no XLSX."""
        if "xl/workbook.xml" not in self.names or "xl/_rels/workbook.xml.rels" not in self.names:
            return {}
        targets = {each.get("Id"): each.get("Target", "") for each in self._tree("xl/_rels/workbook.xml.rels")}
        parts = {}
        for sheet in self._tree("xl/workbook.xml").iter():
            if sheet.tag.endswith("}sheet"):
                link = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
                target = targets.get(link, "")
                part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
                parts[sheet.get("name", "")] = part
        return {name: part for name, part in parts.items() if part in self.names}

    def _tree(self, part: str) -> ElementTree.Element:
        if self._zip.getinfo(part).file_size > _NAMES:
            raise Refusal("table.cut", {})
        return ElementTree.fromstring(self._zip.read(part))  # noqa: S314  # expat guards against entity bombs; size is limited above

    def _padded_styles(self) -> dict[int, int]:
        """Cell styles whose number format is only zeros (`00000`), with the number of digits they show."""
        formats: dict[str, int] = {}
        styles: dict[int, int] = {}
        for each in self._tree("xl/styles.xml").iter():
            if each.tag.endswith("}numFmt") and re.fullmatch("0{2,20}", each.get("formatCode", "")):
                formats[each.get("numFmtId", "")] = len(each.get("formatCode", ""))
            if each.tag.endswith("}cellXfs"):
                styles = {index: formats[xf.get("numFmtId", "")] for index, xf in enumerate(each) if xf.get("numFmtId", "") in formats}
        return styles

    def scan(self, part: str, cell_limit: int) -> dict[str, Any]:
        """What the XML says beyond the values: uncomputed formulas, error values, hidden rows, digits to pad.

        Raises Refusal where the cells span a rectangle that would not fit into memory.
        """
        xml = self._zip.read(part)
        last_row = last_column = 0
        for letters, row in _CELL.findall(xml):
            last_row, last_column = max(last_row, int(row)), max(last_column, column_number(letters) + 1)
        if last_row * last_column > cell_limit:
            raise Refusal("table.sheet_too_large", {"rows": last_row, "columns": last_column})
        return {
            # The plain search first: most sheets have none of these, and the patterns take seconds over a large one.
            "uncomputed": _listed(_UNCOMPUTED, xml) if b"<f" in xml or b":f" in xml else [],
            "errors": _listed(_ERROR, xml) if b't="e"' in xml else [],
            "hidden_rows": len(_HIDDEN_ROW.findall(xml)) if b"hidden=" in xml else 0,
            "pad": self._pads(xml),
        }

    def _pads(self, xml: bytes) -> list[tuple[int, int, int]]:
        if not self.padded:
            return []
        found = ((int(row), column_number(letters), self.padded.get(int(style), 0)) for letters, row, style in _STYLED.findall(xml))
        return [each for each in found if each[2]]


def _listed(pattern: "re.Pattern[bytes]", xml: bytes) -> list[tuple[int, int, str]]:
    found = []
    for letters, row, value in pattern.findall(xml):
        found.append((int(row), column_number(letters), value.decode("utf-8", "replace")[:80]))
        if len(found) >= _LISTED:
            break
    return found


def rows_of(sheet: Any, cell_limit: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that are not blank, with their numbers from 1."""
    if sheet.start is None:
        return
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > cell_limit:
        raise Refusal("table.sheet_too_large", {"rows": sheet.end[0] + 1, "columns": sheet.end[1] + 1})
    first_row, first_column = sheet.start
    for number, values in enumerate(sheet.to_python(skip_empty_area=True), start=first_row + 1):
        cells = [""] * first_column + [text_of(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells


def _pad(rows: list[tuple[int, list[str]]], pads: list[tuple[int, int, int]]) -> None:
    by_number = dict(rows)
    for row, column, digits in pads:
        cells = by_number.get(row, [])
        if column < len(cells) and cells[column].isdigit():
            cells[column] = cells[column].zfill(digits)


def _repeat_merged(rows: list[tuple[int, list[str]]], merged: list[Any]) -> None:
    """Writes the value of a cell that is merged downwards into every row that it spans and that is not blank."""
    by_number = dict(rows)
    for (top, column), (bottom, _) in merged:
        source = by_number.get(top + 1, [])
        if bottom == top or column >= len(source) or not source[column]:
            continue
        for number in range(top + 2, min(bottom, top + _LISTED) + 2):
            cells = by_number.get(number)
            if cells is not None:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = cells[column] or source[column]


def read(path: str, cell_limit: int, unpacked_limit: int) -> Iterator[dict[str, Any]]:
    """Every worksheet of a workbook, in its order."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    package = Package(path, unpacked_limit) if zipfile.is_zipfile(path) else None
    parts = package.sheet_parts() if package else {}
    book = CalamineWorkbook.from_path(path)
    for about in book.sheets_metadata:
        if about.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet):
            continue
        extra = package.scan(parts[about.name], cell_limit) if package and about.name in parts else {}
        sheet = book.get_sheet_by_name(about.name)
        rows = list(rows_of(sheet, cell_limit))
        _pad(rows, extra.get("pad", []))
        merged = [[list(first), list(last)] for first, last in (sheet.merged_cell_ranges or [])[:_LISTED]]
        _repeat_merged(rows, merged)
        yield {"name": about.name, "visible": about.visible == SheetVisibleEnum.Visible, "rows": rows, "merged": merged, **extra}


def main(arguments: list[str]) -> int:
    """Reads the file named first and writes its sheets."""
    limit_process()
    import python_calamine as calamine

    path, cell_limit, unpacked_limit = arguments[0], int(arguments[1]), int(arguments[2])
    out = sys.stdout.buffer
    try:
        for sheet in read(path, cell_limit, unpacked_limit):
            out.write(json.dumps(sheet, ensure_ascii=True).encode() + b"\n")
    except Refusal as refusal:
        out.write(json.dumps({"refused": refusal.args[0], "facts": refusal.args[1]}).encode() + b"\n")
    except calamine.PasswordError:
        out.write(b'{"refused": "table.password", "facts": {}}\n')
    except (
        calamine.CalamineError,
        zipfile.BadZipFile,
        ElementTree.ParseError,
        OSError,
        EOFError,
        ValueError,
        KeyError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        # zlib.error is no subclass of these: it ends the process, which the parent reports as the same damage.
        key = "table.password" if "encrypted" in str(error) else "table.cut"
        out.write(json.dumps({"refused": key, "facts": {}}).encode() + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
