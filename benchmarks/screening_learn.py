"""Learn the trees by which screening scores: from names of the development third of the entries alone.

Usage, after pip install --requirement requirements/learning.txt:
    python benchmarks/screening_learn.py ../shared/data/designations src/tocsin/record/screening

Writes trees.csv and calibration.toml. Asked are aliases and first names taken out of the index, and near misses made of that
third by two seeds, without those that are in the measured sample too; learnt are the pairs with entries of that third,
without entries that have a near miss's name in another spelling. In four parts, apart by entry, each is scored by trees of
the other three: 0.70 is set where precision is 0.90 and a little over, over near misses and aliases that share half of their
words.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import polars as pl

from tocsin.api.benchmark_screening import NEAR_MISSES, Answer, measured, respelt_apart
from tocsin.api.benchmark_screening import SEED as MEASURED_SEED
from tocsin.api.screen import search
from tocsin.record.screening.evidence import FALLING, RISING, Evidence
from tocsin.record.screening.nearness import Weighed, weigh
from tocsin.record.screening.sampling import Probe, Split, alias_probes, near_misses, normal, split_of

ALIASES, MISSES, SEED, OTHER_SEED, FOLDS, PRECISION = 6600, 4400, 7, 107, 4, 0.915
ROUNDS = 300
PARAMETERS = {
    "objective": "binary", "num_leaves": 32, "learning_rate": 0.05, "max_depth": 8, "min_data_in_leaf": 40,
    "lambda_l2": 2.0, "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 127, "seed": 1,
    "monotone_constraints_method": "basic", "num_threads": 1, "deterministic": True, "verbose": -1,
}  # fmt: skip


def learn(x: Any, y: Any, weights: Any) -> lgb.Booster:  # noqa: ANN401  # arrays
    """Small trees, monotone where sense demands it."""
    rules = [1 if name in RISING else -1 if name in FALLING else 0 for name in Evidence._fields]
    return lgb.train(PARAMETERS | {"monotone_constraints": rules}, lgb.Dataset(x, y, weight=weights), ROUNDS)


def rows_of(model: lgb.Booster) -> list[dict[str, Any]]:
    """One row a node of every tree."""
    return [
        {"tree": tree} | node
        for tree, one in enumerate(model.dump_model()["tree_info"])
        for node in _nodes(one["tree_structure"], 0)
    ]


def _nodes(node: dict[str, Any], at: int) -> list[dict[str, Any]]:
    """A node numbered `at`, and after it those below, the left ones first."""
    if "leaf_value" in node:
        adds = float(f"{node['leaf_value']:.4g}")
        return [{"node": at, "asks": None, "up_to": None, "left": None, "right": None, "adds": adds}]
    left = _nodes(node["left_child"], at + 1)
    right = _nodes(node["right_child"], at + 1 + len(left))
    mine = {
        "node": at, "asks": Evidence._fields[node["split_feature"]], "up_to": float(f"{node['threshold']:.6g}"),
        "left": at + 1, "right": at + 1 + len(left), "adds": None,
    }  # fmt: skip
    return [mine, *left, *right]


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
    print(f"other spellings apart: {measured('trees', respelt_apart(answers), high)}")
    return high


def asked(index: Any) -> tuple[list[Probe], list[Probe]]:  # noqa: ANN401  # the index
    """Names to learn and calibrate by, three aliases to two near misses as is measured; and names only to learn by."""
    part = Split.DEVELOPMENT
    barred = {normal(p.name) for p in near_misses(index, NEAR_MISSES, split=Split.MEASURED, seed=MEASURED_SEED)}
    aliases = alias_probes(index, ALIASES, split=part, seed=SEED)
    misses = near_misses(index, MISSES, split=part, seed=SEED)[: len(aliases) * 2 // 3]
    misses = tuple(p for p in misses if normal(p.name) not in barred)
    barred |= {normal(p.name) for p in misses}
    more = [p for p in near_misses(index, MISSES, split=part, seed=OTHER_SEED) if normal(p.name) not in barred]
    firsts = alias_probes(index, ALIASES, split=part, seed=SEED, firsts=True)
    return [*aliases, *misses], [*more, *firsts]


def main(data: Path, out: Path) -> None:
    """Gather, learn, calibrate, write."""
    index = search((data,)).index
    probes, only_learnt = asked(index)
    weighed = [weigh(index, p.name, p.kind, without=p.without) for p in (*probes, *only_learnt)]
    print(f"{len(weighed)} names gathered", flush=True)
    folds = [(p.owner if p.owner is not None else at) % FOLDS for at, p in enumerate((*probes, *only_learnt))]
    values, right, fold, weights = [], [], [], []
    for probe, ws, at in zip((*probes, *only_learnt), weighed, folds, strict=True):
        for w in ws:
            owner = int(index.owner[w.number])
            aside = owner not in probe.neutral and (owner == probe.owner or owner not in probe.respelt)
            if aside and split_of(index.names[w.number]) is Split.DEVELOPMENT:
                values.append(w.evidence)
                right.append(owner == probe.owner)
                fold.append(at)
                weights.append(1.0 if probe.owner is not None else 0.5)  # near misses are asked by two seeds
    x, y, f, g = np.array(values, dtype=np.float64), np.array(right), np.array(fold), np.array(weights)
    apart = [learn(x[f != at], y[f != at], g[f != at]) for at in range(FOLDS)]
    odds = [
        apart[at].predict(np.array([w.evidence for w in ws], dtype=np.float64), raw_score=True) if ws else []
        for ws, at in zip(weighed[: len(probes)], folds, strict=False)
    ]
    at_match = match_at(probes, weighed[: len(probes)], odds, index.owner)
    pl.DataFrame(rows_of(learn(x, y, g)), infer_schema_length=None).write_csv(out / "trees.csv")
    (out / "calibration.toml").write_text(
        f"# Log odds before any tree, and log odds at which a match begins: precision {PRECISION} on development names.\n"
        f"base = 0.0\nat_match = {at_match:.2f}\n", encoding="utf-8",
    )  # fmt: skip
    print(f"{len(weighed)} names, {len(y)} pairs, {int(y.sum())} right")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
