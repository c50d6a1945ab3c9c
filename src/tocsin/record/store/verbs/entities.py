"""What is asked of entities, and what is judged of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.store import entities, guarding, judging, naming, outlines
from tocsin.record.store.barring import Barring
from tocsin.record.store.values import Verdict
from tocsin.record.store.verbs.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tocsin.record.claim import EntityType
    from tocsin.record.store.outlines import Named
    from tocsin.record.store.values import Entity, Judgement


class EntityVerbs(Transactions):
    """A record's entities, their names and the judgements on them."""

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

    def names(self) -> Iterator[Named]:
        """Every name of every entity, as claims give it, in order of ids as they were before judgements."""
        with self.connection() as connection:
            yield from outlines.names(connection)

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

    def judge(
        self, left: str, right: str, verdict: Verdict | str, *, by: str, why: str, seen: int | None = None
    ) -> int:  # fmt: skip
        """Judge whether two entities are one: `same`, `not same` or `unsure`; gives the line of the history.

        Raises:
            UnknownName: the record has no such entity.
            InputError: judgements that stand say otherwise.
            Outdated: a line came on the first of the two, in order of ids, after the one `seen`.
        """
        with self._writing() as connection:
            guarding.refuse_outdated(connection, f"entity:{min(left, right)}", seen)
            return judging.judge(connection, left, right, Verdict(verdict), by=by, why=why)

    def judgements(self, entity_id: str | None = None) -> list[Judgement]:
        """Judgements that stand; those on one entity and what is joined with it, where it is given."""
        with self.connection() as connection:
            return entities.judgements(connection, entity_id)
