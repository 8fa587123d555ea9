"""What the set-up says: one line a step, and one paragraph where it has to stop."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

SETUP_MISSING = 3
"""The exit code of everything that stops for want of set-up."""
TRIES = 3
PAUSE_S = 4.0
_NETWORK_SIGNS = (
    "temporary failure in name resolution", "connectionerror", "newconnectionerror", "connection refused", "network is unreachable", "read timed out",
    "could not resolve", "enotfound", "econnrefused", "etimedout", "eai_again", "could not connect", "connection broken", "max retries exceeded",
)  # fmt: skip


class Stopped(Exception):
    """The set-up cannot go on: what failed, why, and what to do about it."""

    def __init__(self, what: str, *, why: str, remedy: str, code: int = SETUP_MISSING) -> None:
        super().__init__(what)
        self.what, self.why, self.remedy, self.code = what, why, remedy, code

    def __str__(self) -> str:
        return f"{self.what}\n  Why: {self.why}\n  What to do: {self.remedy}"


def say(line: str) -> None:
    """One line about what is being done."""
    print(f"• {line}", flush=True)


def warn(line: str) -> None:
    """Something is less than it could be, and the set-up goes on."""
    print(f"! {line}", file=sys.stderr, flush=True)


def stop(what: str, *, why: str, remedy: str) -> NoReturn:
    """Ends the set-up with a reason and a remedy. Raises Stopped."""
    raise Stopped(what, why=why, remedy=remedy)


def run(command: Sequence[str | Path], *, what: str, cwd: Path | None = None, env: Mapping[str, str] | None = None, tries: int = 1) -> str:
    """Runs a program quietly and returns its output; a failed download is tried again. Raises Stopped with the program's last words."""
    for left in range(tries - 1, -1, -1):
        done = _ran(command, what=what, cwd=cwd, env=env)
        words = done.stdout + done.stderr
        if done.returncode == 0:
            return done.stdout
        if left and _network_failed(words):
            time.sleep(PAUSE_S)
            continue
        stop(f"{what} failed.", why=_last_words(words) or f"{command[0]} ended with code {done.returncode}", remedy=_remedy(words))
    raise AssertionError("a loop of at least one try returns or raises")


def _ran(command: Sequence[str | Path], *, what: str, cwd: Path | None, env: Mapping[str, str] | None) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        stop(
            f"{what} could not start.",
            why=f"{command[0]}: {error.strerror or error}",
            remedy="see that the program exists and may be run, then start this again",
        )


def _last_words(words: str, lines: int = 6) -> str:
    said = [line.strip() for line in words.splitlines() if line.strip()]
    told = [line for line in said if line.lower().startswith(("error", "e:", "npm error", "npm err"))]
    return "\n       ".join((told or said)[-lines:])


def _network_failed(words: str) -> bool:
    lowered = words.lower()
    return any(sign in lowered for sign in _NETWORK_SIGNS)


def _remedy(words: str) -> str:
    lowered = words.lower()
    if "no space left" in lowered or "enospc" in lowered:
        return "the disk is full: free about 3 GB and start this again"
    if _network_failed(words):
        return "set-up needs the network once: check the connection or the proxy, then start this again; what is done already is kept"
    if "hash" in lowered and "match" in lowered:
        return "a downloaded file is not the one that was locked: start this again, and do not use the file if it happens twice"
    if "permission denied" in lowered or "eacces" in lowered:
        return "the checkout or a cache folder may not be written: give yourself the right to, then start this again"
    return "read the lines above, mend what they name, then start this again; what is done already is kept"


def complain(error: Stopped) -> int:
    """Writes the reason to standard error; returns the exit code."""
    print(f"✗ {error}", file=sys.stderr, flush=True)
    return error.code
