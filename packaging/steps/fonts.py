"""The font of the papers: the web packages' pieces of Noto Sans TC (OFL) put together as TTF in `resources/fonts`, which typst can embed."""

import shutil
from pathlib import Path

from steps.layout import FONTS, PACKAGING, WEB, python
from steps.stamps import fingerprint, forget, is_done, mark_done
from steps.telling import run, say, stop

MAKER = PACKAGING / "paper_fonts.py"
SOURCES = WEB / "fonts"


def prepare() -> None:
    """Makes the fonts where the pieces, or how they are put together, have changed. Raises Stopped."""
    sources = sorted(SOURCES.glob("*.woff2"))
    now = fingerprint([*sources, MAKER, Path(__file__)])
    if is_done("fonts", now) and sorted(FONTS.glob("*.ttf")):
        return
    forget("fonts")
    say("Putting the papers' fonts together")
    fresh = FONTS.with_name("fonts.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    run([python(), MAKER, SOURCES, fresh], what="Putting the papers' fonts together")
    if len(list(fresh.glob("*.ttf"))) != 2:
        stop("The papers' fonts were not made.", why=f"{SOURCES} lacks pieces", remedy="remove resources/web and start this again")
    shutil.copyfile(SOURCES / "LICENSE", fresh / "LICENSE")
    shutil.rmtree(FONTS, ignore_errors=True)
    fresh.rename(FONTS)
    mark_done("fonts", now)
