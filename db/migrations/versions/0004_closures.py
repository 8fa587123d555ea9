"""Closures say why, along which roads, at which hours of the day and for which weights; vehicles say what they weigh."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Closures that are known become road works on the drawn line; what vehicles weigh is not known."""
    op.execute("CREATE TEMP TABLE vehicle_before AS SELECT * FROM vehicle")
    op.execute("CREATE TEMP TABLE closure_before AS SELECT * FROM closure")
    op.drop_table("vehicle")
    op.drop_table("closure")
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
        sa.Column("gross", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
    )
    op.create_table(
        "closure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("roads", sa.Text(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum("works", "event", "accident", "weather", "avoid", name="closure_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("factor", sa.Float(), nullable=True),
        sa.Column("profiles", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("begins", sa.String(length=27), nullable=True),
        sa.Column("ends", sa.String(length=27), nullable=True),
        sa.Column("daily_from", sa.Integer(), nullable=True),
        sa.Column("daily_to", sa.Integer(), nullable=True),
        sa.Column("heavier_than", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    kept = "id, points, factor, profiles, note, begins, ends, version"
    op.execute(f"INSERT INTO closure ({kept}, roads, reason) SELECT {kept}, '[]', 'works' FROM closure_before")  # noqa: S608 - names of columns, from this file
    op.execute("DROP TABLE closure_before")
    kept = "id, name, profile, weight, volume, pieces, features, fixed, per_km, per_hour, overtime_per_hour, range, version"
    op.execute(f"INSERT INTO vehicle ({kept}) SELECT {kept} FROM vehicle_before")  # noqa: S608 - names of columns, from this file
    op.execute("DROP TABLE vehicle_before")
