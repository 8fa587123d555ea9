"""The gazetteer: each state of an address over two tiny German towns and a corner of Taipei."""

from pathlib import Path

import pytest

from app.domain.address import Address, AddressState, Location
from app.domain.geo import Place, distance_m
from app.routing.places import build_places, open_geocoder
from app.services.ports.travel import Geocoder, silent
from tests.routing.tiny_towns import at, taipei, two_towns

TAIPEI = taipei().corner


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Geocoder:
    """Westdorf and Ostdorf."""
    folder = tmp_path_factory.mktemp("towns")
    assert build_places(two_towns().write(folder / "towns.osm.pbf"), folder, silent) == 10
    return open_geocoder(folder)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Geocoder:
    """A corner of Taipei."""
    folder = tmp_path_factory.mktemp("city")
    build_places(taipei().write(folder / "city.osm.pbf"), folder, silent)
    return open_geocoder(folder)


def find(geocoder: Geocoder, line: str) -> Location:
    """What the geocoder says of a line."""
    return geocoder.locate([Address(text=line)])[0]


def near(found: Location, place: Place, meters: float = 40.0) -> bool:
    """Whether it was found there."""
    return found.place is not None and distance_m(found.place, place) <= meters


@pytest.mark.parametrize(
    "line",
    [
        "Hauptstraße 11, 11111 Westdorf",
        "Hauptstr. 11, Westdorf",
        "HAUPTSTRASSE 11, 11111",
        "Haupt Str. 11 11111 Westdorf",
        "11 Hauptstraße, Westdorf",
        "Hauptstraße 11 Westdorf",
        "Hauptstraße 11, Village-Ouest",
        "Hauptstraße 11",
    ],
)
def test_a_known_number_is_exact_however_it_is_written(towns: Geocoder, line: str) -> None:
    found = find(towns, line)
    assert found.state is AddressState.EXACT
    assert found.plannable
    assert near(found, at(550, 15))
    assert found.label == "Hauptstraße 11, 11111 Westdorf"


def test_a_street_has_the_names_of_all_its_languages(towns: Geocoder) -> None:
    assert near(find(towns, "7 Rue de la Gare, 11111 Westdorf"), at(515, 200))
    assert find(towns, "Bahnhofstr. 7").state is AddressState.EXACT


@pytest.mark.parametrize("line", ["Aeulestrasse 4, Westdorf", "Äulestr. 4", "AULESTRASSE 4"])
def test_umlauts_may_be_written_out(towns: Geocoder, line: str) -> None:
    assert near(find(towns, line), at(-500, 15))


def test_a_number_between_two_known_ones_is_interpolated_on_its_side(towns: Geocoder) -> None:
    found = find(towns, "Hauptstraße 7, Westdorf")
    assert found.state is AddressState.INTERPOLATED
    assert near(found, at(350, 15))
    assert found.plannable
    assert found.note is not None


def test_an_inner_number_of_a_range_is_interpolated_its_ends_are_exact(towns: Geocoder) -> None:
    assert find(towns, "Hauptstraße 14, Westdorf").state is AddressState.EXACT
    assert find(towns, "Hauptstraße 14-18, Westdorf").state is AddressState.EXACT
    assert find(towns, "Hauptstraße 16, Westdorf").state is AddressState.INTERPOLATED


@pytest.mark.parametrize("house, east", [("12", 50), ("11b", 550), ("11 B 9", 550)])
def test_a_variant_of_a_known_number_is_put_near_it_and_says_so(towns: Geocoder, house: str, east: float) -> None:
    found = find(towns, f"Hauptstraße {house}, Westdorf")
    assert found.state is AddressState.INTERPOLATED
    assert found.note is not None


def test_an_unknown_number_stands_on_the_street_and_is_marked(towns: Geocoder) -> None:
    found = find(towns, "Dorfweg 5, Westdorf")
    assert found.state is AddressState.STREET
    assert found.note is not None
    assert found.plannable
    assert find(towns, "Dorfweg, Westdorf").state is AddressState.STREET


def test_only_a_town_or_postcode_is_an_area_and_not_plannable(towns: Geocoder) -> None:
    for line in ("11111 Westdorf", "Westdorf", "Gibtesnicht 5, 11111 Westdorf"):
        found = find(towns, line)
        assert found.state is AddressState.AREA, line
        assert not found.plannable


