"""The tree in `app/ARCHITECTURE.md`, made of the first sentences of the modules' docstrings: `python tests/house/tree.py --write` renews it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.house.sources import ROOT, Source, program

PAGE = ROOT / "app" / "ARCHITECTURE.md"
START, END = "<!-- tree -->\n", "<!-- end of tree -->"
WIDTH = 34
LONGEST, SHORTEST = 110, 20


def block() -> str:
    """The tree as it is, as a Markdown code block."""
    lines = [_line("main.py", 0, program()[0]), *_folder(ROOT / "app", 0)]
    return "```text\n" + "\n".join(lines) + "\n```\n"


def on_page() -> str:
    """The tree as the page has it."""
    return PAGE.read_text("utf-8").partition(START)[2].partition(END)[0]


def write() -> None:
    """Puts the tree as it is onto the page."""
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    PAGE.write_text(before + START + block() + END + rest.partition(END)[2], "utf-8")


def _folder(folder: Path, depth: int) -> Iterator[str]:
    known = {source.path: source for source in program()}
    yield _line(f"{folder.name}/", depth, known[folder / "__init__.py"])
    for path in sorted(path for path in known if path.parent == folder and path.name != "__init__.py"):
        yield _line(path.name, depth + 1, known[path])
    for child in sorted({path.parent for path in known if path.parent.parent == folder}):
        yield from _folder(child, depth + 1)


def _line(name: str, depth: int, source: Source) -> str:
    indented = "  " * depth + name
    return f"{indented:{WIDTH}} {_first_sentence(source)}".rstrip()


def _first_sentence(source: Source) -> str:
    """The docstring's first sentence, without what it adds after a semicolon or colon where it is long."""
    paragraph = " ".join((ast.get_docstring(source.tree) or "").partition("\n\n")[0].split())
    said = paragraph.partition(". ")[0].rstrip(".")
    for sign in ("; ", ": "):
        if len(said) > LONGEST and said.find(sign) > SHORTEST:
            said = said.partition(sign)[0]
    return said


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        write()
    else:
        print(block())
