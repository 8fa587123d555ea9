"""Joins the drag with the window's lists, tables, board and map: which place of the plan each of them has under the pointer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QAbstractItemView, QScrollArea

from app.desktop.board.column import Column
from app.desktop.board.panel import BoardPanel
from app.desktop.dragging.following import Dragging
from app.desktop.dragging.spots import Spot, between_rows, whole
from app.desktop.main_window import MainWindow
from app.desktop.plan.routes import ROW
from app.desktop.selection import Selection
from app.desktop.timeline.panel import TimelinePanel

if TYPE_CHECKING:  # its picture is loaded when it is first looked at
    from app.desktop.timeline.drivers import Drivers
    from app.desktop.timeline.hands import Timeline


def join_lists(dragging: Dragging, window: MainWindow, selection: Selection) -> None:
    """The panels of the window."""
    routes, stops, pool, orders = window.routes, window.stops, window.pool, window.orders.table

    def route_at(point: QPoint, _source: QObject | None) -> Spot | None:
        index = routes.indexAt(point)
        return Spot(route=index.data(ROW).id, mark=routes.visualRect(index)) if index.isValid() else None

    def stop_at(point: QPoint, _source: QObject | None) -> Spot | None:
        route = selection.held.route
        return between_rows(stops.table, point, route) if route is not None else None

    def empty_at(_point: QPoint, _source: QObject | None) -> Spot | None:
        route = selection.held.route
        return Spot(route=route, among=(0,), mark=stops.rect()) if route is not None else None

    dragging.watch(routes.viewport(), route_at, routes)
    dragging.watch(stops.table.viewport(), stop_at, stops.table)
    dragging.watch(stops, empty_at)
    for view in (pool, orders):
        _take_back(dragging, view)
    waiting = pool.parentWidget()  # where the list stands, and what is said where nothing waits
    if waiting is not None:
        dragging.watch(waiting, lambda _point, _source: whole(waiting, None))


def join_board(dragging: Dragging, board: BoardPanel) -> None:
    """Every column of a board, those that come later included."""
    for column in (board.pool, *board.columns.values()):
        _join_column(dragging, column, board.across)
    board.grown.connect(lambda column: _join_column(dragging, column, board.across))


def join_timeline(dragging: Dragging, panel: TimelinePanel) -> None:
    """The timeline shows the place and takes the drop by itself; the card says what it would do there too."""

    def place_at(view: "Timeline", point: QPoint) -> Spot | None:
        target = view.place_at(point)
        return Spot(route=target.route, among=(target.position,)) if target is not None else None

    def end_of(drivers: "Drivers", point: QPoint) -> Spot | None:
        route = drivers.route_at(point.y())
        return Spot(route=route.id, among=(route.stops,)) if route is not None else None

    def made(view: "Timeline", drivers: "Drivers") -> None:
        dragging.watch(view.viewport(), lambda point, _source: place_at(view, point), itself=True)
        dragging.watch(drivers, lambda point, _source: end_of(drivers, point), itself=True)

    panel.made.connect(made)


def _take_back(dragging: Dragging, view: QAbstractItemView) -> None:
    """What is dropped there goes back to the pool; what comes from there stays."""
    dragging.watch(view.viewport(), lambda _point, source: whole(view.viewport(), None) if source is not view else None, view)


def _join_column(dragging: Dragging, column: Column, across: QScrollArea) -> None:
    cards = column.list

    def place_at(point: QPoint, source: QObject | None) -> Spot | None:
        if column.route is not None:
            return between_rows(cards, point, column.route)
        return whole(cards.viewport(), None) if source is not cards else None

    areas = (cards, across) if across.isAncestorOf(column) else (cards,)
    dragging.watch(cards.viewport(), place_at, *areas)
    dragging.watch(column.head, lambda _point, _source: whole(column.head, column.route), *areas[1:])
