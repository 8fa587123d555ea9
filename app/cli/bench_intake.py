"""Time the preview of large order files: CSV and XLSX, from the file to rows with orders and complaints."""

import argparse
import csv
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from app.cli.doors import Doors

T = TypeVar("T")
HEAD = ("Order", "Name", "Address", "Zip", "City", "Lat", "Lon", "Window", "Weight (kg)", "Phone", "E-mail", "Priority", "Notes", "Date")
SEED = 5


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py bench intake`."""
    parser.add_argument("--rows", type=int, nargs="+", default=[5_000, 100_000], metavar="N", help="rows of the files (5000 100000)")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures to this file")


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Writes made-up files, reads and previews each, and says what that took."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in args.rows:
            for ending in ("csv", "xlsx"):
                path = Path(folder) / f"orders.{ending}"
                _write(path, rows)
                figure = _timed(path, doors)
                figures.append({"rows": rows, "form": ending} | figure)
                print(f"{rows:>7} rows {ending:<4}: read {figure['read_s']:6.2f} s, preview {figure['preview_s']:6.2f} s, {figure['rows_per_s']:>7.0f} rows/s")
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1), "utf-8")
    return 0


def _timed(path: Path, doors: "Doors") -> dict[str, float]:
    from app.services import intake
    from app.services.intake_rows import Defaults

    defaults = Defaults(day=doors.clock.now().date(), zone="Europe/Helsinki", country="FI")
    table, read_s = _stopwatch(lambda: doors.tables().read(path))
    preview, preview_s = _stopwatch(lambda: intake.read(table, known=intake.EmptyBook(), defaults=defaults))
    return {"read_s": round(read_s, 3), "preview_s": round(preview_s, 3), "rows_per_s": round(len(preview.rows) / (read_s + preview_s))}


def _stopwatch(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    done = work()
    return done, time.perf_counter() - began


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    dice = random.Random(SEED)
    for number in range(1, count + 1):
        hour = 8 + number % 5
        yield (
            f"B-{number}",
            f"Recipient {number}",
            f"Street {number % 700} {number % 60}",
            f"00{number % 900:03}",
            "Helsinki",
            f"{60 + dice.random() / 10:.6f}",
            f"{24.8 + dice.random() / 5:.6f}",
            f"{hour:02}:00-{hour + 2:02}:30",
            f"{dice.uniform(0.2, 30):.1f}",
            f"+4477009{number % 100_000:05}",
            f"recipient{number}@example.com",
            str(number % 10),
            "Ring twice" if number % 3 else "",
            "2026-11-23",
        )


def _write(path: Path, count: int) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEAD, *_rows(count)])
        return
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Orders")
    for row, cells in enumerate([HEAD, *_rows(count)]):
        sheet.write_row(row, 0, cells)
    book.close()
