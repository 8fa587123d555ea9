"""Instance files are read in the conventions of their sets, and put into the planner's language without a change of meaning."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings

from app.domain.errors import Malformed, NotFound
from app.domain.ids import ShiftId, TaskId
from app.domain.roads import Profile
from app.domain.schedule import Step, Timeline, ViolationKind, timeline
from app.optimiser.benches.check import check
from app.optimiser.benches.instance import LOADS, NO_ROAD, Instance, Plan, Route, Sort
from app.optimiser.benches.problem_of import plan_of, problem_of
from app.optimiser.benches.reading import find, known, read, sort_of
from app.services.problem import Problem, RoutePlan, Solution
from tests.optimiser.instances import SOLOMON, TOYS, cases, driven, toy, written


def test_solomon_counts_in_tenths_cut_off(tmp_path: Path) -> None:
    instance = toy(tmp_path, "toy1.txt")
    assert (instance.size, instance.depots, instance.vehicles, instance.fleets[0].capacity) == (11, 1, 3, 50)
    assert (instance.leg(0, 3), instance.leg(0, 1), instance.leg(8, 0)) == (14, 50, 140)  # 1.414…, 5, 14.035…
    assert (instance.clients[2].opens, instance.clients[2].closes, instance.clients[2].service) == (500, 1_000, 100)


def test_li_lim_keeps_pairs_and_counts_unrounded(tmp_path: Path) -> None:
    instance = toy(tmp_path, "ltoy1.txt")
    assert [(client.pickup, client.demand) for client in instance.clients] == [(None, 10), (1, -10), (None, 15), (3, -15)]
    assert instance.leg(0, 4) == 1_415  # 1.41421… in thousandths, up
    assert check(instance, driven([1, 2], [3, 4])).cost == pytest.approx(5 + 5 + 10 + 5 + 17**0.5 + 2**0.5)


def test_a_matrix_is_taken_as_it_is_and_needs_no_symmetry(tmp_path: Path) -> None:
    instance = toy(tmp_path, "toy-road.txt")
    assert list(instance.table()) == [0, 5, 9, 6, 0, 4, 8, 3, 0]
    assert check(instance, driven([1, 2])).cost == 5 + 4 + 8


def test_half_a_matrix_is_made_whole(tmp_path: Path) -> None:
    file = tmp_path / "half.vrp"
    file.write_text(TOYS["toy-road.txt"].replace("FULL_MATRIX", "LOWER_ROW").replace("0 5 9\n6 0 4\n8 3 0", "5\n9 4"), "utf-8")
    assert list(read(file).table()) == [0, 5, 9, 5, 0, 4, 9, 4, 0]


def test_each_rich_set_keeps_its_rules(tmp_path: Path) -> None:
    trips, back, depots, prizes, mixed = (toy(tmp_path, f"toy-{name}.vrp") for name in ("trips", "back", "depots", "prizes", "FSM"))
    assert trips.fleets[0].reloads
    assert [client.release for client in trips.clients] == [0, 200, 0]
    assert [(client.demand, client.backhaul) for client in back.clients] == [(6, 0), (4, 0), (0, 7)]
    assert [(fleet.depot, fleet.longest) for fleet in depots.fleets] == [(0, 20_000), (1, 20_000)]
    assert [client.prize for client in prizes.clients] == [300, 70]
    assert [(fleet.capacity, fleet.fixed, fleet.unit) for fleet in mixed.fleets] == [(6, 100_000, 50), (20, 300_000, 60)]


def test_a_fleet_of_any_size_is_cut_to_what_can_be_of_use(tmp_path: Path) -> None:
    """Ten pieces: of vehicles for 20, a second one only because of the bound's rounding."""
    assert [fleet.count for fleet in toy(tmp_path, "toy-FSM.vrp").fleets] == [3, 2]


def test_no_leg_leads_to_a_backhaul_too_early(tmp_path: Path) -> None:
    table = toy(tmp_path, "toy-back.vrp").table()
    closed = [divmod(index, 4) for index, leg in enumerate(table) if leg == NO_ROAD]
    assert closed == [(0, 3), (3, 1), (3, 2)]


