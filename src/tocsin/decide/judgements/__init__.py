"""Judgements kept with their date: sealed one after the other, closed with what came, and scored."""

from tocsin.decide.judgements.chain import Head, chain_faults, head_faults, head_of, seal
from tocsin.decide.judgements.entry import About, Entry, entry_of
from tocsin.decide.judgements.log import Log, entry_after, read_entries
from tocsin.decide.judgements.quantiles import Curve, curve, curve_crps, level_of
from tocsin.decide.judgements.rules import Breach, breaches
from tocsin.decide.judgements.scoring import (
    ALWAYS_HALF,
    Score,
    ScoredJudgement,
    Tally,
    Unscored,
    scored,
    tallies,
    unscored,
)
from tocsin.decide.judgements.standing import Judgement, Noted, State, judgements, notes

__all__ = [
    "ALWAYS_HALF",
    "About",
    "Breach",
    "Curve",
    "Entry",
    "Head",
    "Judgement",
    "Log",
    "Noted",
    "Score",
    "ScoredJudgement",
    "State",
    "Tally",
    "Unscored",
    "breaches",
    "chain_faults",
    "curve",
    "curve_crps",
    "entry_after",
    "entry_of",
    "head_faults",
    "head_of",
    "judgements",
    "level_of",
    "notes",
    "read_entries",
    "scored",
    "seal",
    "tallies",
    "unscored",
]
