"""`main.py plan` as its user runs it: a file of orders on a tiny town's roads, checked from outside by the numbers that it writes.

The town is a grid of streets 400 m apart; its depot stands in the middle. Shifts lie within the midday band, so that one table of `bench roads`
holds for every leg.
"""

import csv
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
from python_calamine import CalamineWorkbook

import main
from app import bootstrap
from app.cli import plan
from app.domain.errors import Unavailable
from app.routing.areas import LocalAreas
from app.services.problem import Progress, Solution
from tests.builders import TurnedClock
from tests.made_papers import codes_on
from tests.routing.tiny_towns import TinyTown, at

SCHEMA = json.loads((main.ROOT / "resources" / "schemas" / "plan.schema.json").read_text("utf-8"))
HEAD = ("order", "lat", "lon", "window", "weight (kg)", "service (min)")
SIDE, STEP = 6, 400
NAMES = ("Ahornweg", "Birkenweg", "Eichenweg", "Fichtenweg", "Lindenweg", "Ulmenweg")
DEPOT = at(1_000, 1_000)
VANS = ("--vans=3", f"--depot={DEPOT.lat},{DEPOT.lon}", "--shift=10:00-15:30", "--load=40kg", "--zone=Europe/Berlin")
DEMO = main.ROOT / "resources" / "demo"
Rows = Sequence[Sequence[object]]
Planned = Callable[..., tuple[int, dict[str, Any]]]


def a_grid() -> TinyTown:
    """Streets both ways, crossing every 400 m, and three houses on the southern one."""
    town = TinyTown()
    corners = [[town.node(column * STEP, row * STEP) for column in range(SIDE)] for row in range(SIDE)]
    for number, row in enumerate(corners):
        town.way(row, highway="residential", name=NAMES[number])
    for number in range(SIDE):
        town.way([row[number] for row in corners], highway="residential", name=f"Lange Gasse {number}")
    for number, east in (("1", 50), ("3", 150), ("5", 250)):
        town.house(NAMES[0], number, east, 15)
    return town


def row(number: int, east: float, north: float, window: str = "", kilos: float = 4, minutes: int = 5) -> tuple[object, ...]:
    """An order at a place of the town."""
    place = at(east, north)
    return (f"T-{number}", round(place.lat, 6), round(place.lon, 6), window, kilos, minutes)


