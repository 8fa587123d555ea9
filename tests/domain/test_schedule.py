"""The one time arithmetic, by hand on a line of places a minute apart, and as general laws."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.roads import UNREACHABLE, TravelTable
from app.domain.schedule import ShiftTerms, Step, TaskTerms, Timeline, ViolationKind, timeline
from app.domain.schedule_travel import arrival, latest_departure
from app.domain.schedule_windows import settle
from app.domain.units import Cubic, Grams, Millis
from tests.problems import HOUR, MIN, a_line, a_pause, a_task, a_turn, a_window_of, at, steps, tables, tasks, turns, windows


def run(numbers: tuple[int, ...], *, shift: ShiftTerms | None = None, table: TravelTable | None = None, **changed: TaskTerms) -> Timeline:
    """The timeline of tasks t1 … on the line."""
    known = {task.id: task for task in (a_task(n) for n in range(1, 6))} | {task.id: task for task in changed.values()}
    return timeline(shift or a_turn(), steps(*numbers), known, table or a_line())


def kinds(found: Timeline) -> list[ViolationKind]:
    return [each.kind for each in found.violations]


def test_an_empty_route_costs_nothing() -> None:
    found = run((), shift=a_turn(fixed_price=5))
    assert (found.leaves, found.ends, found.cost, found.halts) == (at(8), at(8), 0, ())


def test_driving_and_serving_add_up() -> None:
    """1 min there, 2 min of service, 1 min on, 2 min of service, 2 min home: 8 min, 4 km. 4,000 + 480,000 ms × 10 + 7 fixed."""
    found = run((1, 2), shift=a_turn(fixed_price=7))
    assert [(halt.arrival, halt.departure) for halt in found.halts] == [(at(8, 1), at(8, 3)), (at(8, 4), at(8, 6))]
    assert (found.leaves, found.ends, found.duration, found.meters) == (at(8), at(8, 8), 8 * MIN, 4_000)
    assert found.cost == 7 + 4_000 + 8 * MIN * 10
    assert found.violations == ()


def test_a_vehicle_waits_at_its_start_not_at_the_door() -> None:
    """t1 opens at 9:00 and is a minute away: leave at 8:59."""
    found = run((1,), t1=a_task(1, windows=(a_window_of(at(9), at(10)),)))
    assert (found.leaves, found.halts[0].arrival, found.halts[0].begin) == (at(8, 59), at(9), at(9))


def test_a_vehicle_leaves_no_later_than_the_first_window_allows() -> None:
    """t1 must begin by 8:30, t2 opens at 9:00: t1 at 8:30 sharp, then 27 min of waiting at t2 (9:00 − 8:33)."""
    found = run((1, 2), t1=a_task(1, windows=(a_window_of(at(8), at(8, 30)),)), t2=a_task(2, windows=(a_window_of(at(9), at(10)),)))
    assert found.leaves == at(8, 29)
    assert [halt.begin for halt in found.halts] == [at(8, 30), at(9)]
    assert found.halts[1].wait == 27 * MIN


def test_a_vehicle_under_way_leaves_at_once() -> None:
    found = run((1,), shift=a_turn(under_way=True), t1=a_task(1, windows=(a_window_of(at(9), at(10)),)))
    assert (found.leaves, found.halts[0].arrival, found.halts[0].begin) == (at(8), at(8, 1), at(9))


def test_late_for_a_hard_window_is_a_violation_with_its_amount() -> None:
    found = run((2,), t2=a_task(2, windows=(a_window_of(at(7), at(8)),)))
    assert [(each.kind, each.task, each.amount) for each in found.violations] == [(ViolationKind.LATE, "t2", 2 * MIN)]
    assert (found.halts[0].late, found.late_cost) == (2 * MIN, 0)


def test_late_for_a_priced_window_costs() -> None:
    found = run((2,), t2=a_task(2, windows=(a_window_of(at(7), at(8), 3),)))
    assert (found.violations, found.late_cost, found.halts[0].late) == ((), 2 * MIN * 3, 2 * MIN)


def test_the_next_of_several_windows_is_waited_for() -> None:
    several = (a_window_of(at(7), at(7, 30)), a_window_of(at(9), at(9, 30)), a_window_of(at(11), at(12)))
    found = run((1,), t1=a_task(1, windows=several))
    assert (found.halts[0].begin, found.halts[0].window) == (at(9), 1)


def test_serving_late_at_once_beats_waiting_where_it_is_cheaper() -> None:
    """Arrived at 8:02, 2 min late: 2 × 3 a ms is less than waiting 58 min × 10; at a price of 300 a ms it is not."""
    cheap = (a_window_of(at(7), at(8), 3), a_window_of(at(9), at(10)))
    dear = (a_window_of(at(7), at(8), 300), a_window_of(at(9), at(10)))
    assert settle(cheap, at(8, 2), 10) == (at(8, 2), 0, 2 * MIN)
    assert settle(dear, at(8, 2), 10) == (at(9), 1, 0)


def test_what_is_left_of_a_leg_goes_on_with_the_next_band() -> None:
    """Place 4 is 4 min away, twice as long from 8:02 on: half is done by then, the other half takes 4 min: 8:06. No halt waits, so it leaves at 8."""
    found = run((4,), table=a_line(factors=(1, 2), begins=(0, at(8, 2))))
    assert found.halts[0].arrival == at(8, 6)


def test_a_pause_is_taken_at_the_first_stand_from_its_earliest() -> None:
    """Service at t1 ends at 8:03; a pause from 8:02 on is taken there, then on to t2: 8:33 + 1."""
    found = run((1, 2), shift=a_turn(breaks=(a_pause(at(8, 2), at(9)),)))
    assert [(each.after, each.begin, each.end) for each in found.breaks] == [(1, at(8, 3), at(8, 33))]
    assert found.halts[1].arrival == at(8, 34)


def test_waiting_for_a_window_is_used_for_the_pause() -> None:
    found = run((1,), shift=a_turn(breaks=(a_pause(at(8, 10), at(9, 30)),)), t1=a_task(1, windows=(a_window_of(at(9), at(10)),)))
    assert found.halts[0].begin == at(9)
    assert found.violations == ()
    assert len(found.breaks) == 1


def test_a_service_that_would_outlast_the_latest_begin_waits_for_the_pause() -> None:
    """Service of 2 h from 8:01 would end after 9:00, the latest begin: the vehicle waits until 8:30, pauses, serves from 9:00."""
    found = run((1,), shift=a_turn(breaks=(a_pause(at(8, 30), at(9)),)), t1=a_task(1, service=Millis(2 * HOUR)))
    assert found.violations == ()
    assert found.breaks[0].end <= found.halts[0].begin


def test_a_pause_that_is_not_due_when_the_route_is_over_falls_away() -> None:
    assert run((1,), shift=a_turn(breaks=(a_pause(at(12), at(13)),))).breaks == ()


def test_a_pause_that_begins_too_late_is_a_violation() -> None:
    """The first pause lasts from 8:00 to 9:00; the second had to begin by 8:30."""
    found = run((1,), shift=a_turn(breaks=(a_pause(at(8), at(8), HOUR), a_pause(at(8, 30), at(8, 30)))))
    assert [(each.kind, each.amount) for each in found.violations] == [(ViolationKind.BREAK, 30 * MIN)]
    assert found.halts[0].arrival == at(9, 31)


def test_overtime_is_paid_and_the_latest_end_broken() -> None:
    """Back at 8:08, regular end 8:05, latest 8:06."""
    found = run((1, 2), shift=a_turn(ends=at(8, 5), latest_end=at(8, 6), overtime_price=2))
    assert (found.overtime, found.travel_cost) == (3 * MIN, 4_000 + 8 * MIN * 10 + 3 * MIN * 2)
    assert [(each.kind, each.amount) for each in found.violations] == [(ViolationKind.SHIFT, 2 * MIN)]


def test_an_open_route_ends_at_its_last_halt() -> None:
    found = run((3,), shift=a_turn(end=None))
    assert (found.ends, found.meters) == (at(8, 5), 3_000)


def test_distance_and_duration_are_limited() -> None:
    found = run((1, 2), shift=a_turn(max_distance=3_500, max_duration=Millis(7 * MIN)))
    assert [(each.kind, each.amount) for each in found.violations] == [(ViolationKind.DISTANCE, 500), (ViolationKind.DURATION, MIN)]


def test_deliveries_leave_and_pickups_come_on_board() -> None:
    """Leaving with 1 + 1 kg; t1 delivers 1, t2 collects 5, t3 delivers 1: on board 2, then 1, 6, 5 kg."""
    pickup = a_task(2, kind=TaskKind.PICKUP, load=Load(Grams(5_000), Cubic(0), 1))
    found = run((1, 2, 3), shift=a_turn(capacity=Capacity(weight=Grams(5_500))), t2=pickup)
    assert [halt.load.weight for halt in found.halts] == [1_000, 6_000, 5_000]
    assert found.peak.weight == 6_000
    assert [(each.kind, each.task, each.amount, each.measure) for each in found.violations] == [(ViolationKind.LOAD, "t2", 500, "weight")]


def test_a_pair_is_on_board_only_between_its_halts() -> None:
    pickup = a_task(2, kind=TaskKind.PICKUP, load=Load(Grams(5_000), Cubic(0), 1))
    delivery = a_task(3, after=pickup.id, load=Load(Grams(5_000), Cubic(0), 1))
    found = run((1, 2, 3, 4), t2=pickup, t3=delivery)
    assert [halt.load.weight for halt in found.halts] == [1_000, 6_000, 1_000, 0]


def test_a_reload_goes_home_and_fills_up_again() -> None:
    """t2 (2 min), back to the depot at 8:06 for 10 min, t1 at 8:17."""
    shift = a_turn(reloads=1, reload=Millis(10 * MIN), capacity=Capacity(weight=Grams(1_000)))
    found = run((2, -1), shift=shift)
    assert (found.halts[1].reload_begin, found.halts[1].arrival, found.halts[1].meters) == (at(8, 6), at(8, 17), 3_000)
    assert found.violations == ()
    assert kinds(run((2, 1), shift=shift)) == [ViolationKind.LOAD]
    assert kinds(run((2, -1), shift=replace(shift, reloads=0))) == [ViolationKind.RELOAD]


def test_skills_features_assignment_and_order_are_rules() -> None:
    shift = a_turn(skills=frozenset({"a"}))
    picky = a_task(1, skills=frozenset({"a", "b"}), features=frozenset({"lift"}), only="s2", after="t2")
    found = run((1, 2), shift=shift, t1=picky)
    assert kinds(found) == [ViolationKind.SKILL, ViolationKind.FEATURE, ViolationKind.FORBIDDEN, ViolationKind.PRECEDENCE]
    assert found.violations[0].missing == ("b",)
    assert kinds(run((2, 1), shift=a_turn(skills=frozenset({"a", "b"})), t1=replace(picky, features=frozenset(), only=None))) == []


def test_a_leg_without_a_road_is_a_violation_and_the_rest_goes_on() -> None:
    table = a_line()
    cells = list(table.durations[0])
    cells[0 * 6 + 1] = UNREACHABLE
    found = run((1, 2), table=replace(table, durations=(cells,)))
    assert [(each.kind, each.task) for each in found.violations] == [(ViolationKind.UNREACHABLE, "t1")]
    assert found.ends == at(8, 7)


def test_an_unknown_task_is_an_error() -> None:
    with pytest.raises(KeyError):
        run((9,))


few = settings(max_examples=40)

# Laws ----------------------------------------------------------------------------------------------------------------


@few
@given(tables(4), st.integers(at(6), at(17)), st.integers(1, HOUR))
def test_leaving_later_never_means_arriving_earlier(table: TravelTable, leaves: int, later: int) -> None:
    for leg in range(1, 4):
        assert arrival(table, leg, leaves) <= arrival(table, leg, leaves + later)


@few
@given(tables(3), st.integers(at(6), at(17)), st.integers(0, HOUR))
def test_the_latest_departure_arrives_in_time_and_a_millisecond_later_does_not(table: TravelTable, leaves: int, slack: int) -> None:
    arrives = arrival(table, 1, leaves) + slack
    latest = latest_departure(table, 1, arrives, leaves)
    assert latest >= leaves
    assert arrival(table, 1, latest) <= arrives < arrival(table, 1, latest + 1)


@few
@given(windows(), st.integers(at(6), at(20)), st.integers(0, HOUR), st.integers(0, 50))
def test_arriving_later_never_means_beginning_earlier(found: tuple, arrives: int, later: int, price: int) -> None:
    if found:
        assert settle(found, arrives, price)[0] <= settle(found, arrives + later, price)[0]


@st.composite
def routes(draw: st.DrawFn, *, breaks: bool = True, bands: int | None = None) -> tuple[ShiftTerms, tuple[Step, ...], dict, TravelTable]:
    """A random route of up to five tasks."""
    count = draw(st.integers(1, 5))
    known = {task.id: task for task in (draw(tasks(number)) for number in range(1, count + 1))}
    order = draw(st.permutations(sorted(known)))
    found = tuple(Step(task, bool(index) and draw(st.integers(0, 4)) == 0) for index, task in enumerate(order))
    return draw(turns(breaks=breaks, size=count + 1)), found, known, draw(tables(count + 1, bands=bands, gaps=True))


@few
@given(routes())
def test_a_timeline_runs_forward_and_never_starts_before_a_window(route: tuple) -> None:
    shift, order, known, table = route
    found = timeline(shift, order, known, table)
    now = found.leaves
    assert now >= shift.starts
    for halt in found.halts:
        task = known[halt.task]
        assert now <= halt.arrival <= halt.begin <= halt.departure == halt.begin + task.service
        if task.windows and halt.window is not None:
            assert halt.begin >= task.windows[halt.window].opens
            assert halt.late == max(0, halt.begin - task.windows[halt.window].closes)
        now = halt.departure
    assert now <= found.ends
    assert found.meters >= sum(halt.meters for halt in found.halts)


@few
@given(routes())
def test_leaving_as_late_as_it_can_makes_nothing_worse(route: tuple) -> None:
    shift, order, known, table = route
    early, late = (timeline(replace(shift, under_way=way), order, known, table) for way in (True, False))
    assert late.leaves >= early.leaves
    assert late.ends == early.ends
    assert [halt.late for halt in late.halts] == [halt.late for halt in early.halts]
    assert late.cost <= early.cost
    assert [each.begin for each in early.breaks] <= [each.begin for each in late.breaks]


@few
@given(routes(breaks=False), st.integers(1, HOUR))
def test_starting_later_never_makes_an_arrival_earlier(route: tuple, later: int) -> None:
    """Without pauses, whatever the bands; with pauses in one band, below."""
    _later_is_later(route, later)


@few
@given(routes(bands=1), st.integers(1, 8 * MIN))
def test_starting_later_never_makes_the_end_earlier_with_pauses(route: tuple, later: int) -> None:
    _later_is_later(route, later, halts=False)


def _later_is_later(route: tuple, later: int, *, halts: bool = True) -> None:
    shift, order, known, table = route
    shift = replace(shift, under_way=True, ends=shift.latest_end)
    early = timeline(shift, order, known, table)
    late = timeline(replace(shift, starts=shift.starts + later, ends=shift.ends + later, latest_end=shift.latest_end + later), order, known, table)
    if halts and not any(each.kind is ViolationKind.UNREACHABLE for each in (*early.violations, *late.violations)):
        assert all(before.arrival <= after.arrival for before, after in zip(early.halts, late.halts, strict=True))
    if len(early.breaks) == len(late.breaks):
        assert early.ends <= late.ends
