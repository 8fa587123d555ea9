"""What the journal knows of one order: the events that name it, and the undoing of their steps."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app.domain.events import StepRedone, StepUndone
from app.services import plain
from app.services.ports.store import Story, Told
from app.store.mapping.shape import table_of
from app.store.tables import ChangeRow, EventRow, OrderStateRow

CHANGE, EVENT, STATE = table_of(ChangeRow), table_of(EventRow), table_of(OrderStateRow)
TURNS = (StepUndone.__name__, StepRedone.__name__)


def story_of(connection: Connection, order: str, limit: int) -> Story:
    """The newest `limit` events that name an order, with the turns of their steps, oldest first; an order that was never stored has none."""
    began = connection.execute(select(func.min(STATE.c.change)).where(STATE.c.order_id == order)).scalar()
    if began is None:
        return Story()
    named = _told(connection, _events(began).where(EVENT.c.kind.not_in(TURNS), EVENT.c.body.contains(order, autoescape=True)), limit)
    numbers = {each.change for each in named}
    turns = [each for each in _told(connection, _events(began).where(EVENT.c.kind.in_(TURNS)), limit * 10) if plain.load(each.body)["step"] in numbers]
    told = sorted([*named, *turns], key=lambda each: each.change)
    states = connection.execute(select(STATE.c.change, STATE.c.now).where(STATE.c.order_id == order).order_by(STATE.c.change, STATE.c.position))
    return Story(told=tuple(told), states={row.change: row.now for row in states})


def _events(began: int) -> "Select[Any]":
    """The events since a change, newest first; an order is not named before it was there."""
    columns = (EVENT.c.change, CHANGE.c.at, CHANGE.c.who, EVENT.c.kind, EVENT.c.body)
    order = (EVENT.c.change.desc(), EVENT.c.position.desc())
    return select(*columns).join(CHANGE, CHANGE.c.seq == EVENT.c.change).where(EVENT.c.change >= began).order_by(*order)


def _told(connection: Connection, statement: "Select[Any]", limit: int) -> Iterable[Told]:
    rows = connection.execute(statement.limit(limit)).all()
    return [Told(change=change, at=at, who=who, kind=kind, body=body) for change, at, who, kind, body in reversed(rows)]
