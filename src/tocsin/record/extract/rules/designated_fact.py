"""One party in one statement of a designation, with what the rest of the text adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.extract.rules.designated_names import folded

if TYPE_CHECKING:
    from tocsin.case.dates import PartialDate
    from tocsin.record.claim import Span, Step
    from tocsin.record.extract.rules.bodies import Body
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.instruments import Instrument
    from tocsin.record.extract.rules.parties import Name


@dataclass(frozen=True, slots=True)
class Fact:
    """One party in one statement, with what the rest of the text adds.

    Attributes:
        statement: where it is said.
        who: the whole name.
        said: the words of the quote that stand for it: the name itself, a shorter form or a pronoun.
        step: how those words are bound to the whole name; None where it stands in the quote.
        name: the name as it was found, for its type.
        date: when; None is unknown.
        date_span: the words that say when, wherever they stand.
        by: who did it, with the step by which it is bound.
        authorities, reasons: likewise.
    """

    statement: Statement
    who: Span
    said: Span
    step: Step | None
    name: Name
    date: PartialDate | None
    date_span: Span | None
    by: tuple[tuple[Body, Step | None], ...]
    authorities: tuple[tuple[Instrument, Step | None], ...]
    reasons: tuple[tuple[Span, Step | None], ...]

    @property
    def key(self) -> str:
        """The party, folded."""
        return folded(self.who.words)
