"""System packages that Qt's window and web page need on Debian and Ubuntu: found missing by asking dpkg, installed by apt where we are root."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

from steps.layout import is_linux
from steps.telling import run, say, stop

QT = (
    "libglib2.0-0", "libegl1", "libdbus-1-3", "libfontconfig1", "libxkbcommon0", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0",
    "libxcb-keysyms1", "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1", "libxcb-util1", "libxcomposite1", "libxdamage1", "libxtst6", "libasound2",
    "libgbm1", "libnss3", "libnspr4", "libxrandr2",
)  # fmt: skip
SCREEN = ("xvfb", "xauth", "fonts-noto-cjk")
"""A display without a screen, and letters for the pictures in Traditional Chinese."""
LIBRARIES = (
    "libglib-2.0.so.0",
    "libEGL.so.1",
    "libxkbcommon-x11.so.0",
    "libxcb-cursor.so.0",
    "libXcomposite.so.1",
    "libasound.so.2",
    "libgbm.so.1",
    "libnss3.so",
)
"""What is looked for on a Linux without dpkg, where package names are not known to us."""


def prepare() -> None:
    """Sees that every system package is there. Raises Stopped with the one line to run where that is another's to do."""
    if not is_linux():
        return
    if shutil.which("dpkg-query") and shutil.which("apt-get"):
        _debian()
    else:
        _other_linux()


def missing(names: Iterable[str], installed: frozenset[str]) -> tuple[str, ...]:
    """The packages that are not installed; the `t64` name of newer releases counts as the same package."""
    return tuple(name for name in names if not {name, f"{name}t64"} & installed)


def chosen(names: Iterable[str], candidates: frozenset[str]) -> tuple[str, ...]:
    """The names by which this release knows the packages, `t64` first, since the plain one may be a mere alias there."""
    return tuple(f"{name}t64" if f"{name}t64" in candidates else name for name in names)


def wanted() -> tuple[str, ...]:
    """Every package, and Python's own `venv` where Debian has split it off."""
    split_off = () if _has_ensurepip() else (f"python{sys.version_info.major}.{sys.version_info.minor}-venv",)
    return (*QT, *SCREEN, *split_off)


def _debian() -> None:
    lacking = missing(wanted(), _installed())
    if not lacking:
        return
    if os.geteuid() != 0:
        names = " ".join(chosen(lacking, _candidates(lacking)))
        stop(
            f"{len(lacking)} system packages are missing.",
            why="only the administrator may install them",
            remedy=f"run this line, then start this again:\n\n    sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}\n",
        )
    say(f"Installing {len(lacking)} system packages with apt: {' '.join(lacking)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-q"], what="Refreshing apt's lists", env=quiet, tries=2)
    run(
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *chosen(lacking, _candidates(lacking))],
        what="Installing system packages",
        env=quiet,
        tries=2,
    )


def _installed() -> frozenset[str]:
    """Names of all installed packages."""
    told = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n"], capture_output=True, text=True, check=False).stdout
    return frozenset(line.split()[1] for line in told.splitlines() if line.startswith("installed "))


def _candidates(names: Iterable[str]) -> frozenset[str]:
    """Those of the names, plain and `t64`, that apt could really install; an alias has no candidate of its own."""
    asked = [each for name in names for each in (name, f"{name}t64")]
    told = subprocess.run(["apt-cache", "policy", *asked], capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}).stdout
    known: set[str] = set()
    name = ""
    for line in told.splitlines():
        if line and not line.startswith(" "):
            name = line.rstrip(":")
        elif line.strip().startswith("Candidate:") and "(none)" not in line:
            known.add(name)
    return frozenset(known)


def _has_ensurepip() -> bool:
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def _other_linux() -> None:
    lacking = [name for name in LIBRARIES if not _loads(name)]
    if lacking or not _has_ensurepip():
        stop(
            "Some system libraries are missing.",
            why=", ".join([*lacking, *(() if _has_ensurepip() else ("Python's ensurepip",))]),
            remedy="install the packages of your system that hold them, Xvfb and a font with Chinese letters (Noto Sans CJK), then start this again",
        )


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
