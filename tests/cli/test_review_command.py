"""tocsin review: keys from a script, decisions that keep their person and reason, and forms without keys."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.small_case import case_with_record
from tests.docs.test_json_shapes import documented, leaves

from tocsin.api import review as verbs
from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.cli.app import run
from tocsin.errors import InputError
from tocsin.record.claim import ClaimStatus

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.store import Record, StoredClaim

BY = ("--by", "A. Analyst")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    return str(case_with_record(tmp_path / "small"))


def record_of(case: str) -> Record:
    return open_record_of(open_case(case))


def claims_of(case: str, **asked: Any) -> list[StoredClaim]:
    with record_of(case) as record:
        return record.claims(**asked)


def typed(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(keys))


def printed(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([*argv, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def last(case: str) -> Any:
    with record_of(case) as record:
        return record.history()[-1]


def test_keys_decide_and_each_decision_keeps_person_and_reason(
    case: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with record_of(case) as record:
        order = [one.claim.claim_id for one in verbs.queue(record)]
        before = len(record.history())
    typed(monkeypatch, "a the decree says so\nr 2\ns\nw who is the Board?\nq\n")
    assert run(["review", "--case", case, *BY]) == 0
    with record_of(case) as record:
        assert record.claim(order[0]).status is ClaimStatus.ACCEPTED  # type: ignore[union-attr]
        assert record.claim(order[1]).status is ClaimStatus.REJECTED  # type: ignore[union-attr]
        assert record.claim(order[3]).status is ClaimStatus.WORK_NEEDED  # type: ignore[union-attr]
        lines = record.history()[before:]
    assert [(e.by, e.why) for e in lines] == [
        ("A. Analyst", "the decree says so"), ("A. Analyst", "the wrong person, body or place is named"),
        ("A. Analyst", "who is the Board?"),
    ]  # fmt: skip
    assert "3 decisions by A. Analyst" in capsys.readouterr().out


def test_undo_takes_back_the_last_and_goes_back_to_it(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with record_of(case) as record:
        first = verbs.queue(record)[0].claim
    typed(monkeypatch, "a\nn\nu\nu\nx another source says otherwise\n")
    assert run(["review", "--case", case, *BY]) == 0
    (now,) = [c for c in claims_of(case) if c.claim_id == first.claim_id]
    assert now.status is ClaimStatus.CONFLICT
    assert last(case).why == "another source says otherwise"


def test_a_quote_is_corrected_to_words_of_the_text(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with record_of(case) as record:
        place = [one.claim.kind for one in verbs.queue(record)].index("organisation-part-of")
    words = "with 3,000 to 4,000 fighters, is part of the Big Army"
    typed(
        monkeypatch,
        "s\n" * place + f"c {words}\nc Acme Front, {words}\na\n",
    )
    assert run(["review", "--case", case, *BY]) == 0
    old, new = claims_of(case, kind="organisation-part-of")
    assert (old.status, old.corrected_by) == (ClaimStatus.REJECTED, new.claim_id)
    assert new.status is ClaimStatus.ACCEPTED
    assert new.quote.words.startswith("Acme Front, with")


def test_entities_are_resolved_by_numbers(
    case: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with record_of(case) as record:
        judged = record.judgements()
        record.undo(next(e.entry for e in record.history() if e.action == "judge"), by="B", why="anew")
        place = [one.claim.kind for one in verbs.queue(record)].index("person-holds-post")
    typed(monkeypatch, "s\n" * place + "e 1 1 s both opened roads\nq\n")
    assert run(["review", "--case", case, *BY]) == 0
    with record_of(case) as record:
        now = record.judgements()
    assert [(j.left, j.right, j.why) for j in now] == [(judged[0].left, judged[0].right, "both opened roads")]
    assert "Ada Example (person" in capsys.readouterr().out


def test_a_grade_needs_a_number_and_a_reason(
    case: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with record_of(case) as record:
        first = verbs.queue(record)[0].claim.claim_id
        before = len(record.history())
    typed(monkeypatch, "g 9 x\ng 2\ng 3 two witnesses\nz\n?\n")
    assert run(["review", "--case", case, *BY]) == 0
    with record_of(case) as record:
        assert record.claim(first).credibility.name == "C3"  # type: ignore[union-attr]
        assert len(record.history()) == before + 1
    said = capsys.readouterr().out
    assert "no such credibility" in said
    assert "no reason is given" in said
    assert "no such key: z" in said


def test_the_page_shows_the_quote_what_agrees_and_why_it_comes_now(
    case: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "q\n")
    assert run(["review", "--case", case, "--kind", "person-holds-post", *BY]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Ada Example is not a member, the Board says." in said
    assert "denied; as said by the Board" in said


def test_forms_without_keys(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    (claim,) = claims_of(case, kind="force-size")
    done = printed(capsys, "review", "--case", case, "--accept", claim.claim_id, *BY)
    assert leaves(done) == documented("review --accept, --reject, --correct ...")
    assert (
        printed(capsys, "review", "--case", case, "--grade", claim.claim_id, "--credibility", "2", "--why", "x", *BY)[
            "done"
        ]
        == "credibility 2"
    )
    assert "no reason" in printed(capsys, "review", "--case", case, "--reject", claim.claim_id, *BY, code=2)["error"]
    assert (
        printed(capsys, "review", "--case", case, "--reopen", claim.claim_id, "--why", "again", *BY)["done"]
        == "proposed"
    )
    assert "no claim" in printed(capsys, "review", "--case", case, "--accept", "f" * 32, *BY, code=2)["error"]
    assert "one thing" in printed(capsys, "review", "--case", case, "--list", "--accept", "f", code=2)["error"]


def test_the_list_has_the_shape_of_the_docs(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "review", "--case", case, "--list")
    wanted = {key.removesuffix("[]") for key in documented("review --list")}
    assert {key.removesuffix("[]") for key in leaves(said)} - {"rows[].dates", "rows[].attributed_to[]"} == wanted
    assert said["waiting"] == len(said["rows"]) == 8
    assert all(row["status"] in {"proposed", "work needed"} for row in said["rows"])


def test_what_was_refused_is_shown_and_never_accepted_as_it_was(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "review", "--case", case, "--refused")
    assert {k.removesuffix("[]") for k in leaves(said)} == documented("review --refused")
    (row,) = said["rows"]
    number = str(row["refusal"])
    assert run(["review", "--case", case, "--refused"]) == 0
    assert "not a quote" in capsys.readouterr().out
    failed = printed(capsys, "review", "--case", case, "--mark", number, "--quote", "Other", "--why", "x", *BY, code=2)
    assert "not in the text" in failed["error"]
    strays = printed(
        capsys, "review", "--case", case, "--mark", number, "--quote", "Nobody else came.", "--why", "x", *BY, code=2
    )
    assert "cannot stand" in strays["error"]
    assert not claims_of(case, status=None, kind="event")[1:]


def test_a_refused_proposal_is_marked_with_the_words_of_the_text(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    with record_of(case) as record:
        (claim,) = record.claims(kind="organisation-part-of")
        text = record.text(claim.text_id)
        wrong = replace(
            claim.proposal, quote=replace(claim.quote, words="The Acme Front joined the Big Army."), extractor="llm 1"
        )
        shifted = tuple(
            replace(a, span=replace(a.span, start=a.span.start + 1, end=a.span.end + 1))
            for a in claim.arguments
            if a.span
        )
        wrong = replace(wrong, arguments=shifted)
        assert record.enter(text, [wrong], extractor="llm 1", by="x").refused == 1
        number = record.refusals()[-1].refusal
    words = "Acme Front, with 3,000 to 4,000 fighters, is part of the Big Army"
    done = printed(capsys, "review", "--case", case, "--mark", str(number), "--quote", words, "--why", "read", *BY)
    with record_of(case) as record:
        made = record.claim(done["claim_id"])
        assert made is not None
        assert (made.quote.words, made.extractor, made.status) == (words, "marked by A. Analyst", ClaimStatus.PROPOSED)
        assert not list(record.violations())


def test_nobody_decides_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "_git_user", lambda: "\n")
    with pytest.raises(InputError, match="nobody is named"):
        verbs.person(None)
    with pytest.raises(InputError, match="nobody is named"):
        verbs.person("  ")
    monkeypatch.setattr(verbs, "_git_user", lambda: "Git User\n")
    assert verbs.person(None) == "Git User"


def test_nothing_waits(case: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, "a\n")
    assert run(["review", "--case", case, "--kind", "supports", *BY]) == 0
    assert "Nothing waits for review" in capsys.readouterr().out
    assert run(["review", "--case", case, "--kind", "suports", *BY]) == 2
