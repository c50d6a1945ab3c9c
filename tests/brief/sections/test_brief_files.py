"""The files of the brief say the same: page, paper, JSON and forecast."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from bs4 import BeautifulSoup
from tests.api.iraq_case import small_case
from tests.brief.render.test_renderers_agree import found, html_text, pdf_text
from tests.brief.sections.tables_found import column, of_the_first_page, table

from tocsin.api.brief import compose
from tocsin.api.score import read_forecast
from tocsin.brief import numbers
from tocsin.brief.html import to_html
from tocsin.vocabulary import deaths, percent

if TYPE_CHECKING:
    from tocsin.api.brief_files import Made
    from tocsin.assess.findings import Findings
    from tocsin.assess.study import Study
    from tocsin.brief import Brief

MOST_BYTES = 1_500_000


def test_page_and_paper_hold_the_numbers_of_the_brief(brief: Brief, made: Made) -> None:
    expected = Counter(numbers(brief))
    page = found(html_text(made.html.read_text(encoding="utf-8")))
    paper = found(pdf_text(made.pdf.read_bytes()))
    assert sum(expected.values()) > 500
    assert page == expected
    # Where a table crosses a page its head stands again, so paper may say a number more often, but no other number.
    assert expected - paper == Counter()
    assert set(paper) == set(expected)


def test_the_page_is_one_small_file_that_asks_nobody_for_anything(made: Made) -> None:
    assert made.html.stat().st_size <= MOST_BYTES
    soup = BeautifulSoup(made.html.read_text(encoding="utf-8"), "html.parser")
    assert soup.find_all(["script", "iframe", "object", "embed", "base"]) == []
    asked = [str(node[key]) for key in ("src", "srcset", "data", "poster") for node in soup.select(f"[{key}]")]
    assert [address for address in asked if not address.startswith("data:")] == []
    led = {(node.name, str(node["href"])) for node in soup.select("[href]")}
    outward = {(name, address) for name, address in led if not address.startswith(("#", "data:"))}
    assert {name for name, _ in outward} <= {"a"}
    assert all(address.startswith("https://") for _, address in outward)
    assert all("://" not in style.get_text() for style in soup.find_all("style"))


def test_the_forecast_reads_back_to_the_same_draws(findings: Findings, made: Made) -> None:
    forecast = findings.outlook.forecast
    back = read_forecast(made.forecast)
    order = [back.areas.index(area) for area in forecast.areas]
    assert sorted(back.areas) == sorted(forecast.areas)
    assert np.array_equal(back.draws[order], forecast.draws)
    said = [(f.model, f.origin, f.target, f.vintage, f.seed, f.data_hash, f.horizons) for f in (back, forecast)]
    assert said[0] == said[1]


def test_the_table_of_all_provinces_says_what_the_json_says(brief: Brief, warnings: Any) -> None:
    shown = table(brief, title="Came", rows=18)
    rows = warnings["replay"]["rows"]
    assert column(shown, "Rank") == tuple(str(r["rank"]) for r in rows)
    assert column(shown, "Province") == tuple(r["area"] for r in rows)
    assert column(shown, "Escalation") == tuple(percent(r["p"]) for r in rows)
    assert column(shown, "100 or more") == tuple(percent(r["probabilities"]["p100_within_6"]) for r in rows)
    assert column(shown, "Came") == tuple(deaths(r["came"]["peak"]) for r in rows)
    assert column(shown, "Seen") == tuple(r["visibility"] for r in rows)


def test_the_first_page_says_of_provinces_what_the_annex_says(brief: Brief) -> None:
    first = of_the_first_page(brief)
    every = table(brief, title="Came", rows=18)
    for title in ("Rank", "Escalation", "Seen", "Came"):
        whole = dict(zip(column(every, "Province"), column(every, title), strict=True))
        short = dict(zip(column(first, "Province"), column(first, title), strict=True))
        assert short.items() <= whole.items()


def test_the_table_of_countries_says_what_the_json_says(brief: Brief, warnings: Any) -> None:
    shown = table(brief, title="Country", rows=21)
    rows = {r["area"]: r for r in warnings["newest"]["rows"]}
    names = column(shown, "Country")
    assert len(names) > 5
    assert "Iraq" in names
    mine = [rows[name] for name in names]
    assert column(shown, "Rank") == tuple(str(r["rank"]) for r in mine)
    assert column(shown, "Escalation") == tuple(percent(r["p"]) for r in mine)
    assert column(shown, "Last year") == tuple(deaths(r["last_year"]) for r in mine)
    for threshold in (25, 100, 300, 1000):
        said = tuple(percent(r["probabilities"][f"p{threshold}_within_6"]) for r in mine)
        assert column(shown, f"{threshold:,} or more") == said


def test_standings_and_leads_of_the_json_are_those_of_the_study(study: Study, warnings: Any) -> None:
    said = {(s["model"], s["area"], s["origin"]): (s["rank"], s["p"]) for s in warnings["replay"]["standings"]}
    expected = {
        (model, s.area, str(s.origin)): (s.rank, s.p)
        for model, beside in (("quantile_forest", False), ("negative_binomial", True))
        for area in study.onsets
        for s in study.standings(area, beside=beside)
    }
    assert said == expected
    assert len(said) == 2 * len(study.onsets) * len(study.origins)


def test_the_table_of_standings_says_what_the_study_says(brief: Brief, study: Study) -> None:
    shown = table(brief, title="Origin")
    assert column(shown, "Origin") == tuple(map(str, study.origins))
    for area in study.onsets:
        for nth, beside in enumerate((False, True)):
            said = column(shown, area.removeprefix("IRQ/"), nth=nth)
            every = study.standings(area, beside=beside)
            assert [cell.removesuffix(" (fell)") for cell in said] == [f"{s.rank} at {percent(s.p)}" for s in every]


@pytest.mark.parametrize("word", ["latitude", "longitude", "gid", "priogrid", "lat", "lon"])
def test_nothing_is_finer_than_a_province(word: str, made: Made, warnings: Any) -> None:
    ids = {r["area_id"] for part in ("newest", "replay") for r in warnings[part]["rows"]}
    assert all(re.fullmatch(r"[A-Z]{3}(/[^/\d]+)?", area) for area in ids)
    assert not re.search(rf'"{word}"', made.warnings.read_text(encoding="utf-8"), re.IGNORECASE)
    assert word not in set(re.findall(r"[a-z]+", html_text(made.html.read_text(encoding="utf-8")).lower()))


def test_no_day_is_named_in_what_is_forecast_but_those_of_the_brief_itself(brief: Brief, findings: Findings) -> None:
    text = html_text(
        to_html(
            compose(
                replace(findings, mission=None, record=None, decision=None),
                sections=small_case().settings.brief.sections,
            )
        )
    )
    assert brief.known in text
    assert re.findall(r"\b\d{4}-\d{2}-\d{2}\b", text) == []
