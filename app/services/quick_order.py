"""An order in one line, or in a pasted message: what each part of the text seems to be, for a person to look at and approve.

First what has a form of its own is taken out (addresses of mail, phones, amounts, days, times); what is left between is told apart into
address, name and notes. A guess never contains what the parsers of the import would refuse: that part goes into the notes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from app.domain.chinese_numerals import arabic_numbers
from app.domain.errors import Malformed
from app.services import quick_words as words
from app.services.entering import entered
from app.services.intake_columns import heading
from app.services.intake_dates import read_date
from app.services.intake_names import Field
from app.services.intake_numbers import narrow
from app.services.intake_rows import LONGEST_TEXT, Defaults
from app.services.intake_times import spans

_GAP = "\x00"
"""Stands where a part was taken out."""
_TAKEN = frozenset(
    {
        Field.NUMBER,
        Field.DAY,
        Field.NAME,
        Field.PHONE,
        Field.EMAIL,
        Field.LANGUAGE,
        Field.ADDRESS,
        Field.WINDOW,
        Field.SERVICE,
        Field.WEIGHT,
        Field.VOLUME,
        Field.PIECES,
        Field.PRIORITY,
        Field.SKILLS,
        Field.FEATURES,
        Field.HANDLING,
        Field.NOTES,
        Field.COD,
    }
)
"""Fields that a labelled line (`Phone: 040 …`) may fill."""


def guess(text: str, defaults: Defaults, today: date) -> dict[Field, str]:
    """What the text seems to say, by field, each as the form would have it typed. `today` is what tomorrow follows.

    Everything that is in it parses; words that fit nowhere are notes.
    """
    reading = _Reading(defaults=defaults, today=today)
    reading.rest = "\n".join(reading.labelled(line) for line in narrow(text[:LONGEST_TEXT]).replace(_GAP, " ").splitlines())
    for take in (_email, _full_day, _phone, _cod, _weight, _volume, _pieces, _days, _windows, _service, _flags):
        take(reading)
    _words(reading)
    return reading.checked()


@dataclass(slots=True)
class _Reading:
    """The text while parts are taken out of it."""

    defaults: Defaults
    today: date
    rest: str = ""
    found: dict[Field, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def labelled(self, line: str) -> str:
        """What is left of a line once its label is understood: nothing, or the line itself."""
        said = words.LABEL.match(line)
        meant = heading(said.group(1)) if said else None
        if said is None or meant is None or meant.field not in _TAKEN or meant.field in self.found:
            return line
        if meant.field is Field.NOTES:
            self.notes.append(said.group(2))
        elif meant.field in {Field.DAY, Field.WINDOW, Field.PIECES}:
            return said.group(2)  # read as running text, which knows tomorrow and afternoon
        else:
            self.found[meant.field] = said.group(2)
        return ""

    def take(self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], str], column: Field) -> None:
        """Takes the first match that reads as something out of the text, unless the field is known."""
        if column in self.found:
            return
        for match in pattern.finditer(self.rest):
            said = read(match)
            if said:
                self.found[column] = said
                self.cut(match)
                return

    def cut(self, match: re.Match[str]) -> None:
        """Takes a match out."""
        self.rest = f"{self.rest[: match.start()]}{_GAP}{self.rest[match.end() :]}"

    def checked(self) -> dict[Field, str]:
        """The guesses that parse; the others are notes."""
        texts = {each: text for each, text in self.found.items() if text}
        for _ in range(len(texts)):
            read = entered(texts, None, self.defaults, placed=True)
            wrong = [each for each in (*read.errors, *read.warnings) if each in texts]
            if not wrong:
                break
            for each in dict.fromkeys(wrong):
                self.notes.append(texts.pop(each))
        notes = "\n".join(dict.fromkeys(each for each in (note.strip() for note in self.notes) if each))
        return {**texts, Field.NOTES: notes} if notes else texts


def _email(reading: _Reading) -> None:
    reading.take(words.EMAIL, lambda match: match.group(), Field.EMAIL)


def _full_day(reading: _Reading) -> None:
    reading.take(words.FULL_DAY, lambda match: _day(match.group(), reading), Field.DAY)


def _day(text: str, reading: _Reading) -> str:
    try:
        return read_date(text, reading.defaults.date_order, near=reading.today).isoformat()
    except Malformed:
        return ""


def _phone(reading: _Reading) -> None:
    """A run of digits that can be dialled; a house number that stands before it is left."""
    if Field.PHONE in reading.found:
        return
    for match in words.PHONE.finditer(reading.rest):
        run = match.group()
        starts = [0, *(at.end() for at in re.finditer(r"\s+", run))]
        for start in starts:
            if _dials(run[start:], reading.defaults.country):
                reading.found[Field.PHONE] = run[start:].strip()
                reading.rest = f"{reading.rest[: match.start() + start]}{_GAP}{reading.rest[match.end() :]}"
                return


def _dials(text: str, country: str) -> bool:
    import phonenumbers as library

    digits = sum(letter.isdigit() for letter in text)
    if not country and not text.startswith("+"):
        return text.startswith("0") and 8 <= digits <= 12
    try:
        return library.is_valid_number(library.parse(text, country.upper() or None))
    except library.NumberParseException:
        return False


def _cod(reading: _Reading) -> None:
    reading.take(words.COD, lambda match: match.group(1).strip(), Field.COD)


def _weight(reading: _Reading) -> None:
    reading.take(words.WEIGHT, lambda match: f"{match.group(1)} {match.group(2).lower().replace('kilos', 'kg')}", Field.WEIGHT)


def _volume(reading: _Reading) -> None:
    reading.take(words.VOLUME, lambda match: f"{match.group(1)} {match.group(2).lower()}", Field.VOLUME)


def _pieces(reading: _Reading) -> None:
    def read(match: re.Match[str]) -> str:
        said = match.group(1).lower()
        return said if said.isdigit() else words.NUMERALS.get(said) or arabic_numbers(f"{said}號").removesuffix("號")

    reading.take(words.PIECES, read, Field.PIECES)


def _days(reading: _Reading) -> None:
    for pattern, ahead in words.RELATIVE:
        day = (reading.today + timedelta(days=ahead)).isoformat()
        reading.take(pattern, partial(_same, day), Field.DAY)
    reading.take(words.WEEKDAY, lambda match: _weekday(match, reading.today).isoformat(), Field.DAY)
    reading.take(words.WRITTEN_DAY, lambda match: _written_day(match.group(), reading), Field.DAY)


def _same(said: str, _match: re.Match[str]) -> str:
    return said


def _weekday(match: re.Match[str], today: date) -> date:
    """The next day of that name, today's not counted; `next` is that of the week after this."""
    english, chinese = match["english"], match["chinese"]
    wanted = words.ENGLISH_DAYS.index(english[:3].lower()) if english else words.CHINESE_DAYS.index(chinese.replace("天", "日"))
    if match["next"]:
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7 or 7)


