"""`main.py area`: build, list, search and remove areas made of OpenStreetMap extracts.

`area find` ends with 0 where the address may be planned, else with 1.
"""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from app.domain.address import Address, Location
from app.domain.sentences import Sentence
from app.services.ports.travel import Report

if TYPE_CHECKING:
    from app.cli.doors import Doors

_ATTRIBUTION = "© OpenStreetMap contributors"


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    build = acts.add_parser("build", help="make an area of an extract, or make it anew")
    build.add_argument("file", metavar="FILE.osm.pbf", help="an OpenStreetMap extract of any place")
    build.add_argument("--name", default="", help="what to call the area (the file's name unless given)")
    acts.add_parser("list", help="the areas that are ready")
    remove = acts.add_parser("remove", help="delete an area; its extract stays")
    remove.add_argument("name")
    find = acts.add_parser("find", help="find an address on an area's map, without a network")
    find.add_argument("address", help='one line, such as "Mannerheimintie 14, 00100 Helsinki"')
    find.add_argument("--area", required=True, help="a known area's name, or an .osm.pbf file")
    find.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace, doors: "Doors") -> int:
    """Does the act. Raises what the areas raise (NotFound, Malformed)."""
    return {"build": _build, "list": _list, "remove": _remove, "find": _find}[args.act](args, doors)


def _build(args: argparse.Namespace, doors: "Doors") -> int:
    area = doors.areas().build(args.file, name=args.name, report=progress(doors.language))
    _say(doors, Sentence.of("areas.built", name=area.name, nodes=area.nodes, addresses=area.addresses))
    sys.stdout.write(_ATTRIBUTION + "\n")
    return 0


def _list(args: argparse.Namespace, doors: "Doors") -> int:
    areas = doors.areas().known()
    for area in areas:
        mark = f"  ({_words(doors, Sentence.of('areas.stale'))})" if area.stale else ""
        sys.stdout.write(f"{area.name}\t{area.nodes}\t{area.addresses}\t{area.source}{mark}\n")
    if not areas:
        _say(doors, Sentence.of("areas.none"))
    return 0


def _remove(args: argparse.Namespace, doors: "Doors") -> int:
    doors.areas().remove(args.name)
    _say(doors, Sentence.of("areas.removed", name=args.name))
    return 0


def _find(args: argparse.Namespace, doors: "Doors") -> int:
    area = doors.areas().open(args.area, report=progress(doors.language))
    (found,) = doors.areas().geocoder(area.name).locate([Address(text=args.address)])
    if args.json:
        sys.stdout.write(json.dumps(_plain(found, doors), ensure_ascii=False, indent=1) + "\n")
    else:
        _show(found, doors)
    return 0 if found.plannable else 1


def _show(found: Location, doors: "Doors") -> None:
    where = f"{found.place.lat:.6f}, {found.place.lon:.6f}" if found.place else ""
    sys.stdout.write("\t".join(part for part in (found.state.value, found.label, where) if part) + "\n")
    for sentence in (found.doubt, found.note):
        if sentence:
            _say(doors, sentence)
    for candidate in found.candidates:
        sys.stdout.write(f"  {candidate.label}\t{candidate.place.lat:.6f}, {candidate.place.lon:.6f}\n")


def _plain(found: Location, doors: "Doors") -> dict[str, object]:
    return {
        "state": found.state.value,
        "label": found.label,
        "lat": found.place.lat if found.place else None,
        "lon": found.place.lon if found.place else None,
        "doubt": _words(doors, found.doubt) if found.doubt else None,
        "note": _words(doors, found.note) if found.note else None,
        "candidates": [{"label": each.label, "lat": each.place.lat, "lon": each.place.lon} for each in found.candidates],
    }


def progress(language: str) -> Report:
    """A report that writes each new step, and each tenth of the way, on standard error."""
    from app.wording.catalogue import sentence

    last = ("", -1)

    def report(share: float, step: str) -> None:
        nonlocal last
        now = (step, int(share * 10))
        if now != last:
            last = now
            sys.stderr.write(f"{share:4.0%}  {sentence(Sentence.of(step), language)}\n")
            sys.stderr.flush()

    return report


def _say(doors: "Doors", said: Sentence) -> None:
    sys.stdout.write(_words(doors, said) + "\n")


def _words(doors: "Doors", said: Sentence) -> str:
    from app.wording.catalogue import sentence

    return sentence(said, doors.language)
