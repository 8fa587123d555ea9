"""Plans side by side: what is measured, what differs, and that a version is compared as what it would become."""

from dataclasses import replace

from app.domain.ids import VersionId
from app.domain.orders import OrderState, task_of
from app.domain.plans import PromisedRoute, Route
from app.domain.versions import PlanVersion
from app.services import planning
from app.services.planning_values import DayProblem
from app.services.ports.store import Day
from app.services.version_comparison import Measure, Side, compare, figures_of, same_routes, side_of_version
from tests.builders import DAY, TurnedClock, a_day, a_plan, a_route, an_order
from tests.services.test_planning import Flat


def planned() -> tuple[Day, DayProblem]:
    """A-1 … A-3 on the first route, A-4 on the second, A-5 in the pool."""
    day = a_day(5, plan=a_plan(a_route(1, [1, 2, 3]), a_route(2, [4]), unassigned=[5]))
    return day, planning.day_problem(day, Flat())


def a_version(*routes: Route) -> PlanVersion:
    plan = a_plan(*routes)
    return PlanVersion(id=VersionId("ver_1"), depot=plan.depot, day=DAY, name="x", kept_at=TurnedClock().now(), routes=plan.routes)


def test_stops_that_stand_elsewhere_are_listed_with_both_places_and_how_much_later() -> None:
    day, problem = planned()
    now = Side(key="now", judged=planning.current(problem, day.plan))
    found = compare((now, side_of_version(a_version(a_route(1, [2, 3]), a_route(2, [4, 1])), day, problem)))
    (row,) = [each for each in found.stops if each.task == task_of(an_order(1))]
    before, after = row.spots
    assert before is not None
    assert after is not None
    assert (before.route, before.position, after.route, after.position) == (a_route(1).id, 1, a_route(2).id, 2)
    assert row.shifted(0, 1) == (after.arrival or 0) - (before.arrival or 0)
    assert task_of(an_order(4)) not in {each.task for each in found.stops}
    assert [side.measures[Measure.MOVED] for side in found.sides] == [0, 1]
    assert [each.same for each in found.routes] == [False, False]
    assert found.best(Measure.MOVED) == frozenset({0})
    assert found.best(Measure.UNPLANNED) == frozenset(), "where all are equal none is best"


def test_a_version_is_compared_as_it_would_be_today() -> None:
    """A-2 was cancelled since, and A-6 came."""
    day, _ = planned()
    every = [*(replace(order, state=OrderState.CANCELLED) if order.number == "A-2" else order for order in day.orders), an_order(6)]
    assert day.plan is not None
    plan = replace(day.plan, routes=(a_route(1, [1, 3, 6]), a_route(2, [4])))
    day = replace(day, orders=tuple(every), plan=plan)
    problem = planning.day_problem(day, Flat())
    side = side_of_version(a_version(a_route(1, [1, 2, 3]), a_route(2, [4])), day, problem)
    assert side.taken is not None
    assert (side.taken.gone, side.taken.pooled) == ((task_of(an_order(2)),), (task_of(an_order(6)),))
    assert (side.judged.totals.planned, side.judged.totals.unplanned) == (3, 2)
    assert figures_of(side.judged.totals).planned == 3


def test_promises_that_would_not_hold_are_counted() -> None:
    day, problem = planned()
    judged = planning.current(problem, day.plan)
    arrivals = {halt.task: halt.arrival for line in judged.timelines.values() for halt in line.halts}
    promised = [PromisedRoute(route=route.id, tasks=route.tasks, arrivals=tuple(arrivals[task] for task in route.tasks)) for route in judged.routes]
    without = side_of_version(a_version(a_route(1, [1, 2, 3]), a_route(2)), day, problem)
    found = compare((Side(key="now", judged=judged), without), promised)
    assert [side.measures[Measure.PROMISES] for side in found.sides] == [0, 1]
    assert found.stops[0].spots[1] is None, "what some plan leaves out comes first"


def test_whether_the_plan_has_changed_since_it_was_kept() -> None:
    plan = a_plan(a_route(1, [1, 2]), a_route(2))
    assert same_routes(plan, a_version(a_route(1, [1, 2], locked=True)))
    assert not same_routes(plan, a_version(a_route(1, [2, 1])))
