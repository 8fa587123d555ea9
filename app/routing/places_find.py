"""Finds addresses in the index of an area.

The states follow `AddressState`: a house number that is known is exact; between known ones it is interpolated; else the street, marked by a
note. What contradicts the entered city or postcode is never taken silently, and a misspelt street only yields candidates.
"""

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.domain.address import Address, AddressState, Candidate, Location, LocationSource
from app.domain.address_text import country_code, readings
from app.domain.geo import Box, Place, distance_m
from app.domain.house_numbers import house_key, number_of, weaker_keys
from app.domain.sentences import Sentence
from app.domain.street_words import fold, loose_key, street_keys
from app.routing.places_agree import Verdict, Wanted, verdict, wanted
from app.routing.places_db import open_read_only, parted
from app.routing.places_near import label_near, street_near
from app.routing.places_rows import HouseRow, Rows, StreetRow, Town
from app.routing.places_suggest import suggestions
from app.routing.places_typos import Spellings
from app.routing.places_words import house_label, street_label, told_apart

ONE_PLACE_M = 250.0
"""Hits within this distance of the first are one place."""
ONE_STREET_M = 1_500.0
"""Streets of one name and town within this distance are pieces of one street."""
MAX_GAP = 100
"""Two known numbers farther apart than this say nothing about those between."""
MAX_GAP_M = 1_500.0
NEAR_NUMBER = 20
MAX_CANDIDATES = 6
_LAST_LANE = re.compile(r"^(?P<parent>.+?)(?P<number>\d+)(?:-\d+)?(?:巷|弄|衖)$|^(?P<latin>.+section\d+|.+?)(?:lane|alley)(?P<at>\d+)$")


@dataclass(frozen=True, slots=True)
class _Hit:
    """A place that fits the street and, as far as `state` says, the number."""

    state: AddressState
    place: Place
    label: str
    town: Town
    street: StreetRow
    verdict: Verdict
    note: Sentence | None = None


class LocalGeocoder:
    """The gazetteer of one area; may be used from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._local = threading.local()
        self._opened: list[Rows] = []
        rows = self._rows
        facts = dict(rows.all("SELECT name, value FROM meta"))
        self._bounds = Box(*(float(edge) for edge in facts["box"].split()))
        self._countries = parted(facts["countries"])
        self._spellings = Spellings(rows.all("SELECT key, min(street) FROM street_name GROUP BY key"))
        self._similar = lru_cache(5_000)(self._spellings.like)

    @property
    def _rows(self) -> Rows:
        rows: Rows | None = getattr(self._local, "rows", None)
        if rows is None:
            rows = self._local.rows = Rows(open_read_only(self._folder))
            self._opened.append(rows)
        return rows

    def close(self) -> None:
        """Closes the file in every thread; the geocoder is not to be used any more."""
        while self._opened:
            self._opened.pop().close()

    @property
    def bounds(self) -> Box:
        """Where the area's data lie."""
        return self._bounds

    def locate(self, addresses: Sequence[Address]) -> tuple[Location, ...]:
        """A location for each address, in this order."""
        rows = self._rows
        known: dict[Address, Location] = {}
        for address in addresses:
            if address not in known:
                known[address] = self._one(address, rows)
        return tuple(known[address] for address in addresses)

    def suggest(self, text: str, limit: int = 8) -> tuple[Location, ...]:
        """What a half-typed address may mean, best first."""
        return suggestions(self._rows, self._similar, text, limit)

    def label(self, place: Place) -> str:
        """The nearest address or street in words; empty where nothing is near."""
        return label_near(self._rows, place)

    def street(self, place: Place) -> tuple[str, tuple[tuple[Place, ...], ...]]:
        """The name of the nearest street and all its lines; empty where none is near."""
        return street_near(self._rows, place)

    def _one(self, address: Address, rows: Rows) -> Location:
        """The first reading whose street exists decides; without any, the town, and streets with a similar name."""
        found = readings(address)
        if not found:
            return Location(state=AddressState.UNPARSED, doubt=None)
        if self._abroad(found[0].country):
            return Location(state=AddressState.NOT_FOUND, doubt=Sentence.of("locating.other_country", country=found[0].country))
        for reading in found:
            location = _Search(rows, reading).location()
            if location:
                return location
        return self._without_street(found, rows)

    def _abroad(self, country: str) -> bool:
        """Whether another country was entered than those that the area's addresses are tagged with. CA, DE and IN behind an American city are states."""
        code = country_code(country)
        state = len(country.strip()) == 2 and "US" in self._countries
        return bool(code and self._countries and code not in self._countries and not state)

    def _without_street(self, found: Sequence[Address], rows: Rows) -> Location:
        candidates = self._misspelt(found, rows)
        towns = [_area(rows, reading) for reading in found]
        town = next((each for each in towns if each), None)
        only_town = next((at for at, reading in enumerate(found) if not reading.street and towns[at]), None)
        if only_town is not None and not candidates:
            return towns[only_town] or Location(state=AddressState.NOT_FOUND)
        candidates = candidates or _named(rows, found)
        if candidates:
            note = Sentence.of("locating.similar_street", street=found[0].street or found[0].line)
            return Location(state=AddressState.NOT_FOUND, source=LocationSource.AREA, candidates=candidates, note=note)
        return town or Location(state=AddressState.NOT_FOUND)

    def _misspelt(self, found: Sequence[Address], rows: Rows) -> tuple[Candidate, ...]:
        """Streets whose name differs by a letter or two; those of the entered town first, with the house where it is known."""
        hits: list[_Hit] = []
        for reading in found[:2]:
            for key in street_keys(reading.street)[:1]:
                for number in self._similar(key):
                    hits += _Search(rows, reading, streets=(rows.street(number),)).best_of_each()
        agreeing = [hit for hit in hits if hit.verdict.agrees] or hits
        return _candidates(agreeing)


