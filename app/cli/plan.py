"""Plan a day's order file on an area's roads: JSON, and where wanted a workbook and a map.

The order file is understood as in the window: columns, units, dates and encodings are guessed; rows that cannot be taken are named on standard error
and in the JSON, the others are planned.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.cli.doors import Doors
    from app.domain.fleet import Depot
    from app.domain.geo import Place
    from app.domain.orders import Order
    from app.domain.sentences import Sentence
    from app.services.fleeting import FleetPreview
    from app.services.intake import Preview
    from app.services.plan_report import PlanReport
    from app.services.ports.planner import Run
    from app.services.ports.store import Day
    from app.services.ports.travel import AreaInfo, Geocoder, Report
    from app.services.problem import Problem, Progress, Solution

DONE, LEFT_OVER = 0, 1


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `main.py plan`."""
    parser.add_argument("--orders", required=True, type=Path, metavar="F", help="the order file: CSV, TSV, XLSX … (template: resources/templates/orders.csv)")
    parser.add_argument("--area", required=True, metavar="A", help="a known area's name, or an .osm.pbf file")
    parser.add_argument("--fleet", type=Path, metavar="F", help="the fleet file: depots, vehicles, drivers, shifts (template: resources/templates/fleet.csv)")
    group = parser.add_argument_group("instead of --fleet")
    group.add_argument("--vans", type=int, metavar="N", help="so many equal vans")
    group.add_argument("--depot", metavar="LAT,LON", help="where they start and end")
    group.add_argument("--shift", default="08:00-17:00", metavar="FROM-TO", help="when they are out (default: 08:00-17:00)")
    group.add_argument("--load", default="", metavar="WEIGHT", help="what each carries, such as 400kg (default: no limit)")
    parser.add_argument("--day", metavar="D", help="the day as YYYY-MM-DD (default: the file's when it has one, else today)")
    parser.add_argument("--date-order", choices=("dmy", "mdy", "ymd"), help="which comes first in dates such as 03/04/2026, where the file leaves it open")
    parser.add_argument("--zone", metavar="Z", help="IANA time zone of the depot, such as Europe/Helsinki (default: the fleet file's, else the machine's)")
    parser.add_argument("--seconds", type=float, metavar="N", help="how long to search for better plans (default: the setting planning.seconds)")
    parser.add_argument("--threads", type=int, metavar="N", help="how many searches at once (default: the setting planning.threads)")
    parser.add_argument("--json", required=True, type=Path, metavar="OUT", help="where the plan goes")
    parser.add_argument("--xlsx", type=Path, metavar="OUT", help="also as a workbook")
    parser.add_argument("--map", type=Path, metavar="OUT.html", help="also as a map")
    parser.add_argument("--papers", type=Path, metavar="DIR", help="also as papers: manifests, load sheets, labels (PDF and ZPL), GPX, GeoJSON, CSV")


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Plans and writes the files. Raises Refused with what, where and how to mend it."""
    from app.services import plan_report, planning
    from app.wording import sentence

    _check(args)
    day, others, preview, area = day_of(args, doors)
    travel = doors.areas().travel(area.name)
    problem = planning.day_problem(day, travel, report=_reporter(doors))
    solution = _solved(args, doors, planning.to_solve(problem, None))
    judged = planning.judge(problem, solution)
    errors = preview.errors
    report = plan_report.PlanReport(day=day, problem=problem, judged=judged, errors=errors, others=others)

    def say(said: "Sentence") -> str:
        return sentence(said, doors.language)

    for each in errors:
        _complain(doors, "plan_file.row_error", row=each.row, column=each.column, reason=say(each.reason))
    _write(args.json, json.dumps(plan_report.as_json(report, say), ensure_ascii=False, indent=1) + "\n")
    _write_others(args, doors, report, area)
    _summary(doors, report)
    return DONE if report.complete else LEFT_OVER


def _check(args: argparse.Namespace) -> None:
    """Raises Malformed for options that contradict each other or cannot be."""
    from app.domain.errors import Malformed

    if args.fleet is None and (args.vans is None or args.depot is None):
        raise Malformed("plan_file.no_fleet")
    if args.fleet is not None and (args.vans is not None or args.depot is not None):
        raise Malformed("plan_file.two_fleets")
    for name in ("seconds", "threads"):
        value = getattr(args, name)
        if value is not None and (value != value or value < 0 or value > 86_400):
            raise Malformed("plan_file.option_range", option=f"--{name}", value=str(value))
    for path in (args.json, args.xlsx, args.map, args.papers):
        if path is not None and not path.absolute().parent.is_dir():
            raise Malformed("plan_file.no_folder", file=str(path))


def day_of(args: argparse.Namespace, doors: "Doors") -> "tuple[Day, tuple[tuple[Order, Sentence], ...], Preview, AreaInfo]":
    """The day to plan as it would be in the book, the orders of other days, and the file's preview."""
    from app.services import intake
    from app.services.intake_dates import DateOrder
    from app.services.intake_rows import Defaults
    from app.services.ports.store import Day

    asked, zone = _asked_day(args), _zone(args)
    table = doors.tables().read(args.orders)
    today = asked or _today(doors, zone)
    order = DateOrder(args.date_order) if args.date_order else None
    defaults = Defaults(day=today, zone=zone, country=doors.settings.intake.country, date_order=order)
    preview = intake.read(table, known=intake.EmptyBook(), defaults=defaults)
    for note in preview.notes:
        _say_note(doors, note)
    day = asked or (preview.days[0] if preview.days else today)
    area = doors.areas().open(str(args.area), report=_reporter(doors))
    geocoder = doors.areas().geocoder(area.name)
    fleet, depot = _fleet(args, doors, day, zone, geocoder)
    _check_inside(depot, area)
    orders, others = _of_day(preview.every_order, day)
    shifts = tuple(each for each in fleet.shifts if each.depot == depot.id and each.day == day)
    vehicles = {each.id: each for each in fleet.vehicles}
    drivers = {each.id: each for each in fleet.drivers}
    found = Day(depot=depot, day=day, orders=_located(orders, geocoder), shifts=shifts, vehicles=vehicles, drivers=drivers, closures=(), plan=None)
    return found, others, preview, area


