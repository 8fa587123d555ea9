"""Papers as PDF and labels as ZPL: what a driver reads, what a camera reads, and that nothing typed by a customer is a command."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from app.domain.money import Money
from app.domain.units import hours, minutes
from app.files.papers import TypstPress
from app.services.papers.changes import changes, printed
from app.services.papers.contents import parcel_code, trips
from app.services.papers.values import DayPapers, PaperKind, PaperSize
from app.services.ports.papers import PaperJob
from tests.made_papers import a_paper_order, a_paper_route, a_paper_stop, codes_on, papers_of, squeezed, texts_of

pytestmark = pytest.mark.skipif(
    not (Path(__file__).parents[2] / "resources" / "fonts" / "doorstep-paper-400.ttf").is_file(), reason="the set-up has not made the papers' fonts"
)
HOSTILE = '#set text(red) *b* $x$ "]} \\ ^XZ~JA_5E'
RARE = "陳堃喆 游錫堃 犇珉 Łukasz"


def pressed(papers: DayPapers, kind: PaperKind = PaperKind.MANIFEST, size: PaperSize = PaperSize.A4, language: str = "en", **more: object) -> bytes:
    return TypstPress().press(PaperJob(kind=kind, papers=papers, size=size, language=language, **more)).pdf


@pytest.fixture(scope="module")
def day() -> DayPapers:
    """Two routes: a long one with everything that a sheet can have, and a short one."""
    stops = [a_paper_stop(number, a_paper_order(f"HEL-{number:03d}", pieces=number % 3)) for number in range(1, 26)]
    stops[0] = a_paper_stop(1, a_paper_order("HEL-001", customer=RARE, notes=HOSTILE, windows=((hours(9), hours(12)),), cod=Money(125_000, "TWD")))
    stops[3] = a_paper_stop(4, a_paper_order("HEL-004"), a_paper_order("HEL-004B", customer="王小明", address="台北市信義區市府路1號"), late=minutes(18))
    stops[9] = a_paper_stop(10, a_paper_order("HEL-010"), pause=(hours(11), hours(12)))
    stops[14] = a_paper_stop(15, a_paper_order("HEL-015"), reload=hours(13))
    return papers_of(a_paper_route(1, stops=stops, driver="陳大文", language="zh-TW"), a_paper_route(12, ["訂單-7", "X" * 60], driver="Ana R."))


def test_a_manifest_has_every_stop_with_a_code_that_reads_as_its_order(day: DayPapers) -> None:
    pdf = pressed(day)
    texts = texts_of(pdf)
    whole = squeezed("".join(texts))
    assert [text for page in codes_on(pdf) for _, text in page] == [order.number for route in day.routes for order in route.orders]
    assert all(squeezed(order.address) in whole for order in day.routes[0].orders)
    assert squeezed(RARE) in whole
    assert squeezed(HOSTILE) in whole, "what somebody typed stands there as it was typed"
    assert "09:00–12:00" in texts[0]
    assert "08:15" in texts[0]
    assert "NT$1,250" in texts[0]
    assert "▲ 18 min late" in texts[0]
    assert "Break" in whole
    assert "13:00" in whole


def test_a_drivers_pages_are_counted_from_one_and_each_has_the_head_of_the_table(day: DayPapers) -> None:
    texts = texts_of(pressed(day))
    own = [re.search(r"Page (\d+) / (\d+)", text) for text in texts]
    counted = [(int(found[1]), int(found[2])) for found in own if found]
    long = len(texts) - 1
    assert counted == [*((page, long) for page in range(1, long + 1)), (1, 1)]
    assert long >= 3
    assert all("Customer" in text and "Parcels" in text for text in texts)


def test_stop_numbers_are_large_and_every_font_is_in_the_file(day: DayPapers) -> None:
    with pypdfium2.PdfDocument(pressed(day, language="zh_TW")) as document:
        page = document[0]
        words = page.get_textpage()
        large = {words.get_text_range(index, 1) for index in range(words.count_chars()) if pdfium.FPDFText_GetFontSize(words, index) >= 18}
        fonts = [pdfium.FPDFTextObj_GetFont(each) for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])]
        assert {"1", "2", "3"} <= large
        assert fonts
        assert all(pdfium.FPDFFont_GetIsEmbedded(font) for font in fonts)


def test_a_driver_may_have_the_sheet_in_his_own_language(day: DayPapers) -> None:
    texts = texts_of(pressed(day, own=True))
    assert "預計到達" in texts[0]
    assert "Arrival" in texts[-1]


def test_signs_that_no_font_is_known_to_have_are_named() -> None:
    press = TypstPress()
    rare = papers_of(a_paper_route(1, stops=(a_paper_stop(1, a_paper_order("A", customer="𠮷田 Łódź 堃")),)))
    job = PaperJob(kind=PaperKind.MANIFEST, papers=rare, size=PaperSize.A4)
    assert press.press(job).missing == ("𠮷",)


def test_a_second_print_tells_what_has_changed_and_leaves_the_rest_out(day: DayPapers) -> None:
    before = papers_of(a_paper_route(1, ["A", "B", "C"]), a_paper_route(2, ["D"]))
    now = papers_of(a_paper_route(1, ["B", "N", "C"]), a_paper_route(2, ["D"]))
    at = datetime(2026, 11, 24, 1, 5, tzinfo=UTC)
    news = changes({route.id: printed(route, at) for route in before.routes}, now.routes)
    (only,) = texts_of(pressed(now, changes=news))
    assert "Changed since the sheet of 24 Nov 09:05" in only
    assert "GONE: A, was stop 1" in only
    assert "NEW: stop 2, N" in only
    assert "Driver 2" not in only


def test_a_load_sheet_starts_with_the_last_stop_and_has_a_code_for_each_order(day: DayPapers) -> None:
    codes = [text for page in codes_on(pressed(day, PaperKind.LOAD)) for _, text in page]
    assert codes == [order.number for route in day.routes for trip in trips(route) for order in trip.orders]


def test_the_depots_list_has_every_order_and_lane(day: DayPapers) -> None:
    whole = squeezed("".join(texts_of(pressed(day, PaperKind.STAGING, language="zh_TW"))))
    assert "倉庫分貨單" in whole
    assert all(order.number in whole for route in day.routes for order in route.orders)


@pytest.mark.parametrize("size", [PaperSize.A6, PaperSize.FOUR_BY_SIX])
def test_every_label_reads_as_its_parcel_by_both_codes(day: DayPapers, size: PaperSize) -> None:
    pages = codes_on(pressed(day, PaperKind.LABELS, size))
    wanted = [parcel_code(order, parcel) for route in day.routes for trip in trips(route) for order in trip.orders for parcel in range(1, order.parcels + 1)]
    assert [{text for kind, text in page if kind == "qr"} for page in pages] == [{text} for text in wanted]
    barred = [{text for kind, text in page if kind == "bars"} for page in pages]
    assert barred == [{text} if text.isascii() and len(text) < 30 else set() for text in wanted]


def test_a_first_look_has_the_first_labels_only(day: DayPapers) -> None:
    assert len(texts_of(pressed(day, PaperKind.LABELS, PaperSize.A6, most=3))) == 3


def test_a_card_says_sorry_and_holds_the_order(day: DayPapers) -> None:
    pdf = pressed(papers_of(a_paper_route(1, ["A", "B"])), PaperKind.CARDS, PaperSize.A6)
    assert codes_on(pdf) == [[("qr", "A")], [("qr", "B")]]
    assert all("Sorry, we missed you" in text for text in texts_of(pdf))


def test_zpl_has_one_format_a_parcel_whose_codes_say_what_the_label_is() -> None:
    odd = a_paper_order("A_1^", customer=HOSTILE, address="台北市信義區市府路1號", pieces=2, cod=Money(500, "EUR"))
    papers = papers_of(a_paper_route(3, stops=(a_paper_stop(1, odd), a_paper_stop(2, a_paper_order("訂單-7")))))
    text = TypstPress().zpl(PaperJob(kind=PaperKind.LABELS, papers=papers, size=PaperSize.A6))
    formats = re.findall(r"\^XA(.*?)\^XZ", text, re.DOTALL)
    assert len(formats) == 3
    assert text.count("^XZ") == 3, "a customer's name ends no label"
    assert [field(each, "BQN") for each in formats] == ["MA,訂單-7", "MA,A_1^/1", "MA,A_1^/2"]
    assert [field(each, "BCN") for each in formats] == [None, "A_1^/1", "A_1^/2"]
    assert HOSTILE.replace("\\", "\\\\") in fields(formats[1])
    assert "台北市信義區市府路1號" in fields(formats[1])
    for x, y in re.findall(r"\^FO(\d+),(\d+)", text):
        assert 0 <= int(x) < 840
        assert 0 <= int(y) < 1184


def fields(label: str) -> list[str]:
    """The texts of a label as a printer understands them."""
    return [re.sub(r"_([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), each) for each in re.findall(r"\^FH\^FD(.*?)\^FS", label, re.DOTALL)]


def field(label: str, command: str) -> str | None:
    """The text of the code that a command begins."""
    found = re.search(rf"\^{command}[^^]*(\^FH\^FD.*?\^FS)", label)
    return fields(found[1])[0] if found else None
