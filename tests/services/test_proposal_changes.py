"""What a proposal changes for whom, and what a commit would tell."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ids import RouteId, TaskId
from app.domain.orders import task_of
from app.domain.plans import Plan, PromisedRoute
from app.domain.units import Millis
from app.services import planning
from app.services.applying import promised_routes
from app.services.planning_values import DayProblem, Judged
from app.services.promises import News, commit_news
from app.services.proposal_changes import NOTICED, Change, changes
from tests.builders import a_day, a_plan, a_route, an_order
from tests.services.test_planning import Flat

COUNT = 7


def task(number: int) -> TaskId:
    """The task of order A-n."""
    return task_of(an_order(number))


DAY = a_day(COUNT, vans=3)
PROBLEM: DayProblem = planning.day_problem(DAY, Flat())


def plan(*routes: Sequence[int]) -> Plan:
    """A plan with these orders in its routes and the others in the pool."""
    inside = {number for route in routes for number in route}
    pool = [number for number in range(1, COUNT + 1) if number not in inside]
    return a_plan(*(a_route(number, stops) for number, stops in enumerate(routes, start=1)), unassigned=pool)


def judged(*routes: Sequence[int]) -> Judged:
    """That plan, judged."""
    return planning.current(PROBLEM, plan(*routes))


def told(judged_plan: Judged, shift: int = 0) -> tuple[PromisedRoute, ...]:
    """The plan as the last version, with its times moved by so many milliseconds."""
    at = {halt.task: Millis(halt.arrival + shift) for line in judged_plan.timelines.values() for halt in line.halts}
    return promised_routes(a_plan(*judged_plan.routes), at)


def test_what_happens_to_each_stop() -> None:
    before, after = judged([1, 2, 3, 4], [5, 6]), judged([2, 1, 3], [5, 4, 7])
    found = changes(before, after)
    kinds = {each.task: each.change for each in found.stops if each.change not in {Change.TIME, Change.PLACE}}
    assert kinds == {task(6): Change.OUT, task(4): Change.ROUTE, task(7): Change.NEW}
    assert found.count(Change.PLACE) == 1, "of two that swap places one moves"
    first, second = (next(each for each in found.drivers if each.route == RouteId(f"rte_{number}")) for number in (1, 2))
    assert (first.before.stops, first.came, first.went, first.reordered, first.after.stops) == (4, 0, 1, 1, 3)
    assert (second.before.stops, second.came, second.went, second.reordered, second.after.stops) == (2, 2, 1, 0, 3)
    assert found.left_out == (task(6),)
    assert next(each for each in found.stops if each.task == task(6)).reasons, "what is left out says why"


def test_without_a_promise_none_is_broken() -> None:
    found = changes(judged([1, 2, 3]), judged([], [1, 2, 3]))
    assert (found.count(Change.ROUTE), found.rerouted_promises, found.broken_promises) == (3, 0, 0)


def test_promised_stops_that_change_van_are_counted() -> None:
    before = judged([1, 2, 3], [4])
    found = changes(before, judged([1], [4, 2], [3]), told(before))
    assert (found.count(Change.ROUTE), found.rerouted_promises) == (2, 2)
    assert changes(before, judged([1, 2, 3], []), told(before)).broken_promises == 1, "no visit at all"


def test_a_promise_that_was_broken_before_is_measured_against_what_was_told() -> None:
    before, after = judged([1, 2], [3]), judged([1], [2, 3])
    moved = next(each for each in changes(before, after, told(before, shift=-NOTICED * 4)).stops if each.task == task(2))
    assert moved.shifted is not None
    assert moved.shifted > NOTICED
    assert moved.breaks_promise


plans = st.permutations(range(1, COUNT + 1)).flatmap(
    lambda order: st.tuples(st.integers(0, COUNT), st.integers(0, COUNT), st.integers(0, COUNT)).map(
        lambda cuts: [order[a:b] for a, b in zip((0, *sorted(cuts)[:2]), sorted(cuts), strict=True)]
    )
)


@given(routes=plans)
@settings(max_examples=40, deadline=None)
def test_a_plan_compared_with_itself_changes_nothing(routes: list[list[int]]) -> None:
    same = judged(*routes)
    found = changes(same, same, told(same))
    assert (found.stops, found.rerouted_promises, found.broken_promises) == ((), 0, 0)
    assert not any(each.differs for each in found.drivers)
    news = commit_news(same, told(same), committed=1)
    assert {each.news for each in news.customers} <= {News.SAME}
    assert not any(each.differs for each in news.drivers)


@given(was=plans, now=plans)
@settings(max_examples=60, deadline=None)
def test_sums_agree(was: list[list[int]], now: list[list[int]]) -> None:
    before, after = judged(*was), judged(*now)
    found = changes(before, after, told(before))
    assert before.totals.planned + found.count(Change.NEW) - found.count(Change.OUT) == after.totals.planned
    for each in found.drivers:
        assert each.before.stops + each.came - each.went == each.after.stops
    assert sum(each.after.stops for each in found.drivers) == after.totals.planned
    assert sum(each.before.meters for each in found.drivers) == before.totals.meters
    assert sum(each.after.meters for each in found.drivers) == after.totals.meters
    assert sum(each.came for each in found.drivers) == found.count(Change.NEW) + found.count(Change.ROUTE)
    assert found.rerouted_promises == found.count(Change.ROUTE) + found.count(Change.OUT), "everything before was promised"
    assert len(found.left_out) == after.totals.unplanned
    assert len({each.task for each in found.stops}) == len(found.stops)
    news = commit_news(after, told(before), committed=1)
    assert len(news.customers) == after.totals.planned + found.count(Change.OUT)
    assert news.count(News.WITHDRAWN) == found.count(Change.OUT)
    assert news.count(News.FIRST) == found.count(Change.NEW)


def test_the_first_commit_tells_everybody() -> None:
    news = commit_news(judged([1, 2], [3]), (), committed=0)
    assert news.first
    assert {each.news for each in news.customers} == {News.FIRST}
    assert [(each.came, each.went, each.moved) for each in news.drivers] == [(2, 0, 0), (1, 0, 0), (0, 0, 0)]


def test_a_later_commit_tells_whom_it_concerns() -> None:
    before = judged([1, 2, 3], [4])
    news = commit_news(judged([1, 2], [5]), told(before, shift=0), committed=1)
    assert {each.task: each.news for each in news.customers} == {
        task(1): News.SAME,
        task(2): News.SAME,
        task(3): News.WITHDRAWN,
        task(4): News.WITHDRAWN,
        task(5): News.FIRST,
    }
    late = commit_news(before, told(before, shift=NOTICED + 1), committed=1)
    assert late.count(News.CHANGED) == 4
    assert commit_news(before, told(before, shift=NOTICED), committed=1).count(News.SAME) == 4


def test_a_promise_without_a_time_is_told_for_the_first_time() -> None:
    before = judged([1, 2])
    promised = tuple(replace(each, arrivals=(None,) * len(each.tasks)) for each in told(before))
    assert {each.news for each in commit_news(before, promised, committed=1).customers} == {News.FIRST}
