"""Escalation within three months: is the bar a fair one, can a ranking of its own pass it, and do alert rules help?

    .venv/bin/python benchmarks/provinces_signal.py --data ../shared/data --stage bar --out FILE.md
    .venv/bin/python benchmarks/provinces_signal.py --data ../shared/data --stage choose --out FILE.md
    .venv/bin/python benchmarks/provinces_signal.py --data ../shared/data --stage test --out FILE.md

`bar`: Iraq's 18 provinces, origins 2008-2015, negative binomials on several means of the own record, none of them learned,
three and six months ahead: which of them gives the figures that stand as the bar. `choose`: classifiers of escalation and
rules of alerting, judged on the months of choosing alone (no later month is loaded), every month, refitted every two years.
`test`: what was chosen, the pooled draws and two negative binomials on the months nobody chose on, with intervals over
provinces and over half-years drawn whole.
"""

from __future__ import annotations

import argparse
import platform
import sys
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import numpy as np
from joblib import Parallel, delayed
from scipy.stats import nbinom
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import tocsin
from tocsin.api.province_pool import CHOOSING_ENDS, read_province_pool
from tocsin.api.province_pool_scores import (
    HORIZONS,
    RECORDED,
    WITHIN,
    Book,
    precision_at,
    precision_difference,
    sight,
)
from tocsin.forecast.features import fading, trailing_mean
from tocsin.forecast.negative_binomial import NEGATIVE_BINOMIAL
from tocsin.forecast.provinces.features import Block, blocks_of, province_features
from tocsin.forecast.provinces.pool import PROVINCE_POOL
from tocsin.forecast.provinces.recent import LEAST_MEAN, RecentNegativeBinomial
from tocsin.forecast.provinces.signal import (
    ESCALATION,
    EscalationSignal,
    PastWindows,
    Rung,
    SignalSettings,
    past_windows,
)
from tocsin.scores import auc, average_precision, bootstrap_areas
from tocsin.sources.build.province_month import COVERS
from tocsin.vocabulary import Month
from tocsin.warn.question import last_year_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from tocsin.api.province_pool import ProvincePool
    from tocsin.api.province_pool_scores import Table
    from tocsin.forecast.contract import Fitted
    from tocsin.panel.history import History
    from tocsin.scores import Bounds

    Numbers = NDArray[np.float64]
    Asked = Callable[[PastWindows, NDArray[np.float32]], Numbers]

JUDGED = ("IRQ", "ETH", "LKA", "SLE", "SSD", "CAF")
REFIT = 24
CHOOSING_FROM, TEST_FROM = Month.of(1995, 1), Month.of(2005, 7)
LAST = Month.of(2021, 12)
"""Months from 2022 on are kept apart."""

MONTHLY, EVERY = ("IRQ", "SYR"), 3
DRAWS = 400
OWN, RECENT, POOL, SIGNAL = "negative binomial", "negative binomial, recent months", "province_pool", "signal of rungs"
HALF_YEAR = 6

# ---- the bar ---------------------------------------------------------------------------------------------------------

BAR = (Month.of(2008, 1), Month.of(2015, 12))
SPREAD = 2.0
"""One dispersion for all: it hardly moves a ranking."""


def means(deaths: Numbers) -> dict[str, Numbers]:
    """The means of the own record that the negative binomials stand on, each of shape (areas, months)."""
    mean = partial(trailing_mean, deaths)
    return {
        "8 parts 12 months, 2 parts 60 (`negative_binomial`)": 0.8 * mean(12) + 0.2 * mean(60),
        "last 12 months": mean(12),
        "last 6 months": mean(6),
        "last 3 months": mean(3),
        "half 3 months, half 12 (`recent months`)": (mean(3) + mean(12)) / 2,
        "fading, half-life 2 months": fading(deaths, 2),
    }


