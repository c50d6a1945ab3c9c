"""Score the pooled province model once on the months nobody chose on, and make the figures of docs/benchmarks/provinces.md.

    .venv/bin/python benchmarks/provinces.py --data ../shared/data --stage test --out FILE.md
    .venv/bin/python benchmarks/provinces.py --data ../shared/data --stage study --out FILE.md

`test`: Iraq 2008-2018 and Syria 2018-2019 from every month, the later halves of the other countries to 2021 from every
third; models refitted every two years from what had ended by then; 500 draws; six months ahead; deaths of all three
types. Beside the pooled model stand the negative binomial and conflictology, each learned on a country's own record, and
months since the last death.
`study`: Anbar, Ninewa and Salah al-Din at every origin from June 2013 to May 2014, the model learned anew every third
month of them, and every two years before.
"""

from __future__ import annotations

import argparse
import platform
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from joblib import Parallel, delayed

import tocsin
from tocsin.api.province_pool import CHOOSING_ENDS, ProvincePool, read_province_pool
from tocsin.api.province_pool_escalation import EscalationForest
from tocsin.api.province_pool_scores import (
    HORIZONS,
    METRICS,
    Book,
    difference,
    precision_difference,
    sight,
)
from tocsin.forecast.contract import Fitted, Model, model_named
from tocsin.forecast.provinces.features import blocks_of
from tocsin.forecast.provinces.pool import PROVINCE_POOL
from tocsin.sources.build.province_month import COVERS
from tocsin.vocabulary import Month
from tocsin.warn.question import Question, last_year_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from tocsin.panel.history import History
    from tocsin.scores import Bounds

LAST = Month.of(2021, 12)
"""Months from 2022 on are kept apart."""

FIRST = Month.of(2005, 7)
MONTHLY, EVERY = ("IRQ", "SYR"), 3
DRAWS, REFIT = 500, 24
POOL = "province_pool"
BESIDE = ("negative_binomial", "conflictology")
TODAY = "quantile_forest"
"""The model of case replays, learned on Iraq alone: it stands beside the others for Iraq."""

SINCE = "months since last death"
OF_ITS_OWN = "forest of escalations"
LEAST = 36
"""With so many months of record or fewer a model does not learn on a country alone: Syria's, in July 2017."""


def alone(model: Model, history: History, *, seed: int = 1) -> dict[str, Fitted]:
    """A model learned on each country's own record, by country; on all countries' where that record is short."""
    blocks = [(b.history.areas[0][:3], b.history) for b in blocks_of(history)]
    every = model.fit(history, horizons=HORIZONS, seed=seed)
    short = {country for country, own in blocks if own.deaths.shape[1] <= LEAST}
    return {c: every if c in short else model.fit(own, horizons=HORIZONS, seed=seed) for c, own in blocks}


def drawn(fits: dict[str, Fitted], history: History) -> NDArray[np.int32]:
    """Draws for the areas present, each country's by its own fit, from its own record."""
    out = np.zeros((len(history.areas), len(HORIZONS), DRAWS), dtype=np.int32)
    for b in blocks_of(history):
        if b.stop == history.deaths.shape[1]:
            out[b.areas[b.history.here]] = fits[b.history.areas[0][:3]].draw(b.history, draws=DRAWS, seed=1)
    return out[history.here]


def is_test(area: str, origin: int) -> bool:
    """Whether a province and origin lie wholly after the months settings were chosen on."""
    return origin > CHOOSING_ENDS[area[:3]].id


def looked_at(history: History) -> History:
    """The history at an origin: Iraq and Syria are forecast every month, the others every third."""
    if (history.origin - FIRST) % EVERY == 0:
        return history
    present = history.present.copy()
    present[[a[:3] not in MONTHLY for a in history.areas], -1] = False
    return replace(history, present=present)


def scored(pool: ProvincePool, *, jobs: int) -> dict[str, Book]:
    """Every model's book over all origins, each period of two years in a process of its own."""
    origins = [FIRST + i for i in range(pool.panel.last - FIRST)]
    spans = [origins[i : i + REFIT] for i in range(0, len(origins), REFIT)]
    books: dict[str, Book] = {}
    for part in Parallel(n_jobs=jobs)(delayed(_scored)(pool, span) for span in spans):
        for name, book in part.items():
            books.setdefault(name, Book()).more(book)
    return books


