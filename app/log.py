"""Named loggers by subject (`doorstep.store`, `doorstep.roads` …), and a log file of JSON lines in which what is private is struck out.

Modules write `logging.getLogger("doorstep.<subject>")`; facts go in `extra={"facts": {…}}`, so that the redaction knows them by name. Words that may hold
an address belong in a fact (`address`, `recipient`, `note` …), never in the sentence.
"""

import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

ROOT = "doorstep"
FILE = "doorstep.log"
MOST_BYTES = 2_000_000
KEPT_FILES = 5
STRUCK = "‹private›"
PRIVATE = re.compile(
    r"(?i)phone|mobile|e-?mail|address|street|house|recipient|consignee|customer|person|contact|note|token|secret|password|otp|credential|\bkey\b|\blat\b|\blon\b"
)
"""Names of facts whose values nobody may read in a log."""

_PATTERNS = (
    re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),  # e-mail
    re.compile(r"(?i)\b(?:bearer|basic|token|api[-_ ]?key|secret|password)\b\s*[:= ]\s*\S+"),
    re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]+){1,2}\b"),  # JSON web token
    re.compile(r"\b(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{32,}\b"),  # keys and digests
    re.compile(r"(?<![\w.:/-])(?:\+\d{1,3}[\s./-]?)?(?:\(\d{1,5}\)[\s./-]?)?\d{2,5}(?:[\s./-]?\d{2,5}){1,4}(?![\w:])"),  # telephone, judged by its digits
    re.compile(
        r"(?i)\b[\w.'-]+(?:\s+|(?<=\w))(?:street|st|road|rd|avenue|ave|lane|ln|drive|boulevard|blvd|strasse|straße|str|weg|platz|gasse|katu|tie|kuja|gatan|vägen|väg|rue)\.?,?\s+\d+\s?[a-z]?\b"
    ),
    re.compile(r"(?i)\b\d+\s?[a-z]?,?\s+(?:[\w.'-]+\s+){1,4}(?:street|st|road|rd|avenue|ave|lane|ln|drive|boulevard|blvd)\b\.?"),
    re.compile(r"\b(?:rue|via|calle)\s+[\w.' -]+?,?\s+\d+\b", re.IGNORECASE),
    re.compile(r"[\u4e00-\u9fff]{1,12}(?:路|街|道|巷|弄)[\u4e00-\u9fff\d-]{0,10}?\d+\s*號(?:[之\d-]*\d+)?(?:\s*\d+\s*樓)?"),
    re.compile(r"(?<![\d.])-?\d{1,3}\.\d{4,}\s*,\s*-?\d{1,3}\.\d{4,}"),  # a place to ten metres
)
_TELEPHONE = 4
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
"""A telephone number with its area code (E.164 allows fifteen digits)."""
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d\d?[-./]\d\d?")


def redacted(text: str) -> str:
    """The text with e-mail and street addresses, telephone numbers, tokens and exact places struck out."""
    for number, pattern in enumerate(_PATTERNS):
        text = pattern.sub(_strike_telephone if number == _TELEPHONE else STRUCK, text)
    return text


def redacted_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with private ones struck out by name, the others by their text; nested mappings and lists alike."""
    return {name: STRUCK if PRIVATE.search(name) else _redacted_value(value) for name, value in facts.items()}


def _redacted_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return redacted_facts({str(name): each for name, each in value.items()})
    if isinstance(value, list | tuple | set | frozenset):
        return [_redacted_value(each) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redacted(str(value))


def _strike_telephone(found: re.Match[str]) -> str:
    digits = sum(sign.isdigit() for sign in found[0])
    is_number = _FEWEST_DIGITS <= digits <= _MOST_DIGITS and not _DATE.match(found[0])
    return STRUCK if is_number else found[0]


class JsonLines(logging.Formatter):
    """A record as one line of JSON: when, how grave, which subject, what, its facts, and the fault's trace where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The redacted line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "subject": record.name.removeprefix(f"{ROOT}."),
            "message": redacted(record.getMessage()),
        }
        facts = getattr(record, "facts", None)
        if facts:
            line["facts"] = redacted_facts(facts)
        if record.exc_info and record.exc_info[0]:
            line["fault"] = redacted("".join(traceback.format_exception(*record.exc_info)))
        return json.dumps(line, ensure_ascii=False)


def to_file(folder: Path, level: str = "info") -> Path:
    """Sends every subject of ours to a rotating file in the folder, and nothing to the screen; returns the file.

    Called again, it replaces the earlier file. Where the folder cannot be written, the program goes on without a log.
    """
    root = logging.getLogger(ROOT)
    close()
    root.setLevel(level.upper())
    file = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler: logging.Handler = RotatingFileHandler(file, maxBytes=MOST_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    root.propagate = False
    return file


def close() -> None:
    """Ends writing to the file; other handlers stay."""
    root = logging.getLogger(ROOT)
    for handler in [each for each in root.handlers if isinstance(each.formatter, JsonLines)]:
        root.removeHandler(handler)
        handler.close()
    root.propagate = True
