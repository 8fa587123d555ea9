"""The made-up city: the same for the same seed, about as large as wished, and a whole area."""

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from app.domain.geo import Place
from app.routing.areas import LocalAreas
from app.routing.bench_places import found_again
from app.routing.made_city import junctions, make_plan
from app.routing.made_extract import CENTER, make_extract
from app.routing.made_names import Names
from app.services.ports.travel import silent


def test_the_same_seed_gives_the_same_bytes_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        make_extract(tmp_path / f"{name}.osm.pbf", 300, seed, CENTER, silent)
    a, b, c = ((tmp_path / f"{name}.osm.pbf").read_bytes() for name in "abc")
    assert a == b
    assert a != c
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.osm.pbf", "b.osm.pbf", "c.osm.pbf"]


@pytest.mark.parametrize("nodes", [100, 1_000, 20_000])
def test_the_wished_number_of_junctions_is_met(nodes: int) -> None:
    assert junctions(make_plan(nodes, np.random.default_rng(3))) == pytest.approx(nodes, rel=0.1)


def test_everybody_reaches_everybody() -> None:
    plan = make_plan(2_000, np.random.default_rng(3))
    there, back = plan.oneway >= 0, plan.oneway <= 0
    tails, heads = np.concatenate((plan.a[there], plan.b[back])), np.concatenate((plan.b[there], plan.a[back]))
    used, numbers = np.unique(np.concatenate((tails, heads)), return_inverse=True)
    graph = coo_matrix((np.ones(len(tails)), (numbers[: len(tails)], numbers[len(tails) :])), shape=(len(used), len(used)))
    assert connected_components(graph.tocsr(), directed=True, connection="strong")[0] == 1
    assert plan.bridge.any()
    assert (plan.oneway != 0).any()


def test_no_name_comes_twice() -> None:
    names = Names(np.random.default_rng(1))
    given = [names.street("residential") for _ in range(20_000)]
    assert len(set(given)) == len(given)


def test_a_city_is_a_whole_area(tmp_path: Path) -> None:
    out = tmp_path / "city.osm.pbf"
    houses = make_extract(out, 600, 3, Place(-33.0, 30.0), silent)
    areas = LocalAreas(tmp_path / "areas", tmp_path / "cache")
    area = areas.build(str(out))
    assert area.nodes == pytest.approx(600, rel=0.15)
    assert area.addresses == pytest.approx(houses, rel=0.01)
    assert area.bounds.holds(Place(-33.0, 30.0))
    share, misses = found_again(out, areas.geocoder("city"))
    assert share == 1.0, misses
