"""Screening measured: aliases taken out of the index in turn, near-miss names no list has, and plain rapidfuzz beside.

An alias is found where its own entry is among the five hits at or above the threshold. A query is wrong where its first
hit at or above the threshold is another entry (`precision`), and, more strictly, where any hit is (`precision_any`).
"""

from __future__ import annotations

import resource
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

from tocsin.api.screen import Searched, search
from tocsin.errors import OutOfRange, Where
from tocsin.record.screening import LIMIT, THRESHOLD, Query, screen
from tocsin.record.screening.sampling import Split, alias_probes, near_misses, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tocsin.record.screening.sampling import Probe

ALIASES = 3000
NEAR_MISSES = 2000
PLAIN_PROBES = 500
SEED = 20260
PLAIN = {"rapidfuzz token_set_ratio": fuzz.token_set_ratio, "rapidfuzz WRatio": fuzz.WRatio}
PLAIN_CUTOFF = 0.5
BLOCK = 200
"""Queries that rapidfuzz compares with all names at once: what bounds memory."""

HALF = 0.5
OVERLAPS: dict[str, Callable[[Probe], float | None]] = {
    "of all words of the two": lambda probe: probe.overlap,
    "of both, twice the shared (Dice)": lambda probe: 2 * (probe.overlap or 0.0) / (1 + (probe.overlap or 0.0)),
    "of the alias's own words": lambda probe: probe.contained,
    "of the shorter name's words": lambda probe: probe.shorter,
}
"""What `at least half of the words are shared` may mean, the narrowest first; by the first it is judged."""

BANDS = ("0", "(0,.5)", "[.5,1)", "1")


@dataclass(frozen=True, slots=True)
class Answer:
    """The best scores of the entries near a probe: (score, number of the entry), the highest first."""

    probe: Probe
    scored: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """One method at one threshold.

    Attributes:
        method: `tocsin`, or a scorer of rapidfuzz.
        threshold: score from which a hit counts, 0..1.
        recall: share of aliases found, by band of overlap; None where the band is empty.
        recall_half, recall_rest: the same where at least half of all words are shared, and where less are.
        precision, precision_any: over all queries.
        precision_half: over the aliases with at least half of the words shared, and all near misses.
        wrong_near_misses: near misses with a hit at or above the threshold.
    """

    method: str
    threshold: float
    recall: dict[str, float | None]
    recall_half: float | None
    recall_rest: float | None
    precision: float | None
    precision_any: float | None
    precision_half: float | None
    wrong_near_misses: int


@dataclass(frozen=True, slots=True)
class Half:
    """Aliases that share at least half of their words, by one meaning of it.

    Attributes:
        share: of what the shared words are a share.
        aliases: how many there are.
        recall: share of them found.
        precision: over them and all near misses.
    """

    share: str
    aliases: int
    recall: float | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class ScreeningBenchmark:
    """What came of it.

    Attributes:
        counts: aliases by band of overlap (Jaccard), and near misses by rule.
        ours: ours at the threshold, on the whole sample.
        respelt: the same, where an entry that has the name asked in another spelling counts neither way: so some near misses
            are no misses, and some entries of another list the same bearer.
        respelt_near_misses: near misses that are a listed name in another spelling.
        half: by what half of the words may mean, the narrowest first.
        beside: on `beside_names` of the names: ours, and rapidfuzz at the threshold where its precision is not below ours,
            else where it is highest.
        names: names indexed.
        load_s, names_per_s: on one core; loading is reading and indexing.
        peak_mb: of the process before rapidfuzz ran beside.
        by_contained: our recall where bands are by the share of the alias's own words in the nearest other name.
    """

    counts: dict[str, int]
    ours: Measured
    respelt: Measured
    respelt_near_misses: int
    half: tuple[Half, ...]
    beside: tuple[Measured, ...]
    beside_names: int
    names: int
    load_s: float
    names_per_s: float
    peak_mb: float
    by_contained: dict[str, float | None]


