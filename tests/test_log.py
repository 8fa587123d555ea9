"""The log: JSON lines, private things struck out, no failure of the program for want of a log."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import log


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    log.close()


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("Call +358 40 123 4567 now", "123"),
        ("his number 0912-345-678", "345"),
        ("(09) 1234 5678 rang", "1234"),
        ("mail mei.lin+x@example.com.tw bounced", "mei"),
        ("left at Mannerheimintie 12 B", "Mannerheim"),
        ("left at 12 Main Street", "Main"),
        ("left at Hauptstr. 5", "Hauptstr"),
        ("left at rue de la Paix 10", "Paix"),
        ("送到台北市信義路五段7號3樓", "信義"),
        ("pin at 60.17012, 24.93841", "60.17"),
        ("Authorization: Bearer abc.def", "abc"),
        ("token=s3cr3t", "s3cr3t"),
        ("digest b73e9c2c82054d654209b0127f1c3287d5900d6780a6083bf3a45ead8ba3e5ee", "b73e9c"),
    ],
)
def test_private_things_are_struck_out(text: str, private: str) -> None:
    said = log.redacted(text)
    assert private not in said
    assert log.STRUCK in said


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 08:14",
        "2026-11-23T01:02:03+00:00",
        "order A-2026-000123",
        "ord_01J8ZQ2 moved to rte_01J8ZR",
        "took 1234 ms",
        "300 orders, 147 planned, 3.5 s",
    ],
)
def test_what_is_not_private_stays_readable(text: str) -> None:
    assert log.redacted(text) == text


def test_facts_are_struck_out_by_name_however_deep() -> None:
    facts = log.redacted_facts({"order": "A-1", "recipient_phone": 40123, "rows": [{"email": "a@b.c", "count": 3}], "note": "ring twice", "spot": "a@b.fi"})
    assert facts == {"order": "A-1", "recipient_phone": log.STRUCK, "rows": [{"email": log.STRUCK, "count": 3}], "note": log.STRUCK, "spot": log.STRUCK}


def test_a_record_is_one_line_with_subject_facts_and_fault(tmp_path: Path, logged: Any) -> None:
    logged.expect("built")
    logged.expect("failed")
    file = log.to_file(tmp_path / "logs")
    logger = logging.getLogger("doorstep.roads")
    logger.warning("built %s\nfor +358 40 123 4567", "Helsinki", extra={"facts": {"nodes": 10_000, "address": "Mannerheimintie 12"}})
    try:
        raise ValueError("bad row of mei@example.com")
    except ValueError:
        logger.exception("failed")
    first, second = _lines(file)
    assert (first["level"], first["subject"], first["message"]) == ("warning", "roads", f"built Helsinki\nfor {log.STRUCK}")
    assert first["facts"] == {"nodes": 10_000, "address": log.STRUCK}
    assert "ValueError" in second["fault"]
    assert "mei@" not in second["fault"]


def test_the_level_is_obeyed(tmp_path: Path) -> None:
    file = log.to_file(tmp_path, "warning")
    logging.getLogger("doorstep.store").info("opened")
    assert not file.exists()


def test_a_folder_that_cannot_be_made_costs_the_log_not_the_program(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file stands in the way")
    log.to_file(tmp_path / "logs")
    logging.getLogger("doorstep.store").info("opened")
    assert (tmp_path / "logs").read_text() == "a file stands in the way"
