"""The import wizard: what is shown before anything is written, what is mended in it, and what is written then."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox

from app.desktop.orders.wizard import ImportWizard
from app.desktop.stage import Stage
from app.services.intake import RowState
from app.services.intake_names import Field
from tests.window import Make, bring, drop_file, rows_of, undo_text

HEAD = "order,name,address,city,weight (kg)"


def opened(stage: Stage, path: Path) -> ImportWizard:
    """The wizard on a file, with its check."""
    return stage.open_import(path)


def choose(stage: Stage, dialog: ImportWizard, box: QComboBox, value: object) -> None:
    """A choice of a person in a box, and the preview that follows."""
    at = box.findData(value)
    assert at >= 0
    box.setCurrentIndex(at)
    box.activated.emit(at)
    assert not dialog.settled
    stage.wait(lambda: dialog.settled, "the new preview")


def test_encoding_and_delimiter_can_be_corrected(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_bytes(f"{HEAD}\nB-1,陳大文,Annankatu 12,Helsinki,1\n".encode("big5"))
    dialog = opened(made, file)
    assert dialog.preview is not None
    assert [row.order.recipient.name for row in dialog.preview.rows if row.order] == ["陳大文"]
    choose(made, dialog, dialog.file_page.encoding, "cp1252")
    assert [row.order.recipient.name for row in dialog.preview.rows if row.order] != ["陳大文"]
    choose(made, dialog, dialog.file_page.encoding, "cp950")
    choose(made, dialog, dialog.file_page.delimiter, ";")
    assert not dialog.confirm.isEnabled(), "one column means nothing"
    choose(made, dialog, dialog.file_page.delimiter, ",")
    assert dialog.confirm.isEnabled()
    dialog.reject()


def test_a_column_can_be_given_another_meaning(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_text(f"{HEAD},remark\nB-1,Ann,Annankatu 12,Helsinki,1,ring twice\n", "utf-8")
    dialog = opened(made, file)
    name = dialog.mapping.cellWidget(1, 2)
    assert isinstance(name, QComboBox)
    choose(made, dialog, name, Field.COMPANY.value)
    remark = dialog.mapping.cellWidget(5, 2)
    assert isinstance(remark, QComboBox)
    assert remark.currentData() == Field.NOTES.value
    assert dialog.preview is not None
    order = dialog.preview.rows[0].order
    assert order is not None
    assert order.notes == "ring twice"
    assert order.recipient.name == "Ann"
    dialog.reject()


def test_rejected_rows_are_saved_with_their_reasons(stage: Make, tmp_path: Path) -> None:
    made, file, saved = stage(), tmp_path / "orders.csv", tmp_path / "rejected.csv"
    file.write_text(f"{HEAD}\nB-1,Ann,Annankatu 12,Helsinki,heavy\nB-2,Bo,Annankatu 14,Helsinki,1\n", "utf-8")
    dialog = opened(made, file)
    assert dialog.confirm.text() == "Import 1 order"
    assert dialog.save.isEnabled()
    dialog.save_rejected(saved)
    made.quiet()
    assert dialog.notes.text() == "1 row saved in rejected.csv"
    with saved.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    assert rows[0][-1] == "reason"
    assert rows[1][1:3] == ["B-1", "Ann"]
    assert "heavy" in rows[1][-1]
    dialog.reject()


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "empty"), (b"\x00\x01\x02\x89PNG" * 300, "no text and no spreadsheet"), (HEAD.encode() + b"\n", "only a header")]
)
def test_a_file_without_orders_cannot_be_imported(stage: Make, tmp_path: Path, content: bytes, says: str) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_bytes(content)
    dialog = opened(made, file)
    assert not dialog.confirm.isEnabled()
    assert not dialog.save.isEnabled()
    assert says in dialog.notes.text()
    assert made.troubles == []
    dialog.reject()


def test_the_same_file_again_brings_nothing(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_text(rows_of(8), "utf-8")
    made.import_orders(file)
    title = undo_text(made)
    assert title == "Undo: Import 8 orders from orders.csv"
    dialog = opened(made, file)
    assert dialog.preview is not None
    assert {row.state for row in dialog.preview.rows} == {RowState.DUPLICATE}
    assert not dialog.confirm.isEnabled()
    assert "Nothing to import" in dialog.notes.text()
    dialog.reject()
    assert undo_text(made) == title


def test_a_changed_row_is_shown_before_and_after(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    text = f"{HEAD}\nB-1,Ann,Annankatu 12,Helsinki,1\nB-2,Bo,Annankatu 14,Helsinki,1\n"
    file.write_text(text, "utf-8")
    made.import_orders(file)
    file.write_text(text.replace("Helsinki,1\nB-2", "Helsinki,7.5\nB-2"), "utf-8")
    dialog = opened(made, file)
    assert dialog.confirm.text() == "Import 1 order"
    dialog.rows.selectRow(0)
    assert dialog.check_page.reasons.text() == "≠ Weight: 1 → 7.5"
    assert dialog.grid.index(0, 4).data() == "≠ 1 → 7.5", "old and new in the very cell"
    dialog.confirm.click()
    made.quiet()
    assert next(row.weight for row in made.view.board if row.number == "B-1") == 7_500


def test_a_file_dropped_on_the_window_opens_the_import(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_text(rows_of(3), "utf-8")
    drop_file(made.desk.window, file)
    dialog = made.desk.importing.dialog
    assert dialog is not None
    made.wait(lambda: dialog.settled, "the preview")
    assert dialog.confirm.text() == "Import 3 orders"
    dialog.reject()


def test_the_window_lives_while_five_thousand_rows_are_read(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "many.csv"
    rows = "\n".join(f"M-{number},Person {number},Annankatu {number % 40 + 1},Helsinki,1.5" for number in range(5_000))
    file.write_text(f"{HEAD}\n{rows}\n", "utf-8")
    beats = []
    heart = QTimer(interval=10)
    heart.timeout.connect(lambda: beats.append(1))
    heart.start()
    dialog = opened(made, file)
    heart.stop()
    assert dialog.preview is not None
    assert len(dialog.preview.rows) == 5_000
    assert beats, "the loop turned while the rows were read"
    dialog.reject()


def test_a_dialog_closed_while_it_reads_writes_nothing(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_text(rows_of(40), "utf-8")
    shown = made.desk.model.held
    assert shown is not None
    dialog = made.desk.importing.orders(file, shown, made.desk.formats)
    dialog.reject()
    made.quiet()
    assert not made.view.board
    assert made.troubles == []


def test_undo_of_an_import_and_redo(stage: Make) -> None:
    made = stage()
    bring(made, 5)
    made.desk.actions["undo"].trigger()
    made.quiet()
    assert not made.view.board
    made.desk.actions["redo"].trigger()
    made.quiet()
    assert len(made.view.board) == 5
    assert all(row.standing.value == "pool" for row in made.view.board)
