"""The fleet from a file, from sheets, from options: what is understood, and what is refused with row and column."""

from datetime import date, datetime
from pathlib import Path

import pytest

from app.domain.errors import Malformed
from app.domain.geo import Box, Place
from app.domain.load import Capacity
from app.domain.roads import Profile
from app.domain.units import Cubic, Grams, minutes
from app.files.tables import FileTables
from app.services.fleet_columns import FleetField
from app.services.fleet_guide import MEANINGS, readme_table
from app.services.fleeting import FleetDefaults, FleetPreview, fleet_from_options, outside_area, read_fleet
from app.services.ports.files import Line, Table
from app.services.ports.travel import AreaInfo
from app.wording.catalogue import sentence

DAY = date(2026, 11, 23)
USUAL = FleetDefaults(day=DAY, zone="Europe/Helsinki", country="FI")
RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def a_table(*rows: str, sheet: str = "") -> Table:
    """A table from rows whose cells are parted by |."""
    return Table(name="fleet.csv", sheet=sheet, lines=tuple(Line(number, tuple(row.split("|"))) for number, row in enumerate(rows, 1)))


def fleet(*rows: str) -> FleetPreview:
    """The fleet of a flat table; every complaint can be said in both languages."""
    found = read_fleet([a_table(*rows)], USUAL)
    for complaint in found.errors:
        assert all(len(sentence(complaint.reason, language)) > 8 for language in ("en", "zh_TW"))
    return found


def test_the_readme_names_every_column_of_a_fleet_file() -> None:
    assert set(MEANINGS) == set(FleetField)
    assert readme_table() in (RESOURCES.parent / "README.md").read_text("utf-8")


def test_a_flat_table_has_everything_in_a_row() -> None:
    found = fleet(
        "depot|depot_lat|depot_lon|vehicle|profile|weight (kg)|volume (l)|pieces|features|cost_per_km|cost_per_hour|cost_fixed|range (km)|gross_weight (t)|"
        "driver|skills|shift|break|overtime_until|max_duration (h)|reloads|open_end",
        "Centre|60.17|24.94|Van 1|van|400|3000|99|cooling; tail lift|0,30|25|15|120|3,5|Aino|stairs|08:00-17:00|12:00-13:00/30min|18:00|9|2|yes",
    )
    (depot,), (vehicle,), (driver,), (shift,) = found.depots, found.vehicles, found.drivers, found.shifts
    assert (depot.place, depot.zone) == (Place(60.17, 24.94), "Europe/Helsinki")
    assert vehicle.capacity == Capacity(Grams(400_000), Cubic(3_000_000), 99)
    assert (vehicle.prices.per_km, vehicle.prices.per_hour, vehicle.prices.fixed, vehicle.range, vehicle.gross) == (30, 2_500, 1_500, 120_000, 3_500_000)
    assert (found.features, found.skills) == ({"cooling", "tail lift"}, {"stairs"})
    assert (shift.starts, shift.latest_end, shift.reloads, shift.open_end) == (datetime(2026, 11, 23, 8), datetime(2026, 11, 23, 18), 2, True)
    assert (shift.breaks[0].latest, shift.breaks[0].length) == (datetime(2026, 11, 23, 13), minutes(30))
    assert (shift.driver, shift.max_duration) == (driver.id, minutes(540))


def test_rows_without_a_depot_belong_to_the_one_above() -> None:
    found = fleet("depot|lat|lon|vehicle|shift", "North|60.2|24.9|Van 1|8-16", "|||Van 2|8-16", "South|60.1|24.9|Van 3|8-16")
    names = {depot.id: depot.name for depot in found.depots}
    assert [names[shift.depot] for shift in found.shifts] == ["North", "North", "South"]


def test_four_sheets_are_joined_by_name() -> None:
    found = read_fleet(
        [
            a_table("name|lat|lon|reload (min)", "Centre|60.17|24.94|20", sheet="Depots"),
            a_table("name|profile|weight (kg)", "Van 1|van|400", "Bike 1|cargo bike|80", sheet="Vehicles"),
            a_table("name|skills|home", "Aino|stairs|60.18, 24.95", sheet="Drivers"),
            a_table("vehicle|driver|from|to", "Van 1|Aino|08:00|16:00", "Bike 1||09:00|15:00", "Van 9||09:00|15:00", sheet="Shifts"),
        ],
        USUAL,
    )
    assert [vehicle.profile for vehicle in found.vehicles] == [Profile.VAN, Profile.CARGO_BIKE]
    assert (found.drivers[0].start, found.shifts[0].driver, found.shifts[1].driver) == (Place(60.18, 24.95), found.drivers[0].id, None)
    assert [(each.row, each.column, each.reason.key) for each in found.errors] == [(4, "vehicle", "fleet.unknown_vehicle")]


