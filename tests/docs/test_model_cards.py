"""Model cards: one for each registered model, made from its contract, its words and the tables of the benchmark pages."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tocsin.errors import TocsinError, UnknownName
from tocsin.forecast.contract import models
from tocsin.forecast.forest import ForestSettings

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PAGE, CARDS = ROOT / "docs" / "models.md", ROOT / "docs" / "model-cards.md"
TABLE = """# A page

## Scored

Some words
over two lines:

| model | window | CRPS |
|---|---|---|
| simple | mean | 3.00 |
| ensemble | mean | 2.50 |
| ensemble | 2018 | 9.99 |

- The ensemble **missed** the aim, as [told](../scores.md).
- The forest missed nothing.
"""


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("model_cards", ROOT / "benchmarks" / "model_cards.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_cards_are_what_contracts_words_and_tables_give(script: ModuleType, *, update_golden: bool) -> None:
    text = script.cards()
    if update_golden:
        CARDS.write_text(text, encoding="utf-8")
        return
    assert CARDS.read_text(encoding="utf-8") == text, "python benchmarks/model_cards.py writes the cards anew"


def test_every_model_has_a_card_that_states_its_status_at_its_levels() -> None:
    text = CARDS.read_text(encoding="utf-8")
    for name, model in models().items():
        part = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
        for level in model.contract.levels:
            assert f"{level.value} {model.contract.status_at(level).value}" in part
        for note in model.contract.notes:
            assert f"- **Known**: {note}." in part


def test_a_model_without_words_has_no_card(script: ModuleType) -> None:
    with pytest.raises(UnknownName, match="new_model"):
        script.words_of({"zero": {}}, "new_model")


def test_a_model_takes_its_row_by_itself_beside_the_others(script: ModuleType) -> None:
    kind = script.Figures("Scores", "On v1.", ("model", "window", "CRPS"), rows={"window": ["mean"]})
    found = list(script.tables("benchmarks/page.md", TABLE))
    text = script.measured("ensemble", kinds=[kind], found=found)
    assert "| simple | mean | 3.00 |\n| **ensemble** | mean | 2.50 |" in text
    assert "9.99" not in text
    assert "(benchmarks/page.md#scored)" in text
    assert script.measured("zero", kinds=[kind], found=found).startswith("No figure")


def test_a_table_whose_columns_are_models_shows_the_model_among_them(script: ModuleType) -> None:
    text = "# P\n\n## S\n\n| country | zero | ours |\n|---|---|---|\n| IRQ | 1.1 | .9 |\n"
    kind = script.Figures("Ratios", "", ("country", "zero", "ours"))
    given = script.measured("ours", kinds=[kind], found=list(script.tables("p.md", text)))
    assert "| IRQ | 1.1 | **.9** |" in given


def test_a_table_that_went_away_is_told(script: ModuleType) -> None:
    kind = script.Figures("Scores", "", ("model", "IGN"))
    with pytest.raises(TocsinError, match="no table of Scores"):
        script.measured("zero", kinds=[kind], found=list(script.tables("p.md", TABLE)))


def test_what_was_missed_is_told_in_the_page_s_words(script: ModuleType) -> None:
    told = list(script.paragraphs("benchmarks/page.md", TABLE))
    words = script.Words("", "", "", "", called=("ensemble",))
    expected = "> The ensemble **missed** the aim, as [told](scores.md). ([page](benchmarks/page.md))\n\n"
    assert script.missed(words, told) == expected
    with pytest.raises(TocsinError, match="no paragraph"):
        script.missed(script.Words("", "", "", "", missed=("Nowhere said",)), told)


def test_no_number_is_said_that_no_page_holds(script: ModuleType) -> None:
    """Figures in a card's tables stand in the pages' tables, digit by digit."""
    held = {cell for page, text in script.pages() for t in script.tables(page, text) for row in t.rows for cell in row}
    rows = [line for line in CARDS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = {cell.strip().replace("**", "") for row in rows for cell in row.strip("|").split("|")}
    strange = {cell for cell in cells if re.match(r"[-+.\d]", cell) and cell not in held} - {"---"}
    assert not {s for s in strange if not s.startswith("95 %")}


def test_the_numbers_in_words_are_the_forest_s_settings() -> None:
    text, settings = PAGE.read_text(encoding="utf-8"), ForestSettings()
    assert f"**Trees.** {settings.trees} extremely" in text
    assert f"{settings.own:.0%}".replace("%", " %") + " of the draws repeat" in text
    assert f"below {settings.gate * 100:g} % is peace" in text
    assert settings.quiet_rows == 0.25
