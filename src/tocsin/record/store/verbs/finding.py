"""What pages ask of claims: answers of bounded size, in bounded time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.store import entities, finding, queueing, windows
from tocsin.record.store.verbs.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tocsin.record.claim import ClaimStatus
    from tocsin.record.document import Document
    from tocsin.record.store.asked import Asked, Page, Tally
    from tocsin.record.store.outlines import Dates
    from tocsin.record.store.values import Entity, StoredClaim
    from tocsin.record.store.windows import Head, Naming, Window


class FindingVerbs(Transactions):
    """A record's claims and texts, a page at a time."""

    def find(self, asked: Asked, *, limit: int = 50, after: int = 0, most: int = finding.LOOKED_AT) -> Page:
        """The next claims that meet all that is asked, in the record's order.

        Args:
            asked: what is asked.
            limit: claims at most.
            after: where to begin: a place in the record's order.
            most: claims that are looked at, at most; the page says where to look on.
        """
        with self.connection() as connection:
            return finding.find(connection, asked, limit=limit, after=after, most=most)

    def tally(self, asked: Asked, *, most: int = finding.LOOKED_AT) -> Tally:
        """How many claims of each kind and standing meet what else is asked, counted up to a bound."""
        with self.connection() as connection:
            return finding.tally(connection, asked, most=most)

    def count_each(self, documents: Sequence[str]) -> dict[str, int]:
        """How many claims each document holds, by its id, counted no further than one above COUNTED."""
        with self.connection() as connection:
            return finding.count_each(connection, documents)

    def dated(self, asked: Asked, *, most: int) -> tuple[list[tuple[int, Dates]], bool]:
        """Places in the record's order and cited dates of claims that meet what is asked; and whether these are all."""
        with self.connection() as connection:
            return finding.dated(connection, asked, most=most)

    def naming(self, ids: Sequence[str], *, kinds: Collection[str], each: int) -> tuple[list[StoredClaim], bool]:
        """Some claims of some kinds that name one of several entities, rejected ones left out; and whether these are all.

        Args:
            ids: of entities as claims name them: each member of those that were joined.
            kinds: of the claims wanted.
            each: claims of each kind, at most.
        """
        with self.connection() as connection:
            return finding.naming(connection, ids, kinds=kinds, each=each)

    def called(self, name: str, *, limit: int, most: int = 2_000) -> list[Entity]:
        """Some entities whose names have all these words, found in bounded time: not all, where the words are common.

        Args:
            name: the words.
            limit: entities at most.
            most: entities of the rarest of the words that are looked at, at most.
        """
        with self.connection() as connection:
            return entities.called(connection, name, limit=limit, most=most)

    def heads(self, document_id: str) -> list[Head]:
        """A document's texts without their characters, the first made first."""
        with self.connection() as connection:
            return windows.heads(connection, document_id)

    def window(self, text_id: str, *, first: int = 0, limit: int = 60) -> Window:
        """Some segments of a text with their characters.

        Raises:
            UnknownName: the record has no such text.
        """
        with self.connection() as connection:
            return windows.window(connection, text_id, first=first, limit=limit)

    def window_around(self, text_id: str, start: int, end: int, *, around: int) -> Window:
        """The segments that a stretch of a text stands in, and some before and after it.

        Raises:
            UnknownName: the record has no such text.
        """
        with self.connection() as connection:
            return windows.around(connection, text_id, start, end, around=around)

    def claims_within(self, text_id: str, start: int, end: int, *, limit: int) -> list[int]:
        """Places in the record's order of claims whose quotes touch a stretch of a text."""
        with self.connection() as connection:
            return windows.claims_within(connection, text_id, start, end, limit=limit)

    def characters(self, text_id: str) -> str:
        """All characters of a text.

        Raises:
            UnknownName: the record has no such text.
        """
        with self.connection() as connection:
            return windows.characters(connection, text_id)

    def segment_at(self, text_id: str, offset: int) -> int:
        """The number of the segment that holds an offset of a text, or of the last one before it."""
        with self.connection() as connection:
            return windows.segment_at(connection, text_id, offset)

    def documents_page(self, *, words: str = "", limit: int = 50, after: str | None = None) -> list[Document]:
        """Documents in order of their names, from the one after `after` on; those whose name or title holds some words."""
        with self.connection() as connection:
            return windows.documents_page(connection, words=words, limit=limit, after=after)

    def documents_of(self, ids: Sequence[str]) -> dict[str, Document]:
        """Documents by their hashes."""
        with self.connection() as connection:
            return windows.documents_of(connection, ids)

    def namings(self, ids: Sequence[str], *, limit: int, around: int = 120) -> list[Naming]:
        """Some places where these entities are named in texts of any language, with the characters around each."""
        with self.connection() as connection:
            return windows.namings(connection, ids, limit=limit, around=around)

    def state(self) -> tuple[int, int, int]:
        """What changes when the record does: its newest claim, its newest line of history, judgements that stand."""
        with self.connection() as connection:
            return windows.state(connection)

    def count_up_to(self, most: int) -> int:
        """How many claims there are, counted no further than `most`."""
        with self.connection() as connection:
            return finding.count_up_to(connection, most)

    def waiting(
        self, *, kind: str | None = None, status: ClaimStatus | None = None, document: str | None = None,
        after: queueing.At | None = None, limit: int = 20,
    ) -> list[queueing.At]:  # fmt: skip
        """The next claims that wait for review, by standing, kind and the record's order: their places in the queue."""
        with self.connection() as connection:
            return queueing.waiting(
                connection, kind=kind, status=status, document=document, after=after, limit=limit
            )  # fmt: skip
