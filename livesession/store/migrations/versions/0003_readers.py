"""What readers leave: reports of errors, and subscriptions to notifications."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("sitting", sa.String(length=36), nullable=False),
        sa.Column("entry", sa.String(length=36)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=200)),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sittings.id"], name=op.f("fk_reports_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_sitting_created_at"), "reports", ["sitting", "created_at"])
    op.create_table(
        "push_keys",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_keys")),
    )
    op.create_table(
        "push_subscriptions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("sitting", sa.String(length=36), nullable=False),
        sa.Column("endpoint", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sittings.id"], name=op.f("fk_push_subscriptions_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscriptions")),
        sa.UniqueConstraint("sitting", "endpoint", name=op.f("uq_push_subscriptions_sitting_endpoint")),
    )
    op.create_table(
        "push_cursors",
        sa.Column("sitting", sa.String(length=36), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sittings.id"], name=op.f("fk_push_cursors_sitting")),
        sa.PrimaryKeyConstraint("sitting", name=op.f("pk_push_cursors")),
    )
