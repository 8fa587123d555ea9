"""Figures of the roads as ratios, over the real extracts that DOORSTEP_AREAS names."""

import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import pytest

from app.domain.geo import Place
from app.domain.ids import ClosureId
from app.domain.roads import Closure, Profile
from app.routing.contraction import DijkstraHierarchy
from app.routing.matrices import matrix
from app.routing.metrics import Band, routable
from app.routing.roads import RoadTravel, build_roads
from app.routing.speeds import MIDDAY
from app.services.ports.travel import silent

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def heidelberg(area_extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> RoadTravel:
    """The roads of Heidelberg."""
    folder = tmp_path_factory.mktemp("heidelberg")
    build_roads(area_extracts / "heidelberg.osm.pbf", folder, silent)
    return RoadTravel(folder)


def random_places(travel: RoadTravel, count: int) -> list[Place]:
    """Points on public roads."""
    roads = travel._roads(Profile.VAN)
    assert roads is not None
    dice, network = Random(7), roads.network
    edges = np.flatnonzero(roads.public).tolist()
    at = [int(network.geo_start[network.edge_geo[edge]]) for edge in dice.sample(edges, count)]
    return [Place(float(network.geo_lat[nth]), float(network.geo_lon[nth])) for nth in at]


def took(work: Callable[[], object]) -> float:
    """Seconds of the quicker of two runs."""
    times = []
    for _ in range(2):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def test_the_hierarchy_is_many_times_quicker_than_dijkstra(heidelberg: RoadTravel) -> None:
    """200 x 200 with turn costs and metres, and the same numbers."""
    places = random_places(heidelberg, 200)
    ready = heidelberg._band(Profile.VAN, MIDDAY, ())
    assert ready is not None
    network, snapped = ready.roads.network, ready.roads.snapper.snap(places)
    plain = Band(routable(network, Profile.VAN, drives_left=False, hierarchy=DijkstraHierarchy(network.edges, network.arc_from, network.arc_to)), MIDDAY)
    began = time.perf_counter()
    theirs, _ = matrix(plain, snapped[:10], snapped, silent)
    slow = (time.perf_counter() - began) * 20
    quick = took(lambda: matrix(ready, snapped, snapped, silent))
    assert (matrix(ready, snapped[:10], snapped, silent)[0] == theirs).all()
    assert slow / quick > 5


def test_a_closure_costs_little_more_than_the_table_itself(heidelberg: RoadTravel) -> None:
    """Drawing it and every leg anew: under three times the table without it."""
    places = random_places(heidelberg, 200)
    nth = iter(range(100))

    def closed() -> None:
        at = places[next(nth)]
        line = Place(at.lat - 0.0004, at.lon - 0.0004), Place(at.lat + 0.0004, at.lon + 0.0004)
        heidelberg.matrix(places, places, Profile.VAN, MIDDAY, (Closure(id=ClosureId("c"), points=line),))

    plain = took(lambda: heidelberg.matrix(places, places, Profile.VAN, MIDDAY))
    assert took(closed) / plain < 3
