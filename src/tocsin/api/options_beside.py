"""What stands beside a choice's comparison: reach along dated steps, studies and past exits; multiplied into nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.api.evidence import evidence_for
from tocsin.api.schedule import DRAWS, schedule_of

if TYPE_CHECKING:
    from tocsin.assess.evidence import EvidenceBeside
    from tocsin.assess.schedule import Schedule
    from tocsin.case import Case
    from tocsin.case.options import Choice


@dataclass(frozen=True, slots=True)
class BesideOptions:
    """What stands beside the options of a choice.

    Attributes:
        choice: its id.
        schedule: sites, reach and presence along the steps; None where no step changes a site.
        evidence: studies and past exits; None where no effect names a study and no step closes or reduces a site.
    """

    choice: str
    schedule: Schedule | None
    evidence: EvidenceBeside | None


def beside_options(case: Case, choice: Choice, *, draws: int = DRAWS, seed: int = 1) -> BesideOptions:
    """Reach along the steps of a choice, and studies beside it; neither is computed where the choice gives no cause.

    Args:
        case: a checked case.
        choice: one of its choices.
        draws: of what is reached; 0 leaves its two ranges out.
        seed: the same seed gives the same draws.

    Raises:
        OutOfRange: draws or seed are not possible.

    Example:
        >>> from tocsin.case import read_case
        >>> case = read_case("iraq")
        >>> policy = next(c for c in case.choices if c.id == "pmf-policy")
        >>> found = beside_options(case, policy)
        >>> found.schedule is None, found.evidence is None
        (True, False)
    """
    steps = [step for option in choice.options for step in option.steps]
    studied = any(e.cards for e in choice.effects) or any(step.closes or step.reduces for step in steps)
    return BesideOptions(
        choice.id, schedule_of(case, choice, draws=draws, seed=seed) if any(step.sites for step in steps) else None,
        evidence_for(case, choice) if studied else None,
    )  # fmt: skip
