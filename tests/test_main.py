"""The entrance: every command reachable, only the chosen one loaded, every ending with its exit code and its sentence."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import main
from app.domain.errors import NotFound, SetupMissing, Unavailable
from tests.conftest import LogWatch

HEAVY = {"PySide6", "sqlalchemy", "numpy", "scipy", "babel", "folium", "pyvrp", "osmium", "app.bootstrap", "app.domain.orders"}
SHOWN = [name for name, entry in main.COMMANDS.items() if entry.summary]

Act = Callable[[Any, Any], int]
Commanded = Callable[[Act], Callable[..., int]]


@pytest.fixture
def commanded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Commanded:
    """Puts a function in the place of `main.py verify`, and calls it with further words on an empty data folder."""

    def put(act: Act) -> Callable[..., int]:
        module = ModuleType("stand_in")
        module.configure = lambda parser: parser.add_argument("--file")  # type: ignore[attr-defined]
        module.run = act  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "stand_in", module)
        monkeypatch.setitem(main.COMMANDS, "verify", main.Entry("stand_in", "a stand-in", child=True))
        return lambda *words: main.main(["--data", str(tmp_path), "--language", "en", "verify", *words])

    return put


def _raises(error: BaseException) -> Act:
    def act(_arguments: Any, _doors: Any) -> int:
        raise error

    return act


def _main(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(main.ROOT / "main.py"), *words], capture_output=True, text=True, encoding="utf-8", timeout=60, check=False, **options
    )


def test_help_names_every_command_but_the_hidden_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert not [name for name in (*SHOWN, "bench") if f"\n    {name}" not in said]
    assert "roads-worker" not in said
    assert "exit codes" in said


def test_help_of_bench_names_every_bench(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["bench", "--help"]) == 0
    said = capsys.readouterr().out
    assert not [name for name in main.BENCHES if f"\n    {name}" not in said]


@pytest.mark.parametrize("words", [[name] for name in main.COMMANDS] + [["bench", name] for name in main.BENCHES])
def test_every_command_explains_itself(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main([*words, "--help"]) == 0
    assert f"main.py {' '.join(words)}" in capsys.readouterr().out


def test_starting_loads_nothing_heavy() -> None:
    code = f"import sys, main; main.parser(); print(*({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=main.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("words", [["fly"], ["verify", "--no-such-option"], ["--language", "xx", "verify"], ["bench"], ["plan", "--surely-not"]])
def test_wrong_use_is_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(words) == main.WRONG_USE
    assert "usage: main.py" in capsys.readouterr().err


def test_a_command_gets_its_words_and_its_code_is_the_programs(commanded: Commanded, tmp_path: Path) -> None:
    seen: list[tuple[str, Path, str]] = []

    def act(arguments: Any, doors: Any) -> int:
        seen.append((arguments.file, doors.folder, doors.language))
        return 1

    assert commanded(act)("--file", "x.db") == 1
    assert seen == [("x.db", tmp_path, "en")]


def test_options_for_all_stand_before_or_after_the_command(commanded: Commanded, tmp_path: Path) -> None:
    seen: list[tuple[Path, str]] = []

    def act(_arguments: Any, doors: Any) -> int:
        seen.append((doors.folder, doors.language))
        return 0

    commanded(act)("--data", str(tmp_path / "other"), "--language", "zh_TW")
    commanded(act)()
    assert seen == [(tmp_path / "other", "zh_TW"), (tmp_path, "en")]


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (NotFound("general.file_failed", file="a.csv", why="gone"), 2, "The file a.csv cannot be used"),
        (Unavailable("general.stopped"), 2, "Stopped."),
        (SetupMissing("general.package_missing", what="Qt", command=main.SET_UP), 3, main.SET_UP),
        (ModuleNotFoundError("No module named 'osmium'", name="osmium"), 3, main.SET_UP),
        (ImportError("libEGL.so.1: cannot open shared object file"), 3, "libEGL.so.1"),
        (PermissionError(13, "Permission denied", "/x/doorstep.db"), 2, "/x/doorstep.db"),
        (KeyboardInterrupt(), 130, "Stopped."),
        (ZeroDivisionError("division by zero"), 70, "ZeroDivisionError: division by zero"),
        (ModuleNotFoundError("No module named 'app.nowhere'", name="app.nowhere"), 70, "app.nowhere"),
    ],
)
def test_each_ending_has_its_code_and_its_sentence(
    commanded: Commanded, capsys: pytest.CaptureFixture[str], logged: LogWatch, error: BaseException, code: int, words: str
) -> None:
    if code == main.FAULT:
        logged.expect("the program failed")
    assert commanded(_raises(error))() == code
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""
    assert ("Traceback" in said.err) == (code == main.FAULT)


def test_a_refusal_speaks_the_language_asked_for(commanded: Commanded, capsys: pytest.CaptureFixture[str]) -> None:
    commanded(_raises(NotFound("general.file_failed", file="a.csv", why="?")))("--language", "zh_TW")
    assert "無法使用檔案 a.csv" in capsys.readouterr().err


def test_a_bad_settings_file_is_named(commanded: Commanded, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.toml").write_text("[planning]\nseconds = 0\n")
    assert commanded(_raises(AssertionError("not reached")))() == main.WRONG_USE
    assert "planning.seconds: “0” is outside what is allowed (1–3600 s)" in capsys.readouterr().err


def test_without_a_command_the_window_opens() -> None:
    assert not main._names_command(["--data", "plan", "--log-level=debug"])
    assert main._names_command(["--data", "x", "plan"])
    assert main._names_command(["--help"])


def test_another_python_without_set_up_is_told_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(main, "ROOT", tmp_path)
    assert not main._in_own_environment()
    assert main._restart(["plan"]) == main.SETUP_MISSING
    assert "python3 packaging/bootstrap.py setup" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt" or not (main.ROOT / ".venv").is_dir(), reason="needs the checkout's own .venv")
def test_another_python_starts_again_in_the_own_environment() -> None:
    other = str(Path(sys.executable).resolve())  # the Python that .venv was made from
    done = subprocess.run([other, "-I", str(main.ROOT / "main.py"), "bench", "--help"], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "heartbeat" in done.stdout) == (0, True)


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise on Windows")
def test_a_reader_that_goes_away_is_no_fault() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as gone:
        done = subprocess.run([sys.executable, str(main.ROOT / "main.py"), "--help"], stdout=gone, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("variables", "language"), [({"LANG": "zh_TW.UTF-8"}, "zh_TW"), ({"LANG": "en_GB.UTF-8"}, "en"), ({"LC_ALL": "fi_FI", "LANG": "zh_TW"}, "en")]
)
def test_the_machines_language_is_taken_where_it_is_spoken(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert main._machine_language() == language


def test_the_data_folder_is_as_asked_then_as_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOORSTEP_DATA", str(tmp_path / "env"))
    assert main.data_folder(str(tmp_path / "asked")) == tmp_path / "asked"
    assert main.data_folder(None) == tmp_path / "env"
    monkeypatch.delenv("DOORSTEP_DATA")
    assert main.data_folder(None).name == "Doorstep"


def test_every_module_of_the_tables_is_named_rightly() -> None:
    for entry in (*main.COMMANDS.values(), *main.BENCHES.values()):
        module = importlib.import_module(entry.module)
        assert callable(module.configure), entry.module
        assert callable(module.run), entry.module
