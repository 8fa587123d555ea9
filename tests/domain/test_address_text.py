"""Reading address lines of the West: parts, several readings, one key for one door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.address import Address
from app.domain.address_text import address_key, city_parts, parse_line, readings
from app.domain.house_numbers import house_key, house_keys, letters_of, range_ends, weaker_keys
from app.domain.street_words import fold, street_keys


@pytest.mark.parametrize(
    "line, street, house, postcode, city",
    [
        ("Mannerheimintie 14, 00100 Helsinki", "Mannerheimintie", "14", "00100", "Helsinki"),
        ("1820 Fleet Street, Baltimore, MD 21231", "Fleet Street", "1820", "21231", "Baltimore"),
        ("1820 Fleet St Baltimore MD 21231", "Fleet St", "1820", "21231", "Baltimore"),
        ("1111 S Potomac St Apt 3, Baltimore, MD 21224", "S Potomac St", "1111", "21224", "Baltimore"),
        ("12 rue de Rivoli, 75001 Paris", "rue de Rivoli", "12", "75001", "Paris"),
        ("Hauptstr. 12/3, 69117 Heidelberg, Germany", "Hauptstr.", "12/3", "69117", "Heidelberg"),
        ("Hauptstrasse 12 69117 Heidelberg", "Hauptstrasse", "12", "69117", "Heidelberg"),
        ("D-69117 Heidelberg, Hauptstraße 5", "Hauptstraße", "5", "69117", "Heidelberg"),
        ("Straße des 17. Juni 135, 10623 Berlin", "Straße des 17. Juni", "135", "10623", "Berlin"),
        ("Hauptstraße, Heidelberg", "Hauptstraße", "", "", "Heidelberg"),
        ("Annankatu 27 Helsinki", "Annankatu", "27", "", "Helsinki"),
        ("6729 1/2 Railway Avenue, Dundalk, MD 21222", "Railway Avenue", "6729 1/2", "21222", "Dundalk"),
        ("45 E 45th St", "E 45th St", "45", "", ""),
        ("Bergstraße 30a-g, 69221 Dossenheim", "Bergstraße", "30a-g", "69221", "Dossenheim"),
        ("South Broadway 723-B, 21231 Baltimore", "South Broadway", "723-B", "21231", "Baltimore"),
        ("Asemahalli, Kaivokatu 1", "Kaivokatu", "1", "", ""),
    ],
)
def test_a_line_is_read_into_its_parts(line: str, street: str, house: str, postcode: str, city: str) -> None:
    read = parse_line(line)
    assert (read.street, read.house, read.postcode, read.city) == (street, house, postcode, city)
    assert read.text == line


@pytest.mark.parametrize("line", ["", "   ", "123", "-", "12 34", "…"])
def test_a_line_without_letters_cannot_be_read(line: str) -> None:
    assert readings(Address(text=line)) == ()


@pytest.mark.parametrize(
    "one, other",
    [
        ("Hauptstr. 12a, 69117 Heidelberg", "HAUPTSTRASSE 12 A, 69117 Heidelberg"),
        ("Haupt Straße 12a, 69117 Heidelberg", "Hauptstraße 12A, D-69117 Heidelberg, Deutschland"),
        ("1820 Fleet Street, Baltimore, MD 21231", "1820 Fleet St., Baltimore 21231"),
        ("1111 South Potomac Street, Baltimore", "1111 S. Potomac St Apt 3, Baltimore"),
    ],
)
def test_one_door_has_one_key_however_it_was_typed(one: str, other: str) -> None:
    assert address_key(Address(text=one)) == address_key(Address(text=other))


def test_columns_and_line_have_one_key() -> None:
    columns = Address(street="Hauptstr. 12", postcode="69117", city="Heidelberg", unit="Whg 3")
    assert address_key(columns) == address_key(Address(text="Hauptstraße 12, 69117 Heidelberg"))


@pytest.mark.parametrize("one, other", [("Hauptstr. 12, Aheim", "Hauptstr. 12, Beheim"), ("Hauptstr. 12", "Hauptstr. 12a"), ("Ost 1", "West 1")])
def test_different_doors_have_different_keys(one: str, other: str) -> None:
    assert address_key(Address(text=one)) != address_key(Address(text=other))


@pytest.mark.parametrize(
    "text, keys",
    [
        ("12 A", ("12a",)),
        ("12-14", ("12-14",)),
        ("9 - 11", ("9-11",)),
        ("12/3", ("12/3",)),
        ("9, 9a, 9b", ("9", "9a", "9b")),
        ("1, 4. krs. / Floor 4", ("1",)),
        ("Keskuskatu 9", ("9",)),
        ("8之1號", ("8-1",)),
        ("6729 1/2", ("6729_1/2",)),
        ("", ()),
        ("none", ()),
    ],
)
def test_house_numbers_are_compared_without_their_ways_of_writing(text: str, keys: tuple[str, ...]) -> None:
    assert house_keys(text) == keys


def test_what_stands_in_for_an_unknown_number() -> None:
    assert weaker_keys("12b9") == ("12b", "12")
    assert weaker_keys("12-14") == ("12", "14")
    assert weaker_keys("8-1") == ("8",)
    assert weaker_keys("12") == ()
    assert range_ends("14-20") == (14, 20)
    assert range_ends("8-1") is None
    assert letters_of("9a-c") == ("9a", "9b", "9c")


@pytest.mark.parametrize(
    "text, key",
    [
        ("Hauptstr.", "hauptstrasse"),
        ("St. Helena Ave", "sthelenaavenue"),
        ("Saint Helena Avenue", "sthelenaavenue"),
        ("S. Potomac St", "southpotomacstreet"),
        ("Annank.", "annankatu"),
        ("Mariahilferg.", "mariahilfergasse"),
        ("Willy-Brandt-Pl.", "willybrandtplatz"),
        ("Zhongxiao E. Rd. Sec. 4, Ln. 100", "zhongxiaoeastroadsection4lane100"),
        ("Section 4, Zhongxiao East Road", "zhongxiaoeastroadsection4"),
    ],
)
def test_abbreviations_are_written_out(text: str, key: str) -> None:
    assert key in street_keys(text)


def test_city_fields_name_several_places() -> None:
    assert city_parts("Baltimore, MD") == ("baltimore",)
    assert city_parts("臺北市大安區") == ("台北市", "大安區")
    assert city_parts("") == ()


@given(st.text(max_size=60))
def test_any_text_can_be_read_or_refused_without_error(text: str) -> None:
    for read in readings(Address(text=text)):
        assert read.text == text
    assert address_key(Address(text=text)) == address_key(Address(text=text))
    assert house_key(text) == house_key(text.strip())


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), max_size=30))
def test_folding_is_settled_after_one_time_and_blind_to_case(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.lower()) == fold(text)
