"""States by the words that stand for them before a title: 'Iraqi prime minister', 'U.S. ambassador'."""

from __future__ import annotations

from functools import cache

from tocsin.record.claim import EntityType
from tocsin.record.extract.knowledge import DEMONYM, STATE, knowledge_of
from tocsin.record.extract.linking import KNOWN


@cache
def _states() -> dict[str, str]:
    entries = [e for e in knowledge_of(None).entries if e.type is EntityType.STATE and e.kind in {STATE, DEMONYM}]
    return {" ".join(name.split()): entry.id for entry in reversed(entries) for name in entry.names}


def state_named(words: str) -> str | None:
    """The state that words name, by its name or its people's, as `known:` and its ISO 3166 code; None where they name none.

    Example:
        >>> state_named("Iraqi"), state_named("U.S."), state_named("Badr")
        ('known:IRQ', 'known:USA', None)
    """
    code = _states().get(" ".join(words.removeprefix("the ").split()))
    return None if code is None else f"{KNOWN}{code}"
