"""What a choice lacks to be compared, in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.case.options import Choice
    from tocsin.decide.options.combinations import Alternative
    from tocsin.decide.options.outcomes import Outcomes


def what_is_missing(choice: Choice, rows: Sequence[Alternative], done: Outcomes) -> tuple[str, ...]:
    """Every gap: no criteria, no effects, a criterion without any, an option without some.

    Args:
        choice: the choice.
        rows: what can be chosen.
        done: their outcomes.
    """
    if not choice.effects or not choice.criteria:
        lacking = " and no ".join(
            kind for kind, given in (("criteria", choice.criteria), ("effects", choice.effects)) if not given
        )
        return (f"No {lacking} are entered for {choice.id}, so its options cannot be compared.",)
    made = []
    used = np.asarray(done.known.any(axis=0))
    for c, criterion in enumerate(choice.criteria):
        if not used[c]:
            made.append(f"No option has a value for {criterion.name}: it is left out.")
    for a, alternative in enumerate(rows):
        lacking_names = [x.name for c, x in enumerate(choice.criteria) if used[c] and not done.known[a, c]]
        if lacking_names and len(alternative.options) == 1:
            made.append(
                f"{alternative.name} has no value for {', '.join(lacking_names)}: it is not scored on that, and not ranked."
            )
    ranked = int(done.known[:, used].all(axis=1).sum())
    if ranked < 2:
        made.append(
            f"{'Only one alternative has' if ranked else 'No alternative has'} a value on every criterion, so nothing "
            "can be ranked."
        )
    return tuple(made)
