"""The checker of plans finds every rule broken that can be broken, and nothing in a sound plan."""

from pathlib import Path

import pytest

from app.optimiser.benches.check import check
from app.optimiser.benches.instance import LOADS, Plan, Route
from tests.optimiser.instances import driven, toy

SOUND = driven([3, 1, 2, 5], [4], [9, 10, 7, 8, 6])


def broken(folder: Path, name: str, plan: Plan) -> str:
    """What is broken, in one line."""
    return "; ".join(check(toy(folder, name), plan).broken)


def test_a_sound_plan_costs_the_sum_of_its_legs(tmp_path: Path) -> None:
    verdict = check(toy(tmp_path, "toy1.txt"), SOUND)
    assert verdict.broken == ()
    # 0-3-1-2-5-0: 1.4 + 3.6 + 5 + 12 + 10; 0-4-0: 5 + 5; 0-9-10-7-8-6-0: 10 + 2.2 + 16.2 + 2.2 + 4.1 + 10
    assert verdict.cost == pytest.approx(32.0 + 10.0 + 44.7)
    assert verdict.vehicles == 3


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (driven([3, 1, 2, 5], [4], [9, 10, 7, 8]), "client 6 is not served"),
        (driven([3, 1, 2, 5], [4, 5], [9, 10, 7, 8, 6]), "client 5 is served 2 times"),
        (driven([3, 1, 2, 5, 11], [4], [9, 10, 7, 8, 6]), "no client has the number 11"),
        (driven([3, 1, 2], [5], [4], [9, 10, 7, 8, 6]), "fleet 0: 4 vehicles of 3"),
        ((Route(1, (3, 1, 2, 5)), *driven([4], [9, 10, 7, 8, 6])), "there is no fleet 1"),
        (driven([3, 1, 2, 5, 4], [9, 10, 7, 8, 6]), "route 1: 60 on board, more than 50"),
        (driven([1, 2, 5, 4], [6, 3], [9, 10, 7, 8]), "route 2: client 3 at 1190, after 1000"),
        (driven([3, LOADS, 1, 2, 5], [4], [9, 10, 7, 8, 6]), "route 1: loads again, which it may not"),
    ],
)
def test_what_is_tampered_with_is_found(tmp_path: Path, plan: Plan, said: str) -> None:
    assert broken(tmp_path, "toy1.txt", plan) == said


def test_the_vehicle_must_be_home_in_time(tmp_path: Path) -> None:
    file = toy(tmp_path, "toy-road.txt").file
    file.write_text(file.read_text("utf-8").replace("1 0 100", "1 0 20"), "utf-8")
    from app.optimiser.benches.reading import read

    assert check(read(file), driven([1, 2])).broken == ("route 1: depot at 21, after 20",)


def test_pairs_stay_together_and_in_order(tmp_path: Path) -> None:
    assert broken(tmp_path, "ltoy1.txt", driven([1, 2, 3, 4])) == ""
    assert broken(tmp_path, "ltoy1.txt", driven([2, 1], [3, 4])) == "route 1: client 2 before 1, or without"
    assert broken(tmp_path, "ltoy1.txt", driven([1, 4], [3, 2])) == "route 1: client 4 before 3, or without; route 2: client 2 before 1, or without"
    assert broken(tmp_path, "ltoy1.txt", driven([1, 3, 2, 4])) == "route 1: 25 on board, more than 20"


def test_no_trip_leaves_before_its_goods_are_there(tmp_path: Path) -> None:
    """Client 2's goods are released at 20; the way there takes 2, its window ends at 90."""
    assert broken(tmp_path, "toy-trips.vrp", driven([3, LOADS, 2, LOADS, 1])) == ""
    assert broken(tmp_path, "toy-trips.vrp", driven([3, 1, LOADS, 2])) == ""
    assert broken(tmp_path, "toy-trips.vrp", driven([3, 1, 2])) == "route 1: 16 on board, more than 10"
    file = toy(tmp_path, "toy-trips.vrp").file
    file.write_text(file.read_text("utf-8").replace("3\t0\t90", "3\t0\t21"), "utf-8")
    from app.optimiser.benches.reading import read

    assert check(read(file), driven([3, LOADS, 2, LOADS, 1])).broken == ("route 1: client 2 at 220, after 210",)


def test_backhauls_come_last_and_never_alone(tmp_path: Path) -> None:
    assert broken(tmp_path, "toy-back.vrp", driven([1, 2, 3])) == ""
    assert broken(tmp_path, "toy-back.vrp", driven([1, 3, 2])) == "route 1: 11 on board, more than 10; route 1: backhauls before linehauls"
    assert broken(tmp_path, "toy-back.vrp", driven([1, 2], [3])) == "route 2: backhauls alone"


def test_a_route_lasts_from_its_latest_leaving(tmp_path: Path) -> None:
    """Client 2 opens at 50: waiting there counts only where leaving later would be too late elsewhere. Out and back 3, service 2."""
    assert check(toy(tmp_path, "toy-depots.vrp"), (Route(0, (2,)), Route(1, (3,)))).broken == ()
    # from depot 1: 1 to client 3, 2 of service, 7.5 to client 2; leaving 21 s late at most, since client 3 closes at 60
    together = check(toy(tmp_path, "toy-depots.vrp"), (Route(1, (3, 2)),))
    assert together.broken == ("route 1: lasts 21000, more than 20000",)


def test_a_prize_left_is_paid(tmp_path: Path) -> None:
    both, near = (check(toy(tmp_path, "toy-prizes.vrp"), driven(route)) for route in ([1, 2], [1]))
    assert (both.cost, near.cost) == (1_000, 40 + 70)


def test_each_vehicle_costs_what_its_fleet_asks(tmp_path: Path) -> None:
    """One for 20 does both: 300 and 60 a unit of 5 + √13 + 2; listed without the hundredfold and the thousandfold."""
    verdict = check(toy(tmp_path, "toy-FSM.vrp"), (Route(1, (1, 2)),))
    assert verdict.cost == pytest.approx((300_000 + 60 * (5_000 + 3_606 + 2_000)) / 100_000)