def bar(pool: ProvincePool) -> Iterator[str]:
    """Each negative binomial on the same work: Iraq's provinces, 2008 to 2015."""
    truth = pool.as_known_on(pool.panel.last)
    deaths = truth.deaths[[a.startswith("IRQ/") for a in truth.areas]].astype(np.float64)
    at = np.arange(BAR[0] - truth.first, BAR[1] - truth.first + 1)
    yield (
        "| mean | escalation, 3 months: AP / AUC | precision at 0.5 | one alert a month: precision, false alarms a province-year "
        "| over 100 deaths in 3 months: AP / AUC | escalation, 6 months: AP / AUC | precision at 0.5 "
        "| over 300 deaths in 6 months: AP / AUC |"
    )
    yield "|---" * 8 + "|"
    year = trailing_mean(deaths, 12)[:, at]
    for name, mean in means(deaths).items():
        own = np.maximum(mean[:, at], LEAST_MEAN)
        cells = []
        for months, many in ((3, 100), (6, 300)):
            summed = np.stack([deaths[:, at + h] for h in range(1, months + 1)]).sum(axis=0)
            came = ESCALATION.reached(summed / months, year)
            p = _exceeds(own * months, np.maximum(3 * year, 25) * months)
            cells += [_ranked(p, came), f"{precision_at(p.ravel(), came.ravel()):.3f}"]
            cells += [one_alert(p, came)] if months == WITHIN else []
            cells.append(_ranked(_exceeds(own * months, np.full(own.shape, many + 1.0)), summed > many))
        yield f"| {name} | {' | '.join(cells)} |"


def _exceeds(mean: Numbers, least: Numbers) -> Numbers:
    return np.asarray(nbinom.sf(np.ceil(least) - 1, 1 / SPREAD, 1 / (1 + SPREAD * mean)))


def _ranked(p: Numbers, came: NDArray[np.bool_]) -> str:
    return f"{average_precision(p.ravel(), came.ravel()):.2f} / {auc(p.ravel(), came.ravel()):.2f}"


def one_alert(p: Numbers, came: NDArray[np.bool_]) -> str:
    """Precision and false alarms a province-year where the first-ranked province is alerted every month."""
    first = p.argmax(axis=0)
    hits = int(came[first, np.arange(p.shape[1])].sum())
    return f"{hits / p.shape[1]:.3f}, {(p.shape[1] - hits) / (p.size / 12):.2f}"


# ---- choosing --------------------------------------------------------------------------------------------------------

SMALL_STEP = Rung(2, 15)
FEW = (
    "mean_1", "mean_3", "mean_12", "mean_60", "peak_60", "since_25", "near_3", "near_12", "country_3", "country_rise", "tempo",
    "rise_3_24", "near_above", "of_country", "deaths_os_rise", "spread",
)  # fmt: skip


def boosted(*rungs: Rung, bags: int) -> Asked:
    """Boosted trees on some rungs."""
    settings = replace(SignalSettings(), rungs=rungs, bags=bags)
    return lambda past, now: EscalationSignal.of_windows(past, seed=1, settings=settings).of_situations(now)


def trees(leaf: int) -> Asked:
    """A forest of one question, with so many situations in a leaf."""
    return lambda past, now: _fitted(
        ExtraTreesClassifier(150, min_samples_leaf=leaf, max_features=0.2, random_state=1), ESCALATION, past, now
    )


def logistic(rung: Rung, columns: list[int]) -> Asked:
    """A ridge logistic model on few signals."""

    def asked(past: PastWindows, now: NDArray[np.float32]) -> Numbers:
        few = replace(past, features=past.features[:, columns])
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=300))
        return _fitted(model, rung, few, now[:, columns])

    return asked


def _fitted(model: ExtraTreesClassifier, rung: Rung, past: PastWindows, now: NDArray[np.float32]) -> Numbers:
    model.fit(past.features, rung.reached(past.ahead, past.year))
    return np.asarray(model.predict_proba(now)[:, list(model.classes_).index(True)])


