"""Which keys acts have: what the person changed, and why a wanted key cannot be had. Without widgets."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtGui import QKeySequence

from app.desktop.actions import ACT, ACTS, ROUTE_KEYS, Act

Keys = Mapping[str, tuple[str, ...]]
_WRITING = ("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Backspace", "Ctrl+Delete", "Ctrl+Left", "Ctrl+Right", "Ctrl+Home", "Ctrl+End")
"""What text fields and lists need for themselves."""
_MOVING = ("Tab", "Backtab", "Shift+Tab", "Up", "Down", "Return", "Enter", "PgUp", "PgDown", "Shift+Up", "Shift+Down", "F10", "Alt+F4")
"""What goes through every window."""


class Why(StrEnum):
    """Why a key cannot be had."""

    TAKEN = "taken"
    """Another act has it."""
    DIGIT = "digit"
    WRITING = "writing"
    """Texts are written with it."""
    LETTER = "letter"
    """A bare letter, for an act that works everywhere."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A key that cannot be had, and the act that has it."""

    why: Why
    act: str = ""


def effective(changed: Keys) -> dict[str, tuple[str, ...]]:
    """The keys of every act, those for lists alone included."""
    return {act.id: (*changed.get(act.id, act.keys), *act.list_keys) for act in ACTS}


def refusal(name: str, key: str, changed: Keys) -> Refusal | None:
    """Why an act cannot have a key; None: it can. A key that begins a sequence of others is taken by it."""
    wanted = portable(key)
    if wanted in {portable(each) for each in (*_WRITING, *_MOVING)}:
        return Refusal(Why.WRITING)
    if wanted in {str(number) for number in ROUTE_KEYS}:
        return Refusal(Why.DIGIT)
    if not ACT[name].lists and types_text(wanted):
        return Refusal(Why.LETTER)
    for other, keys in effective(changed).items():
        own = ACT[name].list_keys if other == name else keys
        if any(_collide(wanted, portable(each)) for each in own):
            return Refusal(Why.TAKEN, other)
    return None


def portable(key: str) -> str:
    """A key as Qt writes it in every language."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def types_text(key: str) -> bool:
    """Whether a key, alone or with Shift, would be typed into a text field."""
    first = key.split(", ")[0]
    bare = first.removeprefix("Shift+")
    return len(bare) == 1 or bare in {"Space", "Backspace", "Delete", "Left", "Right", "Home", "End"}


def understood_keys(stored: Any) -> dict[str, tuple[str, ...]]:
    """What a file of keys says, as far as it can be used: known acts, readable keys that nobody else has."""
    changed: dict[str, tuple[str, ...]] = {}
    for name, keys in stored.items() if isinstance(stored, dict) else ():
        if name not in ACT or not isinstance(keys, list) or not all(isinstance(key, str) and portable(key) for key in keys):
            continue
        if all(refusal(name, key, changed | {name: ()}) is None for key in keys):
            changed[name] = tuple(keys)
    return changed


def changed_key(changed: Keys, act: Act, key: str) -> dict[str, tuple[str, ...]]:
    """The changes with this key for an act; the one of the table is no change."""
    rest = {name: keys for name, keys in changed.items() if name != act.id}
    return rest if act.keys and portable(key) == portable(act.keys[0]) else rest | {act.id: (portable(key),)}


def _collide(wanted: str, held: str) -> bool:
    return wanted == held or held.startswith(f"{wanted}, ") or wanted.startswith(f"{held}, ")
