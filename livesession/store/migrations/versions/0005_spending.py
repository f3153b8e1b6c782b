"""What posts cost on networks that are paid by the post, and the budgets that the council sets."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("channels", sa.Column("budget_sitting", sa.Integer()))
    op.add_column("channels", sa.Column("budget_month", sa.Integer()))
    op.add_column("deliveries", sa.Column("cost", sa.Integer()))