def candidates(columns: list[int]) -> dict[str, Asked]:
    """What is compared on the months of choosing."""
    return {
        "forest, leaf 20": trees(20),
        "forest, leaf 40": trees(40),
        "logistic, few signals": logistic(ESCALATION, columns),
        "logistic, few signals, learns a smaller climb": logistic(SMALL_STEP, columns),
        "boosted": boosted(ESCALATION, bags=3),
        "boosted, learns a smaller climb": boosted(SMALL_STEP, bags=3),
        SIGNAL: boosted(*SignalSettings().rungs, bags=SignalSettings().bags),
    }


POOLED = {
    "boosted and signal of rungs": ("boosted", SIGNAL),
    "forest, boosted and signal of rungs": ("forest, leaf 20", "boosted", SIGNAL),
    "signal of rungs and recent months": (SIGNAL, RECENT),
}
"""Plain means of candidates."""

RULES: dict[str, Callable[[Numbers, Numbers], Numbers]] = {
    "two months in a row": np.minimum,
    "held open for a month": np.maximum,
    "mean of two months": lambda now, before: (now + before) / 2,
}
"""Rules of alerting, on what was said this month and the month before."""


def choosing_of(pool: ProvincePool, origins: list[Month]) -> dict[str, Book]:
    """Books of every candidate and rule at origins that share what was learned at the first of them."""
    truth = pool.as_known_on(pool.panel.last)
    first = pool.as_known_on(origins[0])
    made = province_features(first)
    names = [f.name for f in made.described]
    asked = candidates([names.index(name) for name in FEW])
    past = past_windows(first, made.values, months=WITHIN)
    simple = {OWN: NEGATIVE_BINOMIAL.fit(first, horizons=HORIZONS, seed=1)}
    recent = RecentNegativeBinomial.learned_from(first, months=WITHIN)
    looks = [(o, h, *sight(h, truth)) for o in origins for h in [pool.as_known_on(o)]]
    looks = [look for look in looks if look[3]]
    now = [province_features(h).values[h.here[fair], -1] for _, h, fair, _, _ in looks]
    ends = np.cumsum([0, *(len(x) for x in now)])
    said = {name: _cut(ask(past, np.concatenate(now)), ends) for name, ask in asked.items()}
    said[RECENT] = [recent.reaches(h, least(h))[fair] for _, h, fair, _, _ in looks]
    said[OWN] = [
        seen.question.holds(drawn_simply(simple[OWN], h)[fair][:, :WITHIN], seen.last_year).mean(axis=1)
        for _, h, fair, _, seen in looks
    ]
    said |= {name: [np.mean(parts, axis=0) for parts in zip(*(said[m] for m in members), strict=True)]
             for name, members in POOLED.items()}  # fmt: skip
    books: dict[str, Book] = {}
    for name, values in said.items():
        before: dict[str, float] = {}
        for (origin, _, _, areas, seen), p in zip(looks, values, strict=True):
            books.setdefault(name, Book()).escalation(areas, origin.id, p, seen)
            if name == SIGNAL:
                last = np.array([before.get(a, x) for a, x in zip(areas, p, strict=True)])
                for rule, both in RULES.items():
                    books.setdefault(f"{name}, {rule}", Book()).escalation(areas, origin.id, both(p, last), seen)
                before = dict(zip(areas, p.tolist(), strict=True))
    return books


def _cut(values: Numbers, ends: NDArray[np.intp]) -> list[Numbers]:
    return [values[a:b] for a, b in pairwise(ends)]


def drawn_simply(fitted: Fitted, history: History) -> NDArray[np.int32]:
    """The negative binomial's draws, each country's from its own record."""
    out = np.zeros((len(history.areas), len(HORIZONS), DRAWS), dtype=np.int32)
    for b in blocks_of(history):
        if b.stop == history.deaths.shape[1]:
            out[b.areas[b.history.here]] = fitted.draw(b.history, draws=DRAWS, seed=1)
    return out[history.here]


