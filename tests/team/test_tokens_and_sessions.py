"""Tokens and sessions: known by hashes, ended by hand and by time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tocsin.errors import InputError, OutOfRange, UnknownName
from tocsin.team import Role
from tocsin.team.tokens import MOST_TOKENS

if TYPE_CHECKING:
    from tests.team.conftest import Clock

    from tocsin.team import Team

PASSWORD = "slate orchard kettle"  # noqa: S105 - made up


@pytest.fixture
def anna(team: Team) -> Team:
    team.users.add("anna", PASSWORD, role=Role.ANALYST)
    team.users.add("bob", PASSWORD, role=Role.ADMIN)
    return team


def test_a_token_speaks_for_its_user_and_is_kept_as_a_hash(anna: Team) -> None:
    secret, made = anna.tokens.make("anna", label="nightly", role=Role.READER)
    found = anna.tokens.user_of(secret)
    assert found is not None
    assert (found.name, found.role) == ("anna", Role.READER)
    assert anna.tokens.of("anna")[0].handle == made.handle
    with anna.engine.connect() as connection:
        assert secret not in str(connection.exec_driver_sql("SELECT * FROM tokens").all())
    assert secret not in str(anna.log.read())


def test_no_token_is_like_another(anna: Team) -> None:
    made = {anna.tokens.make("anna", label="a", role=Role.READER)[0] for _ in range(20)}
    assert len(made) == 20
    assert min(len(secret) for secret in made) >= 50


def test_a_token_never_does_more_than_its_user(anna: Team) -> None:
    with pytest.raises(InputError, match="cannot be admin"):
        anna.tokens.make("anna", label="a", role=Role.ADMIN)
    secret, _ = anna.tokens.make("anna", label="a", role=Role.ANALYST)
    anna.users.set_role("anna", Role.READER)
    found = anna.tokens.user_of(secret)
    assert found is not None
    assert found.role is Role.READER


def test_a_token_works_until_its_day(anna: Team, clock: Clock) -> None:
    secret, made = anna.tokens.make("anna", label="a", role=Role.READER, days=3)
    assert made.expires - made.created == timedelta(days=3)
    clock.move(timedelta(days=2, hours=23))
    assert anna.tokens.user_of(secret) is not None
    clock.move(timedelta(hours=1))
    assert anna.tokens.user_of(secret) is None
    assert anna.tokens.of("anna") == ()


def test_when_a_token_was_last_used_is_known_to_the_minute(anna: Team, clock: Clock) -> None:
    secret, _ = anna.tokens.make("anna", label="a", role=Role.READER)
    assert anna.tokens.of("anna")[0].used is None
    anna.tokens.user_of(secret)
    first = anna.tokens.of("anna")[0].used
    assert first == clock.at
    clock.move(timedelta(seconds=20))
    anna.tokens.user_of(secret)
    assert anna.tokens.of("anna")[0].used == first
    clock.move(timedelta(minutes=5))
    anna.tokens.user_of(secret)
    assert anna.tokens.of("anna")[0].used == clock.at


def test_a_revoked_token_works_no_more_and_nobody_revokes_anothers(anna: Team) -> None:
    secret, made = anna.tokens.make("anna", label="a", role=Role.READER)
    with pytest.raises(UnknownName):
        anna.tokens.revoke(made.handle, user="bob")
    assert anna.tokens.user_of(secret) is not None
    anna.tokens.revoke(made.handle, user="anna")
    assert anna.tokens.user_of(secret) is None
    with pytest.raises(UnknownName):
        anna.tokens.revoke(made.handle)


WRONG = (
    "", "tocsin_", "tocsin_" + "x" * 43, "x" * 50,
    "tocsin_' OR 1=1 --" + "x" * 30, "tocsin_" + "x" * 9999,
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_token_opens_nothing(anna: Team, wrong: str) -> None:
    assert anna.tokens.user_of(wrong) is None


@pytest.mark.parametrize("days", [0, -1, 367])
def test_days_of_a_token_have_bounds(anna: Team, days: int) -> None:
    with pytest.raises(OutOfRange):
        anna.tokens.make("anna", label="a", role=Role.READER, days=days)


def test_tokens_have_names_and_there_are_not_too_many(anna: Team) -> None:
    for label in ("", "   ", "x" * 101):
        with pytest.raises(InputError):
            anna.tokens.make("anna", label=label, role=Role.READER)
    for _ in range(MOST_TOKENS):
        anna.tokens.make("anna", label="a", role=Role.READER)
    with pytest.raises(InputError, match="revoke one"):
        anna.tokens.make("anna", label="a", role=Role.READER)


def test_nobody_has_no_token_and_the_disabled_get_none(anna: Team) -> None:
    with pytest.raises(UnknownName):
        anna.tokens.make("nobody", label="a", role=Role.READER)
    anna.users.set_disabled("anna", disabled=True)
    with pytest.raises(InputError, match="disabled"):
        anna.tokens.make("anna", label="a", role=Role.READER)


def test_a_session_that_ended_cannot_be_brought_back(anna: Team) -> None:
    anna.sessions.keep("id", "anna", '{"a": 1}')
    anna.sessions.end("id")
    anna.sessions.keep("id", "anna", '{"a": 2}')
    assert anna.sessions.data("id") == ""
    assert anna.sessions.of("anna") == ()


def test_sessions_are_ended_by_their_user_or_an_admin_and_by_nobody_else(anna: Team) -> None:
    anna.sessions.keep("id", "anna", "{}", address="192.0.2.1", agent="a browser")
    (one,) = anna.sessions.of("anna")
    assert (one.address, one.agent) == ("192.0.2.1", "a browser")
    for handle, user in ((one.handle, "bob"), (one.handle[:4], "anna"), ("%" * 16, "anna"), ("", None)):
        with pytest.raises(UnknownName):
            anna.sessions.end_by_handle(handle, user=user, by="x")
    assert anna.sessions.data("id") == "{}"
    anna.sessions.end_by_handle(one.handle, user="anna", by="anna")
    assert anna.sessions.data("id") == ""


def test_sessions_that_are_over_are_swept_away(anna: Team, clock: Clock) -> None:
    anna.sessions.keep("old", "anna", "{}")
    clock.move(timedelta(days=8))
    anna.sessions.keep("new", "anna", "{}")
    with anna.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sessions").scalar() == 1


def test_a_new_session_lasts_no_longer_than_it_is_told(anna: Team, clock: Clock) -> None:
    anna.sessions.keep("short", "anna", "{}", left=timedelta(hours=2))
    clock.move(timedelta(hours=3))
    assert anna.sessions.data("short") == ""
