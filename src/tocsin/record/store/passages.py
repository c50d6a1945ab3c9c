"""Finding passages of texts by words, in every language: an index of all segments, over words that are folded here."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from tocsin.record.store.arabic import asked_as, keys_of
from tocsin.record.store.tables import CLAIMS, DOCUMENTS, PASSAGES, SEGMENTS, TEXTS
from tocsin.record.store.values import Passage
from tocsin.record.store.wording import placed_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AT_ONCE = 1000
"""Segments written to the index, or hits looked at, by one statement."""
_PUT = {
    "sqlite": sa.text("INSERT INTO passage_words(rowid, words) VALUES (:passage, :words)"),
    "postgresql": sa.text(
        "INSERT INTO passage_words(passage, words) VALUES (:passage, array_to_tsvector(string_to_array(:words, ' ')))"
    ),
}
_TAKE = {
    "sqlite": sa.text("INSERT INTO passage_words(passage_words, rowid, words) VALUES ('delete', :passage, :words)"),
    "postgresql": sa.text("DELETE FROM passage_words WHERE passage = :passage"),
}
_FIND = {
    "sqlite": sa.text(
        "SELECT rowid FROM passage_words WHERE passage_words MATCH :query AND rowid >= :low AND rowid <= :high"
        " ORDER BY rowid LIMIT :limit"
    ),
    "postgresql": sa.text(
        "SELECT passage FROM passage_words WHERE words @@ CAST(:query AS tsquery) AND passage >= :low AND passage <= :high"
        " ORDER BY passage LIMIT :limit"
    ),
}


class _Run(NamedTuple):
    """Numbers of passages that follow one another, both ends within."""

    low: int
    high: int


def add(
    connection: sa.Connection, text_id: str, document_id: str, whole: str, places: Sequence[tuple[int, int]]
) -> None:  # fmt: skip
    """Let the segments of a new text be found by their words; `places` are where they begin and end, in order."""
    if not places:
        return
    last = sa.select(PASSAGES.c.first + PASSAGES.c.count).order_by(PASSAGES.c.first.desc()).limit(1)
    first = connection.scalar(last) or 1
    connection.execute(
        PASSAGES.insert().values(text_id=text_id, document_id=document_id, first=first, count=len(places))
    )
    _write(connection, "put", ((first + n, whole[a:b]) for n, (a, b) in enumerate(places)))


def renew(connection: sa.Connection, text_id: str, before: str, after: str) -> None:
    """Let the segments of a text whose characters a removal changed be found by what is left of them."""
    first = connection.scalar(sa.select(PASSAGES.c.first).where(PASSAGES.c.text_id == text_id))
    if first is None:
        return
    changed = [
        (first + n, a, b) for n, (a, b) in enumerate(_places(connection, text_id)) if before[a:b] != after[a:b]
    ]  # fmt: skip
    _write(connection, "take", ((passage, before[a:b]) for passage, a, b in changed))
    _write(connection, "put", ((passage, after[a:b]) for passage, a, b in changed))


def complete(connection: sa.Connection) -> None:
    """Index every text that is not indexed yet: of a record that was brought up, or put back from its rows."""
    has_segments = sa.exists().where(SEGMENTS.c.text_id == TEXTS.c.text_id)
    missing = (
        sa.select(TEXTS.c.text_id)
        .where(TEXTS.c.text_id.not_in(sa.select(PASSAGES.c.text_id)), has_segments)
        .order_by(TEXTS.c.added, TEXTS.c.text_id)
    )
    for text_id in list(connection.scalars(missing)):
        of_text = sa.select(TEXTS.c.document_id, TEXTS.c.text).where(TEXTS.c.text_id == text_id)
        document_id, whole = connection.execute(of_text).one()
        add(connection, text_id, document_id, whole, _places(connection, text_id))


def index(connection: sa.Connection) -> None:
    """Index the texts of a record that was put back with the numbers of its passages."""
    numbered = list(connection.execute(sa.select(PASSAGES.c.text_id, PASSAGES.c.first).order_by(PASSAGES.c.first)))
    for text_id, first in numbered:
        whole = str(connection.scalar(sa.select(TEXTS.c.text).where(TEXTS.c.text_id == text_id)))
        places = _places(connection, text_id)
        _write(connection, "put", ((first + n, whole[a:b]) for n, (a, b) in enumerate(places)))


def _places(connection: sa.Connection, text_id: str) -> list[tuple[int, int]]:
    query = sa.select(SEGMENTS.c.start, SEGMENTS.c.stop).where(SEGMENTS.c.text_id == text_id)
    return [(row.start, row.stop) for row in connection.execute(query.order_by(SEGMENTS.c.number))]


def _write(connection: sa.Connection, what: str, segments: Iterable[tuple[int, str]]) -> None:
    statement = (_PUT if what == "put" else _TAKE)[connection.dialect.name]
    rows = [{"passage": passage, "words": index_words(words)} for passage, words in segments]
    for at in range(0, len(rows), AT_ONCE):
        connection.execute(statement, rows[at : at + AT_ONCE])


def index_words(segment: str) -> str:
    """The words by which a segment is found, each once.

    Example:
        >>> index_words("Şükrü and the Şükrü bridge")
        'sukru and the bridge'
    """
    return " ".join(dict.fromkeys(key for word in dict.fromkeys(words_of(segment)) for key in keys_of(word)))


def search(
    connection: sa.Connection, words: str, *, document: str | None, without_claims: bool, limit: int
) -> list[Passage]:  # fmt: skip
    """Passages that hold every one of the words, in the record's order; none where no word is given."""
    wanted = tuple(dict.fromkeys(asked_as(word) for word in words_of(words)))
    wanted = tuple(word for word in wanted if word)
    if not wanted or limit < 1:
        return []
    runs = _runs(connection, document, without_claims=without_claims)
    return _passages(connection, _find(connection, wanted, runs, limit), frozenset(wanted))


