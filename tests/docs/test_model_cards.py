"""Model cards: one for each registered model, as its contract says."""

from __future__ import annotations

import re
from pathlib import Path

from tocsin.forecast.contract import Contract, models
from tocsin.forecast.forest import ForestSettings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "models.md"
CARDS = re.compile(r"<!-- cards -->\n(?P<cards>.*)<!-- /cards -->", re.DOTALL)


def card(contract: Contract) -> str:
    """A contract as a reader needs it."""
    status = ", ".join(f"{level.value} {contract.status_at(level).value}" for level in contract.levels)
    faults = "".join(f"\n- **Known**: {note}." for note in contract.notes)
    months = "1 month" if contract.needs == 1 else f"{contract.needs} months"
    return (
        f"### {contract.name}\n\n"
        f"{contract.title[0].upper()}{contract.title[1:]}.\n\n"
        f"- **Predicts**: {contract.predicts}.\n"
        f"- **Levels and status**: {status}.\n"
        f"- **Needs**: {months} of history before the origin.\n"
        f"- **Paper**: {contract.paper}.{faults}\n\n"
    )


def test_the_cards_are_what_the_contracts_say(*, update_golden: bool) -> None:
    cards = "".join(card(model.contract) for model in models().values())
    text = PAGE.read_text(encoding="utf-8")
    found = CARDS.search(text)
    assert found is not None
    if update_golden:
        PAGE.write_text(text[: found.start("cards")] + cards + text[found.end("cards") :], encoding="utf-8")
        return
    assert found["cards"] == cards, "pytest tests/docs --update-golden writes the cards anew"


def test_every_model_has_a_card_that_states_its_status_at_its_levels() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, model in models().items():
        part = text.split(f"\n### {name}\n")[1].split("\n### ")[0]
        for level in model.contract.levels:
            assert f"{level.value} {model.contract.status_at(level).value}" in part


def test_the_numbers_in_words_are_the_forest_s_settings() -> None:
    text, settings = PAGE.read_text(encoding="utf-8"), ForestSettings()
    assert f"**Trees.** {settings.trees} extremely" in text
    assert f"{settings.own:.0%}".replace("%", " %") + " of the draws repeat" in text
    assert f"below {settings.gate * 100:g} % is peace" in text
    assert settings.quiet_rows == 0.25
