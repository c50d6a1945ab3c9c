"""tocsin record: what each command prints, its JSON, and what it refuses."""

from __future__ import annotations

import io
import json
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.small_case import case_with_record
from tests.docs.test_json_shapes import documented, leaves

from tocsin.api.exchange import export_record
from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.case import write_case
from tocsin.case.rows import SiteOrigin
from tocsin.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

BY = ("--by", "A. Analyst", "--why", "read again")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    return str(case_with_record(tmp_path / "small"))


def printed(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([*argv, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def shape(said: Any) -> set[str]:
    return {key.removesuffix("[]") for key in leaves(said)}


def shape_of(heading: str) -> set[str]:
    return {key.removesuffix("[]") for key in documented(heading)}


def record(case: str) -> Any:
    return open_record_of(open_case(case))


def test_search(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "record", "search", "ada MINISTER", "--case", case)
    assert len(said["rows"]) == 2
    assert shape(said) >= {"words", "rows[].claim_id", "rows[].quote"}
    assert shape(printed(capsys, "record", "search", "acme", "--case", case)) - shape_of("record search") == set()
    assert run(["record", "search", 'no" OR * AND NEAR(', "--case", case]) == 0
    assert "0 claims" in capsys.readouterr().out


def test_show_claim_entity_and_document(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    with record(case) as held:
        claim = held.claims(kind="force-size")[0]
    assert shape(printed(capsys, "record", "show", claim.claim_id, "--case", case)) >= {"claim.quote", "context.before"}
    assert "entity.name" in shape(printed(capsys, "record", "show", "known:FRE", "--case", case))
    assert printed(capsys, "record", "show", "scan.pdf", "--case", case)["document"]["verdict"] == "scanned"
    for name in (claim.claim_id, "known:FRE", "a.txt"):
        assert run(["record", "show", name, "--case", case]) == 0
    assert "3,000 to 4,000 fighters" in capsys.readouterr().out
    assert run(["record", "show", "nobody", "--case", case]) == 2


def test_check_prints_no_violations_and_then_one(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["record", "check", "--case", case]) == 0
    assert capsys.readouterr().out == "0 violations in 9 claims\n"
    assert shape(printed(capsys, "record", "check", "--case", case)) == shape_of("record check") - {
        f"rows[].{key}" for key in ("claim_id", "document", "field", "reason")
    } | {"rows"}
    with record(case) as held:
        name = held.name
    file = sqlite3.connect(name)
    file.execute("UPDATE claims SET quote_words = 'It is so.' WHERE kind = 'force-size'")
    file.commit()
    file.close()
    assert run(["record", "check", "--case", case]) == 1
    assert "1 violations in 9 claims" in capsys.readouterr().out
    assert shape(printed(capsys, "record", "check", "--case", case, code=1)) == shape_of("record check")


def test_documents_with_their_verdicts(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "record", "documents", "--case", case)
    assert shape(said) == shape_of("record documents")
    assert {row["name"]: row["claims"] for row in said["rows"]} == {
        "a.txt": 5,
        "b.txt": 2,
        "scan.pdf": 0,
        "tables/sites.csv": 2,
    }
    assert run(["record", "documents", "--case", case]) == 0
    assert "all pages are pictures" in " ".join(capsys.readouterr().out.split())


def test_history_and_undo(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "record", "history", "--case", case)
    assert shape(said) == shape_of("record history")
    judged = next(row for row in said["rows"] if row["action"] == "judge")
    assert printed(capsys, "record", "undo", str(judged["entry"]), "--case", case, *BY)["undoes"] == judged["entry"]
    with record(case) as held:
        assert not held.judgements()
    assert (
        "undone already"
        in printed(capsys, "record", "undo", str(judged["entry"]), "--case", case, *BY, code=2)["error"]
    )
    assert run(["record", "history", "--case", case, "--limit", "2"]) == 0
    assert "More: --after 2" in capsys.readouterr().out


def test_grade_source(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "record", "grade-source", "s1", "c", "--case", case, *BY)["reliability"] == "C"
    with record(case) as held:
        assert {source: grade.name for source, grade in held.source_grades().items()}["s1"] == "C"
    assert printed(capsys, "record", "grade-source", "s1", "none", "--case", case, *BY)["reliability"] is None
    assert (
        "no reliability" in printed(capsys, "record", "grade-source", "s1", "G", "--case", case, *BY, code=2)["error"]
    )
    assert "no source" in printed(capsys, "record", "grade-source", "s9x", "A", "--case", case, *BY, code=2)["error"]
    said = printed(capsys, "record", "grade-source", "s1", "A", "--case", case, "--by", "A", code=2)
    assert "no reason" in said["error"]


def test_judge(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    with record(case) as held:
        ids = {e.name: e.entity_id for e in held.entities()}
    one, other = ids["Acme Front"], ids["Big Army"]
    assert printed(capsys, "record", "judge", one, "not-same", other, "--case", case, *BY)["verdict"] == "not same"
    assert "no verdict" in printed(capsys, "record", "judge", one, "maybe", other, "--case", case, *BY, code=2)["error"]
    said = printed(capsys, "record", "judge", "Acme Front", "same", other, "--case", case, *BY, code=2)
    assert one in said["hint"]


def test_remove_person_asks_and_tells(
    case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with record(case) as held:
        person = next(e for e in held.entities() if e.name == "Ada Example").entity_id
    argv = ["record", "remove-person", person, "--case", case, *BY]
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    assert run(argv) == 1
    said = capsys.readouterr().out
    assert "Ada Example" in said
    assert "nothing was removed" in said
    named = printed(
        capsys,
        "record",
        "remove-person",
        person,
        "--case",
        case,
        "--by",
        "B",
        "--why",
        "ada example asked",
        "--yes",
        code=2,
    )
    assert "names the person" in named["error"]
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert run(argv) == 0
    assert "Removed (number 1): 3 claims" in capsys.readouterr().out
    with record(case) as held:
        assert held.count() == 6
        assert not any("Ada" in text.text for d in held.documents() for text in held.texts_of(d.document_id))
    assert (
        "no person"
        in printed(capsys, "record", "remove-person", "known:FRE", "--case", case, *BY, "--yes", code=2)["error"]
    )


@pytest.mark.parametrize("form", ["ftm", "annotation", "csv", "parquet", "whole"])
def test_export(form: str, case: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = printed(capsys, "record", "export", "--case", case, "--format", form, "--out", str(tmp_path / "new" / "out"))
    assert shape(said) == shape_of("record export")
    assert (tmp_path / "new" / "out").exists()
    argv = ["record", "export", "--case", case, "--format", form, "--out", str(tmp_path / "new" / "out")]
    assert run(argv) == (2 if form in {"ftm", "annotation"} else 0)
    assert run([*argv, "--force"]) == 0
    assert "Written: " in capsys.readouterr().out


@pytest.mark.parametrize("form", ["ftm", "annotation", "csv", "parquet", "whole"])
def test_export_writes_over_nothing_that_is_no_export(
    form: str, case: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = tmp_path / "mine"
    note = place / "claims.csv" if form in {"csv", "parquet"} else place
    note.parent.mkdir(exist_ok=True)
    note.write_text("my own")
    base = ("record", "export", "--case", case, "--format", form, "--out")
    assert "--force" in printed(capsys, *base, str(place), code=2)["hint"]
    assert note.read_text() == "my own"
    printed(capsys, *base, str(place), "--force")
    inside = tmp_path / "small" / "documents" / "new" / "out"
    assert "documents" in printed(capsys, *base, str(inside), "--force", code=2)["error"]
    assert not inside.parent.exists()


def test_export_goes_neither_over_the_record_nor_through_a_link_into_documents(
    case: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with record(case) as held:
        name = held.name
    base = ("record", "export", "--case", case, "--format", "whole", "--force", "--out")
    assert "the record itself" in printed(capsys, *base, name, code=2)["error"]
    (tmp_path / "small" / "documents" / "a.txt").write_text("my own")
    (tmp_path / "link").symlink_to(tmp_path / "small" / "documents" / "a.txt")
    assert "documents" in printed(capsys, *base, str(tmp_path / "link"), code=2)["error"]
    assert (tmp_path / "small" / "documents" / "a.txt").read_text() == "my own"


def test_an_older_version_of_a_file_is_marked(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    with record(case) as held:
        old = next(d for d in held.documents() if d.name == "b.txt")
        held.add(replace(old, document_id="b" * 64), None)
    rows = [r for r in printed(capsys, "record", "documents", "--case", case)["rows"] if r["name"] == "b.txt"]
    assert {r["document_id"]: r["newer_version"] for r in rows} == {old.document_id: "b" * 64, "b" * 64: None}
    assert run(["record", "documents", "--case", case]) == 0
    assert " ".join(capsys.readouterr().out.split()).count("an older") == 1
    shown = printed(capsys, "record", "show", "b.txt", "--case", case)["document"]
    assert (shown["document_id"], shown["newer_version"]) == ("b" * 64, None)


@pytest.mark.parametrize("argv", [("search", ""), ("search", " - "), ("history", "zzz"), ("history", "")])
def test_what_asks_for_nothing_or_nobody_is_refused_with_words(
    argv: tuple[str, ...], case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = printed(capsys, "record", *argv, "--case", case, code=2)
    assert said["hint"]


def test_the_history_of_a_document_is_found_by_its_name(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = printed(capsys, "record", "history", "a.txt", "--case", case)["rows"]
    assert [row["action"] for row in rows] == ["read"]
    assert printed(capsys, "record", "history", "known:FRE", "--case", case)["rows"] == []


def test_export_refuses(case: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    base = ("record", "export", "--case", case)
    assert "no format" in printed(capsys, *base, "--format", "xml", "--out", "x", code=2)["error"]
    assert "no status" in printed(capsys, *base, "--format", "ftm", "--out", "x", "--status", "good", code=2)["error"]
    assert (
        "every status"
        in printed(capsys, *base, "--format", "whole", "--out", "x", "--status", "accepted", code=2)["error"]
    )
    assert "folder" in printed(capsys, *base, "--format", "ftm", "--out", str(tmp_path), code=2)["error"]
    (tmp_path / "file").write_text("x")
    assert "file" in printed(capsys, *base, "--format", "csv", "--out", str(tmp_path / "file"), code=2)["error"]


def test_sites_that_the_user_entered_stay_at_home(case: str, tmp_path: Path) -> None:
    opened = open_case(case)
    mine = replace(opened, sites=(opened.sites[0].model_copy(
        update={"site_id": "camp-1", "name": "Camp Quiet", "origin": SiteOrigin.USER}
    ),))  # fmt: skip
    done = export_record(mine, tmp_path / "out.json", form="ftm")
    assert done.withheld == 1
    assert "Camp Quiet" not in (tmp_path / "out.json").read_text(encoding="utf-8")
    published = replace(opened, sites=(mine.sites[0].model_copy(update={"origin": SiteOrigin.PUBLISHED}),))
    assert export_record(published, tmp_path / "out.json", form="ftm", force=True).withheld == 0


def test_a_whole_record_goes_into_another_case(case: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = str(tmp_path / "all.tocsin")
    printed(capsys, "record", "export", "--case", case, "--format", "whole", "--out", file)
    other = str(write_case("copy", tmp_path / "copy", start_from="iraq"))
    said = printed(capsys, "record", "import", file, "--case", other)
    assert shape(said) == shape_of("record import")
    assert (said["claims"], said["violations"]) == (9, 0)
    again = str(tmp_path / "again.tocsin")
    printed(capsys, "record", "export", "--case", other, "--format", "whole", "--out", again)
    assert (tmp_path / "again.tocsin").read_bytes() == (tmp_path / "all.tocsin").read_bytes()
    assert "has a record already" in printed(capsys, "record", "import", file, "--case", other, code=2)["error"]


def test_a_case_without_a_record_says_what_to_do(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    other = str(write_case("none", tmp_path / "none", start_from="iraq"))
    for argv in (["check"], ["documents"], ["history"], ["search", "x"]):
        assert "tocsin read" in printed(capsys, "record", *argv, "--case", other, code=2)["hint"]
