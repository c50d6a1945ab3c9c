"""Making editions of a small case: what changed is made again, the rest is kept, and nothing is half there."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from joblib.externals.loky.process_executor import BrokenProcessPool

from tocsin.api import foundations
from tocsin.api.edition import make_edition
from tocsin.api.edition_brief import hand_out
from tocsin.api.editions import compared, edition_row
from tocsin.api.home import editions_of, home_of
from tocsin.api.outlook import country_outlook
from tocsin.api.score import read_forecast
from tocsin.api.study import study_case
from tocsin.backtest.log import verify
from tocsin.case import read_case
from tocsin.case.folder import BUNDLED
from tocsin.errors import FileProblem, MissingExtra
from tocsin.forecast.contract import models
from tocsin.forecast.forest import QUANTILE_FOREST, ForestSettings
from tocsin.scores import difference
from tocsin.settings import Settings
from tocsin.vocabulary import Month

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.editions import Edition

CASE_TOML = """
name = "small"
title = "A small case"
demo = true
level = "admin1"
target = "deaths_all"
thresholds = [25, 100]
windows = [1, 6]
horizons = "1-6"

[areas]
countries = ["IRQ"]

[data]
events = ["starter"]

[brief]
sections = ["replay", "forecast", "settlement"]

[replay]
origins = "2014-05"
within = 6
"""
MADE = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def patched() -> Any:
    """Few trees and short backtests, so that an edition takes seconds."""
    short_study = partial(study_case, record_from=Month.of(2014, 1), record_to=Month.of(2014, 6), explained=1)
    short_outlook = partial(country_outlook, record_years=1, explained=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tocsin.api.study.SEEDS", 1)
        patch.setattr("tocsin.assess.outlook.difference", partial(difference, resamples=20))
        patch.setattr(foundations, "study_case", short_study)
        patch.setattr(foundations, "country_outlook", short_outlook)
        patch.setitem(models(), "quantile_forest", QUANTILE_FOREST.with_settings(ForestSettings(trees=3)))
        yield patch


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases") / "small"
    (folder / "questions").mkdir(parents=True)
    (folder / "case.toml").write_text(CASE_TOML, encoding="utf-8")
    for name in ("sources.csv", "actors.csv", "questions/nmi-end.yaml"):
        shutil.copy(BUNDLED / "iraq" / name, folder / name)
    shutil.copytree(BUNDLED / "iraq" / "documents", folder / "documents")
    return folder


def make(folder: Path, *, hour: int, **other: Any) -> Edition:
    settings = Settings(data_dir=folder.parent / "data")
    return make_edition(
        read_case(folder), settings=settings, draws=20, seed=1, made=MADE.replace(hour=hour), processes=1, **other
    )


@pytest.fixture(scope="module")
def first(folder: Path, patched: Any) -> Edition:  # noqa: ARG001 - patches what is made
    return make(folder, hour=1)


@pytest.fixture
def never_again(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing that takes minutes may be made."""

    def fails(*_: object, **__: object) -> None:
        raise AssertionError("this was kept and must not be made again")

    for name in ("study_case", "country_outlook", "replay_case"):
        monkeypatch.setattr(foundations, name, fails)
    return monkeypatch


def test_an_edition_holds_what_its_manifest_says(first: Edition, folder: Path) -> None:
    said = first.manifest
    assert (said.case, said.home, said.demo, said.origin, said.provinces_origin) == (
        "small",
        "IRQ",
        True,
        "2024-12",
        "2018-12",
    )
    assert first.faults() == ()
    assert {"areas.json", "outlook.json", "provinces.json", "replay.json", "decision.json", "pages/now.json"} <= set(
        said.files
    )
    assert not any(name.endswith((".pkl", ".npz", ".py")) for name in said.files)
    assert {"mission.json", "record.json"} & set(said.files) == set()
    assert "The case assesses no mission." in said.notes
    assert "No document of the case was read: there is no record." in said.notes
    assert any(note.startswith("Figures by province end with December 2018") for note in said.notes)
    assert said.commands == ("tocsin run --case small --seed 1",)
    assert (said.since, first.json("changes")) == (None, [])
    assert set(said.inputs) == {"study", "outlook", "provinces", "record", "mission", "decision", "brief"}
    assert min(said.seconds[part] for part in ("study", "outlook", "provinces")) > 0
    assert verify(folder.parent / "data" / "forecast_log.jsonl") == 3