def test_one_street_in_two_towns_is_ambiguous_and_the_candidates_say_which(towns: Geocoder) -> None:
    found = find(towns, "Hauptstraße 3")
    assert found.state is AddressState.AMBIGUOUS
    assert {each.label for each in found.candidates} == {"Hauptstraße 3, 11111 Westdorf", "Hauptstraße 3, 22222 Ostdorf"}


def test_town_or_postcode_decide_between_two_streets_of_one_name(towns: Geocoder) -> None:
    assert near(find(towns, "Hauptstraße 3, Ostdorf"), at(6100, 15))
    assert near(find(towns, "Hauptstraße 3, 22222"), at(6100, 15))
    assert near(find(towns, "Hauptstraße 3, Westdorf"), at(150, 15))


def test_a_number_that_only_one_of_two_streets_could_have_between_is_ambiguous_without_a_town(towns: Geocoder) -> None:
    assert find(towns, "Hauptstraße 7").state is AddressState.AMBIGUOUS


@pytest.mark.parametrize(
    "line",
    [
        "Bahnhofstraße 7, Ostdorf",
        "Bahnhofstraße 7, 22222 Ostdorf",
        "Bahnhofstraße 7, Rudy",
        "Bahnhofstraße 7, 22222",
        "Schulstraße 2, Westdorf",
        "Hauptstraße 11, 22222 Westdorf",
    ],
)
def test_the_same_street_of_another_town_or_postcode_is_never_taken_silently(towns: Geocoder, line: str) -> None:
    """nextcloud/maps 535, Nominatim 455: the entered town was ignored."""
    found = find(towns, line)
    assert found.state is AddressState.AMBIGUOUS
    assert found.place is None
    assert found.doubt is not None
    assert found.candidates


def test_a_town_that_has_the_street_is_taken_though_another_has_the_number(towns: Geocoder) -> None:
    found = find(towns, "Hauptstraße 50, Westdorf")
    assert found.state is AddressState.STREET
    assert found.place is not None
    assert found.place.lon < at(2000, 0).lon


def test_a_postcode_that_the_map_lacks_is_no_objection(towns: Geocoder) -> None:
    assert find(towns, "Äulestraße 4, 11119 Westdorf").state is AddressState.EXACT


def test_an_address_of_another_country_is_not_looked_for_here(towns: Geocoder) -> None:
    """excel-geocoding-tool 21: a third of the addresses were found in other countries."""
    assert find(towns, "Hauptstraße 11, Westdorf, Germany").state is AddressState.EXACT
    abroad = find(towns, "Hauptstraße 11, Westdorf, Austria")
    assert (abroad.state, abroad.place) == (AddressState.NOT_FOUND, None)
    assert abroad.doubt is not None


def test_postcode_and_town_far_apart_are_doubted(towns: Geocoder) -> None:
    found = find(towns, "22222 Westdorf")
    assert found.state is AddressState.AMBIGUOUS
    assert found.doubt is not None


@pytest.mark.parametrize("line", ["Hauptstrase 11, Westdorf", "Hautpstraße 11, Westdorf", "Bahnhofstrase 7"])
def test_a_misspelt_street_only_yields_candidates(towns: Geocoder, line: str) -> None:
    found = find(towns, line)
    assert found.state is AddressState.NOT_FOUND
    assert found.place is None
    assert found.candidates


def test_nothing_like_it_is_not_found(towns: Geocoder) -> None:
    assert find(towns, "Xyzzyplatz 5, Nirgendwo").state is AddressState.NOT_FOUND


@pytest.mark.parametrize("line", ["", "12345", "--", "?"])
def test_what_is_no_address_is_unparsed(towns: Geocoder, line: str) -> None:
    assert find(towns, line).state is AddressState.UNPARSED


def test_columns_are_understood_like_a_line(towns: Geocoder) -> None:
    (found,) = towns.locate([Address(street="Hauptstr.", house="11", postcode="11111", city="Westdorf", unit="Whg 3")])
    assert found.state is AddressState.EXACT


def test_suggestions_come_while_typing(towns: Geocoder) -> None:
    assert [each.label for each in towns.suggest("haup")][:2] == ["Hauptstraße, 11111 Westdorf", "Hauptstraße, 22222 Ostdorf"]
    assert towns.suggest("hauptstr 11")[0].label == "Hauptstraße 11, 11111 Westdorf"
    assert towns.suggest("bahn west")[0].label.startswith("Bahnhofstraße")
    assert towns.suggest("rue de la g")[0].label.startswith("Bahnhofstraße")
    assert towns.suggest("krone")[0].label == "Gasthaus Krone"
    assert towns.suggest("ostd")
    assert towns.suggest("") == ()
    assert towns.suggest('"*^(') == ()
    assert len(towns.suggest("h", limit=3)) <= 3


