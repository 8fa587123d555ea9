"""Which edges of a profile are connected: the public network that everything is reached from, and the access-only zones at its rim."""

import numpy as np

from app.routing.network import Flags, Ints

OUTSIDE = -1
"""Not allowed, or on an island of the network."""
LEADS_IN = -2
"""Leads onto the connected network, but is not reached from it: a one-way road that enters the extract at its rim."""
LEADS_IN_BY_ZONE = -4
"""Leads onto the connected network only through an access-only zone."""
LEADS_OUT = -3
"""Reached from the connected network, but does not lead back."""
PUBLIC = 0


def find_zones(usable: Flags, restricted: Flags, arc_from: Ints, arc_to: Ints) -> Ints:
    """The zone of each edge, for arcs that the profile may take; an arc from a two-way street to its other direction is among them, since who
    stops on it may go on either way.

    The largest strongly connected part counts; within it the largest strongly connected part of the unrestricted edges is public. What is left
    (access-only roads, and public ones that only those lead to) falls into zones by touching: inside a zone one drives freely, in and out of it one goes to
    reach a place there, and no way leads through it, since each leaving costs `LEAVING_MS` (`metrics`).
    """
    count = len(usable)
    connected = _largest(usable, arc_from, arc_to, count)
    public = _largest(connected & ~restricted, arc_from, arc_to, count)
    inside = connected & ~public
    both = inside[arc_from] & inside[arc_to]
    label = _parts(arc_from[both], arc_to[both], count, "weak")
    zone = np.full(count, OUTSIDE, dtype=np.int32)
    zone[_reached(connected, usable, arc_from, arc_to)] = LEADS_OUT
    zone[_reached(connected, usable, arc_to, arc_from)] = LEADS_IN_BY_ZONE
    zone[_reached(public, usable & ~inside, arc_to, arc_from)] = LEADS_IN
    zone[public] = PUBLIC
    zone[inside] = label[inside] + 1
    return zone


def _reached(start: Flags, usable: Flags, arc_from: Ints, arc_to: Ints) -> Flags:
    """The usable edges that arcs lead to from any of the start edges."""
    seen = start.copy()
    both = usable[arc_from] & usable[arc_to]
    arc_from, arc_to = arc_from[both], arc_to[both]
    while True:
        fresh = arc_to[seen[arc_from] & ~seen[arc_to]]
        if not len(fresh):
            return np.asarray(seen & ~start)
        seen[fresh] = True


def _largest(usable: Flags, arc_from: Ints, arc_to: Ints, count: int) -> Flags:
    """The usable edges of the largest strongly connected part of the graph that they make."""
    both = usable[arc_from] & usable[arc_to]
    label = _parts(arc_from[both], arc_to[both], count, "strong")
    if not usable.any():
        return np.zeros(count, dtype=bool)
    sizes = np.bincount(label[usable])
    return np.asarray(usable & (label == int(np.argmax(sizes))))


def _parts(tails: Ints, heads: Ints, count: int, connection: str) -> Ints:
    """The number of the connected part of each node."""
    from scipy.sparse import csr_array  # heavy, and only building needs it
    from scipy.sparse.csgraph import connected_components

    graph = csr_array((np.ones(len(tails), dtype=np.int8), (tails, heads)), shape=(count, count))
    _, label = connected_components(graph, directed=True, connection=connection)
    return np.asarray(label)
