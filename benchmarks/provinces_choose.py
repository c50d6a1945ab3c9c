"""Choose the pooled province model's settings, and write every candidate down.

    .venv/bin/python benchmarks/provinces_choose.py --data ../shared/data --stage features --out FILE.md

Iraq is read to December 2007, every other country to the middle of its record, Syria not at all: no later month is
loaded. Origins every third month, models refitted every two years, 400 draws, deaths of all three types. Each score is
divided by conflictology's in the same country and averaged over the six countries with 20 or more escalations or more
than 100 months of deaths, so that one war does not decide. Stages: `features` compares what the forest reads and how
it grows; `weights` pools the chosen forest with the negative binomial and the own last year.
"""

from __future__ import annotations

import argparse
import itertools
import platform
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from joblib import Parallel, delayed

import tocsin
from tocsin.api.province_pool import CHOOSING_ENDS, ProvincePool, read_province_pool
from tocsin.api.province_pool_scores import HORIZONS, METRICS, Book, Sight, sight
from tocsin.forecast.baselines import CONFLICTOLOGY
from tocsin.forecast.contract import Fitted, Model, model_named
from tocsin.forecast.provinces.pool import PROVINCE_POOL, FittedProvincePool, PoolSettings
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from tocsin.panel.history import History

JUDGED = ("IRQ", "ETH", "LKA", "SLE", "SSD", "CAF")
DRAWS = 400
FIRST = Month.of(1995, 1)
REFIT = 24
HEAD = (
    "| candidate | mean ratio | CRPS | log CRPS | IGN | MIS | AP(>= 25) | AP escalation | the same, Iraq "
    "| precision at 0.5 | the same, Iraq | mean ratio by country |"
)
ONLY_FOREST = replace(
    PoolSettings(), seeds=1, simple=0.0, own=0.0, gate=0.0,
    forest=replace(PoolSettings().forest, trees=50, leaf=10, relative=0.5, horizons_a_row=3),
)  # fmt: skip


def forest_candidates() -> dict[str, PoolSettings]:
    """What the forest reads, how deep it grows, and whether it learns levels, changes or both."""
    base = ONLY_FOREST
    return {
        "pattern, all types": base,
        "no pattern": replace(base, pattern=False),
        "one target alone, pattern": replace(base, other_types=False),
        "one target alone, no pattern": replace(base, pattern=False, other_types=False),
        "leaf 20": replace(base, forest=replace(base.forest, leaf=20)),
        "leaf 40": replace(base, forest=replace(base.forest, leaf=40)),
        "features .4": replace(base, forest=replace(base.forest, share_of_features=0.4)),
        "levels only": replace(base, forest=replace(base.forest, relative=0.0)),
        "changes only": replace(base, forest=replace(base.forest, relative=1.0)),
        "two seeds": replace(base, seeds=2),
    }


SHARES = [
    (changes, simple, own, gate)
    for changes, simple, own in itertools.product((0.0, 0.5), (0.0, 0.2, 0.4), (0.0, 0.1))
    for gate in ((0.0, 0.005, 0.02) if (simple, own) == (0.2, 0.1) else (0.0,))
]
"""Share of the forest of changes in the forests' draws, of the negative binomial and of the own last year, and the gate."""


@dataclass(frozen=True)
class Look:
    """One origin: the history, which areas are scored and what came."""

    origin: Month
    history: History
    fair: np.ndarray
    areas: list[str]
    sight: Sight


def looks(pool: ProvincePool, *, every: int) -> Iterator[Look]:
    """Every origin at which some province is scored."""
    truth = pool.as_known_on(pool.panel.last)
    for origin in (FIRST + i for i in range(0, pool.panel.last - FIRST, every)):
        history = pool.as_known_on(origin)
        fair, areas, seen = sight(history, truth)
        if areas:
            yield Look(origin, history, fair, areas, seen)


def periods(seen: Sequence[Look]) -> list[list[Look]]:
    """The looks that share what was learned at the first of them."""
    found: list[list[Look]] = []
    for look in seen:
        if not found or look.origin - found[-1][0].origin >= REFIT:
            found.append([])
        found[-1].append(look)
    return found


def by_period(step: Callable[[list[Look]], dict[str, Book]], seen: Sequence[Look], *, jobs: int) -> dict[str, Book]:
    """Books of all periods, each scored in a process of its own, put together in order."""
    whole: dict[str, Book] = {}
    for books in Parallel(n_jobs=jobs)(delayed(step)(period) for period in periods(seen)):
        for name, book in books.items():
            whole.setdefault(name, Book()).more(book)
    return whole


