"""The schema as typed rows: names, constraints, indexes. Alembic compares its migrations with it.

Portable SQL only. Identities are text; foreign keys are checked at the end of a transaction, so that an aggregate may be written
in any order; only parts of an aggregate (routes and stops of a plan, images of a step) go with their whole.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Float, ForeignKey, Index, Integer, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.domain.address import AddressState, Candidate, LocationSource
from app.domain.fleet import Break
from app.domain.geo import Place
from app.domain.ids import TaskId
from app.domain.orders import OrderState, ServiceSource, TaskKind, Window
from app.domain.plans import Lock, PlanState, Route, Unassigned
from app.domain.roads import ClosureKind, Profile
from app.domain.sentences import Sentence
from app.domain.units import Millis
from app.domain.versions import VersionFigures
from app.services.changes import Kind
from app.store.columns import DayText, Json, Moment, WallTime, closed_set

SCHEMA = "0004"
"""The revision of `db/migrations` that these tables are."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(DeclarativeBase):
    """Base of all rows."""

    metadata = MetaData(naming_convention=NAMES)


def _of(target: str) -> Any:
    """A reference to another aggregate; it may not vanish while it is referred to."""
    return ForeignKey(target, ondelete="NO ACTION", deferrable=True, initially="DEFERRED")


def _part_of(target: str) -> Any:
    """A reference of a part to its whole; it goes with it."""
    return ForeignKey(target, ondelete="CASCADE", deferrable=True, initially="DEFERRED")


def _texts() -> Any:
    return mapped_column(Json(frozenset[str]))


def _sentence() -> Any:
    return mapped_column(Json(Sentence))


class OrderRow(Row):
    """An order with its address and place."""

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("source", "number"),
        Index(None, "day"),
        Index(None, "state"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="place"),
        CheckConstraint("(cod_minor IS NULL) = (cod_currency IS NULL)", name="cod"),
    )
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    number: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    day: Mapped[date | None] = mapped_column(DayText)
    kind: Mapped[TaskKind] = mapped_column(closed_set(TaskKind))
    recipient: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    street: Mapped[str] = mapped_column(Text)
    house: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    city: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(Text)
    address_state: Mapped[AddressState] = mapped_column(closed_set(AddressState))
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    location_source: Mapped[LocationSource] = mapped_column(closed_set(LocationSource))
    location_label: Mapped[str] = mapped_column(Text)
    candidates: Mapped[tuple[Candidate, ...]] = mapped_column(Json(tuple[Candidate, ...]))
    doubt: Mapped[Sentence | None] = _sentence()
    location_note: Mapped[Sentence | None] = _sentence()
    windows: Mapped[tuple[Window, ...]] = mapped_column(Json(tuple[Window, ...]))
    preferred: Mapped[tuple[Window, ...]] = mapped_column(Json(tuple[Window, ...]))
    service: Mapped[int] = mapped_column(Integer)
    service_source: Mapped[ServiceSource] = mapped_column(closed_set(ServiceSource))
    weight: Mapped[int] = mapped_column(Integer)
    volume: Mapped[int] = mapped_column(Integer)
    pieces: Mapped[int] = mapped_column(Integer)
    priority: Mapped[int] = mapped_column(Integer)
    skills: Mapped[frozenset[str]] = _texts()
    features: Mapped[frozenset[str]] = _texts()
    handling: Mapped[frozenset[str]] = _texts()
    notes: Mapped[str] = mapped_column(Text)
    contactless: Mapped[bool] = mapped_column(Boolean)
    cod_minor: Mapped[int | None] = mapped_column(BigInteger)
    cod_currency: Mapped[str | None] = mapped_column(Text)
    service_level: Mapped[str] = mapped_column(Text)
    brand: Mapped[str] = mapped_column(Text)
    paired_with: Mapped[str] = mapped_column(Text)
    state: Mapped[OrderState] = mapped_column(closed_set(OrderState))
    hold: Mapped[Sentence | None] = _sentence()
    version: Mapped[int] = mapped_column(Integer)


class DepotRow(Row):
    """A depot."""

    __tablename__ = "depot"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    zone: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    reload: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)


