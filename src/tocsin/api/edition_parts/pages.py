"""Pages of an edition: sections of the brief as laid-out blocks, their links leading through the workbench."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tocsin.api.brief import brief_of
from tocsin.api.edition_parts.form import Files, document
from tocsin.brief.html import page_data
from tocsin.brief.sections.section import section_named
from tocsin.brief.words import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tocsin.api.edition_parts.found import Found
    from tocsin.brief.layout import Data

NOW = "now"
"""The brief's first page."""

VIEWS = {
    "track-record": "trust", "reach": "mission", "gap": "mission", "overlap": "mission", "instruments": "mission",
    "fit": "mission", "protection": "mission", "transfer": "mission", "exits": "mission", "missions": "mission",
    "settlement": "decide", "options": "decide", "tripwires": "decide", "sources": "trust",
}  # fmt: skip
"""Sections that are pages of their own, and the view of the workbench that shows each."""

OTHER_VIEWS = {"replay": "replay", "record": "record"}
"""Views that show what other sections say."""


def pages_part(found: Found) -> Files:
    """`pages/now`, and a page for each section: its words on the first page, then its annex."""
    own = found.case.settings.brief.sections
    names = list(dict.fromkeys([*own, *VIEWS]))
    sections = {name: section_named(name) for name in names}
    first = {name: sections[name].page(found.findings) for name in names}
    after = {name: sections[name].annex(found.findings) for name in names}
    whole = page_data(brief_of(
        found.findings, tuple(b for n in names for b in first[n]), tuple(b for n in names for b in after[n])
    ))  # fmt: skip
    blocks = _parted(whole["blocks"], {n: len(first[n]) for n in names})
    annexes = _parted(whole["annex"], {n: len(after[n]) for n in names})
    places = {
        anchor: f"/c/{found.name}/{ {**VIEWS, **OTHER_VIEWS}.get(name, NOW)}"
        for name in names for anchor in _anchors((*blocks[name], *annexes[name]))
    }  # fmt: skip
    pages = {NOW: [block for name in own for block in blocks[name]]}
    pages |= {name: [*blocks[name], *annexes[name]] for name in VIEWS}
    return {f"pages/{name}.json": document(_page(whole, shown, places)) for name, shown in pages.items()}


def _parted(blocks: list[Data], counts: Mapping[str, int]) -> dict[str, list[Data]]:
    """Laid-out blocks by the section they belong to."""
    rest = iter(blocks)
    return {name: [next(rest) for _ in range(count)] for name, count in counts.items()}


def _page(whole: Data, blocks: list[Data], places: Mapping[str, str]) -> Data:
    """One page: footnotes counted from its own beginning, links to what it does not hold leading to where that is."""
    shown = deepcopy(blocks)
    held = set(_anchors(shown))
    notes = [part for part in _parts(shown) if part.get("kind") == "note" and "mark" in part]
    for number, note in enumerate(notes, 1):
        note["mark"] = mark(number)
    for part in _parts(shown):
        anchor = str(part.get("url", "")).removeprefix("#")
        if part.get("kind") == "link" and str(part["url"]).startswith("#") and anchor not in held:
            part["url"] = f"{places[anchor]}#{anchor}"
    return {**whole, "blocks": shown, "annex": [], "notes": notes}


def _anchors(blocks: Iterable[Data]) -> Iterator[str]:
    return (block["id"] for block in blocks if block["kind"] == "heading" and block["id"])


def _parts(value: Any) -> Iterator[Data]:  # noqa: ANN401 - plain data of any shape
    """Every mapping within plain data, in reading order."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)
