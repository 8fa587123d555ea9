"""`main.py shots DIR`: pictures of every screen, made by driving the real window on the demo depot."""

import argparse
import csv
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import Malformed

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from app.desktop.doors import Doors
    from app.desktop.stage import Stage

DAY = date(2026, 11, 23)
SECONDS = 6.0
"""How long the pictures' plan is computed."""
_SETTLE = 0.9
"""Seconds for the map to draw its tiles before a picture."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Where the pictures go and which are wanted."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder for the pictures; made where it is not there")
    parser.add_argument("--lang", default="en,zh_TW", help="languages, divided by commas (en,zh_TW)")
    parser.add_argument("--theme", default="light,dark", help="themes, divided by commas (light,dark)")
    parser.add_argument("--size", default="1440x900", help="sizes of the window, divided by commas (1440x900)")


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Takes the pictures; prints the path of each. Raises Malformed for a size that is none."""
    from app.desktop.application import leave_sandbox, make_application, prepare_offscreen
    from app.desktop.stage import prepare_area

    sizes = [_size(each) for each in args.size.split(",")]
    args.folder.mkdir(parents=True, exist_ok=True)
    prepare_offscreen()
    leave_sandbox()
    make_application()
    with tempfile.TemporaryDirectory(prefix="doorstep-shots-") as made:
        profile = Path(made)
        area = prepare_area(doors.elsewhere(profile))
        for size in sizes:
            for language in args.lang.split(","):
                for theme in args.theme.split(","):
                    name = f"{language}-{theme}-{size[0]}x{size[1]}"
                    _take(doors.elsewhere(profile, language), area, theme, size, args.folder, name)
                    for file in [*profile.glob("doorstep.db*"), *profile.glob("window.ini")]:
                        file.unlink()
    return 0


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise Malformed("desktop.no_size", value=text)
    return int(width), int(height)


def _take(doors: "Doors", area: str, theme: str, size: tuple[int, int], folder: Path, suffix: str) -> None:
    from app.desktop.stage import Stage

    stage = Stage(doors, theme=theme, size=size, day=DAY)
    try:
        for number, (name, widget) in enumerate(_scenes(stage, area, doors.folder), start=1):
            stage.rest(_SETTLE)
            file = folder / f"{number:02d}-{name}-{suffix}.png"
            _picture(widget, stage).save(str(file))
            print(file)
    finally:
        stage.close()


def _picture(widget: "QWidget", stage: "Stage") -> "QPixmap":
    """The widget, or a dialog upon the window that it stands before."""
    from PySide6.QtGui import QColor, QPainter

    window = stage.desk.window
    whole = window.grab()
    if widget is window:
        return whole
    painter = QPainter(whole)
    painter.fillRect(whole.rect(), QColor(0, 0, 0, 90))
    inside = widget.grab()
    painter.drawPixmap((window.width() - widget.width()) // 2, (window.height() - widget.height()) // 2, inside)
    painter.end()
    return whole


def _scenes(stage: "Stage", area: str, folder: Path) -> "Iterator[tuple[str, QWidget]]":
    """Drives the window from scene to scene."""
    window = stage.desk.window
    stage.quiet()
    yield "empty", window
    stage.import_fleet(area)
    dialog = stage.open_import(_with_problems(folder / "orders-with-problems.csv"))
    dialog.only_problems.setChecked(True)
    dialog.rows.selectRow(0)
    yield "import", dialog
    dialog.reject()
    stage.import_orders()
    yield "imported", window
    yield from _planning(stage)
    yield from _editing(stage)


def _planning(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    desk = stage.desk
    desk.proposer.seconds = SECONDS
    desk.actions["optimise_day"].trigger()
    stage.wait(lambda: desk.proposer.best is not None, "the first plan")
    yield "planning", desk.window
    stage.wait(lambda: desk.proposer.proposal is not None, "the proposal")
    stage.wait(lambda: desk.map_panel.complete, "the map's lines")
    yield "proposal", desk.window
    stage.apply()
    _show_stop(stage)
    yield "applied", desk.window


def _show_stop(stage: "Stage") -> None:
    """Puts the fullest route in view and selects a stop in its middle."""
    row = max(stage.view.routes, key=lambda each: each.stops)
    stops = stage.view.stops[row.id]
    stage.desk.selection.show_route(row.id)
    stage.desk.window.show_tab("stops")
    stage.desk.selection.pick([stops[len(stops) // 2].orders[0]])


def _editing(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """Moves a stop with an early window to the end of its route, so that a mark appears; proposes again; looks at a bad address."""
    desk = stage.desk
    row = max(stage.view.routes, key=lambda each: each.stops)
    stops = stage.view.stops[row.id]
    early = min((each for each in stops if each.windows), key=lambda each: each.windows[-1][1], default=stops[0])
    desk.selection.pick([early.orders[0]])
    desk.edits.move_to(row.id, len(stops))
    stage.ready()
    yield "moved", desk.window
    stage.optimise(2)
    stage.wait(lambda: desk.map_panel.complete, "the map's lines")
    yield "proposed-again", desk.window
    desk.actions["discard"].trigger()
    held = [each for each in stage.view.board if each.standing.value == "held"]
    orders = {order.id: order for order in desk.model.held.day.orders} if desk.model.held is not None else {}
    bad = next((each for each in held if orders[each.order].location.candidates), held[0] if held else None)
    if bad is not None:
        desk.window.show_tab("orders")
        desk.window.figures.chip("held").click()
        desk.selection.pick([bad.order])
        yield "bad-address", desk.window


def _with_problems(path: Path) -> Path:
    """The demo orders with a few rows spoilt the way that files from the field are."""
    from app.desktop.stage import ORDERS

    with ORDERS.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))[:60]
    column = {name: at for at, name in enumerate(rows[0])}
    rows[3][column["window"]] = "17:00-08:00"
    rows[5][column["weight (kg)"]] = "heavy"
    rows[8][0] = rows[7][0]
    rows[9][column["address"]] = ""
    rows[11][column["email"]] = "nobody@nowhere@example"
    rows[14][column["window"]] = "after lunch"
    rows[20][column["skills"]] = "juggling"
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows(rows)
    return path
