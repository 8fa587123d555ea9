"""Presses papers to PDF with typst: templates of `resources/papers`, texts as JSON, so that nothing somebody typed is read as markup."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from app.domain.errors import SetupMissing, Unavailable
from app.files.paper_words import PaperWords, language_of
from app.files.zpl import labels_zpl
from app.services.papers.values import PaperKind, PaperRoute, PaperSize
from app.services.ports.papers import PaperJob, Pressed

_RESOURCES: Final = Path(__file__).resolve().parents[2] / "resources"
_FONTS: Final = _RESOURCES / "fonts"
_REGULAR: Final = _FONTS / "doorstep-paper-400.ttf"
_LATIN_AND_KIN: Final = 0x530
"""Below it lie Latin, Greek and Cyrillic, which typst's own fonts have where the papers' font has not."""
_MILLIMETRES: Final = {PaperSize.A4: (210.0, 297.0), PaperSize.LETTER: (215.9, 279.4), PaperSize.A6: (105.0, 148.0), PaperSize.FOUR_BY_SIX: (101.6, 152.4)}


class TypstPress:
    """Implements `PaperPress`. A press takes tenths of a second: never called on the main thread."""

    def press(self, job: PaperJob) -> Pressed:
        """The paper as PDF. Raises SetupMissing without its fonts, Unavailable where typst refuses."""
        import typst

        if not _REGULAR.is_file():
            raise SetupMissing("papers.no_fonts", file=_REGULAR.name)
        content = json.dumps(paper_content(job), ensure_ascii=False)
        missing = _missing(content)
        compiler = typst.Compiler(
            str(_RESOURCES / "papers" / f"{job.kind.value}.typ"),
            root=str(_RESOURCES / "papers"),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=not missing,  # looking through the machine's fonts takes time, and papers should look the same everywhere
            sys_inputs={"content": content},
        )
        try:
            made = compiler.compile(format="pdf")
        except RuntimeError as error:
            raise Unavailable("papers.not_made", why=str(error)) from error
        return Pressed(pdf=made if isinstance(made, bytes) else b"", missing=missing)

    def zpl(self, job: PaperJob) -> str:
        """The labels in ZPL II, UTF-8."""
        return labels_zpl(job)


def paper_content(job: PaperJob) -> dict[str, Any]:
    """What a template is told: everything in words."""
    say = PaperWords(job.papers, job.language)
    width, height = _MILLIMETRES[job.size]
    shared = {
        "width": width,
        "height": height,
        "depot": job.papers.depot,
        "depot_address": job.papers.address,
        "day": say.day(),
        "words": say.words(),
        "lang": "zh" if job.language == "zh_TW" else "en",
        "region": "TW" if job.language == "zh_TW" else "GB",
    }
    return shared | _BODIES[job.kind](job, say)


def _manifest(job: PaperJob, _say: PaperWords) -> dict[str, Any]:
    routes = [route for route in job.papers.routes if not job.changes or job.changes[route.id].any]
    return {"routes": [_in_language(job, route).route(route, job.changes.get(route.id)) for route in routes]}


def _in_language(job: PaperJob, route: PaperRoute) -> PaperWords:
    return PaperWords(job.papers, language_of(route, job.language, own=job.own))


def _load(_job: PaperJob, say: PaperWords) -> dict[str, Any]:
    return {"routes": say.loads()}


def _staging(_job: PaperJob, say: PaperWords) -> dict[str, Any]:
    return say.staging()


def _labels(job: PaperJob, say: PaperWords) -> dict[str, Any]:
    return {"sheets": _first(job, (label for route in job.papers.routes for label in say.labels(route)))}


def _cards(job: PaperJob, say: PaperWords) -> dict[str, Any]:
    return {"sheets": _first(job, (card for route in job.papers.routes for card in say.cards(route)))}


def _first(job: PaperJob, sheets: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return list(islice(sheets, job.most or None))


_BODIES: Final = {PaperKind.MANIFEST: _manifest, PaperKind.LOAD: _load, PaperKind.STAGING: _staging, PaperKind.LABELS: _labels, PaperKind.CARDS: _cards}


def _missing(content: str) -> tuple[str, ...]:
    """Characters that neither the papers' font nor those that typst brings are known to have, each once."""
    return tuple(sorted({letter for letter in content if ord(letter) >= _LATIN_AND_KIN} - _covered()))


@cache
def _covered() -> frozenset[str]:
    from fontTools.ttLib import TTFont

    with TTFont(_REGULAR, lazy=True) as font:
        return frozenset(chr(code) for code in font.getBestCmap())