GOOD = (
    row(1, 100, 10),
    row(2, 1_900, 10, "10:00-11:00"),
    row(3, 100, 1_990, "14:00-15:00"),
    row(4, 1_900, 1_990, "10:30-11:30"),
    row(5, 800, 410),
    row(6, 1_200, 410, "12:00-13:00"),
    row(7, 410, 1_300, "10:00-10:30, 13:00-14:00"),
    row(8, 1_610, 1_300),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the town as area "grid"."""
    folder = tmp_path_factory.mktemp("plan")
    LocalAreas(folder / "areas", folder / "cache").build(str(a_grid().write(folder / "grid.osm.pbf")))
    return folder


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    """Monday, 2026-11-23, half past eleven in the evening, UTC: in Berlin it is Tuesday already."""
    monkeypatch.setattr(bootstrap, "SystemClock", lambda: TurnedClock(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)))
    monkeypatch.setenv("DOORSTEP_DATA", str(data))  # for the child


@pytest.fixture
def planned(tmp_path: Path, data: Path) -> Planned:
    """Plans rows of orders with further words; the exit code and the JSON. Without words: three vans."""

    def run(rows: Rows, *words: str, head: Sequence[str] = HEAD) -> tuple[int, dict[str, Any]]:
        orders, out = table(tmp_path / "orders.csv", rows, head), tmp_path / "plan.json"
        code = main.main(_words(data, orders, out, *(words or VANS)))
        return code, json.loads(out.read_text("utf-8"))

    return run


def table(file: Path, rows: Rows, head: Sequence[str] = HEAD) -> Path:
    """Writes rows as a CSV file."""
    with file.open("w", encoding="utf-8", newline="") as to:
        csv.writer(to).writerows([head, *rows])
    return file


def _words(data: Path, orders: Path, out: Path, *words: str) -> list[str]:
    return ["--data", str(data), "--language=en", "plan", f"--orders={orders}", "--area=grid", f"--json={out}", "--seconds=0.3", "--threads=1", *words]


# Checks from outside ---------------------------------------------------------------------------------------------------


def moment(text: str) -> datetime:
    """An aware time of the JSON."""
    found = datetime.fromisoformat(text)
    assert found.utcoffset() is not None
    return found


def check(found: dict[str, Any]) -> None:
    """What must hold of any plan's JSON by itself: the schema, each order once, sums, and windows kept or lateness said."""
    jsonschema.validate(found, SCHEMA, format_checker=jsonschema.FormatChecker())
    stops = [stop for route in found["routes"] for stop in route["stops"]]
    names = [stop["order"] for stop in stops]
    left = [each["order"] for each in found["unplanned"]]
    assert len(set(names)) == len(names) == found["planned"]
    assert not set(names) & set(left)
    assert found["planned"] + len(left) == found["orders"]
    assert found["late"] == sum(stop["late_s"] > 0 for stop in stops)
    for total in ("distance_m", "duration_s"):
        assert found[total] == sum(route[total] for route in found["routes"])
    for route in found["routes"]:
        _check_times(route)


def _check_times(route: dict[str, Any]) -> None:
    before = moment(route["leaves"])
    assert (moment(route["returns"]) - before).total_seconds() == route["duration_s"]
    for stop in route["stops"]:
        times = [moment(stop[name]) for name in ("arrival", "start", "departure")]
        assert times == sorted(times)
        assert before <= times[0]
        kept = not stop["windows"] or any(moment(opens) <= times[1] <= moment(closes) for opens, closes in stop["windows"])
        assert kept == (stop["late_s"] == 0)
        before = times[2]
    assert before <= moment(route["returns"])


def check_roads(found: dict[str, Any], data: Path, folder: Path) -> None:
    """Every arrival is the departure before it and the road between, as `bench roads` has it: to the second that is written."""
    points = [(found["depot"]["lat"], found["depot"]["lon"]), *((stop["lat"], stop["lon"]) for route in found["routes"] for stop in route["stops"])]
    file, out = table(folder / "points.csv", points, ("lat", "lon")), folder / "roads.json"
    assert main.main(["--data", str(data), "bench", "roads", "--area=grid", f"--points={file}", f"--json={out}"]) == 0
    roads = json.loads(out.read_text("utf-8"))
    number = 0
    for route in found["routes"]:
        here, leaves, meters = 0, moment(route["leaves"]), 0
        for stop in route["stops"]:
            number += 1
            assert abs((moment(stop["arrival"]) - leaves).total_seconds() - roads["seconds"][here][number]) < 1.001
            assert stop["distance_m"] == roads["meters"][here][number]
            here, leaves, meters = number, moment(stop["departure"]), meters + stop["distance_m"]
        assert abs((moment(route["returns"]) - leaves).total_seconds() - roads["seconds"][here][0]) < 1.001
        assert route["distance_m"] == meters + roads["meters"][here][0]


# What comes out --------------------------------------------------------------------------------------------------------


def test_a_whole_file_is_planned_and_the_code_is_zero(planned: Planned, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = planned(GOOD)
    said = capsys.readouterr().out
    check(found)
    check_roads(found, data, tmp_path)
    assert (code, found["planned"], found["late"], found["errors"], found["unplanned"]) == (0, 8, 0, [], [])
    assert (found["roads"], found["zone"]) == ("roads", "Europe/Berlin")
    assert "orders planned: 8 of 8" in said
    given = {str(each[0]): (each[1], each[2]) for each in GOOD}
    assert {stop["order"]: (stop["lat"], stop["lon"]) for route in found["routes"] for stop in route["stops"]} == given


def test_bad_rows_and_heavy_orders_are_named_and_the_others_planned(planned: Planned, capsys: pytest.CaptureFixture[str]) -> None:
    """The fourth row of the file has a latitude that is none; T-9 weighs more than a van carries."""
    rows = (*GOOD[:2], ("T-3", "north", 10.0, "", 1, 5), row(9, 800, 800, kilos=500))
    code, found = planned(rows)
    err = capsys.readouterr().err
    check(found)
    assert (code, found["orders"], found["planned"]) == (1, 3, 2)
    (error,), (left,) = found["errors"], found["unplanned"]
    assert (error["row"], error["column"]) == (4, "lat")
    assert f"Row 4, lat: {error['reason']}" in err
    assert left["order"] == "T-9"
    assert "500" in left["reason"]
    assert "40" in left["reason"]


def test_addresses_are_found_or_the_order_says_why_not(planned: Planned) -> None:
    head = ("order", "address")
    code, found = planned([("A", "Ahornweg 3"), ("B", "Nirgendwo 99")], head=head)
    check(found)
    assert (code, found["planned"]) == (1, 1)
    ((stop,),) = (route["stops"] for route in found["routes"])
    house = at(150, 15)
    assert (stop["order"], stop["lat"], stop["lon"]) == ("A", pytest.approx(house.lat, abs=1e-6), pytest.approx(house.lon, abs=1e-6))
    assert [each["order"] for each in found["unplanned"]] == ["B"]


def test_a_window_that_no_shift_reaches_leaves_its_order_out(planned: Planned) -> None:
    code, found = planned([row(1, 0, 0, "18:00-19:00"), row(2, 0, 400)])
    check(found)
    assert code == 1
    ((left,),) = (found["unplanned"],)
    assert (left["order"], "18:00–19:00" in left["reason"]) == ("T-1", True)


def test_too_few_vans_leave_orders_with_reasons(planned: Planned) -> None:
    words = ("--vans=1", *VANS[1:3], "--load=10kg", VANS[4])
    code, found = planned(GOOD, *words)
    check(found)
    assert (code, found["planned"]) == (1, 2)
    assert all(each["reason"] for each in found["unplanned"])


# Days and zones --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("zone", "day", "offset"), [("Europe/Berlin", "2026-11-24", "+01:00"), ("America/New_York", "2026-11-23", "-05:00")])
def test_a_file_without_a_day_is_planned_for_today_where_the_depot_is(planned: Planned, zone: str, day: str, offset: str) -> None:
    _, found = planned(GOOD[:2], *VANS[:4], f"--zone={zone}")
    check(found)
    assert (found["day"], found["zone"]) == (day, zone)
    assert found["routes"][0]["stops"][0]["arrival"].startswith(day)
    assert found["routes"][0]["stops"][0]["arrival"].endswith(offset)


def test_the_day_asked_for_counts(planned: Planned) -> None:
    _, found = planned(GOOD[:2], *VANS, "--day=2027-07-01")
    check(found)
    assert found["day"] == "2027-07-01"
    assert found["routes"][0]["leaves"].endswith("+02:00")


@pytest.mark.parametrize(("words", "day", "served"), [((), "2026-12-01", "A"), (("--day=2026-12-02",), "2026-12-02", "B")])
def test_of_several_days_one_is_planned_and_the_others_are_said(planned: Planned, words: tuple[str, ...], day: str, served: str) -> None:
    places = [each[1:3] for each in GOOD[:2]]
    rows = [("A", "2026-12-01", *places[0]), ("B", "2026-12-02", *places[1])]
    code, found = planned(rows, *VANS, *words, head=("order", "date", "lat", "lon"))
    check(found)
    assert (code, found["day"], found["planned"]) == (1, day, 1)
    assert [stop["order"] for route in found["routes"] for stop in route["stops"]] == [served]
    ((left,),) = (found["unplanned"],)
    assert f"--day {'2026-12-02' if served == 'A' else '2026-12-01'}" in left["reason"]


# Fleet -----------------------------------------------------------------------------------------------------------------


def test_a_fleet_file_brings_names_skills_and_breaks(planned: Planned, tmp_path: Path) -> None:
    head = ("depot", "depot_lat", "depot_lon", "vehicle", "weight (kg)", "driver", "skills", "shift", "break")
    rows = [
        ("Yard", DEPOT.lat, DEPOT.lon, "Blue", 40, "Ada", "", "10:00-15:30", ""),
        ("", "", "", "Red", 40, "Bob", "piano", "10:00-15:30", "12:00-12:30/30min"),
    ]
    fleet = table(tmp_path / "fleet.csv", rows, head)
    orders = [(*row(1, 100, 10), "piano"), (*row(2, 1_900, 10, "12:00-13:00"), "piano"), (*row(3, 0, 800), "stairs")]
    code, found = planned(orders, f"--fleet={fleet}", "--zone=Europe/Berlin", head=(*HEAD, "skills"))
    check(found)
    assert (code, found["depot"]["name"]) == (1, "Yard")
    (route,) = found["routes"]
    assert (route["vehicle"], route["driver"], len(route["stops"])) == ("Red", "Bob", 2)
    assert "stairs" in found["unplanned"][0]["reason"]


# Other files -----------------------------------------------------------------------------------------------------------


def test_workbook_and_map_say_the_same_and_need_no_network(planned: Planned, tmp_path: Path) -> None:
    sheet, page = tmp_path / "plan.xlsx", tmp_path / "plan.html"
    _, found = planned([*GOOD, row(9, 800, 800, kilos=500)], *VANS, f"--xlsx={sheet}", f"--map={page}")
    book = CalamineWorkbook.from_path(str(sheet))
    assert len(book.sheet_names) == 5
    head, *rows = book.get_sheet_by_index(2).to_python()
    stops = [stop for route in found["routes"] for stop in route["stops"]]
    cells = [dict(zip(head, each, strict=True)) for each in rows]
    assert len(cells) == len(stops) == 8
    for cell, stop in zip(cells, stops, strict=True):
        arrival = next(value for value in cell.values() if isinstance(value, datetime))
        assert abs((arrival - moment(stop["arrival"]).replace(tzinfo=None)).total_seconds()) < 1
        assert stop["order"] in cell.values()
        numbers = {round(value, 6) for value in cell.values() if isinstance(value, float)}
        assert {stop["lat"], stop["lon"], 4.0} <= numbers
    text = page.read_text("utf-8")
    assert not re.search(r"""src=["']?https?:|<link[^>]+https?:|url\(["']?https?:|@import""", text, re.IGNORECASE)  # links to click, as in licences, are none
    assert all(stop["order"] in text for stop in stops)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_files_get_the_usual_rights(planned: Planned, tmp_path: Path) -> None:
    """A colleague's group may read what the umask lets it."""
    names = ("plan.json", "plan.xlsx", "plan.html")
    before = os.umask(0o022)
    try:
        planned(GOOD[:2], *VANS, f"--xlsx={tmp_path / names[1]}", f"--map={tmp_path / names[2]}")
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in names] == [0o644] * 3


# Wrong use -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--vans=2",), "--depot"),
        ((*VANS, "--fleet=fleet.csv"), "not both"),
        ((*VANS, "--day=tomorrow"), "--day: tomorrow"),
        ((*VANS, "--zone=Mars/Olympus"), "Mars/Olympus"),
        ((*VANS, "--seconds=-1"), "--seconds"),
        ((*VANS, "--area=atlantis"), "atlantis"),
        ((*VANS, "--depot=0.5,0.5"), "0.5"),
        ((*VANS, "--load=much"), "much"),
        ((*VANS, "--shift=25:00"), "25:00"),
        ((*VANS, "--orders=nowhere.csv"), "nowhere.csv"),
        ((*VANS, "--json=nowhere/plan.json"), "nowhere"),
        (("--fleet=nowhere.csv",), "nowhere.csv"),
    ],
)
def test_wrong_use_is_one_sentence_and_writes_nothing(
    words: tuple[str, ...], said: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    orders = table(tmp_path / "orders.csv", GOOD)
    assert main.main(_words(data, orders, tmp_path / "plan.json", *words)) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err
    assert [each.name for each in tmp_path.iterdir()] == ["orders.csv"]


def test_papers_and_routes_of_the_plan_come_along_where_wanted(planned: Planned, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    _, found = planned(GOOD[:3], *VANS, f"--papers={folder}")
    names = {each.name for each in folder.iterdir()}
    assert names == {*(f"{kind}.pdf" for kind in ("manifest", "load", "staging", "labels", "cards")), "labels.zpl", "routes.gpx", "routes.geojson", "stops.csv"}
    orders = [stop["order"] for route in found["routes"] for stop in route["stops"]]
    assert sorted(text for page in codes_on((folder / "manifest.pdf").read_bytes()) for _, text in page) == sorted(orders)
    assert all(order in (folder / "routes.gpx").read_text("utf-8") for order in orders)


@pytest.mark.parametrize("option", ["--json", "--xlsx", "--map"])
def test_an_output_that_cannot_be_written_is_named(option: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder stands where the file should go."""
    orders, taken = table(tmp_path / "orders.csv", GOOD[:2]), tmp_path / "taken"
    taken.mkdir()
    assert main.main(_words(data, orders, tmp_path / "plan.json", *VANS, f"{option}={taken}")) == 2
    assert "taken" in capsys.readouterr().err
    assert {each.name for each in tmp_path.iterdir()} <= {"orders.csv", "plan.json", "taken"}
    assert not [*taken.iterdir()]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff" * 400, b"order,lat,lon\n"])
def test_an_order_file_that_is_none_is_refused(content: bytes, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    orders = tmp_path / "orders.csv"
    orders.write_bytes(content)
    assert main.main(_words(data, orders, tmp_path / "plan.json", *VANS)) == 2
    assert capsys.readouterr().err.strip()
    assert not (tmp_path / "plan.json").exists()


# Ctrl+C ----------------------------------------------------------------------------------------------------------------


class _Interrupted:
    """A run that Ctrl+C meets: once asked to stop it gives what it has."""

    def __init__(self) -> None:
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True

    def wait(self) -> Solution:
        if not self.stopped:
            raise KeyboardInterrupt
        return Solution(routes=(), engine="stand-in")


def test_stopping_while_it_searches_keeps_the_best() -> None:
    run = _Interrupted()
    doors: Any = SimpleNamespace(planner=lambda: SimpleNamespace(start=lambda *_, **__: run), settings=SimpleNamespace(planning=SimpleNamespace()))
    problem: Any = SimpleNamespace(tasks=(1,), shifts=(1,))
    assert plan._solved(SimpleNamespace(seconds=1.0, threads=1), doors, problem).engine == "stand-in"  # type: ignore[arg-type]


class _InterruptedToo(_Interrupted):
    """A run whose process the terminal interrupted before it had any plan."""

    def wait(self) -> Solution:
        if self.stopped:
            raise Unavailable("planning.engine_died", code=130, why="Stopped.")
        raise KeyboardInterrupt


def test_stopping_before_there_is_any_plan_is_a_stop_not_a_failure() -> None:
    run = _InterruptedToo()
    doors: Any = SimpleNamespace(planner=lambda: SimpleNamespace(start=lambda *_, **__: run), settings=SimpleNamespace(planning=SimpleNamespace()))
    problem: Any = SimpleNamespace(tasks=(1,), shifts=(1,))
    with pytest.raises(KeyboardInterrupt):
        plan._solved(SimpleNamespace(seconds=1.0, threads=1), doors, problem)  # type: ignore[arg-type]


def test_a_plan_without_the_fast_engine_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    """However many plans come, with what to do about it."""

    def start(_problem: object, *, progress: Callable[[Progress], None], **_: object) -> Any:
        for seconds in (0.1, 0.2):
            progress(Progress(seconds=seconds, note="no_kernel"))
        return SimpleNamespace(wait=lambda: Solution(routes=()))

    doors: Any = SimpleNamespace(planner=lambda: SimpleNamespace(start=start), settings=SimpleNamespace(planning=SimpleNamespace()), language="en")
    plan._solved(SimpleNamespace(seconds=1.0, threads=1), doors, SimpleNamespace(tasks=(1,), shifts=(1,)))  # type: ignore[arg-type]
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("Planned without the fast engine")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
@pytest.mark.parametrize("wait", [0.3, 3.0])
def test_ctrl_c_leaves_a_whole_file_or_none(wait: float, data: Path, tmp_path: Path) -> None:
    """The terminal sends it to the search's process too."""
    orders, out = table(tmp_path / "orders.csv", GOOD), tmp_path / "plan.json"
    words = _words(data, orders, out, *VANS, "--seconds=60")
    with _running(words) as program:
        time.sleep(wait)
        os.killpg(program.pid, signal.SIGINT)
        _, err = program.communicate(timeout=60)
    assert "Traceback" not in err
    assert program.returncode in {0, main.STOPPED}
    assert out.exists() == (program.returncode == 0)
    if out.exists():
        check(json.loads(out.read_text("utf-8")))
    assert {each.name for each in tmp_path.iterdir()} <= {"orders.csv", "plan.json"}


def _running(words: Sequence[str]) -> "subprocess.Popen[str]":
    command = [sys.executable, str(main.ROOT / "main.py"), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


# The demo day ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def helsinki() -> Path:
    """The demo's extract, where set-up has brought it."""
    file = DEMO / "area" / "Helsinki.osm.pbf"
    if not file.is_file():
        pytest.skip("resources/demo/area/Helsinki.osm.pbf is missing: packaging/bootstrap.py brings it")
    return file


@pytest.mark.timeout(180)
def test_the_demo_day_is_planned(helsinki: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    words = ["--data", str(tmp_path / "data"), "plan", f"--orders={DEMO / 'orders.csv'}", f"--fleet={DEMO / 'fleet.csv'}", f"--area={helsinki}"]
    assert main.main([*words, f"--json={out}", "--seconds=2"]) == 1
    found = json.loads(out.read_text("utf-8"))
    check(found)
    assert found["planned"] > 250
    assert len(found["routes"]) <= 12
    assert found["unplanned"]
    fleet = csv.DictReader((DEMO / "fleet.csv").read_text("utf-8-sig").splitlines())
    assert {route["vehicle"] for route in found["routes"]} <= {line["vehicle"] for line in fleet}