def _asked_day(args: argparse.Namespace) -> "date | None":
    from datetime import date

    from app.domain.errors import Malformed

    if args.day is None:
        return None
    try:
        return date.fromisoformat(args.day)
    except ValueError:
        raise Malformed("plan_file.option_day", value=args.day[:40]) from None


def _zone(args: argparse.Namespace) -> str:
    """The zone asked for, else the machine's own. Raises Malformed for an unknown one."""
    from zoneinfo import ZoneInfo

    from app.domain.errors import Malformed

    name: str = args.zone or _machine_zone()
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise Malformed("plan_file.option_zone", value=name[:60]) from None
    return name


def _machine_zone() -> str:
    import tzlocal

    return str(tzlocal.get_localzone_name() or "UTC")


def _today(doors: "Doors", zone: str) -> "date":
    from zoneinfo import ZoneInfo

    return doors.clock.now().astimezone(ZoneInfo(zone)).date()


def _fleet(args: argparse.Namespace, doors: "Doors", day: "date", zone: str, geocoder: "Geocoder") -> "tuple[FleetPreview, Depot]":
    """The fleet of file or options, and the depot to plan: the one with most shifts that day. Rows that cannot be taken are named."""
    from app.domain.address import Address
    from app.domain.errors import Malformed
    from app.services.fleeting import FleetDefaults, fleet_from_options, read_fleet

    if args.fleet is None:
        fleet = fleet_from_options(vans=args.vans, depot=args.depot, shift=args.shift, load=args.load, zone=zone, day=day)
        return fleet, fleet.depots[0]

    def locate(text: str) -> "Place | None":
        (found,) = geocoder.locate([Address(text=text)])
        return found.place if found.plannable else None

    fleet = read_fleet(doors.tables().sheets(args.fleet), FleetDefaults(day=day, zone=zone, locate=locate))
    for each in fleet.errors:
        _complain(doors, "plan_file.fleet_error", row=each.row, column=each.column, reason=_words(doors, each.reason))
    for note in fleet.notes:
        _say_note(doors, note)
    if not fleet.depots:
        raise Malformed("plan_file.no_depot", file=args.fleet.name)
    depot = max(fleet.depots, key=lambda each: sum(1 for shift in fleet.shifts if shift.depot == each.id and shift.day == day))
    if len(fleet.depots) > 1:
        _complain(doors, "plan_file.one_depot", depot=depot.name, count=len(fleet.depots))
    return fleet, _with_zone(args, depot, zone)


def _with_zone(args: argparse.Namespace, depot: "Depot", zone: str) -> "Depot":
    from dataclasses import replace

    return replace(depot, zone=zone) if args.zone else depot


def _check_inside(depot: "Depot", area: "AreaInfo") -> None:
    from app.domain.errors import Refused
    from app.services.fleeting import outside_area

    outside = outside_area(depot, area)
    if outside is not None:
        raise Refused(outside.key, **dict(outside.facts))


def _of_day(orders: "Sequence[Order]", day: "date") -> "tuple[list[Order], tuple[tuple[Order, Sentence], ...]]":
    from app.domain.sentences import Sentence

    own = [order for order in orders if order.day is None or order.day == day]
    others = tuple(
        (order, Sentence.of("plan_file.other_day", day=order.day.isoformat(), planned=day.isoformat()))
        for order in orders
        if order.day is not None and order.day != day
    )
    return own, others


