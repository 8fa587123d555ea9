"""Solutions and plans recomputed: routes with lasting ids, timelines, totals, reasons, and what moves between two plans."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.errors import BadAnswer
from app.domain.ids import PlanId, RouteId, ShiftId, StopId, TaskId, new_id
from app.domain.plans import Lock, Plan, Route, Stop, Unassigned
from app.domain.schedule import Step, Timeline, timeline
from app.domain.sentences import Sentence
from app.domain.units import Cost, Meters, Millis
from app.services.advice import with_routes
from app.services.planning_reasons import Explainer, impossible
from app.services.planning_values import DayProblem, Judged, Move, Proposal, Totals
from app.services.ports.store import Day
from app.services.problem import RoutePlan, Solution

LATE_SEARCHED = 20
"""Late tasks whose reasons are sought here where the engine said nothing of them."""


def steps_of(route: Route, problem: DayProblem) -> tuple[Step, ...]:
    """The steps of a route's stops; tasks that the problem does not know are passed over."""
    steps = []
    for stop in route.stops:
        reload = stop.reload_before
        for task in stop.tasks:
            if task in problem.terms:
                steps.append(Step(task, reload))
                reload = False
    return tuple(steps)


def timeline_of(problem: DayProblem, shift: ShiftId, steps: Sequence[Step]) -> Timeline:
    """The timeline of one shift's steps."""
    terms = problem.shifts[shift]
    return timeline(terms, steps, problem.terms, problem.problem.travel[terms.travels])


def start_of(route: Route, problem: DayProblem) -> RoutePlan:
    """A route as warm start: its steps, how many of them are fixed, and what must stay."""
    steps = steps_of(route, problem)
    places = {step.task: position for position, step in enumerate(steps)}
    fixed = [places[task] + 1 for stop in route.stops if stop.lock is Lock.POSITION for task in stop.tasks if task in places]
    stay = [task for stop in route.stops if stop.lock is not None for task in stop.tasks if task in places]
    return RoutePlan(shift=route.shift, steps=steps, fixed=max(fixed, default=0), closed=route.locked, stay=frozenset(stay))


def starts_of(routes: Iterable[Route], problem: DayProblem) -> tuple[RoutePlan, ...]:
    """The routes of shifts that exist as warm start."""
    return tuple(start_of(route, problem) for route in routes if route.shift in problem.shifts)


def judged_solution(problem: DayProblem, solution: Solution, known: tuple[Route, ...], pool: Iterable[Unassigned], *, explain: bool) -> Judged:
    """`planning.judge`."""
    _check_facts(problem, solution)
    routes = _routes(problem, solution.routes, known)
    planned = {step.task for route in solution.routes for step in route.steps}
    left = [task for task in problem.orders if task not in planned]
    if not explain:
        unassigned = tuple(Unassigned(task=task, reasons=_standing(problem, task, {})) for task in left)
        return _judged(problem, routes, unassigned, solution.engine, solution.seconds)
    standing = with_routes(replace(problem.problem, start=starts_of(known, problem)), solution)
    explainer = Explainer(problem, standing.start, solution.obstacles)
    said = _not_asked(solution, pool)
    reasons = (_standing(problem, task, said) if task in said else explainer.reasons(task) for task in left)
    unassigned = tuple(Unassigned(task=task, reasons=each) for task, each in zip(left, reasons, strict=True))
    judged = _judged(problem, routes, unassigned, solution.engine, solution.seconds)
    return replace(judged, late_reasons={task: explainer.late_reasons(task) for task in _late(judged, solution)}, obstacles=solution.obstacles)


def _late(judged: Judged, solution: Solution) -> list[TaskId]:
    """The late tasks that the engine said something of, and the latest few others: finding reasons takes its time."""
    late = sorted((-halt.late, halt.task) for line in judged.timelines.values() for halt in line.halts if halt.late)
    said = {each.task for each in solution.obstacles}
    return [task for _, task in late if task in said] + [task for _, task in late if task not in said][:LATE_SEARCHED]


def _not_asked(solution: Solution, pool: Iterable[Unassigned]) -> Mapping[TaskId, tuple[Sentence, ...]]:
    """Tasks that were in the pool with a reason, and that the solve was not about (one route planned anew): the reason stands."""
    about = set(solution.unplanned)
    return {each.task: each.reasons for each in pool if each.reasons and each.task not in about}


