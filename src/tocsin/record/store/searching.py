"""Finding claims by words: an index in each engine's own form, over words that are folded here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.record.store.rows import kind_word, search_text
from tocsin.record.store.tables import CLAIMS
from tocsin.record.store.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.claim import Proposal

_PUT = {
    "sqlite": sa.text("INSERT INTO claim_words(rowid, words) VALUES (:claim, :words)"),
    "postgresql": sa.text(
        "INSERT INTO claim_words(claim, words) VALUES (:claim, array_to_tsvector(string_to_array(:words, ' ')))"
    ),
}
_TAKE = {
    "sqlite": sa.text("INSERT INTO claim_words(claim_words, rowid, words) VALUES ('delete', :claim, :words)"),
    "postgresql": sa.text("DELETE FROM claim_words WHERE claim = :claim"),
}
_FIND = {
    "sqlite": "SELECT rowid AS seq FROM claim_words WHERE claim_words MATCH :query AND rowid > :after"
    " ORDER BY rowid LIMIT :limit",
    "postgresql": "SELECT claim AS seq FROM claim_words WHERE words @@ CAST(:query AS tsquery) AND claim > :after"
    " ORDER BY claim LIMIT :limit",
}


def put(connection: sa.Connection, claims: Sequence[tuple[int, Proposal]]) -> None:
    """Let claims be found by their words."""
    rows = [{"claim": seq, "words": search_text(proposal)} for seq, proposal in claims]
    if rows:
        connection.execute(_PUT[connection.dialect.name], rows)


def take(connection: sa.Connection, claims: Sequence[tuple[int, Proposal]]) -> None:
    """Let claims be found no more; the proposals are as they were put."""
    rows = [{"claim": seq, "words": search_text(proposal)} for seq, proposal in claims]
    if rows:
        connection.execute(_TAKE[connection.dialect.name], rows)


def find(connection: sa.Connection, words: str, *, kind: str | None, limit: int, after: int) -> list[int]:
    """Keys of the claims that hold every one of the words, in the record's order; none where no word is given."""
    query = _query(connection, words, kind)
    if query is None:
        return []
    values = {"query": query, "after": after, "limit": limit}
    return list(connection.scalars(sa.text(_FIND[connection.dialect.name]), values))


def leading(connection: sa.Connection, words: str, *, kind: str | None, after: int, limit: int) -> sa.Subquery | None:
    """The same keys as a table of one column, `seq`, to join others with; None where no word is given."""
    query = _query(connection, words, kind)
    if query is None:
        return None
    found = sa.text(_FIND[connection.dialect.name]).bindparams(query=query, after=after, limit=limit)
    return found.columns(sa.column("seq", CLAIMS.c.seq.type)).subquery()


def _query(connection: sa.Connection, words: str, kind: str | None) -> str | None:
    """What the index is asked, in the engine's own form."""
    wanted = words_of(words)
    if not wanted:
        return None
    if kind is not None:
        wanted.append(kind_word(kind))
    # each word is letters and digits alone and stands in quotes, so that nothing in it is read as an operator
    quote, joint = ('"', " ") if connection.dialect.name == "sqlite" else ("'", " & ")
    return joint.join(f"{quote}{word}{quote}" for word in dict.fromkeys(wanted))
