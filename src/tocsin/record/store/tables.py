"""The tables of a record, as they stand now. The steps that made them are in `migrations`."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()
CODE = String().with_variant(String(collation="C"), "postgresql")
"""Ids and other short codes: they sort by their characters in both engines, whatever the database's language is."""
SEQUENCE = BigInteger().with_variant(Integer(), "sqlite")
"""Counted up by the database and never given twice."""


def _span(prefix: str = "", *, nullable: bool = False) -> list[Column[object]]:
    """The three columns of a span: offsets in code points, and the text's own characters."""
    return [
        Column(f"{prefix}start", Integer, nullable=nullable),
        Column(f"{prefix}stop", Integer, nullable=nullable),
        Column(f"{prefix}words", Text, nullable=nullable),
    ]


def _of_claim() -> list[Column[object]]:
    """The key of a row that belongs to a claim: the claim, and the place in its list."""
    claim = ForeignKey("claims.seq", ondelete="CASCADE")
    return [Column("claim", SEQUENCE, claim, primary_key=True), Column("number", Integer, primary_key=True)]


META = Table("meta", METADATA, Column("name", CODE, primary_key=True), Column("value", Text, nullable=False))

DOCUMENTS = Table(
    "documents", METADATA,
    Column("document_id", CODE, primary_key=True), Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False), Column("size", SEQUENCE, nullable=False),
    Column("verdict", CODE, nullable=False), Column("why", Text, nullable=False), Column("title", Text),
    Column("author", Text), Column("publisher", Text), Column("published", CODE),
    Column("published_origin", CODE, nullable=False), Column("published_latest", CODE), Column("source_id", Text),
    Column("derived_from", Text), Column("added", CODE, nullable=False),
    Index("documents_name", "name"), Index("documents_published_latest", "published_latest"),
)  # fmt: skip
"""`published_latest`: the last day the publication date can mean; NULL is unknown."""

TEXTS = Table(
    "texts", METADATA,
    Column("text_id", CODE, primary_key=True),
    Column("document_id", CODE, ForeignKey("documents.document_id"), nullable=False),
    Column("parser", Text, nullable=False), Column("text", Text, nullable=False), Column("language", CODE),
    Column("language_certainty", Float), Column("source_runs", Text, nullable=False),
    Column("added", CODE, nullable=False), Column("removal", Integer, nullable=False, server_default="0"),
    Index("texts_document_id", "document_id"),
)  # fmt: skip
"""`removal`: the last removal of a person's data that blacked out characters; 0 where the text is as it was read."""

SEGMENTS = Table(
    "segments", METADATA,
    Column("text_id", CODE, ForeignKey("texts.text_id"), primary_key=True),
    Column("number", Integer, primary_key=True), Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False), Column("kind", CODE, nullable=False), Column("page", Integer),
    Column("paragraph", Integer),
)  # fmt: skip

CLAIMS = Table(
    "claims", METADATA,
    Column("seq", SEQUENCE, primary_key=True, autoincrement=True),
    Column("claim_id", CODE, nullable=False), Column("kind", CODE, nullable=False),
    Column("text_id", CODE, ForeignKey("texts.text_id"), nullable=False),
    Column("document_id", CODE, ForeignKey("documents.document_id"), nullable=False),
    *_span("quote_"), Column("page", Integer), Column("paragraph", Integer),
    Column("modality", CODE, nullable=False), Column("date_start", CODE), Column("date_end", CODE),
    Column("first_seen", CODE), Column("last_seen", CODE), Column("from_day", CODE), Column("to_day", CODE),
    Column("dated", Boolean, nullable=False), Column("state", CODE), Column("stance", Text),
    Column("extractor", Text, nullable=False), Column("exact", Boolean, nullable=False),
    Column("status", CODE, nullable=False), Column("credibility", CODE), Column("corrected_by", CODE),
    Column("entered", CODE, nullable=False), Column("by_whom", Text, nullable=False),
    Index("claims_claim_id", "claim_id", unique=True), Index("claims_kind", "kind", "seq"),
    Index("claims_status", "status", "kind", "seq"), Index("claims_document_id", "document_id", "seq"),
    Index("claims_text_id", "text_id", "seq"),
    sqlite_autoincrement=True,
)  # fmt: skip
"""`from_day`, `to_day`: outside these its cited beginning or end rules it out; NULL is open. `dated`: any date is cited."""

ARGUMENTS = Table(
    "arguments", METADATA,
    *_of_claim(), Column("role", CODE, nullable=False), Column("type", CODE, nullable=False),
    *_span(nullable=True), Column("step", CODE), Column("value", Text), *_span("pronoun_", nullable=True),
    Column("entity_id", CODE, ForeignKey("entities.entity_id")), Column("is_subject", Boolean, nullable=False),
    Index("arguments_entity_id", "entity_id", "claim"),
)  # fmt: skip

ATTRIBUTIONS = Table("attributions", METADATA, *_of_claim(), *_span())
DATE_SPANS = Table("date_spans", METADATA, *_of_claim(), *_span())
NUMBERS = Table(
    "numbers", METADATA, *_of_claim(), Column("role", CODE, nullable=False), Column("low", Float),
    Column("high", Float), Column("referent", Text, nullable=False), *_span(),
)  # fmt: skip