def asked_reasons(problem: DayProblem, judged: Judged, task: TaskId, most: int | None) -> tuple[Sentence, ...]:
    """`planning.why_not`."""
    explainer = Explainer(problem, starts_of(judged.routes, problem), judged.obstacles)
    planned = any(task in route.tasks for route in judged.routes) and task in problem.terms
    return explainer.late_reasons(task, most) if planned else explainer.reasons(task, most)


def judged_plan(problem: DayProblem, plan: Plan | None) -> Judged:
    """`planning.current`."""
    routes, left = _standing_routes(problem, plan)
    known = {each.task: each.reasons for each in plan.unassigned} if plan is not None else {}
    unassigned = tuple(Unassigned(task=task, reasons=_standing(problem, task, known)) for task in left)
    return _judged(problem, routes, unassigned, "", 0.0)


def totals_of(problem: DayProblem, plan: Plan | None) -> Totals:
    """The totals of `judged_plan`, without seeking reasons, which takes by far the most of its time."""
    routes, left = _standing_routes(problem, plan)
    return _judged(problem, routes, tuple(Unassigned(task=task) for task in left), "", 0.0).totals


def _standing_routes(problem: DayProblem, plan: Plan | None) -> tuple[tuple[Route, ...], list[TaskId]]:
    """A route for every shift as the plan has it, and the orders in none."""
    routes = _with_every_shift(problem, plan.routes if plan is not None else ())
    planned = {task for route in routes for task in route.tasks}
    return routes, [task for task in problem.orders if task not in planned]


def _standing(problem: DayProblem, task: TaskId, known: Mapping[TaskId, tuple[Sentence, ...]]) -> tuple[Sentence, ...]:
    """Why a task is in the pool of the plan as it stands: what holds now, else what was said when it was left out."""
    terms = problem.terms.get(task)
    if terms is None:
        return problem.left_out.get(task) or (Sentence.of("planning.on_hold"),)
    return impossible(problem, terms) or known.get(task) or (Sentence.of("planning.not_planned_yet"),)


def _check_facts(problem: DayProblem, solution: Solution) -> None:
    """Raises BadAnswer where a solution names what does not exist, or serves a task twice."""
    seen: set[TaskId] = set()
    for route in solution.routes:
        if route.shift not in problem.shifts:
            raise BadAnswer("planning.answer_unknown_shift", shift=route.shift)
        for step in route.steps:
            if step.task not in problem.terms:
                raise BadAnswer("planning.answer_unknown_task", task=step.task)
            if step.task in seen:
                raise BadAnswer("planning.answer_task_twice", task=step.task)
            seen.add(step.task)


def _routes(problem: DayProblem, solved: Iterable[RoutePlan], known: tuple[Route, ...]) -> tuple[Route, ...]:
    """A route for every shift, with the ids that the known routes gave to the same shift and the same stops."""
    steps = {route.shift: route.steps for route in solved}
    old = {stop.tasks: stop for route in known for stop in route.stops}
    first = {tasks[0]: tasks for tasks in old if tasks}
    routes = _with_every_shift(problem, known)
    return tuple(replace(route, stops=_stops(steps.get(route.shift, ()), old, first)) for route in routes)


def stops_of(steps: Sequence[Step], known: Iterable[Stop]) -> tuple[Stop, ...]:
    """The steps as stops: those that are known as they are, the others as stops of their own."""
    old = {stop.tasks: stop for stop in known}
    return _stops(steps, old, {tasks[0]: tasks for tasks in old if tasks})


def _stops(steps: Sequence[Step], old: Mapping[tuple[TaskId, ...], Stop], first: Mapping[TaskId, tuple[TaskId, ...]]) -> tuple[Stop, ...]:
    stops: list[Stop] = []
    at = 0
    while at < len(steps):
        group = first.get(steps[at].task, ())
        same = group and tuple(step.task for step in steps[at : at + len(group)]) == group and not any(s.reload_before for s in steps[at + 1 : at + len(group)])
        if same:
            stops.append(replace(old[group], reload_before=steps[at].reload_before))
            at += len(group)
        else:
            stops.append(Stop(id=StopId(new_id("stp")), tasks=(steps[at].task,), reload_before=steps[at].reload_before))
            at += 1
    return tuple(stops)


