"""Keeps the views of the order table between two starts: a person's own, and how the columns of each were chosen."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QSettings

from app.desktop.orders.filters import KINDS, Chips, sound
from app.desktop.orders.views import BUILT_IN, RULES, Look, View

_KEY = "orders/views"


class ViewStore:
    """The views in a section of the layout file; None: they go with the window. What cannot be read in it counts as not there."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._unwritten = False
        found = _mapping(self._read())
        looks = _mapping(found.get("looks"))
        self._views = [replace(view, look=_look(looks.get(view.id), view.look)) for view in BUILT_IN]
        self._views += [view for each in _mapping(found.get("own")).values() if (view := _own(each)) is not None]

    @property
    def views(self) -> tuple[View, ...]:
        """Those that come with the program, then the person's own."""
        return tuple(self._views)

    def view(self, identity: str) -> View:
        """The view of that id; all orders where there is none."""
        return next((view for view in self._views if view.id == identity), self._views[0])

    def keep_look(self, identity: str, look: Look) -> None:
        """Remembers columns, widths and order of a view; they are written with the next `flush`."""
        self._views = [replace(view, look=look) if view.id == identity else view for view in self._views]
        self._unwritten = True

    def flush(self) -> None:
        """Writes what has been remembered since the last time."""
        if self._unwritten:
            self._write()

    def add(self, view: View, title: str) -> View:
        """Keeps a view under a name as the person's own; one of that name is replaced."""
        same = next((each.id for each in self._views if each.own and each.title == title), "")
        made = replace(view, id=same or f"own_{uuid4().hex[:12]}", title=title, own=True)
        if same:
            self._views = [made if each.id == same else each for each in self._views]
        else:
            self._views.append(made)
        self._write()
        return made

    def rename(self, identity: str, title: str) -> None:
        """Gives one of the person's own views another name."""
        self._views = [replace(view, title=title) if view.own and view.id == identity else view for view in self._views]
        self._write()

    def remove(self, identity: str) -> View | None:
        """Forgets one of the person's own views; the one that went, so that it can be brought back."""
        gone = next((view for view in self._views if view.own and view.id == identity), None)
        if gone is not None:
            self._views.remove(gone)
            self._write()
        return gone

    def bring_back(self, view: View) -> None:
        """Puts a view back that was forgotten."""
        self._views.append(view)
        self._write()

    def _read(self) -> object:
        text = QSettings(str(self._file), QSettings.Format.IniFormat).value(_KEY) if self._file is not None else None
        try:
            return json.loads(text) if isinstance(text, str) else None
        except ValueError:
            return None

    def _write(self) -> None:
        self._unwritten = False
        if self._file is None:
            return
        built_in = {view.id: view.look for view in BUILT_IN}
        looks = {view.id: _look_as_json(view.look) for view in self._views if not view.own and view.look != built_in[view.id]}
        own = {view.id: _own_as_json(view) for view in self._views if view.own}
        QSettings(str(self._file), QSettings.Format.IniFormat).setValue(_KEY, json.dumps({"looks": looks, "own": own}))


def _mapping(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _words(found: object) -> tuple[str, ...]:
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def _look_as_json(look: Look) -> dict[str, Any]:
    return {"columns": look.columns, "widths": dict(look.widths), "sort": look.sort, "free": look.free, "firm": look.firm}


def _look(found: object, otherwise: Look) -> Look:
    kept = _mapping(found)
    columns = _words(kept.get("columns"))
    if not columns:
        return otherwise
    widths = {name: width for name, width in _mapping(kept.get("widths")).items() if isinstance(width, int) and width > 0}
    return Look(columns=columns, widths=widths, sort=_sort(kept.get("sort")), free=kept.get("free") is not False, firm=_words(kept.get("firm")))


def _sort(found: object) -> tuple[str, bool] | None:
    match found:
        case [str() as name, bool() as descending]:
            return name, descending
    return None


def _own_as_json(view: View) -> dict[str, Any]:
    chips = {kind: sorted(view.chips.of(kind)) for kind in KINDS}
    return {"id": view.id, "title": view.title, "rule": view.rule, "words": view.words, "chips": chips, "look": _look_as_json(view.look)}


def _own(found: object) -> View | None:
    kept = _mapping(found)
    identity, title, rule, words = (kept.get(name) for name in ("id", "title", "rule", "words"))
    if not (isinstance(identity, str) and isinstance(title, str) and rule in RULES and isinstance(words, str)):
        return None
    chips = _mapping(kept.get("chips"))
    values = {kind: frozenset(value for value in _words(chips.get(kind)) if sound(kind, value)) for kind in KINDS}
    return View(id=identity, title=title, rule=str(rule), words=words, chips=Chips(**values), look=_look(kept.get("look"), Look()), own=True)
