"""What a person wants printed, and what was made of it."""

from dataclasses import dataclass, replace

from app.domain.ids import PlanId, RouteId
from app.services.papers.changes import changes
from app.services.papers.contents import day_papers, sheets
from app.services.papers.values import DayPapers, PaperKind, PaperSize, RouteChange
from app.services.planning_values import Judged
from app.services.ports.papers import PaperJob, PaperPress, Pressed, PrintMemory
from app.services.ports.store import Day
from app.services.queries import DayView

FIRST_LOOK = 40
"""Labels and cards that are shown: laying a thousand pages out would stop the window. All are printed and saved."""
OWN = "own"
"""Stands in the list of languages for each driver's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A day with a plan whose times are known: what papers are made of."""

    day: Day
    view: DayView
    judged: Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One paper as it was chosen. `language` is one of the program's or `OWN`; `changed` wants only routes that differ from their last print."""

    kind: PaperKind
    size: PaperSize
    language: str
    routes: frozenset[RouteId]
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A paper that was made. `changes` tells of every route of the day, whatever was chosen."""

    wish: Wish
    plan: PlanId | None
    papers: DayPapers
    """The routes that stand on it."""
    changes: dict[RouteId, RouteChange]
    pressed: Pressed | None
    """What is shown. None: nothing of what was chosen has changed, or nothing was chosen."""
    job: PaperJob
    """What was pressed."""

    @property
    def sheets(self) -> int:
        """How many sheets the whole paper has where only the first ones are shown; else 0."""
        return sheets(self.wish.kind, self.papers) if self.job.most else 0


def job_of(wish: Wish, papers: DayPapers, news: dict[RouteId, RouteChange], language: str) -> PaperJob:
    """The press's order; `language` is spoken where each driver's own is wished and not known."""
    return PaperJob(
        kind=wish.kind,
        papers=papers,
        size=wish.size,
        language=language if wish.language == OWN else wish.language,
        own=wish.language == OWN,
        changes=news if wish.changed else {},
    )


def made_of(wish: Wish, planned: Planned, press: PaperPress, memory: PrintMemory, language: str) -> Made:
    """Makes the paper. Reads the memory's file and presses for a while: for a thread of the pool."""
    whole = day_papers(planned.day, planned.view, planned.judged.timelines)
    plan = planned.day.plan
    held = memory.recall(plan.id) if plan is not None else {}
    news = changes(held, whole.routes)
    on_it = tuple(route for route in whole.routes if route.id in wish.routes and (not wish.changed or news[route.id].any))
    papers = day_papers(planned.day, planned.view, planned.judged.timelines, frozenset(route.id for route in on_it))
    job = job_of(wish, papers, news, language)
    shown = replace(job, most=FIRST_LOOK if sheets(wish.kind, papers) > FIRST_LOOK else 0)
    pressed = press.press(shown) if on_it else None
    return Made(wish=wish, plan=plan.id if plan is not None else None, papers=papers, changes=news, pressed=pressed, job=shown)


def whole_of(made: Made, press: PaperPress) -> bytes:
    """All pages of a paper as PDF: those shown where these are all, else pressed anew. For a thread of the pool."""
    if made.pressed is not None and not made.job.most:
        return made.pressed.pdf
    return press.press(replace(made.job, most=0)).pdf
