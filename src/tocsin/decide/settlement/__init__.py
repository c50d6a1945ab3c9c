"""Where parties will settle: models on arrays, and the distribution that past errors allow."""

from tocsin.decide.settlement.challenge import challenge_rounds
from tocsin.decide.settlement.condorcet import Chain, Law, condorcet, elected
from tocsin.decide.settlement.distribution import Distribution
from tocsin.decide.settlement.means import weighted_mean, weighted_median, weighted_spread
from tocsin.decide.settlement.mixture import SHIPPED, Mixture
from tocsin.decide.settlement.nash import nash_point
from tocsin.decide.settlement.past import PastSettlements, past_settlements
from tocsin.decide.settlement.settle import input_noise_only, model_error_only, settlement_distribution

__all__ = [
    "SHIPPED",
    "Chain",
    "Distribution",
    "Law",
    "Mixture",
    "PastSettlements",
    "challenge_rounds",
    "condorcet",
    "elected",
    "input_noise_only",
    "model_error_only",
    "nash_point",
    "past_settlements",
    "settlement_distribution",
    "weighted_mean",
    "weighted_median",
    "weighted_spread",
]
