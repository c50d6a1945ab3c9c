"""Notes of a few words, read by one rule; all that it proposes must pass the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.case.dates import PartialDate
from tocsin.record.extract.mention import Annotated
from tocsin.record.extract.rules import designated, posts
from tocsin.record.gate import check
from tocsin.record.reading import Given, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tocsin.record.claim import Proposal
    from tocsin.record.document import Document, Text

DAY = "2020-06-12"  # a Friday


def note(words: str, published: str | None = DAY) -> tuple[Document, Text]:
    given = Given(published=PartialDate.parse(published)) if published else Given()
    document, text = read_bytes(words.encode(), name="note.md", given=given)
    assert text is not None
    return document, text


def read(
    rule: Callable[[Annotated, Document], Iterator[Proposal]], words: str, published: str | None = DAY
) -> tuple[Proposal, ...]:  # fmt: skip
    document, text = note(words, published)
    found = tuple(rule(Annotated(text, (), ()), document))
    assert [check(p, text) for p in found] == [None] * len(found)
    return found


def designations(words: str, published: str | None = DAY) -> tuple[Proposal, ...]:
    return read(designated.propose, words, published)


def designations_told(words: str) -> list[tuple[str, str, str, list[str], list[str]]]:
    """Who, in which state, when, by whom and under which laws."""
    rows = []
    for p in designations(words):
        who = p.first("who")
        assert who is not None
        assert p.state is not None
        laws = sorted({a.value or "" for a in p.arguments if a.role == "authority"})
        by = [a.words for a in p.arguments if a.role == "by"]
        rows.append((who.words, p.state.value, str(p.dates.start or p.dates.end), by, laws))
    return rows


def held(words: str, published: str | None = DAY) -> tuple[Proposal, ...]:
    return read(posts.propose, words, published)


def held_told(words: str) -> list[tuple[str, str, str | None]]:
    """Who holds which post of what body."""
    rows = []
    for p in held(words):
        person, post, body = (p.first(role) for role in ("person", "post", "organisation"))
        assert person is not None
        assert post is not None
        rows.append((person.words, post.words, body.words if body else None))
    return rows
