"""What slow drivers were followed by, for every driver and fifth; and how weakly each ranks who breaks next.

    python benchmarks/profile.py [--out docs/benchmarks/profile.md]

Counts country-years from the end of 1991 with outcomes to 2017, from the figures that ship, and prints the tables of the
page; nothing is chosen on them. Some seconds on one core.
"""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from tocsin.api.profile import record
from tocsin.assess.profile import followed, months_since_of
from tocsin.assess.profile_drivers import DRIVERS
from tocsin.assess.profile_outcomes import FIRST, LAST, ONSET_WITHIN, RESAMPLES, THRESHOLDS, WITHIN, skill_beside
from tocsin.assess.profile_words import FIFTHS, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tocsin.assess.profile import Followed
    from tocsin.assess.profile_outcomes import Skill


def page() -> str:
    """The whole page, with what it was made on."""
    began = process_time()
    every, since = followed(record()), months_since_of(record())
    took = process_time() - began
    head = (
        "# What slow drivers were followed by\n\n"
        f"Made by `python benchmarks/profile.py` on {platform.machine()} ({platform.system()}), Python "
        f"{platform.python_version()}, numpy {np.__version__}, polars {pl.__version__}; {took:.1f} s of one core. Country-years "
        f"from {FIRST}, outcomes to {LAST} and none later; {len(record().countries)} states. Intervals: 95 %, whole countries "
        f"drawn anew {RESAMPLES} times. Nothing was chosen on these tables: drivers and the ends thought fragile were written "
        "down before. Associations, not causes; see [how to read a profile](../profile.md).\n"
    )
    return "\n".join([head, *ranking(every, since), *beside(), *outcomes(every), *failures(every)])


def ranking(every: Mapping[str, Followed], since: Mapping[int, Skill]) -> Iterator[str]:
    """How each driver alone ranks countries at peace."""
    yield "## Alone, at ranking countries without a death for a year\n"
    yield "Onset: a year of 25 deaths or more within the span. AP without skill is the base rate.\n"
    spans = [f"{'12 months' if n == 1 else f'{n} years'}" for n in ONSET_WITHIN]
    yield "| driver (fragile end) | " + " | ".join(f"AUC, {s} | AP, {s} | base | n / onsets" for s in spans) + " |"
    yield "|---|" + "---|---|---|---|" * len(spans)
    rows = [(f"{d.name} ({d.fragile})", every[d.key].skills) for d in DRIVERS]
    for name, skills in [("**months since the last death**", since), *sorted(rows, key=lambda r: -r[1][1].auc.value)]:
        yield f"| {name} | " + " | ".join(_skill(skills.get(n)) for n in ONSET_WITHIN) + " |"
    yield ""


def _skill(found: Skill | None) -> str:
    if found is None:
        return "unknown | unknown | unknown | unknown"
    auc, ap = found.auc, found.ap
    ranked = f"{auc.value:.2f} ({auc.lower:.2f}-{auc.upper:.2f}) | {ap.value:.3f} ({ap.lower:.3f}-{ap.upper:.3f})"
    return f"{ranked} | {found.base:.3f} | {found.n:,} / {found.onsets}"


def beside() -> Iterator[str]:
    """Each driver against months since the last death, on the country-years of which it is known."""
    yield "## Against months since the last death, on the same country-years\n"
    yield "The rows above are of different country-years: governance, say, is known from 1996 on. Here each is on its own.\n"
    spans = [f"{'12 months' if n == 1 else f'{n} years'}" for n in ONSET_WITHIN]
    yield "| driver | " + " | ".join(f"months since, AUC, {s} | driver less that" for s in spans) + " |"
    yield "|---|" + "---|---|" * len(spans)
    for d in DRIVERS:
        cells = []
        for n in ONSET_WITHIN:
            found = skill_beside(record(), d.key, fragile=d.fragile, within=n)
            if found is None:
                cells.append("unknown | unknown")
                continue
            apart, since = found
            cells.append(f"{since.value:.2f} | {apart.value:+.2f} ({apart.lower:+.2f} to {apart.upper:+.2f})")
        yield f"| {d.name} | " + " | ".join(cells) + " |"
    yield ""


def outcomes(every: Mapping[str, Followed]) -> Iterator[str]:
    """Shares by fifth, of all country-years and of quiet ones."""
    for quiet in (False, True):
        for threshold in THRESHOLDS:
            for within in WITHIN:
                of = "country-years with fewer than 25 deaths" if quiet else "all country-years"
                yield f"## A year of {threshold:,} or more deaths within {within} years, {of}\n"
                yield (
                    "| driver | all | "
                    + " | ".join(f"{f} fifth" for f in FIFTHS)
                    + " | years until, lowest / highest |"
                )
                yield "|---|---|" + "---|" * len(FIFTHS) + "---|"
                for d in DRIVERS:
                    found = (every[d.key].quiet if quiet else every[d.key].outcomes).get((threshold, within))
                    if found is None:
                        yield f"| {d.name} | unknown |" + " unknown |" * (len(FIFTHS) + 1)
                        continue
                    fifths = " | ".join(share(s) for s in found.fifths)
                    lead = " / ".join("none" if x is None else f"{x:.0f}" for x in (found.lead[0], found.lead[-1]))
                    yield f"| {d.name} | {100 * found.base.value:.0f} % | {fifths} | {lead} |"
                yield ""


def failures(every: Mapping[str, Followed]) -> Iterator[str]:
    """Drivers that say nothing, and which do better than months since the last death."""
    yield "## What does not help\n"
    nothing = [d.name for d in DRIVERS if (s := every[d.key].skills.get(1)) and s.auc.lower <= 0.5 <= s.auc.upper]
    wrong = [d.name for d in DRIVERS if (s := every[d.key].skills.get(1)) and s.auc.upper < 0.5]
    apart = {d.name: skill_beside(record(), d.key, fragile=d.fragile, within=1) for d in DRIVERS}
    better = [name for name, found in apart.items() if found and found[0].lower > 0]
    yield f"- AUC over 12 months not clear of .5: {', '.join(nothing) or 'none'}."
    yield f"- Pointing the other way, clear of .5: {', '.join(wrong) or 'none'}."
    yield f"- Better than months since the last death over 12 months, clear of chance: {', '.join(better) or 'none'}."
    yield ""


def main() -> None:
    """Print the page, and write it where a file is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, help="a file for the page too")
    asked = parser.parse_args()
    made = page()
    sys.stdout.write(made)
    if asked.out:
        asked.out.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
