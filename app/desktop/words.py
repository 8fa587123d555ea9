"""Texts of widgets in the language in force, through Qt Linguist's files in `resources/translations`.

Sentences with counts and facts are the catalogue's (`app.wording`); a widget's text here may have `{names}` that the caller fills in.
"""

from PySide6.QtCore import QCoreApplication

CONTEXT = "Doorstep"


def tr(text: str) -> str:
    """The text in the language in force; English where that has none."""
    return QCoreApplication.translate(CONTEXT, text)


def later(text: str) -> str:
    """Marks a text of a table for translation; `tr` says it when it is shown."""
    return text