@pytest.mark.parametrize("name", TOYS)
def test_the_whole_table_is_what_the_checker_works_out_leg_by_leg(tmp_path: Path, name: str) -> None:
    instance = toy(tmp_path, name)
    rows = range(instance.size)
    assert all(leg in (NO_ROAD, instance.leg(*divmod(index, instance.size))) for index, leg in enumerate(instance.table()))
    assert len(instance.table()) == len(rows) ** 2


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        ("toy1.txt", "    2      6", "    2      x", "benches.line"),
        ("toy1.txt", "  3         50", "", "benches.not_understood"),
        ("toy1.txt", "    5     -6", "    7     -6", "benches.not_understood"),
        ("ltoy1.txt", "\t3\t0\n", "\t9\t0\n", "benches.not_understood"),
        ("toy-road.txt", "8 3 0", "8 3", "benches.not_understood"),
        ("toy-road.txt", "8 3 0", "8 three 0", "benches.line"),
        ("toy-road.txt", "TYPE : VRPTW", "TYPE : TSP", "benches.not_understood"),
        ("toy-road.txt", "DIMENSION : 3", "DIMENSION : many", "benches.not_understood"),
        ("toy-road.txt", "3 0 50", "3 0", "benches.not_understood"),
        ("toy-depots.vrp", "1 1\n2 2\nDEPOT", "1 1\n2 3\nDEPOT", "benches.not_understood"),
        ("toy-depots.vrp", "DEPOT_SECTION\n1\n2\nEOF", "DEPOT_SECTION\n2\nEOF", "benches.not_understood"),
        ("toy-back.vrp", "4 0 4\nDEMAND", "4 0 nan\nDEMAND", "benches.line"),
        ("toy-back.vrp", "4 0 4\nDEMAND", "DEMAND", "benches.not_understood"),
    ],
)
def test_a_damaged_file_is_refused_with_its_place(tmp_path: Path, name: str, old: str, new: str, key: str) -> None:
    assert old in TOYS[name]
    file = tmp_path / name
    file.write_text(TOYS[name].replace(old, new), "utf-8")
    with pytest.raises(Malformed) as refused:
        read(file)
    assert refused.value.sentence.key == key


@pytest.mark.parametrize("damage", range(0, len(SOLOMON), 7))
def test_a_file_cut_short_is_read_or_refused_but_no_fault(tmp_path: Path, damage: int) -> None:
    for name in TOYS:
        file = tmp_path / name
        file.write_text(TOYS[name][:damage], "utf-8")
        with contextlib.suppress(Malformed):
            assert read(file).clients


# Finding -------------------------------------------------------------------------------------------------------------


def test_names_and_patterns_are_looked_up_among_the_sorts_of_the_bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "set").mkdir()
    files = {name: written(tmp_path / "set", name) for name in TOYS}
    monkeypatch.setenv("DOORSTEP_VRP", str(tmp_path))
    assert find(["toy1", "set/toy-*"], "vrptw") == [files["toy1.txt"], files["toy-road.txt"]]
    assert find(["*toy*"], "pdp") == [files["ltoy1.txt"]]
    assert [sort_of(file) for file in find(["toy*"], "rich")] == ["HFVRP", "VRPB", "MDVRPTW", "PCVRPTW", "MTVRPTWR"]


def test_a_path_needs_no_folder_and_a_name_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOORSTEP_VRP", raising=False)
    file = written(tmp_path, "toy1.txt")
    assert find([str(file)], "vrptw") == [file]
    with pytest.raises(NotFound, match="no_folder"):
        find(["toy1"], "vrptw")


def test_a_name_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "toy1.txt")
    monkeypatch.setenv("DOORSTEP_VRP", str(tmp_path))
    with pytest.raises(NotFound, match="not_found"):
        find(["toy1"], "rich")


def test_what_the_literature_lists_is_found_in_the_index(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "index.csv").write_text("family,name,n,best_known,routes\nother,toy1,10,1,1\nset,toy1,10,81.5,2\nset,ltoy1,4,9,\n", "utf-8")
    found = known(toy(tmp_path / "set", "toy1.txt"))
    assert found is not None
    assert (found.cost, found.vehicles) == (81.5, 2)
    lacking = known(toy(tmp_path / "set", "ltoy1.txt"))
    assert lacking is not None
    assert lacking.vehicles is None
    assert known(toy(tmp_path / "set", "toy-road.txt")) is None


