"""Runs one engine on one instance in a child process of its own, so that its memory and processor time are its own and it can be ended when its time is up."""

import contextlib
import importlib
import multiprocessing
import signal
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app.domain.errors import Outside
from app.optimiser.benches.instance import Instance, Plan
from app.optimiser.benches.reading import read
from app.optimiser.benches.watch import Heartbeat, Watch, forget_peak, peak

ENGINES = {
    "core": "app.optimiser.benches.own",
    "auto": "app.optimiser.benches.own",
    "pyvrp": "app.optimiser.benches.peer_pyvrp",
    "pyvrp-quick": "app.optimiser.benches.peer_pyvrp",
    "ortools": "app.optimiser.benches.peer_ortools",
    "ortools-savings": "app.optimiser.benches.peer_ortools",
    "vroom": "app.optimiser.benches.peer_vroom",
}
"""Name and module; each has `prepare()` and `solve(instance, order, watch)`."""
GRACE_S = 30.0
"""Seconds after its time is up until a child is ended by force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a child is to do."""

    file: Path
    engine: str
    seconds: float
    threads: int = 1
    clock: str = "wall"
    seed: int = 1
    stalls: bool = False


@dataclass(slots=True)
class Outcome:
    """What came of it. `error`: why there is nothing more."""

    plan: Plan | None = None
    seconds: float = 0.0
    peak_mb: float = 0.0
    stall_ms: float | None = None
    curve: list[tuple[float, float]] = field(default_factory=list)
    error: str = ""


def race(order: Order) -> Outcome:
    """Starts the child, hears it out, and ends it when it does not end by itself."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(order, theirs), name=f"bench-{order.engine}", daemon=True)
    child.start()
    theirs.close()
    outcome = Outcome(error="the engine's process ended without a word")
    try:
        _listen(ours, outcome, order)
        child.join(1.0)
        if child.exitcode == -getattr(signal, "SIGPROF", 0) and child.exitcode:  # the system ended it when its time was up
            outcome.seconds = order.seconds
            outcome.error = "" if outcome.plan else "no plan in its time"
    finally:
        child.kill()
        child.join()
        ours.close()
    return outcome


def _listen(ours: Connection, outcome: Outcome, order: Order) -> None:
    """Takes in what the child says, newest last, until it has ended or is long overdue."""
    limit = None
    with contextlib.suppress(EOFError, ConnectionResetError):
        while limit is None or ours.poll(max(0.0, limit - time.monotonic())):
            said: dict[str, Any] = ours.recv()
            if "ready" in said:
                limit = time.monotonic() + (order.seconds + GRACE_S) * (1 if order.clock == "wall" else 8)
                continue
            for name, value in said.items():
                setattr(outcome, name, value)
            if "plan" in said:
                outcome.error = ""


def _child(order: Order, theirs: Connection) -> None:
    """The child: reads the instance, solves, and says what it measured."""
    engine = importlib.import_module(ENGINES[order.engine])
    try:
        engine.prepare()
        before = forget_peak()
        instance = read(order.file)
        theirs.send({"ready": True})
        found = _measured(engine, instance, order, theirs, before)
    except (ImportError, ValueError, RuntimeError, MemoryError, Outside) as failed:
        found = {"error": f"{type(failed).__name__}: {failed}"}
    theirs.send(found)
    theirs.close()


def _measured(engine: Any, instance: Instance, order: Order, theirs: Connection, before: float) -> dict[str, Any]:
    watch = Watch(order.clock, order.threads)

    def figures(**more: Any) -> dict[str, Any]:
        return {"seconds": round(watch.seconds(), 3), "peak_mb": round(max(0.0, peak() - before), 1), "curve": watch.curve, **more}

    watch.told = lambda said: theirs.send(figures(**said))
    with Heartbeat() if order.stalls else contextlib.nullcontext() as heart:
        watch.begin()
        plan = engine.solve(instance, order, watch)
    return figures(plan=plan, stall_ms=None if heart is None else round(heart.worst_s * 1_000, 1))
