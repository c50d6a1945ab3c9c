"""The tables of alerts: what was rung, to which channels it went, and what the watch must remember from cycle to cycle.

Moments are kept as text of UTC, as in the tables of the team.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

from tocsin.team.tables import CODE

METADATA = MetaData()

ALERTS = Table(
    "alerts", METADATA,
    Column("alert_id", CODE, primary_key=True), Column("case_name", CODE, nullable=False),
    Column("key", CODE, nullable=False), Column("kind", CODE, nullable=False), Column("said", Text, nullable=False),
    Column("made", CODE, nullable=False), Column("is_test", Boolean, nullable=False),
    UniqueConstraint("case_name", "key", name="alerts_case_name_key"), Index("alerts_made", "made"),
)  # fmt: skip
"""`key`: what the alert is about, the same however often it is found; `said`: the alert as JSON."""

DELIVERIES = Table(
    "deliveries", METADATA,
    Column("alert_id", CODE, ForeignKey("alerts.alert_id", ondelete="CASCADE"), primary_key=True),
    Column("channel", CODE, primary_key=True), Column("attempts", Integer, nullable=False),
    Column("next_try", CODE, nullable=False), Column("sent_at", CODE), Column("given_up_at", CODE),
    Column("fault", Text), Index("deliveries_open", "sent_at", "given_up_at"),
)  # fmt: skip
"""`attempts` is counted before a message leaves, so that one that was cut off is known to have been begun."""

WATCH_STATE = Table(
    "watch_state", METADATA,
    Column("case_name", CODE, primary_key=True), Column("name", CODE, primary_key=True),
    Column("value", Text, nullable=False), Column("changed", CODE, nullable=False),
)  # fmt: skip
"""`value`: JSON, as what rang and has not fallen back, or what the record said the last time."""
