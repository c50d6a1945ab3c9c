"""Score the pooled province model once on the months nobody chose on, and make the figures of docs/benchmarks/provinces.md.

    .venv/bin/python benchmarks/provinces.py --data ../shared/data --stage test --out FILE.md
    .venv/bin/python benchmarks/provinces.py --data ../shared/data --stage study --out FILE.md

`test`: monthly origins, Iraq 2008-2018, Syria 2018-2019, the later halves of the other countries to 2021; models refitted
every two years from what had ended by then; 500 draws; six months ahead; deaths of all three types. Beside the pooled model
stand the negative binomial and conflictology, each learned on a country's own record, and months since the last death.
`study`: Anbar, Ninewa and Salah al-Din at every origin from June 2013 to May 2014, the model learned anew at each.
"""

from __future__ import annotations

import argparse
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

import tocsin
from tocsin.api.province_pool import CHOOSING_ENDS, ProvincePool, read_province_pool
from tocsin.api.province_pool_scores import (
    HORIZONS,
    METRICS,
    Book,
    difference,
    precision_difference,
    sight,
)
from tocsin.forecast.contract import Fitted, Model, model_named
from tocsin.forecast.province_features import blocks_of
from tocsin.forecast.province_pool import PROVINCE_POOL
from tocsin.sources.build.province_month import COVERS
from tocsin.vocabulary import Month
from tocsin.warn.question import Question, last_year_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from tocsin.panel.history import History

LAST = Month.of(2021, 12)
"""Months from 2022 on are kept apart."""

FIRST = Month.of(2005, 7)
DRAWS, REFIT = 500, 24
POOL = "province_pool"
BESIDE = ("negative_binomial", "conflictology")
SINCE = "months since last death"


@dataclass(frozen=True)
class Alone:
    """A model learned on each country's own record."""

    model: Model

    def fit(self, history: History) -> dict[str, Fitted]:
        """One fit a country, by the country's first area."""
        return {
            b.history.areas[0]: self.model.fit(b.history, horizons=HORIZONS, seed=1)
            for b in blocks_of(history) if b.history.deaths.shape[1] > 36
        }  # fmt: skip

    def draw(self, fits: dict[str, Fitted], history: History, *, draws: int) -> NDArray[np.int32]:
        """Draws for the areas present, zeros where a country has no fit yet."""
        out = np.zeros((len(history.areas), len(HORIZONS), draws), dtype=np.int32)
        for b in blocks_of(history):
            if b.stop == history.deaths.shape[1] and b.history.areas[0] in fits:
                out[b.areas[b.history.here]] = fits[b.history.areas[0]].draw(b.history, draws=draws, seed=1)
        return out[history.here]


def is_test(area: str, origin: int) -> bool:
    """Whether a province and origin lie wholly after the months settings were chosen on."""
    return origin > CHOOSING_ENDS[area[:3]].id


def scored(pool: ProvincePool) -> dict[str, Book]:
    """Every model's book over all origins."""
    truth = pool.as_known_on(pool.panel.last)
    books = {name: Book() for name in (POOL, *BESIDE, SINCE)}
    model, alone = PROVINCE_POOL.alone(), {name: Alone(model_named(name)) for name in BESIDE}
    fitted: Fitted | None = None
    fits: dict[str, dict[str, Fitted]] = {}
    begin = perf_counter()
    for step, origin in enumerate(FIRST + i for i in range(pool.panel.last - FIRST)):
        history = pool.as_known_on(origin)
        fair, areas, seen = sight(history, truth)
        keep = np.array([is_test(a, origin.id) for a in areas], dtype=bool)
        if step % REFIT == 0:
            fitted = model.fit(history, horizons=HORIZONS, seed=1)
            sys.stderr.write(f"{origin} learned, {perf_counter() - begin:.0f} s\n")
        if step % 12 == 0:
            fits = {name: one.fit(history) for name, one in alone.items()}
        if not keep.any():
            continue
        fair, areas, seen = fair[keep], [a for a, k in zip(areas, keep, strict=True) if k], seen.kept(keep)
        assert fitted is not None
        books[POOL].add(areas, origin.id, fitted.draw(history, draws=DRAWS, seed=1)[fair], seen)
        for name, one in alone.items():
            books[name].add(areas, origin.id, one.draw(fits[name], history, draws=DRAWS)[fair], seen)
        books[SINCE].escalation(areas, origin.id, -seen.since, seen)
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
    return found | {c: (lambda a, _t, c=c: a.startswith(f"{c}/")) for c in others}  # type: ignore[misc]