def _located(orders: "Sequence[Order]", geocoder: "Geocoder") -> "tuple[Order, ...]":
    """The orders with their places, ready or held."""
    from dataclasses import replace

    from app.domain.orders import OrderState
    from app.services.locating import hold_of, locate

    places = dict(locate(orders, geocoder, {}))
    found = []
    for order in orders:
        hold = hold_of(places[order.id])
        state = OrderState.READY if hold is None else OrderState.ON_HOLD
        found.append(replace(order, location=places[order.id], state=state, hold=hold))
    return tuple(found)


def _solved(args: argparse.Namespace, doors: "Doors", problem: "Problem") -> "Solution":
    """What the optimiser finds; Ctrl+C keeps the best so far."""
    from app.cli import interrupts
    from app.services.planning import noted
    from app.services.problem import Solution

    if not problem.tasks or not problem.shifts:
        return Solution(routes=(), unplanned=tuple(task.id for task in problem.tasks))
    settings = doors.settings.planning
    seconds = settings.seconds if args.seconds is None else args.seconds
    threads = settings.threads if args.threads is None else args.threads
    said: set[Sentence] = set()

    def told(each: "Progress") -> None:
        note = noted(each)
        if note is not None and note not in said:
            said.add(note)
            _say_note(doors, note)
        _tell(doors, each)

    interrupts.check()
    run = doors.planner().start(problem, seconds=seconds, threads=threads, progress=told)
    try:
        interrupts.check()
        return run.wait()
    except KeyboardInterrupt:
        run.stop()
        return _kept(run)


def _kept(run: "Run") -> "Solution":
    """The best plan of a search that was interrupted. Raises KeyboardInterrupt where it had none yet: the terminal interrupts its process too."""
    from app.domain.errors import Unavailable

    try:
        return run.wait()
    except Unavailable:
        raise KeyboardInterrupt from None


def _tell(doors: "Doors", progress: "Progress") -> None:
    if progress.best is not None and sys.stderr.isatty():
        planned = sum(len(route.steps) for route in progress.best.routes)
        _complain(doors, "plan_file.progress", seconds=round(progress.seconds, 1), planned=planned, left=len(progress.best.unplanned))


def _write(path: Path, text: str) -> None:
    """The whole file or nothing."""
    from app.domain.errors import Malformed

    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, "utf-8")
        part.replace(path)
    except OSError as failed:
        part.unlink(missing_ok=True)
        raise Malformed("plan_file.not_written", file=str(path), why=failed.strerror or str(failed)) from failed


def _write_others(args: argparse.Namespace, doors: "Doors", report: "PlanReport", area: "AreaInfo") -> None:
    from app.services import plan_report
    from app.wording import sentence

    if args.xlsx is not None:
        sheets = plan_report.as_sheets(report, lambda said: sentence(said, doors.language))
        doors.workbook().write(args.xlsx, sheets, language=doors.language)
    if args.map is not None:
        travel = doors.areas().travel(area.name)
        shifts, zone = report.problem.shifts, report.problem.problem.zone
        page = plan_report.as_page(
            report,
            lambda said: sentence(said, doors.language),
            lambda shift, places: travel.shape(places, shifts[shift].profile, zone=zone),
            tiles=doors.areas().tiles(area.name),
            bounds=area.bounds,
        )
        doors.map_pages().write(args.map, page, language=doors.language)
    if args.papers is not None:
        from app.cli.papers import write_papers

        write_papers(args.papers, doors, report, area.name)


def _summary(doors: "Doors", report: "PlanReport") -> None:
    """What came out, on standard output."""
    totals, left = report.judged.totals, report.unplanned()
    facts: dict[str, str | int | float] = {
        "day": report.day.day.isoformat(),
        "zone": report.problem.problem.zone,
        "planned": report.planned,
        "orders": report.planned + len(left),
        "vehicles": totals.vehicles,
        "late": totals.late,
        "km": round(totals.meters / 1_000, 1),
        "hours": round(totals.duration / 3_600_000, 1),
        "roads": report.problem.source,
    }
    print(_words_of(doors, "plan_file.summary", **facts))
    for order, reasons in left:
        said = " ".join(_words(doors, each) for each in reasons)
        print(_words_of(doors, "plan_file.unplanned", order=order.number, reason=said))


def _words(doors: "Doors", said: "Sentence") -> str:
    from app.wording import sentence

    return sentence(said, doors.language)


def _words_of(doors: "Doors", key: str, **facts: str | int | float) -> str:
    from app.domain.sentences import Sentence

    return _words(doors, Sentence.of(key, **facts))


def _complain(doors: "Doors", key: str, **facts: str | int | float) -> None:
    sys.stderr.write(_words_of(doors, key, **facts) + "\n")


def _say_note(doors: "Doors", note: "Sentence") -> None:
    sys.stderr.write(_words(doors, note) + "\n")


def _reporter(doors: "Doors") -> "Report":
    from app.cli.areas import progress

    return progress(doors.language)
