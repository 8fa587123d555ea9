"""The child process that advises about one problem: `main.py advise`, JSON lines in and out. `advisor` is the other end.

In: the problem (`services.problem_parcel`), then questions, `{"id": 1, "ask": "places" | "prices" | "obstacles" | "remedies", …}` (`Question`). Out:
`{"ready": engine}`, then for each question `{"id": 1, "answer": […]}` or `{"id": 1, "refused": {"key": …, "facts": {…}}}`; a bad problem is one refusal
without an id. The end of its input ends it at once, also in the middle of an answer, so that it never outlives its parent.
"""

import argparse
import os
import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from app.domain.errors import Malformed, Refused
from app.domain.ids import TaskId
from app.domain.schedule import ShiftTerms
from app.optimiser import core_library
from app.optimiser.spots import search_of
from app.services.advice import Adviser
from app.services.plain import dump, from_plain, load, to_plain
from app.services.problem import RoutePlan
from app.services.problem_parcel import received
from app.services.remedies import remedies

DONE, WRONG = 0, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of `ports.planner.Advice`, by the name of its method."""

    id: int
    ask: str
    tasks: tuple[TaskId, ...] = ()
    most: int = 5
    changes: tuple[tuple[RoutePlan, ...], ...] = ()
    spare: tuple[ShiftTerms, ...] = ()


def configure(parser: argparse.ArgumentParser) -> None:
    """`main.py advise` has no arguments of its own."""
    del parser


def run(args: argparse.Namespace, doors: object = None) -> int:
    """Answers until its input ends."""
    del args, doors
    return serve(sys.stdin.buffer, sys.stdout)


def serve(source: IO[bytes], out: IO[str], end: Callable[[int], object] = os._exit) -> int:
    """Reads a problem and answers every line in order; an exit code. `end` is called when `source` ends, also in the middle of an answer."""
    try:
        adviser = Adviser(received(source), search_of)
    except Refused as refusal:
        _write(out, {"refused": _plain(refusal)})
        return WRONG
    _write(out, {"ready": "core" if core_library.is_there() else "python"})
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(source, lines, end), daemon=True).start()
    with adviser:
        while line := lines.get():
            _write(out, _answered(adviser, from_plain(Question, load(line))))
    return DONE


def _answered(adviser: Adviser, question: Question) -> dict[str, Any]:
    try:
        return {"id": question.id, "answer": to_plain(_answer(adviser, question))}
    except Refused as refusal:
        return {"id": question.id, "refused": _plain(refusal)}


def _answer(adviser: Adviser, question: Question) -> object:
    match question.ask:
        case "places":
            return adviser.places(question.tasks, question.most)
        case "prices":
            return adviser.prices(question.changes)
        case "obstacles":
            return adviser.obstacles(question.tasks)
        case "remedies":
            return _remedies(adviser, question)
        case _:
            raise Malformed("problem.unknown_name", where="ask", name=question.ask)


def _remedies(adviser: Adviser, question: Question) -> object:
    """Raises Malformed for a task that the problem does not have."""
    for task in question.tasks:
        if task not in adviser.standing.tasks:
            raise Malformed("problem.unknown_name", where="tasks", name=task)
    return tuple(remedies(adviser, task, question.spare, question.most) for task in question.tasks)


def _plain(refusal: Refused) -> dict[str, Any]:
    return {"key": refusal.sentence.key, "facts": dict(refusal.sentence.facts)}


def _write(out: IO[str], line: dict[str, Any]) -> None:
    out.write(dump(line) + "\n")
    out.flush()


def _listen(source: IO[bytes], lines: "queue.Queue[str]", end: Callable[[int], object]) -> None:
    """Hands lines on; at the end of the input the process ends, whatever it is doing."""
    for line in source:
        lines.put(line.decode("utf-8", "replace"))
    end(DONE)
    lines.put("")
