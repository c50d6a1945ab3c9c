"""E-mail and webhook: what is sent, how it is signed, and where it is not sent."""

from __future__ import annotations

import json
import logging
import socket
import threading
from datetime import timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from typing import Any

import pytest
from pydantic import SecretStr
from tests.watch.conftest import NOON
from tests.watch.receivers import mail_server, webhook_server

from tocsin.errors import InputError
from tocsin.watch.alert import Alert, Evidence, of_json, plain_alert
from tocsin.watch.channel import ChannelFault
from tocsin.watch.mail import Mail, MailServer, message
from tocsin.watch.public_address import allowed, webhook_url
from tocsin.watch.signature import HEADER, is_ours
from tocsin.watch.webhook import Webhook, body

QUOTED = Evidence("who holds it", "/c/iraq/record", quote="the new\r\nminister", source="bic", claim_id="c1")
ALERT = plain_alert("iraq", "post:minister", evidence=(QUOTED,))
SECRET = SecretStr("whispered")


def mail(port: int, to: str = "desk@example.org") -> Mail:
    return Mail(MailServer("127.0.0.1", port, "none"), "tocsin@example.org", to, "https://tocsin.example.org")


def test_a_message_says_all_and_its_number_is_the_alerts() -> None:
    with mail_server() as box:
        mail(box.port).send(ALERT, made=NOON, now=NOON)
    letter = message_from_bytes(box.letters[0], policy=policy.default)
    assert letter["Message-ID"] == f"<{ALERT.id}@example.org>"
    assert letter["Subject"] == "[Tocsin iraq] A test of the watch of iraq"
    assert letter.get_content_type() == "text/plain"
    text = letter.get_content()
    for part in (
        ALERT.says,
        ALERT.record,
        ALERT.command,
        '"the new minister"',
        "https://tocsin.example.org/c/iraq/record",
    ):
        assert part in text


def test_a_repeat_is_the_same_message_byte_by_byte() -> None:
    with mail_server() as box:
        mail(box.port).send(ALERT, made=NOON, now=NOON)
        mail(box.port).send(ALERT, made=NOON, now=NOON + timedelta(hours=5))
    assert box.letters[0] == box.letters[1]


def test_a_title_cannot_add_a_header() -> None:
    evil = Alert(**{**{f: getattr(ALERT, f) for f in ALERT.__slots__}, "title": "x\r\nBcc: all@example.org\x1b[2J"})
    letter = message(evil, sender="a@example.org", to="b@example.org", made=NOON, address="")
    assert letter["Bcc"] is None
    assert "\x1b" not in letter.as_string()


def test_a_server_that_is_down_or_refuses_is_a_fault_with_its_words() -> None:
    with mail_server() as box:
        box.refuses = "451 come back later"
        with pytest.raises(ChannelFault, match="451 come back later"):
            mail(box.port).send(ALERT, made=NOON, now=NOON)
        port = box.port
    with pytest.raises(ChannelFault, match=r"127\.0\.0\.1 cannot be used"):
        mail(port).send(ALERT, made=NOON, now=NOON)


def test_a_password_goes_over_no_line_that_is_not_encrypted() -> None:
    with mail_server() as box:
        server = MailServer("127.0.0.1", box.port, "starttls", "user", SECRET)
        with pytest.raises(ChannelFault) as caught:
            Mail(server, "a@example.org", "b@example.org").send(ALERT, made=NOON, now=NOON)
        assert SECRET.get_secret_value() not in str(caught.value)
        assert box.letters == []


def test_a_webhook_is_signed_and_carries_the_alert() -> None:
    with webhook_server() as hook:
        Webhook(SecretStr(hook.url), SECRET, allow_private=True).send(ALERT, made=NOON, now=NOON)
    ((headers, content),) = hook.posts
    assert headers["Idempotency-Key"] == ALERT.id
    assert headers["Host"] == hook.url.split("/")[2]
    assert is_ours(content, headers[HEADER], secret=SECRET.get_secret_value(), now=NOON)
    assert not is_ours(content + b" ", headers[HEADER], secret=SECRET.get_secret_value(), now=NOON)
    assert not is_ours(content, headers[HEADER], secret="other", now=NOON)  # noqa: S106
    assert not is_ours(content, headers[HEADER], secret=SECRET.get_secret_value(), now=NOON + timedelta(hours=1))
    said = json.loads(content)
    assert of_json({k: v for k, v in said.items() if k not in {"made", "workbench", "format"}}) == ALERT
    assert content == body(ALERT, made=NOON, address="")


def test_a_redirect_is_not_followed() -> None:
    with webhook_server() as hook, webhook_server() as inner:
        hook.status, hook.headers = 307, {"Location": inner.url}
        with pytest.raises(ChannelFault, match="307: it redirects"):
            Webhook(SecretStr(hook.url), allow_private=True).send(ALERT, made=NOON, now=NOON)
        assert inner.posts == []


def test_an_answer_that_does_not_come_is_not_waited_for() -> None:
    with webhook_server() as hook:
        hook.stalls = threading.Event()
        slow = Webhook(SecretStr(hook.url), allow_private=True, seconds=0.2)
        with pytest.raises(ChannelFault, match="did not answer within"):
            slow.send(ALERT, made=NOON, now=NOON)
        hook.stalls.set()


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/x", "https://localhost/x", "https://[::1]/x", "https://169.254.169.254/x"]
)
def test_an_address_inside_the_house_is_refused(url: str) -> None:
    with pytest.raises(ChannelFault, match="lies inside this network"):
        Webhook(SecretStr(url)).send(ALERT, made=NOON, now=NOON)


def test_one_inner_address_behind_a_name_is_enough_to_refuse_it() -> None:
    places = [ip_address("93.184.216.34"), ip_address("10.0.0.8")]
    with pytest.raises(ChannelFault, match="lies inside"):
        allowed("hooks.example.org", places, False)  # noqa: FBT003
    assert allowed("hooks.example.org", places, True) == tuple(places)  # noqa: FBT003


def test_a_name_is_looked_up_once_and_what_it_says_later_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads outside when it is looked at, and inside a moment later, leads nowhere but where it was looked at."""
    asked, look_up = [], socket.getaddrinfo

    def first_one_then_another(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host != "hooks.example.org":
            return look_up(host, port, *args, **kwargs)
        asked.append(host)
        return look_up("127.0.0.1" if len(asked) == 1 else "127.0.0.9", port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", first_one_then_another)
    with webhook_server() as hook:
        url = hook.url.replace("127.0.0.1", "hooks.example.org")
        Webhook(SecretStr(url), allow_private=True).send(ALERT, made=NOON, now=NOON)
        assert hook.posts[0][0]["Host"] == url.split("/")[2]
    assert asked == ["hooks.example.org"]


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "https://user:opensesame@example.org/x", "example.org", "http://example.org/x"]
)
def test_what_is_no_webhook_is_refused_without_its_path(url: str) -> None:
    with pytest.raises(InputError) as caught:
        webhook_url(url, allow_private=False)
    assert "opensesame" not in str(caught.value)


def test_no_fault_and_no_log_tells_the_receivers_path_or_secret(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with webhook_server() as hook:
        hook.status = 500
        with pytest.raises(ChannelFault) as caught:
            Webhook(SecretStr(hook.url + "/token-1234"), SECRET, allow_private=True).send(ALERT, made=NOON, now=NOON)
    said = str(caught.value) + caplog.text
    assert "token-1234" not in said
    assert SECRET.get_secret_value() not in said
