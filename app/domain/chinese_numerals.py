"""Chinese numerals in addresses: 四段 is 4段, 一百二十巷 is 120巷."""

import re

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMERAL = "〇零一二兩三四五六七八九十百"
_BEFORE_UNIT = re.compile(f"([{_NUMERAL}]+)(?=[段巷弄衖號鄰樓])")
_AFTER_ZHI = re.compile(f"(?<=之)([{_NUMERAL}]+)")


def arabic_numbers(text: str) -> str:
    """The text with Chinese numbers before 段, 巷, 弄, 號, 鄰 and 樓 as digits; those of names (三民路) stay.

    A name that ends in a numeral is no number: only the part behind 路, 街 or 道 counts in 中山一路 (no unit follows there anyway).
    """
    text = _BEFORE_UNIT.sub(lambda found: str(_value(found.group())), text)
    return _AFTER_ZHI.sub(lambda found: str(_value(found.group())), text)


def _value(numeral: str) -> int:
    """The value of a Chinese numeral below a thousand (百二十三 = 123; 一〇五 = 105)."""
    if not set(numeral) & set("十百"):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total, digit = 0, 0
    for sign in numeral:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
