"""Qt's translations of the widgets' texts: `resources/translations/*.ts` compiled to `.qm`."""

from steps.layout import TRANSLATIONS, program
from steps.stamps import fingerprint, is_done, mark_done
from steps.telling import run, say


def prepare() -> None:
    """Compiles every translation that has changed."""
    sources = sorted(TRANSLATIONS.glob("*.ts"))
    now = fingerprint(sources)
    if not sources or (is_done("translations", now) and all(source.with_suffix(".qm").is_file() for source in sources)):
        return
    say(f"Compiling {len(sources)} translations of the window's texts")
    for source in sources:
        run([program("pyside6-lrelease"), "-silent", source, "-qm", source.with_suffix(".qm")], what=f"Compiling {source.name}")
    mark_done("translations", now)
