"""Doorstep's one door: `main.py COMMAND …`. Imports nothing heavy, for child processes start here too; only the chosen command's module is loaded."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.cli.doors import Doors
    from app.domain.sentences import Sentence
    from app.settings import Settings

ROOT = Path(__file__).resolve().parent
WRONG_USE, SETUP_MISSING, FAULT, STOPPED = 2, 3, 70, 130
SET_UP = "python3 packaging/bootstrap.py setup"
LANGUAGES = ("en", "zh_TW")
LEVELS = ("debug", "info", "warning", "error")
CODES = """\
exit codes:
  0   done
  1   done, with row errors or unplanned orders
  2   wrong use, or input that cannot be read
  3   set-up missing: run `python3 packaging/bootstrap.py setup`
  70  a fault of the program; the log in the data folder says where
  130 stopped by Ctrl+C

environment:
  DOORSTEP_DATA               the data folder, as --data
  DOORSTEP_<GROUP>_<SETTING>  any setting of settings.toml, for example DOORSTEP_PLANNING_SECONDS=20
"""


class Entry(NamedTuple):
    """A line of the table of commands: the module that does it and what it does, in one line."""

    module: str
    summary: str
    child: bool = False
    """Started by the program itself as a child: writes no log file, and `--help` does not list it where it has no summary."""


COMMANDS: dict[str, Entry] = {
    "console": Entry("app.desktop.console", "open the window (what `main.py` alone does)"),
    "demo": Entry("app.cli.demo", "open the demo depot on a temporary profile, or run it without a display"),
    "plan": Entry("app.cli.plan", "plan an order file on an area's roads, to JSON, XLSX and a map"),
    "area": Entry("app.cli.areas", "list, build or remove areas made of OpenStreetMap extracts"),
    "solve": Entry("app.optimiser.child", "solve a problem file, or JSON lines on standard input", child=True),
    "shots": Entry("app.desktop.shots", "take pictures of every screen"),
    "verify": Entry("app.cli.verify", "check the invariants of a database file"),
    "migrate": Entry("app.cli.migrate", "bring a database file to this version's schema"),
    "advise": Entry("app.optimiser.advising", "", child=True),
    "roads-worker": Entry("app.routing.worker", "", child=True),
}
BENCHES: dict[str, Entry] = {
    "roads": Entry("app.cli.bench_roads", "travel times and distances between the points of a CSV file, to JSON"),
    "area": Entry("app.routing.bench_area", "generate a plausible large city as an .osm.pbf file"),
    "intake": Entry("app.cli.bench_intake", "time the preview of a large order file"),
    "places": Entry("app.routing.bench_places", "time the search for addresses"),
    "plan": Entry("app.cli.bench_plan", "time the first plan of the demo day, or of one in a made-up city"),
    "insert": Entry("app.cli.bench_insert", "time putting one more stop into a planned day"),
    "curve": Entry("app.cli.bench_curve", "time the stability curve of an edited plan, and what its points save"),
    "closures": Entry("app.cli.bench_closures", "time whom random closures meet and the new times, and check every path"),
    "remedies": Entry("app.cli.bench_remedies", "time and check what would help orders that fit nowhere on a planned day"),
    "replan": Entry("app.optimiser.benches.bench_replan", "re-plan running days against PyVRP and OR-Tools, given the same second"),
    "safety": Entry("app.optimiser.benches.bench_safety", "plan random problems with every rule switched on, and judge each plan"),
    "vrptw": Entry("app.optimiser.benches.command", "compare the engine and its peers on instances with time windows"),
    "pdp": Entry("app.optimiser.benches.command", "the same on pick-ups and deliveries"),
    "rich": Entry("app.optimiser.benches.command", "the same on mixed fleets, several depots, reloads, prizes and backhauls"),
    "window": Entry("app.desktop.benches", "time what the window does"),
    "map": Entry("app.desktop.benches", "time setting stops on the map"),
    "days": Entry("app.desktop.benches", "time switching to a large day, and a selection in all of its views"),
    "start": Entry("app.desktop.benches", "time the start until the window can be used"),
    "import": Entry("app.desktop.benches", "measure the window while a large order file is opened, filtered and mended"),
    "timeline": Entry("app.desktop.benches", "time painting the timeline while it is scrolled, zoomed and slid"),
    "drag": Entry("app.desktop.benches", "time the card while orders are dragged over a day of 40 routes and 1,000 stops"),
    "heartbeat": Entry("app.desktop.benches", "measure the window's heartbeat while a plan is computed"),
}

SOAKS: dict[str, Entry] = {
    "undo": Entry("app.cli.soak_undo", "do random acts on small days, undo and redo them all, and compare the contents"),
    "monkey": Entry("app.desktop.monkey.playing", "let random acts, keys and drags play with the real window"),
}


class Loose(argparse.ArgumentParser):
    """A parser whose command's module is imported and asked for its arguments only when that command was chosen."""

    entry: Entry | None = None

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # argparse's own signature is an overload
        """As argparse does, after the module has added its arguments."""
        if self.entry is not None:
            module = importlib.import_module(self.entry.module)
            self.entry = None
            self.description = self.description or (module.__doc__ or "").partition("\n\n")[0]
            module.configure(self)
        return super().parse_known_args(args, namespace)


