"""What a web page says of itself: title, author, publisher and date, from its meta elements and JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tocsin.record.reading.dating import date_in_meta
from tocsin.record.reading.found import Meta
from tocsin.record.reading.html_walk import LONGEST_JSON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.reading.html_walk import Head

TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
AUTHORS = ("author", "citation_author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author")
PUBLISHERS = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher")
DATES = (
    "article:published_time", "citation_publication_date", "citation_date", "datepublished", "dc.date.issued",
    "dcterms.issued", "dcterms.date", "dc.date", "dcterms.created", "pubdate", "publishdate", "publish-date",
    "parsely-pub-date", "og:article:published_time", "date", "sailthru.date",
)  # fmt: skip
NODES = 500


def described(head: Head) -> Meta:
    """Title, author, publisher and publication date of a page; None where it does not say."""
    said = _first_said(head.meta)
    nodes = list(_nodes(head.linked))
    title = " ".join("".join(head.title).split())
    published = next((made for key in DATES if (made := date_in_meta(said.get(key))) is not None), None)
    linked = next((made for n in nodes if (made := date_in_meta(_words(n.get("datePublished")))) is not None), None)
    timed = date_in_meta(head.times[0]) if len(set(head.times)) == 1 else None
    return Meta(
        title=_one(said, TITLES) or _linked(nodes, "headline") or head.heading or title or None,
        author=_author(_one(said, AUTHORS)) or _linked(nodes, "author"),
        publisher=_one(said, PUBLISHERS) or _linked(nodes, "publisher"),
        published=published or linked or timed,
    )


def _first_said(meta: list[tuple[str, str]]) -> dict[str, str]:
    said: dict[str, str] = {}
    for key, value in meta:
        words = " ".join(value.split())
        if key and words:
            said.setdefault(key, words)
    return said


def _one(said: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((said[key] for key in keys if key in said), None)


def _author(words: str | None) -> str | None:
    """An address is nobody's name."""
    return None if words is None or words.startswith(("http://", "https://", "@")) else words


def _linked(nodes: list[dict[str, object]], key: str) -> str | None:
    return next((words for node in nodes if (words := _words(node.get(key)))), None)


def _words(value: object) -> str | None:
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, dict):
        return _words(value.get("name"))
    if isinstance(value, list):
        return "; ".join(words for one in value[:10] if (words := _words(one))) or None
    return None


def _nodes(linked: list[str]) -> Iterator[dict[str, object]]:
    """The objects of a page's JSON-LD, outer ones first; what is not JSON is passed over."""
    waiting = [node for whole in linked[:20] if len(whole) <= LONGEST_JSON for node in _read(whole)]
    count = 0
    while waiting and count < NODES:
        node = waiting.pop(0)
        count += 1
        if isinstance(node, dict):
            yield node
            waiting += [value for key, value in node.items() if key in {"@graph", "mainEntity", "isPartOf"}]
        elif isinstance(node, list):
            waiting += node[:NODES]


def _read(whole: str) -> list[object]:
    try:
        return [json.loads(whole)]
    except (ValueError, RecursionError):
        return []
