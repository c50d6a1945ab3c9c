"""Texts are found by their words, and known names in them are kept. The index itself is made once all steps are done."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CODE = String().with_variant(String(collation="C"), "postgresql")
SEQUENCE = BigInteger().with_variant(Integer(), "sqlite")
SQLITE = (
    "CREATE VIRTUAL TABLE passage_words USING fts5(words, content='', columnsize=0, detail=none, tokenize='ascii')",
)
POSTGRES = (
    "CREATE TABLE passage_words (passage BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX passage_words_words ON passage_words USING gin (words)",
)


def upgrade() -> None:
    """Make the table of known names in texts, that of the segments' numbers, and the index of words."""
    op.create_table(
        "mentions",
        Column("text_id", CODE, ForeignKey("texts.text_id"), primary_key=True),
        Column("start", Integer, primary_key=True), Column("stop", Integer, primary_key=True),
        Column("words", Text, nullable=False), Column("type", CODE, nullable=False),
        Column("entity_id", CODE, ForeignKey("entities.entity_id"), nullable=False),
    )  # fmt: skip
    op.create_index("mentions_entity_id", "mentions", ["entity_id", "text_id", "start"])
    op.create_table(
        "passages",
        Column("text_id", CODE, ForeignKey("texts.text_id"), primary_key=True),
        Column("document_id", CODE, ForeignKey("documents.document_id"), nullable=False),
        Column("first", SEQUENCE, nullable=False), Column("count", Integer, nullable=False),
    )  # fmt: skip
    op.create_index("passages_first", "passages", ["first"], unique=True)
    op.create_index("passages_document_id", "passages", ["document_id"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)