def score_group(candidates: dict[str, PoolSettings], seen: list[Look]) -> dict[str, Book]:
    """Books of candidates that share their forests over one period: grown once, drawn from in every way."""
    books: dict[str, Book] = {name: Book() for name in candidates}
    model = PROVINCE_POOL.alone().with_settings(next(iter(candidates.values())))
    fitted = model.fit(seen[0].history, horizons=HORIZONS, seed=1)
    for look in seen:
        for name, settings in candidates.items():
            forests = tuple(replace(f, settings=settings.forest) for f in fitted.forests)
            ready = replace(fitted, settings=settings, forests=forests)
            draws = ready.draw(look.history, draws=DRAWS, seed=1)[look.fair]
            books[name].add(look.areas, look.origin.id, draws, look.sight)
    return books


def score_shares(leaf: int, pattern: bool, seen: list[Look]) -> dict[str, Book]:  # noqa: FBT001  # called by partial alone
    """Books of every way to pool over one period: each member draws once, and the pools take their shares of its draws."""
    grown = replace(PoolSettings(), seeds=1, forest=replace(PoolSettings().forest, leaf=leaf), pattern=pattern)
    books: dict[str, Book] = {}
    fitted = PROVINCE_POOL.alone().with_settings(grown).fit(seen[0].history, horizons=HORIZONS, seed=1)
    for look in seen:
        levels, changes = (_member(fitted, look, relative=r) for r in (0.0, 1.0))
        simple, own = _member(fitted, look, simple=1.0), _member(fitted, look, own=1.0)
        for shares in SHARES:
            draws = _pooled((levels, changes, simple, own), shares)
            name = "leaf {}{}, changes {}, NB {}, own {}, gate {}".format(
                leaf, "" if pattern else ", no pattern", *shares
            )
            books.setdefault(name, Book()).add(look.areas, look.origin.id, draws, look.sight)
    return books


def _member(
    fitted: FittedProvincePool, look: Look, *, relative: float = 0.0, simple: float = 0.0, own: float = 0.0
) -> NDArray[np.int32]:
    settings = replace(fitted.settings, simple=simple, own=own, gate=0.0)
    forests = tuple(replace(f, settings=replace(f.settings, relative=relative)) for f in fitted.forests)
    ready = replace(fitted, settings=settings, forests=forests)
    return np.asarray(ready.draw(look.history, draws=DRAWS, seed=1)[look.fair])


def _pooled(members: tuple[NDArray[np.int32], ...], shares: tuple[float, float, float, float]) -> NDArray[np.int32]:
    """The first draws of each member, which come in random order, as many as its share."""
    changes, simple, own, gate = shares
    forest = 1 - simple - own
    ends = np.round(np.cumsum([0, forest * (1 - changes), forest * changes, simple, own]) * DRAWS).astype(int)
    every = np.concatenate([m[:, :, : b - a] for m, a, b in zip(members, ends, ends[1:], strict=False)], axis=2)
    every[(every > 0).mean(axis=2) < gate] = 0
    return every


def groups(candidates: dict[str, PoolSettings]) -> list[dict[str, PoolSettings]]:
    """Candidates by the forests they need."""
    found: dict[object, dict[str, PoolSettings]] = {}
    for name, s in candidates.items():
        found.setdefault((replace(s.forest, relative=0.0), s.seeds, s.pattern, s.other_types), {})[name] = s
    return list(found.values())


def reference(seen: Sequence[Look], model: Model = CONFLICTOLOGY) -> Book:
    """The book of a model as it ships."""
    book = Book()
    fitted: Fitted | None = None
    at: Month | None = None
    for look in seen:
        if fitted is None or at is None or look.origin - at >= REFIT:
            fitted, at = model.fit(look.history, horizons=HORIZONS, seed=1), look.origin
        draws = fitted.draw(look.history, draws=DRAWS, seed=1)[look.fair]
        book.add(look.areas, look.origin.id, draws, look.sight)
    return book


def _in(country: str, area: str, _origin: int) -> bool:
    return area.startswith(f"{country}/")


