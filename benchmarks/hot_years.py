"""What followed hot years: deaths of the next window against the last year and the last quarter, by how hot that year was.

    .venv/bin/python benchmarks/hot_years.py --data ../shared/data/benchmarks --out benchmarks/hot_years.md

Origins every three months from October 1996 to October 2016, countries with 20 or more deaths a month over the last year.
Heat is how many times (1 + mean of the last year) lies above (1 + mean of the five years before). Nothing later than December
2017 is loaded.
"""

from __future__ import annotations

import argparse
import platform
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

import tocsin
from tocsin.api.choosing import choosing_history
from tocsin.backtest.challenge import HORIZONS
from tocsin.vocabulary import Month

LEAST = 20
HEATS = (0.0, 0.5, 1.0, 2.0, 4.0, np.inf)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with views_cm_ged_sb_1990_2021.parquet")
    parser.add_argument("--out", type=Path, help="where the table goes, beside stdout")
    given = parser.parse_args()
    history = choosing_history(given.data / "views_cm_ged_sb_1990_2021.parquet")
    found = []
    for origin in range(Month.of(1996, 10) - history.first, Month.of(2016, 10) - history.first + 1, 3):
        present = history.present[:, origin]
        past = history.deaths[present, : origin + 1]
        came = history.deaths[present, origin + HORIZONS[0] : origin + HORIZONS[-1] + 1].mean(axis=1)
        year, quarter, before = (past[:, a:b].mean(axis=1) for a, b in ((-12, None), (-3, None), (-72, -12)))
        rows = np.column_stack([(1 + year) / (1 + before), (1 + came) / (1 + year), (1 + came) / (1 + quarter)])
        found.append(rows[year >= LEAST])
    heat, to_year, to_quarter = np.concatenate(found).T
    lines = [
        "# What followed hot years",
        "",
        f"Made by `benchmarks/hot_years.py`: Tocsin {tocsin.__version__}, Python {platform.python_version()},",
        f"numpy {np.__version__}. Deaths a month, 3 to 14 months ahead, against those of the last year and quarter.",
        "",
        "| last year against the five before | situations | median, times the year | spread of log | median, times the quarter |",
        "|---|---|---|---|---|",
    ]
    for low, high in pairwise(HEATS):
        mine = (heat >= low) & (heat < high)
        words = f"{low:g} to {high:g} times" if np.isfinite(high) else f"{low:g} times and more"
        lines.append(
            f"| {words} | {mine.sum()} | {np.median(to_year[mine]):.2f} | {np.log(to_year[mine]).std():.2f} "
            f"| {np.median(to_quarter[mine]):.2f} |"
        )
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.out:
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