class _Search:
    """One reading of an address against the index."""

    def __init__(self, rows: Rows, reading: Address, streets: tuple[StreetRow, ...] | None = None) -> None:
        self._rows = rows
        self._reading = reading
        self._want: Wanted = wanted(reading, rows)
        self._house = house_key(reading.house)
        self._lane: int | None = None
        self._streets = streets if streets is not None else self._find_streets()

    def location(self) -> Location | None:
        """The location, or None where no such street exists."""
        if not self._streets:
            return None
        rejected: list[_Hit] = []
        for streets in self._spelt_ways():
            self._streets = streets
            for step in self._steps():
                hits = step()
                agreeing = [hit for hit in hits if hit.verdict.agrees]
                if agreeing:
                    return self._settled(agreeing)
                rejected += hits
        return self._contradicted(rejected)

    def _spelt_ways(self) -> Iterator[tuple[StreetRow, ...]]:
        """The streets spelt as asked; where none of them agrees, those with their umlauts written out or not (Äulestrasse, Aeulestrasse)."""
        yield self._streets
        known = {street.id for street in self._streets}
        loose = self._rows.streets(tuple({loose_key(key) for key in street_keys(self._reading.street)}))
        others = tuple(street for street in loose if street.id not in known)
        if others:
            yield others

    def best_of_each(self) -> list[_Hit]:
        """The surest hit of each street."""
        for step in self._steps():
            hits = step()
            if hits:
                return hits
        return []

    def _steps(self) -> tuple[Callable[[], list[_Hit]], ...]:
        if not self._house or self._lane is not None:
            return (self._at_street,)
        return (self._exact, self._weaker, self._between, self._at_street)

    def _find_streets(self) -> tuple[StreetRow, ...]:
        keys = street_keys(self._reading.street)
        found = self._by_keys(keys)
        while not found and keys and (lane := _LAST_LANE.match(keys[0])):
            # The map lacks the lane: lanes are numbered by the house number of the main street at which they begin.
            self._lane = int(lane["number"] or lane["at"])
            keys = (lane["parent"] or lane["latin"],)
            found = self._by_keys(keys)
        return found

    def _by_keys(self, keys: Sequence[str]) -> tuple[StreetRow, ...]:
        for each in (keys, tuple(dict.fromkeys(map(loose_key, keys)))):
            found = self._rows.streets(each) if each else ()
            if found:
                return found
        return ()

    def _hit(self, state: AddressState, street: StreetRow, house: HouseRow, note: Sentence | None = None) -> _Hit:
        postcodes = house.postcodes or street.postcodes
        found = verdict(self._want, house.town, postcodes, house.place, self._rows)
        return _Hit(state, house.place, house_label(street, house), house.town, street, found, note)

    def _exact(self) -> list[_Hit]:
        found = [(house, street) for street in self._streets for house in self._rows.houses(street.id, self._house)]
        best = min((house.grade for house, _ in found), default=0)
        state = AddressState.EXACT if best < 2 else AddressState.INTERPOLATED
        return [self._hit(state, street, house) for house, street in found if house.grade == best]

    def _weaker(self) -> list[_Hit]:
        for key in weaker_keys(self._house):
            found = [(house, street) for street in self._streets for house in self._rows.houses(street.id, key)]
            if found:
                note = Sentence.of("locating.near_house", house=self._reading.house, near=found[0][0].label)
                return [self._hit(AddressState.INTERPOLATED, street, house, note) for house, street in found]
        return []

    def _between(self) -> list[_Hit]:
        number = number_of(self._house)
        found = [] if number is None else [(self._interpolated(street, number), street) for street in self._streets]
        return [hit for hit, _ in found if hit]

    def _interpolated(self, street: StreetRow, number: int) -> _Hit | None:
        for parity in (True, False):
            low = self._rows.neighbor(street.id, number, above=False, parity=parity)
            high = self._rows.neighbor(street.id, number, above=True, parity=parity)
            if low and high and low.number is not None and high.number is not None and _adjoin(low, high):
                share = (number - low.number) / (high.number - low.number)
                place = Place(low.place.lat + (high.place.lat - low.place.lat) * share, low.place.lon + (high.place.lon - low.place.lon) * share)
                found = verdict(self._want, low.town, low.postcodes | high.postcodes, place, self._rows)
                note = Sentence.of("locating.between", low=low.label, high=high.label)
                return _Hit(AddressState.INTERPOLATED, place, house_label(street, self._reading.house), low.town, street, found, note)
        return None

    def _at_street(self) -> list[_Hit]:
        return [self._on_street(street) for street in self._streets]

    def _on_street(self, street: StreetRow) -> _Hit:
        """The street, at the known number nearest to the one wished, else at its middle."""
        number = self._lane if self._lane is not None else number_of(self._house)
        near = self._nearest_number(street, number) if number is not None else None
        place = near.place if near else street.place
        found = verdict(self._want, street.town, street.postcodes, place, self._rows)
        note = Sentence.of("locating.street_only", house=self._reading.house) if self._house else Sentence.of("locating.no_house")
        return _Hit(AddressState.STREET, place, street_label(street), street.town, street, found, note)

    def _nearest_number(self, street: StreetRow, number: int) -> HouseRow | None:
        own = self._rows.houses(street.id, str(number))
        sides = [self._rows.neighbor(street.id, number, above=above, parity=False) for above in (False, True)]
        near = [house for house in (*own, *sides) if house and house.number is not None and abs(house.number - number) <= NEAR_NUMBER]
        return min(near, key=lambda house: abs((house.number or 0) - number), default=None)

    def _settled(self, hits: Sequence[_Hit]) -> Location:
        """One place, or several that fit equally well."""
        score = max(hit.verdict.score for hit in hits)
        hits = [hit for hit in hits if hit.verdict.score == score]
        if hits[0].state is AddressState.INTERPOLATED:
            hits += self._rivals(hits, score)
        best = max(hits, key=lambda hit: (hit.street.houses, hit.street.length)) if hits[0].state is AddressState.STREET else hits[0]
        if all(_same(best, hit) for hit in hits):
            return Location(state=best.state, place=best.place, source=LocationSource.AREA, label=best.label, note=best.note)
        candidates = _candidates(hits)
        note = Sentence.of("locating.several", count=len(candidates))
        return Location(state=AddressState.AMBIGUOUS, source=LocationSource.AREA, candidates=candidates, note=note)

    def _rivals(self, hits: Sequence[_Hit], score: int) -> list[_Hit]:
        """Other streets of the name that agree as well but do not know the number: it may be there as well as between two known ones here."""
        seen = {hit.street.id for hit in hits}
        others = [self._on_street(street) for street in self._streets if street.id not in seen]
        rivals = [hit for hit in others if hit.verdict.agrees and hit.verdict.score >= score]
        return [hit for hit in rivals if hit.town.label != hits[0].town.label]

    def _contradicted(self, hits: Sequence[_Hit]) -> Location:
        """The street exists, but not in the town or postcode that was entered: a person decides."""
        what = hits[0].verdict.what
        sentence = Sentence.of("locating.other_city", street=self._reading.street, city=self._want.city)
        if what == "postcode":
            sentence = Sentence.of("locating.other_postcode", street=self._reading.street, postcode=self._want.postcode)
        return Location(state=AddressState.AMBIGUOUS, source=LocationSource.AREA, candidates=_candidates(hits), doubt=sentence)


