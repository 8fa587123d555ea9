"""Builds the C programs of this folder together with the kernel, watched by the sanitizers for addresses, leaks and undefined behaviour."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.house.sources import ROOT

HERE = Path(__file__).resolve().parent
KERNEL = ROOT / "app" / "optimiser" / "kernel"
PLAIN = ("-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror")
WATCHED = ("-O1", "-g", "-fno-omit-frame-pointer", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
PROBE = """#include <sanitizer/common_interface_defs.h>
int main(void) { __sanitizer_set_death_callback(0); return 0; }
"""


def compiler() -> str | None:
    """The machine's C compiler, asked by the names that the set-up asks."""
    return next(filter(None, map(shutil.which, (os.environ.get("CC", "cc"), "cc", "gcc", "clang"))), None)


def why_not(folder: Path) -> str:
    """Why the sanitizers cannot watch on this machine; empty where they can. Tries it with a program of one line."""
    if sys.platform == "win32":
        return "the fuzzer needs the signals of POSIX"
    found = compiler()
    if found is None:
        return "this machine has no C compiler: install gcc or clang"
    try:
        done = ran(PROBE, folder)
    except RuntimeError as error:
        return f"the compiler has no sanitizers: {str(error).strip()[:300]}"
    return "" if done.returncode == 0 else f"the compiler's sanitizers do not work here: {done.stderr.strip()[:300]}"


def ran(text: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Runs a C program under the sanitizers. Raises RuntimeError where it does not compile."""
    source, program = folder / "probe.c", folder / "probe"
    source.write_text(text)
    _run([*WATCHED, str(source), "-o", str(program)])
    return subprocess.run([program], capture_output=True, text=True, errors="replace", check=False)


def build_fuzzer(folder: Path) -> Path:
    """The program `fuzz` (see `fuzz.c`), built in a folder. The kernel's own files get memory that can be made short. Raises RuntimeError."""
    objects = [_object(source, folder, ("-include", str(HERE / "memory.h"))) for source in sorted(KERNEL.glob("*.c"))]
    objects += [_object(source, folder, (f"-I{KERNEL}",)) for source in sorted(HERE.glob("*.c"))]
    program = folder / "fuzz"
    _run([*WATCHED, *map(str, objects), "-o", str(program), "-lm"])
    return program


def complaints(flags: Sequence[str]) -> str:
    """What the compiler has to say of the kernel's files beyond what is asked of them; empty: nothing."""
    found = compiler()
    assert found is not None, "asked only where there is one"
    done = subprocess.run([found, *PLAIN, *flags, "-fsyntax-only", *map(str, sorted(KERNEL.glob("*.c")))], capture_output=True, text=True, check=False)
    return done.stderr


def _object(source: Path, folder: Path, words: Sequence[str]) -> Path:
    made = folder / f"{source.stem}.o"
    _run([*PLAIN, *WATCHED, *words, "-c", str(source), "-o", str(made)])
    return made


def _run(words: Sequence[str]) -> None:
    done = subprocess.run([str(compiler()), *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
