"""tocsin users and tocsin audit: what they print, their JSON, and that no secret is ever an argument or printed twice."""

from __future__ import annotations

import io
import json
import sqlite3
from inspect import signature
from typing import TYPE_CHECKING, Any

import pytest
from tests.docs.test_json_shapes import documented, leaves

from tocsin.api.home import team_address
from tocsin.cli import users
from tocsin.cli.app import run
from tocsin.settings import Settings
from tocsin.team import Role, open_team

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "slate orchard kettle"  # noqa: S105 - made up


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("TOCSIN_DATABASE", raising=False)
    return tmp_path / "data"


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def printed(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([*argv, "--json"]) == code
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def _anna(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed(monkeypatch, f"{PASSWORD}\n")
    assert run(["users", "add", "anna", "--role", "admin"]) == 0
    assert PASSWORD not in capsys.readouterr().out


@pytest.mark.usefixtures("_anna")
def test_a_user_is_added_with_a_password_from_standard_input(data: Path) -> None:
    with open_team(data / "team.db") as team:
        found = team.users.sign_in("anna", PASSWORD)
        assert found is not None
        assert found.role is Role.ADMIN
        assert not found.must_change


def test_the_first_line_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["users", "list"]) == 0
    assert "tocsin users add NAME --role admin" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "given", "says"),
    [
        (["users", "add", "anna"], "short\n", "at least 12 characters"), (["users", "add", "anna"], "", "at least 12 characters"),
        (["users", "add", "No Name"], PASSWORD, "no name of a user"),
        (["users", "add", "anna", "--role", "king"], PASSWORD, "no role is called"),
        (["users", "role", "nobody", "admin"], "", "no user is called"),
        (["users", "disable", "nobody"], "", "no user is called"),
        (["users", "password", "nobody"], PASSWORD, "no user is called"), (["users", "revoke", "none"], "", "no token is called"),
        (["users", "token", "nobody", "--label", "a"], "", "no user is called"),
        (["audit", "--since", "yesterday"], "", "is no day"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(
    argv: list[str], given: str, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, given)
    assert run(argv) == 2
    assert says in capsys.readouterr().err


@pytest.mark.usefixtures("_anna")
def test_at_a_terminal_the_password_is_typed_twice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    answers = iter(["wicker piano lagoon", "wicker piano"])
    monkeypatch.setattr("tocsin.cli.users.getpass", lambda _: next(answers))
    assert run(["users", "password", "anna"]) == 2
    assert "in two ways" in capsys.readouterr().err


@pytest.mark.usefixtures("_anna")
def test_a_made_password_is_printed_once_and_is_to_be_replaced(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    said = printed(capsys, "users", "add", "bob", "--generate")
    assert leaves(said) == documented("users add")
    with open_team(data / "team.db") as team:
        found = team.users.sign_in("bob", said["password"])
        assert found is not None
        assert found.must_change
    run(["users", "list"])
    run(["audit"])
    assert said["password"] not in capsys.readouterr().out


@pytest.mark.usefixtures("_anna")
def test_roles_doors_and_passwords(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    printed(capsys, "users", "add", "bob", "--generate")
    assert run(["users", "role", "bob", "reviewer"]) == 0
    assert run(["users", "disable", "bob"]) == 0
    with open_team(data / "team.db") as team:
        assert (team.users.get("bob").role, team.users.get("bob").disabled) == (Role.REVIEWER, True)
    assert run(["users", "disable", "bob", "--undo"]) == 0
    typed(monkeypatch, "wicker piano lagoon\n")
    assert run(["users", "password", "bob"]) == 0
    with open_team(data / "team.db") as team:
        assert team.users.sign_in("bob", "wicker piano lagoon") is not None
    assert run(["users", "disable", "anna"]) == 2
    assert "only admin" in capsys.readouterr().err


@pytest.mark.usefixtures("_anna")
def test_a_token_is_printed_once_listed_and_revoked(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    said = printed(capsys, "users", "token", "anna", "--label", "nightly")
    assert leaves(said) == documented("users token")
    with open_team(data / "team.db") as team:
        found = team.tokens.user_of(said["token"])
        assert found is not None
        assert found.role is Role.READER
    listed = printed(capsys, "users", "list")
    assert leaves(listed) == documented("users list")
    assert listed["users"][0]["tokens"][0]["handle"] == said["handle"]
    assert said["token"] not in json.dumps(listed)
    assert run(["users", "revoke", said["handle"]]) == 0
    with open_team(data / "team.db") as team:
        assert team.tokens.user_of(said["token"]) is None


@pytest.mark.usefixtures("_anna")
def test_the_log_is_read_and_verified(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    run(["users", "role", "anna", "admin"])
    printed(capsys, "users", "add", "bob", "--generate")
    said = printed(capsys, "audit", "--what", "user added", "--words", "role admin")
    assert leaves(said) == documented("audit")
    assert [line["object"] for line in said["lines"]] == ["anna"]
    whole = printed(capsys, "audit", "--verify")
    assert leaves(whole) == documented("audit verify")
    assert (whole["lines"], whole["faults"]) == (2, [])
    printed(capsys, "audit", "--verify", "--noted", whole["last"])
    assert printed(capsys, "audit", "--verify", "--noted", "0" * 64, code=2)["faults"]
    with sqlite3.connect(data / "team.db") as kept:
        kept.execute("DROP TRIGGER audit_stays_update")
        kept.execute("UPDATE audit SET who = 'nobody' WHERE number = 1")
    kept.close()
    assert run(["audit", "--verify"]) == 2
    assert "line 1 is not as it was written" in capsys.readouterr().out


def test_no_command_takes_a_password_as_an_argument() -> None:
    for command in (users.add, users.password, users.token):
        taken = set(signature(command).parameters)
        assert not taken & {"password", "secret", "token"}, command


def test_the_team_is_where_the_settings_say(data: Path) -> None:
    assert str(team_address(Settings.load())) == str(data / "team.db")
