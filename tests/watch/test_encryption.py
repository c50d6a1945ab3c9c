"""Encrypted channels: who they are spoken with is checked, by name, also where an address was looked up before."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from tests.watch.conftest import NOON
from tests.watch.receivers import mail_server, webhook_server

from tocsin.watch.alert import plain_alert
from tocsin.watch.channel import ChannelFault
from tocsin.watch.mail import Mail, MailServer
from tocsin.watch.webhook import Webhook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.watch.receivers import Hook

ALERT = plain_alert("iraq", "k")
PASSWORD = SecretStr("opensesame")


@dataclass(frozen=True)
class Certificate:
    """One made for a test, and the two sides that use it."""

    file: Path
    key: Path

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context

    def client(self) -> ssl.SSLContext:
        """Believes this certificate alone, for the names it has."""
        return ssl.create_default_context(cafile=str(self.file))


def certificate(folder: Path, names: str) -> Certificate:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not here to make a certificate")
    made = Certificate(folder / "cert.pem", folder / "key.pem")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         "/CN=test", "-addext", f"subjectAltName={names}", "-keyout", str(made.key), "-out", str(made.file)],
        check=True, capture_output=True,
    )  # fmt: skip
    return made


@pytest.fixture
def own(tmp_path: Path) -> Certificate:
    return certificate(tmp_path, "DNS:localhost,IP:127.0.0.1")


@contextmanager
def https(own: Certificate) -> Iterator[Hook]:
    with webhook_server(own.server()) as hook:
        yield hook


def test_a_letter_goes_over_starttls_once_the_server_is_known(own: Certificate) -> None:
    with mail_server(tls_context=own.server(), require_starttls=True) as box:
        server = MailServer("127.0.0.1", box.port, "starttls", context=own.client)
        Mail(server, "a@example.org", "b@example.org").send(ALERT, made=NOON, now=NOON)
        assert len(box.letters) == 1


def test_a_mail_server_that_nobody_vouches_for_gets_neither_letter_nor_password(own: Certificate) -> None:
    with mail_server(tls_context=own.server(), require_starttls=True) as box:
        server = MailServer("127.0.0.1", box.port, "starttls", "user", PASSWORD)
        with pytest.raises(ChannelFault, match="certificate verify failed") as caught:
            Mail(server, "a@example.org", "b@example.org").send(ALERT, made=NOON, now=NOON)
        assert box.letters == []
        assert PASSWORD.get_secret_value() not in str(caught.value)


def test_a_webhook_is_checked_by_its_name_though_an_address_is_connected_to(own: Certificate) -> None:
    with https(own) as hook:
        url = hook.url.replace("127.0.0.1", "localhost")
        hooked = Webhook(SecretStr(url), allow_private=True, verify=own.client())
        hooked.send(ALERT, made=NOON, now=NOON)
        assert hook.posts[0][0]["Host"] == url.split("/")[2]


def test_a_receiver_with_a_certificate_of_another_name_gets_nothing(tmp_path: Path) -> None:
    other = certificate(tmp_path, "DNS:elsewhere.example.org,IP:127.0.0.1")
    with https(other) as hook:
        url = hook.url.replace("127.0.0.1", "localhost")
        with pytest.raises(ChannelFault, match="certificate"):
            Webhook(SecretStr(url), allow_private=True, verify=other.client()).send(ALERT, made=NOON, now=NOON)
        assert hook.posts == []
