"""Feeds: what changed, what rang, and dates to come. Nothing in them is finer than a day, no site of a user is in them.

Each stands beside its case and under /feeds, where readers of feeds may send a token as a password.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any
from xml.etree import ElementTree as ET

from fastapi import APIRouter
from icalendar import Calendar, Event
from starlette.responses import Response

from tocsin.case.dates import Bound, PartialDate
from tocsin.editions import Edition
from tocsin.watch.atom import feed
from tocsin.web.service.alerts import rung_of
from tocsin.web.service.answers import WATERMARK, currency, etag, headers_of, is_known
from tocsin.web.service.asking import Asked, Asks, workbench_of
from tocsin.web.service.decisions import date_rows, tripwire_rows
from tocsin.web.service.formats import NOT_CHANGED
from tocsin.web.service.heads import VERSION
from tocsin.web.service.withdrawn import refuse_withdrawn

ROUTER = APIRouter(tags=["feeds"])
TOLD = ("warning", "tripwire", "post", "contradiction")
"""Kinds of changes that a feed tells, by how they begin."""
EDITIONS_TOLD = 12
ATOM = "http://www.w3.org/2005/Atom"
AS_ATOM = {200: {"content": {"application/atom+xml": {"schema": {"type": "string"}}}}, **NOT_CHANGED}
AS_ICS = {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}, **NOT_CHANGED}


@ROUTER.get("/feeds/{case}/changes.atom", response_class=Response, name="changes_atom", responses=AS_ATOM)
@ROUTER.get("/cases/{case}/feed.atom", response_class=Response, responses=AS_ATOM)
def changes_feed(asked: Asks) -> Response:
    """Warnings that crossed or fell, tripwires, posts and contradictions, edition by edition, to the day."""
    refuse_withdrawn(asked)
    listed = workbench_of(asked.request).editions(asked.name)
    ids = [one for one in listed.ids() if one <= asked.edition.id][:EDITIONS_TOLD]
    body = atom(asked, (listed.get(one) for one in ids))
    return _answer(asked, body, "application/atom+xml", of="-".join(ids))


@ROUTER.get("/feeds/{case}/calendar.ics", response_class=Response, name="calendar_ics", responses=AS_ICS)
@ROUTER.get("/cases/{case}/calendar.ics", response_class=Response, responses=AS_ICS)
def calendar_feed(asked: Asks) -> Response:
    """Dates that bear on choices, as whole days."""
    rows = [(row["what"], row["when"], row["kind"], row["source_id"]) for row in date_rows(asked)]
    return _answer(asked, _calendar(asked, "dates", rows), "text/calendar")


@ROUTER.get("/feeds/{case}/tripwires.ics", response_class=Response, name="tripwires_ics", responses=AS_ICS)
@ROUTER.get("/cases/{case}/tripwires.ics", response_class=Response, responses=AS_ICS)
def tripwires_feed(asked: Asks) -> Response:
    """Tripwires: their dates, and since when those that are tripped are."""
    dates = [(r["what"], r["when"], "tripwire", r["source_id"]) for r in date_rows(asked) if r["kind"] == "tripwire"]
    tripped = [
        (f"Tripped: {wire['watches']}", wire["since"][:10], "tripwire", wire["source_id"])
        for wire in tripwire_rows(asked) if wire["state"] == "tripped" and wire["since"]
    ]  # fmt: skip
    return _answer(asked, _calendar(asked, "tripwires", [*dates, *tripped]), "text/calendar")


@ROUTER.get("/feeds/{case}/alerts.atom", name="alerts_atom", response_class=Response, responses=AS_ATOM)
@ROUTER.get("/cases/{case}/alerts.atom", response_class=Response, responses=AS_ATOM)
def alerts_feed(asked: Asks) -> Response:
    """What the watch rang, to the day, with how often such alerts were right; who holds what it leaves to the workbench."""
    found = rung_of(asked.request, asked.name)
    address = str(asked.request.base_url).rstrip("/").removesuffix("/api/v1")
    body = feed(
        found,
        case=asked.name,
        title=asked.case.settings.title,
        address=address,
        today=asked.edition.manifest.made.date(),
    )
    return _answer(asked, body.encode(), "application/atom+xml", of="-".join(one.alert.id for one in found))


def atom(asked: Asked, editions: Iterable[Edition]) -> bytes:
    """The feed of a case's editions, the newest first."""
    root = _root(asked, "changes", "what changed", asked.edition.manifest.made.date())
    for edition in editions:
        for change in edition.json("changes") if edition.has("changes") else ():
            if str(change["kind"]).startswith(TOLD):
                _entry(root, asked, edition, change)
    whole: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return whole


