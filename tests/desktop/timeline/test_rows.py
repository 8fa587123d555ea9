"""What lies where in the timeline: stretches, the lens, places for what is dropped, and what clicks and keys select."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.desktop.timeline.bench import made_row
from app.desktop.timeline.content import Content, Spot
from app.desktop.timeline.lens import CLOSEST, WIDEST, Lens, step_between
from app.desktop.timeline.look import COMPACT, NORMAL
from app.desktop.timeline.picking import clicked, walked
from app.desktop.timeline.spans import spans_of, without
from app.desktop.timeline.strips import blocks
from app.domain.ids import OrderId

LENSES = st.builds(
    Lens, first=st.floats(-1e7, 8e7), span=st.floats(CLOSEST, WIDEST), width=st.floats(100, 4000), height=st.floats(50, 2000), row=st.integers(20, 40)
)
STRETCHES = st.lists(st.integers(0, 200), min_size=2, max_size=12, unique=True).map(lambda ends: list(zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)))
NONE: frozenset[OrderId] = frozenset()


@given(st.integers(1, 60), st.integers(1, 30))
def test_a_day_is_told_without_a_gap_and_without_a_second_twice(number: int, stops: int) -> None:
    row = made_row(number, stops)
    assert row.line is not None
    spans = spans_of(row.stops, row.line, row.reload)
    services = zip(spans.begins, spans.ends, strict=True)
    told = sorted([*spans.drives, *spans.waits, *spans.pauses, *spans.reloads, *services])
    assert told[0][0] == row.line.leaves
    assert told[-1][1] == row.line.ends
    assert all(before[1] == after[0] for before, after in pairwise(told))


@given(STRETCHES, STRETCHES)
def test_cutting_holes_leaves_just_what_is_outside_them(stretches: list[tuple[int, int]], holes: list[tuple[int, int]]) -> None:
    moments = {at for begin, end in stretches for at in range(begin, end)} - {at for begin, end in holes for at in range(begin, end)}
    assert {at for begin, end in without(stretches, holes) for at in range(begin, end)} == moments


def test_a_route_without_times_has_no_stretches() -> None:
    assert spans_of(made_row(1, 5).stops, None, 0).begins == ()


@given(LENSES, st.floats(0, 1), st.floats(0.1, 10))
def test_zooming_leaves_what_is_under_the_pointer_where_it_is(lens: Lens, share: float, factor: float) -> None:
    x = share * lens.width
    reading, zoomed = lens.reading(x), lens.zoomed(factor, x)
    assert abs(zoomed.x(reading) - x) < 0.01
    assert CLOSEST <= zoomed.span <= WIDEST


@given(LENSES, st.floats(-5000, 5000), st.integers(0, 200))
def test_rows_scroll_no_further_than_they_reach(lens: Lens, top: float, count: int) -> None:
    scrolled = lens.scrolled(top, count)
    seen = scrolled.rows(count)
    assert scrolled.top >= 0
    assert not count or len(seen) >= min(count, int(lens.height // lens.row))
    assert all(scrolled.row_at(scrolled.y(row) + 1) == row for row in seen)


@given(st.floats(1e-6, 1e-2), st.floats(20, 60))
def test_labels_of_the_hours_stand_apart(scale: float, label: float) -> None:
    step = step_between(scale, label)
    assert step * scale >= label or step == step_between(1e-9, label), "but for the widest step there is"


@given(st.integers(1, 40), st.integers(2, 60), LENSES)
def test_blocks_never_reach_into_the_next(number: int, stops: int, lens: Lens) -> None:
    row = made_row(number, stops)
    spans = spans_of(row.stops, row.line, 0)
    for sizes in (COMPACT, NORMAL):
        areas = blocks(spans, range(stops), lens, sizes, 0.0)
        assert all(area.width() > 0 for area in areas)
        assert all(left.right() <= right.left() or left.width() <= 1.5 for left, right in pairwise(areas))


@given(st.integers(1, 30), st.floats(0, 1))
def test_what_is_dropped_goes_between_the_stops_around_it(stops: int, share: float) -> None:
    content = Content([made_row(1, stops)])
    first, last = content.extent
    reading = first + share * (last - first)
    target = content.target(0, reading)
    assert target is not None
    middles = [content.middle(Spot(0, at)) for at in range(stops)]
    assert target.position == sum(1 for middle in middles if middle < reading)
    drawn = content.target(0, target.reading)
    assert drawn is not None
    assert drawn.position == target.position, "the line is drawn where a drop would mean the same"
    assert content.target(1, reading) is None


def test_every_stop_is_found_where_it_is_served() -> None:
    content = Content([made_row(1, 20), made_row(2, 20)])
    for row in range(2):
        for at in range(20):
            assert content.spot_at(row, content.middle(Spot(row, at)), 0) == Spot(row, at)
    assert content.spot_at(0, 0.0, 1.0) is None
    assert content.spot_at(7, 0.0, 1.0) is None


def test_clicks_select_alone_add_take_away_and_extend() -> None:
    content = Content([made_row(1, 6), made_row(2, 6)])
    one, three = clicked(content, NONE, None, Spot(0, 1), toggle=False, extend=False), Spot(0, 3)
    assert one.orders == content.orders([Spot(0, 1)])
    two = clicked(content, one.orders, Spot(0, 1), three, toggle=True, extend=False)
    assert two.orders == content.orders([Spot(0, 1), three])
    assert clicked(content, two.orders, three, three, toggle=True, extend=False).orders == one.orders
    assert clicked(content, one.orders, Spot(0, 1), three, toggle=False, extend=True).orders == content.orders(Spot(0, at) for at in (1, 2, 3))
    over = clicked(content, NONE, Spot(1, 1), Spot(0, 4), toggle=False, extend=True).orders
    assert over == content.orders([Spot(0, 4), Spot(0, 5), Spot(1, 0), Spot(1, 1)]), "from row to row, in reading order"


def test_keys_walk_along_a_row_and_to_the_stop_nearest_in_time_of_the_next() -> None:
    content = Content([made_row(1, 6), made_row(2, 1), made_row(3, 6)])
    assert walked(content, None, 2) == Spot(2, 0)
    assert walked(content, Spot(0, 0), 0, across=1) == Spot(0, 1)
    assert walked(content, Spot(0, 0), 0, across=-1) == Spot(0, 0)
    assert walked(content, Spot(0, 2), 0, edge=1) == Spot(0, 5)
    below = walked(content, Spot(1, 0), 1, down=1)
    assert below is not None
    middle = content.middle(Spot(1, 0))
    apart = [min(abs(content.spans(2).begins[at] - middle), abs(content.spans(2).ends[at] - middle)) for at in range(6)]
    assert below.row == 2
    assert apart[below.at] == min(apart)
    assert walked(content, Spot(2, 5), 2, down=1) == Spot(2, 5)
