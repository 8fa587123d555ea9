"""The engine beside its peers as ratios, over the instances that DOORSTEP_VRP names; each engine has the same processor time in the same run."""

from pathlib import Path

import pytest

from app.optimiser.benches.check import check
from app.optimiser.benches.race import Order, race
from app.optimiser.benches.reading import known, read

pytestmark = pytest.mark.bench


def gap(file: Path, engine: str, *, seconds: float, threads: int = 1) -> float:
    """Percent over the best known cost. The plan must be sound."""
    outcome = race(Order(file=file, engine=engine, seconds=seconds, threads=threads, clock="cpu"))
    instance = read(file)
    listed = known(instance)
    assert outcome.plan is not None, outcome.error
    assert listed is not None
    verdict = check(instance, outcome.plan)
    assert verdict.broken == ()
    return 100 * (verdict.cost - listed.cost) / listed.cost


@pytest.mark.parametrize("name", ["homberger_200/R1_2_1.txt", "homberger_200/RC1_2_3.txt", "homberger_400/R1_4_3.txt"])
def test_within_a_second_the_engine_is_no_farther_from_the_best_than_its_peers(vrp_instances: Path, name: str) -> None:
    file = vrp_instances / name
    own = gap(file, "core", seconds=1.0)
    assert own <= gap(file, "pyvrp", seconds=1.0)
    assert own <= gap(file, "ortools", seconds=1.0) / 2


def test_pairs_too(vrp_instances: Path) -> None:
    """As few vehicles, and no more distance than OR-Tools drives."""
    file = vrp_instances / "li_lim_200" / "lr1_2_1.txt"
    found = {engine: race(Order(file=file, engine=engine, seconds=2.0, clock="cpu")) for engine in ("core", "ortools")}
    instance = read(file)
    own, other = (check(instance, outcome.plan or ()) for outcome in found.values())
    assert own.broken == ()
    assert (own.vehicles, own.cost) <= (other.vehicles, other.cost) or not other.sound