def _root(asked: Asked, name: str, says: str, day: date) -> ET.Element:
    settings = asked.case.settings
    root = ET.Element("feed", {"xmlns": ATOM})
    _add(root, "id", f"urn:tocsin:{asked.name}:{name}")
    _add(root, "title", f"{settings.title}: {says}" + (f" ({WATERMARK})" if settings.demo else ""))
    _add(root, "updated", _midnight(day))
    ET.SubElement(root, "link", {"rel": "self", "href": asked.request.url.path})
    ET.SubElement(root, "link", {"rel": "license", "href": asked.address("sources")})
    _add(ET.SubElement(root, "author"), "name", f"Tocsin {VERSION}")
    return root


def _add_entry(root: ET.Element, id_: str, title: str, day: date) -> ET.Element:
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", id_)
    _add(entry, "title", title)
    _add(entry, "updated", _midnight(day))
    return entry


def _entry(root: ET.Element, asked: Asked, edition: Edition, change: Mapping[str, Any]) -> None:
    told = f"{change['kind']}\x1f{change['what']}"
    id_ = f"urn:tocsin:{asked.name}:{edition.id}:{blake2b(told.encode(), digest_size=8).hexdigest()}"
    entry = _add_entry(root, id_, str(change["what"]), edition.manifest.made.date())
    ET.SubElement(entry, "category", {"term": str(change["kind"])})
    ET.SubElement(entry, "link", {"rel": "alternate", "href": str(change.get("url") or f"/c/{asked.name}/now")})
    ET.SubElement(entry, "link", {"rel": "describedby", "href": asked.address("scores")})
    evidence = "; ".join(str(one.get("text")) for one in change.get("evidence") or ())
    commands = "; ".join(edition.manifest.commands)
    _add(
        entry, "summary", f"{change['what']} Evidence: {evidence or 'none is named'}. Edition {edition.id}; {commands}"
    )


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = "".join(c if c >= " " or c in "\t\n" else " " for c in text)


def _midnight(day: date) -> str:
    """A day as Atom writes it: a feed is never finer."""
    return f"{day:%Y-%m-%d}T00:00:00Z"


def _calendar(asked: Asked, name: str, rows: Iterable[tuple[str, str, str, str | None]]) -> bytes:
    made = Calendar()
    made.add("prodid", f"-//Tocsin//{VERSION}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"{asked.case.settings.title}: {name}")
    for what, when, kind, source in dict.fromkeys(rows):
        made.add_component(_event(asked, what, when, kind, source))
    return bytes(made.to_ical())


def _event(asked: Asked, what: str, when: str, kind: str, source: str | None) -> Event:
    first, after, exact = span_of(when)
    event = Event()
    key = f"{asked.name}\x1f{kind}\x1f{what}\x1f{when}"
    event.add("uid", f"{blake2b(key.encode(), digest_size=12).hexdigest()}@tocsin")
    event.add("dtstamp", asked.edition.manifest.made.replace(hour=0, minute=0, second=0, microsecond=0))
    event.add("dtstart", first)
    event.add("dtend", after)
    event.add("summary", what if exact else f"{what} ({when})")
    event.add("categories", [kind])
    event.add("transp", "TRANSPARENT")
    words = f"Source: {source or 'judgement'}. Edition {asked.edition.id}; {'; '.join(asked.edition.manifest.commands)}"
    event.add("description", f"{words}. {WATERMARK}" if asked.edition.manifest.demo else words)
    return event


def span_of(when: str) -> tuple[date, date, bool]:
    """The first day of a date, the day after its last, and whether it is one day.

    Example:
        >>> span_of("2026-12")
        (datetime.date(2026, 12, 1), datetime.date(2027, 1, 1), False)
        >>> span_of("2026-09-30")[2], span_of("by 2026-09-30")[0]
        (True, datetime.date(2026, 9, 30))
    """
    told = PartialDate.parse(when)
    first = date(told.year, told.month or 1, told.day or 1)
    if told.day is not None:
        return first, first + timedelta(days=1), told.bound is Bound.EXACT
    if told.month is not None:
        return first, date(told.year + told.month // 12, told.month % 12 + 1, 1), False
    return first, date(told.year + 1, 1, 1), False


def _answer(asked: Asked, body: bytes, media: str, *, of: str = "") -> Response:
    tag = etag(f"{VERSION}\x1f{asked.edition.id}\x1f{asked.request.url.path}\x1f{of}")
    headers = {**headers_of(asked), "ETag": tag, "Cache-Control": currency(asked)}
    if is_known(asked.request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media)
