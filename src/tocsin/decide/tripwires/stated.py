"""Conditions that a source states as triggers, and the tripwires in the same words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.decide.tripwires.findings import StatedTrigger
from tocsin.record.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.case.options import Choice
    from tocsin.decide.tripwires.findings import Watched

TRIGGERS = re.compile(r"trigger|tripwire|condition", re.IGNORECASE)
"""Headings of `stated` under which a source names what should call an option up, or into question."""


def stated_triggers(choice: Choice, watched: Sequence[Watched]) -> tuple[StatedTrigger, ...]:
    """What the choice's source states as triggers, each with the tripwires whose `watches` says the same.

    Args:
        choice: with what is stated, by heading; headings that name triggers or conditions are read.
        watched: the tripwires of the choice, as found.
    """
    return tuple(
        _trigger(heading, words, choice.source_id, [w for w in watched if fold(w.watches) == fold(words)])
        for heading, every in choice.stated.items()
        if TRIGGERS.search(heading)
        for words in every
    )


def _trigger(heading: str, words: str, source_id: str | None, same: Sequence[Watched]) -> StatedTrigger:
    kept, refused = (tuple(w.id for w in same if w.refused is refused) for refused in (False, True))
    return StatedTrigger(heading, words, source_id, kept, refused)