def parser() -> argparse.ArgumentParser:
    """The parser of everything; light, since the commands' own arguments come when one is chosen."""
    top = Loose(
        prog="main.py",
        description="Doorstep, a desktop dispatch console for last-mile delivery.",
        epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_common(top, default=None)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=Loose)
    for name, entry in COMMANDS.items():
        _add(commands, name, entry)
    bench = commands.add_parser("bench", help=f"measure: {', '.join(BENCHES)}", description="Measures, and makes what is measured.")
    benches = bench.add_subparsers(dest="bench", metavar="WHAT", required=True, title="benches", parser_class=Loose)
    for name, entry in BENCHES.items():
        _add(benches, name, entry)
    soak = commands.add_parser("soak", help=f"search for what breaks, for as long as you like: {', '.join(SOAKS)}", description="Searches for what breaks.")
    soaks = soak.add_subparsers(dest="soak", metavar="WHAT", required=True, title="soaks", parser_class=Loose)
    for name, entry in SOAKS.items():
        _add(soaks, name, entry)
    return top


def _add(commands: Any, name: str, entry: Entry) -> None:
    shown = {"help": entry.summary} if entry.summary else {}
    command = commands.add_parser(name, allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **shown)
    command.entry = entry
    command.set_defaults(entry=entry)
    _add_common(command, default=argparse.SUPPRESS)


def _add_common(to: argparse.ArgumentParser, *, default: str | None) -> None:
    group = to.add_argument_group("everywhere")
    group.add_argument("--data", metavar="DIR", default=default, help="the data folder (areas, database, settings, log) instead of your own")
    group.add_argument("--language", choices=LANGUAGES, default=default, help="the language of what is said to you")
    group.add_argument("--log-level", choices=LEVELS, default=default, help="how much the log file tells (usually: info)")


def main(words: Sequence[str]) -> int:
    """Does what the words ask for; returns the exit code."""
    language = _language_asked(words)
    try:
        code = _done(words)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return _stopped(language)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader of our output went away; the flush at the end must not fail again
        return 0
    except ImportError as error:
        return _stopped(language) if _interrupted() else _missing_package(error, language)
    except Exception as error:  # noqa: BLE001 - the program's last net: a refusal becomes a sentence, a fault is logged and shown whole
        return _stopped(language) if _interrupted() else _refused(error, language)


def _stopped(language: str) -> int:
    _complain("general.stopped", language, "Stopped.")
    return STOPPED


def _interrupted() -> bool:
    """Whether what went wrong is Ctrl+C in the middle of something that says it otherwise."""
    from app.cli import interrupts

    return interrupts.asked()


def _done(words: Sequence[str]) -> int:
    try:
        arguments = parser().parse_args(words if _names_command(words) else [*words, "console"])
    except SystemExit as end:  # argparse ends so after `--help` and after wrong use
        return end.code if isinstance(end.code, int) else WRONG_USE
    return _run(arguments)


def _names_command(words: Sequence[str]) -> bool:
    """Whether there is a command, or a wish for help, among the words; an option's value is neither."""
    values = False
    for word in words:
        if values:
            values = False
        elif word in ("--data", "--language", "--log-level"):
            values = True
        elif word in ("-h", "--help") or not word.startswith("-"):
            return True
    return False


def _run(arguments: argparse.Namespace) -> int:
    from app.domain.errors import Outside, Refused

    entry: Entry = arguments.entry
    doors = _doors(arguments)
    if not entry.child:
        from app import log

        log.to_file(doors.folder / "logs", arguments.log_level or doors.settings.general.log_level)
    run: Callable[[argparse.Namespace, Doors], int] = importlib.import_module(entry.module).run
    try:
        return run(arguments, doors)
    except (Refused, Outside) as error:
        return _refused(error, doors.language)


