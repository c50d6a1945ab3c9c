"""Model cards: what every registered model is for, what it was measured at, and what it missed.

    .venv/bin/python benchmarks/model_cards.py            # writes docs/model-cards.md
    .venv/bin/python benchmarks/model_cards.py --check    # ends with 1 where that page is not what would be written

A card is made from three things and from nothing else: the contract a model declares in the code, the tables that stand in
docs/benchmarks.md and docs/benchmarks/*.md, and the words of benchmarks/model_cards.toml. A model that comes to stand in
a table takes its row by itself; a registered model without words ends the script. Nothing is measured here.
"""

from __future__ import annotations

import argparse
import posixpath
import re
import sys
import tomllib
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.errors import TocsinError, UnknownName
from tocsin.forecast.contract import Contract, models
from tocsin.vocabulary import MAX_HORIZON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
DOCS, PAGE = ROOT / "docs", ROOT / "docs" / "model-cards.md"
WORDS = ROOT / "benchmarks" / "model_cards.toml"
RULE = re.compile(r"^\|[-:| ]+\|$")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s]+)\)")
HEAD = """# Model cards

```
python benchmarks/model_cards.py
```

One card for each registered model: what it is for and what not, what it reads, how it was chosen, its figures beside simpler
models, what it missed. Cards are made from the contracts in the code and from the tables of the benchmark pages, which say
how each figure is made again; nobody writes a figure here. **Bold** is the card's own model. For CRPS, log CRPS, IGN and MIS90
lower is better, for AP, precision and recall higher ([scores](scores.md)). A model that is `experimental` at a level has not
been shown to have skill there on windows nobody tuned on. [Models](models.md) says what makes the draws.

Measured, and no registered model: the ranking of [hard onsets](onsets.md) ([its figures](benchmarks/onsets.md)), and
[the slow drivers](profile.md) ([theirs](benchmarks/profile.md)). What the lag of the record does to forecasts stands
[with the vintages](benchmarks/vintages.md), and a test of whether news helps [with GDELT](benchmarks/gdelt.md).
"""


class NotFound(TocsinError):
    """Words or a table that the cards rest on are not there."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a benchmark page, below its headings."""

    page: str
    headings: tuple[str, ...]
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def link(self) -> str:
        """Where it stands, from docs/; the anchor as pages of the repository make it."""
        anchor = re.sub(r"[^a-z0-9 _-]", "", self.headings[-1].lower()).replace(" ", "-")
        return f"{self.page}#{anchor}"

    @property
    def said(self) -> str:
        """The headings below the page's and the section's own."""
        return ": ".join(self.headings[2:])


@dataclass(frozen=True, slots=True)
class Figures:
    """Which tables hold a kind of figure, and which of their rows and columns a card shows.

    Attributes:
        title: what was measured.
        judged: on what, and who had chosen anything on it.
        columns: a table with all of these columns is meant.
        show: the columns shown; all where none is named.
        rows: for a column, the values shown.
        names: what the table calls a registered model.
        models: the models a table without a column of models is about.
        without: a table with one of these columns is another.
        caption: how the line above the table begins.
    """

    title: str
    judged: str
    columns: tuple[str, ...]
    show: tuple[str, ...] = ()
    rows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    models: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    caption: str = ""

    def meant(self, table: Table) -> bool:
        """Whether a table holds these figures."""
        columns = set(table.columns)
        return (
            columns.issuperset(self.columns)
            and not columns & {*self.without}
            and table.caption.startswith(self.caption)
        )

    def chosen(self, table: Table) -> tuple[dict[str, str], ...]:
        """The rows a card may show, before a model is named."""
        rows = (dict(zip(table.columns, row, strict=False)) for row in table.rows)
        return tuple(row for row in rows if all(row.get(c) in wanted for c, wanted in self.rows.items()))