def benchmark_screening(
    data: Path, *, aliases: int = ALIASES, misses: int = NEAR_MISSES, seed: int = SEED, plain: int = PLAIN_PROBES,
    split: Split = Split.MEASURED, tell: Callable[[str], None] = lambda _: None,
) -> ScreeningBenchmark:  # fmt: skip
    """Measure screening on the lists of a folder.

    Args:
        data: the folder with the lists.
        aliases: aliases asked.
        misses: near-miss names asked.
        seed: of the sample.
        plain: how many of the names, evenly taken, rapidfuzz is asked beside us; it takes most of the time.
        split: the part of the entries; constants were set on `development` only.
        tell: told what is being done.

    Raises:
        OutOfRange: a sample of less than one.
        FileProblem: the folder holds no list.
    """
    if aliases < 1 or misses < 1:
        raise OutOfRange("a sample of less than one name", where=Where(field="aliases"), hint="ask for 1 or more")
    begin = perf_counter()
    searched = search((data,))
    load = perf_counter() - begin
    probes = (*alias_probes(searched.index, aliases, split=split, seed=seed),
              *near_misses(searched.index, misses, split=split, seed=seed))  # fmt: skip
    tell(f"{len(probes)} names against {len(searched.index.names)}")
    begin = perf_counter()
    ours = tuple(_ours(searched, probe) for probe in probes)
    seconds = perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    some = ours[:: max(1, len(ours) // plain)] if plain else ()
    beside = [measured("tocsin", some, THRESHOLD)] if some else []
    for name, scorer in PLAIN.items() if some else ():
        tell(f"{name}: {len(some)} names")
        beside.append(at_precision_of(beside[0], name, plain_answers(searched, [a.probe for a in some], scorer)))
    by_contained = {band: _recall([a for a in ours if _band(a.probe.contained) == band], THRESHOLD) for band in BANDS}
    return ScreeningBenchmark(
        _counts(probes), measured("tocsin", ours, THRESHOLD),
        measured("tocsin, other spellings apart", respelt_apart(ours), THRESHOLD),
        sum(probe.owner is None and bool(probe.respelt) for probe in probes), halves(ours, THRESHOLD),
        tuple(beside), len(some), len(searched.index.names), load, len(probes) / seconds, peak, by_contained,
    )  # fmt: skip


def _ours(searched: Searched, probe: Probe) -> Answer:
    hits = screen(searched.index, Query(probe.name, probe.kind), without=probe.without, limit=2 * LIMIT)
    by_entry = {(h.listed.entry.list_name, h.listed.entry.entry_id): h.score for h in hits}
    numbers = {(h.listed.entry.list_name, h.listed.entry.entry_id): h.number for h in hits}
    return Answer(probe, tuple((score, numbers[key]) for key, score in by_entry.items()))


def plain_answers(searched: Searched, probes: Sequence[Probe], scorer: Callable[..., float]) -> tuple[Answer, ...]:
    """The best of every entry by a scorer of rapidfuzz alone, on folded words; kinds are kept apart as ours are."""
    index = searched.index
    names = [normal(listed.alias.name) for listed in index.names]
    kinds = np.array([listed.name.kind.value for listed in index.names])
    found: list[Answer] = []
    for at in range(0, len(probes), BLOCK):
        block = probes[at : at + BLOCK]
        scores = process.cdist(
            [normal(p.name) for p in block], names, scorer=scorer, score_cutoff=100 * PLAIN_CUTOFF, dtype=np.uint8,
        )  # fmt: skip
        for probe, row in zip(block, scores, strict=True):
            row[list(probe.without)] = 0
            row[kinds != probe.kind.value] = 0
            best: dict[int, float] = {}
            for number in np.argsort(-row.astype(np.int16), kind="stable")[:200].tolist():
                if row[number]:
                    best.setdefault(int(index.owner[number]), float(row[number]) / 100)
            found.append(Answer(probe, tuple((score, owner) for owner, score in list(best.items())[: 2 * LIMIT])))
    return tuple(found)


def measured(method: str, answers: Sequence[Answer], threshold: float) -> Measured:
    """Recall by band and precision of a method at a threshold.

    Recall: aliases whose own entry is among the hits, of all. Precision: of queries with the right entry among the hits
    and queries whose first hit is wrong, the share of the former.
    """
    half = [a for a in answers if a.probe.overlap is not None and a.probe.overlap >= 0.5]
    rest = [a for a in answers if a.probe.overlap is not None and a.probe.overlap < 0.5]
    misses = [a for a in answers if a.probe.overlap is None]
    return Measured(
        method, threshold,
        {band: _recall([a for a in answers if _band(a.probe.overlap) == band], threshold) for band in BANDS},
        _recall(half, threshold), _recall(rest, threshold), _precision(answers, threshold, first=True),
        _precision(answers, threshold, first=False), _precision([*half, *misses], threshold, first=True),
        sum(bool(_hits(a, threshold)) for a in misses),
    )  # fmt: skip


def respelt_apart(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The answers, where entries with the name in another spelling are neither right nor wrong."""
    return tuple(
        replace(a, probe=replace(a.probe, neutral=(a.probe.neutral | a.probe.respelt) - {a.probe.owner}))
        for a in answers
    )


def halves(answers: Sequence[Answer], threshold: float) -> tuple[Half, ...]:
    """Recall and precision where half of the words are shared, by each meaning of it."""
    misses = [a for a in answers if a.probe.owner is None]
    aliases = [a for a in answers if a.probe.owner is not None]
    found = {share: [a for a in aliases if (of(a.probe) or 0.0) >= HALF] for share, of in OVERLAPS.items()}
    return tuple(
        Half(share, len(half), _recall(half, threshold), _precision([*half, *misses], threshold, first=True))
        for share, half in found.items()
    )


def at_precision_of(ours: Measured, method: str, answers: Sequence[Answer]) -> Measured:
    """A method at the lowest threshold where its precision is not below ours; at its most precise where none is."""
    tried = [measured(method, answers, t / 100) for t in range(int(100 * PLAIN_CUTOFF), 101)]
    enough = [
        m for m in tried if m.precision is not None and ours.precision is not None and m.precision >= ours.precision
    ]
    return enough[0] if enough else max(tried, key=lambda m: m.precision or 0.0)


def _hits(answer: Answer, threshold: float) -> list[int]:
    """Entries at or above the threshold, five at most; those that are neither right nor wrong are left out."""
    return [n for score, n in answer.scored if score >= threshold and n not in answer.probe.neutral][:LIMIT]


def _recall(answers: Sequence[Answer], threshold: float) -> float | None:
    return sum(a.probe.owner in _hits(a, threshold) for a in answers) / len(answers) if answers else None


def _precision(answers: Iterable[Answer], threshold: float, *, first: bool) -> float | None:
    right = wrong = 0
    for answer in answers:
        hits = _hits(answer, threshold)
        right += answer.probe.owner in hits
        wrong += any(n != answer.probe.owner for n in (hits[:1] if first else hits))
    return right / (right + wrong) if right + wrong else None


def _band(overlap: float | None) -> str | None:
    if overlap is None:
        return None
    return "0" if overlap == 0 else "(0,.5)" if overlap < 0.5 else "[.5,1)" if overlap < 1 else "1"


def _counts(probes: Sequence[Probe]) -> dict[str, int]:
    found: dict[str, int] = {}
    for probe in probes:
        key = f"overlap {_band(probe.overlap)}" if probe.overlap is not None else probe.rule
        found[key] = found.get(key, 0) + 1
    return dict(sorted(found.items()))
