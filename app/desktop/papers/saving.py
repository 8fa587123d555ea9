"""Asks where a file goes, without stopping the program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

Open = Callable[[QDialog], None]


def ask_where(parent: QWidget, opens: Open, title: str, name: str, kinds: str, then: Callable[[Path], None]) -> QFileDialog:
    """Opens a dialog for a new file; `name` is what it offers, with the ending that is added where none is typed."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(name.rsplit(".", 1)[-1])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    opens(dialog)
    return dialog


def plain_name(*parts: str) -> str:
    """A file's name of these parts: what a file system may refuse becomes a dash."""
    return "-".join("".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in part).strip("-") for part in parts if part)
