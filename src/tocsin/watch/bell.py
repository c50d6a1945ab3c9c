"""What every alert of one edition has in common: the case, the data and the command that make its numbers again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.watch.alert import Alert

if TYPE_CHECKING:
    from tocsin.editions.change import Told
    from tocsin.watch.alert import Evidence, Kind


@dataclass(frozen=True, slots=True)
class Bell:
    """Makes alerts that say where their numbers are from.

    Attributes:
        case: the case's name.
        demo: whether its judgements are placeholders.
        command: makes the numbers again.
        data: version of data and Tocsin, and the edition.
        gaps: what no alert of this edition knows.
    """

    case: str
    demo: bool
    command: str
    data: str
    gaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, edition: Told, *, id: str) -> Bell:  # noqa: A002 - the word that addresses of the workbench use
        """The bell of an edition."""
        told = edition.manifest
        data = (
            f"edition {id}, figures of countries to {told.origin}, known on {told.as_known_on}; "
            f"Tocsin {told.tocsin}, model {told.model}, {told.draws} draws, seed {told.seed}"
        )
        return cls(told.case, told.demo, "; ".join(told.commands) or f"tocsin run --case {told.case}", data)

    def rings(
        self,
        kind: Kind,
        about: str,
        *,
        title: str,
        says: str,
        record: str,
        link: str,
        unknown: tuple[str, ...] = (),
        evidence: tuple[Evidence, ...] = (),
    ) -> Alert:
        """An alert of this edition.

        Args:
            kind: what it tells of.
            about: what it is about: the same however often it is found.
            title: one line that names no person.
            says: what changed.
            record: how often such alerts were right.
            link: its place in the workbench, below the case.
            unknown: what it does not know.
            evidence: what it rests on.
        """
        return Alert(
            self.case, f"{kind.value}:{about}", kind, title, says, record, (*unknown, *self.gaps), evidence,
            self.command, self.data, f"/c/{self.case}/{link}", self.demo,
        )  # fmt: skip
