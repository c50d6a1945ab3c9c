"""What is asked of claims, and the one way in for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.claim import Modality
from tocsin.record.store import checking, claims, entering, outlines, refusals, searching
from tocsin.record.store.barring import Barring
from tocsin.record.store.verbs.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from tocsin.record.claim import ClaimStatus, Proposal
    from tocsin.record.document import Text
    from tocsin.record.store.outlines import Outline
    from tocsin.record.store.values import Entered, StoredClaim, StoredRefusal, Violation


class ClaimVerbs(Transactions):
    """A record's claims, and what the gate turned away."""

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

    def claim(self, claim_id: str) -> StoredClaim | None:
        """The claim of that id; None where the record has none."""
        with self.connection() as connection:
            return claims.claim(connection, claim_id)

    def claims_called(self, claim_ids: Sequence[str]) -> list[StoredClaim]:
        """The claims of these ids, in the record's order; ids that it does not have are left out."""
        with self.connection() as connection:
            return claims.called(connection, claim_ids)

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

    def kinds_denied(self) -> set[str]:
        """Kinds of which a claim that is not rejected denies something."""
        with self.connection() as connection:
            return outlines.kinds_denied(connection, Modality.DENIED.value)

    def refusals(
        self, *, document: str | None = None, limit: int | None = None, after: int | None = None
    ) -> list[StoredRefusal]:
        """What the gate turned away, in the record's order: for review, never claims."""
        with self.connection() as connection:
            return refusals.refusals(connection, document=document, limit=limit, after=after)

    def violations(self) -> Iterator[Violation]:
        """Every stored claim held against its stored text: there must be none."""
        with self.connection() as connection:
            yield from checking.violations(connection)
