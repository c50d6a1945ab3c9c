"""Who can reach the server, and what it demands before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.errors import InputError
from tocsin.team import Exposure, Role, refuse_beyond_loopback

if TYPE_CHECKING:
    from tocsin.team import Team

BEYOND = ("0.0.0.0", "::", "192.0.2.7", "tocsin.example.org", "")  # noqa: S104 - nothing listens


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "localhost", "::1", "[::1]"])
def test_this_machine_needs_no_accounts(host: str) -> None:
    exposure = refuse_beyond_loopback(host, team=None)
    assert not exposure.beyond
    assert not exposure.secure


@pytest.mark.parametrize("host", BEYOND)
def test_beyond_it_there_must_be_an_account_and_it_is_said_how(team: Team, host: str) -> None:
    for given in (None, team):
        with pytest.raises(InputError, match="there is no account") as caught:
            refuse_beyond_loopback(host, team=given, behind_proxy=True, insecure_http=True)
        assert "tocsin users add NAME --role admin" in str(caught.value)


@pytest.mark.parametrize("host", BEYOND)
def test_beyond_it_passwords_do_not_travel_in_clear_unless_that_is_said(team: Team, host: str) -> None:
    team.users.add("anna", "slate orchard kettle", role=Role.ADMIN)
    with pytest.raises(InputError, match="in clear") as caught:
        refuse_beyond_loopback(host, team=team)
    assert "--behind-proxy" in str(caught.value)
    assert "--insecure-http" in str(caught.value)
    assert refuse_beyond_loopback(host, team=team, behind_proxy=True).secure
    assert not refuse_beyond_loopback(host, team=team, insecure_http=True).secure


def test_a_proxy_on_the_same_machine_is_beyond_it(team: Team) -> None:
    with pytest.raises(InputError, match="no account"):
        refuse_beyond_loopback("127.0.0.1", team=team, behind_proxy=True)


def test_names_are_given_with_commas() -> None:
    assert Exposure().called(" a.example, b.example ,").names == ("a.example", "b.example")
    assert Exposure().called(None).names == ()
    assert Exposure(names=("a.example",)).answers_to("A.EXAMPLE:443")
    assert not Exposure(names=("a.example",)).answers_to("a.example.elsewhere.example")