class VehicleRow(Row):
    """A vehicle with its capacity and prices (minor units)."""

    __tablename__ = "vehicle"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    profile: Mapped[Profile] = mapped_column(closed_set(Profile))
    weight: Mapped[int | None] = mapped_column(Integer)
    volume: Mapped[int | None] = mapped_column(Integer)
    pieces: Mapped[int | None] = mapped_column(Integer)
    features: Mapped[frozenset[str]] = _texts()
    fixed: Mapped[int] = mapped_column(Integer)
    per_km: Mapped[int] = mapped_column(Integer)
    per_hour: Mapped[int] = mapped_column(Integer)
    overtime_per_hour: Mapped[int] = mapped_column(Integer)
    range: Mapped[int | None] = mapped_column(Integer)
    gross: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)


class DriverRow(Row):
    """A driver."""

    __tablename__ = "driver"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    skills: Mapped[frozenset[str]] = _texts()
    starts_at: Mapped[Place | None] = mapped_column(Json(Place))
    ends_at: Mapped[Place | None] = mapped_column(Json(Place))
    phone: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)


class ShiftRow(Row):
    """A shift of a day, in wall time of the depot."""

    __tablename__ = "shift"
    __table_args__ = (Index(None, "depot", "day"), CheckConstraint("starts < ends AND ends <= latest_end", name="span"))
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[date] = mapped_column(DayText)
    depot: Mapped[str] = mapped_column(Text, _of("depot.id"))
    vehicle: Mapped[str] = mapped_column(Text, _of("vehicle.id"))
    driver: Mapped[str | None] = mapped_column(Text, _of("driver.id"))
    starts: Mapped[datetime] = mapped_column(WallTime)
    ends: Mapped[datetime] = mapped_column(WallTime)
    latest_end: Mapped[datetime] = mapped_column(WallTime)
    breaks: Mapped[tuple[Break, ...]] = mapped_column(Json(tuple[Break, ...]))
    max_duration: Mapped[int | None] = mapped_column(Integer)
    open_end: Mapped[bool] = mapped_column(Boolean)
    reloads: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)


class PinRow(Row):
    """A place that a person set for an address."""

    __tablename__ = "pin"
    __table_args__ = (UniqueConstraint("key"),)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text)
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    label: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)


class ClosureRow(Row):
    """A closed or slow stretch of road."""

    __tablename__ = "closure"
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    points: Mapped[tuple[Place, ...]] = mapped_column(Json(tuple[Place, ...]))
    roads: Mapped[tuple[tuple[Place, ...], ...]] = mapped_column(Json(tuple[tuple[Place, ...], ...]))
    reason: Mapped[ClosureKind] = mapped_column(closed_set(ClosureKind))
    factor: Mapped[float | None] = mapped_column(Float)
    profiles: Mapped[frozenset[Profile]] = mapped_column(Json(frozenset[Profile]))
    note: Mapped[str] = mapped_column(Text)
    begins: Mapped[datetime | None] = mapped_column(Moment)
    ends: Mapped[datetime | None] = mapped_column(Moment)
    daily_from: Mapped[int | None] = mapped_column(Integer)
    daily_to: Mapped[int | None] = mapped_column(Integer)
    heavier_than: Mapped[int | None] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)


class PlanRow(Row):
    """A plan of a depot's day; routes, stops and pool are rows of their own."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("depot", "day"),)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    depot: Mapped[str] = mapped_column(Text, _of("depot.id"))
    day: Mapped[date] = mapped_column(DayText)
    state: Mapped[PlanState] = mapped_column(closed_set(PlanState))
    committed: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)


class RouteRow(Row):
    """A route; `position` is its place among the plan's routes."""

    __tablename__ = "route"
    __table_args__ = (Index(None, "plan"),)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    plan: Mapped[str] = mapped_column(Text, _part_of("plan.id"))
    position: Mapped[int] = mapped_column(Integer)
    shift: Mapped[str] = mapped_column(Text, _of("shift.id"))
    locked: Mapped[bool] = mapped_column(Boolean)


class StopRow(Row):
    """A stop; `position` counts from 0 in its route."""

    __tablename__ = "stop"
    __table_args__ = (UniqueConstraint("route", "position"), CheckConstraint("position >= 0", name="position"))
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    route: Mapped[str] = mapped_column(Text, _part_of("route.id"))
    position: Mapped[int] = mapped_column(Integer)
    lock: Mapped[Lock | None] = mapped_column(closed_set(Lock))
    reload_before: Mapped[bool] = mapped_column(Boolean)


