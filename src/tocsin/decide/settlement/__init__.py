"""Where parties will settle: models on arrays, and the distribution that past errors allow."""

from tocsin.decide.settlement.condorcet import Chain, Law, condorcet
from tocsin.decide.settlement.distribution import Distribution
from tocsin.decide.settlement.means import weighted_mean, weighted_median, weighted_spread
from tocsin.decide.settlement.nash import nash_point

__all__ = [
    "Chain",
    "Distribution",
    "Law",
    "condorcet",
    "nash_point",
    "weighted_mean",
    "weighted_median",
    "weighted_spread",
]
