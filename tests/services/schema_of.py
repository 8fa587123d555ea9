"""JSON Schemas made from the dataclasses that go over the wire, so that a schema cannot say something else than the program does.

Writing them anew: `python -m tests.services.schema_of`.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.services import problem_json
from app.services.problem import Progress, Solution

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "schemas"
WIRE = {"problem": problem_json._Wire, "solution": Solution, "progress": Progress}


def schema_of(kind: Any, title: str) -> dict[str, Any]:
    """The schema of a dataclass, every other dataclass a definition."""
    defs: dict[str, Any] = {}
    top = _schema(kind, defs)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **top, "$defs": defs}


def _schema(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    if isinstance(kind, typing.NewType):
        return _schema(kind.__supertype__, defs)
    simple = {str: "string", int: "integer", bool: "boolean", float: "number", type(None): "null"}
    if kind in simple:
        return {"type": simple[kind]}
    if kind is date:
        return {"type": "string", "format": "date"}
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_schema(each, defs) for each in arguments]}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], defs)}
    if isinstance(origin, type) and (issubclass(origin, Sequence) or origin is frozenset):
        return {"type": "array", "items": _schema(arguments[0], defs)}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [each.value for each in kind]}
    assert dataclasses.is_dataclass(kind), kind
    return _object(kind, defs)


def _object(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__.strip("_")
    if name not in defs:
        defs[name] = {}
        hints = typing.get_type_hints(kind)
        fields = dataclasses.fields(kind)
        needed = [f.name for f in fields if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING]
        said = (kind.__doc__ or "").split("\n\n")[0].replace("\n", " ").strip()
        defs[name] = {
            "description": " ".join(said.split()),
            "type": "object",
            "properties": {f.name: _schema(hints[f.name], defs) for f in fields},
            "required": needed,
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def text_of(name: str) -> str:
    """The file of that name as it should be."""
    return json.dumps(schema_of(WIRE[name], f"Doorstep {name}"), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for each in WIRE:
        (FOLDER / f"{each}.schema.json").write_text(text_of(each), "utf-8")
