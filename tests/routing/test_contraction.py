"""The hierarchy, the fallback and the table over them: equal numbers on random graphs, with and without changed weights."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.ids import ClosureId
from app.domain.roads import UNREACHABLE, Closure, Profile
from app.routing import matrices
from app.routing.contraction import NEVER, DijkstraHierarchy, contraction_order, prepare
from app.routing.matrices import find_way
from app.routing.metrics import Band, routable
from app.routing.roads import RoadTravel
from app.routing.snapping import Snapped
from app.routing.speeds import MIDDAY, Mode
from app.services.ports.travel import silent
from tests.routing.town import Rule, Street, a_town, at, street


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, int]], list[tuple[int, int]]]:
    """Nodes, weighted arcs (parallel ones and loops too), and changes of weight."""
    nodes = draw(st.integers(2, 9))
    node = st.integers(0, nodes - 1)
    weight = st.one_of(st.integers(0, 60), st.just(NEVER))
    arcs = draw(st.lists(st.tuples(node, node, weight), min_size=1, max_size=24))
    changes = draw(st.lists(st.tuples(st.integers(0, len(arcs) - 1), weight), max_size=5, unique_by=lambda change: change[0]))
    return nodes, arcs, changes


@given(graphs())
@settings(max_examples=80, deadline=None)
def test_the_hierarchy_equals_dijkstra_before_and_after_changes(drawn: tuple[int, list[tuple[int, int, int]], list[tuple[int, int]]]) -> None:
    """Lengths from labels of two nodes to all nodes, and the length of the path that is named."""
    nodes, arcs, changes = drawn
    tail, head, weight = (np.array(column) for column in zip(*arcs, strict=True))
    tail, head = tail.astype(np.int32), head.astype(np.int32)
    order = contraction_order(nodes, tail, head, np.arange(nodes) * 0.01, np.arange(nodes) % 3 * 0.01)
    metrics = [hierarchy.metric(weight.astype(np.int64)) for hierarchy in (prepare(order, tail, head), DijkstraHierarchy(nodes, tail, head))]
    sources, targets = [[(0, 5), (nodes - 1, 0)], [(1, 0)]], np.arange(nodes)
    for change in (False, True):
        if change and changes:
            for metric in metrics:
                metric.update(np.array([arc for arc, _ in changes]), np.array([new for _, new in changes]))
        one, two = (np.array(list(metric.lengths(sources, targets))) for metric in metrics)
        assert (one == two).all()
        for target in range(nodes):
            paths = [metric.path(sources[0], target) for metric in metrics]
            assert [bool(path) for path in paths] == [one[0][target] < NEVER] * 2


def random_town(folder: Path, seed: int, *, wide: int = 5) -> RoadTravel:
    """A grid of streets 100 m apart with random one-ways, speeds, gaps and forbidden turns."""
    dice = Random(seed)
    names = [chr(65 + nth) for nth in range(wide * wide)]
    corners = {name: (nth % wide * 100.0 + dice.uniform(-20, 20), nth // wide * 100.0 + dice.uniform(-20, 20)) for nth, name in enumerate(names)}
    pairs = [(nth, nth + 1) for nth in range(wide * wide) if nth % wide < wide - 1] + [(nth, nth + wide) for nth in range(wide * (wide - 1))]
    streets: list[Street] = []
    for one, two in pairs:
        if dice.random() < 0.9:
            tags = {"oneway": dice.choice(["yes", "no", "no"]), "maxspeed": str(dice.choice([20, 30, 45, 60]))}
            streets.append(street(names[one] + names[two], **tags, **({"access": "private"} if dice.random() < 0.1 else {})))
    touching = [(a, b, name) for a, one in enumerate(streets, 1) for b, two in enumerate(streets, 1) if a != b for name in set(one.corners) & set(two.corners)]
    rules = [Rule(dice.choice(["no_left_turn", "only_right_turn"]), a, name, b, {}) for a, b, name in dice.sample(touching, 6)]
    return a_town(folder, corners, streets, rules)


@pytest.mark.parametrize("seed", [1, 2, 3, 5])
def test_a_table_equals_dijkstra_with_and_without_closures_and_agrees_with_its_ways(tmp_path: Path, seed: int) -> None:
    """24 points on a random town, one street closed and one slow: milliseconds equal to an independent engine's, metres within those of ways that are
    as quick within a tenth of a second."""
    town = random_town(tmp_path / "town", seed)
    dice = Random(seed)
    places = [at(dice.uniform(-10, 410), dice.uniform(-10, 410)) for _ in range(24)]
    closures = (
        Closure(id=ClosureId("a"), points=(at(150, 120), at(150, 190))),
        Closure(id=ClosureId("b"), points=(at(220, 250), at(290, 250), at(290, 280)), factor=3.0),
    )
    roads = town._roads(Profile.VAN)
    assert roads is not None
    plain = DijkstraHierarchy(roads.network.edges, roads.network.arc_from, roads.network.arc_to)
    oracle = Band(routable(roads.network, Profile.VAN, drives_left=False, hierarchy=plain), MIDDAY)
    for held in ((), closures, ()):
        ours, meters = town.matrix(places, places, Profile.VAN, MIDDAY, held)
        band = town._band(Profile.VAN, MIDDAY, held)
        assert band is not None
        oracle.block(band.blocks)
        snapped = roads.snapper.snap(places)
        theirs, _ = matrices.matrix(oracle, snapped, snapped, silent)
        theirs[np.arange(24), np.arange(24)] = 0
        assert (ours == theirs).all()
        _check_ways(band, snapped, ours, meters)


def _check_ways(band: Band, snapped: list[Snapped], ms: matrices.Matrix, meters: matrices.Matrix) -> None:
    for row, start in enumerate(snapped):
        for column, end in enumerate(snapped):
            way = find_way(band, start, end) if row != column else None
            if way is not None and way.ms > 0:
                assert ms[row, column] == way.ms
                assert abs(meters[row, column] - way.meters) <= max(1, 0.02 * way.meters)
            elif row != column and way is None:
                assert ms[row, column] == UNREACHABLE


def test_closures_leave_nothing_behind(tmp_path: Path) -> None:
    """Ten closures after each other, then none: the table of the beginning."""
    town = random_town(tmp_path / "town", 3)
    dice = Random(3)
    places = [at(dice.uniform(0, 400), dice.uniform(0, 400)) for _ in range(12)]
    before = town.matrix(places, places, Profile.VAN, MIDDAY)
    for nth in range(10):
        x, y = dice.uniform(0, 400), dice.uniform(0, 400)
        town.matrix(
            places, places, Profile.VAN, MIDDAY, (Closure(id=ClosureId(str(nth)), points=(at(x, y), at(x + 60, y + 60)), factor=dice.choice([None, 2.0])),)
        )
    after = town.matrix(places, places, Profile.VAN, MIDDAY)
    assert (before[0] == after[0]).all()
    assert (before[1] == after[1]).all()


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_triangles_hold_at_a_stop(tmp_path: Path, seed: int) -> None:
    """Going over a third place never beats the direct way, except for turning round at the stop itself: within one U-turn and its turn costs."""
    town = random_town(tmp_path / "town", seed % 7, wide=4)
    dice = Random(seed)
    places = [at(dice.uniform(0, 300), dice.uniform(0, 300)) for _ in range(3)]
    ms, _ = town.matrix(places, places, Profile.WALKER, MIDDAY)
    if (ms >= 0).all():
        assert ms[0, 2] <= ms[0, 1] + ms[1, 2] + 3


def test_the_modes_are_apart(tmp_path: Path) -> None:
    """Every mode has its own network."""
    town = random_town(tmp_path / "town", 1)
    networks = {mode: town._networks[mode][0].edges for mode in Mode if town._roads(next(p for p, m in _modes().items() if m is mode)) is not None}
    assert len(networks) == 3


def _modes() -> dict[Profile, Mode]:
    return {Profile.VAN: Mode.MOTOR, Profile.CARGO_BIKE: Mode.BIKE, Profile.WALKER: Mode.FOOT}