def _written_day(text: str, reading: _Reading) -> str:
    """A day without a year is the next of that name; 11/24 has only one reading, 3/4 none that is sure."""
    chinese = re.fullmatch(r"(\d{1,2})月(\d{1,2})[日號号]", text)
    if chinese:
        return _next_of(int(chinese[1]), int(chinese[2]), reading.today)
    slash = re.fullmatch(r"(\d{1,2})/(\d{1,2})", text)
    if slash is None:
        return _day(text, reading)
    one, two = int(slash[1]), int(slash[2])
    month_first, day_first = _next_of(one, two, reading.today), _next_of(two, one, reading.today)
    return month_first if words.CJK.search(reading.rest) or not day_first else "" if month_first and month_first != day_first else day_first


def _next_of(month: int, day: int, today: date) -> str:
    for year in (today.year, today.year + 1):
        try:
            meant = date(year, month, day)
        except ValueError:
            continue
        if meant >= today - timedelta(days=30):
            return meant.isoformat()
    return ""


def _windows(reading: _Reading) -> None:
    if Field.WINDOW in reading.found:
        return
    said: list[str] = []
    for pattern in (words.RANGE, words.BEFORE, words.AFTER):
        while (match := _times(pattern, reading.rest)) is not None:
            said.append(match.group().strip())
            reading.cut(match)
    for pattern, span in words.PARTS_OF_DAY:
        part = pattern.search(reading.rest)
        if part is not None:
            reading.cut(part)
            said += [] if said else [span]
    if said:
        reading.found[Field.WINDOW] = "; ".join(said)


