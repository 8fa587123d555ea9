"""The door for tables: any file or pasted text becomes a `Table` or is refused in a sentence."""

import os
import stat
from dataclasses import replace
from pathlib import Path

from app.domain.errors import Malformed
from app.domain.sentences import Sentence
from app.files.csv_in import read_csv
from app.files.encodings import decode
from app.files.xlsx_in import read_sheets
from app.services.intake_columns import recognised
from app.services.ports.files import Table

TEXT_LIMIT = 64_000_000
"""Bytes of a text file."""
WORKBOOK_LIMIT = 32_000_000
"""Bytes of a workbook."""
_HEADER_ROWS = 15
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_OTHER_KINDS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90\0", "EXE"),
)
_PAGES = (b"<html", b"<!doctype html", b"<table", b"<?xml")


class FileTables:
    """Reads tables from files and text; implements `Tables`."""

    def read(self, path: Path, *, sheet: str = "", encoding: str = "", delimiter: str = "") -> Table:
        """The table of a file; of several sheets the one named, else the one whose header is best understood.

        Raises Malformed for whatever is no table: a sentence with what, where and how to mend it.
        """
        return _choose(self._tables(path, encoding, delimiter), sheet, path.name)

    def read_text(self, text: str) -> Table:
        """The table of pasted text. Raises Malformed where it is empty."""
        return read_csv(text, "")

    def sheets(self, path: Path) -> tuple[Table, ...]:
        """Every sheet of a workbook that has rows; a text file is one table. Raises Malformed as `read` does."""
        return self._tables(path, "", "")

    def _tables(self, path: Path, encoding: str, delimiter: str) -> tuple[Table, ...]:
        head = _opening(path)
        if head.startswith(_WORKBOOKS):
            _keep_size(path, WORKBOOK_LIMIT)
            return read_sheets(path)
        _refuse_other_kinds(head, path.name)
        _keep_size(path, TEXT_LIMIT)
        text, found = decode(_bytes(path), path.name, encoding)
        return (read_csv(text, path.name, encoding=found, delimiter=delimiter),)


def _opening(path: Path) -> bytes:
    """The first bytes of a regular file. Raises Malformed where there is none that may be read."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Malformed("table.folder", file=path.name)
        if not stat.S_ISREG(mode):
            raise Malformed("table.no_file", file=path.name)
        with path.open("rb") as stream:
            head = stream.read(512)
    except FileNotFoundError:
        raise Malformed("table.missing", file=str(path)) from None
    except PermissionError:
        raise Malformed("table.no_permission", file=path.name) from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise Malformed("table.cannot_open", file=path.name, reason=str(getattr(error, "strerror", None) or error)) from None
    if not head:
        raise Malformed("table.empty", file=path.name)
    return head


def _keep_size(path: Path, limit: int) -> None:
    size = os.path.getsize(path)
    if size > limit:
        raise Malformed("table.too_large", file=path.name, megabytes=size // 1_000_000, limit=limit // 1_000_000)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Malformed("table.cannot_open", file=path.name, reason=error.strerror or "") from None


def _refuse_other_kinds(head: bytes, name: str) -> None:
    for mark, kind in _OTHER_KINDS:
        if head.startswith(mark):
            raise Malformed("table.other_kind", file=name, kind=kind)
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith(_PAGES):
        raise Malformed("table.web_page", file=name)
    if opening.startswith((b'{"', b"{\n", b"{\r", b"[{", b"[\n", b"[\r")):
        raise Malformed("table.json", file=name)


def _choose(tables: tuple[Table, ...], sheet: str, name: str) -> Table:
    if sheet:
        wanted = next((table for table in tables if table.sheet == sheet), None)
        if wanted is None:
            raise Malformed("table.no_sheet", file=name, sheet=sheet, sheets=", ".join(table.sheet for table in tables))
        return wanted
    best = max(tables, key=_understood)
    others = [table.sheet for table in tables if table is not best]
    if not others:
        return best
    return replace(best, notes=(*best.notes, Sentence.of("table.other_sheets", sheet=best.sheet, others=", ".join(others[:20]), count=len(others))))


def _understood(table: Table) -> int:
    """How many column names of its header row are known."""
    return max((recognised(line.cells) for line in table.lines[:_HEADER_ROWS]), default=0)