class StopTaskRow(Row):
    """A task that a stop serves; in a plan each task is served once."""

    __tablename__ = "stop_task"
    __table_args__ = (UniqueConstraint("plan", "task"), Index(None, "order_id"))
    stop: Mapped[str] = mapped_column(Text, _part_of("stop.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    task: Mapped[str] = mapped_column(Text)
    plan: Mapped[str] = mapped_column(Text, _part_of("plan.id"))
    order_id: Mapped[str] = mapped_column(Text, _of("orders.id"))


class UnassignedRow(Row):
    """A task of the plan's pool, with the reasons."""

    __tablename__ = "unassigned"
    __table_args__ = (Index(None, "order_id"),)
    plan: Mapped[str] = mapped_column(Text, _part_of("plan.id"), primary_key=True)
    task: Mapped[str] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    reasons: Mapped[tuple[Sentence, ...]] = mapped_column(Json(tuple[Sentence, ...]))
    order_id: Mapped[str] = mapped_column(Text, _of("orders.id"))


class PromisedRow(Row):
    """A route of the last committed version; it outlives the route and the orders that it names."""

    __tablename__ = "promised_route"
    plan: Mapped[str] = mapped_column(Text, _part_of("plan.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    route: Mapped[str] = mapped_column(Text)
    tasks: Mapped[tuple[TaskId, ...]] = mapped_column(Json(tuple[TaskId, ...]))
    arrivals: Mapped[tuple[Millis | None, ...]] = mapped_column(Json(tuple[Millis | None, ...]))


class VersionRow(Row):
    """A version of a day's plan, with its routes and pool as they were; it outlives the orders, shifts and versions that it names."""

    __tablename__ = "plan_version"
    __table_args__ = (Index(None, "depot", "day"),)
    id: Mapped[str] = mapped_column(Text, primary_key=True)
    depot: Mapped[str] = mapped_column(Text, _of("depot.id"))
    day: Mapped[date] = mapped_column(DayText)
    name: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(Moment)
    kept_by: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(Text)
    routes: Mapped[tuple[Route, ...]] = mapped_column(Json(tuple[Route, ...]))
    unassigned: Mapped[tuple[Unassigned, ...]] = mapped_column(Json(tuple[Unassigned, ...]))
    figures: Mapped[VersionFigures | None] = mapped_column(Json(VersionFigures))
    committed: Mapped[int] = mapped_column(Integer)
    current: Mapped[bool] = mapped_column(Boolean)
    note: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)


class ChangeRow(Row):
    """One transaction: who, when, from which process, and which things have which version since. Append only."""

    __tablename__ = "change"
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(Text)
    versions: Mapped[str] = mapped_column(Text)
    """JSON: kind → identity → version; negative: removed, and that many versions so far."""


class EventRow(Row):
    """What happened, in the order in which it was told; who, when and from where stands in its change. Append only."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "kind"),)
    change: Mapped[int] = mapped_column(Integer, _of("change.seq"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)


class OrderStateRow(Row):
    """The states that an order went through; `was` is empty where it came, `now` where it went. `corrected` marks undo and redo.
    Append only; outlives the order."""

    __tablename__ = "order_state"
    __table_args__ = (Index(None, "order_id"),)
    change: Mapped[int] = mapped_column(Integer, _of("change.seq"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[str] = mapped_column(Text)
    was: Mapped[str] = mapped_column(Text)
    now: Mapped[str] = mapped_column(Text)
    corrected: Mapped[bool] = mapped_column(Boolean)


class RemovedRow(Row):
    """The last version of what was removed: if it comes back (redo), its versions go on from there."""

    __tablename__ = "removed"
    kind: Mapped[Kind] = mapped_column(closed_set(Kind), primary_key=True)
    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class StepRow(Row):
    """A step of the history; its number is that of the change that it began with."""

    __tablename__ = "history_step"
    number: Mapped[int] = mapped_column(Integer, _of("change.seq"), primary_key=True, autoincrement=False)
    title: Mapped[Sentence] = mapped_column(Json(Sentence))
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(Text)
    merge_key: Mapped[str] = mapped_column(Text)
    undone: Mapped[bool] = mapped_column(Boolean)


class ImageRow(Row):
    """One thing before and after a step (`services.images`); empty: it did not exist."""

    __tablename__ = "history_image"
    step: Mapped[int] = mapped_column(Integer, _part_of("history_step.number"), primary_key=True, autoincrement=False)
    kind: Mapped[Kind] = mapped_column(closed_set(Kind), primary_key=True)
    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
