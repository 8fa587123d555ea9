"""Spreadsheets: XLSX, XLSM, XLSB, XLS and ODS, read in a child process with limits of memory and time."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.domain.errors import Malformed
from app.domain.sentences import Sentence
from app.files.csv_in import CELL_LIMIT, COLUMN_LIMIT, ROW_LIMIT
from app.services.ports.files import Broken, Form, Line, Table

UNPACKED_LIMIT = 400_000_000
"""Bytes that the parts of a workbook may unpack to."""
TIME_LIMIT = 90.0
"""Seconds for the child."""
_CHILD = Path(__file__).with_name("sheet_child.py")
_HIDDEN_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def read_sheets(path: Path) -> tuple[Table, ...]:
    """Every sheet that has rows, in the workbook's order, hidden ones last.

    Raises Malformed for a file that is damaged, locked by a password, empty or too large to be a table of orders.
    """
    answers = _ask_child(path)
    for answer in answers:
        if "refused" in answer:
            raise Malformed(answer["refused"], file=path.name, **answer["facts"])
    filled = [answer for answer in answers if answer["rows"]]
    if not filled:
        raise Malformed("table.empty", file=path.name)
    names = tuple(answer["name"] for answer in filled)
    return tuple(_table(path.name, answer, names) for answer in sorted(filled, key=lambda answer: not answer["visible"]))


def _ask_child(path: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-I", str(_CHILD), str(path), str(CELL_LIMIT), str(UNPACKED_LIMIT)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIME_LIMIT, check=False, creationflags=_HIDDEN_WINDOW)
    except subprocess.TimeoutExpired:
        raise Malformed("table.too_slow", file=path.name, seconds=int(TIME_LIMIT)) from None
    except OSError as error:  # no room for another process, a name that the system cannot pass on
        raise Malformed("table.cannot_open", file=path.name, reason=error.strerror or "") from None
    if done.returncode != 0:
        raise Malformed("table.cut" if b"zlib.error" in done.stderr else "table.unreadable", file=path.name)
    return [json.loads(line) for line in done.stdout.splitlines()]


def _table(file: str, answer: Mapping[str, Any], names: Sequence[str]) -> Table:
    lines = tuple(Line(row, tuple(cells)) for row, cells in answer["rows"])
    _keep_limits(file, lines)
    broken = [Broken(row=row, column=column, value="=" + text, reason=Sentence.of("table.uncomputed")) for row, column, text in answer.get("uncomputed", ())]
    broken += [
        Broken(row=row, column=column, value=text, reason=Sentence.of("table.error_value", value=text)) for row, column, text in answer.get("errors", ())
    ]
    return Table(
        name=file,
        lines=lines,
        broken=tuple(broken),
        form=Form.SPREADSHEET,
        sheet=answer["name"],
        sheets=tuple(names),
        notes=tuple(_notes(answer)),
    )


def _keep_limits(file: str, lines: Sequence[Line]) -> None:
    if len(lines) > ROW_LIMIT:
        raise Malformed("table.too_many_rows", file=file, limit=ROW_LIMIT)
    wide = next((line for line in lines if len(line.cells) > COLUMN_LIMIT), None)
    if wide:
        raise Malformed("table.too_wide", file=file, row=wide.row, limit=COLUMN_LIMIT)


def _notes(answer: Mapping[str, Any]) -> list[Sentence]:
    notes = []
    merged = [first for first, last in answer["merged"] if first[0] != last[0]]
    if merged:
        notes.append(Sentence.of("table.merged", count=len(merged), row=merged[0][0] + 1))
    if answer.get("hidden_rows"):
        notes.append(Sentence.of("table.hidden_rows", count=answer["hidden_rows"]))
    if not answer["visible"]:
        notes.append(Sentence.of("table.hidden_sheet", sheet=answer["name"]))
    return notes