def _with_every_shift(problem: DayProblem, routes: Iterable[Route]) -> tuple[Route, ...]:
    """The routes of shifts that exist, in the order of the shifts, and an empty route for each shift that has none."""
    known = {route.shift: route for route in routes}
    return tuple(known.get(shift) or Route(id=RouteId(new_id("rte")), shift=shift) for shift in problem.shifts)


def _judged(problem: DayProblem, routes: tuple[Route, ...], unassigned: tuple[Unassigned, ...], engine: str, seconds: float) -> Judged:
    found = {route.id: timeline_of(problem, route.shift, steps_of(route, problem)) for route in routes}
    return Judged(
        routes=routes,
        unassigned=unassigned,
        timelines=found,
        totals=totals(problem, found.values(), unassigned),
        engine=engine,
        seconds=seconds,
        source=problem.source,
    )


def totals(problem: DayProblem, found: Iterable[Timeline], unassigned: Sequence[Unassigned]) -> Totals:
    """A plan in numbers. Orders that cannot be planned at all count as unplanned but cost nothing."""
    used = [each for each in found if each.halts]
    late = [halt.late for each in used for halt in each.halts if halt.late]
    return Totals(
        meters=Meters(sum(each.meters for each in used)),
        duration=Millis(sum(each.duration for each in used)),
        travel_cost=Cost(sum(each.travel_cost for each in used)),
        late_cost=Cost(sum(each.late_cost for each in used)),
        unplanned_cost=Cost(sum(problem.terms[each.task].unplanned_price for each in unassigned if each.task in problem.terms)),
        planned=sum(len(each.halts) for each in used),
        unplanned=len(unassigned),
        late=len(late),
        late_time=Millis(sum(late)),
        vehicles=len(used),
        violations=sum(len(each.violations) for each in used),
    )


def proposed(day: Day, judged: Judged, before: Totals) -> Proposal:
    """`planning.proposal`."""
    plan = day.plan
    return Proposal(
        plan=plan.id if plan is not None else PlanId(new_id("pln")),
        depot=day.depot.id,
        day=day.day,
        based_on=plan.version if plan is not None else 0,
        judged=judged,
        before=before,
        moves=moves(plan.routes if plan is not None else (), judged.routes),
    )


def moves(before: Iterable[Route], after: Iterable[Route]) -> tuple[Move, ...]:
    """What changes route, and within a route the fewest tasks whose place in the order changed (all but a longest run that keeps its order)."""
    was, now = _positions(before), _positions(after)
    kept = _keep_order(was, now)
    found = []
    for task in [*now, *(task for task in was if task not in now)]:
        from_route, from_position = was.get(task, (None, None))
        to_route, to_position = now.get(task, (None, None))
        if from_route != to_route or task not in kept:
            found.append(Move(task=task, from_route=from_route, from_position=from_position, to_route=to_route, to_position=to_position))
    return tuple(found)


def _positions(routes: Iterable[Route]) -> dict[TaskId, tuple[RouteId | None, int | None]]:
    return {task: (route.id, position) for route in routes for position, task in enumerate(route.tasks)}


def _keep_order(was: Mapping[TaskId, tuple[RouteId | None, int | None]], now: Mapping[TaskId, tuple[RouteId | None, int | None]]) -> set[TaskId]:
    """The tasks that stay in their route and belong to its longest run in the old order."""
    rows: dict[RouteId, list[tuple[int, TaskId]]] = {}
    for task, (route, position) in now.items():
        old_route, old_position = was.get(task, (None, None))
        if route is not None and route == old_route and position is not None and old_position is not None:
            rows.setdefault(route, []).append((old_position, task))
    return {task for row in rows.values() for task in _longest_run(row)}


def _longest_run(row: list[tuple[int, TaskId]]) -> list[TaskId]:
    """A longest increasing subsequence by patience sorting (Fredman, Discrete Mathematics 11, 1975)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (position, _) in enumerate(row):
        pile = bisect_left(tails, position)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tails):
            tails.append(position)
            ends.append(index)
        else:
            tails[pile], ends[pile] = position, index
    run: list[TaskId] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(row[at][1])
        at = before[at]
    return run