def test_every_province_is_told_and_explained(first: Edition) -> None:
    said = first.json("provinces")
    assert len(said["rows"]) == 18
    assert all(row["drivers"] for row in said["rows"])
    assert (said["origin"], said["status"]) == ("2018-12", "experimental")
    replays = first.table("replays")
    assert set(replays["model"]) == {"quantile_forest", "negative_binomial"}
    ranks = replays.filter(replays["origin"] == "2014-05", replays["model"] == "quantile_forest")["rank"]
    assert sorted(ranks) == list(range(1, 19))
    ninewa = replays.filter(replays["area_id"] == "IRQ/Ninewa", replays["origin"] == "2014-05")
    assert (ninewa["peak"] > 1000).all()


def test_every_link_of_a_page_leads_somewhere(first: Edition) -> None:
    pages = [
        name.removeprefix("pages/").removesuffix(".json") for name in first.manifest.files if name.startswith("pages/")
    ]
    assert len(pages) == 15
    for name in pages:
        page = first.page(name)
        anchors = {b["id"] for b in page["blocks"] if b["kind"] == "heading"}
        for url in _urls(page["blocks"]):
            assert url.startswith(("https://", "/c/small/")) or url.removeprefix("#") in anchors, (name, url)
    assert first.page("now")["blocks"]


def _urls(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["url"]] if value.get("kind") == "link" else []
        return [*own, *(url for inner in value.values() for url in _urls(inner))]
    return [url for inner in value for url in _urls(inner)] if isinstance(value, list) else []


def test_nothing_changed_gives_back_the_edition_that_is_there(
    first: Edition, folder: Path, never_again: object  # noqa: ARG001
) -> None:  # fmt: skip
    assert make(folder, hour=2) == first


def test_a_changed_question_makes_the_decision_again_and_no_forecast(
    first: Edition, folder: Path, never_again: object, tmp_path: Path,  # noqa: ARG001
) -> None:  # fmt: skip
    copy = shutil.copytree(folder, tmp_path / "small")
    path = copy / "questions" / "nmi-end.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("In how many months", "How many months"), encoding="utf-8")
    newer = make(copy, hour=3)
    assert newer.id != first.id
    assert newer.manifest.since == first.id
    differing = {n for n, held in newer.manifest.files.items() if first.manifest.files.get(n) != held}
    assert "decision.json" in differing
    same = {
        "outlook.json",
        "provinces.json",
        "replay.json",
        "replays.parquet",
        "ahead.parquet",
        "draws.parquet",
        "series.parquet",
    }
    assert same & differing == set()
    assert [newer.manifest.seconds[part] for part in ("study", "outlook", "provinces")] == [0, 0, 0]
    assert verify(folder.parent / "data" / "forecast_log.jsonl") == 3, "what is kept is in the log already"


def test_damage_is_mended_by_making_it_again(
    first: Edition, folder: Path, never_again: object, tmp_path: Path  # noqa: ARG001
) -> None:  # fmt: skip
    copy = shutil.copytree(folder, tmp_path / "small")
    (copy / ".tocsin" / "editions" / first.id / "outlook.json").write_text("{}", encoding="utf-8")
    newer = make(copy, hour=0)
    assert newer.id > first.id, "the newest is the newest, though the clock was put back by an hour"
    assert newer.manifest.since is None, "nothing is compared with what was altered"
    assert newer.faults() == ()
    assert newer.manifest.files["outlook.json"] == first.manifest.files["outlook.json"]