@pytest.mark.parametrize(
    ("row", "column", "key"),
    [
        ("C|60.17|24.94|Van 2|spaceship|8-16", "profile", "fleet.profile"),
        ("C|60.17|24.94|Van 2|van|16-8", "shift", "intake.window_backwards"),
        ("C|60.17|24.94|Van 2|van|", "shift", "fleet.no_shift_time"),
        ("C|60.17|24.94|Van 2|van|8-10;12-14", "shift", "fleet.one_shift_a_row"),
        ("C|60.17|24.94|Van 1|van|10-18", "shift", "fleet.shifts_overlap"),
        ("C|60.17|24.94|Van 1|truck|18-20", "vehicle", "fleet.vehicle_differs"),
        ("C|60.17|24.94||van|8-16", "vehicle", "fleet.vehicle_without_name"),
        ("Nowhere|||Van 2|van|8-16", "depot", "fleet.depot_without_place"),
        ("D|99|24.94|Van 2|van|8-16", "lat", "fleet.off_earth"),
        ("D|abc|24.94|Van 2|van|8-16", "lat", "intake.degrees"),
    ],
)
def test_a_wrong_row_names_its_column_and_the_others_stand(row: str, column: str, key: str) -> None:
    found = fleet("depot|lat|lon|vehicle|profile|shift", "C|60.17|24.94|Van 1|van|8-16", row)
    assert [(each.row, each.column, each.reason.key) for each in found.errors][:1] == [(3, column, key)]
    assert [vehicle.name for vehicle in found.vehicles][:1] == ["Van 1"]
    assert len(found.shifts) == 1


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        (("foo|bar", "1|2"), "fleet.no_vehicles"),
        (("vehicle|lat|lon", "Van 1|60.17|24.94"), "fleet.no_shifts"),
    ],
)
def test_a_file_that_is_no_fleet_is_refused(rows: tuple[str, ...], key: str) -> None:
    with pytest.raises(Malformed) as caught:
        fleet(*rows)
    assert caught.value.sentence.key == key
    assert sentence(caught.value.sentence, "zh_TW")


def test_a_depot_by_its_address_is_looked_for() -> None:
    rows = a_table("depot|depot_address|vehicle|shift", "Centre|Bulevardi 5|Van 1|8-16")
    known = FleetDefaults(day=DAY, zone="UTC", locate=lambda text: Place(60.0, 25.0) if text == "Bulevardi 5" else None)
    assert read_fleet([rows], known).depots[0].place == Place(60.0, 25.0)
    assert next(each.reason.key for each in read_fleet([rows], USUAL).errors) == "fleet.depot_not_found"


def test_the_same_file_gives_the_same_identities() -> None:
    rows = ("depot|lat|lon|vehicle|driver|shift", "C|60.17|24.94|Van 1|Aino|8-16")
    assert fleet(*rows) == fleet(*rows)


def test_a_fleet_from_options() -> None:
    found = fleet_from_options(vans=3, depot="60.17,24.94", shift="08:00-17:00", load="400kg", zone="Europe/Helsinki", day=DAY)
    assert [vehicle.name for vehicle in found.vehicles] == ["Van 1", "Van 2", "Van 3"]
    assert found.vehicles[0].capacity.weight == 400_000
    assert found.shifts[0].ends == datetime(2026, 11, 23, 17)


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"vans": 0}, "option_vans"),
        ({"depot": "Helsinki"}, "option_depot"),
        ({"depot": "99,5"}, "option_depot"),
        ({"shift": "17-8"}, "option_shift"),
        ({"load": "heavy"}, "option_load"),
    ],
)
def test_a_wrong_option_is_named(wrong: dict[str, object], key: str) -> None:
    usual: dict[str, object] = {"vans": 1, "depot": "60.17,24.94", "shift": "08:00-17:00", "load": "400kg"}
    with pytest.raises(Malformed, match=f"fleet.{key}"):
        fleet_from_options(zone="UTC", day=DAY, **(usual | wrong))  # type: ignore[arg-type]


def test_a_depot_outside_the_area_is_said_so() -> None:
    area = AreaInfo(name="helsinki", title="Helsinki", bounds=Box(60.16, 24.93, 60.18, 24.96), source="", nodes=1, addresses=1)
    inside, outside = (fleet_from_options(vans=1, depot=depot, shift="8-17", load="", zone="UTC", day=DAY).depots[0] for depot in ("60.17,24.94", "61.5,23.8"))
    assert outside_area(inside, area) is None
    said = outside_area(outside, area)
    assert said is not None
    assert "Helsinki" in sentence(said)


def test_the_template_and_the_demo_fleet_are_without_fault() -> None:
    for file, vehicles in (("templates/fleet.csv", 2), ("demo/fleet.csv", 12)):
        found = read_fleet(FileTables().sheets(RESOURCES / file), USUAL)
        assert (found.errors, len(found.vehicles), len(found.shifts)) == ((), vehicles, vehicles)
