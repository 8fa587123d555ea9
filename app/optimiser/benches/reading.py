"""Finds instance files, by path or by name in the folder of `DOORSTEP_VRP`, and reads each by what it holds."""

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import Malformed, NotFound
from app.optimiser.benches.instance import Instance
from app.optimiser.benches.text_files import read_li_lim, read_solomon
from app.optimiser.benches.vrplib_files import read_vrplib

FOLDER = "DOORSTEP_VRP"
"""The variable that names the folder of instances."""
SETS = {"vrptw": ("VRPTW", "CVRP"), "pdp": ("PDPTW",), "rich": ("HFVRP", "MDVRPTW", "MTVRPTWR", "PCVRPTW", "VRPB")}
"""The sorts of problem of each bench."""
_ENDINGS = (".txt", ".vrp")
_HEAD = 2_000
"""Characters by which a file shows what it is."""


def read(file: Path) -> Instance:
    """The instance of a file. Raises Malformed where it is none."""
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("benches.not_understood", file=file.name, what="UTF-8") from error
    head = text[:_HEAD]
    if "DIMENSION" in head:
        return read_vrplib(text, file)
    return read_solomon(text, file) if "CUST" in head.upper() else read_li_lim(text, file)


def sort_of(file: Path) -> str:
    """The sort of problem that a file seems to hold, by its beginning; empty where it is no instance."""
    with file.open(encoding="utf-8", errors="replace") as opened:
        head = opened.read(_HEAD)
    if "DIMENSION" in head:
        named = [line.partition(":")[2].strip() for line in head.splitlines() if line.startswith("TYPE")]
        return named[0] if named else ""
    if "CUST" in head.upper():
        return "VRPTW"
    first = head.split("\n", 1)[0].split()
    return "PDPTW" if len(first) == 3 and all(word.isdigit() for word in first) else ""


def find(names: Sequence[str], bench: str) -> list[Path]:
    """The files of paths, and of names or patterns in the folder of instances ("R1_2_1", "homberger_200/R1*"), each once, in the order asked for.

    Raises NotFound where there is none, or where the folder is not named.
    """
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        found |= dict.fromkeys([path.resolve()] if path.is_file() else _named(name, bench))
    return list(found)


def _named(name: str, bench: str) -> list[Path]:
    named = os.environ.get(FOLDER, "")
    if not named or not Path(named).is_dir():
        raise NotFound("benches.no_folder", name=name, variable=FOLDER)
    folder = Path(named).resolve()
    patterns = [] if Path(name).is_absolute() else [f"{start}{name}{end}" for start in ("", "*/") for end in ("", *_ENDINGS)]
    files = sorted({file for pattern in patterns for file in folder.glob(pattern) if file.suffix in _ENDINGS and file.is_file()})
    if right := [file for file in files if sort_of(file) in SETS[bench]]:
        return right
    raise NotFound("benches.not_found", name=name, folder=str(folder), sorts=", ".join(SETS[bench]))


@dataclass(frozen=True, slots=True)
class Known:
    """The best value that the literature lists, and with how many vehicles."""

    cost: float
    vehicles: int | None


def known(instance: Instance) -> Known | None:
    """What `index.csv` beside or above the instance's folder lists of it."""
    index = next((each for folder in list(instance.file.parents)[:2] if (each := folder / "index.csv").is_file()), None)
    if index is None:
        return None
    with index.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row.get("name") == instance.file.stem and row.get("family") == instance.family and row.get("best_known"):
                return Known(float(row["best_known"]), int(row["routes"]) if row.get("routes") else None)
    return None
