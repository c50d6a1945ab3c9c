"""The search: claims by words, kind, standing, entity, place and day, and the entities of that name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tocsin.record.claim import ClaimStatus
from tocsin.record.kinds import kinds
from tocsin.record.store.asked import COUNTED
from tocsin.web.record.questions import as_query, asked, cursor
from tocsin.web.record.shelf import count_words, kind_words
from tocsin.web.record.words import marked, one_line, seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import QueryParams

    from tocsin.record.store.asked import Asked
    from tocsin.web.record.shelf import Shelf

CLAIMS_A_PAGE = 25
ENTITIES_SHOWN = 8
PASSAGES_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that narrows a search, with how many claims are left then.

    Attributes:
        words: as shown.
        count: in words; empty where nothing was counted.
        url: of the search narrowed, or of the search without it where it is chosen.
        chosen: whether the search is narrowed by it now.
    """

    words: str
    count: str
    url: str
    chosen: bool


def search(shelf: Shelf, query: QueryParams) -> dict[str, object]:
    """What the page of the search shows.

    Raises:
        InputError: the address asks for what cannot be.
    """
    question = asked(query)
    if query.get("in") == "texts":
        return {**_common(shelf, question), **_passages(shelf, question)}
    after = cursor(query)
    page = shelf.record.find(question, limit=CLAIMS_A_PAGE, after=after)
    lines = shelf.lines(page.claims)
    return {
        **_common(shelf, question), "texts": False, "lines": lines, "withheld": len(page.claims) - len(lines), "begun": after > 0,
        "looked_at": page.looked_at, "more_url": _again(shelf, question, after=page.after) if page.after else None,
        "first_url": _again(shelf, question), "entities": _entities(shelf, question), **_facets(shelf, question),
        "texts_url": _again(shelf, question, **{"in": "texts"}) if question.words else None,
        "timeline_url": shelf.url("timeline", **as_query(question)), "download_url": download_url(shelf, question),
    }  # fmt: skip


def _common(shelf: Shelf, question: Asked) -> dict[str, object]:
    of_document = shelf.record.document(question.document) if question.document else None
    return {
        "question": question, "shelf": shelf, "kinds": {name: kind_words(name) for name in kinds()},
        "statuses": [status.value for status in ClaimStatus], "bounded_at": f"{COUNTED:,}",
        "of_document": seen(of_document.title or of_document.name) if of_document else None,
        "of_entity": shelf.entity_name(question.entity),
        "claims_url": _again(shelf, question),
    }  # fmt: skip


def _again(shelf: Shelf, question: Asked, **more: str | int | None) -> str:
    return shelf.url("", **as_query(question), **more)


def download_url(shelf: Shelf, question: Asked) -> str | None:
    """Where the API gives these claims; None for a question that it does not take."""
    asks = as_query(question)
    if question.words and set(asks) - {"q", "kind"}:
        return None
    path = f"/api/v1/cases/{shelf.at.name}/record/claims"
    return f"{path}?{urlencode(asks)}" if asks else path


def _facets(shelf: Shelf, question: Asked) -> dict[str, object]:
    """The search narrowed by kind and by standing, with counts up to a bound."""
    tally = shelf.record.tally(question)
    total = tally.of(kind=question.kind, status=question.status)
    return {
        "total": count_words(total, whole=tally.whole), "found": total, "whole": tally.whole,
        "by_kind": _choices(shelf, question, "kind", tally.kinds(question.status), whole=tally.whole),
        "by_status": _choices(shelf, question, "status", tally.statuses(question.kind), whole=tally.whole),
    }  # fmt: skip


def _choices(
    shelf: Shelf, question: Asked, name: str, counts: Mapping[str, int], *, whole: bool
) -> list[Choice]:  # fmt: skip
    now = getattr(question, name)
    shown = {**counts, **({now: counts.get(now, 0)} if now else {})}
    choices = []
    for value, count in sorted(shown.items(), key=lambda one: (-one[1], one[0])):
        chosen = value == now
        narrowed = _with(question, name, None if chosen else value)
        words = kind_words(value) if name == "kind" else str(value)
        choices.append(Choice(words, count_words(count, whole=whole), _again(shelf, narrowed), chosen))
    return choices


def _with(question: Asked, name: str, value: str | None) -> Asked:
    if name == "kind":
        return replace(question, kind=value)
    return replace(question, status=None if value is None else ClaimStatus(value))


def _entities(shelf: Shelf, question: Asked) -> list[tuple[object, str, str]]:
    """Entities of that name, with their type and the address of their page."""
    if not question.words:
        return []
    found = shelf.called(question.words, limit=ENTITIES_SHOWN)
    return [
        (one_line(shelf.names.get(e.entity_id, e.name)), e.type.value, shelf.entity_url(e.entity_id)) for e in found
    ]


def _passages(shelf: Shelf, question: Asked) -> dict[str, object]:
    """Passages of documents of any language that hold the words, whether claims were read from them or not."""
    found = shelf.record.search_texts(question.words, document=question.document, limit=PASSAGES_SHOWN)
    rows = [
        (marked(one.words, one.hits), seen(one.document), one.language,
         shelf.document_url(one.document_id, at=one.start, text=one.text_id))
        for one in found
    ]  # fmt: skip
    return {"texts": True, "passages": rows, "most": PASSAGES_SHOWN, "total": str(len(rows)), "found": len(rows)}
