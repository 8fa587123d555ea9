"""The catalogue: the same sentences with the same facts in every language, each used, each one that is used there."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from app.domain import errors
from app.wording import LANGUAGES
from app.wording.catalogue import FOLDER, placeholders
from tests.house.sources import Source, program

KEYED = {name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, errors.Refused | errors.Outside)}
"""Calls whose first argument is a sentence's key and whose keywords are its facts."""
NO_FACTS = {"retry_after"}


@dataclass(frozen=True)
class Saying:
    """A sentence with a literal key in the code; `facts` is None where some come by `**`."""

    where: str
    key: str
    facts: frozenset[str] | None


@cache
def _forms(language: str) -> dict[str, Any]:
    files = sorted((FOLDER / language).glob("*.toml"))
    return {f"{file.stem}.{key}": form for file in files for key, form in tomllib.loads(file.read_text("utf-8")).items()}


def _sayings() -> Iterator[Saying]:
    for source in program():
        for call in ast.walk(source.tree):
            if (
                isinstance(call, ast.Call)
                and _is_keyed(call.func)
                and call.args
                and isinstance(call.args[0], ast.Constant)
                and isinstance(call.args[0].value, str)
            ):
                named = [word.arg for word in call.keywords]
                facts = None if None in named else frozenset(name for name in named if name) - NO_FACTS
                yield Saying(f"{source.name}:{call.lineno}", call.args[0].value, facts)


def _is_keyed(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        owner = function.value
        return (function.attr == "of" and isinstance(owner, ast.Name) and owner.id == "Sentence") or function.attr in KEYED
    return isinstance(function, ast.Name) and function.id in KEYED


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_facts(language: str) -> None:
    english, other = _forms("en"), _forms(language)
    assert english.keys() == other.keys(), english.keys() ^ other.keys()
    differing = [key for key in english if _facts(english[key]) != _facts(other[key]) or not placeholders(other[key]) <= placeholders(english[key])]
    assert not differing, "other facts than in English"


def _facts(form: str | dict[str, str]) -> frozenset[str]:
    """What a sentence names but for the number, which some languages leave out; of a counted one, its general form."""
    return placeholders(form if isinstance(form, str) else form["other"]) - {"count"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_counted_sentence_has_its_other_form(language: str) -> None:
    assert not [key for key, form in _forms(language).items() if not isinstance(form, str) and "other" not in form]


def test_every_sentence_that_is_said_is_in_the_catalogue() -> None:
    missing = [f"{saying.where} {saying.key}" for saying in _sayings() if saying.key not in _forms("en")]
    assert not missing


def test_every_sentence_is_given_its_facts() -> None:
    short = [
        f"{saying.where} {saying.key} lacks {sorted(lacking)}"
        for saying in _sayings()
        if saying.facts is not None and saying.key in _forms("en") and (lacking := placeholders(_forms("en")[saying.key]) - saying.facts)
    ]
    assert not short


def test_every_sentence_of_the_catalogue_is_used() -> None:
    whole, starts = _named_keys()
    unused = [key for key in _forms("en") if key not in whole and not any(key.startswith(start) for start in starts)]
    assert not unused


def _named_keys() -> tuple[set[str], tuple[str, ...]]:
    """Texts in the code that may be keys, and the beginnings of keys that are put together."""
    topics = tuple({key.partition(".")[0] + "." for key in _forms("en")})
    whole: set[str] = set()
    starts: set[str] = set()
    for source in program():
        for each in ast.walk(source.tree):
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                whole.add(each.value)
            elif isinstance(each, ast.JoinedStr) and each.values and isinstance(first := each.values[0], ast.Constant) and str(first.value).startswith(topics):
                starts.add(str(first.value))
    return whole, tuple(starts | _built(program()))


def _built(sources: tuple[Source, ...]) -> set[str]:
    """Settings' labels and their help, and commands' titles, are named by what they belong to."""
    return {"settings.", "command."} if sources else set()