def least(history: History) -> Numbers:
    """Deaths a month that are an escalation, for the areas present at the origin."""
    return np.maximum(ESCALATION.times * last_year_mean(history)[history.here], ESCALATION.least)


def chosen(books: dict[str, Book]) -> Iterator[str]:
    """The candidates, the most precise first."""
    yield "| candidate | AP | precision at 0.5 | AP, Iraq | precision at 0.5, Iraq | mean of six countries' precision | cases |"
    yield "|---" * 7 + "|"
    rows = []
    for name, book in books.items():
        whole, iraq = (book.table(partial(_in, homes)) for homes in (JUDGED, ("IRQ",)))
        each = np.mean([book.table(partial(_in, (home,))).precision() for home in JUDGED])
        cells = (whole.ap() or 0.0, whole.precision(), iraq.ap() or 0.0, iraq.precision(), each)
        figures = " | ".join(f"{x:.3f}" for x in cells)
        rows.append((whole.precision(), f"| {name} | {figures} | {int(whole.came.sum())} of {whole.came.size} |"))
    yield from (row for _, row in sorted(rows, reverse=True))


def _in(homes: tuple[str, ...], area: str, _origin: int) -> bool:
    return area[:3] in homes


# ---- the test --------------------------------------------------------------------------------------------------------


def looked_at(history: History) -> list[Block]:
    """The countries that are asked about at an origin: Iraq and Syria every month, the others every third."""
    every = (history.origin - TEST_FROM) % EVERY == 0
    return [
        b for b in blocks_of(history)
        if b.stop == history.deaths.shape[1] and (every or b.history.areas[0][:3] in MONTHLY)
        and history.origin.id > CHOOSING_ENDS[b.history.areas[0][:3]].id
    ]  # fmt: skip


def tested(pool: ProvincePool, origins: list[Month]) -> dict[str, Book]:
    """Books of one period: every model learns at its first origin."""
    truth = pool.as_known_on(pool.panel.last)
    first = pool.as_known_on(origins[0])
    pooled = PROVINCE_POOL.alone().fit(first, horizons=HORIZONS, seed=1)
    signal = EscalationSignal.learned_from(first, months=WITHIN, seed=1)
    recent = RecentNegativeBinomial.learned_from(first, months=WITHIN)
    own = {
        b.history.areas[0][:3]: NEGATIVE_BINOMIAL.fit(
            b.history if b.history.deaths.shape[1] > RECORDED + 12 else first, horizons=HORIZONS, seed=1
        )
        for b in blocks_of(first)
    }
    books = {name: Book() for name in (SIGNAL, POOL, RECENT, OWN)}
    for origin in origins:
        for b in looked_at(pool.as_known_on(origin)):
            fair, areas, seen = sight(b.history, truth_of(truth, b))
            if not areas:
                continue
            told = {
                SIGNAL: signal.strength(b.history)[fair],
                RECENT: recent.reaches(b.history, least(b.history))[fair],
            }
            for name, fitted in ((POOL, pooled), (OWN, own[b.history.areas[0][:3]])):
                draws = fitted.draw(b.history, draws=DRAWS, seed=1)[fair]
                told[name] = seen.question.holds(draws[:, :WITHIN], seen.last_year).mean(axis=1)
            for name, p in told.items():
                books[name].escalation(areas, origin.id, p, seen)
    return books


def truth_of(truth: History, block: Block) -> History:
    """What came in a country's provinces, from the first month of its record."""
    rows = [truth.areas.index(a) for a in block.history.areas]
    months = slice(block.history.first - truth.first, None)
    return replace(
        block.history, deaths=truth.deaths[rows, months], present=truth.present[rows, months], signals={}, slow={}
    )  # fmt: skip


