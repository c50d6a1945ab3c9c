"""Command: read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter, Token
from rich.table import Table

from tocsin.api.known import open_case
from tocsin.api.read import RULES, Outcome, ReadReport, read_documents
from tocsin.api.read_left import TABLES
from tocsin.cli.app import err, out, print_json, progress
from tocsin.cli.printing import row, say, table
from tocsin.errors import InputError
from tocsin.record.document import Verdict
from tocsin.settings import Settings

SHOWN = 40


def processes(_: object, given: Sequence[Token]) -> int:
    """How many processes, as a whole number from 1."""
    text = given[-1].value
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise InputError(f"--jobs {text}: no number of processes", hint="a whole number from 1, as --jobs 2")
    return int(text)


def read(
    *, case: str = ".", extractor: list[str] | None = None,
    jobs: Annotated[int, Parameter(converter=processes)] = 2, again: bool = False, json: bool = False,
) -> int:  # fmt: skip
    """Read a case's documents and tables into its record: texts, and the claims they make, as proposals for review.

    PDF, HTML, DOCX, Markdown, text and tables in documents/ are read, and the case's own tables with them. What is
    unchanged is not read again. English is read for claims; other languages are stored, searchable and matched by name.
    A file that cannot be read is named with the reason, and the others are read all the same.

    Example: tocsin read --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        extractor: an extractor to run: rules, dataset or llm; may be repeated. Rules and dataset unless said.
        jobs: processes that read side by side, a whole number from 1.
        again: run the extractors on unchanged documents too.
        json: print JSON.
    """
    opened = open_case(case)
    with progress("reading documents"):
        done = read_documents(
            opened, extractors=tuple(extractor or RULES), jobs=jobs, again=again, settings=Settings.load(),
            tell=lambda name: err.print(name, markup=False) if err.is_terminal else None,
        )  # fmt: skip
    if json:
        print_json({"case": case, **asdict(done)})
        return 0
    out.print(_table(done))
    _say(done, case)
    return 0


def _table(done: ReadReport) -> Table:
    """What is new or could not be read, a line each; the rest is counted below."""
    shown = table("Documents and tables read", "Document", "Verdict", "Language", "Claims", "Refused", "Note")
    told = [o for o in done.outcomes if _is_worth_a_line(o)]
    for o in told[:SHOWN]:
        claims = f"{o.entered} new" + (f", {o.known} held" if o.known else "") if o.was == "new" else o.was
        row(shown, o.name, o.verdict.value, o.language or "unknown", claims, str(o.refused), o.why or o.not_extracted)
    if len(told) > SHOWN:
        row(shown, f"and {len(told) - SHOWN} more: --json lists them", "", "", "", "", "")
    return shown


def _is_worth_a_line(o: Outcome) -> bool:
    if o.verdict is not Verdict.READ or o.refused or o.why:
        return True
    return o.was != "unchanged" and (o.entered + o.known > 0 or not o.name.startswith(TABLES))


def _say(done: ReadReport, case: str) -> None:
    came = Counter(o.was for o in done.outcomes)
    say(
        f"{len(done.outcomes)} documents and tables, {came['unchanged']} of them unchanged; {done.claims:,} claims in the record."
    )
    if done.model is None:
        say("No language model is installed: only names of the gazetteer were found. pip install 'tocsin[text]'")
    if done.gone:
        say(f"No longer in the folder, and still in the record: {', '.join(done.gone)}.")
    for note in done.notes:
        say(note)
    say(f"Proposals wait for a person: tocsin review --case {case}")
