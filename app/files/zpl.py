"""Labels in ZPL II, the language of label printers. Every text is given in hexadecimal where it could be read as a command."""

from typing import Any, Final

from app.files.codes import sayable_in_bars
from app.files.paper_words import PaperWords
from app.services.papers.values import PaperSize
from app.services.ports.papers import PaperJob

DOTS_PER_MM: Final = 8
"""203 dots an inch, what nearly every label printer has."""
_SIZES: Final = {PaperSize.A6: (840, 1184), PaperSize.FOUR_BY_SIX: (812, 1218)}
_MARGIN: Final = 32
_COMMANDS: Final = frozenset("^~_")


def labels_zpl(job: PaperJob) -> str:
    """One format a label, in loading order."""
    say = PaperWords(job.papers, job.language)
    width, height = _SIZES.get(job.size, _SIZES[PaperSize.A6])
    labels = (label for route in job.papers.routes for label in say.labels(route))
    return "".join(_label(label, width, height) for label in labels)


def _label(label: dict[str, Any], width: int, height: int) -> str:
    inner = width - 2 * _MARGIN
    low = height - 360
    parts = [
        f"^XA^CI28^PW{width}^LL{height}^LH0,0",
        _text(_MARGIN, 32, 150, f"{label['lane']}-{label['n']}", inner - 200, lines=1),
        _text(width - 230, 48, 60, label["which"], 200, lines=1, align="R"),
        f"^FO{_MARGIN},196^GB{inner},4,4^FS",
        _text(_MARGIN, 220, 56, label["customer"], inner, lines=1),
        _text(_MARGIN, 288, 44, label["address"], inner, lines=3),
        _text(_MARGIN, 440, 36, " · ".join(part for part in (label["window"], label["weight"], label["cod"]) if part), inner, lines=1),
        _text(_MARGIN, 490, 32, " · ".join(part for part in (label["phone"], label["remarks"], label["notes"]) if part), inner, lines=4),
        f"^FO{_MARGIN},{low}^BQN,2,{_magnification(label['text'])}^FH^FDMA,{_escaped(label['text'])}^FS",
        _text(_MARGIN + 260, low + 190, 48, label["number"], inner - 260, lines=1),
        _text(_MARGIN, height - 60, 28, " · ".join(part for part in (label["vehicle"], label["driver"], label["day"]) if part), inner, lines=1),
    ]
    if sayable_in_bars(label["text"]):
        parts.append(f"^FO{_MARGIN + 260},{low + 16}^BY2^BCN,150,N,N,N,A^FH^FD{_escaped(label['text'])}^FS")
    return "\n".join([*parts, "^XZ"]) + "\n"


def _text(x: int, y: int, size: int, text: str, width: int, *, lines: int, align: str = "L") -> str:
    """A block of text that breaks into lines and is cut after the last."""
    block = text.replace("\\", "\\\\")  # in blocks a single backslash begins a command of its own
    return f"^FO{x},{y}^A0N,{size},{size}^FB{width},{lines},4,{align}^FH^FD{_escaped(block)}^FS"


def _escaped(text: str) -> str:
    """A text whose signs no printer takes for commands: after `^FH`, `_5E` is a sign again."""
    return "".join(f"_{ord(letter):02X}" if letter in _COMMANDS or letter < " " else letter for letter in text)


def _magnification(text: str) -> int:
    """Dots a module: long texts make more modules, and the code must keep its 230 dots."""
    return 8 if len(text) <= 20 else 6 if len(text) <= 40 else 4