@pytest.fixture(scope="module")
def two(folder: Path, patched: Any) -> foundations.Foundations:  # noqa: ARG001 - patches what is made
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(foundations, "ProcessPoolExecutor", _InThisProcess)
        return foundations.foundations_of(read_case(folder), draws=20, seed=1, processes=2, provinces_too=False)


def test_two_processes_give_the_numbers_of_one(two: foundations.Foundations, first: Edition) -> None:
    assert two.outlook.forecast.draws.ravel().tolist() == first.table("draws")["outcome"].to_list()
    assert two.study is not None
    said = first.table("replays").filter(pl.col("model") == "quantile_forest")
    assert two.study.answers.p.ravel().tolist() == said["p"].to_list()
    assert two.seconds["study"] > 0
    assert two.seconds["outlook"] > 0


class _InThisProcess:
    """Runs what is asked at once, as few trees are known to this process only."""

    def __init__(self, max_workers: int) -> None:
        assert max_workers == 1

    def submit(self, work: Any, *args: Any, **named: Any) -> Any:
        done = work(*args, **named)
        return type("Done", (), {"result": staticmethod(lambda: done)})

    def shutdown(self, **_: object) -> None:
        """Nothing is left running."""


def test_a_process_that_was_killed_is_made_good_here(
    folder: Path, two: foundations.Foundations, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(_InThisProcess):
        def submit(self, work: Any, *args: Any, **named: Any) -> Any:  # noqa: ARG002
            def result() -> None:
                raise BrokenProcessPool

            return type("Lost", (), {"result": staticmethod(result)})

    made = []

    def makes(part: Any, name: str) -> Any:
        def make(*_: Any, **asked: Any) -> Any:
            made.append((name, asked["draws"], asked["seed"]))
            return part

        return make

    monkeypatch.setattr(foundations, "ProcessPoolExecutor", Killed)
    monkeypatch.setattr(foundations, "study_case", makes((two.study, None), "study"))
    monkeypatch.setattr(foundations, "country_outlook", makes(two.outlook, "outlook"))
    found = foundations.foundations_of(read_case(folder), draws=20, seed=1, processes=2, provinces_too=False)
    assert made == [("study", 20, 1), ("outlook", 20, 1)], "each is made once, the second here as its process is gone"
    assert found.study is two.study
    assert found.outlook.forecast.draws.tolist() == two.outlook.forecast.draws.tolist()


def test_a_brief_is_handed_out_whole(first: Edition, tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="the pdf extra is not installed")
    made = hand_out(first, tmp_path / "out")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "brief.html", "brief.pdf", "forecast.parquet", "warnings.json",
    ]  # fmt: skip
    assert read_forecast(made.forecast).draws.shape[2] == 20
    lean = first.manifest.model_copy(
        update={"files": {k: v for k, v in first.manifest.files.items() if k != "brief.pdf"}}
    )
    with pytest.raises(MissingExtra, match="the edition holds no PDF"):
        hand_out(type(first)(first.folder, lean), tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_editions_are_listed_and_compared(first: Edition, folder: Path) -> None:
    case, settings = read_case(folder), Settings(data_dir=folder.parent / "data")
    assert edition_row(first)["faults"] == []
    assert compared(case, settings=settings).old is None
    empty = Settings(data_dir=folder.parent / "other")
    with pytest.raises(FileProblem, match="has no edition yet"):
        compared(read_case("iraq"), settings=empty)


def test_a_case_that_ships_has_its_home_in_the_data_folder(folder: Path) -> None:
    settings = Settings(data_dir=folder.parent / "data")
    assert home_of(read_case("iraq"), settings=settings) == settings.data_dir / "cases" / "iraq"
    assert home_of(read_case(folder), settings=settings) == folder / ".tocsin"
    assert editions_of(read_case(folder), settings=settings).folder == folder / ".tocsin" / "editions"
