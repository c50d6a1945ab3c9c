"""How past settlements came out against the weighted mean of positions, from DEU III."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.sources.build.part import Part
from tocsin.sources.deu import FILE, read_deu

if TYPE_CHECKING:
    from pathlib import Path

ISSUES = f"oracles/{FILE}"
SIZE_EXPONENT = 0.5
"""Weights are size ** this x salience: Penrose's square root, decision 0010."""


def settlement_errors(folder: Path) -> pl.DataFrame:
    """One row an issue: centre and spread of positions (weighted mean and standard deviation), and the outcome."""
    issues = read_deu(folder / ISSUES)
    weight = issues.size**SIZE_EXPONENT * issues.salience
    share = weight / weight.sum(axis=1, keepdims=True)
    where = np.nan_to_num(issues.position)
    centre = (share * where).sum(axis=1)
    spread = np.sqrt((share * (where - centre[:, None]) ** 2).sum(axis=1))
    return pl.DataFrame({
        "proposal": issues.proposal, "issue": issues.issue, "unanimous": issues.unanimous,
        "centre": centre.round(4), "spread": spread.round(4), "outcome": issues.outcome,
    })  # fmt: skip


PARTS = (Part("settlement_errors", (ISSUES,), settlement_errors),)
