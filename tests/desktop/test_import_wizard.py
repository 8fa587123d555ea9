"""The import wizard: what is shown before anything is written, what is mended in it, and what is written then."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.desktop.format import Formats
from app.desktop.orders.check_model import CheckModel
from app.desktop.orders.wizard import CHECK, COLUMNS, FILE, IMPORT, ImportWizard
from app.desktop.orders.wizard_file import FirstRows
from app.desktop.stage import Stage
from app.files.csv_in import read_csv
from app.services import intake
from app.services.intake import Again, RowState
from app.services.intake_groups import Group, grouped
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from tests.builders import DAY
from tests.window import NONE, Make, bring, drop_file, rows_of, undo_text

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


FIVE_WRONG = f"""{HEAD},window
B-1,Ann,Annankatu 12,Helsinki,1,
B-2,Bo,Annankatu 14,Helsinki,heavy,
B-3,Cy,Annankatu 16,Helsinki,1,17-8
B-4,Di,Annankatu 18,Helsinki,one,
B-1,Ed,Annankatu 20,Helsinki,1,
B-6,Fay,,,1,
B-7,Gus,Annankatu 22,Helsinki,2,08:00-10:00
"""


def key(stage: Stage, wizard: ImportWizard, wanted: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """A key pressed where the focus is."""
    wizard.activateWindow()
    held = QTest.qWaitForWindowActive(wizard, 2_000)
    assert held
    QTest.keyClick(QApplication.focusWidget() or wizard, wanted, modifier)
    stage.rest(0.02)


def type_into_cell(stage: Stage, wizard: ImportWizard, text: str) -> None:
    """Opens the cell under the cursor by Enter, writes, and closes it by Enter; the row is read anew."""
    key(stage, wizard, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit), "the cell is open"
    editor.selectAll()
    QTest.keyClicks(editor, text)
    key(stage, wizard, Qt.Key.Key_Return)
    stage.wait(lambda: wizard.rows.currentIndex().data(Qt.ItemDataRole.EditRole) == text and wizard.settled, "the row that was mended")


def errors_of(wizard: ImportWizard) -> list[int]:
    """The numbers of the rows that cannot be taken."""
    assert wizard.preview is not None
    return [row.row for row in wizard.preview.rows if row.errors]


def test_two_of_five_bad_rows_mended_by_keyboard_alone_and_one_undo_takes_all_back(stage: Make, tmp_path: Path) -> None:
    made, file, saved = stage(), tmp_path / "orders.csv", tmp_path / "rejected.csv"
    file.write_text(FIVE_WRONG, "utf-8")
    wizard = opened(made, file)
    assert wizard.step == CHECK, "every column is known: nobody need look at them"
    assert errors_of(wizard) == [3, 4, 5, 6, 7]
    assert wizard.rows.hasFocus()
    assert wizard.rows.currentIndex().data() == "✕ heavy", "the cursor stands on the first wrong cell"
    assert "heavy" in wizard.check_page.reasons.text()
    type_into_cell(made, wizard, "7.5")
    assert errors_of(wizard) == [4, 5, 6, 7]
    key(made, wizard, Qt.Key.Key_N)
    assert wizard.rows.currentIndex().data() == "✕ 17-8"
    type_into_cell(made, wizard, "08:00-17:00")
    assert errors_of(wizard) == [5, 6, 7]
    key(made, wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    made.wait(lambda: made.view.board and all(row.state.value != "draft" for row in made.view.board), "finding addresses")
    assert sorted(row.number for row in made.view.board) == ["B-1", "B-2", "B-3", "B-7"]
    assert next(row.weight for row in made.view.board if row.number == "B-2") == 7_500
    assert wizard.import_page.title.text() == "4 orders imported from orders.csv"
    assert "3 rows were left out" in wizard.import_page.note.text()
    wizard.save_rejected(saved)
    made.quiet()
    with saved.open(encoding="utf-8-sig", newline="") as source:
        assert [row[1] for row in csv.reader(source)] == ["order", "B-4", "B-1", "B-6"]
    key(made, wizard, Qt.Key.Key_Escape)
    assert made.desk.importing.dialog is None
    made.desk.actions["undo"].trigger()
    made.quiet()
    assert not made.view.board


def test_a_big5_file_with_headers_of_its_own_is_mapped_once_and_remembered(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "訂單.csv"
    text = "編號,收件人,哪裡,城市,公斤數\nB-1,陳大文,Annankatu 12,Helsinki,1.5\nB-2,林怡君,Annankatu 14,Helsinki,2\n"
    file.write_bytes(text.encode("big5"))
    wizard = opened(made, file)
    assert wizard.step == COLUMNS
    key(made, wizard, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert wizard.step == FILE
    assert wizard.file_page.encoding.currentText() == "Big5 (CP950)"
    assert wizard.file_page.rows.index(1, 1).data() == "陳大文"
    key(made, wizard, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    box = wizard.mapping.cellWidget(2, 2)
    assert isinstance(box, QComboBox)
    if box.currentData() != Field.ADDRESS.value:
        choose(made, wizard, box, Field.ADDRESS.value)
    weight = wizard.mapping.cellWidget(4, 2)
    assert isinstance(weight, QComboBox)
    choose(made, wizard, weight, Field.WEIGHT.value)
    key(made, wizard, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert wizard.step == CHECK
    made.quiet()
    wizard.reject()
    again = opened(made, file)
    assert again.step == CHECK, "these headers are known now"
    assert again.preview is not None
    assert [row.order.load.weight for row in again.preview.rows if row.order] == [1_500, 2_000]
    again.show_step(COLUMNS)
    assert again.columns_page.remembered.isVisible()
    again.reject()


def test_a_file_that_says_nowhere_to_go_names_what_is_missing(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_text("order,name,whither\nB-1,Ann,somewhere\n", "utf-8")
    wizard = opened(made, file)
    assert wizard.step == COLUMNS
    assert wizard.columns_page.place.text().startswith("✕ Missing")
    assert not wizard.forth.isEnabled()
    box = wizard.mapping.cellWidget(2, 2)
    assert isinstance(box, QComboBox)
    choose(made, wizard, box, Field.ADDRESS.value)
    assert wizard.columns_page.place.text() == "✓ Whole address"
    assert wizard.forth.isEnabled()
    wizard.reject()


def test_a_known_file_wants_two_keys(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_text(f"{HEAD}\nB-1,Ann,Annankatu 12,Helsinki,1\n", "utf-8")
    wizard = opened(made, file)
    assert wizard.step == CHECK
    key(made, wizard, Qt.Key.Key_Return)
    assert wizard.step == IMPORT
    assert not made.view.board, "nothing is written before the last step"
    key(made, wizard, Qt.Key.Key_Return)
    made.wait(lambda: made.view.board, "the order")
    assert made.desk.importing.dialog is None
    made.quiet()


def test_cells_mended_before_escape_are_still_mended_when_the_file_is_opened_again(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_text(f"{HEAD}\nB-1,Ann,Annankatu 12,Helsinki,heavy\n", "utf-8")
    wizard = opened(made, file)
    type_into_cell(made, wizard, "3")
    key(made, wizard, Qt.Key.Key_Escape)
    assert made.desk.importing.dialog is None, "escape asks nothing"
    again = opened(made, file)
    assert errors_of(again) == []
    assert again.notes.text() == "1 row that you mended before is still mended"
    again.reject()
    file.write_text(f"{HEAD}\nB-1,Ann,Annankatu 12,Helsinki,hefty\n", "utf-8")
    other = opened(made, file)
    assert errors_of(other) == [2], "another content is another file"
    other.reject()


def test_a_doubtful_address_is_seen_before_the_import(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_text(f"{HEAD}\nB-1,Ann,Annankatu 12,Helsinki,1\nB-2,Bo,Olematonkatu 5,Helsinki,1\n", "utf-8")
    wizard = opened(made, file)
    made.wait(lambda: not wizard.places.running, "the places")
    chip = wizard.check_page.chips[Group.DOUBT]
    assert chip.text() == "◆ 1 doubtful"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert wizard.grid.rowCount() == 1
    assert wizard.rows.currentIndex().data() == "◆ Olematonkatu 5"
    assert wizard.check_page.reasons.text().startswith("◆ ")
    key(made, wizard, Qt.Key.Key_F)
    wizard.rows.setFocus()
    type_into_cell(made, wizard, "Annankatu 14")
    made.wait(lambda: not wizard.places.running, "the places")
    assert not chip.isVisible()
    wizard.reject()


def test_only_problems_by_key_and_the_way_through_them(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    file.write_text(FIVE_WRONG, "utf-8")
    wizard = opened(made, file)
    made.wait(lambda: not wizard.places.running, "the places")
    key(made, wizard, Qt.Key.Key_F)
    assert wizard.only_problems.isChecked()
    assert [wizard.grid.row_at(at).row for at in range(wizard.grid.rowCount())] == [3, 4, 5, 6, 7]
    seen = []
    for _ in range(5):
        seen.append(wizard.grid.row_at(wizard.rows.currentIndex().row()).row)
        key(made, wizard, Qt.Key.Key_N)
    assert seen == [3, 4, 5, 6, 7]
    assert wizard.rows.currentIndex().row() == 0, "after the last comes the first"
    key(made, wizard, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert wizard.rows.currentIndex().row() == 4
    type_into_cell(made, wizard, "Annankatu 30")
    assert wizard.grid.rowCount() == 5, "a row that was just mended stays in view"
    key(made, wizard, Qt.Key.Key_F)
    assert wizard.grid.rowCount() == 7
    wizard.reject()


def test_known_orders_that_differ_are_asked_about_once(stage: Make, tmp_path: Path) -> None:
    made, file = stage(), tmp_path / "orders.csv"
    text = f"{HEAD}\nB-1,Ann,Annankatu 12,Helsinki,1\nB-2,Bo,Annankatu 14,Helsinki,1\n"
    file.write_text(text, "utf-8")
    made.import_orders(file)
    file.write_text(text.replace("Helsinki,1\nB-2", "Helsinki,7.5\nB-2"), "utf-8")
    wizard = opened(made, file)
    wizard.show_step(IMPORT)
    assert wizard.import_page.policies[Again.UPDATE].isChecked()
    wizard.import_page.policies[Again.SKIP].click()
    assert not wizard.confirm.isEnabled()
    wizard.import_page.policies[Again.NEW].click()
    made.wait(lambda: wizard.settled, "the rows read anew")
    assert wizard.confirm.text() == "Import 1 order"
    wizard.confirm.click()
    made.wait(lambda: len(made.view.board) == 3, "the order")
    made.quiet()
    assert {row.number: row.weight for row in made.view.board} == {"B-1": 1_000, "B-1-2": 7_500, "B-2": 1_000}


def test_the_models_of_the_wizard_are_what_qt_expects(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    table = read_csv(FIVE_WRONG, "orders.csv")
    preview = intake.read(table, known=intake.EmptyBook(), defaults=Defaults(day=DAY))
    model, first = CheckModel(Formats()), FirstRows()
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show_rows(preview.rows, preview.mapping, grouped(preview), {})
    model.show_group(Group.PROBLEM)
    assert model.rowCount() == 5
    written: list[tuple[int, tuple[str, ...]]] = []
    model.mended.connect(lambda row, cells: written.append((row, cells)))
    assert model.setData(model.index(0, 4), " 5 ")
    assert written == [(3, ("B-2", "Bo", "Annankatu 14", "Helsinki", "5"))]
    assert not model.setData(model.index(0, 4), "5"), "the same is no change"
    model.clear()
    qtmodeltester.check(first)  # type: ignore[no-untyped-call]
    first.show_table(table)
    assert (first.rowCount(), first.columnCount()) == (8, 6)
