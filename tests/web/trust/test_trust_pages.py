"""The view *Trust*: what can be checked is checked, what is not known is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.web.pages_made import column_of, content_of, has_no_inline, links_of, words_of

from tocsin.api.known import open_case
from tocsin.backtest.log import Entry as Logged
from tocsin.backtest.log import append
from tocsin.forecast.contract import models
from tocsin.web.place import Place
from tocsin.web.trust import verified
from tocsin.web.trust.parts import PARTS
from tocsin.web.trust.verified import checks, logged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from tocsin.editions import Edition
    from tocsin.settings import Settings


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_each_part_says_what_it_answers_and_what_it_does_not_know(iraq: TestClient, part: Any) -> None:
    page = iraq.get("/c/iraq/trust", params={"part": part.name})
    assert page.status_code == 200
    words = words_of(content_of(page.text))
    assert part.answers in words
    assert part.does_not in words
    assert has_no_inline(page.text)


def test_data_are_late_current_or_unknown(iraq: TestClient) -> None:
    page = iraq.get("/c/iraq/trust?part=data").text
    assert "Of 2 sources, 1 is late, and of 1 it is unknown." in words_of(page)
    assert column_of(page, 2) == ["late: newer figures were due", "unknown: when newer figures are due is not told"]
    assert column_of(page, 1) == ["2024-12", "2018-12"]


def test_each_model_has_its_card_and_the_one_that_warns_comes_first(iraq: TestClient) -> None:
    words = words_of(content_of(iraq.get("/c/iraq/trust?part=models").text))
    contracts = {name: model.contract for name, model in models().items()}
    assert words.index("(warns in this edition)") < words.index(contracts["zero"].title)
    for contract in contracts.values():
        assert contract.title in words
        assert contract.paper in words
        assert all(note.replace("`", "") in words for note in contract.notes)
    assert "countries: verified, provinces: experimental" in words
    assert "`" not in words


def test_each_text_of_the_case_has_a_row_with_its_grade_or_that_it_has_none(iraq: TestClient) -> None:
    page = iraq.get("/c/iraq/trust?part=texts").text
    for source in open_case("iraq").sources:
        assert f'id="source-{source.source_id}"' in page
        assert source.title in words_of(page)
    assert "not graded" in page


def test_each_source_has_a_card_with_its_licence_its_citation_and_its_faults(iraq: TestClient) -> None:
    page = iraq.get("/c/iraq/trust?part=sources").text
    words = words_of(content_of(page))
    assert "Licence\nCC-BY-4.0" in words
    assert "1 known fault\nsome events have no province" in words
    assert links_of(page)["doi:10.1177/0022343313484347"] == "https://doi.org/10.1177/0022343313484347"
    assert "javascript:" not in page


def test_editions_say_what_they_were_made_from_and_lead_to_themselves(
    iraq: TestClient, iraq_editions: tuple[Edition, ...]
) -> None:
    page = iraq.get("/c/iraq/trust?part=editions").text
    words, (newest, earlier) = words_of(page), iraq_editions
    assert "decision" in words
    assert "none kept before it" in words
    assert "a" * 64 in words
    assert "3.5" in words
    assert "kept from before" in words
    assert "Figures by province end with December 2018." in words
    assert links_of(page)[earlier.id] == f"/c/iraq/trust?part=editions&edition={earlier.id}"
    shown = words_of(iraq.get(links_of(page)[earlier.id]).text)
    assert f"Edition {earlier.id}" in shown
    assert newest.id in shown


def test_an_edition_with_a_damaged_file_is_at_fault(iraq: TestClient, iraq_editions: tuple[Edition, ...]) -> None:
    assert "at fault" not in iraq.get("/c/iraq/trust?part=log").text
    earlier = iraq_editions[1]
    (earlier.folder / "freshness.json").write_text("[]", encoding="utf-8")
    words = words_of(iraq.get("/c/iraq/trust", params={"part": "editions", "edition": earlier.id}).text)
    assert "Files of the edition\nat fault\n1 of" in words
    assert "freshness.json" in words


def entry(origin: str) -> Logged:
    return Logged(
        made="2026-06-01T00:00:00+00:00", code_version="0", model="zero", level="country", target="deaths_all", vintage="v",
        origin=origin, horizons=(1, 2), areas=3, draws=10, seed=1, data_hash="d", draws_hash="e" * 64,
    )  # fmt: skip


def test_the_log_of_forecasts_is_listed_newest_first_and_its_chain_checked(
    iraq: TestClient, iraq_settings: Settings
) -> None:
    assert "No forecast has been logged on this machine yet" in words_of(iraq.get("/c/iraq/trust?part=log").text)
    for origin in ("2026-01", "2026-02"):
        append(entry(origin), log=iraq_settings.log_file)
    page = iraq.get("/c/iraq/trust?part=log").text
    words = words_of(page)
    assert "2 forecasts in an unbroken chain" in words
    assert words.index("2026-02") < words.index("2026-01")
    text = iraq_settings.log_file.read_text(encoding="utf-8")
    iraq_settings.log_file.write_text(text.replace("2026-01", "2026-03", 1), encoding="utf-8")
    altered = words_of(iraq.get("/c/iraq/trust?part=log").text)
    assert "Log of forecasts\nat fault\nthe log of forecasts was altered" in altered


def test_a_line_of_the_log_that_is_not_ours_is_left_to_the_check(iraq_settings: Settings) -> None:
    append(entry("2026-01"), log=iraq_settings.log_file)
    with iraq_settings.log_file.open("a", encoding="utf-8") as file:
        file.write("no json\n[1]\n")
    assert [one["origin"] for one in logged(iraq_settings.log_file)] == ["2026-01"]
    assert len(logged(iraq_settings.log_file, most=1)) == 0


def test_a_record_that_was_never_read_is_unknown(iraq: TestClient) -> None:
    assert "Record check\nunknown\nno document of the case has been read" in words_of(
        iraq.get("/c/iraq/trust?part=log").text
    )


class Recorded:
    """A record of which so many claims are not borne out."""

    def __init__(self, wrong: int) -> None:
        self.wrong, self.asked = wrong, 0

    def violations(self) -> Iterator[int]:
        self.asked += 1
        yield from range(self.wrong)


@pytest.mark.parametrize(("wrong", "well"), [(0, True), (2, False)])
def test_quotes_that_do_not_stand_in_their_documents_are_counted_once_a_minute(
    iraq_settings: Settings, iraq_editions: tuple[Edition, ...], wrong: int, *, well: bool
) -> None:
    at = Place("iraq", open_case("iraq"), iraq_editions[0], iraq_editions[0].id)
    record: Any = Recorded(wrong)
    for _ in range(5):
        found = checks(at, settings=iraq_settings, record=record)[2]
    assert (found.well, found.found.partition(" ")[0]) == (well, str(wrong))
    assert record.asked <= 2, "a minute may have ended meanwhile"


def test_a_large_record_is_not_checked_while_somebody_waits(
    iraq_settings: Settings, iraq_editions: tuple[Edition, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verified, "CHECKED_AT_ONCE", -1)
    at = Place("iraq", open_case("iraq"), iraq_editions[0], iraq_editions[0].id)
    record: Any = Recorded(3)
    found = checks(at, settings=iraq_settings, record=record)[2]
    assert found.well is None
    assert "tocsin record check --case iraq" in found.found
    assert record.asked == 0
