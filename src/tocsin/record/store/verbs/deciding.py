"""What persons decide: where claims stand, grades, what is taken back, who is removed; and the history of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.store import deciding, guarding, removing, undoing
from tocsin.record.store import history as past
from tocsin.record.store.faults import told
from tocsin.record.store.verbs.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.claim import Argument, ClaimStatus, Span
    from tocsin.record.store.values import Entry, Removed
    from tocsin.vocabulary import Credibility, Reliability


class DecidingVerbs(Transactions):
    """A record's decisions, with their history.

    Where `seen` is given (the newest line on the claim or source that the writer saw, 0 for none), nothing is written over a
    line that came since: that is Outdated, and is found in the transaction that would write.
    """

    def decide(self, claim_id: str, status: ClaimStatus, *, by: str, why: str, seen: int | None = None) -> int:
        """Set where a claim stands; gives the line of the history.

        Raises:
            UnknownName: the record has no such claim.
            InputError: nobody is named, or no reason is given.
            Outdated: somebody else was faster.
        """
        with self._writing() as connection:
            guarding.refuse_outdated(connection, f"claim:{claim_id}", seen)
            return deciding.decide(connection, claim_id, status, by=by, why=why)

    def correct(
        self, claim_id: str, quote: Span, arguments: Sequence[Argument], *, by: str, why: str, seen: int | None = None
    ) -> str:  # fmt: skip
        """Put a corrected claim through the gate and reject the old one; gives the new one's id.

        Raises:
            UnknownName: the record has no such claim.
            InputError: the gate turns the correction away, or it changes nothing.
            Outdated: somebody else was faster.
        """
        with self._writing() as connection:
            guarding.refuse_outdated(connection, f"claim:{claim_id}", seen)
            return deciding.correct(connection, claim_id, quote, arguments, by=by, why=why)

    def grade_source(
        self, source_key: str, reliability: Reliability | None, *, by: str, why: str, seen: int | None = None
    ) -> int:  # fmt: skip
        """Grade a source's reliability; None takes the grade back. Gives the line of the history."""
        with self._writing() as connection:
            guarding.refuse_outdated(connection, f"source:{source_key}", seen)
            return deciding.grade_source(connection, source_key, reliability, by=by, why=why)

    def grade_claim(
        self, claim_id: str, credibility: Credibility | None, *, by: str, why: str, seen: int | None = None
    ) -> int:  # fmt: skip
        """Grade a claim's credibility; None takes the grade back. Gives the line of the history."""
        with self._writing() as connection:
            guarding.refuse_outdated(connection, f"claim:{claim_id}", seen)
            return deciding.grade_claim(connection, claim_id, credibility, by=by, why=why)

    def source_grades(self) -> dict[str, Reliability]:
        """The reliability of each source that a person graded."""
        with self.connection() as connection:
            return deciding.source_grades(connection)

    def history(self, subject: str | None = None, *, limit: int | None = None, after: int | None = None) -> list[Entry]:
        """Lines of the history in order; of one claim, source, entity or document, where its id is given."""
        with self.connection() as connection:
            return past.history(connection, subject=subject, limit=limit, after=after)

    def lines(self, subject: str, *, after: int = 0) -> list[Entry]:
        """Lines of the history on exactly this subject (`claim:ID`, `source:KEY`), after one, in order."""
        with self.connection() as connection:
            return guarding.lines(connection, subject, after=after)

    def undo(self, entry: int, *, by: str, why: str, seen: int | None = None) -> int:
        """Take back one line of the history; gives the line that says so.

        Raises:
            UnknownName: the history has no such line.
            InputError: it cannot be undone, or a later line stands on it.
            Outdated: somebody else was faster.
        """
        with self._writing() as connection:
            guarding.refuse_outdated(connection, undoing.subject_of(connection, entry), seen)
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
