"""Secrets are blacked out of whatever is written down."""

from __future__ import annotations

import logging

import pytest

from tocsin.team import without_secrets
from tocsin.team.secrecy import BLACK, Withhold, guard_logs

TOKEN = "tocsin_" + "aB3-_" * 9
SECRETS = (
    ("Authorization: Bearer {}", TOKEN),
    ("authorization: Basic {}", "YW5uYTpodW50ZXIyIQ=="),
    ("the token is {} today", TOKEN),
    ("cookie: __Host-tocsin_session={}; other=1", "3f9a1c0b77e23f9a1c0b77e2"),
    ("{{'password': '{}', 'name': 'anna'}}", "slate-orchard-kettle"),
    ("POST /login name=anna&password={}&next=/", "hunter2"),
    ("smtp_password={}", "hunter2"),
    ("webhook_secret: {}", "whsec-hunter2"),
    ("could not connect to postgresql://tocsin:{}@host/db", "hunter2"),
    ('{{"csrf": "{}"}}', "0123456789abcdef"),
    ("X-CSRF-Token: {}", "0123456789abcdef"),
)


@pytest.mark.parametrize(("said", "secret"), SECRETS)
def test_a_secret_is_blacked_out_and_the_rest_is_left(said: str, secret: str) -> None:
    clean = without_secrets(said.format(secret))
    assert secret not in clean
    assert BLACK in clean
    assert clean.split(BLACK)[0] in said.format(secret)


PLAIN = (
    "anna signed in", "token made", "password changed", "case tocsin_iraq added", "basic training in Ninewa",
    "12:30 https://a.example/b@c", "a" * 100,
)  # fmt: skip


@pytest.mark.parametrize("plain", PLAIN)
def test_words_that_are_no_secrets_stay(plain: str) -> None:
    assert without_secrets(plain) == plain


PIECES = ("x", "password", "token-", "a:", "://", "://a:", "Bearer ", "tocsin_", " ", "cookie=\n", "secret_")


@pytest.mark.parametrize("piece", PIECES)
def test_a_line_of_a_megabyte_is_done_with(piece: str) -> None:
    """A pattern that looked on and on from every place would not come to an end here."""
    assert without_secrets(piece * 100_000 + f" token={TOKEN}").endswith(BLACK)


def test_logs_of_any_library_are_clean_tracebacks_included(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(Withhold())
    log = logging.getLogger("some.library")
    log.warning("opened with %s and %d more", f"password={TOKEN}", 3)
    log.warning({"password": "hunter2"})
    try:
        int(f"token={TOKEN}")
    except ValueError:
        log.exception("failed")
    assert "hunter2" not in caplog.text
    assert TOKEN not in caplog.text
    assert "Traceback" in caplog.text
    assert "and 3 more" in caplog.text


def test_the_filter_is_put_on_once() -> None:
    logger, handler = logging.getLogger("a.server"), logging.NullHandler()
    logger.addHandler(handler)
    guard_logs("a.server")
    guard_logs("a.server")
    assert sum(isinstance(one, Withhold) for one in handler.filters) == 1
    logger.removeHandler(handler)
