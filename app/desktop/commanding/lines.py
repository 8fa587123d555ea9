"""What stands on each line of the palette: words in the language in force, and which parts of them were asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.desktop.actions import ACT, Actions, plain, why_not
from app.desktop.commanding.arranging import Group, Grouped
from app.desktop.commanding.finding import Kind, Query, Thing
from app.desktop.commanding.folding import digit_span, digits, spans
from app.desktop.day import Shown
from app.desktop.format import Formats
from app.desktop.names import STANDING_TONE, STANDINGS, punctuality
from app.desktop.words import later, tr
from app.domain.geo import Place
from app.domain.ids import OrderId
from app.domain.sentences import Sentence
from app.services.queries import BoardRow, RouteRow

Spans = tuple[tuple[int, int], ...]
HEADINGS = {
    Group.RECENT: later("Used last"),
    Group.ORDERS: later("Orders"),
    Group.PEOPLE: later("Routes and drivers"),
    Group.DAYS: later("Days"),
    Group.PLACES: later("Places"),
    Group.ACTS: later("Acts"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the palette, or a heading (`thing` None). Spans say which parts of a text were asked for."""

    title: str
    thing: Thing | None = None
    detail: str = ""
    right: str = ""
    """Beside the title at the right edge: when it comes."""
    below: str = ""
    """Below that: how that stands to the promise."""
    tone: str = ""
    """Of `below`."""
    strong: bool = False
    """What stands at the right is what people ask for: when it comes."""
    keys: str = ""
    icon: str = ""
    route: int = 0
    """Number of the route whose badge stands before it."""
    possible: bool = True
    ticked: bool = False
    title_spans: Spans = ()
    detail_spans: Spans = ()

    @property
    def words(self) -> str:
        """All of it in one sentence, for a screen reader."""
        return ", ".join(part for part in (self.title, self.detail, self.right, self.below, self.keys) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What lines are made with. `places`: those that the search of the area named."""

    actions: Actions
    formats: Formats
    query: Query
    shown: Shown | None = None
    places: dict[str, tuple[str, Place]] = field(default_factory=dict)

    def lines(self, groups: Sequence[Grouped]) -> tuple[Line, ...]:
        """Headings and lines; what is gone meanwhile is left out."""
        made: list[Line] = []
        for group in groups:
            below = [line for line in (self._line(hit.thing) for hit in group.hits) if line is not None]
            if below:
                more = self.formats.say(Sentence.of("desktop.palette_more", count=group.more)) if group.more else ""
                made += [Line(title=tr(HEADINGS[group.group]), right=more), *below]
        return tuple(made)

    def _line(self, thing: Thing) -> Line | None:
        makers: dict[Kind, Callable[[Thing], Line | None]] = {
            Kind.ACT: self._act,
            Kind.ORDER: self._order,
            Kind.ROUTE: self._route,
            Kind.DAY: self._day,
            Kind.PLACE: self._place,
        }
        return makers[thing.kind](thing)

    def _act(self, thing: Thing) -> Line | None:
        act = ACT.get(thing.id)
        if act is None:
            return None
        action, why = self.actions[act.id], why_not(act, self.actions.now)
        title, about = plain(action.text()), tr(act.about)
        return Line(
            thing=thing,
            title=title,
            detail=why or about,
            keys=self.actions.key_text(act.id),
            icon=act.icon or "chevron-right",
            possible=action.isEnabled(),
            ticked=action.isChecked(),
            title_spans=spans(title, self.query.words),
            detail_spans=() if why else spans(about, self._left(title)),
        )

    def _order(self, thing: Thing) -> Line | None:
        row = self.shown.view.by_order.get(OrderId(thing.id)) if self.shown is not None else None
        if row is None:
            return None
        title = "  ".join(part for part in (row.number, row.customer) if part)
        detail, marked = self._order_detail(row, thing, title)
        right, below, tone = self._coming(row)
        return Line(
            thing=thing,
            title=title,
            detail=detail,
            right=right,
            below=below,
            tone=tone,
            strong=row.arrival is not None,
            icon="package",
            route=row.route_number,
            title_spans=spans(title, self.query.words),
            detail_spans=marked,
        )

    def _order_detail(self, row: BoardRow, thing: Thing, title: str) -> tuple[str, Spans]:
        """Telephone where it was asked for, address, window, vehicle."""
        phone, wanted = self._phone(thing)
        window = self.formats.windows(row.windows) or tr("any time")
        vehicle = self.formats.say(Sentence.of("desktop.stop_title", route=row.vehicle, stop=row.position)) if row.position else ""
        parts = [part for part in (phone, row.address, window, vehicle) if part]
        detail = " · ".join(parts)
        return detail, (*digit_span(phone, wanted), *spans(detail, self._left(title)))[:4]

    def _phone(self, thing: Thing) -> tuple[str, str]:
        """The telephone in which the digits asked for stand, and these digits; empty: they stand elsewhere."""
        asked = [*self.query.phones, *(word for word in self.query.words if len(word) >= 3 and word.isdigit())]
        elsewhere = digits(thing.fields[0])
        for wanted in asked:
            for phone in thing.phones:
                if wanted in digits(phone) and wanted not in elsewhere:
                    return phone, wanted
        return "", ""

    def _coming(self, row: BoardRow) -> tuple[str, str, str]:
        if row.arrival is None:
            return tr(STANDINGS[row.standing]), "", STANDING_TONE[row.standing]
        tone = "late" if row.late else ""
        return f"{tr('ETA')} {self.formats.clock(row.arrival)}", punctuality(row, row.late, row.slack, self.formats), tone

    def _route(self, thing: Thing) -> Line | None:
        view = self.shown.view if self.shown is not None else None
        row: RouteRow | None = next((each for each in view.routes if each.id == thing.id), None) if view is not None else None
        if row is None:
            return None
        title = "  ".join(part for part in (row.vehicle, row.driver) if part)
        phone, wanted = self._phone(thing)
        stops = self.formats.say(Sentence.of("desktop.palette_stops", count=row.stops))
        return Line(
            thing=thing,
            title=title,
            detail=" · ".join(part for part in (phone, stops, self.formats.kilometers(row.meters) if row.stops else "") if part),
            right=self.formats.span(row.leaves, row.ends) if row.stops else "",
            below=f"▲ {row.late}" if row.late else "",
            tone="late" if row.late else "",
            route=row.number,
            title_spans=spans(title, self.query.words),
            detail_spans=digit_span(phone, wanted),
        )

    def _day(self, thing: Thing) -> Line:
        day = date.fromisoformat(thing.id)
        return Line(thing=thing, title=self.formats.day(day), detail=tr("Open this day"), icon="calendar-days")

    def _place(self, thing: Thing) -> Line | None:
        label, _place = self.places.get(thing.id, (thing.id, None))
        title, _, rest = label.partition(", ")
        return Line(
            thing=thing,
            title=title,
            detail=rest or tr("On the map"),
            icon="map-pin",
            title_spans=spans(title, self.query.words),
            detail_spans=spans(rest, self._left(title)),
        )

    def _left(self, title: str) -> tuple[str, ...]:
        """The words that the title does not show already."""
        return tuple(word for word in self.query.words if not spans(title, (word,)))