def test_a_point_has_the_words_of_its_nearest_house_or_street(towns: Geocoder) -> None:
    assert towns.label(at(555, 20)) == "Hauptstraße 11, 11111 Westdorf"
    assert towns.label(at(-700, -60)).startswith("Äulestraße")
    assert towns.label(at(4000, 800)) == ""


@pytest.mark.parametrize(
    "line, state, east, north",
    [
        ("臺北市大安區忠孝東路四段100號", AddressState.EXACT, 900, -15),
        ("台北市大安區忠孝東路4段１００號", AddressState.EXACT, 900, -15),
        ("106台北市大安區忠孝東路四段200號3樓", AddressState.EXACT, 1400, -15),
        ("忠孝東路四段100巷6號", AddressState.EXACT, 915, -60),
        ("忠孝東路四段一百巷五弄八號", AddressState.EXACT, 930, -110),
        ("忠孝東路四段100巷5弄8之1號", AddressState.EXACT, 950, -110),
        ("忠孝東路四段100巷5弄8號之1", AddressState.EXACT, 950, -110),
        ("忠孝東路四段100巷5弄8-1號 2樓之3", AddressState.EXACT, 950, -110),
        ("台北市忠孝東路四段216巷12號", AddressState.EXACT, 1450, -100),
        ("台北市大安區中山路4號", AddressState.EXACT, 100, 515),
        ("臺北市中山區中山路４號", AddressState.EXACT, 5100, 515),
        ("大安區中山路8之1號", AddressState.EXACT, 200, 515),
        ("台北市市民大道三段12號", AddressState.EXACT, 300, 915),
        ("大安區新村路9號", AddressState.EXACT, 200, 1215),
        ("忠孝東路四段76號", AddressState.INTERPOLATED, 660, -15),
        ("忠孝東路四段100巷5弄8號之3", AddressState.INTERPOLATED, 930, -110),
        ("忠孝東路四段100巷7弄2號", AddressState.STREET, 900, -150),
        ("忠孝東路四段101巷2號", AddressState.STREET, 900, -15),
        ("No. 6, Ln. 100, Sec. 4, Zhongxiao E. Rd., Da'an Dist., Taipei City", AddressState.STREET, 900, -15),
        ("No. 100, Sec. 4, Zhongxiao E. Rd., Taipei City 106", AddressState.EXACT, 900, -15),
    ],
)
def test_taiwanese_addresses_are_found(city: Geocoder, line: str, state: AddressState, east: float, north: float) -> None:
    found = find(city, line)
    assert found.state is state
    assert near(found, at(east, north, TAIPEI), 120)


def test_a_taiwanese_street_in_two_districts_is_ambiguous_without_the_district(city: Geocoder) -> None:
    found = find(city, "台北市中山路4號")
    assert found.state is AddressState.AMBIGUOUS
    assert len({each.label for each in found.candidates}) == 2


def test_a_district_without_the_street_is_never_overruled(city: Geocoder) -> None:
    found = find(city, "台北市中山區忠孝東路四段100號")
    assert found.state is AddressState.AMBIGUOUS
    assert found.doubt is not None


def test_one_wrong_character_only_yields_candidates(city: Geocoder) -> None:
    found = find(city, "台北市大安區何平東路一段20號")
    assert found.state is AddressState.NOT_FOUND
    assert any("和平東路一段20號" in each.label for each in found.candidates)


def test_chinese_suggestions_need_no_beginning(city: Geocoder) -> None:
    assert any("忠孝東路四段" in each.label for each in city.suggest("忠孝"))
    assert any("忠孝東路四段" in each.label for each in city.suggest("孝東路"))
    assert city.suggest("中山路4號")[0].label.endswith("中山路4號")


@pytest.mark.parametrize("name", ["helsinki", "heidelberg", "baltimore", "liechtenstein"])
def test_every_house_of_a_real_extract_is_found_by_its_own_words(area_extracts: Path, tmp_path: Path, name: str) -> None:
    from app.routing.bench_places import found_again

    extract = area_extracts / f"{name}.osm.pbf"
    build_places(extract, tmp_path, silent)
    share, misses = found_again(extract, open_geocoder(tmp_path))
    assert share >= 0.99, misses
