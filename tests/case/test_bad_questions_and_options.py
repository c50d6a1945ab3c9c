"""Every way in which a question or a choice can be wrong: each names file, line, key and mend, from files and in Python."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.case.broken_pages import CASE, FAULTS, KNOWN, NOTES, PAGES, TABLES, C, Q
from tests.decide.settle.made_up_question import party, question

from tocsin.case import Finding, check_case, check_case_of, write_case
from tocsin.case.question_checks import question_faults
from tocsin.case.read_yaml import read_yaml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = write_case("small", tmp_path / "small")
    texts = {f"{name}.csv": text for name, text in TABLES.items()} | PAGES | {"case.toml": CASE}
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def broken(folder: Path, file: str, old: str, new: str) -> int:
    """Put one text for another in a page, where it must stand once; gives the line of the change."""
    text = PAGES[file]
    assert old in text, f"{old!r} is not in {file}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def found_in(folder: Path, severity: str) -> list[Finding]:
    return [f for f in check_case(folder, known=KNOWN) if f.severity == severity and "/" in f.file]


def in_python(folder: Path) -> list[Finding]:
    """What is found when the same is given in Python."""
    pages = {file: YAML(typ="safe").load((folder / file).read_text(encoding="utf-8")) for file in PAGES}
    tables: dict[str, Any] = {name: list(csv.DictReader(text.splitlines())) for name, text in TABLES.items()}
    said = {
        "title": "Small",
        "level": "admin1",
        "areas": {"countries": ["IRQ"], "provinces": ["Ninewa", "Baghdad"]},
    }
    found = check_case_of(said, tables, questions=[pages[Q]], choices=[pages[C]], known=KNOWN)
    return [f for f in found if "/" in f.file]


def test_the_small_case_is_whole(small: Path) -> None:
    assert found_in(small, "fault") == []
    assert found_in(small, "note") == []
    assert in_python(small) == []
    assert len(FAULTS) >= 40


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_named_with_file_line_key_and_mend(what: str, small: Path) -> None:
    file, old, new, below, key, problem, mend = FAULTS[what]
    line = broken(small, file, old, new) + below
    found = found_in(small, "fault")
    said = [f for f in found if (f.file, f.column) == (file, key) and problem in f.problem and mend in f.mend]
    assert [f.row for f in said] == [line], found
    given = [f for f in in_python(small) if f.severity == "fault" and (f.column, f.row) == (key, None)]
    assert any(mend.removesuffix(".csv") in f.mend for f in given), "the same is found in Python"


@pytest.mark.parametrize("what", NOTES)
def test_what_should_be_known_is_a_note_and_stops_nothing(what: str, small: Path) -> None:
    file, old, new, below, key, problem, mend = NOTES[what]
    line = broken(small, file, old, new) + below
    assert found_in(small, "fault") == []
    said = [f for f in found_in(small, "note") if (f.file, f.column) == (file, key) and problem in f.problem]
    assert said, found_in(small, "note")
    assert mend in said[0].mend
    assert said[0].row == line


NOT_READ = {
    "a day that no month has": ("decides: 2026-02-30", "the calendar has no date '2026-02-30'", "write", "decides"),
    "a month that no year has": ("decides: 2026-13-01", "the calendar has no date '2026-13-01'", "write", "decides"),
    "an hour that no day has": ("decides: 2026-02-20 25:61:00", "is not a date", "write", "decides"),
    "a number of endless digits": (f"decides: {'9' * 5000}", "is not a date", "write", "decides"),
    "a list as a key": ("? [a, b]\n: c", "a list stands where a key should", "one word before the colon", None),
    "a number as a key": ("1: c", "'1' is no key", "put it in quotes", "[1]"),
}


@pytest.mark.parametrize("what", NOT_READ)
def test_what_no_page_can_hold_is_named_with_its_line(what: str, small: Path) -> None:
    added, problem, mend, key = NOT_READ[what]
    line = broken(small, Q, "rule: consensus\n", f"rule: consensus\n{added}\n") + 1
    (found,) = found_in(small, "fault")
    assert (found.file, found.row, found.column) == (Q, line, key)
    assert problem in found.problem
    assert mend in found.mend


@pytest.mark.parametrize("deep", ["[" * 4000 + "]" * 4000, "{a: " * 2000 + "1" + "}" * 2000])
def test_values_nested_without_end_are_named_with_their_file(deep: str, small: Path) -> None:
    broken(small, Q, "rule: consensus\n", f"rule: consensus\nnote: {deep}\n")
    (found,) = [f for f in found_in(small, "fault") if f.file == Q]
    assert "too deep" in found.problem


def test_a_few_lines_of_aliases_that_stand_for_billions_of_values_are_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 [1, 2]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    page = tmp_path / "question.yaml"
    page.write_text("\n".join(lines), encoding="utf-8")
    read, (found,) = read_yaml(page, name="question.yaml")
    assert "its aliases (*name) stand for more than 200,000 values" in found.problem
    assert not read.values
    assert found.mend


def test_cards_and_claims_are_not_checked_where_none_are_known(small: Path) -> None:
    broken(small, C, "[bmb2018]", "[other]")
    assert [f for f in check_case(small) if f.severity == "fault"] == []
    (small / "evidence.csv").write_text(
        "evidence_id,study,direction,applicability,basis,doi\nother,A study,fewer,low,judgement,https://doi.org/10.1017/X1\n"
    )
    assert found_in(small, "fault") == [], "a card of the case's own"
    assert [f for f in check_case(small, known=KNOWN) if f.file == "evidence.csv"] == []


@pytest.mark.parametrize("doi", ["doi.org/10.1017/X", "10.17", "none"])
def test_a_doi_that_is_none_is_a_fault(small: Path, doi: str) -> None:
    (small / "evidence.csv").write_text(
        f"evidence_id,study,direction,applicability,basis,doi\nx,A study,fewer,low,judgement,{doi}\n"
    )
    (found,) = [f for f in check_case(small) if f.file == "evidence.csv"]
    assert (found.row, found.column, found.severity) == (2, "doi", "fault")
    assert "is not a DOI" in found.problem


def _places(tree: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a page at which another value could stand."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [at, *(place for key, value in inner for place in _places(value, (*at, key)))]


odd = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 2000), st.floats(), st.text(max_size=4), st.dates(), st.just([]), st.just({}),
    st.sampled_from([[], [[]], ["fast"], [["fast"]], {"id": "x"}, [1, 2, 3], [0, float("nan"), 1], 10**30, "fast", "slow",
                     "risk", object()]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_value_in_a_page_makes_the_check_fail(data: st.DataObject) -> None:
    pages = {file: YAML(typ="safe", pure=True).load(text) for file, text in PAGES.items()}
    for _ in range(data.draw(st.integers(1, 3))):
        file = data.draw(st.sampled_from(sorted(pages)))
        *way, last = data.draw(st.sampled_from([p for p in _places(pages[file]) if p]))
        holder = pages[file]
        for key in way:
            holder = holder[key]
        holder[last] = data.draw(odd)
    said = {"title": "Small", "level": "admin1", "areas": {"countries": ["IRQ"], "provinces": ["Ninewa", "Baghdad"]}}
    found = check_case_of(said, {}, questions=[pages[Q]], choices=[pages[C]], known=KNOWN)
    assert all(f.problem and f.mend for f in found)


@pytest.mark.parametrize("page", [None, 3, "text", [], {}])
def test_what_is_no_page_is_named(page: Any) -> None:
    said = {"title": "Small", "level": "country", "areas": {"countries": ["IRQ"]}}
    found = check_case_of(said, {}, questions=[page], choices=[page], elicited=[page])
    assert {f.file for f in found if f.severity == "fault"} == {"questions/1", "options/1", "elicited/1"}
    assert all(f.problem and f.mend for f in found)


@pytest.mark.parametrize(("rule", "votes", "said"), [
    ("consensus", (False, False), "no party has a vote: nobody could decide"),
    ("single decider", (True, True), "a single decider decides, and 2 parties have a vote: a, b"),
    ("consensus", (True, True), None), ("single decider", (True, None), None), ("majority", (False, None), None),
])  # fmt: skip
def test_votes_by_which_nobody_or_too_many_decide(rule: str, votes: tuple[bool | None, ...], said: str | None) -> None:
    asked = question(*(party(n, 20, votes=v) for n, v in zip("ab", votes, strict=True)), rule=rule)
    assert [problem for _, problem, _ in question_faults(asked)] == ([] if said is None else [said])
