"""Proper scores, calibration and intervals: arrays in, numbers out."""

from tocsin.scores.bootstrap import Bounds, bootstrap_areas, bootstrap_difference, bootstrap_mean, bootstrap_rows
from tocsin.scores.brier import BrierParts, brier, brier_parts, p_at_least
from tocsin.scores.comparison import Metric, bounds, difference
from tocsin.scores.crps import crps, log_crps, threshold_weighted_crps
from tocsin.scores.ignorance import ignorance
from tocsin.scores.interval import covered, interval_score, score_bounds
from tocsin.scores.pit import PitHistogram, pit, pit_histogram
from tocsin.scores.ranking import Ranking, auc, average_precision
from tocsin.scores.reliability import ReliabilityRow, reliability_table
from tocsin.scores.summary import Scores, UnitScores, score_draws

__all__ = [
    "Bounds",
    "BrierParts",
    "Metric",
    "PitHistogram",
    "Ranking",
    "ReliabilityRow",
    "Scores",
    "UnitScores",
    "auc",
    "average_precision",
    "bootstrap_areas",
    "bootstrap_difference",
    "bootstrap_mean",
    "bootstrap_rows",
    "bounds",
    "brier",
    "brier_parts",
    "covered",
    "crps",
    "difference",
    "ignorance",
    "interval_score",
    "log_crps",
    "p_at_least",
    "pit",
    "pit_histogram",
    "reliability_table",
    "score_bounds",
    "score_draws",
    "threshold_weighted_crps",
]