def _scored(pool: ProvincePool, origins: list[Month]) -> dict[str, Book]:
    """The books of one period: every model learns at its first origin."""
    truth = pool.as_known_on(pool.panel.last)
    books = {name: Book() for name in (POOL, *BESIDE, TODAY, SINCE, OF_ITS_OWN)}
    first = pool.as_known_on(origins[0])
    fitted = PROVINCE_POOL.alone().fit(first, horizons=HORIZONS, seed=1)
    escalating = EscalationForest.learned_from(first, seed=1)
    fits = {name: alone(model_named(name), first) for name in BESIDE}
    iraq = replace(first, present=first.present & np.array([a.startswith("IRQ/") for a in first.areas])[:, None])
    fits[TODAY] = alone(model_named(TODAY), iraq)
    for origin in origins:
        history = looked_at(pool.as_known_on(origin))
        fair, areas, seen = sight(history, truth)
        keep = np.array([is_test(a, origin.id) for a in areas], dtype=bool)
        if not keep.any():
            continue
        fair, areas, seen = fair[keep], [a for a, k in zip(areas, keep, strict=True) if k], seen.kept(keep)
        books[POOL].add(areas, origin.id, fitted.draw(history, draws=DRAWS, seed=1)[fair], seen)
        for name in BESIDE:
            books[name].add(areas, origin.id, drawn(fits[name], history)[fair], seen)
        books[OF_ITS_OWN].escalation(areas, origin.id, escalating.probability(history)[fair], seen)
        books[SINCE].escalation(areas, origin.id, 1 / (1 + seen.since), seen)
        here = np.array([a.startswith("IRQ/") for a in areas], dtype=bool)
        if here.any():
            named = [a for a in areas if a.startswith("IRQ/")]
            books[TODAY].add(named, origin.id, drawn(fits[TODAY], history)[fair[here]], seen.kept(here))
    return books


def sets() -> dict[str, Callable[[str, int], bool]]:
    """The sets of provinces and origins that are told apart."""
    others = [c for c in COVERS if c not in {"IRQ", "SYR"}]
    found: dict[str, Callable[[str, int], bool]] = {
        "Iraq 2008-2018": lambda a, _t: a.startswith("IRQ/"),
        "Syria 2018-2019": lambda a, _t: a.startswith("SYR/"),
        "the other countries": lambda a, _t: a[:3] in others,
        "all ten countries": lambda _a, _t: True,
    }
    return found | {c: (lambda a, _t, c=c: a.startswith(f"{c}/")) for c in others}


def figures(books: dict[str, Book]) -> Iterator[str]:
    """Scores of every model in every set."""
    yield "| provinces | model | CRPS | log CRPS | IGN | MIS90 | AP(>= 25) | inside 90 % | province-months |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, keep in sets().items():
        for model in (POOL, *BESIDE, *((TODAY,) if name.startswith("Iraq") else ())):
            t = books[model].table(keep)
            crps, log_crps, ign, mis = (t.mean(m) for m in METRICS)
            ap = t.ap25()
            yield (
                f"| {name} | {model} | {crps:.3f} | {log_crps:.4f} | {ign:.4f} | {mis:.2f} | {_said(ap)} "
                f"| {t.mean('coverage90'):.3f} | {t.units['crps'].size} |"
            )


def differences(books: dict[str, Book]) -> Iterator[str]:
    """Differences to the models beside it, with intervals over provinces."""
    yield "| provinces | pooled model less | CRPS | log CRPS | IGN | MIS90 |"
    yield "|---|---|---|---|---|---|"
    for name, keep in sets().items():
        ours = books[POOL].table(keep)
        for other in (*BESIDE, *((TODAY,) if name.startswith("Iraq") else ())):
            theirs = books[other].table(keep)
            cells = " | ".join(_bounds(difference(ours, theirs, m)) for m in METRICS)
            yield f"| {name} | {other} | {cells} |"


def escalations(books: dict[str, Book]) -> Iterator[str]:
    """How well escalation within three months was ranked."""
    yield "| provinces | model | AP | precision at 0.5 | less the negative binomial | base rate | cases |"
    yield "|---|---|---|---|---|---|---|"
    early = Month.of(2015, 12).id
    wanted = {"Iraq 2008-2015": lambda a, t: a.startswith("IRQ/") and t <= early, **sets()}
    for name, keep in wanted.items():
        simple = books["negative_binomial"].table(keep)
        if not simple.came.any():
            continue
        for model in (POOL, OF_ITS_OWN, *BESIDE, SINCE, *((TODAY,) if name.startswith("Iraq") else ())):
            t = books[model].table(keep)
            less = _bounds(precision_difference(t, simple)) if model != "negative_binomial" else ""
            yield (
                f"| {name} | {model} | {_said(t.ap())} | {t.precision():.3f} | {less} | {t.came.mean():.4f} "
                f"| {int(t.came.sum())} of {t.came.size} |"
            )


