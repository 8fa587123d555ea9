"""The optimiser's kernel: the C files of `app/optimiser/kernel`, compiled into one library in `resources/kernel`.

The machine's own C compiler makes it; where there is none, or it fails, one out of a wheel does. Where that fails too, the set-up goes on:
routes are then found by PyVRP, which is slower.
"""

import itertools
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from steps import python_packages
from steps.layout import KERNEL, KERNEL_SOURCE, VENV, python
from steps.stamps import fingerprint, forget, is_done, mark_done
from steps.telling import Stopped, say, stop, warn

ENDINGS: Mapping[str, str] = {"win32": ".dll", "darwin": ".dylib"}
"""`sys.platform` → how a library's name ends; `.so` elsewhere."""
FLAGS = ("-std=c11", "-O3", "-shared", "-fwrapv", "-ffp-contract=off", "-fvisibility=hidden", "-Wall", "-Wextra")
"""Nothing of the machine's own kind: a library that is packaged runs on every machine of its platform, and computes the same everywhere."""
WHOLE = ("-flto",)
"""Lets the compiler see all files at once; not every linker can."""
NAMES = ("cc", "gcc", "clang")
LONGEST_S = 600.0
"""A compiler that takes longer hangs."""
SHOWN_LINES = 6


@dataclass(frozen=True)
class Compiler:
    """A C compiler: how it is called, and what it says it is."""

    words: tuple[str, ...]
    version: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def towards(self, platform: str) -> "Compiler":
        """The same, building for another platform."""
        return Compiler((*self.words, "-target", platform), self.version, self.environment)


def prepare() -> None:
    """Builds the library where its sources, its flags or the machine's compilers have changed."""
    compilers = tuple(found_compilers())
    made_of = fingerprint([*_files(), Path(__file__), python_packages.COMPILER])
    made_by = fingerprint([], *(compiler.version for compiler in compilers))
    if library().is_file() and is_done("kernel", made_of) and (not compilers or is_done("kernel-compilers", made_by)):
        return
    forget("kernel")
    say("Compiling the optimiser's kernel")
    if _any_builds(itertools.chain(compilers, _in_need())):
        mark_done("kernel", made_of)
        mark_done("kernel-compilers", made_by)
        return
    library().unlink(missing_ok=True)  # one of other sources would plan by other rules
    warn(
        "The optimiser's kernel could not be compiled: plans are made by PyVRP instead, which takes longer for the same quality. "
        "Install a C compiler (gcc or clang), or give the set-up a network, and start this again."
    )


def library(platform: str = sys.platform) -> Path:
    """Where the library lies on a platform (a value of `sys.platform`)."""
    return KERNEL / f"doorstep_kernel{ENDINGS.get(platform, '.so')}"


def found_compilers() -> Iterator[Compiler]:
    """The machine's own compilers that start, the best first: what `CC` names, then the usual ones."""
    seen: set[tuple[str, ...]] = set()
    for words in _candidates():
        path = shutil.which(words[0])
        called = (str(Path(path or "").resolve()), *words[1:])
        if path is None or called in seen or _only_offers_itself(path):
            continue
        seen.add(called)
        version = _version([path, *words[1:]])
        if version:
            yield Compiler((path, *words[1:]), version)


def compile_library(compiler: Compiler, files: Iterable[Path], target: Path, platform: str = sys.platform) -> str:
    """Makes the library `target` of C files, for a platform (a value of `sys.platform`); empty, or the compiler's complaint."""
    position = () if platform == "win32" else ("-fPIC",)  # Windows moves libraries in another way, and some compilers refuse the word there
    mathematics = () if platform == "win32" else ("-lm",)
    words = [*FLAGS, *position, *map(str, files), "-o", str(target), *mathematics]
    if not _compiled(compiler, [*WHOLE, *words], target.parent):
        return ""
    return _compiled(compiler, words, target.parent)


