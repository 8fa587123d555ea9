"""How values read in both languages."""

from datetime import UTC, date, datetime

import pytest

from app.desktop.format import Formats
from app.domain.units import hours, minutes

EN = Formats("en", "Europe/Helsinki", datetime(2026, 11, 22, 22, 0, tzinfo=UTC))
ZH = Formats("zh_TW", "Europe/Helsinki", datetime(2026, 11, 22, 22, 0, tzinfo=UTC))


def test_a_reading_is_the_depots_wall_time() -> None:
    assert EN.clock(hours(8) + minutes(5)) == "08:05"
    assert EN.windows(((hours(8), hours(10)), (hours(14), hours(16)))) == "08:00–10:00, 14:00–16:00"


def test_the_clock_change_is_lived_through() -> None:
    """On 25 October 2026 Helsinki's clocks go back at 04:00: six elapsed hours after midnight it is five o'clock."""
    formats = Formats("en", "Europe/Helsinki", datetime(2026, 10, 24, 21, 0, tzinfo=UTC))
    assert formats.clock(hours(6)) == "05:00"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (EN.minutes(61_000), "2 min"),
        (ZH.minutes(61_000), "2 分"),
        (EN.minutes(hours(5) + minutes(48)), "5 h 48 min"),
        (EN.duration(hours(1) + minutes(5)), "1:05"),
        (EN.kilometers(850), "850 m"),
        (EN.kilometers(12_440), "12.4 km"),
        (ZH.kilometers(12_440), "12.4 公里"),
        (EN.weight(2_500), "2.5 kg"),
        (EN.cost(1_912_40 * 1_000_000, "EUR"), "€1,912"),
        (EN.day(date(2026, 11, 22)), "Sun 22 Nov"),
        (ZH.day(date(2026, 11, 22)), "11/22 週日"),
    ],
)
def test_values_read_as_people_write_them(said: str, wanted: str) -> None:
    assert said == wanted
