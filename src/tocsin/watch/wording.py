"""An alert as plain text: what changed, what it rests on, how often such alerts were right, what it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.watch.alert import Alert, Evidence

DEMO = "Demonstration: judgements in this case are placeholders."


def subject(alert: Alert) -> str:
    """One line, without anything that ends a line.

    Example:
        >>> from tocsin.watch.alert import plain_alert
        >>> subject(plain_alert("iraq", "k"))
        '[Tocsin iraq] A test of the watch of iraq'
    """
    return one_line(f"[Tocsin {alert.case}] {alert.title}")


def one_line(text: str) -> str:
    """Words with single spaces, nothing that acts on a terminal or ends a header."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def counted(number: int, word: str) -> str:
    """A number of things.

    Example:
        >>> counted(1, "alert"), counted(3, "message")
        ('1 alert', '3 messages')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def plain_text(alert: Alert, *, address: str) -> str:
    """The message.

    Args:
        alert: what is rung.
        address: where the workbench is, as `https://tocsin.example.org`; empty where that is not known.
    """
    parts = [
        one_line(alert.title),
        *([DEMO] if alert.demo else []),
        alert.says,
        "How often such alerts were right:\n" + alert.record,
        "What this does not know:\n" + "\n".join(f"- {line}" for line in alert.unknown),
        *(["What it rests on:\n" + "\n".join(_evidence(e, address) for e in alert.evidence)] if alert.evidence else []),
        f"See it: {address}{alert.link}\nMake its numbers again: {alert.command}\nData: {alert.data}",
        f"This alert is {alert.id}; a message with the same number is the same alert.",
    ]
    return "\n\n".join(_safe(part) for part in parts) + "\n"


def _evidence(one: Evidence, address: str) -> str:
    quote = f'\n  "{one_line(one.quote)}"' if one.quote else ""
    source = f"\n  ({one_line(one.source)})" if one.source else ""
    return f"- {one_line(one.text)}{quote}{source}\n  {address}{one.link}"


def _safe(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n")