def _files() -> list[Path]:
    return sorted(path for path in KERNEL_SOURCE.glob("*") if path.suffix in (".c", ".h"))


def sources() -> list[Path]:
    """The C files of the kernel."""
    return [path for path in _files() if path.suffix == ".c"]


def _candidates() -> Iterator[Sequence[str]]:
    chosen = shlex.split(os.environ.get("CC", ""), posix=os.name != "nt")
    if chosen:
        yield chosen
    for name in NAMES:
        yield (name,)


def _only_offers_itself(path: str) -> bool:
    """macOS has programs of these names that only open a window and offer to install the real ones."""
    if sys.platform != "darwin" or Path(path).parent != Path("/usr/bin"):
        return False
    return subprocess.run(["xcode-select", "-p"], capture_output=True, check=False).returncode != 0


def _version(words: Sequence[str]) -> str:
    """What a compiler says it is; empty where it does not start."""
    try:
        done = subprocess.run([*words, "--version"], capture_output=True, text=True, errors="replace", timeout=LONGEST_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def compiler_of_the_wheel() -> Compiler:
    """The compiler that comes as a Python package, fetched where it is not there yet. Raises Stopped."""
    python_packages.install_compiler()
    words = (str(python()), "-m", "ziglang", "cc")
    cache = str(VENV / "compiler-cache")
    # "baseline": left alone it builds for this very processor
    return Compiler((*words, "-mcpu=baseline"), "the wheel", {"ZIG_LOCAL_CACHE_DIR": cache, "ZIG_GLOBAL_CACHE_DIR": cache})


def _in_need() -> Iterator[Compiler]:
    """The wheel's compiler, asked for only when it comes to that."""
    say("This machine has no C compiler that does: taking one from a wheel (some 100 MB)")
    try:
        yield compiler_of_the_wheel()
    except Stopped as error:
        warn(str(error))


def _any_builds(compilers: Iterable[Compiler]) -> bool:
    """Whether one of the compilers made a library that loads; it then lies in its place."""
    for compiler in compilers:
        complaint = _build(compiler)
        if not complaint:
            return True
        warn(f"{' '.join(compiler.words)} could not compile the optimiser's kernel:\n       {complaint}")
    return False


def _build(compiler: Compiler) -> str:
    """Builds beside and renames, so that a library that is there is whole; empty, or why it did not work."""
    fresh = KERNEL.with_name("kernel.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    made = fresh / library().name
    complaint = compile_library(compiler, sources(), made) or _loading_fails(made)
    if not complaint:
        _put(made)
    shutil.rmtree(fresh, ignore_errors=True)
    return complaint


def _put(made: Path) -> None:
    KERNEL.mkdir(exist_ok=True)
    try:
        os.replace(made, library())
    except PermissionError as error:
        stop("The optimiser's kernel could not be replaced.", why=str(error), remedy="close Doorstep, then start this again")


def _loading_fails(made: Path) -> str:
    """Why Python cannot load a library (it may be for another kind of processor); empty where it can."""
    done = subprocess.run([python(), "-c", "import ctypes, sys; ctypes.CDLL(sys.argv[1])", made], capture_output=True, text=True, errors="replace", check=False)
    return "" if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def _compiled(compiler: Compiler, words: Sequence[str], folder: Path) -> str:
    """Runs the compiler in a folder where it may leave what it likes; empty, or its first complaints."""
    try:
        done = subprocess.run(
            [*compiler.words, *words],
            cwd=folder,
            env={**{name: text for name, text in os.environ.items() if name != "CC"}, **compiler.environment},  # the wheel's one asks `CC` for headers
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else _first_complaints(done.stderr + done.stdout) or f"it ended with code {done.returncode}"


def _first_complaints(words: str) -> str:
    said = [line.strip() for line in words.splitlines() if line.strip()]
    errors = [line for line in said if "error" in line.lower()]
    return "\n       ".join((errors or said)[:SHOWN_LINES])
