"""Shortest paths over a fixed graph whose weights change: the only module that knows `routingkit_cch`.

A `Hierarchy` is prepared once for a graph; a `Metric` is a set of weights on it. Weights are whole numbers below `NEVER`, path lengths too.
Two implementations behind one interface: the contraction hierarchy, and scipy's Dijkstra where the wheel is missing; they give equal numbers.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

NEVER = 2_147_483_647
"""The weight of an arc that may not be taken (the library's infinity, 2³¹ - 1); the length where no path leads."""

Labels = Sequence[tuple[int, int]]
"""Nodes with the length it takes to get to them: where a source enters the graph."""
Weights = NDArray[np.int64]


class Metric(Protocol):
    """One set of weights."""

    def update(self, arcs: NDArray[np.int64], weights: Weights) -> None:
        """Changes the weights of some arcs."""
        ...

    def lengths(self, sources: Sequence[Labels], targets: NDArray[np.int64]) -> "Rows":
        """Yields for each source the lengths to all targets, `NEVER` where no path leads."""
        ...

    def path(self, source: Labels, target: int) -> list[int]:
        """The nodes of a shortest path, empty where none leads."""
        ...


class Rows(Protocol):
    """An iterator over rows of lengths."""

    def __iter__(self) -> "Rows": ...
    def __next__(self) -> NDArray[np.int64]: ...


class Hierarchy(Protocol):
    """A graph ready for weights."""

    def metric(self, weights: Weights) -> Metric:
        """Weights for the arcs, in the order the graph was given."""
        ...


def contraction_order(nodes: int, tail: NDArray[np.int32], head: NDArray[np.int32], lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.uint32]:
    """The order in which a hierarchy contracts the nodes; plain counting where the library is missing, since scipy needs none."""
    engine = _engine()
    if engine is None or not len(tail):
        return np.arange(nodes, dtype=np.uint32)
    order = engine.compute_order_inertial(nodes, tail.astype(np.uint32), head.astype(np.uint32), lat.astype(np.float32), lon.astype(np.float32))
    return np.asarray(order, dtype=np.uint32)


def prepare(order: NDArray[np.uint32], tail: NDArray[np.int32], head: NDArray[np.int32]) -> Hierarchy:
    """A hierarchy over the graph, by the best engine there is."""
    engine = _engine()
    if engine is None:
        return DijkstraHierarchy(len(order), tail, head)
    return ContractionHierarchy(engine, order, tail, head)


def _engine() -> Any:
    try:
        import routingkit_cch
    except ImportError:
        return None
    return routingkit_cch


class ContractionHierarchy:
    """A customizable contraction hierarchy (Dibbelt, Strasser, Wagner: Customizable Contraction Hierarchies, ACM JEA 21, 2016)."""

    def __init__(self, engine: Any, order: NDArray[np.uint32], tail: NDArray[np.int32], head: NDArray[np.int32]) -> None:
        self.engine = engine
        self.graph = engine.CCH(order, tail.astype(np.uint32), head.astype(np.uint32), False)

    def metric(self, weights: Weights) -> Metric:
        """Customises the hierarchy: some ten milliseconds for a city of 25,000 edges."""
        return _ContractionMetric(self, weights)


class _ContractionMetric:
    def __init__(self, hierarchy: ContractionHierarchy, weights: Weights) -> None:
        self._engine = hierarchy.engine
        self._metric = self._engine.CCHMetric(hierarchy.graph, weights.astype(np.uint32))
        self._updater = self._engine.CCHMetricPartialUpdater(hierarchy.graph)

    def update(self, arcs: NDArray[np.int64], weights: Weights) -> None:
        self._updater.apply(self._metric, dict(zip(arcs.tolist(), weights.tolist(), strict=True)))

    def lengths(self, sources: Sequence[Labels], targets: NDArray[np.int64]) -> Rows:
        pinned = self._engine.CCHOneToMany(self._metric, targets.tolist())
        return (_row(pinned.distances_from_multi(list(source))) for source in sources)

    def path(self, source: Labels, target: int) -> list[int]:
        result = self._engine.CCHQuery(self._metric).run_multi(list(source), [(target, 0)])
        found = list(result.node_path) if result.distance is not None else []
        del result  # the library panics where a result outlives the next query
        return found


def _row(lengths: list[int | None]) -> NDArray[np.int64]:
    if None in lengths:
        return np.array([NEVER if length is None else length for length in lengths], dtype=np.int64)
    return np.fromiter(lengths, dtype=np.int64, count=len(lengths))


class DijkstraHierarchy:
    """Dijkstra's algorithm by scipy: no preparation, some ten times slower."""

    def __init__(self, nodes: int, tail: NDArray[np.int32], head: NDArray[np.int32]) -> None:
        self.nodes, self.tail, self.head = nodes, tail, head

    def metric(self, weights: Weights) -> Metric:
        """Weights for the arcs."""
        return _DijkstraMetric(self, weights.copy())


class _DijkstraMetric:
    def __init__(self, graph: DijkstraHierarchy, weights: Weights) -> None:
        self._graph, self._weights = graph, weights

    def update(self, arcs: NDArray[np.int64], weights: Weights) -> None:
        self._weights[arcs] = weights

    def lengths(self, sources: Sequence[Labels], targets: NDArray[np.int64]) -> Rows:
        return (self._search(source)[0][targets] for source in sources)

    def path(self, source: Labels, target: int) -> list[int]:
        lengths, before = self._search(source)
        if lengths[target] == NEVER:
            return []
        nodes = [target]
        while before[nodes[-1]] >= 0 and before[nodes[-1]] != self._graph.nodes:
            nodes.append(int(before[nodes[-1]]))
        return nodes[::-1]

    def _search(self, source: Labels) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """One search from an extra node that stands for the source. scipy takes a stored zero for no arc: half a unit is added and rounded away."""
        from scipy.sparse.csgraph import dijkstra  # heavy, and only the fallback needs it

        extra, open_arcs = self._graph.nodes, self._weights < NEVER
        tiny = 1e-6
        tail = np.concatenate((self._graph.tail[open_arcs], np.full(len(source), extra)))
        head = np.concatenate((self._graph.head[open_arcs], np.array([node for node, _ in source], dtype=np.int64)))
        weight = np.concatenate((self._weights[open_arcs] + tiny, np.array([length for _, length in source]) + tiny))
        graph = _lightest(tail, head, weight, extra + 1)
        lengths, before = dijkstra(graph, indices=extra, return_predecessors=True)
        whole = np.where(np.isfinite(lengths), np.rint(np.where(np.isfinite(lengths), lengths, 0)), NEVER).astype(np.int64)
        return whole[:extra], before


def _lightest(tail: NDArray[Any], head: NDArray[Any], weight: NDArray[np.float64], nodes: int) -> Any:
    """A sparse matrix of the arcs; of parallel ones the lightest, where a plain constructor would add them up."""
    from scipy.sparse import csr_array

    order = np.lexsort((weight, head, tail))
    tail, head, weight = tail[order], head[order], weight[order]
    first = np.ones(len(tail), dtype=bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    return csr_array((weight[first], (tail[first], head[first])), shape=(nodes, nodes))
