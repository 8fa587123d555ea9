"""The steps of the history and their images as rows."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from app.services.changes import Kind
from app.services.ports.store import HistoryStep, Image
from app.store.mapping.shape import chunks, table_of
from app.store.tables import ImageRow, StepRow

STEP, IMAGE = table_of(StepRow), table_of(ImageRow)


def step_of(number: int, title: Any, at: Any, who: str, merge_key: str, undone: bool) -> HistoryStep:
    """The step of a row."""
    return HistoryStep(number=number, title=title, at=at, undone=undone, who=who, merge_key=merge_key)


NEWEST = select(*STEP.columns).where(STEP.c.undone.is_(False)).order_by(STEP.c.number.desc()).limit(1)
"""The step that undo takes back."""
NEXT_REDO = select(*STEP.columns).where(STEP.c.undone.is_(True)).order_by(STEP.c.number).limit(1)
"""The step that redo brings back."""


def first_step(connection: Connection, statement: "Select[Any]") -> HistoryStep | None:
    """The step that a statement finds, or None."""
    row = connection.execute(statement).first()
    return None if row is None else step_of(*row)


class StepRows:
    """Steps and images inside a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> HistoryStep | None:
        """The last step that is done."""
        return first_step(self._connection, NEWEST)

    def next_redo(self) -> HistoryStep | None:
        """The first step that was undone."""
        return first_step(self._connection, NEXT_REDO)

    def images(self, number: int) -> tuple[Image, ...]:
        """The images of a step, by kind and identity."""
        columns = (IMAGE.c.kind, IMAGE.c.subject, IMAGE.c.before, IMAGE.c.after)
        rows = self._connection.execute(select(*columns).where(IMAGE.c.step == number).order_by(IMAGE.c.kind, IMAGE.c.subject))
        return tuple(Image(kind=Kind(kind), id=subject, before=before, after=after) for kind, subject, before, after in rows)

    def put(self, step: HistoryStep, images: Iterable[Image]) -> None:
        """Writes a step with its images in place of what was under its number."""
        self.remove(step.number)
        row = {"number": step.number, "title": step.title, "at": step.at, "who": step.who, "merge_key": step.merge_key, "undone": step.undone}
        self._connection.execute(insert(STEP), [row])
        rows = ({"step": step.number, "kind": each.kind, "subject": each.id, "before": each.before, "after": each.after} for each in images)
        for some in chunks(rows):
            self._connection.execute(insert(IMAGE), some)

    def mark(self, number: int, *, undone: bool) -> None:
        """Says of a step that it is undone, or done again."""
        self._connection.execute(update(STEP).where(STEP.c.number == number).values(undone=undone))

    def remove(self, number: int) -> None:
        """Forgets a step; its images go with it."""
        self._connection.execute(delete(STEP).where(STEP.c.number == number))

    def remove_undone(self) -> None:
        """Forgets every undone step."""
        self._connection.execute(delete(STEP).where(STEP.c.undone.is_(True)))

    def trim(self, keep: int) -> None:
        """Forgets all but the newest `keep` steps."""
        oldest = self._connection.execute(select(STEP.c.number).order_by(STEP.c.number.desc()).offset(keep - 1).limit(1)).scalar()
        if oldest is not None:
            self._connection.execute(delete(STEP).where(STEP.c.number < oldest))
