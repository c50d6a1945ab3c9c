"""A question settled: centre, two ranges, bands, levers, break-evens, who gains, and what it rests on."""

from tocsin.decide.settle.alone import AloneFound, acting_alone
from tocsin.decide.settle.bands import BandFound, BandsFrom, Stretch, band_probabilities, stretches
from tocsin.decide.settle.beside import Beside
from tocsin.decide.settle.break_evens import BreakEven, break_evens
from tocsin.decide.settle.decision import Bears, Decision
from tocsin.decide.settle.draws import DRAWS, Input, InputDraws, Middle, Role, draw_inputs, inputs_of, middle_of
from tocsin.decide.settle.findings import Confidence, Ranges, Settled
from tocsin.decide.settle.importance import Importance, Importances, variance_shares
from tocsin.decide.settle.levers import Lever, levers
from tocsin.decide.settle.question import settle_question
from tocsin.decide.settle.stance import Side, Stance
from tocsin.decide.settle.worth import Worth, worth

__all__ = [
    "DRAWS",
    "AloneFound",
    "BandFound",
    "BandsFrom",
    "Bears",
    "Beside",
    "BreakEven",
    "Confidence",
    "Decision",
    "Importance",
    "Importances",
    "Input",
    "InputDraws",
    "Lever",
    "Middle",
    "Ranges",
    "Role",
    "Settled",
    "Side",
    "Stance",
    "Stretch",
    "Worth",
    "acting_alone",
    "band_probabilities",
    "break_evens",
    "draw_inputs",
    "inputs_of",
    "levers",
    "middle_of",
    "settle_question",
    "stretches",
    "variance_shares",
    "worth",
]
