"""The view *Decide*: sliders that are computed and never stored, and pages that foretell nothing that was counted."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.brief.sections.test_counted_is_not_foretold import faults
from tests.web.pages_made import column_of, content_of, has_no_inline, links_of, words_of

from tocsin.api.judgements import add_judgement, close_judgement, judgement_log_file
from tocsin.api.known import open_case
from tocsin.api.shapes.settle import question_as_json
from tocsin.brief.sections.decision_words import points
from tocsin.case.cells import Range
from tocsin.decide.settle import Role, settle_question
from tocsin.errors import OutOfRange, UnknownName
from tocsin.web.decide import what_if as computed
from tocsin.web.decide.parts import PARTS
from tocsin.web.decide.question import sliders, step_of
from tocsin.web.decide.what_if import DRAWS, Move, answer, moved, what_if

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from tocsin.case.questions import Question
    from tocsin.settings import Settings

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
MOVED = "/c/iraq/decide?question=nmi-end&position.us=30"


@pytest.fixture(scope="module")
def question() -> Question:
    return next(each for each in open_case("iraq").questions if each.id == "nmi-end")


def files_under(folder: Path) -> set[tuple[str, float]]:
    return {(str(p), p.stat().st_mtime) for p in folder.rglob("*")}


def test_the_question_that_leads_has_a_slider_for_every_input_of_every_party(
    iraq: TestClient, question: Question
) -> None:
    page = iraq.get("/c/iraq/decide")
    assert page.status_code == 200
    assert has_no_inline(page.text)
    for party in question.positions:
        for role, given in (("position", party.position), ("salience", party.salience), ("influence", party.influence)):
            field = re.search(rf'<input type="range" id="{role}\.{party.actor}"[^>]*>', page.text)
            assert field is not None
            assert f'value="{given.mid:g}"' in field[0]
    assert "Nothing is moved" in page.text


def test_every_question_of_the_case_is_a_link_away(iraq: TestClient) -> None:
    links = links_of(iraq.get("/c/iraq/decide").text)
    for each in open_case("iraq").questions:
        assert links[each.question] == f"/c/iraq/decide?question={each.id}"
        assert iraq.get(links[each.question]).status_code == 200


def test_what_was_moved_is_said_above_and_the_edition_stands_beside(iraq: TestClient, question: Question) -> None:
    page = iraq.get(MOVED).text
    words = words_of(content_of(page))
    assert "Position of United States: 30 months, in the case 7." in words
    assert words.index("moved here, not in the case") < words.index("If it is settled")
    assert "500 draws; the edition's figures use 5,000" in words
    here = settle_question(moved(question, (Move("us", Role.POSITION, 30.0),)), draws=DRAWS)
    base = settle_question(question)
    assert column_of(page, 1)[0] == points(here.centre)
    assert column_of(page, 2)[0] == points(base.centre)
    assert points(here.centre) != points(base.centre)
    assert links_of(page)["Put everything back"] == "/c/iraq/decide?question=nmi-end"


def test_what_comes_out_of_an_unmoved_question_is_what_the_command_says_with_as_many_draws(
    iraq: TestClient, question: Question
) -> None:
    page = iraq.get("/c/iraq/decide?question=nmi-end").text
    settled = settle_question(question, draws=DRAWS)
    assert f"centre {points(settled.centre)} months" in words_of(page)
    assert "The case's inputs differ" not in words_of(page)


def test_nothing_of_it_is_stored(iraq: TestClient, iraq_settings: Settings) -> None:
    iraq.get("/c/iraq/decide")
    before = files_under(iraq_settings.data_dir)
    assert iraq.get(MOVED).status_code == 200
    assert files_under(iraq_settings.data_dir) == before
    assert "Nothing is moved" in iraq.get("/c/iraq/decide?question=nmi-end").text


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ("position.us=61", 400, "give a number from 0 to 60"), ("position.us=-1", 400, "give a number from 0 to 60"),
        ("salience.us=1.01", 400, "give a number from 0 to 1"), ("influence.us=nan", 400, "give a number from 0 to 1"),
        ("influence.us=1e999", 400, "give a number from 0 to 1"), ("position.us=", 400, "give a number from 0 to 60"),
        ("position.somebody=3", 404, "us"), ("question=none", 404, "nmi-end"),
    ],
)  # fmt: skip
def test_what_lies_outside_is_refused_in_words(iraq: TestClient, asked: str, status: int, says: str) -> None:
    page = iraq.get(f"/c/iraq/decide?{'' if 'question' in asked else 'question=nmi-end&'}{asked}")
    assert page.status_code == status
    assert says in words_of(page.text)


def test_weights_that_leave_nobody_counting_are_refused_in_words(iraq: TestClient, question: Question) -> None:
    asked = "&".join(f"influence.{party.actor}=0" for party in question.positions)
    page = iraq.get(f"/c/iraq/decide?question=nmi-end&{asked}")
    assert page.status_code == 400
    assert "no party counts" in page.text


def test_a_form_without_scripts_is_led_to_the_address_that_holds_what_was_moved_alone(
    iraq: TestClient, question: Question
) -> None:
    every = {f"{role}.{p.actor}": f"{getattr(p, role).mid:g}" for p in question.positions
             for role in ("position", "salience", "influence")}  # fmt: skip
    sent = iraq.get("/c/iraq/decide", params={"question": "nmi-end", **every, "position.us": "30"})
    assert sent.status_code == 303
    assert sent.headers["location"] == MOVED
    assert iraq.get(MOVED).status_code == 200


def test_htmx_gets_what_comes_out_alone_with_the_address_to_show(iraq: TestClient) -> None:
    part = iraq.get(MOVED, headers=HTMX)
    assert part.headers["HX-Replace-Url"] == MOVED
    assert "<html" not in part.text
    assert "Position of United States: 30 months" in part.text
    assert 'hx-swap-oob="innerHTML"' in part.text
    assert "hx-swap-oob" not in iraq.get(MOVED).text.partition("data-sliders")[0]


def test_the_same_moves_are_computed_once(monkeypatch: pytest.MonkeyPatch, question: Question) -> None:
    calls = []
    real = settle_question

    def counting(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        return real(*args, **kwargs)

    monkeypatch.setattr(computed, "settle_question", counting)
    asked = what_if(question, {"position.us": "13.37"}, names={})
    again = what_if(question, {"position.us": "13.370"}, names={})
    assert answer(asked) is answer(again)
    assert answer(what_if(question, {"position.us": "13.38"}, names={})) is not answer(asked)
    assert len(calls) == 2


def test_too_many_at_once_are_told_to_wait(iraq: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computed, "WAIT_SECONDS", 0.01)
    turns = [computed._turns.acquire() for _ in range(computed.AT_ONCE)]
    try:
        page = iraq.get("/c/iraq/decide?question=nmi-end&position.us=29.5")
    finally:
        for _ in turns:
            computed._turns.release()
    assert page.status_code == 503
    assert "try again in a few seconds" in page.text
    assert iraq.get("/c/iraq/decide?question=nmi-end&position.us=29.5").status_code == 200


def test_a_range_goes_along_with_its_middle_and_stays_on_the_scale(question: Question) -> None:
    changed = moved(question, (Move("us", Role.POSITION, 55.0), Move("us", Role.SALIENCE, 0.1)))
    us = next(p for p in changed.positions if p.actor == "us")
    assert us.position == Range(48.0, 55.0, 58.0)
    assert us.salience == Range(0.0, 0.1, 0.25)
    assert [p for p in changed.positions if p.actor != "us"] == [p for p in question.positions if p.actor != "us"]


def test_only_parties_of_the_question_can_be_moved_and_only_within_it(question: Question) -> None:
    with pytest.raises(UnknownName):
        what_if(question, {"position.kurdistan": "3"}, names={})
    with pytest.raises(OutOfRange):
        what_if(question, {"position.us": "inf"}, names={})
    assert what_if(question, {"position.us": "7", "only": "x", "edition": "y"}, names={}).moves == ()


def test_a_slider_nobody_touched_stands_where_the_case_has_it() -> None:
    for each in open_case("iraq").questions:
        wanted = what_if(each, {}, names={})
        for party in sliders(wanted, answer(wanted).settled):
            for slider in party.sliders:
                steps = (float(slider.case) - float(slider.low)) / float(slider.step)
                assert abs(steps - round(steps)) < 1e-6
    assert step_of(0.0, 100.0, 33.3) == "0.1"


@pytest.mark.parametrize("part", [part for part in PARTS if part.name != "questions"], ids=lambda part: part.name)
def test_the_other_parts_answer_and_say_what_they_do_not_know(iraq: TestClient, part: Any) -> None:
    page = iraq.get("/c/iraq/decide", params={"part": part.name})
    assert page.status_code == 200
    words = words_of(content_of(page.text))
    assert part.answers in words
    assert part.does_not in words
    assert has_no_inline(page.text)


@pytest.mark.parametrize(
    ("address", "bands"),
    [
        ("part=options", False), ("part=tripwires", False), ("part=calendar", False), ("part=experts", False),
        ("question=nmi-end", True), ("question=nmi-end&position.us=30", True), ("question=kfor-future", True),
    ],
)  # fmt: skip
def test_nothing_that_was_counted_is_called_likely(iraq: TestClient, address: str, *, bands: bool) -> None:
    words = words_of(content_of(iraq.get(f"/c/iraq/decide?{address}").text))
    assert len(words) > 500
    assert faults(words.split("\n"), counted_only=bands) == []


def test_confidence_and_likelihood_are_never_in_one_sentence(iraq: TestClient) -> None:
    words = words_of(content_of(iraq.get(MOVED).text))
    sentences = re.split(r"(?<=[.;!?])\s+|\n", words)
    assert any("Confidence" in s for s in sentences)
    assert not [s for s in sentences if "onfidence" in s and re.search(r"likel|probab|chance", s)]


def test_tripwires_say_their_state_and_whether_they_come_in_time(iraq: TestClient) -> None:
    words = words_of(iraq.get("/c/iraq/decide?part=tripwires").text)
    assert "tripped, since 2026-06-01" in words
    assert "Smaller, over a longer time: refused (30 days against 365)" in words


def test_the_calendar_lists_dates_as_given_in_order_with_a_feed(iraq: TestClient) -> None:
    page = iraq.get("/c/iraq/decide?part=calendar").text
    assert column_of(page, 0) == ["2026-07", "2026-09"]
    assert "running: the day is unknown" in words_of(page)
    assert links_of(page)["Calendar (iCalendar)"] == "/api/v1/cases/iraq/calendar.ics"


def test_the_judgement_log_shows_what_was_judged_what_came_and_the_scores(
    iraq: TestClient, iraq_settings: Settings
) -> None:
    assert "Nobody has put a judgement into the log yet" in iraq.get("/c/iraq/decide?part=judgements").text
    _judge(iraq_settings)
    words = words_of(iraq.get("/c/iraq/decide?part=judgements").text)
    assert "It ends by September\n80 %\nA2\n2026-03-01\nscored\nyes\n0.04" in words
    assert "Mean scores; lower is better" in words


def test_a_judgement_log_with_faults_is_shown_as_such(iraq: TestClient, iraq_settings: Settings) -> None:
    _judge(iraq_settings)
    log = judgement_log_file(open_case("iraq"), settings=iraq_settings)
    log.write_text(log.read_text(encoding="utf-8").replace("0.8", "0.9", 1), encoding="utf-8")
    words = words_of(iraq.get("/c/iraq/decide?part=judgements").text)
    assert "The log has faults, and nothing of it is scored" in words


def _judge(settings: Settings) -> None:
    """One judgement, made and closed, in the log of the data folder in use."""
    from tocsin.api.judgements import about_in  # noqa: PLC0415

    case = open_case("iraq")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOCSIN_DATA_DIR", str(settings.data_dir))
        made = datetime(2026, 2, 1, tzinfo=UTC)
        about = about_in(case, question="nmi-end")
        closes = datetime(2026, 3, 1, tzinfo=UTC).date()
        add_judgement(case, "It ends by September", who="A2", about=about, probability=0.8, closes=closes, now=made)
        close_judgement(case, 1, came=True, who="A2", on=closes, now=datetime(2026, 3, 2, tzinfo=UTC))


def test_experts_stand_side_by_side_with_the_case(iraq: TestClient) -> None:
    words = words_of(iraq.get("/c/iraq/decide?part=experts").text)
    assert "In the case\ndesk-a\ndesk-b\nWhere they part" in words
    assert "Iraq (host): position\nmonths\n30 to 60; 48\n24 to 48; 36\n50 to 60; 58\n" in words
    assert "desk-a and desk-b share no value, 2 apart" in words
    assert "United States: influence\n0..1\n0.8 to 1; 1\n0.8 to 1; 0.9\nunknown\nunknown" in words


def test_without_ranking_its_inputs_a_question_settles_the_same(question: Question) -> None:
    whole, short = (
        question_as_json(settle_question(question, draws=200, rank_inputs=ranked)) for ranked in (True, False)
    )
    assert short.pop("importance") == []
    assert short.pop("noise") == 0.0
    assert whole.pop("importance")
    assert whole.pop("noise")
    assert short == whole
