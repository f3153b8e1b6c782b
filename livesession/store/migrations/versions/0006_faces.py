"""The council's face: its name, colours, font and logo."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "faces",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=False),
        sa.Column("accent_dark", sa.String(length=7), nullable=False),
        sa.Column("font", sa.String(length=16), nullable=False),
        sa.Column("logo", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("picture", sa.LargeBinary()),
        sa.Column("updated_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_faces")),
    )