def _doors(arguments: argparse.Namespace) -> Doors:
    from app.bootstrap import Application

    folder = data_folder(arguments.data)
    settings = _settings(folder)
    return Application(folder, settings, arguments.language or settings.general.language or _machine_language())


def _settings(folder: Path) -> Settings:
    """The settings of file and environment. Raises Malformed with the place in the file."""
    from app import settings
    from app.domain.errors import Malformed

    try:
        return settings.load(folder)
    except settings.SettingRefused as error:
        raise Malformed(f"settings.{error.reason}", where=error.where, value=error.value, expected=error.expected) from error


def data_folder(asked: str | None) -> Path:
    """The user's data folder: as asked, else of the environment, else where this system keeps such things."""
    named = asked or os.environ.get("DOORSTEP_DATA")
    if named:
        return Path(named).expanduser().resolve()
    import platformdirs

    return Path(platformdirs.user_data_dir("Doorstep", appauthor=False))


def _machine_language() -> str:
    """The machine's language where the program speaks it, else English."""
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    if not said:
        import locale

        said = locale.getlocale()[0] or ""
    return "zh_TW" if said.replace("-", "_").startswith(("zh_TW", "zh_HK", "zh_Hant", "Chinese (Traditional)")) else "en"


def _language_asked(words: Sequence[str]) -> str:
    """The language for what goes wrong before the settings are read."""
    asked = [
        after if word == "--language" else word.removeprefix("--language=")
        for word, after in zip(words, [*words[1:], ""], strict=True)
        if word.startswith("--language")
    ]
    return asked[-1] if asked and asked[-1] in LANGUAGES else _machine_language()


def _refused(error: Exception, language: str) -> int:
    """What is expected to go wrong is one sentence; anything else is a fault, shown whole."""
    from app.domain.errors import Outside, Refused, SetupMissing

    if isinstance(error, Refused | Outside):
        _say(error.sentence, language)
        return SETUP_MISSING if isinstance(error, SetupMissing) else WRONG_USE
    if isinstance(error, OSError) and error.filename is not None:
        _complain("general.file_failed", language, f"{error.filename}: {error.strerror}", file=str(error.filename), why=error.strerror or type(error).__name__)
        return WRONG_USE
    import logging
    import traceback

    if logging.getLogger("doorstep").handlers:  # without the file, the trace below is all there is
        logging.getLogger("doorstep.main").error("the program failed", exc_info=error)
    traceback.print_exception(error)
    _complain("general.fault", language, "Doorstep failed.", what=f"{type(error).__name__}: {error}")
    return FAULT


def _missing_package(error: ImportError, language: str) -> int:
    """A package or system library that set-up should have brought. One of our own modules missing is a fault like any other."""
    name = (error.name or str(error)).partition(".")[0]
    if name == "app":
        return _refused(error, language)
    _complain("general.package_missing", language, f"{error}. Run: {SET_UP}", what=str(error), command=SET_UP)
    return SETUP_MISSING


def _complain(key: str, language: str, plain: str, **facts: str) -> None:
    """Says a sentence on standard error; plainly where even the catalogue's package is missing."""
    from app.domain.sentences import Sentence

    try:
        _say(Sentence.of(key, **facts), language)
    except ImportError:
        print(plain, file=sys.stderr)


def _say(said: Sentence, language: str) -> None:
    from app.wording import sentence

    print(sentence(said, language), file=sys.stderr)


def _in_own_environment() -> bool:
    return getattr(sys, "frozen", False) or Path(sys.prefix).resolve() == (ROOT / ".venv").resolve()


def _restart(words: Sequence[str]) -> int:
    """Starts again with the Python of `.venv`; does not come back where the system can replace a process."""
    own = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not own.is_file():
        print(f"Doorstep is not set up yet. Run: {SET_UP}", file=sys.stderr)
        return SETUP_MISSING
    command = [str(own), str(ROOT / "main.py"), *words]
    if os.name != "nt":  # there, exec returns to the shell at once and loses the exit code
        os.execv(command[0], command)  # noqa: S606 - our own program, no shell wanted
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks a sign shows a question mark
    if not _in_own_environment():
        sys.exit(_restart(sys.argv[1:]))
    from app.cli import interrupts

    interrupts.heed()
    sys.exit(main(sys.argv[1:]))
