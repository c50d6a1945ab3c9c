"""tocsin tripwires: what it prints and the keys of its JSON, on the demo and on a case made worse by hand."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tocsin
from tocsin.api import tripwire_sights
from tocsin.api.shapes.schedule import evidence_as_json, schedule_as_json
from tocsin.api.tripwires import tripwires_case
from tocsin.backtest.rolling import rolling_forecasts
from tocsin.case import write_case
from tocsin.cli.app import run
from tocsin.cli.schedule import show_evidence, show_schedule

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
CHOICE = "nmi-drawdown-2026"
ROWS = ("choices[].tripwires", "choices[].refused")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo, with a tripwire that forecasts left out: it takes long."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    write_case("mine", tmp_path / "mine", start_from="iraq")
    page = tmp_path / "mine" / "options" / f"{CHOICE}.yaml"
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r"  - \{id: iraq-ahead,.*?\}\n", "", text, flags=re.DOTALL), encoding="utf-8")
    return tmp_path


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    capsys.readouterr()
    assert run(["tripwires", *argv, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def leaves(value: Any, path: str = "") -> set[str]:
    if path in ROWS:
        return {path}.union(*(leaves(v) for v in value))
    if isinstance(value, dict):
        return set().union(*(leaves(v, f"{path}.{k}" if path else k) for k, v in value.items()))
    if isinstance(value, list) and value and isinstance(value[0], dict) and not path.endswith("changes"):
        return set().union(*(leaves(v, f"{path}[]") for v in value))
    return {path}


def documented() -> set[str]:
    part = PAGE.read_text(encoding="utf-8").split("\n## tripwires\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    return {key.removesuffix("[]") for row in rows for key in re.findall(r"`([^`]+)`", row)}


def add(folder: Path, line: str, *, choice: str = CHOICE) -> None:
    page = folder / "mine" / "options" / f"{choice}.yaml"
    page.write_text(page.read_text(encoding="utf-8") + f"  - {line}\n", encoding="utf-8")


def test_the_json_has_the_keys_that_the_page_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder, "{id: head, watches: who leads the CTS, options: [fast], indicator: record, organisation: Counter Terrorism "
                "Service, basis: judgement}")  # fmt: skip
    page = folder / "mine" / "options" / f"{CHOICE}.yaml"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("stated:\n", "stated:\n  fast_triggers: [a new attack]\n"), encoding="utf-8")
    said = printed(capsys, CHOICE, "--case", str(folder / "mine"), "--on", "2026-06-10", "--futures", "500")
    every = leaves(said)
    found = {key for key in every if not any(other.startswith((f"{key}.", f"{key}[]")) for other in every)}
    assert documented() - every == set()
    assert found - documented() == set()


def test_refusals_stand_apart_with_days(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add(folder, "{id: late, watches: deaths, options: [fast, slow], indicator: panel, area: Ninewa, months: 3, rises_to: 9, "
                "lag_days: 400, basis: judgement}")  # fmt: skip
    add(folder, "{id: own, watches: sites that close, options: [fast], indicator: record, kind: mission-has-site, "
                "basis: judgement}")  # fmt: skip
    (done,) = printed(capsys, CHOICE, "--case", str(folder / "mine"), "--on", "2026-06-10", "--futures", "500")[
        "choices"
    ]
    assert [row["id"] for row in done["refused"]] == ["late", "own"]
    why = {(row["tripwire"], row["option"]): row["why"] for row in done["refused_for"]}
    assert why["late", "fast"] == "shown 400 days after; the option needs 122 days: 522 days too late"
    assert why["summit", "slow"].endswith("335 days too late")
    assert why["own", "fast"].startswith("the option itself changes the sites of NATO")
    assert run(["tripwires", CHOICE, "--case", str(folder / "mine"), "--on", "2026-06-10", "--futures", "500"]) == 0
    out = capsys.readouterr().out
    assert "Refused tripwires, and what they say on 2026-06-10" in out
    assert "Refused: late for 'End by September 2026': shown 400 days after" in out
    assert "Refused: own rests on itself" in out
    assert out.rstrip().endswith("Demonstration: judgements in this case are placeholders.")
    assert "probability" not in out.lower()


def test_on_the_eve_and_after_the_fall_of_mosul(folder: Path) -> None:
    case = tocsin.open_case(folder / "mine")
    states = {}
    for day in (date(2014, 5, 31), date(2014, 7, 1)):
        (done,) = tripwires_case(case, choice=CHOICE, today=day, futures=100)
        states[day] = next(w for w in done.watched if w.id == "ninewa-rises").now
    assert [now.state.value for now in states.values()] == ["not tripped", "tripped"]
    assert [now.value for now in states.values()] == [0.0, 1094.0]
    assert states[date(2014, 7, 1)].since == date(2014, 6, 30)


def test_country_figures_and_a_lag_of_the_card(folder: Path) -> None:
    add(folder, "{id: whole, watches: Iraq, options: [stay], indicator: panel, area: IRQ, months: 1, rises_to: 1000, "
                "basis: judgement}")  # fmt: skip
    (done,) = tripwires_case(tocsin.open_case(folder / "mine"), choice=CHOICE, today=date(2014, 8, 5), futures=100)
    whole = next(w for w in done.watched if w.id == "whole")
    assert (whole.lag_days, whole.now.seen) == (20, date(2014, 6, 30))
    assert (whole.now.state.value, whole.timing[0].verdict.value) == ("tripped", "accepted")


def test_forecasts_are_made_again_from_what_was_known(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tripwire_sights, "MODEL", "negative_binomial")
    add(folder, "{id: ahead, watches: the forecast, options: [fast], indicator: forecast, area: Ninewa, months: 6, deaths: 25, "
                "rises_to: 50, lag_days: 20, basis: judgement}")  # fmt: skip
    case = tocsin.open_case(folder / "mine")
    asked: dict[str, Any] = {"choice": CHOICE, "today": date(2014, 10, 25), "futures": 100, "draws": 200}
    (done,) = tripwires_case(case, replay_years=1, **asked)
    ahead = next(w for w in done.watched if w.id == "ahead")
    assert (ahead.past.first, ahead.past.last, ahead.past.looked) == (date(2013, 9, 30), date(2014, 9, 30), 5)
    assert (ahead.now.state.value, ahead.now.seen) == ("tripped", date(2014, 9, 30))
    assert ahead.timing[0].why == "shown at most 163 days before; the option needs 122 days"
    (alone,) = tripwires_case(case, **asked)
    single = next(w for w in alone.watched if w.id == "ahead")
    assert (single.past.looked, single.now.value) == (None, ahead.now.value), "the newest forecast is the same alone"
    (before,) = tripwires_case(case, **(asked | {"today": date(2014, 6, 10)}))
    assert next(w for w in before.watched if w.id == "ahead").now.seen == date(2014, 4, 30)


def test_forecasts_are_made_once_for_all_that_look_as_far_ahead(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[Any] = []

    def counting(*args: Any, **given: Any) -> Any:
        made.append(given["horizons"])
        return rolling_forecasts(*args, **given)

    monkeypatch.setattr(tripwire_sights, "MODEL", "negative_binomial")
    monkeypatch.setattr(tripwire_sights, "rolling_forecasts", counting)
    for name, area, months, deaths in (("a", "Ninewa", 3, 25), ("b", "Anbar", 3, 100), ("c", "Ninewa", 2, 25)):
        add(folder, f"{{id: {name}, watches: the forecast, options: [fast], indicator: forecast, area: {area}, months: {months}, "
                    f"deaths: {deaths}, rises_to: 50, lag_days: 20, basis: judgement}}")  # fmt: skip
    argv = [CHOICE, "--case", str(folder / "mine"), "--on", "2014-10-25", "--futures", "100", "--draws", "200"]
    said = printed(capsys, *argv)["choices"][0]
    rows = [*said["tripwires"], *said["refused"]]
    values = {row["id"]: row["now"]["value"] for row in rows if row["id"] in "abc"}
    assert sorted(made) == [(1, 2), (1, 2, 3)], "one for each span of months"
    assert values["a"] != values["b"], "each area its own"
    assert values["a"] >= values["c"], "three months ahead hold the first two"
    assert run(["tripwires", *argv]) == 0
    assert "Left out: how often a, b, c would have fired. --replay-years 5" in capsys.readouterr().out
    assert run(["tripwires", *argv, "--replay-years", "1"]) == 0
    assert "Left out" not in capsys.readouterr().out


def test_what_cannot_be_forecast_is_unknown(folder: Path) -> None:
    add(folder, "{id: sb, watches: x, options: [fast], indicator: forecast, area: IRQ, series: deaths_sb, months: 6, "
                "deaths: 25, rises_to: 50, basis: judgement}")  # fmt: skip
    (done,) = tripwires_case(tocsin.open_case(folder / "mine"), choice=CHOICE, today=date(2014, 10, 25), futures=100)
    found = next(w for w in done.watched if w.id == "sb")
    assert (found.now.state.value, found.past.looked, found.timing[0].verdict.value) == ("unknown", None, "unknown")
    assert "no forecast of deaths_sb in IRQ is made" in found.now.why


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["no-such"], "no choice is called 'no-such'"),
        ([CHOICE, "--on", "2026-06"], "is no day"),
        ([CHOICE, "--on", "June"], "'June' is no day"),
        ([CHOICE, "--replay-years", "11"], "11 years cannot be forecast again"),
        ([CHOICE, "--futures", "3"], "3 futures cannot be tested"),
    ],
)
def test_what_cannot_be_asked(argv: list[str], words: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tripwires", *argv, "--case", str(folder / "mine")]) == 2
    assert words in capsys.readouterr().err


def test_schedules_and_studies_as_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tocsin.open_case(folder / "mine")
    choice = next(c for c in case.choices if c.id == CHOICE)
    schedule, found = tocsin.schedule_of(case, choice, draws=60), tocsin.evidence_for(case, choice)
    show_schedule(schedule)
    show_evidence(found)
    out = capsys.readouterr().out
    assert "Unchanged: no step names a site" in out
    assert "12,830 deaths, 2017-01 to 2018-12" in out
    assert "4 of 12 worse and 5 better" in out
    assert "6 of 12 effects name no card" in out
    made = json.loads(json.dumps([schedule_as_json(schedule), evidence_as_json(found)], allow_nan=False))
    assert made[0]["options"][0]["at"][1]["closed"] == ["Baghdad", "Beshmaya", "Taji air base"]
    assert made[1]["cards"][0]["contradicted_by"]
