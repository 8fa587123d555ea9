"""Sentences by key: `resources/messages/<language>/*.toml`, one file a subject.

A file `orders.toml` holds the keys `orders.…`: `window_backwards = "The window closes at {closes}, before it opens at {opens}."`.
A sentence that counts is a table of plural forms by the language's rules (CLDR, from babel) over the fact `count`:
`move = {one = "Move {stop}", other = "Move {count} stops"}`. Facts are put in by name; a number is written in the language's way.
"""

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

from app.domain.sentences import Fact, Sentence
from app.wording.pseudo import PSEUDO, stretch

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "messages"
LANGUAGES = ("en", "zh_TW")


class Catalogue:
    """The sentences of one language; what a language lacks is said in English."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._locale = Locale.parse(self.language)
        self._forms = {**_read("en"), **_read(self.language)}
        if language in PSEUDO:
            self._forms = {key: stretch(form) if isinstance(form, str) else _stretched(form) for key, form in self._forms.items()}

    def keys(self) -> frozenset[str]:
        """Every key that can be said."""
        return frozenset(self._forms)

    def say(self, sentence: Sentence) -> str:
        """The sentence in words. A key that no catalogue has is a bug and raises KeyError."""
        facts = dict(sentence.facts)
        form = self._forms[sentence.key]
        if not isinstance(form, str):
            count = facts.get("count", 0)
            form = form.get(self._locale.plural_form(count if isinstance(count, int | float) else 0), form["other"])
        said: str = form.format_map({name: self._written(fact) for name, fact in facts.items()})
        return said

    def _written(self, fact: Fact) -> str:
        if isinstance(fact, Sentence):
            return self.say(fact)
        if isinstance(fact, str | int):
            return str(fact)
        return str(format_decimal(fact, locale=self._locale, group_separator=False))


def _stretched(forms: Mapping[str, str]) -> dict[str, str]:
    return {rule: stretch(form) for rule, form in forms.items()}


@cache
def _catalogue(language: str) -> Catalogue:
    return Catalogue(language)


def sentence(said: Sentence, language: str = "en") -> str:
    """The words of a sentence in a language."""
    return _catalogue(language).say(said)


def locale_of(language: str) -> Locale:
    """The forms of numbers and dates of a language; those of English where it has none of its own."""
    return Locale.parse(language if language in LANGUAGES else "en")


def placeholders(form: str | Mapping[str, str]) -> frozenset[str]:
    """The names of the facts that a form puts in."""
    texts = [form] if isinstance(form, str) else list(form.values())
    return frozenset(name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name)


def _read(language: str) -> dict[str, Any]:
    forms: dict[str, Any] = {}
    for file in sorted((FOLDER / language).glob("*.toml")):
        for key, form in tomllib.loads(file.read_text("utf-8")).items():
            forms[f"{file.stem}.{key}"] = form
    return forms
