"""Joins the hand-over to the window: makes papers off the main thread, prints, saves, and remembers what was printed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.desktop.actions import Actions
from app.desktop.bridge import Bridge
from app.desktop.commanding.joining import Hands
from app.desktop.day import DayModel
from app.desktop.doors import Doors
from app.desktop.moments import moment
from app.desktop.papers.exporting import Exporting
from app.desktop.papers.saving import ask_where, plain_name
from app.desktop.papers.wishes import Made, Planned, job_of, made_of, whole_of
from app.desktop.selection import Selection
from app.desktop.words import tr
from app.domain.errors import Malformed
from app.domain.sentences import Sentence
from app.services.papers.changes import printed
from app.services.papers.values import PaperKind, RouteChange

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter
    from PySide6.QtWidgets import QFileDialog

    from app.desktop.papers.dialog import HandOverDialog

_REST_MS = 120
"""A click follows a click: the paper is made when the choices rest."""


Report = Callable[[float, str], None]


class HandingOver(QObject):
    """The act Print papers, and the exports of the menu Reports."""

    def __init__(
        self, doors: Doors, bridge: Bridge, model: DayModel, selection: Selection, window: QWidget, actions: Actions, hands: Hands, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._model = model
        self._selection = selection
        self._window = window
        self._hands = hands
        self._clock = doors.clock
        self._press, self._memory = doors.paper_press(), doors.print_memory()
        self.exporting = Exporting(doors, bridge, model, window, actions, hands, self)
        self.dialog: HandOverDialog | None = None
        self.asking: QFileDialog | QPrintDialog | None = None
        """The dialog that asks where to save or what to print on."""
        self._saved: Path | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._make)
        actions.on("papers", self.open)

    def open(self) -> None:
        """Opens the dialog on the plan in view; nothing where there is no plan with times."""
        planned = self._planned()
        if planned is None or self.dialog is not None:
            return
        from app.desktop.papers.dialog import HandOverDialog  # the PDF modules load when somebody prints

        formats = self._hands.formats()
        dialog = self.dialog = HandOverDialog(formats.day(planned.day.day), planned.view.routes, formats, self._window)
        dialog.wished.connect(lambda _wish: self._rest.start())
        dialog.print_wanted.connect(self._ask_printer)
        dialog.save_wanted.connect(self._ask_pdf)
        dialog.zpl_wanted.connect(self._ask_zpl)
        dialog.folder_wanted.connect(self._open_folder)
        dialog.finished.connect(self._closed)
        self._hands.open_dialog(dialog)
        dialog.show_wait()
        self._make()

    def _planned(self) -> Planned | None:
        shown = self._model.held
        if shown is None or shown.day.plan is None or shown.judged is None or shown.proposal is not None:
            return None
        return Planned(day=shown.day, view=shown.view, judged=shown.judged)

    def _closed(self, _result: int) -> None:
        self._rest.stop()
        self.dialog = None

    # Making

    def _make(self) -> None:
        dialog, planned = self.dialog, self._planned()
        if dialog is None or planned is None:
            return
        wish, language = dialog.choices.wish(), self._hands.formats().language
        self._bridge.compute(lambda _job: made_of(wish, planned, self._press, self._memory, language), then=self._made, key="papers")

    def _made(self, made: Made) -> None:
        if self.dialog is not None:
            self.dialog.show_made(made, {route: self._note(change) for route, change in made.changes.items()})

    def _note(self, change: RouteChange) -> str:
        """What became of a route's last print, in a few words."""
        if change.since is None:
            return ""
        time = moment(change.since, self._hands.formats(), self._clock.now())
        if not change.any:
            return f"✓ {self._say('papers_printed', time=time)}"
        count = max(1, len(change.orders))
        return f"◆ {self._say('papers_changed', count=count, time=time)}"

    # Printing and saving

    def _ask_printer(self) -> None:
        made = self._current()
        if made is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog

        from app.desktop.papers.printing import printer_for

        printer = printer_for(made.wish.size, self._name(made))
        dialog = QPrintDialog(printer, self.dialog)
        dialog.accepted.connect(lambda: self._print(made, printer))
        self.asking = dialog
        self._hands.open_dialog(dialog)

    def _print(self, made: Made, printer: "QPrinter") -> None:
        from app.desktop.papers.printing import print_pages

        def work(report: Report) -> int:
            count = print_pages(whole_of(made, self._press), printer, report)
            self._remember(made)
            return count

        self._bridge.run(
            tr("Printing"),
            work,
            then=lambda count: self._told(self._say("papers_sent", count=count), made),
            result=lambda count: Sentence.of("desktop.papers_sent", count=count),
        )

    def _ask_pdf(self) -> None:
        made = self._current()
        if made is not None:
            self._ask(f"{self._name(made)}.pdf", tr("Save as PDF"), "PDF (*.pdf)", partial(self._save_pdf, made))

    def _ask_zpl(self) -> None:
        made = self._current()
        if made is not None:
            self._ask(f"{self._name(made)}.zpl", tr("Save for a label printer"), "ZPL (*.zpl)", partial(self._save_zpl, made))

    def _ask(self, name: str, title: str, kinds: str, then: "partial[None]") -> None:
        if self.dialog is not None:
            self.asking = ask_where(self.dialog, self._hands.open_dialog, title, name, kinds, then)

    def _save_pdf(self, made: Made, path: Path) -> None:
        def write() -> None:
            _write(path, whole_of(made, self._press))
            self._remember(made)

        self._save(path, write, made)

    def _save_zpl(self, made: Made, path: Path) -> None:
        job = job_of(made.wish, made.papers, {}, self._hands.formats().language)
        self._save(path, lambda: _write(path, self._press.zpl(job).encode()), made)

    def _save(self, path: Path, write: Callable[[], None], made: Made) -> None:
        def saved(_done: None) -> None:
            self._saved = path
            self._told(self._say("papers_saved", file=path.name), made)

        def work(_job: object) -> None:
            write()

        self._bridge.compute(work, then=saved)

    def _remember(self, made: Made) -> None:
        """A manifest that left the house is what its driver knows; later papers tell what is different."""
        if made.wish.kind is PaperKind.MANIFEST and made.plan is not None:
            at = self._clock.now()
            self._memory.keep(made.plan, [printed(route, at) for route in made.papers.routes])

    def _told(self, text: str, made: Made) -> None:
        if self.dialog is not None:
            self.dialog.show_said(f"✓ {text}", folder=self._saved is not None)
            self._make()

    def _current(self) -> Made | None:
        made = self.dialog.made if self.dialog is not None else None
        return made if made is not None and made.pressed is not None else None

    def _name(self, made: Made) -> str:
        numbers = [route.number for route in made.papers.routes]
        which = f"R{numbers[0]}" if len(numbers) == 1 else ""
        return plain_name(made.wish.kind.value, made.papers.depot, made.papers.day.isoformat(), which)

    def _open_folder(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))

    def _say(self, key: str, **facts: str | int) -> str:
        return self._hands.formats().say(Sentence.of(f"desktop.{key}", **facts))


def _write(path: Path, content: bytes) -> None:
    """The whole file or nothing. Raises Malformed where it cannot be written."""
    half = path.with_name(f".{path.name}.half")
    try:
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Malformed("table.cannot_write", file=path.name, reason=error.strerror or str(error)) from None
