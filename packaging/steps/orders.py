"""The orders of `bootstrap.py`: setup, demo, test."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from steps import checking, demo_area, fonts, kernel, python_packages, system_packages, translations, web
from steps.layout import ROOT, python
from steps.telling import Stopped, complain, say, stop

ROOM_MB = 3_000
"""What a first set-up takes on disk, with some to spare."""
STOPPED_BY_PERSON = 130


def main(words: Sequence[str]) -> int:
    """Does one order; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console that lacks a sign shows a question mark, and the set-up goes on
    chosen, rest = _parser().parse_known_args(words)
    if chosen.order == "setup" and rest:
        _parser().error(f"setup takes no arguments: {' '.join(rest)}")
    try:
        set_up(testing=chosen.order == "test")
        return {"setup": _ready, "demo": _demo, "test": checking.everything}[chosen.order](rest)
    except Stopped as error:
        return complain(error)
    except OSError as error:
        return complain(
            Stopped("The set-up could not go on.", why=str(error), remedy="see that the disk has room and the checkout may be written, then start this again")
        )
    except KeyboardInterrupt:
        print("Stopped; what is done already is kept.", file=sys.stderr)
        return STOPPED_BY_PERSON


def set_up(*, testing: bool) -> None:
    """Everything that running needs, and testing where asked; quick where all is there. Raises Stopped."""
    _check_room()
    system_packages.prepare()
    python_packages.prepare(testing=testing)
    web.prepare()
    fonts.prepare()
    demo_area.prepare()
    translations.prepare()
    kernel.prepare()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Sets Doorstep up on a fresh machine and starts what you name.", allow_abbrev=False)
    orders = parser.add_subparsers(dest="order", required=True, metavar="setup|demo|test")
    orders.add_parser("setup", help="install everything that running needs into this checkout")
    orders.add_parser("demo", help="set up, then show the demo depot; further words go to `main.py demo`", add_help=False)
    orders.add_parser("test", help="set up with the test packages, then run every check and test; further words go to pytest", add_help=False)
    return parser


def _check_room() -> None:
    if python().exists():
        return
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < ROOM_MB:
        stop(
            "There is too little room on the disk.",
            why=f"{free} MB are free, the first set-up needs {ROOM_MB} MB",
            remedy="free some space and start this again",
        )


def _ready(_rest: Sequence[str]) -> int:
    say("Ready: start with `python3 main.py`, or look round with `python3 main.py demo`")
    return 0


def _demo(rest: Sequence[str]) -> int:
    say("Starting the demo depot")
    return subprocess.run([python(), ROOT / "main.py", "demo", *rest], cwd=os.getcwd(), check=False).returncode
