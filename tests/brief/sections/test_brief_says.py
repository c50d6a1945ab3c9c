"""What every brief says of its data, and what it says only where it is so."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.api.iraq_case import iraq_findings, small_case
from tests.brief.sections.tables_found import column, of_the_first_page, tables

from tocsin.api import brief as api
from tocsin.api import foundations
from tocsin.api.brief import WATERMARK, compose, find, write_brief
from tocsin.backtest.log import draws_hash, verify
from tocsin.brief import numbers
from tocsin.brief.html import to_html
from tocsin.errors import UnknownName
from tocsin.vocabulary import Likelihood, Target, percent

if TYPE_CHECKING:
    from pathlib import Path
    from typing import NoReturn

    from tocsin.api.brief_files import Made
    from tocsin.assess.findings import Findings
    from tocsin.assess.study import Study
    from tocsin.brief import Brief

SECTIONS = small_case().settings.brief.sections
MONTH = re.compile(r"\b(\d{4}-\d{2}|[A-Z][a-z]+ \d{4})\b")


def of_provinces(brief: Brief) -> set[str]:
    """Captions of the tables that rest on the figures of the provinces."""
    said = ("rovince", "stood among", "Lead time")
    return {t.caption for t in tables(brief) if any(words in t.caption for words in said)}


def of_the_mission(findings: Findings) -> set[str]:
    """Captions of the tables that rest on the case's own rows, on its events and on past missions."""
    told = compose(replace(findings, mission=None), sections=SECTIONS)
    return {t.caption for t in tables(compose(findings, sections=SECTIONS))} - {t.caption for t in tables(told)}


def of_the_record(findings: Findings) -> set[str]:
    """Captions of the tables that rest on what documents say, each row with its own dates."""
    told = compose(replace(findings, record=None), sections=SECTIONS)
    return {t.caption for t in tables(compose(findings, sections=SECTIONS))} - {t.caption for t in tables(told)}


def of_the_decision(findings: Findings) -> set[str]:
    """Captions of the tables that rest on the case's questions and choices."""
    told = compose(replace(findings, decision=None), sections=SECTIONS)
    return {t.caption for t in tables(compose(findings, sections=SECTIONS))} - {t.caption for t in tables(told)}


def of_the_profiles(findings: Findings) -> set[str]:
    """Captions of the tables that rest on yearly figures of whole countries."""
    told = compose(replace(findings, profiles=()), sections=SECTIONS)
    return {t.caption for t in tables(compose(findings, sections=SECTIONS))} - {t.caption for t in tables(told)}


def test_every_table_of_slow_drivers_says_its_last_year_and_its_sources(brief: Brief, findings: Findings) -> None:
    slow = of_the_profiles(findings)
    told = [t for t in tables(brief) if t.caption in slow]
    assert [t.caption for t in told] == ["Slow drivers of Iraq, figures to 2024"]
    assert all("Gapminder" in t.note and "UCDP" in t.note for t in told)


def test_every_table_of_the_decision_says_what_it_rests_on(brief: Brief, findings: Findings) -> None:
    decision = of_the_decision(findings)
    told = [t for t in tables(brief) if t.caption in decision]
    assert len(told) >= 10
    assert [t.caption for t in told if "as entered in the case" not in t.caption] == []


def test_every_table_of_the_mission_says_when_or_by_which_figures(brief: Brief, findings: Findings) -> None:
    said = re.compile(r"\b(19|20)\d\d\b|by the case's tables|as entered in the case|as printed|UCDP")
    mission = of_the_mission(findings)
    told = [t for t in tables(brief) if t.caption in mission]
    assert len(told) >= 15
    silent = [t.caption for t in told if not said.search(f"{t.caption} {t.note} {' '.join(c.unit for c in t.columns)}")]
    assert silent == []


def test_every_table_says_its_months_its_target_and_its_vintage(brief: Brief, findings: Findings) -> None:
    assert findings.study is not None
    assert len(tables(brief)) >= 12
    faults, mission = [], of_the_mission(findings) | of_the_record(findings) | of_the_decision(findings)
    mission |= of_the_profiles(findings)
    for one in (t for t in tables(brief) if t.caption not in mission):
        seen = f"{one.caption} {one.note}"
        dated = f"{seen} {one.columns[0].title} {one.rows[0][0].text}"  # a row may be a month of its own
        history = findings.study.truth if one.caption in of_provinces(brief) else findings.outlook.history
        vintage, target = history.vintage, Target(history.target)
        lacking = [
            what
            for what, there in (
                ("months", MONTH.search(dated)), ("vintage", vintage in seen),
                ("target", target.words in seen or target.value in seen),
            )
            if not there
        ]  # fmt: skip
        faults += [(one.caption, lacking)] if lacking else []
    assert faults == []


def test_sums_of_all_types_are_never_called_state_based(findings: Findings) -> None:
    told = to_html(compose(replace(findings, mission=None), sections=SECTIONS))
    for sentence in re.split(r"[.;]", told):
        sign = "other signs of violence" in sentence  # of the panel's own column of state-based deaths
        assert sign or "state-based" not in sentence.lower() or "never" in sentence.lower()


def test_old_data_are_said_to_be_old(brief: Brief, findings: Findings) -> None:
    page = to_html(brief)
    assert f"data through {findings.outlook.forecast.origin.words}" in page
    assert "13 months before" in page
    assert findings.study is not None
    assert page.index(findings.study.replay.origin.words) < page.index('id="newest"')


def test_likelihood_words_fit_their_numbers(brief: Brief, study: Study) -> None:
    worded = [t for t in tables(brief) if {"In words", "Province"} <= {c.title for c in t.columns}]
    p = {w.name: w.p for w in study.replay.warnings}
    assert worded
    for shown in worded:
        names = column(shown, "Province")
        assert column(shown, "In words") == tuple(Likelihood.of(p[name]).value for name in names)
        assert column(shown, "Escalation") == tuple(percent(p[name]) for name in names)


