"""Every setting, declared once: default, unit, range, whether it is secret. Label and help are sentences of the catalogue, `settings.<group>_<name>` and
`settings.<group>_<name>_help`.

From these declarations come the dialog, the README's table, the names in the environment (`DOORSTEP_PLANNING_SECONDS`), the checks, and the file
`settings.toml` in the data folder. Plain dataclasses, because child processes start with them and every tenth of a second counts there.
"""

import contextlib
import dataclasses
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Self

FILE = "settings.toml"
PREFIX = "DOORSTEP_"
Value = str | int | float | bool
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class SettingRefused(ValueError):
    """A setting cannot be used. `where`: file or variable and the setting's name; `reason`: `unreadable`, `unknown`, `wrong_kind`, `out_of_range`."""

    def __init__(self, reason: str, *, where: str, value: object, expected: str) -> None:
        super().__init__(f"{where}: {value!r} ({reason}, expected {expected})")
        self.reason, self.where, self.value, self.expected = reason, where, str(value), expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What may stand in a setting. `least` and `most` are inclusive; `choices` closes the set."""

    unit: str = ""
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    secret: bool = False

    def expected(self) -> str:
        """The range in signs, for a sentence: "1–3600 s"."""
        if self.choices:
            return " | ".join(choice or '""' for choice in self.choices)
        bounds = (
            ""
            if self.least is None and self.most is None
            else f"{'' if self.least is None else f'{self.least:g}'}–{'' if self.most is None else f'{self.most:g}'}"
        )
        return f"{bounds} {self.unit}".strip()

    def allows(self, value: Value) -> bool:
        """Whether the value lies in the range."""
        if self.choices:
            return value in self.choices
        if isinstance(value, str):
            return True
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


def _setting(
    default: Value, *, unit: str = "", least: float | None = None, most: float | None = None, choices: tuple[str, ...] = (), secret: bool = False
) -> Any:  # the field's type is the annotation beside it
    return field(default=default, metadata={"terms": Terms(unit=unit, least=least, most=most, choices=choices, secret=secret)})


@dataclass(frozen=True, slots=True, kw_only=True)
class General:
    """The program as a whole."""

    language: str = _setting("", choices=("", "en", "zh_TW"))
    """Empty: the machine's language."""
    theme: str = _setting("system", choices=("system", "light", "dark"))
    log_level: str = _setting("info", choices=("debug", "info", "warning", "error"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """How a day is planned."""

    seconds: float = _setting(20.0, unit="s", least=1, most=3600)
    threads: int = _setting(0, least=0, most=64)
    """0: as many as the machine has cores, less one for the window."""
    repair_stops: int = _setting(5, unit="stops", least=0, most=200)
    """How many other stops may move when a plan is repaired around an edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """How orders are read and found."""

    country: str = _setting("")
    """Two letters of ISO 3166-1: where a telephone number without a country code belongs; empty: the area's own, where known."""
    crowd: int = _setting(5, unit="orders", least=2, most=1000)
    """So many orders of different addresses on one point look like a geocoder's mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a run, by group."""

    general: General = field(default_factory=General)
    planning: Planning = field(default_factory=Planning)
    intake: Intake = field(default_factory=Intake)

    def with_value(self, group: str, name: str, value: Value) -> Self:
        """The same settings but for one. Raises SettingRefused."""
        each = _declared(group, name, f"{group}.{name}")
        checked = each.checked(value, f"{group}.{name}")
        return dataclasses.replace(self, **{group: dataclasses.replace(getattr(self, group), **{name: checked})})


class Declared(NamedTuple):
    """One setting as it is declared."""

    group: str
    name: str
    kind: type[Value]
    default: Value
    terms: Terms

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"{PREFIX}{self.group}_{self.name}".upper()

    @property
    def label(self) -> str:
        """The catalogue's key of its label; the help's is the same with `_help`."""
        return f"settings.{self.group}_{self.name}"

    def checked(self, value: object, where: str) -> Value:
        """The value as this setting's kind, from a file's value or a variable's text. Raises SettingRefused."""
        kind_said = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false"}[self.kind.__name__]
        read = _read(value, self.kind)
        if read is None:
            raise SettingRefused("wrong_kind", where=where, value=self._shown(value), expected=f"{kind_said} {self.terms.expected()}".strip())
        if not self.terms.allows(read):
            raise SettingRefused("out_of_range", where=where, value=self._shown(value), expected=self.terms.expected())
        return read

    def _shown(self, value: object) -> object:
        return "…" if self.terms.secret else value


def declared() -> Iterator[Declared]:
    """Every setting, in the order of declaration."""
    for group in dataclasses.fields(Settings):
        section = group.default_factory
        assert callable(section), "each group is made by its class"
        for each in dataclasses.fields(section()):
            default = each.default
            assert isinstance(default, str | int | float | bool), "each setting has a default"
            yield Declared(group.name, each.name, type(default), default, each.metadata["terms"])


def load(folder: Path, environment: Mapping[str, str] = MappingProxyType(os.environ)) -> Settings:
    """The settings of a data folder's file, overruled by the environment. Raises SettingRefused."""
    settings = Settings()
    for each, value, where in (*_from_file(folder / FILE), *_from_environment(environment)):
        settings = settings.with_value(each.group, each.name, each.checked(value, where))
    return settings


def save(folder: Path, settings: Settings) -> None:
    """Writes what differs from the defaults; whole or not at all, readable by the owner alone. Raises OSError."""
    lines: list[str] = []
    for group in dataclasses.fields(Settings):
        changed = [
            (each.name, value)
            for each in declared()
            if each.group == group.name and (value := getattr(getattr(settings, each.group), each.name)) != each.default
        ]
        if changed:
            lines += [f"[{group.name}]", *(f"{name} = {_toml(value)}" for name, value in changed), ""]
    _write_whole(folder / FILE, "\n".join(lines))


def _from_file(file: Path) -> Iterator[tuple[Declared, object, str]]:
    if not file.is_file():
        return
    try:
        groups = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingRefused("unreadable", where=str(file), value=str(error), expected="TOML") from error
    for group, values in groups.items():
        for name, value in (values if isinstance(values, dict) else {"": values}).items():
            where = f"{file}: {group}.{name}".rstrip(".")
            yield _declared(group, name, where), value, where


def _from_environment(environment: Mapping[str, str]) -> Iterator[tuple[Declared, object, str]]:
    return ((each, environment[each.variable], each.variable) for each in declared() if each.variable in environment)


def _declared(group: str, name: str, where: str) -> Declared:
    found = next((each for each in declared() if (each.group, each.name) == (group, name)), None)
    if found is None:
        raise SettingRefused("unknown", where=where, value=f"{group}.{name}".rstrip("."), expected="")
    return found


def _read(value: object, kind: type[Value]) -> Value | None:
    """The value as a kind, or None where it is of another; texts come from the environment."""
    if kind is bool:
        word = str(value).lower()
        return True if word in _TRUE else False if word in _FALSE else None
    if kind is str:
        return value if isinstance(value, str) else None
    if isinstance(value, bool) or not isinstance(value, str | int | float) or (kind is int and isinstance(value, float)):
        return None
    try:
        return kind(value)
    except ValueError:
        return None


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = "".join(f"\\u{ord(sign):04x}" if ord(sign) < 32 or sign in '"\\\x7f' else sign for sign in value)
        return f'"{escaped}"'
    return repr(value)


def _write_whole(file: Path, text: str) -> None:
    """Writes beside, to the disk, and renames; the folder is synchronised too, so that a power cut leaves the old file or the new one."""
    partial = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(partial, file)
    finally:
        partial.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # Windows cannot open folders
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
