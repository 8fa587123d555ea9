"""The page is made once and kept for the next start."""

from pathlib import Path

from app.desktop.map.page import shell_page


def test_the_kept_page_is_the_page_that_was_made(tmp_path: Path) -> None:
    made = shell_page(tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    assert kept.read_bytes() == made == shell_page()
    assert b"Content-Security-Policy" in made


def test_what_another_version_has_kept_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "map-0000.html").write_bytes(b"old")
    shell_page(tmp_path)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [shell_page()]


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert shell_page(tmp_path / "file" / "cache") == shell_page()
