"""The record: what is asked of it and what is done to it, each in one transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from tocsin.record.claim import Modality
from tocsin.record.store import (
    checking,
    claims,
    deciding,
    documents,
    entering,
    entities,
    judging,
    mentions,
    naming,
    opening,
    outlines,
    passages,
    refusals,
    removing,
    searching,
    undoing,
    whole,
)
from tocsin.record.store import history as past
from tocsin.record.store.barring import Barring
from tocsin.record.store.faults import told
from tocsin.record.store.values import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import sqlalchemy as sa

    from tocsin.record.claim import Argument, ClaimStatus, EntityType, Proposal, Span
    from tocsin.record.document import Document, Text
    from tocsin.record.extract.mention import Mention
    from tocsin.record.store.outlines import Named, Outline
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
        Violation,
    )
    from tocsin.vocabulary import Credibility, Reliability


class Record:
    """Documents, claims, entities and judgements with their history. Open one with `open_record`, and close it by `with`.

    Every method is one short transaction. Faults of the database come as FileProblem, with words.
    """

    def __init__(self, engine: sa.Engine, name: str, key: bytes) -> None:
        self.name = name
        self._engine = engine
        self._key = key

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def connection(self) -> Iterator[sa.Connection]:
        """One transaction that reads: all that is read in it is of one moment."""
        with told(self.name), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """One transaction that writes; nothing is kept if it fails."""
        with told(self.name), self._engine.connect() as plain:
            connection = plain.execution_options(**opening.WRITES)
            with connection.begin():
                yield connection

    def add(self, document: Document, text: Text | None) -> None:
        """Put a document in, with its text where it has one; what is known of it is brought up to date."""
        with self._writing() as connection:
            documents.add(connection, document, text, Barring.of(connection, self._key))

    def documents(self) -> list[Document]:
        """All documents, in order of their names."""
        with self.connection() as connection:
            return documents.documents(connection)

    def older_versions(self) -> dict[str, str]:
        """Documents whose file was changed and read again since, each with the newest document of the same name.

        Files whose names a removal blacked out are not told apart, and not among them.
        """
        with self.connection() as connection:
            return documents.older_versions(connection)

    def document(self, document_id: str) -> Document | None:
        """The document of that hash; None where the record has none."""
        with self.connection() as connection:
            return documents.document(connection, document_id)

    def texts_of(self, document_id: str) -> list[Text]:
        """A document's texts, the first made first."""
        with self.connection() as connection:
            return documents.texts_of(connection, document_id)

    def text(self, text_id: str) -> Text:
        """The text of that id.

        Raises:
            UnknownName: the record has no such text.
        """
        with self.connection() as connection:
            return documents.text(connection, text_id)

    def is_done(self, text_id: str, extractor: str) -> bool:
        """Whether an extractor (`rules 1`) has read a text."""
        with self.connection() as connection:
            return documents.is_done(connection, text_id, extractor)

    def enter(self, text: Text, proposals: Iterable[Proposal], *, extractor: str, by: str) -> Entered:
        """Put an extractor's proposals for a text before the gate: the only way in. A second time changes nothing.

        Raises:
            OutOfRange: the record does not hold the text.
        """
        whole_list = list(proposals)
        with self._writing() as connection:
            barring = Barring.of(connection, self._key)
            return entering.enter(connection, text, whole_list, extractor=extractor, by=by, barring=barring)

    def claims(
        self, *, kind: str | None = None, status: ClaimStatus | None = None, document: str | None = None,
        entity: str | None = None, about: str | None = None, on: date | None = None, place: str | None = None,
        claimed_before: date | None = None, limit: int | None = None, after: str | None = None,
    ) -> list[StoredClaim]:  # fmt: skip
        """Claims that meet all that is asked, in the record's order.

        Args:
            kind: name of a kind of claim.
            status: where they stand in review.
            document: a document's hash.
            entity: an entity that they name in any role; what is joined with it counts too.
            about: an entity that is their subject.
            on: a day that their cited beginning and end do not rule out; claims without any date are left out.
            place: a place, site or state that they name, by id or by name.
            claimed_before: only of documents surely published before that day; those of unknown date are left out.
            limit: how many at most; None is all.
            after: the claim_id of the last one seen.
        """
        with self.connection() as connection:
            where = claims.conditions(
                connection, kind=kind, status=status, document=document, entity=entity, about=about, on=on, place=place,
                claimed_before=claimed_before,
            )  # fmt: skip
            return claims.claims(connection, where, limit=limit, after=after)

    def claims_at(self, seqs: Sequence[int]) -> list[StoredClaim]:
        """The claims at these places of the record's order, as outlines give them, in the order given."""
        with self.connection() as connection:
            return claims.with_keys(connection, seqs)

    def outlines(
        self,
        kind: str,
        *,
        roles: Collection[str],
        modalities: Collection[str],
        figures: bool = False,
        quotes: bool = False,
    ) -> Iterator[Outline]:
        """Claims of a kind without their quotes, in the record's order; rejected ones are left out. A million take seconds.

        Args:
            kind: name of a kind of claim.
            roles: whose fillings are wanted.
            modalities: how the claims are put.
            figures: whether numbers are wanted.
            quotes: whether quotes are wanted all the same.
        """
        with self.connection() as connection:
            yield from outlines.outlines(
                connection, kind, roles=roles, modalities=modalities, figures=figures, quotes=quotes
            )

    def names(self) -> Iterator[Named]:
        """Every name of every entity, as claims give it, in order of ids as they were before judgements."""
        with self.connection() as connection:
            yield from outlines.names(connection)

    def kinds_denied(self) -> set[str]:
        """Kinds of which a claim that is not rejected denies something."""
        with self.connection() as connection:
            return outlines.kinds_denied(connection, Modality.DENIED.value)

    def claim(self, claim_id: str) -> StoredClaim | None:
        """The claim of that id; None where the record has none."""
        with self.connection() as connection:
            return claims.claim(connection, claim_id)

    def count(
        self, *, kind: str | None = None, status: ClaimStatus | None = None, document: str | None = None,
        entity: str | None = None, about: str | None = None, on: date | None = None, place: str | None = None,
        claimed_before: date | None = None,
    ) -> int:  # fmt: skip
        """How many claims meet all that is asked, in the words of `claims`."""
        with self.connection() as connection:
            where = claims.conditions(
                connection, kind=kind, status=status, document=document, entity=entity, about=about, on=on, place=place,
                claimed_before=claimed_before,
            )  # fmt: skip
            return claims.count(connection, where)

    def search(
        self, words: str, *, kind: str | None = None, limit: int = 50, after: str | None = None
    ) -> list[StoredClaim]:
        """Claims whose quote and names hold every one of the words, in the record's order; case and marks do not count."""
        with self.connection() as connection:
            last = claims.seq_of(connection, after) if after else 0
            found = searching.find(connection, words, kind=kind, limit=limit, after=last)
            return claims.with_keys(connection, found)

    def search_texts(
        self, words: str, *, document: str | None = None, without_claims: bool = False, limit: int = 50
    ) -> list[Passage]:  # fmt: skip
        """Segments of texts of any language that hold every one of the words, in the record's order.

        Case, accents, vowel marks and the spellings of Arabic letters do not count, and a word is found under what Arabic
        writes onto it (والموصل by الموصل or موصل).

        Args:
            words: the words; nothing in them is an operator.
            document: only in the document of that hash.
            without_claims: only in documents that no claim was read from.
            limit: how many at most.
        """
        with self.connection() as connection:
            return passages.search(connection, words, document=document, without_claims=without_claims, limit=limit)

    def keep_mentions(self, text: Text, found: Iterable[Mention]) -> Kept:
        """Keep the known names found in a text, each verbatim at its offsets or refused; those without an id are left out.

        A second time changes nothing.

        Raises:
            OutOfRange: the record does not hold the text.
        """
        whole_list = list(found)
        with self._writing() as connection:
            return mentions.keep(connection, text, whole_list, Barring.of(connection, self._key))

    def mentions(
        self, *, entity: str | None = None, document: str | None = None, limit: int | None = None
    ) -> list[StoredMention]:  # fmt: skip
        """Known names where they stand: of an entity and what is joined with it, in a document, or all."""
        with self.connection() as connection:
            return mentions.mentions(connection, entity=entity, document=document, limit=limit)

    def name_known(self, names: Mapping[str, str]) -> int:
        """Give the entities `known:ID` the names that readers know them by, by ID; returns how many changed."""
        with self._writing() as connection:
            return naming.name_known(connection, names, Barring.of(connection, self._key))

    def identify(self, left: str, right: str, *, by: str, why: str) -> int | None:
        """Join two entities that are one by a code (a country's), unless a person ever judged the two.

        Gives the line of the history, which can be taken back; None where nothing was done.
        """
        with self._writing() as connection:
            return judging.identify(connection, left, right, by=by, why=why)

    def decide(self, claim_id: str, status: ClaimStatus, *, by: str, why: str) -> int:
        """Set where a claim stands; gives the line of the history.

        Raises:
            UnknownName: the record has no such claim.
            InputError: nobody is named, or no reason is given.
        """
        with self._writing() as connection:
            return deciding.decide(connection, claim_id, status, by=by, why=why)

    def correct(self, claim_id: str, quote: Span, arguments: Sequence[Argument], *, by: str, why: str) -> str:
        """Put a corrected claim through the gate and reject the old one; gives the new one's id.

        Raises:
            UnknownName: the record has no such claim.
            InputError: the gate turns the correction away, or it changes nothing.
        """
        with self._writing() as connection:
            return deciding.correct(connection, claim_id, quote, arguments, by=by, why=why)

    def grade_source(self, source_key: str, reliability: Reliability | None, *, by: str, why: str) -> int:
        """Grade a source's reliability; None takes the grade back. Gives the line of the history."""
        with self._writing() as connection:
            return deciding.grade_source(connection, source_key, reliability, by=by, why=why)

    def grade_claim(self, claim_id: str, credibility: Credibility | None, *, by: str, why: str) -> int:
        """Grade a claim's credibility; None takes the grade back. Gives the line of the history."""
        with self._writing() as connection:
            return deciding.grade_claim(connection, claim_id, credibility, by=by, why=why)

    def source_grades(self) -> dict[str, Reliability]:
        """The reliability of each source that a person graded."""
        with self.connection() as connection:
            return deciding.source_grades(connection)

    def judge(self, left: str, right: str, verdict: Verdict | str, *, by: str, why: str) -> int:
        """Judge whether two entities are one: `same`, `not same` or `unsure`; gives the line of the history.

        Raises:
            UnknownName: the record has no such entity.
            InputError: judgements that stand say otherwise.
        """
        with self._writing() as connection:
            return judging.judge(connection, left, right, Verdict(verdict), by=by, why=why)

    def judgements(self, entity_id: str | None = None) -> list[Judgement]:
        """Judgements that stand; those on one entity and what is joined with it, where it is given."""
        with self.connection() as connection:
            return entities.judgements(connection, entity_id)

    def entities(
        self, *, name: str | None = None, type: EntityType | None = None, document: str | None = None,  # noqa: A002  # the word of the domain
        limit: int | None = None, after: str | None = None,
    ) -> list[Entity]:  # fmt: skip
        """Entities in order of their ids: with a name that has all these words, of a type, from a document."""
        with self.connection() as connection:
            return entities.entities(connection, name=name, type=type, document=document, limit=limit, after=after)

    def entity(self, entity_id: str) -> Entity | None:
        """The entity of that id, or that has a member of that id; None where the record has none."""
        with self.connection() as connection:
            return entities.entity(connection, entity_id)

    def refusals(
        self, *, document: str | None = None, limit: int | None = None, after: int | None = None
    ) -> list[StoredRefusal]:
        """What the gate turned away, in the record's order: for review, never claims."""
        with self.connection() as connection:
            return refusals.refusals(connection, document=document, limit=limit, after=after)

    def history(self, subject: str | None = None, *, limit: int | None = None, after: int | None = None) -> list[Entry]:
        """Lines of the history in order; of one claim, source, entity or document, where its id is given."""
        with self.connection() as connection:
            return past.history(connection, subject=subject, limit=limit, after=after)

    def undo(self, entry: int, *, by: str, why: str) -> int:
        """Take back one line of the history; gives the line that says so.

        Raises:
            UnknownName: the history has no such line.
            InputError: it cannot be undone, or a later line stands on it.
        """
        with self._writing() as connection:
            return undoing.undo(connection, entry, by=by, why=why)

    def remove_person(self, entity_id: str, *, by: str, why: str, everywhere: bool = False) -> Removed:
        """Take a person's data out of the record; it does not come back when the documents are read again.

        Args:
            entity_id: one of the person's entities.
            by: who decides.
            why: the reason.
            everywhere: every person of the same whole name, and the name in every document, whoever it means there, those
                that come later included.

        Raises:
            UnknownName: the record has no such entity.
            InputError: it is no person.
        """
        with self._writing() as connection:
            done = removing.remove_person(connection, entity_id, by=by, why=why, key=self._key, everywhere=everywhere)
        with told(self.name):
            removing.clean_up(self._engine)
        return done

    def violations(self) -> Iterator[Violation]:
        """Every stored claim held against its stored text: there must be none."""
        with self.connection() as connection:
            yield from checking.violations(connection)

    def every(
        self, table: str, *, batch: int = whole.BATCH, connection: sa.Connection | None = None
    ) -> Iterator[dict[str, Any]]:
        """All rows of a table in the order of its key, a batch at a time; in a given transaction, or one of its own.

        Raises:
            UnknownName: a whole record has no such table.
        """
        if connection is not None:
            yield from whole.every(connection, table, batch=batch)
            return
        with self.connection() as own:
            yield from whole.every(own, table, batch=batch)

    def load(self, rows: Iterable[tuple[str, Mapping[str, Any]]], *, batch: int = whole.BATCH) -> int:
        """Put a whole record back into this empty one: `(table, row)` in the order of `TABLES`; gives the number of rows.

        Raises:
            InputError: this record is not empty.
            TableProblem: the tables are not in order, or a row does not fit.
        """
        with self._writing() as connection:
            count = whole.load(connection, rows, batch=batch)
        with self.connection() as connection:
            self._key = opening.key_of(connection)
        return count


def open_record(address: str | Path, *, create: bool = True) -> Record:
    """Open a record: a file of SQLite by its path, or a database of PostgreSQL by its address.

    Args:
        address: a path, or an address such as `postgresql://host/name`.
        create: make the record where there is none yet.

    Raises:
        FileProblem: it is no record, cannot be opened, is locked for long, or was written by a newer Tocsin.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, open_record(f"{folder}/record.db") as record:
        ...     record.count(), record.documents()
        (0, [])
    """
    engine, name = opening.engine_for(address)
    try:
        return Record(engine, name, opening.prepare(engine, name, create=create))
    except BaseException:
        engine.dispose()
        raise
