"""The channels that the settings name."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from tocsin.errors import InputError
from tocsin.watch.mail import Mail, MailServer
from tocsin.watch.public_address import webhook_url
from tocsin.watch.quiet import QuietHours, zone_of
from tocsin.watch.webhook import Webhook

if TYPE_CHECKING:
    from tocsin.settings import Settings
    from tocsin.watch.channel import Channel


def channels_of(settings: Settings) -> tuple[Channel, ...]:
    """Every channel that is set: a mailbox for each address, and the webhook. None is set: alerts are in the feed only.

    Raises:
        InputError: half of a channel is set, or what is set is no address.
    """
    return (*_mail(settings), *_webhook(settings))


def quiet_of(settings: Settings) -> QuietHours | None:
    """The quiet hours that are set; None where none are.

    Raises:
        InputError: they are no hours, or the zone is unknown.
    """
    zone_of(settings.timezone)
    return None if settings.quiet_hours is None else QuietHours.parse(settings.quiet_hours, zone=settings.timezone)


def workbench_address(settings: Settings) -> str:
    """Where readers reach the workbench, for links; empty where no name of it is set."""
    first = (settings.hosts or "").split(",")[0].strip()
    return f"https://{first}" if first else ""


def _mail(settings: Settings) -> tuple[Mail, ...]:
    given = {name: getattr(settings, name) for name in ("smtp_host", "mail_from", "mail_to")}
    lacking = [name for name, value in given.items() if not value]
    if len(lacking) == len(given):
        return ()
    if lacking:
        raise InputError(
            f"e-mail is set, but not {', '.join(lacking)}",
            hint=f"set {' and '.join(f'TOCSIN_{name.upper()}' for name in lacking)}, or none of them",
        )
    if settings.smtp_user is not None and settings.smtp_password is not None and settings.smtp_tls == "none":
        raise InputError("a password would go to the mail server unencrypted", hint="set smtp_tls to starttls or tls")
    server = MailServer(
        str(settings.smtp_host), settings.smtp_port, settings.smtp_tls, settings.smtp_user, settings.smtp_password
    )
    address = workbench_address(settings)
    to = [_mailbox(part, "mail_to") for part in str(settings.mail_to).split(",") if part.strip()]
    return tuple(
        Mail(server, _mailbox(str(settings.mail_from), "mail_from"), each, address) for each in dict.fromkeys(to)
    )


def _mailbox(text: str, name: str) -> str:
    address = parseaddr(text.strip())[1]
    if address.count("@") != 1 or not all(address.split("@")) or not address.isprintable() or " " in address:
        raise InputError(f"{name}: '{text.strip()}' is no e-mail address", hint="write it as desk@example.org")
    return address


def _webhook(settings: Settings) -> tuple[Webhook, ...]:
    if settings.webhook_url is None:
        return ()
    webhook_url(settings.webhook_url.get_secret_value(), allow_private=settings.allow_private_webhooks)
    return (
        Webhook(
            settings.webhook_url, settings.webhook_secret, settings.allow_private_webhooks, workbench_address(settings)
        ),
    )
