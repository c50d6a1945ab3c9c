"""The Admiralty grade: two axes that are set apart and never averaged."""

from __future__ import annotations

from enum import StrEnum


class Reliability(StrEnum):
    """How reliable a source is. F says that it cannot be judged, not that it is middling."""

    A = "completely reliable"
    B = "usually reliable"
    C = "fairly reliable"
    D = "not usually reliable"
    E = "unreliable"
    F = "reliability cannot be judged"


class Credibility(StrEnum):
    """How credible a claim is. 1 needs independent corroboration; 6 says that it cannot be judged."""

    C1 = "confirmed by other sources"
    C2 = "probably true"
    C3 = "possibly true"
    C4 = "doubtful"
    C5 = "improbable"
    C6 = "truth cannot be judged"