def figures(books: dict[str, Book]) -> Iterator[str]:
    """Scores of every model in every set."""
    yield "| provinces | model | CRPS | log CRPS | IGN | MIS90 | AP(>= 25) | inside 90 % | province-months |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, keep in sets().items():
        for model in (POOL, *BESIDE):
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
        for other in BESIDE:
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
        for model in (POOL, *BESIDE, SINCE):
            t = books[model].table(keep)
            less = _bounds(precision_difference(t, simple)) if model in {POOL, SINCE} else ""
            yield (
                f"| {name} | {model} | {_said(t.ap())} | {t.precision():.3f} | {less} | {t.came.mean():.4f} "
                f"| {int(t.came.sum())} of {t.came.size} |"
            )


def _said(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _bounds(found: object) -> str:
    from tocsin.scores import Bounds  # noqa: PLC0415 - only to read what is given

    return f"{found.value:+.4f} [{found.lower:+.4f}, {found.upper:+.4f}]" if isinstance(found, Bounds) else ""


WATCHED = ("IRQ/Anbar", "IRQ/Ninewa", "IRQ/Salah al-Din")
STUDY = (Month.of(2013, 6), Month.of(2014, 5))
WITHIN = 6
BUDGET = 3


def study(pool: ProvincePool) -> Iterator[str]:
    """Where the three provinces stood, month by month, and what their earlier alerts were worth."""
    truth = pool.as_known_on(pool.panel.last)
    iraq = [a for a in truth.areas if a.startswith("IRQ/")]
    asked = Question(months=WITHIN)
    model = PROVINCE_POOL.alone()
    fitted: Fitted | None = None
    alerts = dict.fromkeys(iraq, 0)
    hits = dict.fromkeys(iraq, 0)
    waiting: list[tuple[Month, str, bool]] = []
    yield "| origin | " + " | ".join(f"{a[4:]}: rank, P | its alerts, hits" for a in WATCHED) + " |"
    yield "|---" * 7 + "|"
    for step in range(STUDY[1] - Month.of(2008, 1) + 1):
        origin = Month.of(2008, 1) + step
        history = pool.as_known_on(origin)
        if step % REFIT == 0 or origin >= STUDY[0]:
            fitted = model.fit(history, horizons=HORIZONS, seed=1)
            sys.stderr.write(f"{origin} learned\n")
        assert fitted is not None
        here = history.here
        rows = [list(here).index(history.areas.index(a)) for a in iraq]
        draws = fitted.draw(history, draws=1000, seed=1)[rows]
        year = last_year_mean(history)[here][rows]
        p = asked.holds(draws, year).mean(axis=1)
        t = origin - truth.first
        place = [truth.areas.index(a) for a in iraq]
        came = asked.holds(truth.deaths[place, t + 1 : t + 1 + WITHIN], year)
        order = list(np.argsort(-p, kind="stable"))
        for area in [w for w in waiting if w[0] + WITHIN <= origin]:
            alerts[area[1]] += 1
            hits[area[1]] += area[2]
            waiting.remove(area)
        if origin >= STUDY[0]:
            cells = [
                f"{order.index(iraq.index(a)) + 1} at {100 * p[iraq.index(a)]:.0f} % | {alerts[a]}, {hits[a]}"
                for a in WATCHED
            ]
            yield f"| {origin} | " + " | ".join(cells) + " |"
        waiting += [(origin, iraq[i], bool(came[i])) for i in order[:BUDGET] if p[i] > 0]


def main() -> None:
    """Make the tables of a stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the publishers' files")
    parser.add_argument("--stage", choices=("test", "study"), default="test")
    parser.add_argument("--out", type=Path, help="write the tables here too")
    given = parser.parse_args()
    begin = perf_counter()
    pool = read_province_pool(given.data, ends=dict.fromkeys(COVERS, LAST))
    if given.stage == "study":
        lines = list(study(pool))
    else:
        books = scored(pool)
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
