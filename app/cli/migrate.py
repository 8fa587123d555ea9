"""`main.py migrate [FILE]`: brings a database up to date after a back-up; `--schema` prints the tables as SQL."""

import argparse
import sys
from pathlib import Path

from app.cli.doors import Doors
from app.domain.sentences import Sentence
from app.wording import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.description = "Bring a database up to date; a back-up is made first. The program does the same by itself when it opens a file."
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the database; without it, the one in the data folder")
    parser.add_argument("--schema", action="store_true", help="print the tables of this version as SQL and change nothing")


def run(args: argparse.Namespace, doors: Doors) -> int:
    """Upgrades, and says what was done. Raises Malformed for a file that is damaged, not ours, or from a newer Doorstep."""
    if args.schema:
        sys.stdout.write(doors.schema())
        return 0
    file = args.file or doors.folder / "doorstep.db"
    kept = doors.migrate(file)
    said = Sentence.of("migrate.done", file=str(file), backup=str(kept)) if kept else Sentence.of("migrate.current", file=str(file))
    sys.stdout.write(sentence(said, doors.language) + "\n")
    return 0
