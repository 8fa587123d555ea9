"""`main.py verify FILE`: checks the invariants of a database; 0: sound, 1: findings, 2: not readable, or not ours."""

import argparse
import sys
from pathlib import Path

from app.cli.doors import Doors
from app.domain.sentences import Sentence
from app.wording import sentence


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.description = "Check the invariants of a database: references, versions, states of orders, places in routes. The file is only read."
    parser.add_argument("file", type=Path, metavar="FILE", help="the database to check, for example doorstep.db")


def run(args: argparse.Namespace, doors: Doors) -> int:
    """Prints the findings. Raises Malformed where the file cannot be read."""
    findings = doors.verify(args.file)
    for each in findings:
        line = Sentence.of("verify.line", invariant=each.invariant, where=each.where, what=each.sentence)
        sys.stdout.write(sentence(line, doors.language) + "\n")
    end = Sentence.of("verify.found", count=len(findings), file=str(args.file)) if findings else Sentence.of("verify.sound", file=str(args.file))
    sys.stdout.write(sentence(end, doors.language) + "\n")
    return 1 if findings else 0
