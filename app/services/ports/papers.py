"""Papers out: what presses them to PDF, what writes labels for a label printer, and what remembers what was printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.ids import PlanId, RouteId
from app.services.papers.changes import PrintedRoute
from app.services.papers.values import DayPapers, PaperKind, PaperSize, RouteChange


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperJob:
    """One paper to be made. `own`: each driver's sheet in the driver's own language, where the program speaks it.

    `changes` is empty for whole papers; else manifests tell what has changed since the last print and routes that are the same are left out.
    """

    kind: PaperKind
    papers: DayPapers
    size: PaperSize
    language: str = "en"
    own: bool = False
    changes: Mapping[RouteId, RouteChange] = field(default_factory=dict)
    most: int = 0
    """How many labels or cards to make at most, for a first look; 0: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A finished paper. `missing` are characters that its fonts may lack: they may stand on the paper as empty boxes."""

    pdf: bytes
    missing: tuple[str, ...] = ()


class PaperPress(Protocol):
    """Makes papers."""

    def press(self, job: PaperJob) -> Pressed:
        """The paper as PDF. Raises SetupMissing without its fonts, Outside where it cannot be made."""
        ...

    def zpl(self, job: PaperJob) -> str:
        """The labels of a job in the language of label printers (ZPL II, UTF-8), one format a label."""
        ...


class PrintMemory(Protocol):
    """Remembers each route of a plan as it was printed last."""

    def recall(self, plan: PlanId) -> Mapping[RouteId, PrintedRoute]:
        """The routes of a plan that were ever printed."""
        ...

    def keep(self, plan: PlanId, routes: Sequence[PrintedRoute]) -> None:
        """Remembers these routes as printed. Raises Malformed where that cannot be written."""
        ...