def test_the_silence_of_ninewa_is_in_the_brief(brief: Brief, study: Study) -> None:
    assert {"Anbar", "Ninewa", "Salah al-Din"} <= set(column(of_the_first_page(brief), "Province"))
    truth = study.truth
    fell = truth.deaths[truth.areas.index("IRQ/Ninewa"), study.onsets["IRQ/Ninewa"] - truth.first]
    assert f"{fell:,}" in to_html(brief)


@pytest.mark.parametrize("demo", [True, False])
def test_placeholders_are_marked_on_a_demonstration_and_on_nothing_else(*, demo: bool) -> None:
    brief = compose(replace(iraq_findings(), demo=demo), sections=SECTIONS)
    assert brief.watermark == (WATERMARK if demo else None)
    assert (WATERMARK in to_html(brief)) is demo


def test_an_unknown_section_is_refused_with_the_nearest_that_exists(findings: Findings) -> None:
    with pytest.raises(UnknownName, match="did you mean 'forecast'"):
        compose(findings, sections=("replay", "forcast"))


def test_sections_stand_in_the_order_asked_for(findings: Findings) -> None:
    turned = to_html(compose(findings, sections=("forecast", "replay")))
    assert turned.index('id="newest"') < turned.index('id="replay"')
    straight = to_html(compose(findings, sections=("replay", "forecast")))
    assert straight.index('id="replay"') < straight.index('id="newest"')


def test_a_section_that_is_not_asked_for_is_left_out(findings: Findings) -> None:
    page = to_html(compose(findings, sections=("replay",)))
    assert 'id="replay"' in page
    assert 'id="newest"' not in page


def test_a_case_without_a_replay_has_a_brief_of_the_newest_forecast(
    monkeypatch: pytest.MonkeyPatch, findings: Findings
) -> None:
    def no_study(*_: object, **__: object) -> NoReturn:
        raise AssertionError("no replay was asked for")

    monkeypatch.setattr(foundations, "outlook_of", lambda *_, **__: findings.outlook)
    monkeypatch.setattr(foundations, "study_case", no_study)
    settings = small_case().settings.model_copy(update={"replay": None})
    silent = find(replace(small_case(), settings=settings), draws=60, seed=1, made=findings.made)
    brief = compose(silent, sections=SECTIONS)
    page = to_html(brief)
    assert silent.study is None
    assert 'id="replay"' not in page
    assert "2014" not in brief.subtitle
    assert brief.known == "As known on 31 December 2024"
    assert 'id="newest"' in page


def test_a_brief_without_a_replay_is_written_and_its_json_says_so(tmp_path: Path, findings: Findings) -> None:
    silent = replace(findings, study=None)
    made = write_brief(silent, compose(silent, sections=SECTIONS), tmp_path)
    assert '"replay": null' in made.warnings.read_text(encoding="utf-8")
    assert made.pdf.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("stopped_at", ["to_html", "to_pdf", "write_table", "write_text", "write_bytes", "_warnings"])
def test_stopping_leaves_what_was_there_and_logs_nothing(
    stopped_at: str, tmp_path: Path, brief: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, log = tmp_path / "out", tmp_path / "log.jsonl"
    folder.mkdir()
    before = {name: f"old {name}" for name in ("brief.html", "brief.pdf", "forecast.parquet", "warnings.json")}
    for name, content in before.items():
        (folder / name).write_text(content, encoding="utf-8")

    def stop(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, stopped_at, stop)
    with pytest.raises(KeyboardInterrupt):
        write_brief(iraq_findings(), brief, folder, log=log)
    assert {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()} == before
    assert not log.exists()


def test_both_forecasts_of_a_brief_enter_the_log(tmp_path: Path, findings: Findings, brief: Brief) -> None:
    log = tmp_path / "log.jsonl"
    write_brief(findings, brief, tmp_path / "out", log=log)
    assert verify(log) == 2
    assert findings.study is not None
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    made = (findings.outlook.forecast, findings.study.replay.forecast)
    assert [(e["origin"], e["draws_hash"]) for e in entries] == [(str(f.origin), draws_hash(f)) for f in made]


def test_what_came_is_read_by_area_and_not_by_place(findings: Findings, study: Study, brief: Brief) -> None:
    truth = study.truth
    order = list(reversed(range(len(truth.areas))))
    turned = replace(
        truth, areas=truth.areas[::-1], names=truth.names[::-1], deaths=truth.deaths[order], present=truth.present[order],
        neighbours=tuple(tuple(order[j] for j in truth.neighbours[i]) for i in order),
        signals={name: signal[order] for name, signal in truth.signals.items()},
    )  # fmt: skip
    again = compose(replace(findings, study=replace(study, truth=turned)), sections=SECTIONS)
    assert tables(again) == tables(brief)
    assert Counter(numbers(again)) == Counter(numbers(brief))


def test_the_same_findings_make_the_same_files(tmp_path: Path, findings: Findings, brief: Brief, made: Made) -> None:
    again = write_brief(findings, brief, tmp_path)
    assert [f.read_bytes() for f in again.files] == [f.read_bytes() for f in made.files]


def test_a_case_without_outlines_still_has_its_brief(findings: Findings, tmp_path: Path) -> None:
    """Outlines are not required of a case: what cannot be drawn is left out, and every number stays."""
    bare = replace(findings, shapes={area: shape for area, shape in findings.shapes.items() if "/" not in area})
    made = write_brief(bare, compose(bare, sections=SECTIONS), tmp_path)
    assert "Ninewa" in made.html.read_text(encoding="utf-8")
