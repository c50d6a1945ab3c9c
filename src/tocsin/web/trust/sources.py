"""The sources of an edition as cards: licence, citation, what they cover, and their known faults."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tocsin.web.blocks.shown import Piece
    from tocsin.web.place import Place

DOI = re.compile(r"doi:(10\.\d{4,9}/[^\s;,]*[^\s;,.)])")
COVERS = 3
"""Areas of a source whose span is shown one by one; of more, how many there are."""


class SourceShown(NamedTuple):
    """One source.

    Attributes:
        title, publisher, licence, vintage, lag: as its card has them.
        citation: in pieces, a DOI leading to its text.
        url: where it can be had; None where none is stated.
        covers: what it covers, in words; None where it is not told.
        newest: its newest month; None where it has none.
        faults: known ones.
    """

    title: str
    publisher: str | None
    licence: str
    vintage: str | None
    lag: str | None
    citation: tuple[Piece, ...]
    url: str | None
    covers: str | None
    newest: str | None
    faults: tuple[str, ...]


def sources_shown(at: Place) -> tuple[SourceShown, ...]:
    """Every source of the edition shown, in its own order."""
    held = at.edition.json("sources") if at.edition and at.edition.has("sources.json") else []
    return tuple(
        SourceShown(
            one.get("title") or one["source"], one.get("publisher"), one["licence"], one.get("vintage"), one.get("lag"),
            cited(one["citation"]), _address(one.get("url")), _covers(one.get("covers")), one.get("newest_month"),
            tuple(one.get("faults") or ()),
        )
        for one in held
    )  # fmt: skip


def cited(citation: str) -> tuple[Piece, ...]:
    """A citation in pieces, each DOI with its address.

    Example:
        >>> cited("Sundberg & Melander (2013), doi:10.1177/0022343313484347.")[1]
        ('doi:10.1177/0022343313484347', 'https://doi.org/10.1177/0022343313484347')
    """
    pieces: list[Piece] = []
    end = 0
    for found in DOI.finditer(citation):
        pieces += [(citation[end : found.start()], None), (found[0], f"https://doi.org/{found[1]}")]
        end = found.end()
    return tuple(piece for piece in (*pieces, (citation[end:], None)) if piece[0])


def _address(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None


def _covers(covers: Any) -> str | None:  # noqa: ANN401 - words, or spans by area
    if not covers or isinstance(covers, str):
        return covers or None
    spans = [f"{area} {first} to {last}" for area, (first, last) in covers.items()]
    return "; ".join(spans) if len(spans) <= COVERS else f"{len(spans)} areas"


def again_alone(page: dict[str, Any]) -> dict[str, Any]:
    """Of the edition's page of sources, how to make it again: sources and texts stand as cards."""
    blocks = [*page["blocks"], *page["annex"]]
    first = next((n for n, b in enumerate(blocks) if b["kind"] == "heading" and b["id"] == "how-to-make-this-again"), 0)
    return {**page, "blocks": blocks[first:], "annex": []}
