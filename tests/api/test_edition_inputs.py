"""Only what a part rests on changes its fingerprint, and to see that nothing changed takes no model."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.record.small_record import small_record

from tocsin.api import edition_inputs
from tocsin.api.edition_inputs import inputs_of
from tocsin.case import read_case
from tocsin.case.folder import BUNDLED
from tocsin.record.claim import ClaimStatus
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 2, 1)
PARTS = {"study", "outlook", "provinces", "record", "mission", "decision", "brief"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(BUNDLED / "iraq", tmp_path / "iraq")


def prints(folder: Path, *, draws: int = 100, seed: int = 1, today: date = TODAY) -> dict[str, str]:
    settings = Settings(data_dir=folder.parent)
    return inputs_of(read_case(folder), settings=settings, draws=draws, seed=seed, today=today)


def altered(folder: Path, alter: Callable[[Path], None], *, draws: int = 100, seed: int = 1) -> set[str]:
    """Parts whose fingerprint is another."""
    before = prints(folder)
    alter(folder)
    after = prints(folder, draws=draws, seed=seed)
    return {part for part in before if before[part] != after[part]}


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    def alter(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return alter


def test_the_same_case_has_the_same_fingerprints(folder: Path) -> None:
    assert set(prints(folder)) == PARTS
    assert altered(folder, lambda _: None) == set()


def test_a_changed_question_touches_the_decision_alone(folder: Path) -> None:
    assert altered(folder, replaced("questions/nmi-end.yaml", "question:", "# read again\nquestion:")) == {"decision"}


def test_a_changed_option_touches_the_decision_alone(folder: Path) -> None:
    assert altered(folder, lambda f: (f / "options" / "pmf-policy.yaml").unlink()) == {"decision"}


def test_a_changed_table_touches_what_reads_tables(folder: Path) -> None:
    assert altered(folder, replaced("sites.csv", "Baghdad", "Bagdad")) == {"record", "mission", "decision"}


def test_a_new_title_touches_the_brief_alone(folder: Path) -> None:
    assert altered(folder, replaced("case.toml", "Iraq and the missions", "Missions")) == {"brief"}


def test_other_thresholds_touch_every_forecast(folder: Path) -> None:
    change = replaced("case.toml", "[25, 100, 300, 1000]", "[25, 100]")
    assert altered(folder, change) == PARTS - {"record"}


def test_another_span_of_the_replay_leaves_the_forecast_of_countries(folder: Path) -> None:
    assert "outlook" not in altered(folder, replaced("case.toml", "2013-06..2014-05", "2013-07..2014-05"))


def test_draws_seed_and_the_day(folder: Path) -> None:
    assert altered(folder, lambda _: None, draws=101) == PARTS - {"record", "brief"}
    assert altered(folder, lambda _: None, seed=2) == PARTS - {"record", "brief"}
    before, after = prints(folder), prints(folder, today=date(2026, 2, 2))
    assert {part for part in before if before[part] != after[part]} == {"mission", "decision"}


def test_another_version_or_other_figures_touch_every_forecast(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = prints(folder)
    monkeypatch.setattr("tocsin.__version__", "99")
    newer = prints(folder)
    assert {part for part in before if before[part] != newer[part]} == PARTS - {"record", "brief"}
    monkeypatch.setattr(edition_inputs, "figures", lambda: "others")
    others = prints(folder)
    assert {part for part in newer if newer[part] != others[part]} == PARTS - {"record", "brief"}


def test_a_changed_event_file_of_the_case_is_seen(folder: Path) -> None:
    case = read_case(folder)
    data = case.settings.data.model_copy(update={"events": ("own.csv",)})
    own = replace(case, settings=case.settings.model_copy(update={"data": data}))
    (folder / "own.csv").write_text("id\n1\n", encoding="utf-8")
    before = edition_inputs._own_files(own)
    (folder / "own.csv").write_text("id\n1\n2\n", encoding="utf-8")
    assert set(before) == {"own.csv"}
    assert edition_inputs._own_files(own) != before


def test_what_is_entered_in_the_record_and_decided_is_seen(folder: Path) -> None:
    none = prints(folder)
    record = folder / ".tocsin" / "record.db"
    record.parent.mkdir()
    with small_record(record) as held:
        filled = prints(folder)
        claim = held.claims()[0]
        held.decide(claim.claim_id, ClaimStatus.ACCEPTED, by="a person", why="it says so")
    decided = prints(folder)
    for before, after in ((none, filled), (filled, decided)):
        assert {part for part in before if before[part] != after[part]} == {"record", "decision"}
    assert prints(folder) == decided


UNCHANGED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tests.editions.made_up_editions import manifest
from tocsin.api.edition import make_edition
from tocsin.api.edition_inputs import inputs_of
from tocsin.api.home import editions_of
from tocsin.case import read_case
from tocsin.editions import write_edition
from tocsin.settings import Settings
case, settings = read_case(sys.argv[1]), Settings(data_dir=Path(sys.argv[1]).parent)
made = datetime(2026, 2, 1, tzinfo=UTC)
said = {"inputs": inputs_of(case, settings=settings, draws=100, seed=1, today=made.date())}
first = write_edition(editions_of(case, settings=settings).folder, manifest=manifest(made=made).model_copy(update=said), files={})
again = make_edition(case, settings=settings, draws=100, seed=1, made=made.replace(hour=9))
print(first.id == again.id, sorted({"sklearn", "typst", "spacy"} & set(sys.modules)))
"""


def test_where_nothing_changed_the_edition_stands_and_no_model_is_loaded(folder: Path) -> None:
    root = BUNDLED.parents[2]
    done = subprocess.run(
        [sys.executable, "-c", UNCHANGED, str(folder)], cwd=root, check=True, capture_output=True, text=True
    )
    assert done.stdout.split(maxsplit=1) == ["True", "[]\n"]