def _runs(connection: sa.Connection, document: str | None, *, without_claims: bool) -> list[_Run]:
    """Where passages are looked for: everywhere, or in a document's texts, or in documents that made no claim."""
    if document is None and not without_claims:
        last = connection.scalar(sa.select(sa.func.max(PASSAGES.c.first + PASSAGES.c.count)))
        return [_Run(1, last)] if last else []
    query = sa.select(PASSAGES.c.first, PASSAGES.c.count)
    if document is not None:
        query = query.where(PASSAGES.c.document_id == document)
    if without_claims:
        query = query.where(~sa.exists().where(CLAIMS.c.document_id == PASSAGES.c.document_id))
    runs: list[_Run] = []
    for first, count in connection.execute(query.order_by(PASSAGES.c.first)):
        if runs and runs[-1].high + 1 == first:
            runs[-1] = _Run(runs[-1].low, first + count - 1)
        else:
            runs.append(_Run(first, first + count - 1))
    return runs


def _find(connection: sa.Connection, wanted: Sequence[str], runs: Sequence[_Run], limit: int) -> list[int]:
    """Numbers of the first passages within the runs that hold all words; what lies between two runs is leapt over."""
    # each word is letters and digits alone and stands in quotes, so that nothing in it is read as an operator
    quote, joint = ('"', " ") if connection.dialect.name == "sqlite" else ("'", " & ")
    query = joint.join(f"{quote}{word}{quote}" for word in wanted)
    found: list[int] = []
    lows = [run.low for run in runs]
    at = runs[0].low if runs else 0
    while runs and at <= runs[-1].high and len(found) < limit:
        values = {"query": query, "low": at, "high": runs[-1].high, "limit": min(limit, AT_ONCE)}
        hits = list(connection.scalars(_FIND[connection.dialect.name], values))
        found += [hit for hit in hits if (n := bisect_right(lows, hit)) and hit <= runs[n - 1].high]
        if len(hits) < min(limit, AT_ONCE):
            break
        following = bisect_right(lows, hits[-1])
        inside = hits[-1] < runs[following - 1].high
        at = hits[-1] + 1 if inside else (lows[following] if following < len(lows) else runs[-1].high + 1)
    return found[:limit]


def _passages(connection: sa.Connection, found: Sequence[int], wanted: frozenset[str]) -> list[Passage]:
    return [passage for number in found for passage in _passage(connection, number, wanted)]


def _passage(connection: sa.Connection, number: int, wanted: frozenset[str]) -> list[Passage]:
    """The passage of that number; its words are cut from the text by the database."""
    first = sa.select(sa.func.max(PASSAGES.c.first)).where(PASSAGES.c.first <= number).scalar_subquery()
    query = (
        sa.select(
            DOCUMENTS.c.document_id, DOCUMENTS.c.name, TEXTS.c.text_id, TEXTS.c.language, SEGMENTS.c.start,
            SEGMENTS.c.stop, SEGMENTS.c.page, SEGMENTS.c.paragraph,
            sa.func.substr(TEXTS.c.text, SEGMENTS.c.start + 1, SEGMENTS.c.stop - SEGMENTS.c.start).label("words"),
        )
        .select_from(PASSAGES)
        .join(TEXTS, TEXTS.c.text_id == PASSAGES.c.text_id)
        .join(DOCUMENTS, DOCUMENTS.c.document_id == TEXTS.c.document_id)
        .join(
            SEGMENTS, sa.and_(SEGMENTS.c.text_id == TEXTS.c.text_id, SEGMENTS.c.number == number - PASSAGES.c.first)
        )
        .where(PASSAGES.c.first == first)
    )  # fmt: skip
    return [
        Passage(
            document_id=row.document_id, document=row.name, language=row.language, text_id=row.text_id, start=row.start,
            end=row.stop, page=row.page, paragraph=row.paragraph, words=row.words, hits=_hits(row.words, wanted),
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _hits(words: str, wanted: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Where the words asked for stand in a passage."""
    return tuple((start, end) for word, start, end in placed_words(words) if not wanted.isdisjoint(keys_of(word)))
