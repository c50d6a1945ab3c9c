"""Commands: screen."""

import csv
from io import StringIO
from pathlib import Path

from tocsin.api.screen import Screened, query_of, read_batch, screen_name, screen_rows, search
from tocsin.api.shapes.screen import as_json, query_as_json, words_of
from tocsin.cli.app import out as page
from tocsin.cli.app import print_json, progress
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.errors import InputError
from tocsin.record.export.tables import harmless
from tocsin.record.screening import NO_MATCH, NOT_A_FINDING
from tocsin.sources.tables import write_text

COLUMNS = (
    "row", "name", "kind", "birth_date", "nationality", "as_of", "rank", "list", "entry_id", "entry", "matched_name",
    "quality", "score", "match", "against", "reasons", "state", "standing", "words",
)  # fmt: skip


def screen(
    name: str | None = None, *, kind: str | None = None, birth_date: str | None = None, nationality: str | None = None,
    as_of: str | None = None, lists: list[Path] | None = None, batch: Path | None = None, out: Path | None = None,
    json: bool = False,
) -> None:  # fmt: skip
    """Compare names with the designation lists as of a date; a match is not a finding.

    What speaks against comes first. Without --lists the entries that ship are searched: OFAC's for the region.

    Example: tocsin screen "Kassem Suleimani" --kind person --birth-date 1957

    Args:
        name: the name, in any script.
        kind: person, organisation or vessel; anything if not given.
        birth_date: 1957, 1957-03 or 1957-03-11.
        nationality: a country, its code, or as Iraqi.
        as_of: the day on which the lists are asked; their newest copy if not given.
        lists: a file or folder with lists (OFAC, UN, or a CSV of your own); may be repeated.
        batch: a CSV with the columns name, kind, birth_date, nationality, instead of one name.
        out: write the answers to this CSV; an apostrophe stands before a cell that a spreadsheet would run.
        json: print JSON.
    """
    if (name is None) == (batch is None):
        raise InputError(
            "give either a name or --batch", hint='tocsin screen "Some Name", or tocsin screen --batch people.csv'
        )
    with progress("reading the lists"):
        query = None if name is None else query_of(
            name, kind=kind, birth_date=birth_date, nationality=nationality, as_of=as_of
        )  # fmt: skip
        asked = None if batch is None else read_batch(batch, as_of=as_of)
        searched = search(tuple(lists or ()))
        answers: tuple[Screened, ...] = () if query is None else (screen_name(searched, query),)
        answers = answers if asked is None else screen_rows(searched, asked)
    notes = () if asked is None else tuple(f"{batch}: {note}" for note in asked.notes)
    if out is not None:
        write_text(_csv(answers), out)
    if json:
        print_json(as_json(searched, answers, notes=notes))
        return
    for answer in answers:
        _print(answer)
    say("Searched: " + "; ".join(one.covers() for one in searched.lists) + ".")
    for one in searched.lists:
        for note in one.notes:
            say(f"{one.name}: {note}.")
    for note in notes:
        say(f"{note}.")
    say(NOT_A_FINDING)
    if out is not None:
        say(f"Written: {out}")


def _print(answer: Screened) -> None:
    asked = answer.query.name if answer.row is None else f"row {answer.row}: {answer.query.name}"
    if not answer.hits:
        say(f"{asked}: {NO_MATCH}")
        return
    made = table(asked, "against", "score", "match", "entry", "name that matched", "list", "on the list", "for")
    for hit in answer.hits:
        entry = hit.listed.entry
        row(
            made, "; ".join(hit.against) or "nothing known", f"{hit.score:.2f}", "yes" if hit.match else "no",
            f"{entry.name} ({entry.kind.value}, {entry.entry_id})",
            f"{hit.listed.alias.name} ({hit.listed.alias.quality.value})",
            f"{entry.list_name}: {'; '.join(entry.programmes) or UNKNOWN}", hit.as_of.words, "; ".join(hit.reasons),
        )  # fmt: skip
    page.print(made)
    say(words_of(answer))


def _csv(answers: tuple[Screened, ...]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for answer in answers:
        asked = [answer.row, *query_as_json(answer.query).values()]
        if not answer.hits:
            writer.writerow(map(harmless, [*asked, *[None] * 12, NO_MATCH]))
        for rank, hit in enumerate(answer.hits, 1):
            entry = hit.listed.entry
            writer.writerow(map(harmless, [
                *asked, rank, entry.list_name, entry.entry_id, entry.name, hit.listed.alias.name,
                hit.listed.alias.quality.value, hit.score, "yes" if hit.match else "no", "; ".join(hit.against),
                "; ".join(hit.reasons), hit.as_of.state.value, hit.as_of.words, NOT_A_FINDING,
            ]))  # fmt: skip
    return text.getvalue()