REFUSALS = Table(
    "refusals", METADATA,
    Column("refusal", SEQUENCE, primary_key=True, autoincrement=True),
    Column("text_id", CODE, ForeignKey("texts.text_id"), nullable=False), Column("claim_id", CODE, nullable=False),
    Column("kind", Text, nullable=False), Column("extractor", Text, nullable=False), Column("reason", Text, nullable=False),
    Column("field", Text, nullable=False), Column("proposal", Text, nullable=False), Column("at", CODE, nullable=False),
    Index("refusals_text_id", "text_id", "claim_id", "extractor", unique=True),
    sqlite_autoincrement=True,
)  # fmt: skip

PASSES = Table(
    "passes", METADATA,
    Column("text_id", CODE, ForeignKey("texts.text_id"), primary_key=True), Column("extractor", CODE, primary_key=True),
    Column("at", CODE, nullable=False), Column("by_whom", Text, nullable=False),
    Column("entered", Integer, nullable=False), Column("known", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
)  # fmt: skip

ENTITIES = Table(
    "entities", METADATA,
    Column("entity_id", CODE, primary_key=True), Column("type", CODE, nullable=False),
    Column("name", Text, nullable=False), Column("folded", Text, nullable=False),
    Column("document_id", CODE, ForeignKey("documents.document_id")), Column("canonical_id", CODE, nullable=False),
    Index("entities_canonical_id", "canonical_id"), Index("entities_document_id", "document_id"),
    Index("entities_type", "type", "canonical_id"),
)  # fmt: skip

ENTITY_WORDS = Table(
    "entity_words", METADATA,
    Column("word", CODE, primary_key=True),
    Column("entity_id", CODE, ForeignKey("entities.entity_id", ondelete="CASCADE"), primary_key=True),
    Index("entity_words_entity_id", "entity_id"),
)  # fmt: skip
"""Made from the names of entities, so that a name is found by any of its words."""

MENTIONS = Table(
    "mentions", METADATA,
    Column("text_id", CODE, ForeignKey("texts.text_id"), primary_key=True),
    Column("start", Integer, primary_key=True), Column("stop", Integer, primary_key=True),
    Column("words", Text, nullable=False), Column("type", CODE, nullable=False),
    Column("entity_id", CODE, ForeignKey("entities.entity_id"), nullable=False),
    Index("mentions_entity_id", "entity_id", "text_id", "start"),
)  # fmt: skip
"""Known names where they stand in texts of any language; a name is no claim."""

PASSAGES = Table(
    "passages", METADATA, Column("text_id", CODE, ForeignKey("texts.text_id"), primary_key=True),
    Column("document_id", CODE, ForeignKey("documents.document_id"), nullable=False),
    Column("first", SEQUENCE, nullable=False), Column("count", Integer, nullable=False),
    Index("passages_first", "first", unique=True), Index("passages_document_id", "document_id"),
)  # fmt: skip
"""The numbers under which a text's segments stand in the index of words: `first` is that of segment 0. Made from segments."""

JUDGEMENTS = Table(
    "judgements", METADATA,
    Column("left_id", CODE, ForeignKey("entities.entity_id"), primary_key=True),
    Column("right_id", CODE, ForeignKey("entities.entity_id"), primary_key=True),
    Column("verdict", CODE, nullable=False), Column("by_whom", Text, nullable=False), Column("why", Text, nullable=False),
    Column("at", CODE, nullable=False), Index("judgements_right_id", "right_id"),
)  # fmt: skip
"""Those that stand, one a pair; what stood before is in the history."""

GRADES = Table(
    "grades", METADATA,
    Column("axis", CODE, primary_key=True), Column("subject", CODE, primary_key=True),
    Column("value", CODE, nullable=False), Column("by_whom", Text, nullable=False), Column("why", Text, nullable=False),
    Column("at", CODE, nullable=False),
)  # fmt: skip
"""Those that stand: `axis` is `reliability` of a source or `credibility` of a claim."""

HISTORY = Table(
    "history", METADATA,
    Column("entry", SEQUENCE, primary_key=True, autoincrement=True), Column("at", CODE, nullable=False),
    Column("by_whom", Text, nullable=False), Column("action", CODE, nullable=False),
    Column("subject", Text, nullable=False), Column("topic", Text, nullable=False), Column("why", Text, nullable=False),
    Column("before", Text), Column("after", Text), Column("undoes", SEQUENCE),
    Column("removal", Integer, nullable=False, server_default="0"),
    Index("history_subject", "subject", "entry"), Index("history_topic", "topic", "entry"),
    Index("history_undoes", "undoes"), sqlite_autoincrement=True,
)  # fmt: skip

REMOVALS = Table(
    "removals", METADATA,
    Column("removal", Integer, primary_key=True, autoincrement=True), Column("at", CODE, nullable=False),
    Column("by_whom", Text, nullable=False), Column("why", Text, nullable=False), Column("what", Text, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip
"""That something was removed, when, by whom and why; `what` counts it and never names it."""

BARRED = Table(
    "barred", METADATA, Column("digest", CODE, primary_key=True),
    Column("removal", Integer, ForeignKey("removals.removal"), nullable=False),
)  # fmt: skip
"""Keyed hashes of what was removed, so that the next reading does not bring it back."""

KEPT = {
    table.name: table
    for table in (
        META, DOCUMENTS, TEXTS, SEGMENTS, ENTITIES, MENTIONS, CLAIMS, ARGUMENTS, ATTRIBUTIONS, DATE_SPANS, NUMBERS, REFUSALS,
        PASSES, JUDGEMENTS, GRADES, HISTORY, REMOVALS, BARRED,
    )
}  # fmt: skip
"""The tables that a whole record is made of, each after those it stands on. What else there is follows from them."""
