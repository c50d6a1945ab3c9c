"""The feed: what the watch rang, as Atom (RFC 4287), to the day."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET  # nosec B405 - written here, never read

from tocsin.watch.alert import Kind
from tocsin.watch.wording import DEMO, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tocsin.watch.alert import Alert
    from tocsin.watch.outbox import Rung

ATOM = "http://www.w3.org/2005/Atom"
MOST = 100
"""Entries of a feed: readers keep what they have seen."""
OF_PERSONS = frozenset({Kind.POST, Kind.CONTRADICTION})
"""Kinds whose words may name a holder of a post: a feed has no readers it knows, so it says that there is something, and
where; who it is stands in the workbench, with its quote."""


def feed(alerts: Sequence[Rung], *, case: str, title: str, address: str, today: date) -> str:
    """The feed of a case.

    Args:
        alerts: what rang, newest first; tests of channels are left out.
        case: the case's name.
        title: the case's title.
        address: where the workbench is, as `https://tocsin.example.org`; empty where that is not known.
        today: the day that a feed without entries was updated.

    Example:
        >>> from datetime import date
        >>> "<title>Alerts of Mali</title>" in feed([], case="mali", title="Mali", address="", today=date(2026, 9, 1))
        True
    """
    shown = [one for one in alerts if one.alert.kind is not Kind.TEST][:MOST]
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(root, "id", f"urn:tocsin:case:{case}:alerts")
    _add(root, "title", f"Alerts of {title}")
    _add(root, "updated", _day(max((one.made.date() for one in shown), default=today)))
    _add(ET.SubElement(root, "author"), "name", "Tocsin")
    if address:
        ET.SubElement(root, "link", {"rel": "alternate", "href": f"{address}/c/{case}/now"})
    for one in shown:
        _entry(root, one.alert, day=_day(one.made.date()), address=address)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _entry(root: ET.Element, alert: Alert, *, day: str, address: str) -> None:
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", f"urn:tocsin:alert:{alert.id}")
    _add(entry, "title", one_line(alert.title))
    _add(entry, "updated", day)
    ET.SubElement(entry, "category", {"term": alert.kind.value})
    if address:
        ET.SubElement(entry, "link", {"rel": "alternate", "href": f"{address}{alert.link}"})
    _add(entry, "summary", one_line(summary(alert)))


def summary(alert: Alert) -> str:
    """What a reader of the feed is told: what changed, how often such alerts were right, and where its numbers are from."""
    says = "Who says what stands in the workbench." if alert.kind in OF_PERSONS else alert.says
    demo = f"{DEMO} " if alert.demo else ""
    unknown = " ".join(alert.unknown)
    return (
        f"{demo}{says} How often such alerts were right: {alert.record} What this does not know: {unknown} "
        f"Made again by: {alert.command}. Data: {alert.data}."
    )


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _day(day: date) -> str:
    """A day as Atom writes moments."""
    return f"{day.isoformat()}T00:00:00Z"
