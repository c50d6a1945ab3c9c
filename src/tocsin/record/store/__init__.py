"""The store: one database that holds the record, in SQLite or PostgreSQL."""

from tocsin.record.store.mentions import NAMES
from tocsin.record.store.record import Record, open_record
from tocsin.record.store.tables import KEPT
from tocsin.record.store.values import (
    Entered,
    Entity,
    Entry,
    Judgement,
    Kept,
    Passage,
    Removed,
    StoredClaim,
    StoredMention,
    StoredRefusal,
    Verdict,
    Violation,
)

TABLES = tuple(KEPT)
"""The tables that a whole record is made of, each after those it stands on."""

__all__ = [
    "NAMES",
    "TABLES",
    "Entered",
    "Entity",
    "Entry",
    "Judgement",
    "Kept",
    "Passage",
    "Record",
    "Removed",
    "StoredClaim",
    "StoredMention",
    "StoredRefusal",
    "Verdict",
    "Violation",
    "open_record",
]
