"""One setting, and everything of a team is in PostgreSQL: a schema a case, and cases do not see each other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from tests.api.little_case import little_case
from tests.api.postgres_base import new_database

from tocsin.api.databases import has_tables, make_schema, schema_of, within
from tocsin.api.record import has_record, open_record_of, record_address
from tocsin.case import read_case
from tocsin.cli.app import run
from tocsin.errors import FileProblem, InputError
from tocsin.record.claim import ClaimStatus
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.case import Case

NOTE = (
    "On 3 May 2019, Haider Example was appointed governor of Anbar. The Badr Organisation fought in Diyala in 2016.\n"
)


@pytest.fixture
def database() -> Iterator[str]:
    with new_database() as address:
        yield address


def case_called(folder: Path, name: str) -> Case:
    (folder / name).mkdir(parents=True)
    made = read_case(little_case(folder / name))
    (made.folder / "documents" / "note.txt").write_text(f"{name}. {NOTE}", encoding="utf-8")
    return read_case(made.folder)


def test_the_record_of_a_case_is_in_its_own_schema(tmp_path: Path) -> None:
    case, settings = case_called(tmp_path, "my-little"), Settings(database="postgresql://db/team")
    assert record_address(case, settings=settings) == ("postgresql://db/team?options=-csearch_path%3Dcase_my_little")


def test_the_setting_record_comes_before_the_database(tmp_path: Path) -> None:
    settings = Settings(database="postgresql://db/team", record="postgresql://db/other")
    assert record_address(case_called(tmp_path, "one"), settings=settings) == "postgresql://db/other"


def test_without_the_setting_a_record_is_a_file(tmp_path: Path) -> None:
    case = case_called(tmp_path, "one")
    assert record_address(case, settings=Settings()) == case.folder / ".tocsin" / "record.db"


def test_other_options_of_the_address_stay_and_its_path_is_replaced() -> None:
    given = "postgresql://db/team?options=-cwork_mem%3D8MB%20-csearch_path%3Dpublic&sslmode=require"
    url = sa.make_url(within(given, "case_one"))
    assert url.query == {"options": "-cwork_mem=8MB -csearch_path=case_one", "sslmode": "require"}


@pytest.mark.parametrize("name", ["", "One", "a b", 'a"; DROP', "../up", "a_b", "-a", "a-", "a" * 59, "é"])
def test_a_name_that_makes_no_schema_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="plain name"):
        schema_of(name)


def test_names_of_schemas_differ_where_names_of_cases_do() -> None:
    assert len({schema_of(n) for n in ("a-b", "ab", "a--b", "a" * 58)}) == 4
    assert len(schema_of("a" * 58)) == 63


@pytest.mark.parametrize("address", ["team.db", "sqlite:///team.db", "mysql://db/team", "http://db"])
def test_a_database_that_is_not_postgresql_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(InputError, match="no address of PostgreSQL"):
        record_address(case_called(tmp_path, "one"), settings=Settings(database=address))


def test_no_password_is_shown_with_the_settings() -> None:
    assert "s3cret" not in repr(Settings(database="postgresql://u:s3cret@db/t", record="postgresql://u:s3cret@db/r"))


def test_a_case_without_record_says_so(tmp_path: Path, database: str) -> None:
    case, settings = case_called(tmp_path, "one"), Settings(database=database)
    assert not has_record(case, settings=settings)
    with pytest.raises(FileProblem, match="the case one has no record yet"):
        open_record_of(case, settings=settings)
    assert not has_tables(database, "case_one"), "asking made nothing"


def test_two_cases_do_not_see_each_other(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = case_called(tmp_path, "one"), case_called(tmp_path, "two")
    monkeypatch.setenv("TOCSIN_DATABASE", database)
    for case in (one, two):
        assert run(["read", "--case", str(case.folder)]) == 0
    with open_record_of(one) as first, open_record_of(two) as second:
        assert {d.document_id for d in first.documents()}.isdisjoint(d.document_id for d in second.documents())
        assert first.count() > 0 < second.count()
        claim = first.claims(limit=1)[0].claim_id
    assert run(["review", "--case", str(one.folder), "--accept", claim, "--why", "seen", "--by", "Ines"]) == 0
    with open_record_of(one) as first, open_record_of(two) as second:
        assert [c.claim_id for c in first.claims(status=ClaimStatus.ACCEPTED)] == [claim]
        assert "Ines" not in {entry.by for entry in second.history()}


def test_the_commands_of_the_record_work_on_it(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = case_called(tmp_path, "one")
    monkeypatch.setenv("TOCSIN_DATABASE", database)
    asked = ["--case", str(case.folder)]
    assert run(["read", *asked]) == 0
    assert run(["record", "check", *asked]) == 0
    assert run(["record", "export", "--format", "whole", "--out", str(tmp_path / "whole.zip"), *asked]) == 0
    capsys.readouterr()
    assert run(["record", "search", "governor", "--json", *asked]) == 0
    assert json.loads(capsys.readouterr().out)
    assert not (case.folder / ".tocsin" / "record.db").exists()
    other = case_called(tmp_path / "elsewhere", "two")
    assert run(["record", "import", str(tmp_path / "whole.zip"), "--case", str(other.folder)]) == 0
    with open_record_of(case) as first, open_record_of(other) as second:
        assert [c.claim_id for c in first.claims(limit=50)] == [c.claim_id for c in second.claims(limit=50)]


def test_a_schema_is_made_once(database: str) -> None:
    make_schema(database, "case_one")
    make_schema(database, "case_one")
    assert not has_tables(database, "case_one")
