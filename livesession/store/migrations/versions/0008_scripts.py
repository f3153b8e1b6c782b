"""Scripts that other sites load, as they were served."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "scripts",
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("served_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_scripts")),
    )
