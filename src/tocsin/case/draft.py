"""A case as far as it could be read, and what is known beyond it: what the checks across tables look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tocsin.case.finding import Finding, fault
from tocsin.case.read_toml import CASE_FILE, line_of
from tocsin.case.read_yaml import key_words
from tocsin.case.tables import TABLES

if TYPE_CHECKING:
    from tocsin.case.elicited import Elicited
    from tocsin.case.options import Choice
    from tocsin.case.questions import Question
    from tocsin.case.read_table import Sheet
    from tocsin.case.read_yaml import Page
    from tocsin.case.settings import CaseSettings

Inside = Callable[[str, float, float, float], bool | None]
"""Whether a place lies in a country: (ISO3, lat, lon, margin in km) -> True, False, or None without an outline."""

InProvince = Callable[[str, str, float, float, float], bool | None]
"""Whether a place lies in a province: (ISO3, name, lat, lon, margin in km) -> True, False, or None without an outline."""

NUMBERED = tuple[tuple[int, Any], ...]
"""Rows, each with its number."""

PYTHON_SETTINGS = "settings"
"""What stands for case.toml in the findings of a case given in Python."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beyond the case itself; None leaves out the checks that need it.

    Attributes:
        inside: whether a place lies in a country, for sites and candidates.
        countries: ISO3 codes of every country there are figures of.
        sections: names of the sections a brief can have.
        in_province: whether a place lies in a province, for candidates.
        cards: ids of the evidence cards that ship, which effects may name beside those of the case's own table.
        claims: names of the kinds of claim that the record can hold, which tripwires may watch.
    """

    inside: Inside | None = None
    countries: Collection[str] | None = None
    sections: Collection[str] | None = None
    in_province: InProvince | None = None
    cards: Collection[str] | None = None
    claims: Collection[str] | None = None


NOTHING_MORE = Known()


@dataclass(frozen=True)
class Draft:
    """A case as far as it could be read, before it is known to be whole.

    Attributes:
        settings: what case.toml says, or None.
        text: case.toml as it stands; empty for a case given in Python.
        sheets: the tables as text, by name.
        rows: the rows that fit their model, by table, each with its row number.
        questions: each question with the file it stands in.
        choices: each choice with the file it stands in.
        elicited: what each expert gave, with the file it stands in.
        settings_file: what findings on the settings name.
    """

    settings: CaseSettings | None
    text: str
    sheets: Mapping[str, Sheet]
    rows: Mapping[str, NUMBERED]
    questions: tuple[tuple[Page, Question], ...] = field(default=())
    choices: tuple[tuple[Page, Choice], ...] = field(default=())
    elicited: tuple[tuple[Page, Elicited], ...] = field(default=())
    settings_file: str = CASE_FILE

    def file(self, table: str) -> str:
        """The file a table was read from, or should stand in."""
        return self.sheets[table].file if table in self.sheets else f"{table}.csv"

    def numbered(self, table: str) -> NUMBERED:
        """The rows of a table that fit its model, each with its number."""
        return self.rows.get(table, ())

    def cells(self, table: str) -> tuple[tuple[int, dict[str, str]], ...]:
        """The filled cells of a table as text, those of rows with faults among them."""
        return self.sheets[table].records if table in self.sheets else ()

    def ids(self, table: str) -> set[str]:
        """The ids a table gives, those of rows with other faults among them."""
        if table == "provinces":
            return set(self.settings.areas.provinces) if self.settings is not None else set()
        key = TABLES[table].key[0]
        return {cells[key] for _, cells in self.cells(table) if key in cells}

    def settings_fault(
        self, where: tuple[int | str, ...], problem: str, mend: str, *, item: str | None = None
    ) -> Finding:  # fmt: skip
        """A fault at a key of the settings, or at an item of its list, with its line where they were read from a file."""
        row = line_of(self.text, where, item=item)
        return fault(self.settings_file, problem, mend, row=row, column=key_words(where))
