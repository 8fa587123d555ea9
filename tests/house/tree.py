"""The tree in `app/ARCHITECTURE.md`, made of the first sentences of modules and C files: `python tests/house/tree.py --write` renews it."""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.house import c_sources
from tests.house.sources import ROOT, program

PAGE = ROOT / "app" / "ARCHITECTURE.md"
START, END = "<!-- tree -->\n", "<!-- end of tree -->"
WIDTH = 34
LONGEST, SHORTEST = 110, 20


def block() -> str:
    """The tree as it is, as a Markdown code block."""
    lines = [_line("main.py", 0, _said()[ROOT / "main.py"]), *_folder(ROOT / "app", 0)]
    return "```text\n" + "\n".join(lines) + "\n```\n"


def on_page() -> str:
    """The tree as the page has it."""
    return PAGE.read_text("utf-8").partition(START)[2].partition(END)[0]


def write() -> None:
    """Puts the tree as it is onto the page."""
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    PAGE.write_text(before + START + block() + END + rest.partition(END)[2], "utf-8")


def _said() -> Mapping[Path, str]:
    """File → what it says of itself. A folder of C files has no such page of its own and goes by its name."""
    modules = {source.path: ast.get_docstring(source.tree) or "" for source in program()}
    return modules | {source.path: source.opening for source in c_sources.kernel()}


def _folder(folder: Path, depth: int) -> Iterator[str]:
    said = _said()
    yield _line(f"{folder.name}/", depth, said.get(folder / "__init__.py", ""))
    for path in sorted(path for path in said if path.parent == folder and path.name != "__init__.py"):
        yield _line(path.name, depth + 1, said[path])
    for child in sorted({path.parent for path in said if path.parent.parent == folder}):
        yield from _folder(child, depth + 1)


def _line(name: str, depth: int, said: str) -> str:
    indented = "  " * depth + name
    return f"{indented:{WIDTH}} {_first_sentence(said)}".rstrip()


def _first_sentence(text: str) -> str:
    """The first sentence, without what it adds after a semicolon or colon where it is long."""
    paragraph = " ".join(text.partition("\n\n")[0].split())
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
