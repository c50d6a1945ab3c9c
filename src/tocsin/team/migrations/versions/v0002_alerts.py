"""The first tables of alerts, as they were made: this step stays as it is when the tables change."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

METADATA = MetaData()
CODE = String().with_variant(String(collation="C"), "postgresql")

Table(
    "alerts", METADATA,
    Column("alert_id", CODE, primary_key=True), Column("case_name", CODE, nullable=False),
    Column("key", CODE, nullable=False), Column("kind", CODE, nullable=False), Column("said", Text, nullable=False),
    Column("made", CODE, nullable=False), Column("is_test", Boolean, nullable=False),
    UniqueConstraint("case_name", "key", name="alerts_case_name_key"), Index("alerts_made", "made"),
)  # fmt: skip
Table(
    "deliveries", METADATA,
    Column("alert_id", CODE, ForeignKey("alerts.alert_id", ondelete="CASCADE"), primary_key=True),
    Column("channel", CODE, primary_key=True), Column("attempts", Integer, nullable=False),
    Column("next_try", CODE, nullable=False), Column("sent_at", CODE), Column("given_up_at", CODE),
    Column("fault", Text), Index("deliveries_open", "sent_at", "given_up_at"),
)  # fmt: skip
Table(
    "watch_state", METADATA,
    Column("case_name", CODE, primary_key=True), Column("name", CODE, primary_key=True),
    Column("value", Text, nullable=False), Column("changed", CODE, nullable=False),
)  # fmt: skip


def upgrade() -> None:
    """Make the tables."""
    METADATA.create_all(op.get_bind())
