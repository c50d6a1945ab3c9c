"""The command settle: what a reader sees, its JSON, and what it refuses."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.decide.settle.made_up_question import party, question, reversion
from tests.docs.test_json_shapes import documented, keys, leaves

from tocsin.case import write_case
from tocsin.cli.app import run
from tocsin.cli.settle import show
from tocsin.decide.settle import settle_question

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))


def said(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(["settle", *argv]) == code
    done = capsys.readouterr()
    return done.out if code == 0 else done.err


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    return json.loads(said(capsys, *argv, "--json"))


def test_json_has_the_documented_shape(capsys: pytest.CaptureFixture[str]) -> None:
    done = printed(capsys, "nmi-end", "--case", "iraq", "--draws", "100")
    assert {key.removesuffix("[]") for key in documented("settle")} == leaves(done)
    (question,) = done["questions"]
    assert done["demo"] is True
    assert sum(band["probability"] for band in question["bands"]) == pytest.approx(1)
    assert sum(question["distribution"]["probability"]) == pytest.approx(1)
    assert question["centre"] == pytest.approx((7 * 0.8 + 30 * 0.35 + 54 * 0.3 + 48 * 0.35) / 1.8)
    assert len(question["inputs"]) == 13


def test_every_question_where_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    done = printed(capsys, "--case", "iraq", "--draws", "100")
    assert [q["question"] for q in done["questions"]] == ["kfor-future", "nmi-end", "nmi-residual"]


def test_both_ranges_stand_side_by_side_and_words_beside_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "nmi-end", "--case", "iraq", "--draws", "100")
    head = next(line for line in words.splitlines() if "input noise alone" in line)
    assert "model error alone" in head
    assert re.search(r"by September 2026 +│ 0 to 8 +│ \d+ % +│ very unlikely", words)
    assert "12 of 13 inputs are judgement" in words
    assert "take it as a floor for the error" in words
    assert "Demonstration: judgements in this case are placeholders." in words


def test_confidence_and_likelihood_never_share_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "--case", "iraq", "--draws", "100")
    sentences = re.split(r"(?<=[.:])\s", words)
    confident = [s for s in sentences if re.search(r"\bconfidence\b", s, re.IGNORECASE)]
    assert confident
    assert not [s for s in confident if re.search(r"likely|chance|probab", s)]


def test_deadlock_is_a_break_even_and_no_estimate(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "--case", "iraq", "--draws", "100")
    lines = [line for line in words.splitlines() if "deadlock" in line]
    assert lines
    assert all("Break-even of deadlock, no estimate" in line and "%" not in line for line in lines)
    assert "No settlement is better than no decision for all" in words, "of KFOR's two parties one must lose"


def test_what_was_counted_over_draws_is_no_probability(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "--case", "iraq", "--draws", "100")
    tables = words.split("probability of each band")[1:]
    assert len(tables) == 3
    for line in words.splitlines():
        assert not (re.search(r"of (the )?draws", line) and "probab" in line)


@pytest.mark.parametrize(("votes", "said_of_it"), [
    ((None, None, None), "any party that has a vote can block; who has one is unknown, since the question does not say."),
    ((True, True, False), "consensus: a and b can each block; c cannot, having no vote."),
    ((True, None, False), "a can block; whether b can is unknown, since the question does not say whether it has a vote; c"),
    ((None, None, False), "whether a and b can is unknown, since the question does not say whether they have votes; c"),
])  # fmt: skip
def test_who_can_block_is_said(
    votes: tuple[bool | None, ...], said_of_it: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parties = [party(n, at, votes=v) for n, at, v in zip("abc", (20, 80, 95), votes, strict=True)]
    show(settle_question(question(*parties, reversion=reversion(90)), draws=100))
    words = " ".join(capsys.readouterr().out.split())
    assert said_of_it in words
    bears = words.split("being so much worse off: ")[1].split(".")[0]
    assert ("c 25" in bears) == (votes[2] is None), "no loss of a party without a vote holds it up"


def test_where_only_parties_without_a_vote_lose_nobody_holds_it_up(capsys: pytest.CaptureFixture[str]) -> None:
    parties = [party("a", 20, votes=True), party("b", 95, votes=False)]
    show(settle_question(question(*parties, reversion=reversion(90)), draws=100))
    words = " ".join(capsys.readouterr().out.split())
    assert "At the centre b would lose against no decision." in words
    assert "no party that has a vote is worse off at the centre." in words
    assert "being so much worse off" not in words


@pytest.mark.parametrize(("rule", "said_of_it"), [
    ("majority", "once enough of these to stop it will not bear being so much worse off: c 25, b 5"),
    ("single decider", "who decides is unknown"),
])  # fmt: skip
def test_deadlock_by_other_rules(rule: str, said_of_it: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = question(party("a", 20), party("b", 80), party("c", 95), reversion=reversion(90), rule=rule)
    show(settle_question(asked, draws=100))
    words = capsys.readouterr().out
    assert said_of_it in words
    assert "any party can block" not in words


def test_the_decider_bears_alone(capsys: pytest.CaptureFixture[str]) -> None:
    parties = [party("a", 20, influence=0.5), party("b", 80), party("c", 95, influence=0.5)]
    show(settle_question(question(*parties, reversion=reversion(90), rule="single decider"), draws=100))
    words = capsys.readouterr().out
    assert "b decides, as the party with the most influence" in words
    assert "once b will not bear being 1.25 worse off" in words


def test_no_number_is_minus_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    show(settle_question(question(party("a", 50, influence=0), party("b", 50), party("c", 50)), draws=100))
    words = capsys.readouterr().out
    assert not re.search(r"-0\b(?!\.)", words)
    assert "│ none " in words, "a has no share of the weight"


def test_from_record_without_a_record_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "nmi-end", "--case", "iraq", "--from-record", code=2)
    assert "the case iraq has no record yet" in words
    assert "tocsin read --case iraq" in words


def test_from_record_shows_quotes_beside_positions(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("spacy", reason="the text extra is not installed")
    assert run(["read", "--case", "iraq"]) == 0
    done = printed(capsys, "nmi-end", "--case", "iraq", "--from-record")
    assert {key.removesuffix("[]") for key in documented("settle --from-record")} == leaves(done)
    us, most, against, iraq = done["questions"][0]["parties"]
    assert us["standing"] == "a claim names a point within it"
    assert us["claims"][0]["quote"].endswith("wants NATO Mission Iraq to end by September 2026")
    assert [(o["low"], o["high"]) for o in us["claims"][0]["offers"]] == [(7, 7), (0, 8)]
    assert most["standing"] == against["standing"] == "no claim behind it"
    assert iraq["standing"] == "claims in words, none with a point on the scale"
    words = said(capsys, "nmi-end", "--case", "iraq", "--from-record")
    assert "“September 2026” is 7 months by the anchor 'by September 2026'" in words
    assert "Nothing of this changes the case" in words


def test_a_question_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "nmi-ends", "--case", "iraq", code=2)
    assert "no question is called 'nmi-ends'" in words
    assert "did you mean 'nmi-end'?" in words


def test_a_case_without_questions(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write_case("empty", tmp_path / "empty")
    words = said(capsys, "--case", str(tmp_path / "empty"), code=2)
    assert "the case has no questions to settle" in words


def test_too_few_draws(capsys: pytest.CaptureFixture[str]) -> None:
    assert "say from 100 to 20,000" in said(capsys, "nmi-end", "--case", "iraq", "--draws", "3", code=2)


def test_keys_of_a_list_without_members() -> None:
    assert keys({"a": []}) == {"a[]"}
