"""Arguments that the gazetteer or the case's tables know by name are linked to the entity they know."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType

if TYPE_CHECKING:
    from tocsin.record.claim import Argument, Proposal, Span
    from tocsin.record.extract.knowledge import Knowledge
    from tocsin.record.extract.mention import Annotated

KNOWN = "known:"
_NAMELESS = frozenset({EntityType.WORDS, EntityType.INSTRUMENT, EntityType.QUESTION, EntityType.OFFICE})


def known_names(knowledge: Knowledge) -> dict[str, str]:
    """The name readers know each known entity by, by its id in the record; a country's also by the case's own id of it."""
    names = {f"{KNOWN}{one}": entry.name for one, entry in knowledge.by_id.items()}
    return names | {f"{KNOWN}{own}": names[f"{KNOWN}{country}"] for own, country in knowledge.countries.items()}


def linked(proposal: Proposal, annotated: Annotated, knowledge: Knowledge) -> Proposal:
    """The proposal with `value` as `known:ID` wherever an argument's words are a known name, or its value a known id.

    The claim keeps its name: what it is called is its citation, and no link.
    """
    arguments = tuple(_linked(argument, annotated, knowledge) for argument in proposal.arguments)
    return proposal if arguments == proposal.arguments else replace(proposal, arguments=arguments)


def _linked(argument: Argument, annotated: Annotated, knowledge: Knowledge) -> Argument:
    if argument.type in _NAMELESS:
        return argument
    if argument.value is not None and argument.value.startswith(KNOWN):
        one = knowledge.countries.get(argument.value.removeprefix(KNOWN))
        return argument if one is None else replace(argument, value=f"{KNOWN}{one}")
    known = knowledge.id_of(argument.value) if argument.value is not None else None
    if known is None and argument.value is None and argument.span is not None:
        known = _mentioned(argument.span, annotated)
    return argument if known is None else replace(argument, value=f"{KNOWN}{known}")


def _mentioned(span: Span, annotated: Annotated) -> str | None:
    """The known entity whose name fills the span."""
    return next((m.known for m in annotated.mentions_in(span) if m.span == span), None)
