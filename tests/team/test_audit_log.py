"""The audit log: lines that stand on one another, so that one changed or taken out shows."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from tocsin.errors import TocsinError
from tocsin.team import Asked

if TYPE_CHECKING:
    from tests.team.conftest import Clock

    from tocsin.team import Team

SECRET = "tocsin_" + "A" * 43


def written(team: Team, n: int = 5) -> None:
    for number in range(n):
        team.audit("anna", "claim accepted", f"claim-{number}", "as quoted", "127.0.0.1")


def tampered(team: Team, statement: str) -> None:
    """Do to the table what only the owner of the database can: past the triggers that hold everybody else."""
    with team.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_stays_update")
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS audit_stays_delete")
        else:
            connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER USER")
        connection.exec_driver_sql(statement)
        connection.commit()


def test_a_log_as_it_was_written_has_no_faults(team: Team) -> None:
    assert team.log.verify() == team.log.verify(noted=None)
    assert team.log.verify().faults == ()
    written(team)
    found = team.log.verify()
    assert (found.lines, found.faults) == (5, ())
    assert found.last == team.log.read()[0].hash


@pytest.mark.parametrize(
    "verb", ["UPDATE audit SET who = 'nobody'", "DELETE FROM audit", "DELETE FROM audit WHERE number = 5"]
)
def test_lines_cannot_be_changed_or_taken_out_through_the_database(team: Team, verb: str) -> None:
    written(team)
    with pytest.raises(sa.exc.DBAPIError, match="only ever added"), team.engine.begin() as connection:
        connection.exec_driver_sql(verb)
    assert team.log.verify().faults == ()
    assert len(team.log.read()) == 5


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit SET who = 'bob' WHERE number = 2", "line 2 is not as it was written"),
        ("UPDATE audit SET detail = '' WHERE number = 5", "line 5 is not as it was written"),
        (
            "UPDATE audit SET at = '2020-01-01T00:00:00.000000+00:00' WHERE number = 1",
            "line 1 is not as it was written",
        ),
        ("DELETE FROM audit WHERE number = 3", "line 3 is missing"),
        ("DELETE FROM audit WHERE number IN (2, 3)", "lines 2 to 3 are missing"),
        ("DELETE FROM audit WHERE number = 5", "the log ends at line 4, and was written up to line 5"),
        ("DELETE FROM audit", "the log ends at line 0, and was written up to line 5"),
    ],
)
def test_whoever_owns_the_database_cannot_change_it_unseen(team: Team, statement: str, fault: str) -> None:
    written(team)
    tampered(team, statement)
    assert team.log.verify().faults[0] == fault


def test_a_log_written_anew_is_shown_by_a_hash_noted_down(team: Team) -> None:
    written(team)
    noted = team.log.verify().last
    written(team)
    assert team.log.verify(noted=noted).faults == ()
    assert team.log.verify(noted="0" * 64).faults == ("no line has the hash that was noted down",)


def test_lines_are_found_by_who_what_words_and_days(team: Team, clock: Clock) -> None:
    team.audit("anna", "case added", "mali", "from 100% of a file")
    clock.move(timedelta(days=1))
    team.audit("bob", "case added", "sahel", "by hand")
    team.audit("bob", "role changed", "anna", "reader to admin")

    def numbers(**asked: object) -> list[int]:
        return [line.number for line in team.log.read(Asked(**asked))]  # type: ignore[arg-type]

    assert numbers() == [3, 2, 1]
    assert numbers(who="bob") == [3, 2]
    assert numbers(what="case added") == [2, 1]
    assert numbers(words="MALI") == [1]
    assert numbers(words="100%") == [1]
    assert numbers(words="%") == [1], "a sign of the database's own is a sign like any other"
    assert numbers(since=clock.at) == [3, 2]
    assert numbers(until=clock.at) == [1]
    assert numbers(before=3, limit=1) == [2]
    assert team.log.actions() == ("case added", "role changed")


HOSTILE = (
    "'; DROP TABLE audit; --", "\x00\x1b[2Jline\nnext", "<script>alert(1)</script>",
    "x" * 5000, "\u202egpj.exe",
)  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_others_typed_is_kept_as_one_line_of_words(team: Team, hostile: str) -> None:
    team.audit("anna", "case added", hostile, hostile, hostile)
    (line,) = team.log.read()
    assert len(line.detail) <= 500
    assert line.detail.isprintable()
    assert team.log.verify().faults == ()


def test_a_secret_that_gets_into_a_line_is_blacked_out(team: Team) -> None:
    team.audit("anna", "token made", f"Bearer {SECRET}", f"password=hunter2 {SECRET}", "postgresql://me:hidden@host/db")
    told = str(team.log.read()[0])
    assert not any(secret in told for secret in (SECRET, "hunter2", "hidden"))


WRITES = """
import sys
from tocsin.team import open_team
with open_team(sys.argv[1]) as team:
    for number in range(25):
        team.audit(sys.argv[2], "claim accepted", f"claim-{number}")
"""


def test_two_processes_write_one_chain(team_address: str, team: Team) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", WRITES, team_address, who]) for who in ("anna", "bob")]
    assert [process.wait(60) for process in processes] == [0, 0]
    found = team.log.verify()
    assert (found.lines, found.faults) == (50, ())
    assert {line.who for line in team.log.read()} == {"anna", "bob"}


def test_threads_write_one_chain(team: Team) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: team.audit("anna", "claim accepted", str(n)), range(40)))
    assert (team.log.verify().lines, team.log.verify().faults) == (40, ())


def test_a_change_that_fails_leaves_no_line(team: Team) -> None:
    with pytest.raises(TocsinError):
        team.tokens.revoke("none")
    assert team.log.read() == ()
