"""The search of the palette without a window: what ranks first, what is never lost, what is forgiven."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desktop.commanding.arranging import Group, arranged, remembered
from app.desktop.commanding.days import day_meant
from app.desktop.commanding.finding import Index, Kind, Met, Thing, understood
from app.desktop.commanding.folding import digit_span, fold, phone_digits, spans

WORDS = st.text(alphabet="abcdeåöüß12 王小明臺Ａ１-", min_size=1, max_size=12).filter(lambda text: bool(fold(text)))
FIELDS = st.lists(WORDS, min_size=1, max_size=4)
TODAY = date(2026, 11, 22)


def order(number: str, name: str = "", address: str = "", phone: str = "") -> Thing:
    """An order to be found."""
    return Thing(Kind.ORDER, number, (number, name, address), (name,), (phone,) if phone else ())


PEOPLE = Index(
    [
        order("ORD-10482", "王小明", "台北市信義區市府路1號", "+886912345678"),
        order("ORD-10483", "林怡君", "臺北市大安區仁愛路3段", "+886 2 2345-6007"),
        order("ORD-10484", "Aino Virtanen", "Mannerheimintie 12, Helsinki", "+358 40 555 0123"),
        order("10482", "Chesapeake Books", "Fleet Street 1746", "+1 410 555 0143"),
        Thing(Kind.ROUTE, "R3", ("3", "Van 3", "王大文"), ("王大文",), ("+886955000111",)),
    ]
)


def found(text: str) -> list[str]:
    """The names of what a text finds, best first."""
    return [hit.thing.id for hit in PEOPLE.find(understood(text))]


@given(st.lists(FIELDS, min_size=1, max_size=12), st.data())
def test_the_thing_that_is_called_exactly_so_comes_first(fields: list[list[str]], data: st.DataObject) -> None:
    index = Index([Thing(Kind.ORDER, str(at), tuple(each)) for at, each in enumerate(fields)])
    wanted = data.draw(st.sampled_from([text for each in fields for text in each]))
    hits = index.find(understood(fold(wanted)))
    assert any(fold(text) == fold(wanted) for text in hits[0].thing.fields)
    assert hits[0].met is Met.WHOLE


@given(st.lists(FIELDS, min_size=1, max_size=12), WORDS, WORDS)
def test_another_word_never_adds_what_the_first_did_not_find(fields: list[list[str]], first: str, second: str) -> None:
    index = Index([Thing(Kind.ORDER, str(at), tuple(each)) for at, each in enumerate(fields)])
    fewer = {hit.thing.id for hit in index.find(understood(f"{first} {second}")) if hit.met > Met.NEARLY}
    assert fewer <= {hit.thing.id for hit in index.find(understood(first))}


@given(st.lists(FIELDS, min_size=1, max_size=12), WORDS, WORDS)
def test_whatever_is_met_without_slips_has_every_word(fields: list[list[str]], first: str, second: str) -> None:
    index = Index([Thing(Kind.ORDER, str(at), tuple(each)) for at, each in enumerate(fields)])
    query = understood(f"{first} {second}")
    for hit in index.find(query):
        text = "\n".join(fold(each) for each in hit.thing.fields)
        assert hit.met is Met.NEARLY or all(word in text for word in query.words)


@given(st.text(max_size=30), st.lists(WORDS, max_size=3))
def test_marked_parts_lie_in_the_text_and_do_not_overlap(text: str, words: list[str]) -> None:
    marked = spans(text, [part for word in words for part in fold(word).split()])
    assert all(0 <= start < end <= len(text) for start, end in marked)
    assert all(left[1] < right[0] for left, right in pairwise(marked))


@given(st.text(max_size=40))
def test_nothing_that_can_be_typed_breaks_the_search(text: str) -> None:
    found = PEOPLE.find(understood(text))
    assert len({hit.thing.id for hit in found}) == len(found), "nothing is found twice"
    meant = day_meant(text, TODAY)
    assert meant is None or day_meant(meant.isoformat(), TODAY) == meant, "written out, it is the same day"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("10482", "10482"),
        ("ord-10482", "ORD-10482"),
        ("ＯＲＤ－１０４８２", "ORD-10482"),
        ("王小", "ORD-10482"),
        ("678", "ORD-10482"),
        ("0912-345-678", "ORD-10482"),
        ("０９１２３４５６７８", "ORD-10482"),
        ("02 2345 6007", "ORD-10483"),
        ("(410) 555-0143", "10482"),
        ("台北 大安", "ORD-10483"),
        ("臺北市 大安", "ORD-10483"),
        ("mannerheim 12", "ORD-10484"),
        ("manerheimintie", "ORD-10484"),
        ("virtanan", "ORD-10484"),
        ("van 3", "R3"),
        ("111", "R3"),
    ],
)
def test_what_people_type_finds_what_they_mean(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_a_single_character_finds_names_and_drivers() -> None:
    assert set(found("王")) == {"ORD-10482", "R3"}


def test_a_prefix_narrows_the_search() -> None:
    assert found("#王") == ["ORD-10482"]
    assert found("@王") == ["ORD-10482", "R3"]
    assert found("@helsinki") == [], "an address is no person"
    assert found(">王") == []
    assert set(found("＠王")) == {"ORD-10482", "R3"}


def test_the_last_digits_of_a_telephone_come_before_digits_inside_another() -> None:
    index = Index([order("A", phone="+886900678111"), order("B", phone="+886911111678")])
    assert [hit.thing.id for hit in index.find(understood("678"))] == ["B", "A"]


def test_a_telephone_is_known_with_and_without_its_nought() -> None:
    assert phone_digits("0912 345") == ("0912345", "912345")
    assert phone_digits("007") == ("007",)
    assert phone_digits("12") == ()
    assert phone_digits("12a") == ()
    assert digit_span("+358 40 555 0123", "0123") == ((12, 16),)


def test_groups_stand_in_their_order_and_near_misses_last() -> None:
    hits = [*PEOPLE.find(understood("王")), *Index([Thing(Kind.ACT, "undo", ("王 undo",))]).find(understood("王"))]
    assert [group.group for group in arranged(hits)] == [Group.ORDERS, Group.PEOPLE, Group.ACTS]
    slip = [*PEOPLE.find(understood("virtanan")), *Index([Thing(Kind.ACT, "x", ("virtanan",))]).find(understood("virtanan"))]
    assert [group.group for group in arranged(slip)] == [Group.ACTS, Group.ORDERS]


def test_what_was_used_last_stands_first_and_once() -> None:
    hits = PEOPLE.find(understood("王"))
    groups = arranged(hits, ((Kind.ROUTE, "R3"),))
    assert [(group.group, [hit.thing.id for hit in group.hits]) for group in groups] == [(Group.RECENT, ["R3"]), (Group.ORDERS, ["ORD-10482"])]
    assert remembered(((Kind.ACT, "a"), (Kind.ACT, "b")), (Kind.ACT, "b")) == ((Kind.ACT, "b"), (Kind.ACT, "a"))


def test_long_groups_say_how_many_more_there_are() -> None:
    many = [*Index([order(f"A{at}", "Lee") for at in range(20)]).find(understood("lee")), *Index([Thing(Kind.ROUTE, "R", ("Lee",))]).find(understood("lee"))]
    group = next(each for each in arranged(many) if each.group is Group.ORDERS)
    assert len(group.hits) + group.more == 20
    assert group.more > 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", date(2026, 11, 22)),
        ("tomorrow", date(2026, 11, 23)),
        ("tom", date(2026, 11, 23)),
        ("明天", date(2026, 11, 23)),
        ("後天", date(2026, 11, 24)),
        ("+2", date(2026, 11, 24)),
        ("3天後", date(2026, 11, 25)),
        ("3 days", date(2026, 11, 25)),
        ("fri", date(2026, 11, 27)),
        ("sunday", date(2026, 11, 29)),
        ("週五", date(2026, 11, 27)),
        ("星期日", date(2026, 11, 29)),
        ("23 Nov", date(2026, 11, 23)),
        ("Nov 23", date(2026, 11, 23)),
        ("11/23", date(2026, 11, 23)),
        ("１１／２３", date(2026, 11, 23)),
        ("11月23日", date(2026, 11, 23)),
        ("115/11/23", date(2026, 11, 23)),
        ("2026-11-23", date(2026, 11, 23)),
        ("2 jan", date(2027, 1, 2)),
        ("30 feb", None),
        ("13/45", None),
        ("hello", None),
        ("to", None),
    ],
)
def test_a_day_is_understood_as_it_is_said(typed: str, meant: date | None) -> None:
    assert day_meant(typed, TODAY) == meant
