"""Solve a problem: `main.py solve [FILE]`, the door that the optimiser's child process stands behind.

In: the problem as one line of JSON (`services.problem_json`) on standard input, its matrices in it or behind it (`problem_parcel`), or a file. A line `stop` on
standard input ends the solve with the best so far. Out, as JSON lines: any number of `{"progress": {…}}`, then `{"solution": {…}}`, or
`{"refused": {"key": …, "facts": {…}}}`. With `--child`, a line `{"seconds": …, "threads": …}` comes before the problem: such a process may have been started,
and have loaded its packages, long before anybody knew of either.
"""

import argparse
import json
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import IO, get_args

from app.domain.errors import Malformed, Refused, Unavailable
from app.optimiser.engine import Engine, Solve
from app.optimiser.obstacles import explained
from app.services.plain import load, to_plain
from app.services.problem import Problem, Progress
from app.services.problem_json import problem_from_json
from app.services.problem_parcel import received

DONE, WRONG, FAULT = 0, 2, 70
NICENESS = 5
"""How much a child steps back behind the window."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py solve`."""
    parser.add_argument("file", nargs="?", type=Path, help="a problem file; without it the problem comes on standard input")
    parser.add_argument("--seconds", type=float, default=10.0, metavar="N", help="how long to search (default: 10)")
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="how many searches at once, each with its own seed (default: 1)")
    parser.add_argument("--iterations", type=int, metavar="N", help="search so many iterations instead: same seed, same plan")
    parser.add_argument(
        "--engine", choices=get_args(Engine), default="auto", help="the kernel with PyVRP as second member, the kernel alone, or PyVRP alone (default: auto)"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="the seed, instead of the problem's own")
    parser.add_argument("--memory", type=int, metavar="MB", help="use at most so much memory, where the system can limit it")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace, doors: object = None) -> int:
    """Solves, and writes every better plan as a line."""
    del doors
    _limit(args.memory)
    if args.child and hasattr(os, "nice"):
        os.nice(NICENESS)
    out = _Lines(sys.stdout)
    try:
        lines = sys.stdin.buffer
        if args.child and not _told(args, lines.readline()):
            return DONE
        problem = _problem(args.file, lines)
        solve = Solve(problem, seconds=args.seconds, threads=args.threads, iterations=args.iterations, seed=args.seed, engine=args.engine)
        waiting = threading.Event()
        if args.file is None or args.child:
            threading.Thread(target=_listen, args=(lines, solve, waiting, args.child), daemon=True).start()
        found = solve.run(out.progress)
        out.write("solution", to_plain(explained(problem, found, waiting=waiting.is_set)))
    except (Refused, Unavailable) as refusal:
        out.write("refused", {"key": refusal.sentence.key, "facts": dict(refusal.sentence.facts)})
        return WRONG
    except Exception:  # noqa: BLE001 - the parent reads the trace from our standard error and says what happened
        traceback.print_exc()
        return _leave(FAULT, args)
    return _leave(DONE, args)


def _leave(code: int, args: argparse.Namespace) -> int:
    """Ends a child now: neither a search thread in its last step nor the tidying of a big problem is to be waited for."""
    sys.stdout.flush()
    sys.stderr.flush()
    if args.child and sys.stdout is sys.__stdout__:
        os._exit(code)
    return code


def _limit(megabytes: int | None) -> None:
    """Sets the limit of address space, where there is such a thing."""
    if megabytes is None or sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _told(args: argparse.Namespace, line: bytes) -> bool:
    """Takes the first line of a child, how long and how wide to search; whether there was one. Raises Malformed."""
    if not line:
        return False
    terms = load(line.decode("utf-8", "replace"))
    try:
        args.seconds, args.threads = float(terms["seconds"]), int(terms["threads"])
    except (TypeError, KeyError, ValueError) as wrong:
        raise Malformed("plain.no_json", why=f"{type(wrong).__name__}: {wrong}") from wrong
    return True


def _problem(file: Path | None, lines: IO[bytes]) -> Problem:
    """The problem of the file, or of standard input."""
    if file is None:
        return received(lines)
    try:
        return problem_from_json(file.read_text("utf-8"))
    except UnicodeDecodeError as wrong:
        raise Malformed("plain.no_json", why=str(wrong)) from wrong


def _listen(lines: IO[bytes], solve: Solve, waiting: threading.Event, child: bool) -> None:
    """Stops the solve at a line `stop`, since when somebody waits for the answer; for a child also when its parent is gone."""
    for line in lines:
        if line.strip() == b"stop":
            waiting.set()
            solve.stop()
    if child:
        waiting.set()
        solve.stop()


class _Lines:
    """Writes JSON lines, each whole and at once."""

    def __init__(self, to: IO[str]) -> None:
        self._to = to

    def write(self, kind: str, plain: object) -> None:
        """One line of that kind."""
        self._to.write(json.dumps({kind: plain}, separators=(",", ":")) + "\n")
        self._to.flush()

    def progress(self, progress: Progress) -> None:
        """A line of progress."""
        self.write("progress", to_plain(progress))
