"""`main.py soak monkey`: the monkey plays at the demo depot for some minutes; what should not have happened is printed.

Ends with 0 where nothing was found and the process holds at most 50 MB more than after the first quarter of the play, else with 1.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.desktop.doors import Doors
    from app.desktop.stage import Stage

DAY = date(2026, 11, 23)
LEAK_MB = 50.0
"""Megabytes that the process may hold more at the end than after the first quarter of the play."""
_REST = 0.02
"""Seconds between two acts in which the window lives."""
_LOOKS = 8
"""How often in a play the monkey rests while the memory is read and the database checked."""
_LAST = 12
"""Acts that are told before a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """How a play went: acts done, findings in words, and megabytes held at each rest."""

    acts: int
    found: tuple[str, ...]
    memory_mb: tuple[float, ...]

    @property
    def grown_mb(self) -> float:
        """Megabytes more than after the first quarter."""
        return self.memory_mb[-1] - self.memory_mb[len(self.memory_mb) // 4] if self.memory_mb else 0.0


def configure(parser: argparse.ArgumentParser) -> None:
    """How long, and which random numbers."""
    parser.add_argument("--minutes", type=float, default=10.0, help="how long the monkey plays (10)")
    parser.add_argument("--seed", type=int, default=1, help="equal seeds do the same, as far as threads let them (1)")


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Plays, and prints what was found."""
    from app.desktop.application import leave_sandbox, make_application, prepare_offscreen
    from app.desktop.stage import Stage, prepare_area

    prepare_offscreen()
    leave_sandbox()
    make_application()
    with tempfile.TemporaryDirectory(prefix="doorstep-monkey-") as made:
        own = doors.elsewhere(Path(made))
        area = prepare_area(own)
        stage = Stage(own, theme="light", size=(1440, 900), day=DAY)
        try:
            stage.import_fleet(area)
            stage.import_orders()
            stage.optimise(4)
            stage.apply()
            played = play(stage, seconds=args.minutes * 60, seed=args.seed, check=lambda: _unsound(own, Path(made)))
        finally:
            stage.close()
    sys.stdout.write(json.dumps({**asdict(played), "grown_mb": round(played.grown_mb, 1)}, indent=1, ensure_ascii=False) + "\n")
    return 1 if played.found or played.grown_mb > LEAK_MB else 0


def play(stage: "Stage", *, seconds: float, seed: int, check: Callable[[], list[str]]) -> Played:
    """Lets the monkey play on a stage; `check` says at each rest what is wrong with what is stored."""
    from app.desktop.monkey.hands import Hands
    from app.desktop.monkey.watching import memory_mb, watched

    acts, held, last = 0, list[float](), deque[str](maxlen=_LAST)
    begun = time.monotonic()
    looks = [begun + seconds * (at + 1) / _LOOKS for at in range(_LOOKS)]
    stage.desk.proposer.seconds = 1
    with watched() as watch:
        hands = Hands(stage, seed)
        while looks:
            if stage.session.left:
                watch.found.append(f"the window was closed after: {'; '.join(last)}")
                break
            watch.doing = "; ".join(last)
            try:
                last.append(hands.step())
                stage.rest(_REST)
                acts += 1
                if time.monotonic() > looks[0]:
                    looks.pop(0)
                    hands.rest()
                    held.append(round(memory_mb(), 1))
                    watch.found += check()
            except TimeoutError as waited:
                watch.found.append(f"while {'; '.join(last)}: the window hangs: {waited}")
                break
        hands.stop()
        stage.rest(0.1)
    return Played(acts=acts, found=tuple(watch.found), memory_mb=tuple(held))


def _unsound(doors: "Doors", folder: Path) -> list[str]:
    """What the check of the database finds."""
    return [f"database: {each.invariant} {each.where}" for each in doors.verify(folder / "doorstep.db")]
