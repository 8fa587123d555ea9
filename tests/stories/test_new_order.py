"""New orders in the real window by the keyboard: by form, by one line, from the map; changed, copied and cancelled."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.desktop.orders.editing.form_parts import SuggestionList
from app.desktop.orders.editing.order_form import OrderForm
from app.desktop.stage import Stage
from app.domain.geo import Place
from app.services.intake_names import Field
from app.services.queries import BoardRow
from tests.window import NONE, Make, undo_text

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Hands:
    """Types into what has the keyboard, and counts the keys."""

    def __init__(self, made: Stage) -> None:
        self.made = made
        self.keys = 0

    def press(self, key: Qt.Key, how: Qt.KeyboardModifier = NONE) -> None:
        """One key."""
        self.keys += 1
        QTest.keyClick(self.focus, key, how)

    def type(self, text: str) -> None:
        """A key for each letter."""
        self.keys += len(text)
        QTest.keyClicks(self.focus, text)

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        form = self.made.desk.ordering.form
        widget = form.focusWidget() if form is not None else self.made.desk.window.focusWidget()
        assert widget is not None
        return widget


def opened(made: Stage, act: str) -> OrderForm:
    made.desk.window.show()
    made.desk.actions[act].trigger()
    form = made.desk.ordering.form
    assert form is not None
    form.activateWindow()
    made.wait(form.isActiveWindow, "the form")
    return form


def saved(made: Stage, form: OrderForm, before: set[str]) -> BoardRow:
    made.wait(lambda: made.desk.ordering.form is None, "the saving")
    made.ready()
    new = [row for row in made.view.board if row.number not in before]
    assert len(new) == 1
    return new[0]


def numbers(made: Stage) -> set[str]:
    return {row.number for row in made.view.board}


def suggestions(made: Stage, form: OrderForm, field: Field) -> SuggestionList:
    shown = [each for each in form.findChildren(SuggestionList) if each.isVisible()]
    made.wait(lambda: any(each.isVisible() for each in form.findChildren(SuggestionList)), "suggestions")
    shown = [each for each in form.findChildren(SuggestionList) if each.isVisible()]
    assert len(shown) == 1, field
    return shown[0]


def test_a_known_customer_is_taken_down_with_few_keys(stage: Make) -> None:
    made = stage(orders=6)
    known = made.view.board[0]
    before = numbers(made)
    form = opened(made, "new_order")
    hands = Hands(made)
    hands.keys = 1  # Ctrl+N
    hands.type(known.customer[:7])
    suggestions(made, form, Field.NAME)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    hands.type("9-11")
    hands.press(Qt.Key.Key_Return, CTRL)
    row = saved(made, form, before)
    assert hands.keys <= 15, "at three keys a second that is five seconds"
    assert (row.customer, row.address, row.place) == (known.customer, known.address, known.place)
    assert made.desk.selection.held.orders == {row.order}
    assert (row.standing.value, row.number) == ("pool", "1123-1")
    assert undo_text(made) == f"Undo: New order for {known.customer}"
    made.desk.actions["undo"].trigger()
    made.quiet()
    assert numbers(made) == before


def test_a_line_of_chat_becomes_an_order_that_a_person_approves(stage: Make) -> None:
    made = stage(orders=2)
    before = numbers(made)
    form = opened(made, "quick_order")
    hands = Hands(made)
    hands.type("Ella, Annankatu 12, today 9-11, 2 boxes, 4 kg, 040 1234567, ring twice")
    made.wait(lambda: form.settled and form.fields[Field.NAME].text == "Ella", "the guess")
    guessed = {field for field, each in form.fields.items() if each.guessed}
    assert guessed == {Field.NAME, Field.ADDRESS, Field.DAY, Field.WINDOW, Field.PIECES, Field.WEIGHT, Field.PHONE, Field.NOTES}
    form.fields[Field.PIECES].editor.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("3")
    assert not form.fields[Field.PIECES].guessed
    hands.press(Qt.Key.Key_Return, CTRL)
    row = saved(made, form, before)
    assert (row.customer, row.address, row.pieces, row.weight, row.notes) == ("Ella", "Annankatu 12", 3, 4_000, "ring twice")
    assert row.place is not None


def test_what_is_wrong_stays_with_its_sentence_until_it_is_right(stage: Make) -> None:
    made = stage(orders=2)
    before = numbers(made)
    form = opened(made, "new_order")
    hands = Hands(made)
    hands.type("Onni")
    form.fields[Field.WINDOW].editor.setFocus()
    hands.type("after lunch")
    hands.press(Qt.Key.Key_Return, CTRL)
    made.wait(lambda: form.settled and form.fields[Field.ADDRESS].message.toolTip(), "the complaints")
    assert form.fields[Field.WINDOW].editor.property("wrong") is True
    assert "after lunch" in form.fields[Field.WINDOW].message.toolTip()
    assert hands.focus is form.fields[Field.ADDRESS].editor
    hands.type("Annankatu 14")
    form.fields[Field.WINDOW].editor.setFocus()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.type("12-13")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert saved(made, form, before).customer == "Onni"


def test_an_order_begins_at_a_place_of_the_map(stage: Make) -> None:
    made = stage(orders=2)
    made.desk.window.show()
    before, place = numbers(made), Place(60.1690, 24.9410)
    made.desk.map_view.asked.emit(place)
    menu = made.desk.ordering.map_menu
    made.wait(menu.isVisible, "the menu")
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    form = made.desk.ordering.form
    assert form is not None
    made.wait(lambda: form.settled and form.fields[Field.ADDRESS].text, "the address")
    form.save()
    row = saved(made, form, before)
    assert (row.place, row.address_state.value) == (place, "pinned")
    assert row.address


def test_an_order_is_copied_and_cancelled(stage: Make) -> None:
    made = stage(orders=6, plan=True)
    row = next(each for each in made.view.board if each.route is not None)
    before = numbers(made)
    made.desk.selection.pick([row.order])
    form = opened(made, "duplicate_order")
    made.wait(lambda: form.settled, "the look at it")
    form.save()
    copy = saved(made, form, before)
    assert (copy.customer, copy.address, copy.windows, copy.weight) == (row.customer, row.address, row.windows, row.weight)
    made.desk.selection.pick([row.order])
    made.desk.actions["cancel_order"].trigger()
    made.ready()
    now = made.view.by_order[row.order]
    assert (now.standing.value, now.route) == ("cancelled", None)
    assert undo_text(made) == f"Undo: Cancel {row.number}"
    made.desk.actions["undo"].trigger()
    made.ready()
    assert made.view.by_order[row.order].route == row.route
