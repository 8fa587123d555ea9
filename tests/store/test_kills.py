"""The power of a commit: a process that is killed at any moment loses nothing that it said was done, and leaves nothing half done."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from app.domain.plans import Plan
from app.store import verify
from tests.builders import a_plan, a_route, an_order
from tests.desk import Desk

KILLS = 20


def work(path: Path, run: int, told: int) -> None:
    """Does commands without end: two orders and their places in the plan at a time, and says each one when it is done."""
    desk = Desk(path)
    for number in range(10_000):
        pair = (an_order(f"{run}-{number}-a"), an_order(f"{run}-{number}-b"))
        plan = desk.day().plan or a_plan(a_route(1))
        stops = plan.routes[0].stops
        desk.put(*pair, with_stops(plan, *stops, *a_route(1, pair).stops), title=f"{run}-{number}")
        os.write(told, f"{run}-{number}\n".encode())


def with_stops(plan: Plan, *stops: object) -> Plan:
    """The plan with these stops on its one route."""
    return a_plan(a_route(1, stops), version=plan.version)  # type: ignore[arg-type]


def killed_while_working(path: Path, run: int, after_s: float) -> list[str]:
    """What a process said was done before it was killed."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(path, run, theirs)
        finally:
            os._exit(1)
    os.close(theirs)
    first = os.read(ours, 65_536)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = first
    while more := os.read(ours, 65_536):
        said += more
    os.close(ours)
    return said.decode().splitlines()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_random_moments_nothing_said_is_lost_and_nothing_half_done(tmp_path: Path) -> None:
    path = tmp_path / "doorstep.db"
    desk = Desk(path)
    desk.fleet(1)
    desk.store.close()
    dice = random.Random(11)
    said: list[str] = []
    for run in range(KILLS):
        said += killed_while_working(path, run, dice.uniform(0.0, 0.12))
    assert verify(path) == ()
    desk.open()
    day = desk.day()
    desk.store.close()
    assert day.plan is not None
    kept = {order.number for order in day.orders}
    assert {f"{each}-{half}" for each in said for half in "ab"} <= kept
    assert [stop.id for stop in day.plan.routes[0].stops] == [f"stp_{order}" for order in sorted_by_making(kept)]
    assert len(said) <= len(kept) / 2 <= len(said) + KILLS


def sorted_by_making(numbers: set[str]) -> list[str]:
    """Order numbers by run, number and half."""
    return sorted(numbers, key=lambda each: (*(int(part) for part in each.split("-")[:2]), each[-1]))
