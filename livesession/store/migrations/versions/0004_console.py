"""What the console prepares: rehearsals, images, the council's own phrases, and what each channel carries."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("sittings", sa.Column("rehearsal", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("channels", sa.Column("carries", sa.Text()))
    op.create_table(
        "media",
        sa.Column("sitting", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["sitting"], ["sittings.id"], name=op.f("fk_media_sitting")),
        sa.PrimaryKeyConstraint("sitting", "id", name=op.f("pk_media")),
    )
    op.create_table(
        "phrases",
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("language", "id", name=op.f("pk_phrases")),
    )
