"""Tiny instances for tests of the benches: files in every form, written by hand, and random ones of every sort."""

from pathlib import Path

from hypothesis import strategies as st

from app.optimiser.benches.instance import LOADS, Client, Fleet, Instance, Plan, Rounding, Route, Sort
from app.optimiser.benches.reading import read

SOLOMON = """\
TOY1

VEHICLE
NUMBER     CAPACITY
  3         50

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0       400          0
    1      3         4         10          0       300         10
    2      6         8         10          0       300         10
    3      1         1         10         50       100         10
    4     -3         4         20          0       300         10
    5     -6         8         10          0       300         10
    6     10         0         10        100       200         10
    7     12         0         10          0       300         10
    8     14         1         10          0       300         10
    9      0       -10         10          0       300         10
   10      1       -12         10          0       300         10
"""
LI_LIM = """\
2\t20\t1
0\t0\t0\t0\t0\t400\t0\t0\t0
1\t3\t4\t10\t0\t300\t10\t0\t2
2\t6\t8\t-10\t0\t300\t10\t1\t0
3\t0\t5\t15\t0\t300\t10\t0\t4
4\t1\t1\t-15\t20\t300\t10\t3\t0
"""
MATRIX = """\
NAME : toy-road
TYPE : VRPTW
DIMENSION : 3
VEHICLES : 2
EDGE_WEIGHT_TYPE : EXPLICIT
EDGE_WEIGHT_FORMAT : FULL_MATRIX
CAPACITY : 10
EDGE_WEIGHT_SECTION
0 5 9
6 0 4
8 3 0
DEMAND_SECTION
1 0
2 4
3 5
DEPOT_SECTION
1
-1
SERVICE_TIME_SECTION
1 0
2 2
3 2
TIME_WINDOW_SECTION
1 0 100
2 0 50
3 0 50
EOF
"""
RELOADS = """\
NAME: toy-trips
TYPE: MTVRPTWR
EDGE_WEIGHT_TYPE: EUC_2D
DIMENSION: 4
VEHICLES: 1
CAPACITY: 10
SERVICE_TIME: 1
NODE_COORD_SECTION
1\t0\t0
2\t3\t4
3\t0\t2
4\t0\t-2
DEMAND_SECTION
1\t0
2\t6
3\t6
4\t4
TIME_WINDOW_SECTION
1\t0\t100
2\t0\t90
3\t0\t90
4\t0\t90
RELEASE_TIME_SECTION
1\t0
2\t0
3\t20
4\t0
VEHICLES_RELOAD_DEPOT_SECTION
1\t1
DEPOT_SECTION
1
EOF
"""
BACKHAULS = """\
NAME: toy-back
TYPE: VRPB
DIMENSION: 4
CAPACITY: 10
EDGE_WEIGHT_TYPE: EUC_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 0 2
4 0 4
DEMAND_SECTION
1 0
2 6
3 4
4 0
BACKHAUL_SECTION
1 0
2 0
3 0
4 7
DEPOT_SECTION
1
EOF
"""
DEPOTS = """\
NAME: toy-depots
TYPE: MDVRPTW
EDGE_WEIGHT_TYPE: EUC_2D
DIMENSION: 4
VEHICLES: 2
CAPACITY: 10
VEHICLES_MAX_DURATION: 20
NODE_COORD_SECTION
1 0 0
2 10 0
3 1.5 0
4 9 0
DEMAND_SECTION
1 0
2 0
3 5
4 5
SERVICE_TIME_SECTION
1 0
2 0
3 2
4 2
TIME_WINDOW_SECTION
1 0 100
2 0 100
3 50 60
4 0 60
VEHICLES_DEPOT_SECTION
1 1
2 2
DEPOT_SECTION
1
2
EOF
"""
PRIZES = """\
NAME : toy-prizes
TYPE : PCVRPTW
DIMENSION : 3
VEHICLES : 1
CAPACITY : 10
SERVICE_TIME : 1
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
2 0 2
3 0 50
DEMAND_SECTION
1 0
2 5
3 5
TIME_WINDOW_SECTION
1 0 200
2 0 190
3 0 190
PRIZE_SECTION
1 0
2 30
3 7
DEPOT_SECTION
1
-1
EOF
"""
MIXED = """\
NAME: toy-FSM
TYPE: HFVRP
DIMENSION: 3
VEHICLES: 6
EDGE_WEIGHT_TYPE: EUC_2D
NODE_COORD_SECTION
1 0 0
2 3 4
3 0 2
DEMAND_SECTION
1 0
2 6
3 4
CAPACITY_SECTION
1 6
2 6
3 6
4 20
5 20
6 20
VEHICLES_FIXED_COST_SECTION
1 100
2 100
3 100
4 300
5 300
6 300
VEHICLES_UNIT_DISTANCE_COST_SECTION
1 50
2 50
3 50
4 60
5 60
6 60
DEPOT_SECTION
1
EOF
"""
TOYS = {
    "toy1.txt": SOLOMON,
    "ltoy1.txt": LI_LIM,
    "toy-road.txt": MATRIX,
    "toy-trips.vrp": RELOADS,
    "toy-back.vrp": BACKHAULS,
    "toy-depots.vrp": DEPOTS,
    "toy-prizes.vrp": PRIZES,
    "toy-FSM.vrp": MIXED,
}
"""File names and texts."""


