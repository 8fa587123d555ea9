"""`main.py shots DIR`: pictures of every screen, made by driving the real window on the demo depot."""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.domain.errors import Malformed

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from app.desktop.doors import Doors
    from app.desktop.stage import Stage

DAY = date(2026, 11, 23)
SECONDS = 6.0
"""How long the pictures' plan is computed."""
SIZES = "1280x720,1440x900,2560x1440@2"
SCALE = "QT_SCALE_FACTOR"
_SETTLE = 0.9
"""Seconds for the map to draw its tiles before a picture."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Where the pictures go and which are wanted."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder for the pictures; made where it is not there")
    parser.add_argument("--lang", default="en,zh_TW", help="languages, divided by commas (en,zh_TW)")
    parser.add_argument("--theme", default="light,dark", help="themes, divided by commas (light,dark)")
    parser.add_argument("--only", default="", help="only scenes whose name holds one of these words, divided by commas")
    parser.add_argument("--size", default=SIZES, help=f"sizes of the window in pixels, @ its scale where that is not 1, divided by commas ({SIZES})")


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Takes the pictures; prints the path of each. Raises Malformed for a size that is none."""
    from app.desktop.application import leave_sandbox, make_application, prepare_offscreen

    sizes = [_size(each) for each in args.size.split(",")]
    args.folder.mkdir(parents=True, exist_ok=True)
    here = [size for size in sizes if size.scale == float(os.environ.get(SCALE, "1"))]
    if here:
        prepare_offscreen()
        leave_sandbox()
        make_application()
        _take_all(args, doors, here)
    apart = [size for size in sizes if size not in here]
    return max((_elsewhere(args, doors, size) for size in apart), default=0)


def _take_all(args: argparse.Namespace, doors: "Doors", sizes: "list[Size]") -> None:
    from app.desktop.stage import prepare_area

    only = tuple(each for each in args.only.split(",") if each)
    with tempfile.TemporaryDirectory(prefix="doorstep-shots-") as made:
        profile = Path(made)
        area = prepare_area(doors.elsewhere(profile))
        for size, language, theme in product(sizes, args.lang.split(","), args.theme.split(",")):
            _take(doors.elsewhere(profile, language), area, theme, size, args.folder, f"{language}-{theme}-{size.said}", only)
            for file in [*profile.glob("doorstep.db*"), *profile.glob("*.ini"), *profile.glob("printed.json")]:
                file.unlink()


def _elsewhere(args: argparse.Namespace, doors: "Doors", size: "Size") -> int:
    """Pictures at another scale, in a process of their own: Qt reads the scale once."""
    environment = {**os.environ, SCALE: f"{size.scale:g}"}
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, str(Path(__file__).resolve().parents[2] / "main.py")]
    options = ["--lang", args.lang, "--theme", args.theme, "--size", size.said, "--only", args.only]
    return subprocess.run([*program, "--data", str(doors.folder), "shots", str(args.folder), *options], env=environment, check=False).returncode


class Size(NamedTuple):
    """A size of the window in pixels of the screen, and how many of them are one of ours."""

    width: int
    height: int
    scale: float = 1.0

    @property
    def said(self) -> str:
        """As it was asked for."""
        return f"{self.width}x{self.height}" + (f"@{self.scale:g}" if self.scale != 1 else "")

    @property
    def ours(self) -> tuple[int, int]:
        """Width and height in device-independent pixels."""
        return round(self.width / self.scale), round(self.height / self.scale)


def _size(text: str) -> Size:
    pixels, _, scale = text.partition("@")
    width, _, height = pixels.partition("x")
    if not (width.isdecimal() and height.isdecimal() and (not scale or scale.replace(".", "", 1).isdecimal()) and scale != "0"):
        raise Malformed("desktop.no_size", value=text)
    return Size(int(width), int(height), float(scale or 1))


def _take(doors: "Doors", area: str, theme: str, size: Size, folder: Path, suffix: str, only: tuple[str, ...]) -> None:
    from app.desktop.stage import Stage

    stage = Stage(doors, theme=theme, size=size.ours, day=DAY)
    try:
        for number, (name, widget) in enumerate(_scenes(stage, area, doors.folder), start=1):
            if only and not any(each in name for each in only):
                continue
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
    if widget.isWindow() and widget.parent() is None:
        return widget.grab()
    painter = QPainter(whole)
    if widget.property("in_place"):
        painter.drawPixmap(window.mapFromGlobal(widget.mapToGlobal(widget.rect().topLeft())), widget.grab())
        painter.end()
        return whole
    painter.fillRect(whole.rect(), QColor(0, 0, 0, 90))
    inside = widget.grab()
    painter.drawPixmap((window.width() - widget.width()) // 2, (window.height() - widget.height()) // 2, inside)
    painter.end()
    return whole


def _scenes(stage: "Stage", area: str, folder: Path) -> "Iterator[tuple[str, QWidget]]":
    """Drives the window from scene to scene."""
    from app.desktop.commanding.scenes import asking
    from app.desktop.details.scenes import looking
    from app.desktop.frame.scenes import arranging, failing
    from app.desktop.orders.editing.scenes import entering
    from app.desktop.timeline.scenes import timing
    from app.desktop.versions.scenes import versioning

    window = stage.desk.window
    stage.quiet()
    yield "empty", window
    stage.import_fleet(area)
    dialog = stage.open_import(_with_problems(folder / "orders-with-problems.csv"))
    stage.wait(lambda: not dialog.places.running, "the places")
    for step, name in ((1, "import-file"), (2, "import-columns"), (3, "import-check"), (4, "import-summary")):
        dialog.show_step(step)
        yield name, dialog
    dialog.show_step(3)
    dialog.only_problems.setChecked(True)
    dialog.rows.selectRow(0)
    yield "import", dialog
    dialog.reject()
    stage.import_orders()
    yield "imported", window
    yield from _planning(stage)
    yield from timing(stage)
    yield from looking(stage)
    yield from asking(stage)
    yield from arranging(stage)
    yield from entering(stage)
    yield from _editing(stage)
    yield from versioning(stage)
    yield from failing(stage)


def _planning(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    from app.desktop.closures.scenes import closing
    from app.desktop.curve.scenes import curving
    from app.desktop.dragging.scenes import dragging
    from app.desktop.fleet.scenes import shifting
    from app.desktop.handwork.scenes import by_hand
    from app.desktop.papers.scenes import papering
    from app.desktop.plan.scenes import deciding
    from app.desktop.why.scenes import wondering
    from app.desktop.wishes.scenes import wishing

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
    yield from by_hand(stage)
    yield from shifting(stage)
    _show_stop(stage)
    yield from dragging(stage)
    yield from deciding(stage)
    yield from wondering(stage)
    yield from papering(stage)
    yield from curving(stage)
    yield from closing(stage)
    yield from wishing(stage)


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
    yield from _waiting(stage)


def _waiting(stage: "Stage") -> "Iterator[tuple[str, QWidget]]":
    """The inbox, and the queue of bad addresses with the places that may be meant."""
    desk = stage.desk
    stage.wait(lambda: desk.inbox.items, "what needs a person")
    desk.actions["layout_inbox"].trigger()
    desk.inbox.panel.list.setCurrentIndex(desk.inbox.panel.list.inbox.index(0))
    yield "inbox", desk.window
    desk.actions["layout_plan"].trigger()
    desk.actions["solve_addresses"].trigger()
    stage.quiet()
    yield "address-queue", desk.window
    desk.inbox.close_queue()


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
