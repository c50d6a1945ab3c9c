"""How long reading takes, and how much memory: a made PDF of 500 pages, and the press releases in Markdown.

Run it as `python benchmarks/reading.py [--data FOLDER] [--pages N]`; FOLDER holds us_treasury_releases.parquet.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from pathlib import Path

import polars as pl
import typst

from tocsin.record.reading import read_bytes

SYLLABLES = ("ba", "den", "kor", "lim", "mu", "na", "pel", "ru", "sa", "tov", "ul", "vin")


def made_pdf(pages: int) -> bytes:
    """A report of so many pages, about 450 words each, with running heads, page numbers and footnotes."""
    rng = random.Random(1)  # noqa: S311  # a fixed course, not a secret

    def words(count: int) -> str:
        return " ".join("".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(count))

    page = "\n\n".join
    leaves = [
        page(
            [f"= Part {n}", *(f"{words(110)}." for _ in range(3)), f"{words(60)}.#footnote[{words(12)}.] {words(40)}."]
        )
        for n in range(pages)
    ]
    head = "#set page(header: [A made report], footer: context [Page #counter(page).display()])\n#set text(hyphenate: true)\n"
    made = typst.compile((head + "\n#pagebreak()\n".join(leaves)).encode())
    assert isinstance(made, bytes)
    return made


def megabytes() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Read both, and print seconds and memory."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=Path("../shared/data/documents"))
    asked.add_argument("--pages", type=int, default=500)
    chosen = asked.parse_args()
    pdf = made_pdf(chosen.pages)
    before, start = megabytes(), time.perf_counter()
    _, text = read_bytes(pdf, name="made.pdf")
    assert text is not None
    print(
        f"PDF: {chosen.pages} pages, {len(pdf) / 1e6:.1f} MB, {len(text.text):,} characters, {len(text.segments):,} segments: "
        f"{time.perf_counter() - start:.1f} s; peak {megabytes():.0f} MB, {before:.0f} MB of it before reading"
    )
    releases = chosen.data / "us_treasury_releases.parquet"
    if releases.is_file():
        sources = [words.encode() for words in pl.read_parquet(releases)["text"]]
        start = time.perf_counter()
        read = sum(read_bytes(words, name="release.md")[1] is not None for words in sources)
        print(
            f"Markdown: {read} of {len(sources)} releases: {time.perf_counter() - start:.1f} s; peak {megabytes():.0f} MB"
        )


if __name__ == "__main__":
    main()
