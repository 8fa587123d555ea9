"""What `main.py demo` does: the demo depot on a temporary profile, in the window, or without a display as pictures and files."""

import subprocess
import sys
import tempfile
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.domain.errors import Cancelled
from app.domain.sentences import Sentence
from app.services.ports.travel import Report
from app.wording.catalogue import sentence

if TYPE_CHECKING:
    from app.desktop.doors import Doors


def run(doors: "Doors", folder: Path | None, seconds: float) -> int:
    """Opens the demo; without a display plans the day and leaves pictures, plan and map in `folder` (or a new one), which is named."""
    from app.desktop.application import leave_sandbox, make_application, prepare_offscreen
    from app.desktop.stage import ZONE, prepare_area

    offscreen = prepare_offscreen()
    leave_sandbox()
    with tempfile.TemporaryDirectory(prefix="doorstep-demo-") as made:
        own = doors.elsewhere(Path(made))
        today = doors.clock.now().astimezone(ZoneInfo(ZONE)).date()
        _say(doors, "desktop.demo_profile", folder=made)
        if offscreen:
            _say(doors, "desktop.demo_no_display")
        make_application()
        area = prepare_area(own, _progress(doors))
        if not offscreen:
            return _window(own, area, today)
        return _offscreen(own, area, today, folder or Path(tempfile.mkdtemp(prefix="doorstep-demo-made-")), seconds)


def _window(doors: "Doors", area: str, day: date) -> int:
    """Opens the window with the depot and its orders; whoever closes it before all is there ends the demo."""
    from app.desktop.stage import Stage

    stage = Stage(doors, theme=doors.settings.general.theme, size=None, day=day)
    try:
        stage.import_fleet(area)
        stage.import_orders()
        return stage.session.app.exec()
    except Cancelled:
        return 0
    finally:
        stage.close()


def _offscreen(doors: "Doors", area: str, day: date, out: Path, seconds: float) -> int:
    """The same without a display."""
    from app.desktop import shots
    from app.desktop.stage import FLEET, ORDERS, ZONE

    out.mkdir(parents=True, exist_ok=True)
    for language in ("en", "zh_TW"):
        wanted = Namespace(folder=out, lang=language, theme="light" if language == "en" else "dark", size="1440x900", only="")
        shots.run(wanted, doors)
    command = [*_program(), "--data", str(doors.folder), "plan", "--orders", str(ORDERS), "--fleet", str(FLEET), "--area", area]
    command += ["--day", day.isoformat(), "--zone", ZONE, "--seconds", str(seconds)]
    command += ["--json", str(out / "plan.json"), "--xlsx", str(out / "plan.xlsx"), "--map", str(out / "map.html")]
    code = subprocess.run(command, check=False).returncode
    _say(doors, "desktop.demo_left", folder=str(out))
    return 0 if code in {0, 1} else code


def _program() -> list[str]:
    """What starts this program once more, wherever it was started from."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, str(Path(__file__).resolve().parents[2] / "main.py")]


def _say(doors: "Doors", key: str, **facts: str) -> None:
    print(sentence(Sentence.of(key, **facts), doors.language), flush=True)


def _progress(doors: "Doors") -> Report:
    said: set[str] = set()

    def report(_share: float, step: str) -> None:
        if step and step not in said:
            said.add(step)
            print(f"  {sentence(Sentence.of(step), doors.language)}", flush=True)

    return report
