"""From bytes to text: which encoding a file is in, without asking.

Order: byte order mark, strict UTF-8, UTF-16 without a mark (by where its zero bytes lie), then the double-byte encodings of East
Asia by how common the decoded characters are, then the single-byte ones of Europe.
"""

import codecs
from dataclasses import dataclass

from app.domain.errors import Malformed

SAMPLE = 200_000
"""Bytes that are looked at where a guess is needed; the whole file is decoded with what the sample says."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257"]
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x1a\x1c\x1d\x1e\x1f\x85")


@dataclass(frozen=True, slots=True)
class _DoubleByte:
    """An encoding with lead bytes, and the ranges of its two-byte codes that hold the everyday characters of its standard."""

    name: str
    common: tuple[tuple[int, int], ...]


_EAST_ASIAN = (
    # Big5 level 1 is A440–C67E, punctuation A140–A3BF.
    _DoubleByte("cp950", ((0xA440, 0xC67E), (0xA140, 0xA3BF))),
    # GB 2312: level 1 B0A1–D7F9, punctuation and full-width A1A1–A3FE.
    _DoubleByte("gb18030", ((0xB0A1, 0xD7F9), (0xA1A1, 0xA3FE))),
    # Shift JIS: kana and punctuation 8140–8396, level 1 889F–9872.
    _DoubleByte("cp932", ((0x8140, 0x8396), (0x889F, 0x9872))),
    # KS X 1001: Hangul B0A1–C8FE, punctuation A1A1–A3FE.
    _DoubleByte("cp949", ((0xB0A1, 0xC8FE),)),
)
_CONVINCING = 0.8
"""Share of everyday characters from which an East Asian encoding is believed."""


def decode(raw: bytes, name: str, encoding: str = "") -> tuple[str, str]:
    """The text and Python's name of its encoding. `encoding`: what a person chose, else it is guessed.

    Raises Malformed for binary content, and where the chosen encoding does not fit.
    """
    chosen = encoding or guess(raw, name)
    try:
        text = raw.decode(chosen)
    except (UnicodeDecodeError, LookupError):
        raise Malformed("table.encoding_misfit", file=name, encoding=chosen) from None
    if looks_binary(text):
        raise Malformed("table.binary", file=name)
    return text, chosen


def guess(raw: bytes, name: str) -> str:
    """The encoding of the bytes. Raises Malformed for bytes that are no text in any encoding known here."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    wide = _utf16_without_mark(raw)
    if wide:
        return wide
    if b"\0" in raw[:SAMPLE]:
        raise Malformed("table.binary", file=name)
    if _decodes(raw, "utf-8"):
        return "utf-8"
    return _east_asian(raw) or _single_byte(raw)


def looks_binary(text: str) -> bool:
    """Whether the text has control characters that no table has (a few stray ones are forgiven)."""
    sample = text[:SAMPLE]
    odd = sum(1 for letter in sample if (letter < " " or "\x7f" <= letter < "\xa0") and letter not in _ALLOWED_CONTROLS)
    return "\0" in text or odd > max(2, len(sample) // 1000)


def _utf16_without_mark(raw: bytes) -> str:
    """UTF-16 is told by zero bytes that stand at one parity only: the high halves of ASCII letters, commas and line ends."""
    sample = raw[: SAMPLE & ~1]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    few, many = min(even, odd), max(even, odd)
    if many < max(2, len(sample) // 50) or few * 20 > many:
        return ""
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return encoding if len(raw) % 2 == 0 and _decodes(raw, encoding) else ""


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _east_asian(raw: bytes) -> str:
    """The double-byte encoding whose everyday characters make up most of the text, or empty."""
    sample = raw[:SAMPLE]
    scores = {each.name: _everyday_share(sample, each) for each in _EAST_ASIAN if _decodes(raw, each.name)}
    if not scores:
        return ""
    best = max(scores, key=lambda name: scores[name])
    # Hangul lies inside the range of everyday Chinese: where nothing falls outside it in a text of some length, it is Korean.
    if best == "gb18030" and scores.get("cp949", 0.0) == scores[best] and sum(byte >= 0x80 for byte in sample) >= 24:
        best = "cp949"
    return best if scores[best] >= _CONVINCING else ""


def _everyday_share(sample: bytes, candidate: _DoubleByte) -> float:
    """Share of the two-byte codes that lie in the everyday ranges; single bytes above ASCII count against it."""
    everyday = others = 0
    at, end = 0, len(sample) - 1
    while at < end:
        lead = sample[at]
        if lead < 0x80:
            at += 1
        elif candidate.name == "cp932" and 0xA1 <= lead <= 0xDF:  # half-width katakana: rare in real files
            others += 1
            at += 1
        else:
            code = lead << 8 | sample[at + 1]
            if any(low <= code <= high for low, high in candidate.common) and _trail_fits(candidate.name, code & 0xFF):
                everyday += 1
            else:
                others += 1
            at += 2
    return everyday / (everyday + others) if everyday else 0.0


def _trail_fits(name: str, trail: int) -> bool:
    """GB 2312 and KS X 1001 have trail bytes from A1 on only; a smaller one is the extension, seldom used."""
    return trail >= 0xA1 if name in {"gb18030", "cp949"} else trail >= 0x40


def _single_byte(raw: bytes) -> str:
    """The single-byte encoding by charset-normalizer's measure of mess, Western European where it is undecided; Latin-1, which
    takes any byte, where nothing fits (random bytes then fail the test for control characters)."""
    from charset_normalizer import from_bytes

    high = sum(1 for byte in raw[:SAMPLE] if byte >= 0x80)
    if high < 12 and _decodes(raw, "cp1252"):  # a handful of letters is no evidence for anything rarer
        return "cp1252"
    best = from_bytes(raw[:SAMPLE], cp_isolation=_SINGLE, steps=3, chunk_size=2_000).best()
    for encoding in ([best.encoding] if best else []) + ["cp1252"]:
        if _decodes(raw, encoding):
            return encoding
    return "latin-1"