def sets() -> dict[str, Callable[[str, int], bool]]:
    """The sets of provinces and origins that are told apart."""
    early = BAR[1].id
    return {
        "Iraq 2008-2015": lambda a, t: a.startswith("IRQ/") and t <= early,
        "Iraq 2008-2018": lambda a, _t: a.startswith("IRQ/"),
        "Syria 2018-2019": lambda a, _t: a.startswith("SYR/"),
        "the other countries": lambda a, _t: a[:3] not in MONTHLY,
        "all ten countries": lambda _a, _t: True,
    }


def half_year(_area: str, origin: int) -> str:
    """The stretch of months an origin lies in."""
    return str(origin // HALF_YEAR)


def told_test(books: dict[str, Book]) -> Iterator[str]:
    """Every model in every set, with what it has over the fair bar."""
    yield (
        "| provinces | model | AP | precision at 0.5 | 95 % over provinces | less recent months, over provinces "
        "| the same, over half-years | cases |"
    )
    yield "|---" * 8 + "|"
    for name, keep in sets().items():
        against, timed = books[RECENT].table(keep), books[RECENT].table(keep, block=half_year)
        for model, book in books.items():
            t = book.table(keep)
            alone = _interval(t)
            cells = ["", ""]
            if model != RECENT:
                cells = [
                    _bounds(precision_difference(t, against)),
                    _bounds(precision_difference(book.table(keep, block=half_year), timed)),
                ]
            yield (
                f"| {name} | {model} | {t.ap() or 0:.3f} | {t.precision():.3f} | {alone} | {' | '.join(cells)} "
                f"| {int(t.came.sum())} of {t.came.size} |"
            )


def _interval(table: Table) -> str:
    found = bootstrap_areas(table.precision_of(), areas=len(table.names), seed=1)
    return "" if found is None else f"[{found.lower:.3f}, {found.upper:.3f}]"


def _bounds(found: Bounds | None) -> str:
    return "" if found is None else f"{found.value:+.3f} [{found.lower:+.3f}, {found.upper:+.3f}]"


def periods(origins: list[Month]) -> list[list[Month]]:
    """The origins, parted where the models learn anew."""
    found: list[list[Month]] = []
    for origin in origins:
        if not found or origin - found[-1][0] >= REFIT:
            found.append([])
        found[-1].append(origin)
    return found


def in_parts(
    step: Callable[[ProvincePool, list[Month]], dict[str, Book]],
    pool: ProvincePool,
    parts: list[list[Month]],
    jobs: int,
) -> dict[str, Book]:
    """Books of all periods put together in order."""
    books: dict[str, Book] = {}
    for found in Parallel(n_jobs=jobs)(delayed(step)(pool, part) for part in parts):
        for name, book in found.items():
            books.setdefault(name, Book()).more(book)
    return books


def main() -> None:
    """Make the table of a stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the publishers' files")
    parser.add_argument("--stage", choices=("bar", "choose", "test"), default="bar")
    parser.add_argument("--jobs", type=int, default=1, help="processes; the figures do not depend on it")
    parser.add_argument("--out", type=Path, help="write the table here too")
    given = parser.parse_args()
    wall, worked = perf_counter(), process_time()
    choosing = given.stage == "choose"
    pool = read_province_pool(given.data, ends=CHOOSING_ENDS if choosing else dict.fromkeys(COVERS, LAST))
    first = CHOOSING_FROM if choosing else TEST_FROM
    origins = [first + i for i in range(pool.panel.last - first - max(HORIZONS) + 1)]
    if choosing:
        truth = pool.as_known_on(pool.panel.last)
        origins = [o for o in origins if sight(pool.as_known_on(o), truth)[1]]
    if given.stage == "bar":
        lines = list(bar(pool))
    elif choosing:
        lines = list(chosen(in_parts(choosing_of, pool, periods(origins), given.jobs)))
    else:
        lines = list(told_test(in_parts(tested, pool, periods(origins), given.jobs)))
    said = (
        f"Tocsin {tocsin.__version__}, Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}; "
        f"{perf_counter() - wall:.0f} s, {process_time() - worked:.0f} s of processor time in this process."
    )
    text = "\n".join([said, "", *lines, ""])
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
