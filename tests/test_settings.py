"""Settings: declared once, read from file and environment, written whole."""

import os
import stat
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import settings
from app.settings import SettingRefused, Settings
from app.wording import LANGUAGES, Catalogue


def _file(folder: Path, text: str) -> Path:
    folder.joinpath(settings.FILE).write_text(text, "utf-8")
    return folder


def test_without_a_file_every_setting_has_its_default(data_folder: Path) -> None:
    assert settings.load(data_folder, {}) == Settings()


def test_the_environment_overrules_the_file(data_folder: Path) -> None:
    _file(data_folder, "[planning]\nseconds = 5\n")
    assert settings.load(data_folder, {}).planning.seconds == 5
    assert settings.load(data_folder, {"DOORSTEP_PLANNING_SECONDS": "7.5"}).planning.seconds == 7.5


def test_other_variables_of_ours_are_no_settings(data_folder: Path) -> None:
    assert settings.load(data_folder, {"DOORSTEP_DATA": "/x", "DOORSTEP_AREAS": "/y"}) == Settings()


@pytest.mark.parametrize(
    ("text", "reason", "where"),
    [
        ("[planning\n", "unreadable", "settings.toml"),
        ("[planning]\nsecond = 5\n", "unknown", "planning.second"),
        ("[plan]\nseconds = 5\n", "unknown", "plan.seconds"),
        ("seconds = 5\n", "unknown", "settings.toml: seconds"),
        ('[planning]\nseconds = "soon"\n', "wrong_kind", "planning.seconds"),
        ("[planning]\nthreads = true\n", "wrong_kind", "planning.threads"),
        ("[planning]\nthreads = 1.5\n", "wrong_kind", "planning.threads"),
        ("[planning]\nseconds = 0\n", "out_of_range", "planning.seconds"),
        ('[general]\ntheme = "pink"\n', "out_of_range", "general.theme"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(data_folder: Path, text: str, reason: str, where: str) -> None:
    with pytest.raises(SettingRefused) as refusal:
        settings.load(_file(data_folder, text), {})
    assert refusal.value.reason == reason
    assert where in refusal.value.where


def test_a_file_in_another_encoding_is_refused(data_folder: Path) -> None:
    (data_folder / settings.FILE).write_bytes("[general]\nlanguage = '中'\n".encode("big5"))
    with pytest.raises(SettingRefused, match="unreadable"):
        settings.load(data_folder, {})


def test_what_was_saved_is_loaded_again_and_only_the_owner_reads_it(data_folder: Path) -> None:
    chosen = Settings().with_value("planning", "seconds", 42).with_value("general", "theme", "dark")
    settings.save(data_folder, chosen)
    assert settings.load(data_folder, {}) == chosen
    assert [each.name for each in data_folder.iterdir()] == [settings.FILE], "nothing half written lies about"
    if os.name == "posix":
        assert stat.S_IMODE((data_folder / settings.FILE).stat().st_mode) == 0o600


def test_a_failed_write_leaves_the_old_file(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(data_folder, Settings().with_value("planning", "seconds", 42))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        settings.save(data_folder, Settings())
    assert settings.load(data_folder, {}).planning.seconds == 42
    assert [each.name for each in data_folder.iterdir()] == [settings.FILE]


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_saving(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("data")
    settings.save(folder, Settings().with_value("intake", "country", text))
    assert settings.load(folder, {}).intake.country == text


def test_every_setting_has_a_label_and_a_help_in_every_language() -> None:
    for language in LANGUAGES:
        keys = Catalogue(language).keys()
        assert not [each.label for each in settings.declared() if each.label not in keys or f"{each.label}_help" not in keys]


def test_every_default_is_allowed_and_every_name_fits_the_environment() -> None:
    for each in settings.declared():
        assert each.terms.allows(each.default), each
        assert set(each.variable) <= set(string.ascii_uppercase + "_"), each


def test_a_secret_is_not_shown_in_its_refusal() -> None:
    secret = settings.Declared("general", "word", int, 0, settings.Terms(secret=True))
    with pytest.raises(SettingRefused) as refusal:
        secret.checked("hunter2", "general.word")
    assert "hunter2" not in str(refusal.value)
