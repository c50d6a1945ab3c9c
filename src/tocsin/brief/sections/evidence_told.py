"""What studies and past exits say beside a choice, in a few sentences; the cards stand in the annex."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tocsin.brief.sections.wording import listed

if TYPE_CHECKING:
    from tocsin.assess.evidence import EvidenceBeside
    from tocsin.mission.exits import Beside

CARRIES = {"high": "carry over well", "medium": "in part", "low": "little"}


def evidence_told(found: EvidenceBeside) -> str:
    """How many studies bear on the choice, how far they carry over, what they say of leaving, and what followed exits."""
    named = [card.id for card in found.cards if card.options]
    if not found.cards:
        return f"None of {found.effects} effects names a study." if found.effects else ""
    far = Counter(card.applicability for card in found.cards)
    carried = ", ".join(f"{far[grade]} {words}" for grade, words in CARRIES.items() if far[grade])
    of_leaving = Counter(card.withdrawal for card in found.cards if card.withdrawal)
    against = "; they contradict each other" if any(card.contradicted_by for card in found.cards) else ""
    leaving = ", ".join(f"{what} {n}" for what, n in sorted(of_leaving.items(), key=lambda pair: (-pair[1], pair[0])))
    said = (
        f"{found.without} of {found.effects} effects name no study; {listed(named)} are named. {len(found.cards)} bear on it "
        f"({carried}); on leaving they say: {leaving or 'nothing'}{against}."
    )
    return " ".join([said, *map(_exits, found.exits[-1:])])


def _exits(found: Beside) -> str:
    band = "" if found.band is None else f" with {found.band[0]:g} to {found.band[1]:,g} deaths a year before"
    worse, better = found.exits.worse, found.exits.better
    return (
        f"Of {worse.n} past exits{band}, {worse.count} were worse and {better.count} better three years after; of "
        f"{found.everywhere.worse.n:,} such country-years {found.everywhere.worse.count} and {found.everywhere.better.count}."
    )
