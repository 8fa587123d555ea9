"""The step that compiles the kernel: with the compiler that is there, with the next one where it fails, with none, and not for nothing."""

import ctypes
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.house.sources import ROOT

sys.path.append(str(ROOT / "packaging"))

from steps import kernel, python_packages, stamps
from steps.kernel import Compiler
from steps.telling import Stopped

COMPILERS = tuple(kernel.found_compilers())
compiles = pytest.mark.skipif(not COMPILERS, reason="this machine has no C compiler: install gcc or clang to test the kernel's set-up")

HEADER = """#if defined(_WIN32)
#define DOOR __declspec(dllexport)
#else
#define DOOR __attribute__((visibility("default")))
#endif
int twice(int number);
"""
SOURCES = {
    "twice.h": HEADER,
    "twice.c": '#include "twice.h"\nint twice(int number) { return 2 * number; }\n',
    "door.c": '#include <math.h>\n#include "twice.h"\nDOOR int answer(double number) { return twice((int)exp(number)); }\n',
}
"""A kernel of two files that answers 2 × e^number, whole; one function is not for everybody."""


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A small kernel, built beside it; the wheel's compiler is out of reach."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name, text in SOURCES.items():
        (folder / name).write_text(text)
    monkeypatch.setattr(kernel, "KERNEL_SOURCE", folder)
    monkeypatch.setattr(kernel, "KERNEL", tmp_path / "made" / "kernel")
    monkeypatch.setattr(kernel, "python", lambda: Path(sys.executable))
    monkeypatch.setattr(stamps, "VENV", tmp_path / "environment")
    monkeypatch.setattr(python_packages, "install_compiler", _no_network)
    return folder


def _no_network() -> None:
    raise Stopped("Installing the compiler failed.", why="no network", remedy="check the connection")


def _machine_has(monkeypatch: pytest.MonkeyPatch, compilers: Sequence[Compiler]) -> None:
    monkeypatch.setattr(kernel, "found_compilers", lambda: iter(compilers))


def _refusing(version: str = "1") -> Compiler:
    """A program that is called like a compiler and does nothing but complain."""
    return Compiler((sys.executable, "-c", "import sys; print('warning: a\\nb.c:7: error: no such thing', file=sys.stderr); sys.exit(1)"), version)


@compiles
def test_the_machines_compiler_makes_a_library_that_answers(source: Path) -> None:
    kernel.prepare()
    made = ctypes.CDLL(str(kernel.library()))
    made.answer.argtypes = [ctypes.c_double]
    assert made.answer(3.0) == 40
    assert not (kernel.KERNEL.parent / "kernel.new").exists()
    if sys.platform != "win32":
        assert not hasattr(made, "twice"), "what is no door stays inside"


@compiles
def test_what_is_built_is_not_built_again(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kernel.prepare()
    assert "Compiling" in capsys.readouterr().out
    kernel.prepare()
    assert capsys.readouterr().out == ""


@compiles
@pytest.mark.parametrize("name", ["twice.c", "twice.h"])
def test_a_changed_file_is_built(source: Path, name: str) -> None:
    kernel.prepare()
    (source / name).write_text((source / name).read_text().replace("int twice(int number)", "int twice(int  number)") + "/* changed */\n")
    before = kernel.library().stat().st_ino, kernel.library().stat().st_mtime_ns
    kernel.prepare()
    assert (kernel.library().stat().st_ino, kernel.library().stat().st_mtime_ns) != before


@compiles
def test_another_compiler_builds_again_and_a_vanished_one_does_not(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    kernel.prepare()
    capsys.readouterr()
    _machine_has(monkeypatch, [])
    kernel.prepare()
    assert capsys.readouterr().out == ""
    _machine_has(monkeypatch, [Compiler(COMPILERS[0].words, "a newer one")])
    kernel.prepare()
    assert "Compiling" in capsys.readouterr().out


@compiles
def test_a_library_that_was_deleted_is_built(source: Path) -> None:
    kernel.prepare()
    kernel.library().unlink()
    kernel.prepare()
    assert kernel.library().is_file()


@compiles
def test_where_a_compiler_fails_its_complaint_is_shown_and_the_next_one_tried(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _machine_has(monkeypatch, [_refusing(), *COMPILERS])
    kernel.prepare()
    assert capsys.readouterr().err.endswith(":\n       b.c:7: error: no such thing\n"), "the error, not the warning before it"
    assert kernel.library().is_file()


@compiles
def test_the_wheels_compiler_is_taken_where_the_machine_has_none(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _machine_has(monkeypatch, [])
    monkeypatch.setattr(kernel, "compiler_of_the_wheel", lambda: COMPILERS[0])
    kernel.prepare()
    assert kernel.library().is_file()


def test_without_any_compiler_the_set_up_goes_on_and_says_so(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _machine_has(monkeypatch, [])
    kernel.KERNEL.mkdir(parents=True)
    kernel.library().write_bytes(b"of other sources")
    kernel.prepare()
    said = capsys.readouterr().err
    assert "Why: no network" in said
    assert "plans are made by PyVRP instead" in said
    assert not kernel.library().exists(), "a library of other sources must not plan"


@compiles
def test_sources_that_do_not_compile_leave_no_library(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (source / "door.c").write_text("int answer(void) { return undeclared; }\n")
    kernel.prepare()
    assert "undeclared" in capsys.readouterr().err
    assert not kernel.library().exists()
    kernel.prepare()
    assert "undeclared" in capsys.readouterr().err, "what failed is tried again"


def test_a_library_that_does_not_load_counts_as_a_failure(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    writes = "import pathlib, sys; pathlib.Path(sys.argv[sys.argv.index('-o') + 1]).write_bytes(b'for another processor')"
    _machine_has(monkeypatch, [Compiler((sys.executable, "-c", writes), "1")])
    kernel.prepare()
    assert kernel.library().name in capsys.readouterr().err
    assert not kernel.library().exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell script is no program there")
def test_cc_comes_first_with_its_words_and_the_same_compiler_only_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("mine", "gcc"):
        _script(tmp_path / name, f"echo {name} 1.0")
    (tmp_path / "cc").symlink_to("gcc")
    _script(tmp_path / "clang", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CC", "mine -m64")
    assert [(compiler.words[0].rpartition("/")[2], compiler.words[1:], compiler.version) for compiler in kernel.found_compilers()] == [
        ("mine", ("-m64",), "mine 1.0"),
        ("cc", (), "gcc 1.0"),
    ]


@pytest.mark.skipif(os.name == "nt", reason="a shell script is no program there")
def test_macos_is_not_asked_for_tools_that_it_would_offer_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kernel.sys, "platform", "darwin")
    monkeypatch.setenv("PATH", str(tmp_path))
    _script(tmp_path / "xcode-select", "exit 2")
    assert kernel._only_offers_itself("/usr/bin/cc")
    assert not kernel._only_offers_itself("/opt/homebrew/bin/gcc")
    _script(tmp_path / "xcode-select", "exit 0")
    assert not kernel._only_offers_itself("/usr/bin/cc")


def _script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(("platform", "name"), [("linux", "doorstep_kernel.so"), ("darwin", "doorstep_kernel.dylib"), ("win32", "doorstep_kernel.dll")])
def test_each_platform_has_its_name(platform: str, name: str) -> None:
    assert kernel.library(platform).name == name
