"""Papers that a test can name: routes of a few stops, and what a camera reads on a page."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pypdfium2
import zxingcpp

from app.domain.geo import Place
from app.domain.ids import OrderId, RouteId
from app.domain.units import Millis, hours, minutes
from app.services.papers.values import DayPapers, PaperOrder, PaperRoute, PaperStop


def a_paper_order(number: int | str, **changes: Any) -> PaperOrder:
    """An order of a sheet."""
    given: dict[str, Any] = {
        "order": OrderId(f"ord_{number}"),
        "number": str(number),
        "customer": f"Customer {number}",
        "address": f"Street {number}, Helsinki",
        "pieces": 1,
        "weight": 1_500,
    }
    return PaperOrder(**given | changes)


def a_paper_stop(number: int, *orders: PaperOrder, **changes: Any) -> PaperStop:
    """A stop of a sheet, a quarter of an hour after the one before."""
    given: dict[str, Any] = {"arrival": Millis(hours(8) + number * minutes(15)), "orders": orders, "place": Place(60.17, 24.94)}
    return PaperStop(number=number, **given | changes)


def a_paper_route(number: int, numbers: Iterable[int | str] = (), *, stops: Sequence[PaperStop] = (), **changes: Any) -> PaperRoute:
    """A route with one stop for each order number, or with these stops."""
    made = tuple(stops) or tuple(a_paper_stop(place, a_paper_order(each)) for place, each in enumerate(numbers, 1))
    given: dict[str, Any] = {"vehicle": f"Van {number}", "driver": f"Driver {number}", "leaves": hours(8), "ends": hours(16)}
    return PaperRoute(id=RouteId(f"rte_{number}"), number=number, stops=made, **given | changes)


def papers_of(*routes: PaperRoute) -> DayPapers:
    """A day's papers at a depot in Taipei."""
    return DayPapers(depot="內湖", address="", day=date(2026, 11, 24), zone="Asia/Taipei", origin=datetime(2026, 11, 23, 16, tzinfo=UTC), routes=routes)


def texts_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def squeezed(text: str) -> str:
    """A text without blanks, line ends and invisible signs: wherever it breaks on the sheet, it is the same."""
    return "".join(text.replace("\u200b", "").replace("\u00ad", "").replace("\ufffe", "").split())


def codes_on(pdf: bytes, scale: float = 3.0) -> list[list[tuple[str, str]]]:
    """What a camera reads on each page: kind of code and text, from top to bottom."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_codes(page.render(scale=scale).to_numpy()) for page in document]


def _codes(picture: Any) -> list[tuple[str, str]]:
    found = sorted(zxingcpp.read_barcodes(picture), key=lambda code: code.position.top_left.y)
    return [("qr" if code.format == zxingcpp.BarcodeFormat.QRCode else "bars", code.text) for code in found]
