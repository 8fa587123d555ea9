"""`main.py demo`: the demo depot, in a window or without a display."""

import argparse
import importlib
from pathlib import Path
from typing import Any


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to leave what is made without a display, and how long to plan."""
    parser.add_argument("--out", type=Path, metavar="DIR", help="the folder for pictures, plan and map without a display; a new one unless given")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long the day is planned without a display (10)")


def run(args: argparse.Namespace, doors: Any) -> int:
    """Runs the demo; the window's module is loaded by name, since entrances do not import each other."""
    code: int = importlib.import_module("app.desktop.demo_run").run(doors, args.out, args.seconds)
    return code
