"""Where things lie in the checkout."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
VENV = ROOT / ".venv"
WEB_SOURCE = PACKAGING / "web"
WEB = ROOT / "resources" / "web"
FONTS = ROOT / "resources" / "fonts"
KERNEL_SOURCE = ROOT / "app" / "optimiser" / "kernel"
KERNEL = ROOT / "resources" / "kernel"
DEMO_EXTRACT = ROOT / "resources" / "demo" / "area" / "Helsinki.osm.pbf"
TRANSLATIONS = ROOT / "resources" / "translations"


def scripts() -> Path:
    """The folder of programs inside the virtual environment."""
    return VENV / ("Scripts" if os.name == "nt" else "bin")


def python() -> Path:
    """The Python of the virtual environment."""
    return scripts() / ("python.exe" if os.name == "nt" else "python")


def program(name: str) -> Path:
    """A program that a package put into the virtual environment."""
    return scripts() / (f"{name}.exe" if os.name == "nt" else name)


def is_linux() -> bool:
    """Whether system packages are this set-up's business."""
    return sys.platform.startswith("linux")