def _times(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that is a window, and does not follow the name of a street as the numbers of houses do."""
    for match in pattern.finditer(text):
        if pattern is words.RANGE and _of_houses(match.group(), text[: match.start()]):
            continue
        try:
            if spans(match.group().strip()):
                return match
        except Malformed:
            continue
    return None


def _of_houses(numbers: str, before: str) -> bool:
    """Whether two bare numbers follow a word that says nothing of time, as in Annankatu 12-14."""
    bare = re.fullmatch(r"\s*\d{1,2}\s*[-–]\s*\d{1,2}\s*", numbers) is not None
    return bare and re.search(r"[^\W\d_]\s*$", before) is not None and not words.BEFORE_TIMES.search(before) and not words.CJK.search(before[-2:])


def _service(reading: _Reading) -> None:
    reading.take(words.SERVICE, lambda match: match.group(1), Field.SERVICE)


def _flags(reading: _Reading) -> None:
    reading.take(words.URGENT, lambda _match: "9", Field.PRIORITY)
    reading.take(words.CONTACTLESS, lambda match: _noted(match, reading), Field.CONTACTLESS)


def _noted(match: re.Match[str], reading: _Reading) -> str:
    reading.notes.append(match.group())
    return "yes"


def _words(reading: _Reading) -> None:
    """Tells what is left apart: address, then name, then notes."""
    segments = [each for each in _segments(reading.rest) if not words.COURTESY.match(each)]
    address = reading.found.get(Field.ADDRESS, "")
    if not address:
        segments, address = _address(segments, named=Field.NAME in reading.found)
        if address:
            reading.found[Field.ADDRESS] = address
    if Field.NAME not in reading.found:
        name = next((each for each in segments if _is_name(each)), "")
        if name:
            reading.found[Field.NAME] = name
            segments.remove(name)
    reading.notes += segments


def _segments(text: str) -> list[str]:
    """The pieces of the rest: divided by commas, lines and what was taken out; Chinese text by blanks as well."""
    pieces: list[str] = []
    for piece in re.split(rf"[,，、;；。\n{_GAP}]|\s-\s|[.!](?:\s|$)", text):
        plain = piece.strip(" \t:：-–.!?！？()（）")
        plain = words.OPENING.sub("", plain, count=1).strip() if len(plain) > 3 else plain
        pieces += plain.split() if words.CJK.search(plain) else [plain]
    return [each for each in pieces if each]


def _address(segments: list[str], *, named: bool) -> tuple[list[str], str]:
    """The address with the parts that follow it (postcode, town, floor), and the segments without them."""
    for at, segment in enumerate(segments):
        if words.CJK.search(segment):
            if words.CHINESE_ADDRESS.search(segment):
                first = at - 1 if at and words.CHINESE_AREA.match(segments[at - 1]) and not _is_name(segments[at - 1]) else at
                last = _last_chinese(segments, at)
                return [*segments[:first], *segments[last + 1 :]], "".join(segments[first : last + 1])
            continue
        before, street = _street(segment)
        if street:
            known = named or bool(before) or any(_is_name(each) for each in segments[:at])
            last = _last_latin(segments, at, named=known)
            return [*segments[:at], *([before] if before else []), *segments[last + 1 :]], ", ".join([street, *segments[at + 1 : last + 1]])
    return segments, ""


def _last_chinese(segments: list[str], at: int) -> int:
    while at + 1 < len(segments) and words.CHINESE_AREA.match(segments[at + 1]) and any(letter.isdigit() for letter in segments[at + 1]):
        at += 1
    return at


def _last_latin(segments: list[str], at: int, *, named: bool) -> int:
    """Postcode and town after a street; a single capitalised word is a town where the name is known already."""
    while at + 1 < len(segments):
        following = segments[at + 1]
        town = named and following[:1].isupper() and len(following.split()) <= 2 and not any(letter.isdigit() for letter in following)
        if not words.POSTCODE.match(following) and not town:
            break
        at += 1
        if town:
            break
    return at


def _street(segment: str) -> tuple[str, str]:
    """(what stands before, street with its number) of a segment; no street: two empty texts."""
    parts = segment.split()
    for at, part in enumerate(parts):
        if words.STREET.match(part) and at + 1 < len(parts) and words.HOUSE.match(parts[at + 1]):
            own = part.lower().rstrip(".") in {"street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "dr", "square", "sq"}
            first = max(0, at - 1) if own else at
            return " ".join(parts[:first]), " ".join(parts[first:])
    for at, part in enumerate(parts[:-1]):
        if words.HOUSE.match(part) and any(words.STREET.match(each) for each in parts[at + 1 : at + 5]):
            return " ".join(parts[:at]), " ".join(parts[at:])
    if len(parts) >= 2 and len(parts) <= 8 and any(words.HOUSE.match(part) for part in parts[1:]) and parts[0][:1].isalpha():
        return "", segment
    return "", ""


def _is_name(segment: str) -> bool:
    if words.CJK.search(segment):
        return bool(words.CHINESE_NAME.match(segment)) and not words.NOT_A_NAME.search(words.CHINESE_TITLE.sub("", segment))
    parts = segment.split()
    return 1 <= len(parts) <= 4 and all(part[0].isalpha() for part in parts) and parts[0][0].isupper() and not any(letter.isdigit() for letter in segment)