def line(name: str, book: Book, against: Book) -> tuple[float, str]:
    """The candidate's mean ratio to conflictology and its row of the table."""
    ratios = []
    for country in JUDGED:
        mine, other = (b.table(partial(_in, country)) for b in (book, against))
        ratios.append([mine.mean(m) / other.mean(m) for m in METRICS])
    means = np.mean(ratios, axis=0)
    whole = book.table(lambda a, _t: a[:3] in JUDGED)
    iraq = book.table(lambda a, _t: a.startswith("IRQ/"))
    figures = " | ".join(f"{x:.3f}" for x in means)
    countries = " ".join(f"{c} {np.mean(r):.3f}" for c, r in zip(JUDGED, ratios, strict=True))
    return float(means.mean()), (
        f"| {name} | {means.mean():.4f} | {figures} | {whole.ap25():.3f} | {whole.ap():.3f} | {iraq.ap():.3f} "
        f"| {whole.precision():.3f} | {iraq.precision():.3f} | {countries} |"
    )


def iraq_alone(seen: Sequence[Look]) -> list[Look]:
    """The same looks at Iraq, with no other country to learn from."""
    found = []
    for look in seen:
        rows = [i for i, a in enumerate(look.history.areas) if a.startswith("IRQ/")]
        keep = np.isin(look.areas, [look.history.areas[i] for i in rows])
        if keep.any():
            present = look.history.present.copy()
            present[[i for i in range(len(look.history.areas)) if i not in rows]] = False
            history = replace(look.history, present=present, deaths=np.where(present, look.history.deaths, 0))
            fair = np.arange(len(rows))
            s = look.sight
            found.append(
                Look(look.origin, history, fair, [a for a, k in zip(look.areas, keep, strict=True) if k],
                     Sight(s.last_year[keep], s.later[keep], s.since[keep]))
            )  # fmt: skip
    return found


def main() -> None:
    """Score the candidates of a stage and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the publishers' files")
    parser.add_argument("--stage", choices=("features", "weights", "alone"), default="features")
    parser.add_argument("--only", nargs="*", help="names of candidates, where not all are wanted")
    parser.add_argument("--leaf", nargs="*", type=int, default=[40], help="least rows in a leaf, for the stage weights")
    parser.add_argument(
        "--no-pattern", action="store_true", help="leave the change of pattern out, for the stage weights"
    )
    parser.add_argument("--every", type=int, default=3, help="months from one origin to the next")
    parser.add_argument("--jobs", type=int, default=1, help="processes; the figures do not depend on it")
    parser.add_argument("--out", type=Path, help="write the table here too")
    given = parser.parse_args()
    pool = read_province_pool(given.data, ends=CHOOSING_ENDS)
    seen = list(looks(pool, every=given.every))
    if given.stage == "alone":
        seen = iraq_alone(seen)
    candidates = {n: s for n, s in forest_candidates().items() if not given.only or n in given.only}
    against = reference(seen)
    told = iraq_line if given.stage == "alone" else line
    rows = [told("conflictology", against, against)]
    for name in ("negative_binomial", "quantile_forest") if given.stage == "alone" else ("negative_binomial",):
        rows.append(told(name, reference(seen, model_named(name)), against))
        sys.stderr.write(f"{rows[-1][1]}\n")
    steps = (
        [partial(score_shares, leaf, not given.no_pattern) for leaf in given.leaf]
        if given.stage == "weights"
        else [partial(score_group, group) for group in groups(candidates)]
    )
    for step in steps:
        begin = perf_counter()
        for name, book in by_period(step, seen, jobs=given.jobs).items():
            rows.append(told(name, book, against))
            sys.stderr.write(f"{rows[-1][1]}\n")
        sys.stderr.write(f"{perf_counter() - begin:.0f} s\n")
    said = (
        f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}"
    )
    size = f"{len(seen)} origins, {sum(len(s.areas) for s in seen)} province-origins"
    text = "\n".join([f"{said}; {size}.", "", HEAD, "|---" * 12 + "|", *(row for _, row in sorted(rows)), ""])
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


def iraq_line(name: str, book: Book, against: Book) -> tuple[float, str]:
    """The row of a candidate that saw Iraq alone."""
    mine, other = book.table(), against.table()
    ratios = [mine.mean(m) / other.mean(m) for m in METRICS]
    figures = " | ".join(f"{x:.3f}" for x in ratios)
    return float(np.mean(ratios)), (
        f"| {name} | {np.mean(ratios):.4f} | {figures} | {mine.ap25():.3f} |  | {mine.ap():.3f} |  | {mine.precision():.3f} "
        f"| IRQ {np.mean(ratios):.3f} |"
    )


if __name__ == "__main__":
    main()
