"""The first tables of a team, as they were made: this step stays as it is when the tables change."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

METADATA = MetaData()
CODE = String().with_variant(String(collation="C"), "postgresql")
SEQUENCE = BigInteger().with_variant(Integer(), "sqlite")

Table(
    "users", METADATA,
    Column("name", CODE, primary_key=True), Column("password", Text, nullable=False),
    Column("role", CODE, nullable=False), Column("disabled", Boolean, nullable=False),
    Column("must_change", Boolean, nullable=False), Column("password_until", CODE),
    Column("created", CODE, nullable=False),
)  # fmt: skip
Table(
    "sessions", METADATA,
    Column("hash", CODE, primary_key=True), Column("user_name", CODE, ForeignKey("users.name"), nullable=False),
    Column("data", Text, nullable=False), Column("created", CODE, nullable=False),
    Column("seen", CODE, nullable=False), Column("expires", CODE, nullable=False), Column("ended", CODE),
    Column("address", Text, nullable=False), Column("agent", Text, nullable=False),
    Index("sessions_user_name", "user_name"), Index("sessions_expires", "expires"),
)  # fmt: skip
Table(
    "tokens", METADATA,
    Column("hash", CODE, primary_key=True), Column("handle", CODE, nullable=False, unique=True),
    Column("user_name", CODE, ForeignKey("users.name"), nullable=False), Column("label", Text, nullable=False),
    Column("role", CODE, nullable=False), Column("created", CODE, nullable=False),
    Column("expires", CODE, nullable=False), Column("used", CODE), Column("revoked", CODE),
    Index("tokens_user_name", "user_name"),
)  # fmt: skip
Table(
    "audit", METADATA,
    Column("number", SEQUENCE, primary_key=True, autoincrement=False), Column("at", CODE, nullable=False),
    Column("who", Text, nullable=False), Column("what", Text, nullable=False), Column("object", Text, nullable=False),
    Column("detail", Text, nullable=False), Column("address", Text, nullable=False), Column("hash", CODE, nullable=False),
    Index("audit_who", "who", "number"), Index("audit_what", "what", "number"), Index("audit_at", "at"),
)  # fmt: skip
Table(
    "audit_head", METADATA,
    Column("only", Integer, primary_key=True), Column("number", SEQUENCE, nullable=False),
    Column("hash", CODE, nullable=False),
)  # fmt: skip

SQLITE = tuple(
    f"CREATE TRIGGER audit_stays_{verb.lower()} BEFORE {verb} ON audit"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRES = (
    (
        "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'the audit log is only ever added to'; END $$"
    ),
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stays()",
    "CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
)


def upgrade() -> None:
    """Make the tables, and the triggers that keep the audit log as it is."""
    connection = op.get_bind()
    METADATA.create_all(connection)
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)
