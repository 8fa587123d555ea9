"""Versions of a day's plan; the history and the last versions of removed things may speak of them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = ("order", "plan", "depot", "vehicle", "driver", "shift", "pin", "closure", "version")


def upgrade() -> None:
    """Adds the versions, none at first, and rebuilds the two tables whose check lists the kinds of things."""
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("depot", sa.Text(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.String(length=27), nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("routes", sa.Text(), nullable=False),
        sa.Column("unassigned", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=True),
        sa.Column("committed", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["depot"], ["depot.id"], name=op.f("fk_plan_version_depot"), ondelete="NO ACTION", initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
    )
    op.create_index(op.f("ix_plan_version_depot_day"), "plan_version", ["depot", "day"], unique=False)
    op.rename_table("removed", "old_removed")
    op.create_table(
        "removed",
        _kind(),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_removed")),
    )
    op.execute("INSERT INTO removed (kind, subject, version) SELECT kind, subject, version FROM old_removed")
    op.drop_table("old_removed")
    op.rename_table("history_image", "old_history_image")
    op.create_table(
        "history_image",
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        _kind(),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["step"], ["history_step.number"], name=op.f("fk_history_image_step"), ondelete="CASCADE", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("step", "kind", "subject", name=op.f("pk_history_image")),
    )
    op.execute('INSERT INTO history_image (step, kind, subject, "before", "after") SELECT step, kind, subject, "before", "after" FROM old_history_image')
    op.drop_table("old_history_image")


def _kind() -> sa.Column[str]:
    return sa.Column("kind", sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=32), nullable=False)
