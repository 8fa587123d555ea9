"""Every text of a widget is in the Linguist file, finished, with the same blanks to fill in."""

import ast
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.desktop.languages import FOLDER, Languages, compile_translations
from app.desktop.words import tr

DESKTOP = Path(__file__).resolve().parents[2] / "app" / "desktop"


def texts() -> set[str]:
    """Every text that a widget says."""
    found = set()
    for file in DESKTOP.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tr", "later"} and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant):
                    found.add(str(text.value))
    return found


def translations() -> dict[str, str]:
    """The Linguist file's pairs."""
    tree = ElementTree.parse(FOLDER / "doorstep_zh_TW.ts")
    return {str(message.findtext("source")): str(message.findtext("translation") or "") for message in tree.iter("message")}


def test_nothing_is_left_untranslated() -> None:
    known = translations()
    assert sorted(text for text in texts() if not known.get(text)) == []


def test_nothing_is_translated_that_nobody_says() -> None:
    assert sorted(set(translations()) - texts()) == []


def test_blanks_are_the_same_in_both_languages() -> None:
    blanks = re.compile(r"\{\w+\}")
    assert [text for text, said in translations().items() if sorted(blanks.findall(text)) != sorted(blanks.findall(said))] == []


def test_the_compiled_file_is_spoken(qtbot: QtBot, qapp: object, tmp_path: Path) -> None:
    compile_translations(tmp_path)
    languages = Languages(qapp, tmp_path)  # type: ignore[arg-type]
    languages.choose("zh_TW")
    assert tr("Apply") == "套用"
    languages.choose("en")
    assert tr("Apply") == "Apply"
