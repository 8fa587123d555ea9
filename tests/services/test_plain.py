"""Plain data: what goes out comes back equal, and what does not fit says where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.address import Address, AddressState, Candidate, Location, LocationSource
from app.domain.errors import Malformed
from app.domain.geo import Place
from app.domain.ids import OrderId, TaskId
from app.domain.load import Load
from app.domain.money import Money
from app.domain.orders import Order, OrderState, Window
from app.domain.roads import Closure, Profile
from app.domain.sentences import Sentence
from app.domain.units import Cubic, Grams
from app.services import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """Shapes that the domain has in few places."""

    tables: Mapping[Profile, tuple[int, ...]]
    pair: tuple[TaskId, int] = (TaskId("t"), 1)


texts = st.text(max_size=12)
whole = st.integers(-(2**63), 2**63 - 1)
places = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))
facts = st.one_of(texts, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
sentences = st.builds(
    lambda key, given: Sentence.of(key, **given),
    texts,
    st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True).filter(lambda n: n not in ("key", "cls")), facts, max_size=3),
)
locations = st.builds(
    Location,
    state=st.sampled_from(AddressState),
    place=st.none() | places,
    source=st.sampled_from(LocationSource),
    candidates=st.lists(st.builds(Candidate, place=places, label=texts), max_size=2).map(tuple),
    doubt=st.none() | sentences,
)
orders = st.builds(
    Order,
    id=texts.map(OrderId),
    number=texts,
    day=st.none() | st.dates(),
    address=st.builds(Address, text=texts),
    location=locations,
    windows=st.tuples(st.datetimes(), st.datetimes()).map(lambda two: (Window(opens=min(two), closes=max(two)),)),
    load=st.builds(Load, weight=whole.map(Grams), volume=whole.map(Cubic)),
    skills=st.frozensets(texts, max_size=3),
    cod=st.none() | st.builds(Money, whole, st.just("EUR")),
    state=st.sampled_from(OrderState),
    hold=st.none() | sentences,
)


@given(orders)
def test_an_order_comes_back_equal_and_with_the_same_text(order: Order) -> None:
    text = plain.to_json(order)
    back = plain.from_json(Order, text)
    assert back == order
    assert plain.to_json(back) == text


def test_whole_numbers_fractions_and_truth_stay_what_they_are() -> None:
    said = Sentence.of("a.b", n=1, share=1.0, yes=True)
    back = plain.from_json(Sentence, plain.to_json(said))
    assert [type(fact) for _, fact in back.facts] == [int, float, bool]


def test_instants_keep_their_zone_and_wall_times_have_none() -> None:
    closure = Closure(id="clo_1", points=(Place(1, 2),), begins=datetime(2026, 11, 23, 8, tzinfo=UTC))
    back = plain.from_plain(Closure, plain.to_plain(closure))
    assert back.begins is not None
    assert back.begins.tzinfo is not None
    assert back.points == (Place(1.0, 2.0),)


def test_sets_are_written_in_order() -> None:
    assert plain.to_plain(frozenset({"b", "a", "c"})) == ["a", "b", "c"]


def test_mappings_and_pairs() -> None:
    odd = Odd(tables={Profile.VAN: (1, 2)}, pair=(TaskId("x"), 2))
    assert plain.from_json(Odd, plain.to_json(odd)) == odd


def test_content_leaves_the_version_out() -> None:
    assert plain.content(Order(id=OrderId("o"), number="1", version=3)) == plain.content(Order(id=OrderId("o"), number="1", version=4))


def test_a_field_added_later_takes_its_default() -> None:
    assert plain.from_plain(Order, {"id": "o", "number": "1"}) == Order(id=OrderId("o"), number="1")


@pytest.mark.parametrize(
    ("data", "key", "where"),
    [
        ({"id": "o"}, "plain.missing_field", "Order"),
        ({"id": "o", "number": 5}, "plain.not_fitting", "number"),
        ({"id": "o", "number": "1", "priority": True}, "plain.not_fitting", "priority"),
        ({"id": "o", "number": "1", "color": "red"}, "plain.unknown_field", "Order"),
        ({"id": "o", "number": "1", "state": "flying"}, "plain.not_fitting", "state"),
        ({"id": "o", "number": "1", "day": "23.11."}, "plain.not_fitting", "day"),
        ({"id": "o", "number": "1", "location": {"place": {"lat": 91, "lon": 0}}}, "plain.rule_broken", "location.place"),
        ({"id": "o", "number": "1", "windows": [{"opens": "2026-11-23T09:00:00", "closes": "2026-11-23T08:00:00"}]}, "plain.rule_broken", "windows[0]"),
        ({"id": "o", "number": "1", "windows": [{"opens": "x", "closes": "2026-11-23T08:00:00"}]}, "plain.not_fitting", "windows[0].opens"),
        ({"id": "o", "number": "1", "hold": {"key": "k", "facts": [["a", [1]]]}}, "plain.not_fitting", "hold.facts[0][1]"),
        ([], "plain.not_fitting", "Order"),
    ],
)
def test_what_does_not_fit_says_where(data: object, key: str, where: str) -> None:
    with pytest.raises(Malformed) as refused:
        plain.from_plain(Order, data)
    assert refused.value.sentence.key == key
    assert dict(refused.value.sentence.facts)["where"] == where


def test_text_that_is_no_json_is_malformed() -> None:
    with pytest.raises(Malformed) as refused:
        plain.from_json(Order, '{"id": ')
    assert refused.value.sentence.key == "plain.no_json"


def test_dates_and_moments_are_told_apart() -> None:
    assert plain.from_plain(date, "2026-11-23") == date(2026, 11, 23)
    with pytest.raises(Malformed):
        plain.from_plain(datetime, "2026-11-23")


def test_what_has_no_plain_form_is_a_bug() -> None:
    with pytest.raises(TypeError):
        plain.to_plain(object())
