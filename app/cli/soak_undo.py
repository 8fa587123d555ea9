"""Random acts on a small day, and all of them undone and done again: the contents must be equal, over restarts.

Each sequence is a database of its own: so many random commands of every kind with undo, redo and restarts among them; then as many undos as there are
steps, which must give the contents of the beginning, and as many redos, which must give those of the end.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from app.domain.errors import Refused

if TYPE_CHECKING:
    from app.cli.doors import Doors
    from app.cli.soak_acts import Situation
    from app.services.bus import Bus
    from app.services.ports.store import Store

Marks = Mapping[str, str]
_TRIES = 4
"""Acts are tried at most so many times as are wanted: some are refused, and some find nothing to be done with."""


@dataclass(slots=True)
class Played:
    """What sequences did: acts by command, those that were refused, and what was wrong."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    steps: int = 0
    wrong: list[str] = field(default_factory=list)


def configure(parser: argparse.ArgumentParser) -> None:
    """How much, and from which seed on."""
    parser.add_argument("--sequences", type=int, default=2_000, metavar="N", help="sequences to play (default: 2000)")
    parser.add_argument("--acts", type=int, default=200, metavar="N", help="acts of each (default: 200, as many as can be undone)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the seed of the first; each further has the next (default: 1)")


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Plays, and prints how it went; 1 where contents differed, with the seed to play it again."""
    played, began = Played(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="doorstep-soak-") as folder:
        prepared = Path(folder) / "prepared.db"
        prepare(doors, prepared)
        for number in range(args.sequences):
            play(doors, prepared, args.seed + number, args.acts, played)
            _tell(number + 1, args.sequences, played, began)
    for name, count in sorted(played.done.items()):
        sys.stdout.write(f"{name:16} {count:8} done {played.refused[name]:8} refused\n")
    sys.stdout.write(f"{args.sequences} sequences, {played.steps} steps undone and done again, {len(played.wrong)} wrong\n")
    sys.stdout.writelines(f"{each}\n" for each in played.wrong)
    return 1 if played.wrong else 0


def _tell(number: int, of: int, played: Played, began: float) -> None:
    if number % 50 == 0 or number == of:
        sys.stderr.write(f"{number} of {of} sequences, {played.steps} steps, {len(played.wrong)} wrong, {time.monotonic() - began:.0f} s\n")


def prepare(doors: "Doors", path: Path) -> None:
    """The database that sequences begin with: a fleet, and some orders that are found, one of them a pair with a pick-up."""
    from app.cli import soak_acts
    from app.services.commands import ImportOrders, LocateOrders

    with doors.store(path) as store:
        bus = doors.bus(store)
        bus.do(soak_acts.the_fleet())
        orders = tuple(soak_acts.an_order(number, "S-7" if number == 8 else "") for number in range(1, 11))
        bus.do(ImportOrders(source=soak_acts.SOURCE, orders=orders, file="orders.csv"))
        bus.do(LocateOrders(locations=tuple((order.id, soak_acts.found_at(at)) for at, order in enumerate(orders[:9], start=1))))


def play(doors: "Doors", prepared: Path, seed: int, acts: int, played: Played) -> None:
    """Plays one sequence on a copy of a prepared database, which is removed afterwards."""
    path = prepared.with_name(f"{seed}.db")
    shutil.copyfile(prepared, path)
    sequence = _Sequence(doors, path, seed, played)
    try:
        number = 0
        while sequence.done < acts and number < _TRIES * acts:
            number += 1
            sequence.act(number)
        sequence.judge()
    finally:
        sequence.store.close()
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()


class _Sequence:
    """One database in play."""

    def __init__(self, doors: "Doors", path: Path, seed: int, played: Played) -> None:
        self._doors, self._path, self._seed, self._played = doors, path, seed, played
        self._rng = Random(seed)
        self.store: Store = doors.store(path)
        self.bus: Bus = doors.bus(self.store)
        self._first: Marks = self.store.fingerprint()
        self._base = self.store.reader().history(1)[0].number
        self.done = 0
        """Commands that changed something."""

    def act(self, number: int) -> None:
        """One act: mostly a command, now and then an undo, a redo, or a restart."""
        luck = self._rng.random()
        if luck < 0.01:
            self._restart()
        elif luck < 0.06 and self._steps():
            self.bus.undo()
        elif luck < 0.1:
            with suppress(Refused):
                self.bus.redo()
        else:
            self._do(number)

    def judge(self) -> None:
        """All steps undone, over a restart, then done again."""
        last, steps = self.store.fingerprint(), self._steps()
        self._played.steps += steps
        self._restart()
        if self._turned(steps, self.bus.undo, "undo"):
            self._compare(self._first, "undone")
            if self._turned(steps, self.bus.redo, "redo"):
                self._compare(last, "done again")
        self.store.close()
        for finding in self._doors.verify(self._path):
            self._wrong(f"{finding.invariant} {finding.where}: {finding.sentence}")

    def _do(self, number: int) -> None:
        from app.cli.soak_acts import MAKERS

        situation = self._situation(number)
        kind = self._rng.choice(list(MAKERS))
        command = MAKERS[kind](self._rng, situation)
        if command is None:
            return
        try:
            outcome = self.bus.do(command)
        except Refused:
            self._played.refused[kind.__name__] += 1
            return
        self._played.done[kind.__name__] += 1
        self.done += outcome.step is not None

    def _situation(self, number: int) -> "Situation":
        from app.cli import soak_acts
        from app.domain.address_text import address_key

        reader = self.store.reader()
        day = reader.day(soak_acts.DEPOT, soak_acts.DAY)
        versions = reader.versions(soak_acts.DEPOT, soak_acts.DAY)
        pins = lambda: tuple(reader.pins(address_key(order.address) for order in day.orders).values())  # noqa: E731 - read only where it is asked for
        return soak_acts.Situation(day=day, versions=versions, pins=pins, serial=number)

    def _steps(self) -> int:
        """The steps since the beginning that are done."""
        return sum(1 for step in self.store.reader().history() if step.number > self._base and not step.undone)

    def _restart(self) -> None:
        self.store.close()
        self.store = self._doors.store(self._path)
        self.bus = self._doors.bus(self.store)

    def _turned(self, steps: int, turn: object, way: str) -> bool:
        for at in range(steps):
            try:
                turn()  # type: ignore[operator]
            except Refused as refused:
                self._wrong(f"{way} {at + 1} of {steps} was refused: {refused.sentence}")
                return False
        return True

    def _compare(self, wanted: Marks, what: str) -> None:
        now = self.store.fingerprint()
        differ = sorted(table for table in wanted if wanted[table] != now.get(table))
        if differ:
            self._wrong(f"everything {what}: {', '.join(differ)} differ")

    def _wrong(self, what: str) -> None:
        self._played.wrong.append(f"seed {self._seed}: {what}")
