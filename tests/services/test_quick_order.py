"""Orders in one line: what a table of real lines is taken for, and that no text whatever breaks it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.entering import entered
from app.services.intake_names import Field
from app.services.intake_rows import Defaults
from app.services.quick_order import guess

TODAY = date(2026, 11, 24)
"""A Tuesday."""
FINLAND = Defaults(day=TODAY, zone="Europe/Helsinki", country="FI")
TAIWAN = Defaults(day=TODAY, zone="Asia/Taipei", country="TW", currency="TWD")

LINES: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "王小明 0912-345-678 台北市信義區市府路1號 明天 14-16 2件 5公斤 先打電話",
        {
            "name": "王小明",
            "phone": "0912-345-678",
            "address": "台北市信義區市府路1號",
            "day": "2026-11-25",
            "window": "14-16",
            "pieces": "2",
            "weight": "5 公斤",
            "notes": "先打電話",
        },
    ),
    (
        "Ella, Annankatu 12, tomorrow 9-11, 2 boxes, 4 kg, 040 1234567",
        {"name": "Ella", "address": "Annankatu 12", "day": "2026-11-25", "window": "9-11", "pieces": "2", "weight": "4 kg", "phone": "040 1234567"},
    ),
    (
        "Ella Virtanen Annankatu 12 Helsinki 040 1234567",
        {"name": "Ella Virtanen", "address": "Annankatu 12 Helsinki", "phone": "040 1234567"},
    ),
    (
        "Annankatu 12 040 1234567 Onni",
        {"address": "Annankatu 12", "phone": "040 1234567", "name": "Onni"},
    ),
    (
        "Ella, Annankatu 12-14, tomorrow 9-11; before 20",
        {"name": "Ella", "address": "Annankatu 12-14", "day": "2026-11-25", "window": "9-11; before 20"},
    ),
    (
        "Please deliver to Onni Laine, Mannerheimintie 5 A, 00100 Helsinki, Friday afternoon, three parcels, call before arrival",
        {
            "name": "Onni Laine",
            "address": "Mannerheimintie 5 A, 00100 Helsinki",
            "day": "2026-11-27",
            "window": "12:00-17:00",
            "pieces": "3",
            "notes": "call before arrival",
        },
    ),
    (
        "Hi,\n\nName: Aino Korhonen\nPhone: 050 123 4567\nAddress: Kalevankatu 3, Helsinki\nDate: tomorrow\n"
        "Time window: 10:00-12:00\nNotes: ring the bell twice\n\nThanks!",
        {
            "name": "Aino Korhonen",
            "phone": "050 123 4567",
            "address": "Kalevankatu 3, Helsinki",
            "day": "2026-11-25",
            "window": "10:00-12:00",
            "notes": "ring the bell twice",
        },
    ),
    (
        "收件人：陳美玲\n電話：02-2720-8889\n地址：台北市大安區仁愛路四段120巷5號3樓\n時段：下午2點-4點\n備註：放管理室",
        {"name": "陳美玲", "phone": "02-2720-8889", "address": "台北市大安區仁愛路四段120巷5號3樓", "window": "下午2點-4點", "notes": "放管理室"},
    ),
    (
        "林先生 台北市中山區 南京東路二段100號 5樓 後天下午 三箱 代收1200元 急件",
        {
            "name": "林先生",
            "address": "台北市中山區南京東路二段100號5樓",
            "day": "2026-11-26",
            "window": "12:00-17:00",
            "pieces": "3",
            "cod": "1200元",
            "priority": "9",
        },
    ),
    (
        "12 Main Street, Bob, 2026-12-01, after 2 pm, COD 25 €",
        {"address": "12 Main Street", "name": "Bob", "day": "2026-12-01", "window": "after 2 pm", "cod": "25 €"},
    ),
    (
        "ella@example.org Annankatu 12 next monday 1,5 kg 20 l",
        {"email": "ella@example.org", "address": "Annankatu 12", "day": "2026-11-30", "weight": "1,5 kg", "volume": "20 l"},
    ),
    ("王太太 信義路五段7號 12月1日 早上", {"name": "王太太", "address": "信義路五段7號", "day": "2026-12-01", "window": "08:00-12:00"}),
    ("Bob, Annankatu 12, 24.11.2026, 8.30-10.00", {"name": "Bob", "address": "Annankatu 12", "day": "2026-11-24", "window": "8.30-10.00"}),
    (
        "下週三 台北市信義區市府路45號 上午9點到11點 張小姐",
        {"day": "2026-12-02", "address": "台北市信義區市府路45號", "window": "上午9點到11點", "name": "張小姐"},
    ),
    ("leave at the door", {"contactless": "yes", "notes": "leave at the door"}),
    ("", {}),
)


@pytest.mark.parametrize(("line", "meant"), LINES, ids=[line[:24] for line, _ in LINES])
def test_a_line_is_taken_for_what_it_means(line: str, meant: dict[str, str]) -> None:
    defaults = TAIWAN if any("\u4e00" <= letter <= "\u9fff" for letter in line) else FINLAND
    assert {each.value: text for each, text in guess(line, defaults, TODAY).items()} == meant


PIECES = st.sampled_from(
    [
        "Ella",
        "王小明",
        "Annankatu 12",
        "台北市信義區市府路1號",
        "tomorrow",
        "明天",
        "9-11",
        "before 12",
        "2 boxes",
        "5公斤",
        "040 1234567",
        "x@y.fi",
        "COD 12",
        "31.2.2026",
        "99-3",
    ]
)


@given(st.lists(PIECES | st.text(max_size=12), max_size=8), st.sampled_from([" ", ", ", "\n", ""]))
def test_no_text_breaks_it_and_every_guess_is_one_that_the_import_would_take(parts: list[str], between: str) -> None:
    found = guess(between.join(parts), FINLAND, TODAY)
    read = entered(found, None, FINLAND, placed=True)
    assert (read.errors, read.warnings) == ({}, {})
    assert all(found.values())


@given(st.permutations(["Ella", "Annankatu 12", "tomorrow", "9-11", "2 boxes", "4 kg", "040 1234567"]))
def test_the_order_of_the_parts_does_not_matter(parts: list[str]) -> None:
    found = guess(", ".join(parts), FINLAND, TODAY)
    wanted = {Field.ADDRESS: "Annankatu 12", Field.NAME: "Ella", Field.PIECES: "2", Field.WEIGHT: "4 kg", Field.PHONE: "040 1234567"}
    assert {each: found.get(each) for each in wanted} == wanted
    assert (found.get(Field.DAY), found.get(Field.WINDOW)) == ("2026-11-25", "9-11")
