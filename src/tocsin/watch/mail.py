"""E-mail: one plain message an address, over a connection that is encrypted unless the setting says otherwise."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Literal

from tocsin.watch.channel import ChannelFault
from tocsin.watch.wording import one_line, plain_text, subject

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pydantic import SecretStr

    from tocsin.watch.alert import Alert

Encryption = Literal["starttls", "tls", "none"]
TIMEOUT_SECONDS = 20.0
SILENT_PORT = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes our mail.

    Attributes:
        host: its name.
        port: None for the usual one of the encryption.
        encryption: `starttls`, `tls` from the first byte, or `none`.
        user: the name to log in with; None where none is asked.
        password: its password.
        context: how certificates are checked; the machine's own store unless given.
    """

    host: str
    port: int | None = None
    encryption: Encryption = "starttls"
    user: str | None = None
    password: SecretStr | None = None
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def connect(self) -> smtplib.SMTP:
        """A connection, encrypted and logged in."""
        port = self.port or SILENT_PORT[self.encryption]
        if self.encryption == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, port, timeout=TIMEOUT_SECONDS, context=self.context())
        else:
            server = smtplib.SMTP(self.host, port, timeout=TIMEOUT_SECONDS)
        try:
            if self.encryption == "starttls":
                server.starttls(context=self.context())
            if self.user is not None and self.password is not None:
                server.login(self.user, self.password.get_secret_value())
        except BaseException:
            server.close()
            raise
        return server


@dataclass(frozen=True, slots=True)
class Mail:
    """One reader's mailbox: each address is a channel of its own, so that one that refuses holds up no other.

    Attributes:
        server: who takes the mail.
        sender: the address it is from.
        to: the address it goes to.
        address: where the workbench is, for links.
    """

    server: MailServer
    sender: str
    to: str
    address: str = ""

    @property
    def name(self) -> str:
        """As deliveries are kept."""
        return f"email:{self.to}"

    def send(self, alert: Alert, *, made: datetime, now: datetime) -> None:
        """Hand the message to the server.

        Raises:
            ChannelFault: the server is not there, or does not take it.
        """
        del now  # the message of a repeat is the same, byte by byte
        letter = message(alert, sender=self.sender, to=self.to, made=made, address=self.address)
        try:
            with self.server.connect() as server:
                server.send_message(letter)
        except smtplib.SMTPAuthenticationError as error:
            raise ChannelFault(f"{self.server.host} refuses the name or password ({error.smtp_code})") from None
        except smtplib.SMTPRecipientsRefused as error:
            (code, said), *_ = error.recipients.values()
            raise ChannelFault(f"{self.server.host} refuses the address ({code} {_words(said)})") from error
        except smtplib.SMTPResponseException as error:
            answer = f"{error.smtp_code} {_words(error.smtp_error)}"
            raise ChannelFault(f"{self.server.host} answers {answer}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelFault(f"{self.server.host} cannot be used: {one_line(str(error))[:160]}") from error


def message(alert: Alert, *, sender: str, to: str, made: datetime, address: str) -> EmailMessage:
    """The message of an alert: the same each time, with a Message-ID made from the alert, so that a repeat is known."""
    made_here = EmailMessage()
    made_here["From"] = sender
    made_here["To"] = to
    made_here["Subject"] = subject(alert)
    made_here["Date"] = format_datetime(made)
    made_here["Message-ID"] = f"<{alert.id}@{sender.rpartition('@')[2].rstrip('>') or 'tocsin.invalid'}>"
    made_here["Auto-Submitted"] = "auto-generated"
    made_here["X-Tocsin-Kind"] = alert.kind.value
    made_here.set_content(plain_text(alert, address=address))
    return made_here


def _words(said: bytes | str) -> str:
    return one_line(said.decode("utf-8", "replace") if isinstance(said, bytes) else said)[:160]