def test_published_plans_cost_what_is_published(vrp_instances: Path) -> None:
    """Our reading and the checker agree with every solution file beside an instance whose vehicles are alike."""
    compared = 0
    for file in sorted(vrp_instances.glob("*/*.sol")):
        instance = read(next(found for ending in (".txt", ".vrp") if (found := file.with_suffix(ending)).is_file()))
        if len(instance.fleets) > 1:
            continue
        lines = file.read_text("utf-8").splitlines()
        plan = driven(*([int(word) for word in line.partition(":")[2].split()] for line in lines if line.startswith("Route")))
        verdict, listed = check(instance, tuple(route for route in plan if route.stops)), known(instance)
        assert listed is not None
        assert verdict.broken == ()
        assert verdict.cost == pytest.approx(listed.cost, abs=1e-6), instance.name
        compared += 1
    assert compared >= 20


# The planner's language ----------------------------------------------------------------------------------------------


def steps_of(instance: Instance, route: Route) -> tuple[Step, ...]:
    """A route in the planner's language: first of each trip the pick-ups of what waited for its release."""
    waits = {client.row for client in instance.clients if client.release}
    trips: list[list[int]] = [[]]
    for stop in route.stops:
        if stop == LOADS:
            trips.append([])
        else:
            trips[-1].append(stop)
    steps: list[Step] = []
    for number, trip in enumerate(trips):
        tasks = [f"p{stop}" for stop in trip if stop in waits] + [f"c{stop}" for stop in trip]
        steps += [Step(TaskId(task), number > 0 and index == 0) for index, task in enumerate(tasks)]
    return tuple(steps)


def told(problem: Problem, instance: Instance, plan: Plan) -> tuple[list[Timeline], int]:
    """The schedule's judgement of each route, and what is left out costs."""
    shifts, tasks = {shift.id: shift for shift in problem.shifts}, {task.id: task for task in problem.tasks}
    lines, used = [], dict.fromkeys(range(len(instance.fleets)), 0)
    planned: set[TaskId] = set()
    for route in plan:
        shift = shifts[ShiftId(f"v{route.fleet}-{used[route.fleet]}")]
        used[route.fleet] += 1
        steps = steps_of(instance, route)
        planned |= {step.task for step in steps}
        lines.append(timeline(shift, steps, tasks, problem.travel[Profile.VAN]))
    return lines, sum(task.unplanned_price for task in problem.tasks if task.id not in planned)


SAID = {ViolationKind.LATE: ": client", ViolationKind.SHIFT: ": depot", ViolationKind.LOAD: "on board", ViolationKind.DURATION: "lasts"}
"""Words of the checker for what the schedule calls a violation."""


@settings(max_examples=300)
@given(cases())
def test_the_planner_says_of_any_plan_what_the_checker_says(case: tuple[Instance, Plan]) -> None:
    instance, plan = case
    lines, left = told(problem_of(instance), instance, plan)
    verdict = check(instance, plan)
    assert verdict.sound == (not any(line.violations for line in lines)), (verdict.broken, [line.violations for line in lines])
    if instance.sort is not Sort.VRPB or verdict.sound:  # a leg that is no road has no length
        kinds = {violation.kind for line in lines for violation in line.violations}
        assert verdict.cost == sum(line.cost for line in lines) + left
        late = kinds & {ViolationKind.LATE, ViolationKind.SHIFT}  # how long a late route would last is nobody's question
        asked = {kind: words for kind, words in SAID.items() if not late or kind is not ViolationKind.DURATION}
        if instance.sort is Sort.MTVRPTWR and ViolationKind.SHIFT in kinds:
            del asked[ViolationKind.LATE]  # who comes back too late to load is late for the loading too, which the planner's language knows as a task
        assert [kind for kind, words in asked.items() if any(words in said for said in verdict.broken)] == [kind for kind in asked if kind in kinds]


@given(cases())
def test_a_plan_comes_back_from_the_planners_language_as_it_went(case: tuple[Instance, Plan]) -> None:
    instance, plan = case
    used = dict.fromkeys(range(len(instance.fleets)), 0)
    routes = []
    for route in plan:
        routes.append(RoutePlan(shift=ShiftId(f"v{route.fleet}-{used[route.fleet]}"), steps=steps_of(instance, route)))
        used[route.fleet] += 1
    assert plan_of(Solution(routes=tuple(routes))) == plan