@dataclass(frozen=True, slots=True)
class Words:
    """What no table says: purpose, limits, what is read, how it was chosen; openings of paragraphs that tell what was missed."""

    purpose: str
    not_for: str
    reads: str
    chosen: str
    called: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or point of a benchmark page, on one line, its links as seen from docs/."""

    page: str
    text: str


def pages() -> Iterator[tuple[str, str]]:
    """Every benchmark page: its path below docs/, and its text."""
    for path in (DOCS / "benchmarks.md", *sorted((DOCS / "benchmarks").glob("*.md"))):
        yield path.relative_to(DOCS).as_posix(), path.read_text(encoding="utf-8")


def tables(page: str, text: str) -> Iterator[Table]:
    """Every table of a page that has a line of headings."""
    headings, caption, lines = [""], "", text.splitlines()
    for at, (line, after) in enumerate(pairwise([*lines, ""])):
        if mark := re.match(r"(#+) ", line):
            headings, caption = [*headings[: len(mark[1]) - 1], line[mark.end() :]], ""
        elif line.startswith("|") and RULE.match(after):
            body = [row for row in _run(lines[at + 2 :]) if not RULE.match(row)]
            yield Table(page, tuple(headings), caption, _cells(line), tuple(map(_cells, body)))
        elif line and not line.startswith(("|", "`")):
            caption = line


def _run(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("|"):
            return
        yield line


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def paragraphs(page: str, text: str) -> Iterator[Paragraph]:
    """Every paragraph and every point of a list, tables and headings left out."""

    def from_docs(link: re.Match[str]) -> str:
        return f"]({posixpath.normpath(posixpath.join(posixpath.dirname(page), link[1]))})"

    for block in re.split(r"\n\s*\n|\n(?=- )", text):
        if not block.startswith(("|", "#", "```")):
            words = " ".join(line.strip() for line in block.splitlines())
            yield Paragraph(page, LINK.sub(from_docs, words.removeprefix("- ")))


def words_of(read: Mapping[str, Mapping[str, object]], name: str) -> Words:
    """The words of one model.

    Raises:
        UnknownName: the model has none.
    """
    if name not in read:
        raise UnknownName.of("model in benchmarks/model_cards.toml", name, read)
    return Words(**{key: tuple(v) if isinstance(v, list) else v for key, v in read[name].items()})  # type: ignore[arg-type]


def figures_of(read: Sequence[Mapping[str, object]]) -> tuple[Figures, ...]:
    """The kinds of figures, in the order cards show them."""
    return tuple(
        Figures(**{key: tuple(v) if isinstance(v, list) else v for key, v in kind.items()})  # type: ignore[arg-type]
        for kind in read
    )


def shown(kind: Figures, table: Table, name: str) -> str:
    """The rows of a table that tell of a model, and those beside them; nothing where the model is not in it."""
    rows = kind.chosen(table)
    called = {told for told, registered in kind.names.items() if registered == name} | {name}
    columns = [c for c in kind.show or table.columns if c in table.columns]
    if "model" in table.columns:
        if not any(row["model"] in called for row in rows):
            return ""
        return _rendered(columns, [_bold(row, "model") if row["model"] in called else row for row in rows])
    if name in kind.models:
        return _rendered(columns, rows)
    if kind.models or name not in table.columns:
        return ""
    return _rendered(columns, [_bold(row, name) for row in rows])


def _bold(row: dict[str, str], column: str) -> dict[str, str]:
    return row | {column: f"**{row[column]}**"}


def _rendered(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    lines = [columns, ["---"] * len(columns), *([row.get(c, "") for c in columns] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def measured(name: str, *, kinds: Sequence[Figures], found: Sequence[Table]) -> str:
    """All figures of a model, each with what it was measured on and where it stands.

    Raises:
        NotFound: no benchmark page has a table of some kind, or it has none of the rows that are shown.
    """
    parts = []
    for kind in kinds:
        meant = [table for table in found if kind.meant(table) and kind.chosen(table)]
        if not meant:
            raise NotFound(
                f"no table of {kind.title}", hint=f"columns {', '.join(kind.columns)}; rows {dict(kind.rows)}"
            )
        for table in meant:
            if text := shown(kind, table, name):
                said = f" {table.said}." if table.said else ""
                parts.append(f"**{kind.title}** ([page]({table.link})).{said} {kind.judged}\n\n{text}\n")
    return "\n".join(parts) or "No figure of it stands on the benchmark pages.\n"


def missed(words: Words, told: Sequence[Paragraph]) -> str:
    """What was aimed at and not reached, in the pages' own words.

    Raises:
        NotFound: a paragraph that the words name is not there.
    """
    kept = []
    for opening in words.missed:
        hits = [p for p in told if p.text.startswith(opening)]
        if not hits:
            raise NotFound(f"no paragraph of a benchmark page begins {opening!r}", hint="benchmarks/model_cards.toml")
        kept += hits
    called = [re.compile(rf"\b{re.escape(name)}\b") for name in words.called]
    kept += [p for p in told if re.search(r"\bmissed\b", p.text) and any(c.search(p.text) for c in called)]
    return "".join(f"> {p.text} ([page]({p.page}))\n\n" for p in dict.fromkeys(kept))


def card(contract: Contract, words: Words, *, figures: str, misses: str) -> str:
    """A card as a reader needs it."""
    status = ", ".join(f"{level.value} {contract.status_at(level).value}" for level in contract.levels)
    months = "1 month" if contract.needs == 1 else f"{contract.needs} months"
    faults = "".join(f"- **Known**: {note}.\n" for note in contract.notes)
    return (
        f"## {contract.name}\n\n{contract.title[0].upper()}{contract.title[1:]}.\n\n"
        f"- **For**: {words.purpose}\n- **Not for**: {words.not_for}\n"
        f"- **Predicts**: {contract.predicts}.\n- **Levels and status**: {status}.\n"
        f"- **Horizon**: 1 to {MAX_HORIZON} months ahead can be asked for; each table says which were scored.\n"
        f"- **Reads**: {words.reads}\n- **Needs**: {months} of history before the origin.\n"
        f"- **How chosen, and on what**: {words.chosen}\n- **Paper**: {contract.paper}.\n{faults}\n"
        f"### Measured: {contract.name}\n\n{figures}\n"
        + (f"### Aims, met and missed: {contract.name}\n\nIn the words of the pages:\n\n{misses}" if misses else "")
    )


def cards() -> str:
    """The whole page.

    Raises:
        TocsinError: a registered model has no words, or a table or paragraph that the words name is not there.
    """
    read = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    texts = list(pages())
    found = [table for page, text in texts for table in tables(page, text)]
    told = [paragraph for page, text in texts for paragraph in paragraphs(page, text)]
    kinds = figures_of(read["figures"])
    parts = [HEAD]
    for name, model in models().items():
        words = words_of(read["models"], name)
        figures = measured(name, kinds=kinds, found=found)
        parts.append(card(model.contract, words, figures=figures, misses=missed(words, told)))
    return "\n".join(part.rstrip() + "\n" for part in parts)


def main() -> int:
    """Write the page, or say whether it is what would be written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; end with 1 where the page is not up to date"
    )
    options = parser.parse_args()
    try:
        text = cards()
    except TocsinError as problem:
        print(problem, file=sys.stderr)
        return 2
    if options.check:
        fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        print("up to date" if fresh else "not up to date: python benchmarks/model_cards.py writes it anew")
        return 0 if fresh else 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}: {len(models())} cards")
    return 0


if __name__ == "__main__":
    sys.exit(main())
