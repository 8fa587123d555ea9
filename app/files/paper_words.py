"""The words of papers: each value of a day's papers as the text that stands on the sheet, in a language and in the depot's zone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, get_currency_precision

from app.domain.ids import OrderId
from app.domain.money import Money
from app.domain.sentences import Fact, Sentence
from app.domain.units import MILLIS_PER_MINUTE, from_clock
from app.files.codes import bars, qr
from app.services.papers.contents import Trip, finder, lanes, parcel_code, trips
from app.services.papers.values import Changed, DayPapers, OrderChange, PaperOrder, PaperRoute, PaperStop, RouteChange, Span
from app.wording.catalogue import LANGUAGES, locale_of, sentence

_WORDS = (
    "manifest",
    "load",
    "staging",
    "labels",
    "cards",
    "page",
    "driver",
    "vehicle",
    "leaves",
    "ends",
    "stop",
    "eta",
    "window",
    "parcels",
    "weight",
    "customer",
    "address",
    "code",
    "collect",
    "done",
    "failed",
    "lane",
    "order",
    "orders",
    "loaded",
    "ready",
    "finder",
    "reload",
    "pause",
    "any_time",
    "sign",
    "route",
    "missed_head",
    "missed_body",
    "missed_call",
    "missed_safe",
    "missed_again",
)
_MARKS = {Changed.NEW: "mark_new", Changed.MOVED: "mark_moved", Changed.TIME: "mark_time", Changed.WINDOW: "mark_window", Changed.DETAILS: "mark_details"}

_SHIFTED = 4
"""Arrivals that shift and are still told one by one."""


class PaperWords:
    """Says what stands on papers. `language` is one that the program speaks, or English is taken."""

    def __init__(self, papers: DayPapers, language: str) -> None:
        self.language = language
        self._papers = papers
        self._zone = ZoneInfo(papers.zone)
        self._locale = locale_of(language)

    def say(self, key: str, **facts: Fact) -> str:
        """A sentence of the subject papers."""
        return sentence(Sentence.of(f"papers.{key}", **facts), self.language)

    def words(self) -> dict[str, str]:
        """The fixed words of the templates."""
        return {word: self.say(f"word_{word}") for word in _WORDS}

    def day(self) -> str:
        """The day with its weekday and year."""
        return str(format_date(self._papers.day, "y年M月d日 EEEE" if self.language == "zh_TW" else "EEEE, d MMMM y", locale=self._locale))

    def clock(self, reading: int | None) -> str:
        """A clock reading as the depot's wall time, cut to the minute."""
        return f"{from_clock(reading, self._papers.origin).astimezone(self._zone):%H:%M}" if reading is not None else "–"

    def moment(self, at: datetime) -> str:
        """An aware instant with its day, in the depot's zone."""
        return str(format_datetime(at.astimezone(self._zone), "M/d HH:mm" if self.language == "zh_TW" else "d MMM HH:mm", locale=self._locale))

    def spans(self, windows: Sequence[Span]) -> str:
        """The promised windows."""
        return ", ".join(f"{self.clock(opens)}–{self.clock(closes)}" for opens, closes in windows)

    def number(self, value: float) -> str:
        """A number in the language's way."""
        return str(format_decimal(value, locale=self._locale))

    def weight(self, grams: int) -> str:
        """A weight in kilograms; empty where it is not known."""
        return self.say("weight", kilograms=self.number(round(grams / 1_000, 1))) if grams else ""

    def money(self, amount: Money) -> str:
        """An amount in the language's way."""
        return str(format_currency(amount.minor / 10 ** get_currency_precision(amount.currency), amount.currency, locale=self._locale))

    # Parts of the sheets

    def route(self, route: PaperRoute, change: RouteChange | None = None) -> dict[str, Any]:
        """A route with its head, stops and what has changed."""
        changes = {each.order: each for each in change.orders} if change is not None else {}
        numbers = change.numbers if change is not None else {}
        return {
            **self.head(route),
            "stops": [self.stop(stop, changes, numbers) for stop in route.stops],
            "since": self.say("changes_since", time=self.moment(change.since)) if change is not None and change.since is not None else "",
            "changes": self.news(change) if change is not None else [],
        }

    def head(self, route: PaperRoute) -> dict[str, Any]:
        """What a route's sheets have on top."""
        kilometers = self.number(round(route.meters / 1_000, 1))
        weight = self.weight(route.weight)
        return {
            "n": str(route.number),
            "driver": route.driver or "–",
            "vehicle": route.vehicle or "–",
            "leaves": self.clock(route.leaves),
            "ends": self.clock(route.ends),
            "summary": " · ".join(
                part for part in (self.say("stops", count=len(route.stops)), self.parcels(route.parcels), weight, self.say("kilometers", km=kilometers)) if part
            ),
            "lang": "zh" if self.language == "zh_TW" else "en",
            "region": "TW" if self.language == "zh_TW" else "GB",
            "words": self.words(),
            "day": self.day(),
            "collect": self._collected(route),
        }

    def _collected(self, route: PaperRoute) -> str:
        """Everything that is to be collected, a sum a currency."""
        sums: dict[str, Money] = {}
        for order in route.orders:
            if order.cod is not None:
                sums[order.cod.currency] = sums.get(order.cod.currency, Money(0, order.cod.currency)) + order.cod
        return " + ".join(self.money(each) for each in sums.values())

    def parcels(self, count: int) -> str:
        """A number of parcels."""
        return self.say("parcels", count=count)

    def stop(self, stop: PaperStop, changes: Mapping[OrderId, OrderChange], numbers: Mapping[OrderId, int]) -> dict[str, Any]:
        """A stop of a manifest."""
        found = [changes[order.order] for order in stop.orders if order.order in changes]
        kinds = {kind for each in found for kind in each.changed}
        was = next((numbers[order.order] for order in stop.orders if order.order in numbers), 0)
        return {
            "n": str(stop.number),
            "eta": self.clock(stop.arrival),
            "late": self.say("late", minutes=-(-stop.late // MILLIS_PER_MINUTE)) if stop.late else "",
            "window": self.spans(stop.orders[0].windows) if stop.orders else "",
            "marks": [self.say(_MARKS[kind]) for kind in _MARKS if kind in kinds],
            "was": self.say("was_number", number=was) if was else "",
            "reload": self.clock(stop.reload) if stop.reload is not None else "",
            "pause": self.spans((stop.pause,)) if stop.pause is not None else "",
            "orders": [self.order(order) for order in stop.orders],
        }

    def order(self, order: PaperOrder) -> dict[str, Any]:
        """An order with its code."""
        remarks = [self.say(f"kind_{order.kind.value}")] if order.kind.value != "delivery" else []
        remarks += [self.say("contactless")] if order.contactless else []
        return {
            "number": order.number,
            "customer": order.customer,
            "address": order.address,
            "phone": order.phone,
            "notes": order.notes,
            "window": self.spans(order.windows),
            "parcels": self.parcels(order.parcels),
            "weight": self.weight(order.weight),
            "cod": self.say("collect", amount=self.money(order.cod)) if order.cod is not None else "",
            "remarks": " · ".join([*remarks, *order.handling]),
            "qr": qr(order.number),
        }

    def news(self, change: RouteChange) -> list[str]:
        """The list of changes: what a driver must act on line by line, arrivals that merely shift in one line where they are many."""
        shifted = [each for each in change.orders if each.changed == {Changed.TIME}]
        if len(shifted) <= _SHIFTED:
            return [self.change(each) for each in change.orders]
        return [*(self.change(each) for each in change.orders if each not in shifted), self.say("change_times", count=len(shifted))]

    def change(self, each: OrderChange) -> str:
        """One line of the list of changes."""
        if Changed.GONE in each.changed:
            return self.say("change_gone", order=each.number, was=each.was)
        if Changed.NEW in each.changed:
            return self.say("change_new", order=each.number, now=each.now)
        parts = [self.say("change_moved", was=each.was, now=each.now)] if Changed.MOVED in each.changed else []
        if Changed.TIME in each.changed:
            parts.append(self.say("change_time", was=self.clock(each.arrival_was), now=self.clock(each.arrival)))
        if Changed.WINDOW in each.changed:
            parts.append(self.say("change_window", was=self.spans(each.windows_were) or "–", now=self.spans(each.windows) or "–"))
        if Changed.DETAILS in each.changed:
            parts.append(self.say("change_details"))
        return self.say("change", order=each.number, now=each.now, what=", ".join(parts))

    def trip(self, route: PaperRoute, trip: Trip, of: int) -> dict[str, Any]:
        """One loading of a van, in loading order."""
        weight = sum(order.weight for order in trip.orders)
        return {
            "title": self.say("trip", number=trip.number, of=of) if of > 1 else "",
            "ready": self.clock(trip.ready),
            "summary": " · ".join(part for part in (self.parcels(sum(order.parcels for order in trip.orders)), self.weight(weight)) if part),
            "stops": [
                {
                    "n": str(stop.number),
                    "orders": [{**self.order(order), "bars": bars(order.number), "count": order.parcels} for order in stop.orders],
                }
                for stop in trip.stops
            ],
        }

    # The papers

    def loads(self) -> list[dict[str, Any]]:
        """The load sheets, one a route that loads anything."""
        found = []
        for route in self._papers.routes:
            loadings = trips(route)
            if loadings:
                found.append({**self.head(route), "trips": [self.trip(route, trip, len(loadings)) for trip in loadings]})
        return found

    def staging(self) -> dict[str, Any]:
        """The depot's list: the lanes by departure, and where each order goes."""
        rows = []
        for route in lanes(self._papers):
            loaded = [order for trip in trips(route) for order in trip.orders]
            head = self.head(route) | {"parcels": self.number(sum(order.parcels for order in loaded)), "orders": self.number(len(loaded))}
            rows.append(head | {"weight": self.weight(sum(order.weight for order in loaded)), "trips": len(trips(route)), "words": {}})
        index = [
            {"number": each.number, "customer": each.customer, "parcels": self.number(each.parcels), "lane": str(each.lane), "stop": str(each.stop)}
            for each in finder(self._papers)
        ]
        return {"lanes": rows, "finder": index}

    def labels(self, route: PaperRoute) -> list[dict[str, Any]]:
        """A route's labels in loading order: the parcels are labelled as they go to the lane."""
        return [
            {
                **self.order(order),
                "n": str(stop.number),
                "lane": str(route.number),
                "driver": route.driver,
                "vehicle": route.vehicle,
                "day": self.day(),
                "which": f"{parcel}/{order.parcels}",
                "text": parcel_code(order, parcel),
                "qr": qr(parcel_code(order, parcel)),
                "bars": bars(parcel_code(order, parcel)),
            }
            for trip in trips(route)
            for stop in trip.stops
            for order in stop.orders
            for parcel in range(1, order.parcels + 1)
        ]

    def cards(self, route: PaperRoute) -> list[dict[str, Any]]:
        """A card for each order of a route, in driving order."""
        return [{**self.order(order), "n": str(stop.number), "lane": str(route.number), "day": self.day()} for stop in route.stops for order in stop.orders]


def language_of(route: PaperRoute, wished: str, *, own: bool) -> str:
    """The language of a route's sheet: the driver's own where asked for and spoken, else the one wished."""
    if not own or not route.language:
        return wished
    tag = route.language.replace("-", "_")
    if tag.lower().startswith("zh"):
        return "zh_TW"
    return next((language for language in LANGUAGES if tag.split("_")[0] == language), wished)
