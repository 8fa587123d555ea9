"""The child process that works out travel: reads questions as JSON lines, answers with JSON lines and raw arrays. `asking` is the other end.

A question is `{"do": "matrix" | "shape" | "snaps" | "stretch", …}`. Answers: any number of `{"share": …, "step": …}`, then `{"answer": …, "bytes": n}` followed
by n raw bytes (little-endian int32), or `{"refused": key, "facts": {…}}`. The end of its input ends the process at once, so it never outlives its parent.
"""

import argparse
import json
import os
import queue
import sys
import threading
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from app.domain.errors import Malformed, Refused
from app.domain.geo import Place
from app.domain.ids import ClosureId
from app.domain.roads import Closure, Profile
from app.routing.matrices import Matrix
from app.routing.roads import RoadTravel

_BETWEEN_REPORTS_S = 0.1


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py roads-worker`."""
    parser.add_argument("folder", type=Path, help="the folder of the area's roads")


def run(args: argparse.Namespace, doors: object = None) -> int:
    """Answers until its input ends."""
    serve(args.folder, sys.stdin.buffer, sys.stdout.buffer)
    return 0


def serve(folder: Path, questions: BinaryIO, answers: BinaryIO) -> None:
    """Answers every line of `questions` in order."""
    lines: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(questions, lines), daemon=True).start()
    travel: RoadTravel | None = None
    while line := lines.get():
        try:
            travel = travel or _opened(folder)
            answer, raw = _answer(travel, json.loads(line), answers)
        except Refused as refusal:
            _write(answers, {"refused": refusal.sentence.key, "facts": dict(refusal.sentence.facts)})
        else:
            _write(answers, {"answer": answer, "bytes": len(raw)}, raw)


def _opened(folder: Path) -> RoadTravel:
    travel = RoadTravel(folder)
    if not travel.build:
        raise Malformed("roads.broken_build")
    return travel


def _listen(questions: BinaryIO, lines: "queue.Queue[bytes]") -> None:
    """Hands lines on; when the parent closes the pipe or dies, ends the process even in the middle of a computation."""
    for line in questions:
        lines.put(line)
    os._exit(0)


def _write(answers: BinaryIO, line: Mapping[str, Any], raw: bytes = b"") -> None:
    answers.write(json.dumps(line).encode() + b"\n" + raw)
    answers.flush()


def _answer(travel: RoadTravel, question: Mapping[str, Any], answers: BinaryIO) -> tuple[Any, bytes]:
    profile = Profile(question["profile"])
    try:
        match question["do"]:
            case "matrix":
                return _matrix(travel, profile, question, _Reporter(answers))
            case "shape":
                return _shape(travel, profile, question), b""
            case "stretch":
                return [_pair(place) for place in travel.stretch(_places(question["places"])[0], profile)], b""
            case _:
                return [(snap.meters, _pair(snap.place)) for snap in travel.snaps(_places(question["places"]), profile)], b""
    except (OSError, ValueError) as damaged:
        raise Malformed("roads.broken_build") from damaged


class _Reporter:
    """Sends the share done now and then."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers, self._last = answers, 0.0
        self.begin, self.part = 0.0, 1.0

    def __call__(self, share: float, step: str) -> None:
        now = time.monotonic()
        if now - self._last >= _BETWEEN_REPORTS_S:
            self._last = now
            _write(self._answers, {"share": self.begin + share * self.part, "step": step})


def _matrix(travel: RoadTravel, profile: Profile, question: Mapping[str, Any], report: _Reporter) -> tuple[Any, bytes]:
    """One pair of matrices (milliseconds, metres) for each band asked for, and the seconds that finding each took."""
    sources = _places(question["sources"])
    targets = sources if question.get("targets") is None else _places(question["targets"])
    parts: list[Matrix] = []
    seconds: list[float] = []
    for nth, each in enumerate(question["bands"]):
        report.begin, report.part = nth / len(question["bands"]), 1 / len(question["bands"])
        travel.warm(profile, each["band"])
        began = time.perf_counter()
        parts.extend(travel.matrix(sources, targets, profile, each["band"], closures_from(each["closures"]), report))
        seconds.append(time.perf_counter() - began)
    raw = b"".join(np.ascontiguousarray(part, dtype="<i4").tobytes() for part in parts)
    return {"shape": [len(question["bands"]), 2, len(sources), len(targets)], "seconds": seconds}, raw


def _shape(travel: RoadTravel, profile: Profile, question: Mapping[str, Any]) -> Any:
    """A line, its metres and its source for each pair of places."""
    when = datetime.fromisoformat(question["when"]) if question["when"] else None
    legs = []
    for pair in question["pairs"]:
        shape = travel.shape(_places(pair), profile, closures=closures_from(question["closures"]), when=when, zone=question["zone"])
        legs.append(([_pair(place) for place in shape.legs[0]], shape.meters[0], shape.source))
    return legs


def _places(pairs: Any) -> list[Place]:
    return [Place(lat, lon) for lat, lon in pairs]


def _pair(place: Place | None) -> tuple[float, float] | None:
    return None if place is None else (place.lat, place.lon)


def closures_from(said: Any) -> tuple[Closure, ...]:
    """Closures from `asking.closures_to`."""
    made = []
    for nth, (said_lines, along, factor) in enumerate(said):
        lines = tuple(tuple(_places(line)) for line in said_lines)
        made.append(Closure(id=ClosureId(str(nth)), points=lines[0], roads=lines if along else (), factor=factor))
    return tuple(made)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
