"""tocsin elicit: the form, what is shown first, what is never said, and the shape of its JSON."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any

from tests.docs.test_json_shapes import documented, leaves

from tocsin.case import write_case
from tocsin.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FORETELLING = re.compile(r"probab|likely to|chance of|forecast", re.IGNORECASE)


def said(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run(["elicit", *argv]) == code
    shown = capsys.readouterr()
    return " ".join((shown.out + shown.err).split())


def as_json(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    capsys.readouterr()
    assert run(["elicit", *argv, "--case", "iraq", "--draws", "100", "--futures", "100", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_form_asks_everything_and_holds_nobodys_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "desk-c.csv"
    words = said(capsys, "nmi-end", "--case", "iraq", "--form", str(form))
    assert "with nobody's values in it" in words
    assert "elicited/nmi-end/" in words
    rows = list(csv.DictReader(form.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["actor"] for row in rows] == ["us", "allies-majority", "allies-against-leaving", "iraq"]
    assert {value for row in rows for key, value in row.items() if key not in {"actor", "name", "unit"}} == {""}
    assert "exists already" in said(capsys, "nmi-end", "--case", "iraq", "--form", str(form), code=2)
    capsys.readouterr()
    other = tmp_path / "desk-d.csv"
    assert run(["elicit", "us-posture-2020", "--case", "iraq", "--form", str(other), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"case": "iraq", "about": "us-posture-2020", "form": str(other)}


def test_a_filled_form_comes_back_as_an_expert(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_case("iraq", tmp_path / "iraq", start_from="iraq")
    for old in (folder / "elicited" / "nmi-end").iterdir():
        old.unlink()
    form = folder / "elicited" / "nmi-end" / "c.csv"
    said(capsys, "nmi-end", "--case", str(folder), "--form", str(form))
    assert "no expert has given anything on nmi-end yet" in said(capsys, "nmi-end", "--case", str(folder), code=2)
    header, first, *rest = form.read_text(encoding="utf-8-sig").splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True))
    cells |= {"position_low": "20", "position_mid": "30", "position_high": "40", "when": "2026-03-02"}
    form.write_text("\n".join([header, ",".join(cells.values()), *rest]), encoding="utf-8")
    words = said(capsys, "nmi-end", "--case", str(folder), "--draws", "100")
    assert "No input was answered by two experts, so whether they agree is unknown." in words
    assert "1 of 12" in words
    assert "is not touched by c" in " ".join(words.replace("│", " ").split())
    assert "equal-weight" not in words


def test_where_ranges_do_not_touch_comes_before_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "nmi-end", "--case", "iraq", "--draws", "200")
    first = (
        "Ranges that do not even touch: 1 of the 7 inputs that two or more answered. "
        "Iraq (host): position: desk-a below desk-b by 2 months."
    )
    assert first in words
    assert words.index(first) < words.index("Every range") < words.index("Where it settles by each expert")
    assert "desk-b left 5 of 12 inputs unknown; the case's own stand for United States: influence" in words
    assert "The centre differs by 12.8 months: lowest by desk-a, highest by desk-b." in words
    assert "equal-weight mixture (linear opinion pool)" in words
    assert words.index("desk-b │ 7 of 12") < words.index("equal-weight mixture (linear opinion pool) │ 2 experts")
    assert "Demonstration: judgements in this case are placeholders." in words


def test_a_choice_is_counted_and_not_foretold(capsys: pytest.CaptureFixture[str]) -> None:
    words = said(capsys, "us-posture-2020", "--case", "iraq", "--futures", "200")
    assert FORETELLING.findall(words) == []
    assert (
        "First place differs in the view of each one's own ordering: Separation by desk-a; Continuity by desk-b."
        in words
    )
    assert "Kendall's tau -0.82 over 3 criteria" in words
    assert "Shares are of the weightings and futures tested" in words


def test_the_json_has_the_keys_that_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    found = leaves(as_json(capsys, "nmi-end")) | leaves(as_json(capsys, "us-posture-2020"))
    named = {key.removesuffix("[]").removesuffix("[]") for key in documented("elicit")}
    found = {key.removesuffix("[]") for key in found}
    nested = ("inputs[].apart", "orderings", "settled", "preferred", "pooled_places", "pooled", "inputs[].envelope")
    assert named - found <= {"inputs[].case", "inputs[].envelope"}
    assert found - named <= {"empty", *nested}


def test_a_name_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean 'nmi-end'?" in said(capsys, "nmi-edn", "--case", "iraq", code=2)


def test_a_case_without_questions_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_case("small", tmp_path / "small")
    words = said(capsys, "nmi-end", "--case", str(folder), code=2)
    assert "the case has no questions and no choices" in words
    assert "questions/name.yaml" in words
