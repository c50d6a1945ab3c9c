"""FollowTheMoney entities: who claims name, and one statement for each claim, so that two sources saying the same stay two.

Written as a format of ours, after the schemata of https://followthemoney.tech; the library is not needed.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tocsin.case.dates import Bound
from tocsin.record.claim import EntityType, LegalState, Modality

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tocsin.case.dates import PartialDate
    from tocsin.record.document import Document
    from tocsin.record.store import Entity, StoredClaim

Line = dict[str, Any]
"""An entity of FollowTheMoney: id, schema, properties."""
_ID = re.compile(r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*")
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+")
STANDING = (LegalState.IN_FORCE, LegalState.CHANGED, LegalState.LIFTED)
"""Only these are sanctions; what is proposed or introduced becomes a note."""


@dataclass(frozen=True, slots=True)
class Said:
    """A property of an entity that claims say: `value` is an id of an entity or words, by `entity`."""

    property: str
    value: str
    entity: bool


@cache
def schemata() -> dict[str, Any]:
    """How entities and claims are said, as the table beside this module has it."""
    return tomllib.loads(files("tocsin.record.export").joinpath("ftm.toml").read_text("utf-8"))


def id_of(entity_id: str) -> str:
    """An id that FollowTheMoney takes: letters, digits, dots and hyphens.

    Example:
        >>> id_of("known:nmi"), id_of("known:Camp Example")
        ('known-nmi', 'known-8839d0a852fe695119fb')
    """
    if not entity_id.startswith("known:"):
        return entity_id
    name = entity_id.removeprefix("known:")
    return f"known-{name if _ID.fullmatch(name) else hashlib.sha256(entity_id.encode()).hexdigest()[:20]}"


def document_line(document: Document, *, language: str | None = None, url: str | None = None) -> Line:
    """A document; its id is the hash of its bytes.

    Args:
        document: the document.
        language: of its text, ISO 639-1.
        url: where it can be read, as the case's table of sources says.
    """
    told: dict[str, list[str]] = {
        "fileName": [document.name], "title": _some(document.title), "author": _some(document.author),
        "publisher": _some(document.publisher), "mimeType": _some(document.media_type), "fileSize": [str(document.size)],
        "language": _some(schemata()["languages"].get(language)), "publishedAt": _exact(document.published),
        "sourceUrl": _url(url), "summary": [f"{document.verdict}: {document.why}" if document.why else str(document.verdict)],
    }  # fmt: skip
    return _line(document.document_id, "Document", told)


def entity_lines(
    entity: Entity, *, said: Iterable[Said] = (), shown: Callable[[str], str] = lambda entity_id: entity_id
) -> Iterator[Line]:
    """An entity with what claims say of it, and a link to each document it comes from.

    Args:
        entity: the entity.
        said: properties that claims give it.
        shown: the id that stands for another entity's.
    """
    schema = schemata()["entities"].get(entity.type.value, "LegalEntity")
    first, *others = [_flat(name) for name in entity.names]
    told: dict[str, list[str]] = {"name": [first], "alias": others}
    if schema == "Address":
        told = {"full": [first], "name": [first], "alias": others}
    for one in said:
        told.setdefault(one.property, []).append(id_of(shown(one.value)) if one.entity else _flat(one.value))
    told["alias"] = [name for name in told.get("alias", []) if name != first]
    told["proof"] = list(entity.documents)
    yield _line(id_of(entity.entity_id), schema, told)
    for document_id in entity.documents:
        key = hashlib.sha256(f"{document_id}\x1f{entity.entity_id}".encode()).hexdigest()[:32]
        link = {"document": [document_id], "entity": [id_of(entity.entity_id)], "role": ["is named in"]}
        yield _line(f"named-{key}", "Documentation", link)


def claim_line(
    claim: StoredClaim, *, publisher: str | None = None, url: str | None = None,
    shown: Callable[[str], str] = lambda entity_id: entity_id,
) -> Line:  # fmt: skip
    """One statement: what one document says, with its quote. Its id is the claim's.

    Args:
        claim: the claim.
        publisher: of its document.
        url: where the document can be read.
        shown: the id that stands for an entity's.
    """
    ids = [None if entity is None else id_of(shown(entity)) for entity in claim.entities]
    kind = schemata()["kinds"].get(claim.kind)
    told = None if kind is None or not _is_fact(claim) else _related(claim, kind["properties"], ids)
    shared = {"proof": [claim.document_id], "publisher": _some(publisher), "sourceUrl": _url(url)}
    if kind is None or told is None:
        told = {
            "entity": [i for i in ids if i],
            "summary": [_what(claim)],
            "description": [claim.quote.words],
            "notes": [_about(claim)],
        }
        return _line(claim.claim_id, "Note", {**told, **shared})
    told |= {
        "summary": [claim.quote.words],
        "description": [_about(claim)],
        "recordId": [claim.claim_id],
        **_dates(claim),
    }
    if "role" in kind:
        told["role"] = [kind["role"]]
    if kind["schema"] == "Sanction" and claim.state is not None:
        told["status"] = [schemata()["sanctions"][claim.state.value]]
    return _line(claim.claim_id, kind["schema"], {**told, **shared})


def _is_fact(claim: StoredClaim) -> bool:
    return claim.modality is Modality.ASSERTED and (claim.state is None or claim.state in STANDING)


def _related(claim: StoredClaim, properties: Mapping[str, str], ids: list[str | None]) -> dict[str, list[str]] | None:
    """The properties that roles fill; None where one that links two entities is empty."""
    told: dict[str, list[str]] = {}
    for name, source in properties.items():
        how, _, role = source.partition(":")
        filling = [(a, i) for a, i in zip(claim.arguments, ids, strict=True) if a.role == role]
        if how == "words":
            told[name] = [_flat(argument.words) for argument, _ in filling]
            continue
        if how == "address":
            filling = [(a, i) for a, i in filling if a.type in (EntityType.PLACE, EntityType.SITE)]
        told[name] = [i for _, i in filling if i is not None]
        if how == "entity" and name != "involved" and not told[name]:
            return None
    return told


def _dates(claim: StoredClaim) -> dict[str, list[str]]:
    """Dates that are the date itself; bounds ('by 2020') are said in words, as FollowTheMoney has no such thing."""
    dates = claim.dates
    seen = [*_exact(dates.first_seen), *_exact(dates.last_seen)]
    return {"startDate": _exact(dates.start), "endDate": _exact(dates.end), "date": list(dict.fromkeys(seen))}


def _what(claim: StoredClaim) -> str:
    state = f", {claim.state}" if claim.state else ""
    return f"{claim.kind.replace('-', ' ')}: {claim.modality}{state}"


def _about(claim: StoredClaim) -> str:
    """Everything of a claim in words: how it is put, who says it, each role, numbers, dates, and where it stands."""
    parts = [_what(claim), f"review: {claim.status}"]
    parts += [f"credibility: {claim.credibility.name[1]} ({claim.credibility})"] if claim.credibility else []
    parts += [f"attributed to: {_flat(span.words)}" for span in claim.attributed_to]
    parts += [f"{a.role}: {_flat(a.words)}" + (f" (by {a.step})" if a.step else "") for a in claim.arguments]
    parts += [f"{n.role}: {_bound(n.low)} to {_bound(n.high)} {_flat(n.referent)}" for n in claim.numbers]
    parts += [f"stance: {claim.stance}"] if claim.stance else []
    names = ("start", "end", "first_seen", "last_seen")
    parts += [f"{name.replace('_', ' ')}: {date}" for name in names if (date := getattr(claim.dates, name)) is not None]
    place = f"page {claim.page}" if claim.page is not None else f"paragraph {claim.paragraph}"
    parts.append(f"characters {claim.quote.start} to {claim.quote.end} of the text, {place}, read by {claim.extractor}")
    return "; ".join(parts)


def _bound(value: float | None) -> str:
    return "unknown" if value is None else f"{value:,.10g}"


def _line(line_id: str, schema: str, told: Mapping[str, list[str]]) -> Line:
    kept = {name: list(dict.fromkeys(value for value in values if value)) for name, values in told.items()}
    return {"id": line_id, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _some(value: str | None) -> list[str]:
    return [_flat(value)] if value and value.strip() else []


def _url(value: str | None) -> list[str]:
    return [value] if value and _URL.fullmatch(value) else []


def _exact(date: PartialDate | None) -> list[str]:
    return [str(date)] if date is not None and date.bound is Bound.EXACT else []


def _flat(words: str) -> str:
    """Words on one line, as FollowTheMoney keeps names."""
    return " ".join(words.split())
