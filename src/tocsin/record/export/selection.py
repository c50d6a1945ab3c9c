"""Which claims and entities an export holds, streamed from one moment of the record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.record.claim import ClaimStatus, EntityType
from tocsin.record.store import claims as claims_table
from tocsin.record.store import entities as entities_table
from tocsin.record.store.tables import CLAIMS, DOCUMENTS, ENTITIES
from tocsin.record.store.wording import folded_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.store import Entity, StoredClaim

BATCH = 2000
OWN_TABLES = "tables/"
"""Names of documents that are the case's own tables begin with this."""
NOT_REJECTED = frozenset(ClaimStatus) - {ClaimStatus.REJECTED}
PLACED = (EntityType.SITE, EntityType.PLACE)


@dataclass(frozen=True, slots=True)
class OwnSite:
    """A site that a user entered into the case: it leaves only with the whole record."""

    site_id: str
    name: str


@dataclass(frozen=True)
class Selection:
    """What an export holds.

    Attributes:
        statuses: claims that stand so in review.
        withheld: sites that a user entered, which no export but the whole record names.
    """

    statuses: frozenset[ClaimStatus] = NOT_REJECTED
    withheld: tuple[OwnSite, ...] = ()

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(site.site_id for site in self.withheld)

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        """Any of the sites by id or name, as whole words."""
        words = {word for site in self.withheld for word in (site.site_id, site.name) if word.strip()}
        if not words:
            return None
        alike = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{alike})(?!\w)", re.IGNORECASE)

    def holds(self, claim: StoredClaim) -> bool:
        """Whether the export has this claim."""
        return claim.status in self.statuses and not self.withholds(claim)

    def withholds(self, claim: StoredClaim) -> bool:
        """Whether a claim names a site that a user entered: by the case's id, or in a row of the case's own tables."""
        if not self.withheld:
            return False
        if any((a.value or "").removeprefix("known:") in self._ids and a.type in PLACED for a in claim.arguments):
            return True
        return claim.document.startswith(OWN_TABLES) and self.names_one(claim.quote.words)

    def names_one(self, words: str) -> bool:
        """Whether words name a site that a user entered.

        Example:
            >>> selection = Selection(withheld=(OwnSite("camp-1", "Camp Example"),))
            >>> selection.names_one("They met at camp example."), selection.names_one("They met at a camp.")
            (True, False)
        """
        return self._names is not None and self._names.search(words) is not None

    def hidden(self, connection: sa.Connection) -> frozenset[str]:
        """Ids of entities that are sites a user entered: known to the case, or named so in its own tables."""
        if not self.withheld:
            return frozenset()
        known = [f"known:{site.site_id}" for site in self.withheld]
        folded = [folded_name(name) for site in self.withheld for name in (site.name, site.site_id)]
        own = sa.select(DOCUMENTS.c.document_id).where(DOCUMENTS.c.name.startswith(OWN_TABLES, autoescape=True))
        in_own = sa.and_(ENTITIES.c.folded.in_(folded), ENTITIES.c.document_id.in_(own),
                         ENTITIES.c.type.in_([kind.value for kind in PLACED]))  # fmt: skip
        found = connection.scalars(
            sa.select(ENTITIES.c.entity_id).where(sa.or_(ENTITIES.c.entity_id.in_(known), in_own))
        )
        return frozenset(found)


def every_claim(connection: sa.Connection, *, batch: int = BATCH) -> Iterator[StoredClaim]:
    """All claims in the record's order; at most a batch is held at a time."""
    last = 0
    query = sa.select(CLAIMS.c.seq).order_by(CLAIMS.c.seq).limit(batch)
    while seqs := list(connection.scalars(query.where(CLAIMS.c.seq > last))):
        yield from claims_table.with_keys(connection, seqs)
        last = seqs[-1]


def every_entity(connection: sa.Connection, *, batch: int = BATCH) -> Iterator[Entity]:
    """All entities by their ids, with what is joined to each; at most a batch is held at a time."""
    last: str | None = None
    while found := entities_table.entities(connection, name=None, type=None, document=None, limit=batch, after=last):
        yield from found
        last = found[-1].entity_id
