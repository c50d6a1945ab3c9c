"""The tables of alerts: what was rung, to which channels it went, and what the watch must remember from cycle to cycle."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

if TYPE_CHECKING:
    from sqlalchemy import Dialect

METADATA = MetaData()


class Utc(TypeDecorator[datetime]):
    """A moment in UTC, which SQLite keeps without saying so."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As the database keeps it."""
        if value is None:
            return None
        assert value.tzinfo is not None, "a moment without its zone is no moment"
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As it was given, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


ALERTS = Table(
    "alerts", METADATA,
    Column("alert_id", String, primary_key=True), Column("case_name", String, nullable=False),
    Column("key", String, nullable=False), Column("kind", String, nullable=False), Column("said", Text, nullable=False),
    Column("made", Utc, nullable=False), Column("is_test", Boolean, nullable=False),
    UniqueConstraint("case_name", "key", name="alerts_case_name_key"), Index("alerts_made", "made"),
)  # fmt: skip
"""`key`: what the alert is about, the same however often it is found; `said`: the alert as JSON."""

DELIVERIES = Table(
    "deliveries", METADATA,
    Column("alert_id", String, ForeignKey("alerts.alert_id", ondelete="CASCADE"), primary_key=True),
    Column("channel", String, primary_key=True), Column("attempts", Integer, nullable=False),
    Column("next_try", Utc, nullable=False), Column("sent_at", Utc), Column("given_up_at", Utc),
    Column("fault", Text), Index("deliveries_open", "sent_at", "given_up_at"),
)  # fmt: skip
"""`attempts` is counted before a message leaves, so that one that was cut off is known to have been begun."""

WATCH_STATE = Table(
    "watch_state", METADATA,
    Column("case_name", String, primary_key=True), Column("name", String, primary_key=True),
    Column("value", Text, nullable=False), Column("changed", Utc, nullable=False),
)  # fmt: skip
"""`value`: JSON, as what rang and has not fallen back, or whom the record named in a post the last time."""
