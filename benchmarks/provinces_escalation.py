"""Can escalation be ranked better by a model of its own than by the pooled draws?

    .venv/bin/python benchmarks/provinces_escalation.py --data ../shared/data --out FILE.md

Classifiers of one thing, whether violence in a province escalates within three months (the mean of the months at least three
times that of the last twelve, and at least 25 deaths a month), learned on the provinces of all countries on record, on the
same features as the pooled model. Judged on the months of choosing alone, as in provinces_choose.py, every sixth month,
refitted every two years: no later month is loaded.
"""

from __future__ import annotations

import argparse
import platform
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from joblib import Parallel, delayed
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import tocsin
from tocsin.api.province_pool import CHOOSING_ENDS, read_province_pool
from tocsin.api.province_pool_escalation import past_escalations
from tocsin.api.province_pool_scores import Book, sight
from tocsin.forecast.provinces.features import province_features
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from tocsin.api.province_pool import ProvincePool

FIRST, EVERY, REFIT = Month.of(1995, 1), 6, 24
JUDGED = ("IRQ", "ETH", "LKA", "SLE", "SSD", "CAF")
FEW = (
    "mean_1", "mean_3", "mean_12", "mean_60", "peak_60", "since_25", "near_3", "near_12", "country_3", "country_rise", "tempo",
    "rise_3_24", "near_above", "of_country", "deaths_os_rise", "spread",
)  # fmt: skip
"""The few signals of the regularised model."""


def models() -> dict[str, object]:
    """The candidates: forests of two leaf sizes on all features, and a ridge logistic model on few and on all."""
    return {
        "forest, leaf 20, all features": ExtraTreesClassifier(
            150, min_samples_leaf=20, max_features=0.2, random_state=1
        ),
        "forest, leaf 60, all features": ExtraTreesClassifier(
            150, min_samples_leaf=60, max_features=0.2, random_state=1
        ),
        "logistic, C .01, few signals": make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=500)),
        "logistic, C .01, all features": make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=500)),
    }


def of_period(pool: ProvincePool, origins: list[Month]) -> dict[str, Book]:
    """Books of every candidate at origins that share what was learned at the first of them."""
    truth = pool.as_known_on(pool.panel.last)
    first = pool.as_known_on(origins[0])
    made = province_features(first)
    names = [f.name for f in made.described]
    few = [names.index(name) for name in FEW]
    table, came = past_escalations(first, made.values)
    fits = {n: m.fit(table[:, few] if "few" in n else table, came) for n, m in models().items()}  # type: ignore[attr-defined]
    books = {name: Book() for name in fits}
    for origin in origins:
        history = pool.as_known_on(origin)
        fair, areas, seen = sight(history, truth)
        if not areas:
            continue
        now = province_features(history).values[history.here[fair], -1]
        for name, fit in fits.items():
            p = fit.predict_proba(now[:, few] if "few" in name else now)[:, 1]
            books[name].escalation(areas, origin.id, p, seen)
    return books


def line(name: str, book: Book) -> str:
    """The candidate's row: average precision and precision over all judged countries, and over Iraq."""
    whole, iraq = (book.table(partial(_in, homes)) for homes in (JUDGED, ("IRQ",)))
    return f"| {name} | {whole.ap():.3f} | {iraq.ap():.3f} | {whole.precision():.3f} | {iraq.precision():.3f} |"


def _in(homes: tuple[str, ...], area: str, _origin: int) -> bool:
    return area[:3] in homes


def main() -> None:
    """Score the classifiers on the months of choosing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the publishers' files")
    parser.add_argument("--jobs", type=int, default=1, help="processes; the figures do not depend on it")
    parser.add_argument("--out", type=Path, help="write the table here too")
    given = parser.parse_args()
    pool = read_province_pool(given.data, ends=CHOOSING_ENDS)
    truth = pool.as_known_on(pool.panel.last)
    origins = [FIRST + i for i in range(0, pool.panel.last - FIRST, EVERY)]
    origins = [o for o in origins if sight(pool.as_known_on(o), truth)[1]]
    spans: list[list[Month]] = []
    for origin in origins:
        if not spans or origin - spans[-1][0] >= REFIT:
            spans.append([])
        spans[-1].append(origin)
    books: dict[str, Book] = {}
    for part in Parallel(n_jobs=given.jobs)(delayed(of_period)(pool, span) for span in spans):
        for name, book in part.items():
            books.setdefault(name, Book()).more(book)
    said = (
        f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}"
    )
    head = "| candidate | AP | AP, Iraq | precision at 0.5 | the same, Iraq |\n|---|---|---|---|---|"
    text = "\n".join([f"{said}; {len(origins)} origins.", "", head, *(line(n, b) for n, b in books.items()), ""])
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
