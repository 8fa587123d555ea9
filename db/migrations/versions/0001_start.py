"""The start: orders, fleet, pins, closures, plans, the journal of changes, and the history."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates every table."""
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
    )
    op.create_table(
        "closure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("factor", sa.Float(), nullable=True),
        sa.Column("profiles", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("begins", sa.String(length=27), nullable=True),
        sa.Column("ends", sa.String(length=27), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_table(
        "depot",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("reload", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depot")),
    )
    op.create_table(
        "driver",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.Text(), nullable=True),
        sa.Column("ends_at", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_driver")),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=True),
        sa.Column("kind", sa.Enum("delivery", "pickup", "return", name="task_kind", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("house", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column(
            "address_state",
            sa.Enum(
                "unparsed",
                "exact",
                "interpolated",
                "street",
                "area",
                "ambiguous",
                "not_found",
                "pinned",
                name="address_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column(
            "location_source",
            sa.Enum("none", "file", "address_book", "area", "person", name="location_source", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("location_label", sa.Text(), nullable=False),
        sa.Column("candidates", sa.Text(), nullable=False),
        sa.Column("doubt", sa.Text(), nullable=True),
        sa.Column("location_note", sa.Text(), nullable=True),
        sa.Column("windows", sa.Text(), nullable=False),
        sa.Column("preferred", sa.Text(), nullable=False),
        sa.Column("service", sa.Integer(), nullable=False),
        sa.Column(
            "service_source",
            sa.Enum("typed", "default", "learned", name="service_source", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("contactless", sa.Boolean(), nullable=False),
        sa.Column("cod_minor", sa.BigInteger(), nullable=True),
        sa.Column("cod_currency", sa.Text(), nullable=True),
        sa.Column("service_level", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("paired_with", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "on_hold",
                "ready",
                "planned",
                "tendered",
                "in_progress",
                "delivered",
                "delivered_proof_missing",
                "part_delivered",
                "attempt_failed",
                "awaiting_customer",
                "cancelled",
                "returning",
                "returned",
                "lost",
                "damaged",
                "written_off",
                "disputed",
                "closed",
                name="order_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("hold", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(cod_minor IS NULL) = (cod_currency IS NULL)", name=op.f("ck_orders_cod")),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_orders_place")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_orders_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("source", "number", name=op.f("uq_orders_source_number")),
    )
    op.create_index(op.f("ix_orders_state"), "orders", ["state"], unique=False)
    op.create_index(op.f("ix_orders_day"), "orders", ["day"], unique=False)
    op.create_table(
        "pin",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin")),
        sa.UniqueConstraint("key", name=op.f("uq_pin_key")),
    )
    op.create_table(
        "removed",
        sa.Column(
            "kind",
            sa.Enum(
                "order", "plan", "depot", "vehicle", "driver", "shift", "pin", "closure", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_removed")),
    )
    op.create_table(
        "vehicle",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "profile",
            sa.Enum("van", "truck", "cargo_bike", "walker", "sidewalk_robot", "drone", name="profile", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("volume", sa.Integer(), nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("fixed", sa.Integer(), nullable=False),
        sa.Column("per_km", sa.Integer(), nullable=False),
        sa.Column("per_hour", sa.Integer(), nullable=False),
        sa.Column("overtime_per_hour", sa.Integer(), nullable=False),
        sa.Column("range", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
    )
    op.create_table(
        "event",
        sa.Column("change", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["change"], ["change.seq"], name=op.f("fk_event_change"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("change", "position", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_kind"), "event", ["kind"], unique=False)
    op.create_table(
        "history_step",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("merge_key", sa.Text(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["change.seq"], name=op.f("fk_history_step_number"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_history_step")),
    )
    op.create_table(
        "order_state",
        sa.Column("change", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["change"], ["change.seq"], name=op.f("fk_order_state_change"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("change", "position", name=op.f("pk_order_state")),
    )
    op.create_index(op.f("ix_order_state_order_id"), "order_state", ["order_id"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("depot", sa.Text(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "committed", "superseded", "closed", name="plan_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("committed", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["depot"], ["depot.id"], name=op.f("fk_plan_depot"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("depot", "day", name=op.f("uq_plan_depot_day")),
    )
    op.create_table(
        "shift",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("depot", sa.Text(), nullable=False),
        sa.Column("vehicle", sa.Text(), nullable=False),
        sa.Column("driver", sa.Text(), nullable=True),
        sa.Column("starts", sa.String(length=26), nullable=False),
        sa.Column("ends", sa.String(length=26), nullable=False),
        sa.Column("latest_end", sa.String(length=26), nullable=False),
        sa.Column("breaks", sa.Text(), nullable=False),
        sa.Column("max_duration", sa.Integer(), nullable=True),
        sa.Column("open_end", sa.Boolean(), nullable=False),
        sa.Column("reloads", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts < ends AND ends <= latest_end", name=op.f("ck_shift_span")),
        sa.ForeignKeyConstraint(["depot"], ["depot.id"], name=op.f("fk_shift_depot"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["driver"], ["driver.id"], name=op.f("fk_shift_driver"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["vehicle"], ["vehicle.id"], name=op.f("fk_shift_vehicle"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    op.create_index(op.f("ix_shift_depot_day"), "shift", ["depot", "day"], unique=False)
    op.create_table(
        "history_image",
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "order", "plan", "depot", "vehicle", "driver", "shift", "pin", "closure", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["step"], ["history_step.number"], name=op.f("fk_history_image_step"), ondelete="CASCADE", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("step", "kind", "subject", name=op.f("pk_history_image")),
    )
    op.create_table(
        "route",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shift", sa.Text(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_route_plan"), ondelete="CASCADE", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["shift"], ["shift.id"], name=op.f("fk_route_shift"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route")),
    )
    op.create_index(op.f("ix_route_plan"), "route", ["plan"], unique=False)
    op.create_table(
        "unassigned",
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_unassigned_order_id"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_unassigned_plan"), ondelete="CASCADE", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("plan", "task", name=op.f("pk_unassigned")),
    )
    op.create_index(op.f("ix_unassigned_order_id"), "unassigned", ["order_id"], unique=False)
    op.create_table(
        "stop",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lock", sa.Enum("driver", "position", name="lock", native_enum=False, create_constraint=True, length=32), nullable=True),
        sa.Column("reload_before", sa.Boolean(), nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_stop_position")),
        sa.ForeignKeyConstraint(["route"], ["route.id"], name=op.f("fk_stop_route"), ondelete="CASCADE", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop")),
        sa.UniqueConstraint("route", "position", name=op.f("uq_stop_route_position")),
    )
    op.create_table(
        "stop_task",
        sa.Column("stop", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_stop_task_order_id"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_stop_task_plan"), ondelete="CASCADE", initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["stop"], ["stop.id"], name=op.f("fk_stop_task_stop"), ondelete="CASCADE", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("stop", "position", name=op.f("pk_stop_task")),
        sa.UniqueConstraint("plan", "task", name=op.f("uq_stop_task_plan_task")),
    )
    op.create_index(op.f("ix_stop_task_order_id"), "stop_task", ["order_id"], unique=False)