def written(folder: Path, name: str) -> Path:
    """The file of a toy, in a folder."""
    file = folder / name
    file.write_text(TOYS[name], "utf-8")
    return file


def toy(folder: Path, name: str) -> Instance:
    """A toy as it is read."""
    return read(written(folder, name))


def driven(*routes: tuple[int, ...] | list[int]) -> Plan:
    """A plan of the first fleet's vehicles."""
    return tuple(Route(0, tuple(route)) for route in routes)


# Random --------------------------------------------------------------------------------------------------------------


@st.composite
def cases(draw: st.DrawFn) -> tuple[Instance, Plan]:
    """A random instance of any sort but Li & Lim's unrounded one, and a random plan of it: each client once, in any order, also one that breaks rules.

    Small numbers, so that limits are often met exactly, or missed by one."""
    sort = draw(st.sampled_from([sort for sort in Sort if sort is not Sort.PDPTW]))
    count, depots = draw(st.integers(1, 6)), 2 if sort is Sort.MDVRPTW else 1
    place = st.tuples(st.integers(-3, 3), st.integers(-3, 3)).map(lambda at: (float(at[0]), float(at[1])))
    size = depots + count
    instance = Instance(
        name="random",
        sort=sort,
        rounding=Rounding.WHOLE,
        size=size,
        places=tuple(draw(st.lists(place, min_size=size, max_size=size))),
        clients=tuple(draw(clients(row, sort)) for row in range(depots, size)),
        fleets=tuple(draw(fleets(depot, sort)) for depot in range(depots)),
    )
    return instance, draw(plans(instance))


@st.composite
def clients(draw: st.DrawFn, row: int, sort: Sort) -> Client:
    """A client whose window may be narrow; with the rules of the sort."""
    back = sort is Sort.VRPB and draw(st.booleans())
    amount, opens = draw(st.integers(1, 3)), draw(st.integers(0, 15))
    return Client(
        row=row,
        demand=0 if back else amount,
        backhaul=amount if back else 0,
        opens=opens,
        closes=opens + draw(st.sampled_from([0, 2, 5, 10, 30, 60])),
        service=draw(st.integers(0, 3)),
        release=draw(st.sampled_from([0, 0, 3, 9])) if sort is Sort.MTVRPTWR else 0,
        prize=draw(st.integers(1, 50)) if sort is Sort.PCVRPTW else 0,
    )


@st.composite
def fleets(draw: st.DrawFn, depot: int, sort: Sort) -> Fleet:
    """A fleet of vehicles enough for any plan; rules of the sort."""
    opens = draw(st.integers(0, 5))
    return Fleet(
        count=6,
        capacity=draw(st.sampled_from([2, 3, 4, 5, 7, 20])),
        depot=depot,
        opens=opens,
        closes=opens + draw(st.sampled_from([10, 15, 20, 30, 60])),
        longest=draw(st.integers(5, 25)) if sort is Sort.MDVRPTW else None,
        reloads=sort is Sort.MTVRPTWR,
        fixed=draw(st.integers(0, 99)) if sort is Sort.HFVRP else 0,
        unit=draw(st.integers(1, 3)) if sort is Sort.HFVRP else 1,
    )


@st.composite
def plans(draw: st.DrawFn, instance: Instance) -> Plan:
    """The clients in any order, cut into routes anywhere, and a route into trips where its fleet may load again."""
    order = list(draw(st.permutations([client.row for client in instance.clients])))
    if any(client.prize for client in instance.clients):
        order = order[: draw(st.integers(0, len(order)))]
    routes: list[tuple[int, list[int]]] = []
    for row in order:
        if not routes or draw(st.booleans()):
            routes.append((draw(st.integers(0, len(instance.fleets) - 1)), []))
        fleet, stops = routes[-1]
        if stops and instance.fleets[fleet].reloads and draw(st.booleans()):
            stops.append(LOADS)
        stops.append(row)
    return tuple(Route(fleet, tuple(stops)) for fleet, stops in routes)
