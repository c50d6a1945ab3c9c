"""Users: added, signed in, given roles, disabled; passwords changed and set."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tocsin.errors import InputError, UnknownName
from tocsin.team import Role
from tocsin.team.sessions import hash_of

if TYPE_CHECKING:
    from pwdlib import PasswordHash
    from tests.team.conftest import Clock

    from tocsin.team import Team

PASSWORD = "slate orchard kettle"  # noqa: S105 - made up
OTHER = "wicker piano lagoon"


def test_a_user_signs_in_with_the_password_and_no_other(team: Team) -> None:
    assert not team.users.any()
    team.users.add("anna", PASSWORD, role=Role.ANALYST)
    assert team.users.any()
    found = team.users.sign_in("anna", PASSWORD)
    assert found is not None
    assert (found.name, found.role, found.must_change) == ("anna", Role.ANALYST, False)
    assert team.users.sign_in("anna", OTHER) is None
    assert team.users.sign_in("anna", PASSWORD.upper()) is None
    assert team.users.sign_in("nobody", PASSWORD) is None


def test_a_password_is_kept_as_its_argon2id_hash_alone(team: Team) -> None:
    team.users.add("anna", PASSWORD, role=Role.READER)
    with team.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT password FROM users").scalar()
    assert str(kept).startswith("$argon2id$")
    assert PASSWORD not in str(kept)


@pytest.mark.parametrize("name", ["", "Anna", "anna k", "../anna", "a" * 65, "anna\n", "анна", "-anna"])
def test_names_that_are_none_are_refused(team: Team, name: str) -> None:
    with pytest.raises(InputError, match="no name of a user"):
        team.users.add(name, PASSWORD, role=Role.READER)


def test_a_name_is_taken_once(team: Team) -> None:
    team.users.add("anna", PASSWORD, role=Role.READER)
    with pytest.raises(InputError, match="already"):
        team.users.add("anna", OTHER, role=Role.ADMIN)
    assert team.users.get("anna").role is Role.READER


def test_as_much_work_is_done_for_a_name_that_is_not_there(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    team.users.add("anna", PASSWORD, role=Role.READER)
    done: list[str] = []
    scheme = type(team.users.passwords.scheme)
    verify = scheme.verify

    def counted(self: PasswordHash, password: str, kept: str) -> bool:
        done.append(kept)
        return verify(self, password, kept)

    monkeypatch.setattr(scheme, "verify", counted)
    team.users.set_disabled("anna", disabled=True)
    for name in ("anna", "nobody", "anna"):
        assert team.users.sign_in(name, PASSWORD) is None
    assert len(done) == 3
    assert all(kept.split("$")[:4] == done[0].split("$")[:4] for kept in done), "the same parameters for all"


def test_a_disabled_user_is_out_at_once_and_can_be_let_in_again(team: Team) -> None:
    team.users.add("chef", OTHER, role=Role.ADMIN)
    team.users.add("anna", PASSWORD, role=Role.ANALYST)
    team.sessions.keep("an id", "anna", "{}")
    secret, _ = team.tokens.make("anna", label="export", role=Role.READER)
    team.users.set_disabled("anna", disabled=True, by="chef")
    assert team.users.sign_in("anna", PASSWORD) is None
    assert team.sessions.data("an id") == ""
    assert team.tokens.user_of(secret) is None
    team.users.set_disabled("anna", disabled=False, by="chef")
    assert team.users.sign_in("anna", PASSWORD) is not None
    assert team.sessions.data("an id") == "", "a session that was ended stays so"
    assert team.tokens.user_of(secret) is None, "a token that was revoked stays so"


def test_somebody_who_keeps_users_is_always_left(team: Team) -> None:
    team.users.add("chef", PASSWORD, role=Role.ADMIN)
    team.users.add("vice", OTHER, role=Role.ADMIN)
    team.users.set_disabled("vice", disabled=True)
    with pytest.raises(InputError, match="only admin"):
        team.users.set_role("chef", Role.READER)
    with pytest.raises(InputError, match="only admin"):
        team.users.set_disabled("chef", disabled=True)
    team.users.set_disabled("vice", disabled=False)
    team.users.set_role("chef", Role.READER)
    assert team.users.get("chef").role is Role.READER


def test_changing_ones_password_needs_the_old_one_and_ends_other_sessions(team: Team) -> None:
    team.users.add("anna", PASSWORD, role=Role.READER)
    for each in ("here", "elsewhere"):
        team.sessions.keep(each, "anna", "{}")
    with pytest.raises(InputError, match="present password"):
        team.users.change_password("anna", OTHER, "quarry velvet ostrich")
    with pytest.raises(InputError, match="already"):
        team.users.change_password("anna", PASSWORD, PASSWORD)
    team.users.change_password("anna", PASSWORD, OTHER, but=hash_of("here"))
    assert team.users.sign_in("anna", OTHER) is not None
    assert team.users.sign_in("anna", PASSWORD) is None
    assert (team.sessions.data("here"), team.sessions.data("elsewhere")) == ("{}", "")


def test_a_password_somebody_else_gave_is_to_be_replaced_and_works_for_a_week(team: Team, clock: Clock) -> None:
    team.users.add("anna", PASSWORD, role=Role.READER, given=True, by="chef")
    found = team.users.sign_in("anna", PASSWORD)
    assert found is not None
    assert found.must_change
    clock.move(timedelta(days=8))
    assert team.users.sign_in("anna", PASSWORD) is None
    team.users.set_password("anna", OTHER, by="chef")
    team.users.change_password("anna", OTHER, "quarry velvet ostrich")
    clock.move(timedelta(days=80))
    found = team.users.sign_in("anna", "quarry velvet ostrich")
    assert found is not None
    assert not found.must_change


def test_unknown_names_are_said(team: Team) -> None:
    team.users.add("anna", PASSWORD, role=Role.READER)
    with pytest.raises(UnknownName, match="no user is called 'ana'"):
        team.users.set_role("ana", Role.ADMIN)
    with pytest.raises(UnknownName):
        team.users.set_password("ana", OTHER)


def test_every_change_is_a_line_of_the_log_without_the_password(team: Team) -> None:
    team.users.add("chef", OTHER, role=Role.ADMIN)
    team.users.add("anna", PASSWORD, role=Role.READER, by="chef", address="127.0.0.1")
    team.users.set_role("anna", Role.REVIEWER, by="chef")
    team.users.set_password("anna", "quarry velvet ostrich", by="chef")
    team.users.set_disabled("anna", disabled=True, by="chef")
    lines = team.log.read()[::-1]
    assert [(line.who, line.what, line.object) for line in lines] == [
        ("command line", "user added", "chef"),
        ("chef", "user added", "anna"),
        ("chef", "role changed", "anna"),
        ("chef", "password set", "anna"),
        ("chef", "user disabled", "anna"),
    ]
    assert lines[2].detail == "reader to reviewer"
    assert not any(secret in str(line) for line in lines for secret in (PASSWORD, OTHER, "quarry"))
