"""Checks a plan against an instance, believing no engine: everything is worked out again from the file's numbers, leg by leg.

Where the literature counts unrounded (Li & Lim), so does this: costs and clocks are then floating point numbers in the file's own units.
"""

from collections import Counter
from dataclasses import dataclass

from app.optimiser.benches.instance import LOADS, Client, Fleet, Instance, Plan, Route, Sort

HAIR = 1e-6
"""What two unrounded clock readings may differ by and still be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a plan is worth: its cost in the unit in which the literature lists the instance, and every broken rule in words."""

    cost: float
    vehicles: int
    broken: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it keeps every rule."""
        return not self.broken


def check(instance: Instance, plan: Plan) -> Verdict:
    """Judges a plan."""
    driven = [route for route in plan if route.stops]
    broken = [*_served(instance, driven), *_fleets(instance, driven)]
    clients = {client.row: client for client in instance.clients}
    cost = 0.0
    for number, route in enumerate(driven, 1):
        if not 0 <= route.fleet < len(instance.fleets) or any(stop != LOADS and stop not in clients for stop in route.stops):
            continue  # said above
        drive = _Drive(instance, instance.fleets[route.fleet], [clients[stop] if stop != LOADS else None for stop in route.stops])
        broken += [f"route {number}: {said}" for said in drive.broken()]
        cost += drive.cost()
    stops = {stop for route in driven for stop in route.stops}
    cost += sum(client.prize for client in instance.clients if client.row not in stops)
    return Verdict(cost=cost if instance.hierarchical else cost / instance.divisor, vehicles=len(driven), broken=tuple(broken))


def _served(instance: Instance, driven: list[Route]) -> list[str]:
    """Each client once, but for those whose prize may be left."""
    times = Counter(stop for route in driven for stop in route.stops if stop != LOADS)
    known = {client.row for client in instance.clients}
    found = [f"no client has the number {stop}" for stop in times if stop not in known]
    found += [f"client {stop} is served {count} times" for stop, count in times.items() if count > 1]
    return found + [f"client {client.row} is not served" for client in instance.clients if client.row not in times and not client.prize]


def _fleets(instance: Instance, driven: list[Route]) -> list[str]:
    used = Counter(route.fleet for route in driven)
    found = [f"there is no fleet {fleet}" for fleet in used if not 0 <= fleet < len(instance.fleets)]
    return found + [f"fleet {index}: {used[index]} vehicles of {fleet.count}" for index, fleet in enumerate(instance.fleets) if used[index] > fleet.count]


@dataclass(frozen=True, slots=True)
class _Visit:
    """Where a vehicle stands, and when it may begin there."""

    name: str
    row: int
    opens: float
    closes: float
    service: float = 0.0


class _Drive:
    """One vehicle's day; None stands where it comes back to load again."""

    def __init__(self, instance: Instance, fleet: Fleet, stops: list[Client | None]) -> None:
        self._instance, self._fleet, self._stops = instance, fleet, stops
        self._unit = instance.divisor if instance.hierarchical else 1
        self._rows = [fleet.depot, *(fleet.depot if stop is None else stop.row for stop in stops), fleet.depot]

    def _leg(self, origin: int, target: int) -> float:
        return self._instance.line(origin, target) if self._instance.hierarchical else self._instance.leg(origin, target)

    def _clock(self, reading: int) -> float:
        return reading / self._unit if self._instance.hierarchical else reading

    def cost(self) -> float:
        """Distance and what the vehicle itself costs."""
        return self._fleet.fixed + self._fleet.unit * sum(self._leg(a, b) for a, b in zip(self._rows, self._rows[1:], strict=False))

    def broken(self) -> list[str]:
        """Every rule that the route breaks."""
        return [*self._late(), *self._full(), *self._pairs(), *self._order()]

    def _trips(self) -> list[list[Client]]:
        trips: list[list[Client]] = [[]]
        for stop in self._stops:
            if stop is None:
                trips.append([])
            else:
                trips[-1].append(stop)
        return trips

    def _visits(self) -> list["_Visit"]:
        """The depot at the beginning of each trip, not before its goods are released, every client, and the depot at the end."""
        opens, closes, visits = self._clock(self._fleet.opens), self._clock(self._fleet.closes), []
        for trip in self._trips():
            ready = max((self._clock(client.release) for client in trip), default=0.0)
            visits.append(_Visit("depot", self._fleet.depot, max(opens, ready), closes))
            visits += [_Visit(f"client {each.row}", each.row, self._clock(each.opens), self._clock(each.closes), self._clock(each.service)) for each in trip]
        return [*visits, _Visit("depot", self._fleet.depot, opens, closes)]

    def _late(self) -> list[str]:
        """Drives it, leaving as early as may be, and keeps by how much leaving later would make nothing late."""
        first, *rest = self._visits()
        now, slack, waited, before, found = first.opens, first.closes - first.opens, 0.0, first, []
        for visit in rest:
            arrives = now + before.service + self._leg(before.row, visit.row)
            now = max(arrives, visit.opens)
            waited += now - arrives
            slack = min(slack, visit.closes - now + waited)
            if now > visit.closes + HAIR:
                found.append(f"{visit.name} at {now:.10g}, after {visit.closes:.10g}")
            before = visit
        lasts = now - first.opens - max(0.0, min(slack, waited))
        longest = self._fleet.longest
        return found if longest is None or lasts <= self._clock(longest) + HAIR else [*found, f"lasts {lasts:.10g}, more than {self._clock(longest):.10g}"]

    def _full(self) -> list[str]:
        """What is on board at any moment of each trip."""
        if self._instance.sort is Sort.PDPTW:
            board = [sum(client.demand for client in self._clients()[:count]) for count in range(1, len(self._stops) + 1)]
        else:
            board = [amount for trip in self._trips() for amount in _aboard(trip)]
        most = max(board, default=0)
        return [f"{most} on board, more than {self._fleet.capacity}"] if most > self._fleet.capacity else []

    def _clients(self) -> list[Client]:
        return [stop for stop in self._stops if stop is not None]

    def _pairs(self) -> list[str]:
        """Who gets goods from another client comes later, with the same vehicle."""
        seen: set[int] = set()
        found = []
        for client in self._clients():
            if client.pickup is not None and client.pickup not in seen:
                found.append(f"client {client.row} before {client.pickup}, or without")
            seen.add(client.row)
        return found

    def _order(self) -> list[str]:
        """Loads again only where the fleet may; backhauls come last, and never alone."""
        found = ["loads again, which it may not"] if None in self._stops and not self._fleet.reloads else []
        if self._instance.sort is not Sort.VRPB:
            return found
        behind = [client.backhaul > 0 for client in self._clients()]
        return found + ([f"backhauls {'alone' if behind[0] else 'before linehauls'}"] if behind != sorted(behind) or behind[0] else [])


def _aboard(trip: list[Client]) -> list[int]:
    """The load when leaving the depot, then after each client of a trip."""
    found = [sum(client.demand for client in trip)]
    for client in trip:
        found.append(found[-1] - client.demand + client.backhaul)
    return found
