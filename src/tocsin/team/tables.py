"""The tables of a team, as they stand now. The steps that made them are in `migrations`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()
CODE = String().with_variant(String(collation="C"), "postgresql")
"""Names, times and hashes: they sort by their characters in both engines, whatever the database's language is."""
SEQUENCE = BigInteger().with_variant(Integer(), "sqlite")

USERS = Table(
    "users", METADATA,
    Column("name", CODE, primary_key=True), Column("password", Text, nullable=False),
    Column("role", CODE, nullable=False), Column("disabled", Boolean, nullable=False),
    Column("must_change", Boolean, nullable=False), Column("password_until", CODE),
    Column("created", CODE, nullable=False),
)  # fmt: skip
"""`password`: its Argon2id hash. `password_until`: a password given by somebody else works up to then; NULL is for good."""

SESSIONS = Table(
    "sessions", METADATA,
    Column("hash", CODE, primary_key=True), Column("user_name", CODE, ForeignKey("users.name"), nullable=False),
    Column("data", Text, nullable=False), Column("created", CODE, nullable=False),
    Column("seen", CODE, nullable=False), Column("expires", CODE, nullable=False), Column("ended", CODE),
    Column("address", Text, nullable=False), Column("agent", Text, nullable=False),
    Index("sessions_user_name", "user_name"), Index("sessions_expires", "expires"),
)  # fmt: skip
"""`ended`: kept until the session would have expired, so that an answer still under way cannot bring it back."""

TOKENS = Table(
    "tokens", METADATA,
    Column("hash", CODE, primary_key=True), Column("handle", CODE, nullable=False, unique=True),
    Column("user_name", CODE, ForeignKey("users.name"), nullable=False), Column("label", Text, nullable=False),
    Column("role", CODE, nullable=False), Column("created", CODE, nullable=False),
    Column("expires", CODE, nullable=False), Column("used", CODE), Column("revoked", CODE),
    Index("tokens_user_name", "user_name"),
)  # fmt: skip

AUDIT = Table(
    "audit", METADATA,
    Column("number", SEQUENCE, primary_key=True, autoincrement=False), Column("at", CODE, nullable=False),
    Column("who", Text, nullable=False), Column("what", Text, nullable=False), Column("object", Text, nullable=False),
    Column("detail", Text, nullable=False), Column("address", Text, nullable=False), Column("hash", CODE, nullable=False),
    Index("audit_who", "who", "number"), Index("audit_what", "what", "number"), Index("audit_at", "at"),
)  # fmt: skip

HEAD_OF_AUDIT = Table(
    "audit_head", METADATA,
    Column("only", Integer, primary_key=True), Column("number", SEQUENCE, nullable=False),
    Column("hash", CODE, nullable=False),
)  # fmt: skip
"""One row: number and hash of the last line, so that a line taken from the end shows too."""
