"""What is said of a race: rows of JSON, and a table to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from app.optimiser.benches.check import Verdict
from app.optimiser.benches.instance import Instance
from app.optimiser.benches.race import Order, Outcome
from app.optimiser.benches.reading import Known

_COLUMNS = f"{'instance':38} {'n':>5}  {'engine':16} {'cost':>14} {'gap %':>8} {'vehicles':>9} {'first s':>8} {'seconds':>8} {'MiB':>6} {'stall ms':>8}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One engine on one instance."""

    instance: Instance
    order: Order
    outcome: Outcome
    verdict: Verdict | None
    known: Known | None

    @property
    def sound(self) -> bool:
        """Whether there is a plan that keeps every rule."""
        return self.verdict is not None and self.verdict.sound

    @property
    def gap(self) -> float | None:
        """Percent over the best known cost; None where there is no sound plan or nothing to compare with."""
        if self.verdict is None or not self.sound or self.known is None:
            return None
        return 100 * (self.verdict.cost - self.known.cost) / self.known.cost

    @property
    def more_vehicles(self) -> int | None:
        """Vehicles more than the best known plan has, where fewer vehicles come first."""
        if self.verdict is None or not self.instance.hierarchical or self.known is None or self.known.vehicles is None:
            return None
        return self.verdict.vehicles - self.known.vehicles

    def as_json(self) -> dict[str, Any]:
        """The row of the file: the cost as the literature lists it, the routes in client numbers, an unsound plan's breaches in words."""
        outcome, plan = self.outcome, self.outcome.plan or ()
        return {
            "instance": self.instance.name,
            "n": len(self.instance.clients),
            "engine": self.order.engine,
            "cost": None if self.verdict is None else round(self.verdict.cost, 5),
            "routes": [list(route.stops) for route in plan],
            "fleets": [route.fleet for route in plan] if len(self.instance.fleets) > 1 else None,
            "seconds": outcome.seconds,
            "threads": self.order.threads,
            "clock": self.order.clock,
            "asked_s": self.order.seconds,
            "seed": self.order.seed,
            "family": self.instance.family,
            "best_known": self.known.cost if self.known else None,
            "gap": None if self.gap is None else round(self.gap, 3),
            "vehicles": self.verdict.vehicles if self.verdict else None,
            "more_vehicles": self.more_vehicles,
            "first_s": outcome.curve[0][0] if outcome.curve else None,
            "peak_mb": outcome.peak_mb,
            "stalls": outcome.stall_ms,
            "curve": outcome.curve,
            "broken": list(self.verdict.broken) if self.verdict else [],
            "error": outcome.error or None,
        }

    def line(self) -> str:
        """The row of the table."""
        first = f"{self.outcome.curve[0][0]:.3f}" if self.outcome.curve else "–"
        stall = "–" if self.outcome.stall_ms is None else f"{self.outcome.stall_ms:.0f}"
        more = self.more_vehicles
        vehicles = "–" if self.verdict is None else f"{self.verdict.vehicles}" + (f" ({more:+d})" if more else "")
        cost = "–" if self.verdict is None else f"{self.verdict.cost:.2f}".rstrip("0").rstrip(".")
        gap = "–" if self.gap is None else f"{self.gap:z.2f}"
        told = self.outcome.error or (f"broken: {'; '.join(self.verdict.broken[:3])}" if self.verdict and not self.verdict.sound else "")
        figures = f"{cost:>14} {gap:>8} {vehicles:>9} {first:>8} {self.outcome.seconds:>8.2f} {self.outcome.peak_mb:>6.0f} {stall:>8}"
        return f"{self.instance.name[-38:]:38} {len(self.instance.clients):>5}  {self.order.engine:16} {figures}" + (f"  {told}" if told else "")


def heading() -> str:
    """Of the table."""
    return _COLUMNS


def means(rows: Sequence[Row]) -> list[str]:
    """A line for each engine: its mean gap over the instances where it has one, and on how many it has no sound plan."""
    lines = []
    for engine in dict.fromkeys(row.order.engine for row in rows):
        own = [row for row in rows if row.order.engine == engine]
        gaps = [row.gap for row in own if row.gap is not None]
        unsound = sum(not row.sound for row in own)
        more = [row.more_vehicles for row in own if row.more_vehicles is not None and row.sound]
        said = f"{engine:16} mean gap {mean(gaps):z.3f} % over {len(gaps)} instances" if gaps else f"{engine:16} no gap"
        said += f", {sum(more):+d} vehicles" if more else ""
        lines.append(said + (f", no sound plan on {unsound}" if unsound else ""))
    return lines
