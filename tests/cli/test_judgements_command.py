"""tocsin judgements: what it prints, what it refuses, how a tampered log looks to a reader, and the shape of its JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.docs.test_json_shapes import documented, leaves

from tocsin.api.judgements import about_in, add_judgement, close_judgement, correct_judgement, judgement_log_file
from tocsin.case import read_case, write_case
from tocsin.case.judgements import LOG_FILE, read_log
from tocsin.cli.app import run
from tocsin.decide.judgements.chain import hash_of
from tocsin.errors import InputError, UnknownName

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case

MARCH, JULY = datetime(2024, 3, 2, 9, tzinfo=UTC), datetime(2024, 7, 1, 9, tzinfo=UTC)
JUNE_END = date(2024, 6, 30)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    folder = write_case("iraq", tmp_path / "iraq", start_from="iraq")
    monkeypatch.chdir(folder)
    return read_case(folder)


@pytest.fixture
def closed(case: Case) -> Case:
    """Two forecasters, a probability and quantiles, one correction; all closed."""
    question, troops = about_in(case, question="nmi-end"), about_in(case, id="troops")
    add_judgement(case, "it has ended", who="a", about=question, probability=0.8, closes=JUNE_END, now=MARCH)
    add_judgement(
        case, "people there", who="b", about=troops, quantiles=[(0.1, 200), (0.5, 400), (0.9, 800)], unit="persons", low=0,
        closes=JUNE_END, now=MARCH,
    )  # fmt: skip
    correct_judgement(case, 1, who="a", why="the vote", instead={"probability": 0.2}, now=MARCH + timedelta(days=1))
    close_judgement(case, 1, came=False, who="b", now=JULY)
    close_judgement(case, 2, came=300, who="b", now=JULY)
    return case


def said(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(["judgements", *argv]) == code
    shown = capsys.readouterr()
    return " ".join((shown.out + shown.err).split())


def as_json(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run(["judgements", *argv, "--json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("case")
def test_a_forecast_is_added_listed_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no judgement yet" in said(capsys, "list")
    assert "No forecast is scored yet." in said(capsys, "scores")
    assert "The log has no entry yet." in said(capsys, "verify")
    far = ("--who", "a", "--question", "nmi-end", "--closes", "2090-01-01")
    words = said(capsys, "add", "it has ended", *far, "--probability", "0.2", "--note", "a hunch")
    head = words.split("elsewhere: ")[1]
    assert words.startswith("Entry 1 is added, by a. Head, to be kept elsewhere: 1:")
    assert "Entry 2 is added" in said(capsys, "add", "months", *far, "--quantiles", "0.1:6,0.5:20,0.9:50")
    assert "Entry 3 is added" in said(capsys, "correct", "1", "--who", "a", "--why", "new", "--probability", "0.3")
    assert "Entry 4 is added" in said(capsys, "note", "one diplomat", "--who", "a", "--of", "1")
    words = said(capsys, "list")
    assert "probability 0.3; before: probability 0.2" in words
    assert "10 % below 6, 50 % below 20, 90 % below 50 months" in words
    assert "on entry 1: one diplomat" in words
    words = said(capsys, "verify", "--head", head)
    assert "4 entries, each sealed after the one before." in words
    assert "The head that was kept is in the log; entries added since: 3." in words


@pytest.mark.usefixtures("case")
def test_what_is_printed_as_json_is_the_entry_that_was_sealed(capsys: pytest.CaptureFixture[str]) -> None:
    far = ("--who", "a", "--id", "x", "--closes", "2090-01-01")
    yesterday = str(datetime.now(UTC).date() - timedelta(days=1))
    for argv in (
        ("add", "x", *far, "--probability", "1"), ("add", "n", *far, "--quantiles", "0.1:6,0.9:50", "--unit", "persons"),
        ("correct", "1", "--who", "a", "--why", "w", "--probability", "0"), ("note", "n", "--who", "a", "--id", "x"),
        ("close", "1", "--who", "b", "--came", "unknown", "--on", yesterday),
        ("close", "2", "--who", "b", "--came", "7", "--on", yesterday, "--source", "a report"),
    ):  # fmt: skip
        made = as_json(capsys, *argv)
        assert made["hash"] == hash_of(made)
    assert as_json(capsys, "verify")["head"] == f"6:{made['hash']}"


@pytest.mark.usefixtures("closed")
def test_scores_by_who_and_over_all(capsys: pytest.CaptureFixture[str]) -> None:
    rows = as_json(capsys, "scores")["rows"]
    found = {(row["who"], row["by"]): (row["n"], round(row["mean"], 4), round(row["first"], 4)) for row in rows}
    assert found[None, "brier"] == found["a", "brier"] == (1, 0.04, 0.64)
    assert found[None, "crps"] == found["b", "crps"]
    assert found["b", "crps"][0] == 1
    words = said(capsys, "scores")
    assert "CRPS, persons" in words
    assert "Saying one half every time scores 0.25 by Brier." in words
    assert "1 of 1 came between the levels" in words
    assert [row["inside"] for row in rows] == [None, None, 1, 1]


@pytest.mark.usefixtures("closed")
def test_the_json_has_the_keys_that_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["judgements", "note", "a note", "--who", "a", "--id", "troops"]) == 0
    listed = as_json(capsys, "list")
    nothing = {"rows[].versions[].quantiles", "not_counted[].number", "not_counted[].why"}
    assert leaves(listed) | nothing | {"rows[].versions[].quantiles[]"} >= {
        key.removesuffix("[]") for key in documented("judgements list")
    }
    assert leaves(listed) - {key.removesuffix("[]") for key in documented("judgements list")} <= {
        "rows[].versions[].quantiles", "rows[].versions[].quantiles[]", "rows[].score", "rows[].closing", "not_counted",
    }  # fmt: skip
    assert leaves(as_json(capsys, "scores")) == {key.removesuffix("[]") for key in documented("judgements scores")}


def test_a_tampered_log_is_named_line_by_line_and_not_scored(closed: Case, capsys: pytest.CaptureFixture[str]) -> None:
    log = judgement_log_file(closed)
    text = log.read_text(encoding="utf-8")
    log.write_text(text.replace('"probability": 0.8', '"probability": 0.1'), encoding="utf-8")
    words = said(capsys, "verify", code=2)
    assert "judgements.jsonl, line 1: this line was changed: it no longer agrees with its hash." in words
    found = as_json(capsys, "verify", code=2)
    assert (found["ok"], found["head"], [f["row"] for f in found["findings"]]) == (False, None, [1])
    assert leaves(found) == {key.removesuffix("[]") for key in documented("judgements verify")}
    assert "(line 1), and nothing of it is scored" in said(capsys, "scores")
    assert as_json(capsys, "scores")["rows"] == []
    assert "not as it was written" in said(capsys, "note", "more", "--who", "a", "--id", "x", code=2)
    assert len(read_log(log)) == 5


def test_a_log_cut_short_is_found_with_a_head(closed: Case, capsys: pytest.CaptureFixture[str]) -> None:
    head = as_json(capsys, "verify")["head"]
    log = judgement_log_file(closed)
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    assert "entries cut off at the end cannot be noticed" in said(capsys, "verify")
    assert "the log ends here, and entry 5 is missing" in said(capsys, "verify", "--head", head, code=2)


BY_A = ["--who", "a", "--id", "x"]
LATER = ["--closes", "2090-01-01"]
REFUSED = {
    "percent": (["add", "x", *BY_A, *LATER, "--probability", "30"], "write a number of at most 1"),
    "neither": (["add", "x", *BY_A, *LATER], "a forecast is a probability or quantiles"),
    "no day": (["add", "x", *BY_A, "--probability", "0.1"], "it is not said when the answer will be known"),
    "past": (["add", "x", *BY_A, "--probability", "0.1", "--closes", "2020-01-01"], "too late for this forecast"),
    "day": (["add", "x", *BY_A, "--probability", "0.1", "--closes", "June"], "'June' is no day"),
    "quantiles": (["add", "x", *BY_A, "--quantiles", "6-50"], "gives no quantiles"),
    "unit": (["add", "x", *BY_A, "--quantiles", "0.1:1,0.9:2", *LATER], "have no unit"),
    "question": (["add", "x", "--who", "a", "--question", "nmi-edn", "--probability", "0.1"], "did you mean 'nmi-end'"),
    "criterion": (["add", "x", "--who", "a", "--choice", "us-posture-2020", "--criterion", "staf-risk", "--probability", "0.1"],
                  "did you mean 'staff-risk'"),
    "nothing": (["note", "x", "--who", "a"], "a judgement is about one thing"),
    "answer": (["close", "1", "--who", "a", "--came", "perhaps"], "does not say what came"),
    "no forecast": (["close", "1", "--who", "a", "--came", "yes"], "there is no entry 1"),
    "no entry": (["correct", "7", "--who", "a", "--why", "b", "--withdraw"], "there is no entry 7"),
    "nothing to correct": (["correct", "7", "--who", "a", "--why", "b"], "a correction changes one thing"),
    "no number": (["add", "x", *BY_A, *LATER, "--probability", "nan"], "nan cannot be kept as probability"),
    "endless": (["add", "x", *BY_A, *LATER, "--probability", "1e400"], "inf cannot be kept as probability"),
    "no quantile": (["add", "x", *BY_A, *LATER, "--unit", "a", "--quantiles", "0.1:1,0.9:nan"], "in field quantiles hint"),
    "a huge quantile": (["add", "x", *BY_A, *LATER, "--unit", "a", "--quantiles", "0.1:1,0.9:1e300"], "1e+300 cannot be kept"),
    "no bound": (
        ["add", "x", *BY_A, *LATER, "--unit", "a", "--quantiles", "0.1:1,0.9:2", "--low", "-inf"], "-inf cannot be kept as low",
    ),
    "endless answer": (["close", "1", "--who", "a", "--on", "2024-01-01", "--came", "1e400"], "inf cannot be kept as came"),
    "a huge answer": (["close", "1", "--who", "a", "--on", "2024-01-01", "--came", "9" * 400], "cannot be kept as came"),
    "no correction": (["correct", "1", "--who", "a", "--why", "b", "--probability", "nan"], "nan cannot be kept as probability"),
    "head": (["verify", "--head", "12"], "this is no head of a log"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_with_its_mend(what: str, case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    argv, words = REFUSED[what]
    assert words in said(capsys, *argv, code=2)
    assert read_log(case.folder / LOG_FILE) == ()


@pytest.mark.parametrize("huge", [float("nan"), float("inf"), 10**400])
def test_a_number_that_no_log_can_hold_is_refused_in_python(huge: float, case: Case) -> None:
    about, day = about_in(case, id="x"), date(2090, 1, 1)
    with pytest.raises(InputError, match="cannot be kept as probability"):
        add_judgement(case, "x", who="a", about=about, probability=huge, closes=day, now=MARCH)
    with pytest.raises(InputError, match="cannot be kept as quantiles"):
        add_judgement(
            case, "x", who="a", about=about, quantiles=[(0.1, 1), (0.9, huge)], unit="a", closes=day, now=MARCH
        )
    with pytest.raises(InputError, match="cannot be kept as came"):
        close_judgement(case, 1, came=huge, who="a", on=JUNE_END, now=JULY)
    assert read_log(case.folder / LOG_FILE) == ()


def test_a_case_that_ships_keeps_its_log_in_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path))
    said(capsys, "note", "kept", "--who", "a", "--id", "x", "--case", "iraq")
    assert len(read_log(tmp_path / "judgements" / "iraq.jsonl")) == 1
    assert not (read_case("iraq").folder / LOG_FILE).exists()


def test_a_question_gives_unit_and_bounds_and_a_criterion_its_unit(case: Case) -> None:
    made: Any = add_judgement(
        case, "months", who="a", about=about_in(case, question="nmi-end"), quantiles=[(0.1, 1), (0.9, 50)], closes=JUNE_END,
        now=MARCH,
    )  # fmt: skip
    assert (made.unit, made.low, made.high) == ("months", 0, 60)
    about = about_in(case, choice="us-posture-2020", criterion="staff-risk")
    made = add_judgement(
        case, "attacks", who="a", about=about, quantiles=[(0.1, 1), (0.9, 50)], closes=JUNE_END, now=MARCH
    )  # fmt: skip
    assert (made.unit, made.low) == ("attacks a year", None)


def test_an_answer_before_its_day_needs_its_own(case: Case) -> None:
    add_judgement(
        case, "it has ended", who="a", about=about_in(case, id="x"), probability=0.2, closes=JUNE_END, now=MARCH
    )  # fmt: skip
    may = datetime(2024, 5, 1, tzinfo=UTC)
    with pytest.raises(InputError, match="not said on which day its answer came"):
        close_judgement(case, 1, came=True, who="b", now=may)
    close_judgement(case, 1, came=True, who="b", on=date(2024, 4, 20), now=may)


def test_what_an_entry_is_about_must_be_in_the_case(case: Case) -> None:
    with pytest.raises(UnknownName, match="no option is called 'leave'"):
        about_in(case, choice="us-posture-2020", option="leave")
    with pytest.raises(InputError, match="without its choice"):
        about_in(case, id="x", criterion="staff-risk")
    with pytest.raises(InputError, match="about one thing"):
        about_in(case, question="nmi-end", id="x")