def _said(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _bounds(found: Bounds | None) -> str:
    return "" if found is None else f"{found.value:+.4f} [{found.lower:+.4f}, {found.upper:+.4f}]"


WATCHED = ("IRQ/Anbar", "IRQ/Ninewa", "IRQ/Salah al-Din")
RECORD_FROM, STUDY = Month.of(2008, 1), tuple(Month.of(2013, 6) + i for i in range(12))
WITHIN, BUDGET = 6, 3


@dataclass(frozen=True)
class Stood:
    """Where Iraq's provinces stood at an origin: ids, probability of escalation within six months, and what came."""

    origin: Month
    areas: tuple[str, ...]
    p: NDArray[np.float64]
    came: NDArray[np.bool_]

    @property
    def order(self) -> list[str]:
        """The provinces from the most to the least probable."""
        return [self.areas[i] for i in np.argsort(-self.p, kind="stable")]


def _stood(pool: ProvincePool, origins: list[Month]) -> list[Stood]:
    """Iraq's provinces at origins that share what was learned at the first of them."""
    fitted = PROVINCE_POOL.alone().fit(pool.as_known_on(origins[0]), horizons=HORIZONS, seed=1)
    truth = pool.as_known_on(pool.panel.last)
    asked = Question(months=WITHIN)
    found = []
    for origin in origins:
        history = next(b.history for b in blocks_of(pool.as_known_on(origin)) if b.history.areas[0].startswith("IRQ/"))
        year = last_year_mean(history)
        p = asked.holds(fitted.draw(history, draws=1000, seed=1), year).mean(axis=1)
        t = origin - truth.first
        rows = [truth.areas.index(a) for a in history.areas]
        found.append(Stood(origin, history.areas, p, asked.holds(truth.deaths[rows, t + 1 : t + 1 + WITHIN], year)))
    return found


def study(pool: ProvincePool, *, jobs: int) -> Iterator[str]:
    """Where the three provinces stood, month by month, and what their earlier alerts were worth."""
    before = [RECORD_FROM + i for i in range(STUDY[0] - RECORD_FROM)]
    spans = [before[i : i + REFIT] for i in range(0, len(before), REFIT)] + [
        list(STUDY[i : i + EVERY]) for i in range(0, len(STUDY), EVERY)
    ]
    every = [s for part in Parallel(n_jobs=jobs)(delayed(_stood)(pool, span) for span in spans) for s in part]
    yield "| origin | " + " | ".join(f"{a[4:]} | its alerts, hits" for a in WATCHED) + " |"
    yield "|---" * (1 + 2 * len(WATCHED)) + "|"
    for now in every:
        if now.origin in STUDY:
            yield f"| {now.origin} | " + " | ".join(_cell(area, now, every) for area in WATCHED) + " |"


def _cell(area: str, now: Stood, every: list[Stood]) -> str:
    """Rank and probability, and the area's alerts whose six months had passed by then, with the hits among them."""
    past = [
        s
        for s in every
        if s.origin + WITHIN <= now.origin and area in s.order[:BUDGET] and s.p[s.areas.index(area)] > 0
    ]
    hits = sum(bool(s.came[s.areas.index(area)]) for s in past)
    rank, p = now.order.index(area) + 1, now.p[now.areas.index(area)]
    return f"{rank} at {100 * p:.0f} % | {len(past)}, {hits}"


def main() -> None:
    """Make the tables of a stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the publishers' files")
    parser.add_argument("--stage", choices=("test", "study"), default="test")
    parser.add_argument("--jobs", type=int, default=1, help="processes; the figures do not depend on it")
    parser.add_argument("--out", type=Path, help="write the tables here too")
    given = parser.parse_args()
    begin = perf_counter()
    pool = read_province_pool(given.data, ends=dict.fromkeys(COVERS, LAST))
    if given.stage == "study":
        lines = list(study(pool, jobs=given.jobs))
    else:
        books = scored(pool, jobs=given.jobs)
        lines = [*figures(books), "", *differences(books), "", *escalations(books)]
    said = (
        f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}"
    )
    text = "\n".join([f"{said}; {perf_counter() - begin:.0f} s.", "", *lines, ""])
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