def _adjoin(low: HouseRow, high: HouseRow) -> bool:
    """Whether two known numbers are near enough, in number and on the ground, to place those between."""
    return (high.number or 0) - (low.number or 0) <= MAX_GAP and distance_m(low.place, high.place) <= MAX_GAP_M


def _same(best: _Hit, hit: _Hit) -> bool:
    """Whether two hits mean one place: near each other, or pieces of one street of one town."""
    apart = distance_m(best.place, hit.place)
    if apart <= ONE_PLACE_M:
        return True
    pieces = best.state is AddressState.STREET and best.town.label == hit.town.label
    return pieces and apart <= ONE_STREET_M + (best.street.length + hit.street.length) / 2


def _candidates(hits: Iterable[_Hit]) -> tuple[Candidate, ...]:
    """The different places among hits, with labels that tell them apart."""
    kept: list[_Hit] = []
    for hit in hits:
        if not any(
            distance_m(hit.place, other.place) <= ONE_PLACE_M / 5 or (hit.label == other.label and distance_m(hit.place, other.place) <= ONE_PLACE_M)
            for other in kept
        ):
            kept.append(hit)
    return told_apart([(hit.place, hit.label, hit.town) for hit in kept[:MAX_CANDIDATES]])


def _area(rows: Rows, reading: Address) -> Location | None:
    """The postcode or town alone; None where neither is known, or they are far from each other."""
    want = wanted(reading, rows)
    code = rows.postcode(want.postcode) if want.postcode else None
    towns = [each for part in reversed(want.parts) for key in sorted(part) for each in rows.settlements(key)]
    if code and towns and min(distance_m(code.place, each.place) - each.reach for each in towns) > code.reach + ONE_STREET_M:
        sentence = Sentence.of("locating.town_or_postcode", city=reading.city, postcode=want.postcode)
        pairs = tuple(Candidate(place=each.place, label=each.name) for each in (code, towns[0]))
        return Location(state=AddressState.AMBIGUOUS, source=LocationSource.AREA, candidates=pairs, doubt=sentence)
    found = code or (towns[0] if towns else None)
    if found is None:
        return None
    return Location(state=AddressState.AREA, place=found.place, source=LocationSource.AREA, label=found.name)


def _named(rows: Rows, found: Sequence[Address]) -> tuple[Candidate, ...]:
    """Shops, offices and buildings of exactly this name, only as candidates."""
    names = {fold(text) for reading in found[:2] for text in (reading.street, reading.text.split(",")[0]) if len(text) > 2}
    rows_found = [row for name in sorted(names) for row in rows.all("SELECT name, label, lat, lon FROM poi WHERE name=? COLLATE NOCASE LIMIT 6", (name,))]
    return tuple(Candidate(place=Place(lat, lon), label=f"{name}, {label}" if label else name) for name, label, lat, lon in rows_found)[:MAX_CANDIDATES]
