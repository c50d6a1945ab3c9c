"""Learn the trees by which screening scores: from names of the development third of the entries alone.

Usage: python benchmarks/screening_learn.py ../shared/data/designations src/tocsin/record/screening

Writes trees.csv and calibration.toml. Asked are aliases taken out of the index and near misses made of that third; learnt
are the pairs with entries of that third. In four parts, apart by entry, each is scored by trees of the other three: 0.70 is
set where precision is 0.90 over near misses and aliases that share half of their words.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy.special import logit
from sklearn.ensemble import HistGradientBoostingClassifier

from tocsin.api.benchmark_screening import Answer, measured
from tocsin.api.screen import search
from tocsin.record.screening.evidence import FALLING, RISING, Evidence
from tocsin.record.screening.nearness import Weighed, weigh
from tocsin.record.screening.sampling import Probe, Split, alias_probes, near_misses, split_of

ALIASES, MISSES, SEED, FOLDS, PRECISION = 6600, 4400, 7, 4, 0.90


def new_trees() -> HistGradientBoostingClassifier:
    """Small trees, monotone where sense demands it."""
    rules = [1 if name in RISING else -1 if name in FALLING else 0 for name in Evidence._fields]
    return HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.1, max_leaf_nodes=12, max_depth=6, min_samples_leaf=40, l2_regularization=1.0,
        early_stopping=False, monotonic_cst=rules, random_state=0,
    )  # fmt: skip


def rows_of(model: HistGradientBoostingClassifier) -> list[dict[str, Any]]:
    """One row a node of every tree."""
    rows: list[dict[str, Any]] = []
    for tree, (one,) in enumerate(model._predictors):  # noqa: SLF001  # scikit-learn shows its trees nowhere else
        for at, node in enumerate(one.nodes):
            leaf = bool(node["is_leaf"])
            rows.append({
                "tree": tree, "node": at, "asks": None if leaf else Evidence._fields[node["feature_idx"]],
                "up_to": None if leaf else float(f"{node['num_threshold']:.6g}"),
                "left": None if leaf else int(node["left"]), "right": None if leaf else int(node["right"]),
                "adds": float(f"{node['value']:.5g}") if leaf else None,
            })  # fmt: skip
    return rows


def match_at(probes: list[Probe], weighed: list[list[Weighed]], odds: list[Any], owner: Any) -> float:  # noqa: ANN401
    """The least odds at which precision is not below what is wanted."""
    answers = [
        Answer(p, tuple(sorted(((float(o), int(owner[w.number])) for w, o in zip(ws, os, strict=True)), reverse=True)))
        for p, ws, os in zip(probes, weighed, odds, strict=True)
    ]
    low, high = -4.0, 5.0
    while high - low > 0.01:
        middle = (low + high) / 2
        found = measured("trees", answers, middle)
        enough = found.precision_half is not None and found.precision_half >= PRECISION
        low, high = (low, middle) if enough else (middle, high)
    print(f"at {high:.2f}: {measured('trees', answers, high)}")
    return high


def main(data: Path, out: Path) -> None:
    """Gather, learn, calibrate, write."""
    index = search((data,)).index
    part = Split.DEVELOPMENT
    probes = [*alias_probes(index, ALIASES, split=part, seed=SEED), *near_misses(index, MISSES, split=part, seed=SEED)]
    aliases = sum(p.owner is not None for p in probes)
    probes = probes[: aliases + aliases * 2 // 3]  # three aliases to two near misses, as is measured
    weighed = [weigh(index, p.name, p.kind, without=p.without) for p in probes]
    print(f"{len(probes)} names gathered", flush=True)
    folds = [(p.owner if p.owner is not None else at) % FOLDS for at, p in enumerate(probes)]
    values, right, fold = [], [], []
    for probe, ws, at in zip(probes, weighed, folds, strict=True):
        for w in ws:
            owner = int(index.owner[w.number])
            if owner not in probe.neutral and split_of(index.names[w.number]) is part:
                values.append(w.evidence)
                right.append(owner == probe.owner)
                fold.append(at)
    x, y, f = np.array(values, dtype=np.float64), np.array(right), np.array(fold)
    apart = [new_trees().fit(x[f != at], y[f != at]) for at in range(FOLDS)]
    odds = [apart[at].decision_function(np.array([w.evidence for w in ws], dtype=np.float64)) if ws else []
            for ws, at in zip(weighed, folds, strict=True)]  # fmt: skip
    model = new_trees().fit(x, y)
    at_match = match_at(probes, weighed, odds, index.owner)
    pl.DataFrame(rows_of(model), infer_schema_length=None).write_csv(out / "trees.csv")
    base = float(np.ravel(model._baseline_prediction)[0])  # noqa: SLF001
    (out / "calibration.toml").write_text(
        f"# Log odds before any tree, and log odds at which a match begins: precision {PRECISION} on development names.\n"
        f"base = {base:.5f}\nat_match = {at_match:.2f}\n", encoding="utf-8",
    )  # fmt: skip
    print(
        f"{len(probes)} names, {len(y)} pairs, {int(y.sum())} right; share right {y.mean():.3f} ({logit(y.mean()):.2f})"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
