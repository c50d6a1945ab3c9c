"""Opening a team's database: made, brought up, refused, or out of reach."""

from __future__ import annotations

import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from tocsin.errors import FileProblem, TocsinError
from tocsin.team import Role, Team, open_team
from tocsin.team.database import version_of
from tocsin.team.tables import METADATA

if TYPE_CHECKING:
    from pathlib import Path


def test_the_steps_make_the_tables_that_are_declared(team: Team) -> None:
    with team.engine.connect() as connection:
        found = sa.inspect(connection)
        for table in METADATA.sorted_tables:
            columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
            assert columns == {column.name: bool(column.nullable) for column in table.columns}, table.name
            indexes = {str(index["name"]) for index in found.get_indexes(table.name) if not index.get("unique")}
            assert indexes == {str(index.name) for index in table.indexes}, table.name


def test_opening_again_finds_what_was_there(team_address: str, team: Team) -> None:
    team.users.add("anna", "slate orchard kettle", role=Role.ADMIN)
    with open_team(team_address) as again:
        assert again.users.get("anna").role is Role.ADMIN
        with again.engine.connect() as connection:
            assert version_of(connection) is not None


def test_a_database_of_a_newer_tocsin_is_left_alone(team_address: str, team: Team) -> None:
    with team.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE team_version SET version_num = '9999'")
    with pytest.raises(FileProblem, match="a newer Tocsin"):
        open_team(team_address)


@pytest.mark.parametrize("address", ["mysql://host/name", "nonsense://", "http://host/"])
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(FileProblem) as caught:
        open_team(address)
    assert "postgresql://host/name" in str(caught.value)


def test_a_password_in_an_address_is_never_said() -> None:
    with pytest.raises(TocsinError, match="cannot be reached") as caught:
        open_team("postgresql://me:hunter2@127.0.0.1:1/none?connect_timeout=1")
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    open_team(tmp_path / "new" / "team.db").close()
    assert stat.S_IMODE((tmp_path / "new" / "team.db").stat().st_mode) == 0o600


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "team.db").write_text("this is a letter, not a database, and it is long enough to be seen as such")
    with pytest.raises(TocsinError, match="not a team's database"):
        open_team(tmp_path / "team.db")


def test_a_writer_that_keeps_the_database_to_itself_is_waited_for_and_then_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tocsin.team.database.WAIT_SECONDS", 0.05)
    with open_team(tmp_path / "team.db") as team:
        held = sqlite3.connect(tmp_path / "team.db", isolation_level=None)
        held.execute("BEGIN IMMEDIATE")
        with pytest.raises(TocsinError, match="to itself"):
            team.audit("anna", "case added", "mali")
        assert not team.users.any(), "reading goes on"
        held.execute("ROLLBACK")
        held.close()
        team.audit("anna", "case added", "mali")
        assert len(team.log.read()) == 1
