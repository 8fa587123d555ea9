"""How long the order table takes with many orders: opening, sorting, filtering, selecting; and how long from a key to the painted window."""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.desktop.orders.panel import OrderPanel
from app.desktop.stage import Stage
from app.domain.ids import OrderId
from app.services.queries import BoardRow

_LOOKS_S = 2.0
"""Seconds that a person looks at a table before the first word is typed."""
_KEYS, _PAUSE_S = 60, 0.05


def measure_table(stage: Stage, count: int) -> dict[str, Any]:
    """The figures in milliseconds, by the clock and busy, each with the painting of the table but that of the selection."""
    panel = stage.desk.window.orders
    stage.desk.window.show_tab("orders")
    rows = _many(stage.view.board, count)
    view = replace(stage.view, board=rows)
    figures: dict[str, Any] = {"rows": len(rows), "open_ms": _timed(panel, lambda: panel.show_day(view, stage.desk.formats))}
    stage.rest(_LOOKS_S)
    figures |= _filters(panel)
    figures |= _sorts(panel)
    figures |= _selections(stage, panel)
    return figures


Took = tuple[float, float]


def _clocked(work: Callable[[], object]) -> Took:
    """How long it took by the clock, and how long this thread was busy with it: on a machine that others use too, these differ. In milliseconds."""
    began, busy = time.perf_counter(), time.thread_time()
    work()
    return round((time.perf_counter() - began) * 1000, 1), round((time.thread_time() - busy) * 1000, 1)


def _timed(panel: OrderPanel, work: Callable[[], object]) -> Took:
    return _clocked(lambda: (work(), panel.table.viewport().repaint()))


def _many(rows: tuple[BoardRow, ...], count: int) -> tuple[BoardRow, ...]:
    """The orders of the day, and as many made of them as are wanted."""
    dice = random.Random(1)
    more = (replace(dice.choice(rows), order=OrderId(f"ord_{number}"), number=f"B-{number}") for number in range(count - len(rows)))
    return (*rows[:count], *more)


def _filters(panel: OrderPanel) -> dict[str, Took]:
    viewing = panel.viewing
    steps: dict[str, Callable[[], object]] = {
        "first_word_ms": lambda: viewing.search("bulevardi"),
        "word_ms": lambda: viewing.search("bulevardi 1"),
        "clear_ms": viewing.clear,
        "column_word_ms": lambda: viewing.search("route:3"),
        "standing_chip_ms": lambda: viewing.show_only(frozenset({panel.model.row_at(0).standing} if panel.model.rowCount() else ())),
        "view_ms": lambda: viewing.show_view("tight"),
        "all_ms": lambda: viewing.show_view("all"),
    }
    return {name: _timed(panel, work) for name, work in steps.items()}


def _sorts(panel: OrderPanel) -> dict[str, Any]:
    """By each column the first time, and by the last one again the other way."""
    table, order = panel.table, Qt.SortOrder
    took = {column.id: _timed(panel, partial(table.sortByColumn, at, order.AscendingOrder)) for at, column in enumerate(panel.model.columns)}
    again = _timed(panel, lambda: table.sortByColumn(len(took) - 1, order.DescendingOrder))
    table.sortByColumn(-1, order.AscendingOrder)
    slowest = max(took, key=lambda name: took[name][1])
    return {"sort_ms": took, "slowest_sort": {slowest: took[slowest]}, "sort_again_ms": again}


def _selections(stage: Stage, panel: OrderPanel) -> dict[str, Took]:
    """One order after the other, by the arrow key until the table is painted, and from the selection until every view has it; then all at once."""
    table = panel.table
    table.setFocus()
    table.selectRow(0)
    stage.rest(0.5)
    down = [_pressed(stage, panel) for _ in range(_KEYS)]
    picks = [_picked(stage, row.order) for row in stage.view.board[:_KEYS]]
    return {
        "key_to_paint_p50_ms": _share(down, 10),
        "key_to_paint_p95_ms": _share(down, 19),
        "selection_p50_ms": _share(picks, 10),
        "selection_p95_ms": _share(picks, 19),
        "select_all_ms": _timed(panel, table.selectAll),
    }


def _pressed(stage: Stage, panel: OrderPanel) -> Took:
    took = _timed(panel, lambda: QTest.keyClick(panel.table, Qt.Key.Key_Down))
    stage.rest(_PAUSE_S)
    return took


def _picked(stage: Stage, order: OrderId) -> Took:
    took = _clocked(lambda: stage.desk.selection.pick([order]))
    stage.rest(_PAUSE_S)
    return took


def _share(took: list[Took], twentieth: int) -> Took:
    """That twentieth of the figures, of the clock and of the busy time."""
    wall, busy = (statistics.quantiles(each, n=20)[twentieth - 1] for each in zip(*took, strict=True))
    return round(wall, 1), round(busy, 1)
