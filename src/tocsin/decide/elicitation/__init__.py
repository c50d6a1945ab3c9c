"""What experts gave, side by side: their ranges, their orderings, and how the answer differs between them."""

from tocsin.decide.elicitation.answers import (
    OWN,
    POOL,
    FirstPlace,
    Pooled,
    PreferredBy,
    SettledBy,
    ShareFirst,
    choice_by,
    pooled,
    pooled_places,
    preferred_by,
    question_by,
    settled_by,
)
from tocsin.decide.elicitation.orderings import Agreement, Orderings, Reversed, concordance, orderings, tau_b
from tocsin.decide.elicitation.ranges import Apart, Asked, Given, InputSeen, inputs_seen

__all__ = [
    "OWN",
    "POOL",
    "Agreement",
    "Apart",
    "Asked",
    "FirstPlace",
    "Given",
    "InputSeen",
    "Orderings",
    "Pooled",
    "PreferredBy",
    "Reversed",
    "SettledBy",
    "ShareFirst",
    "choice_by",
    "concordance",
    "inputs_seen",
    "orderings",
    "pooled",
    "pooled_places",
    "preferred_by",
    "question_by",
    "settled_by",
    "tau_b",
]
