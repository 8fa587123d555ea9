"""The optimiser's process waits while a person looks at a day that can be planned, has the next solve, and ends with the window."""

import subprocess

from app.desktop.stage import Stage
from app.optimiser.runner import ChildPlanner
from tests.window import Make


def waiting(made: Stage) -> subprocess.Popen[bytes]:
    """The process that waits in this window, once it was started."""
    planner = made.doors.planner()
    assert isinstance(planner, ChildPlanner)
    made.wait(lambda: planner._idle is not None, "a process ahead")
    made.quiet()
    assert planner._idle is not None
    return planner._idle


def test_it_has_the_solve_and_another_waits_when_the_plan_stands_again(stage: Make) -> None:
    made = stage(orders=6)
    first = waiting(made)
    made.optimise(0.3)
    assert first.poll() is not None
    made.desk.proposer.discard()
    second = waiting(made)
    assert second.pid != first.pid
    made.desk.model.refresh()
    made.quiet()
    assert waiting(made).pid == second.pid


def test_it_ends_with_the_window(stage: Make) -> None:
    made = stage(orders=6)
    process = waiting(made)
    made.close()
    assert process.poll() is not None
