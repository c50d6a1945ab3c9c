"""A laid-out page of an edition, made fit for the workbench: tables that sort, words that lead on, no page breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tocsin.web.blocks.leading_on import led_on
from tocsin.web.blocks.tables import Order, arranged
from tocsin.web.shell.addresses import link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tocsin.web.place import Place
    from tocsin.web.shell.addresses import Asked

Data = dict[str, Any]
Piece = tuple[str, str | None]

WORD = re.compile(r"(?<![\w-])[A-Za-z][\w.-]*")
SORTED_FROM = 4
"""Rows from which a table's head has links that sort it."""

CUT_FROM = 12
"""Rows from which a page asks which of them to show."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where words of a table lead.

    Attributes:
        whole: addresses by the words that fill a cell, as the name of a province.
        ids: addresses by a word that may stand anywhere in a cell, as the id of a source.
    """

    whole: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """A cell's text in pieces, each with where it leads.

        Example:
            >>> Links({"Anbar": "/a"}, {"bic": "/s"}).pieces("bic; none")
            (('bic', '/s'), ('; none', None))
            >>> Links({"Anbar": "/a"}).pieces("Anbar")
            (('Anbar', '/a'),)
        """
        if text in self.whole:
            return ((text, self.whole[text]),)
        made: list[Piece] = []
        end = 0
        for found in WORD.finditer(text):
            name = found[0].rstrip(".")
            if name in self.ids:
                made += [(text[end : found.start()], None), (name, self.ids[name])]
                end = found.start() + len(name)
        return tuple(piece for piece in (*made, (text[end:], None)) if piece[0])


@dataclass(frozen=True, slots=True)
class Shown:
    """A page ready for its template.

    Attributes:
        blocks: in order, without page breaks.
        notes: its footnotes.
        tables: whether it has a table that can be cut to some rows.
        left: rows left of all rows, where words were asked for; None where none were.
    """

    blocks: tuple[Data, ...]
    notes: tuple[Data, ...]
    tables: bool
    left: tuple[int, int] | None


def links_of(at: Place) -> Links:
    """Where names of areas and ids of sources lead: the area's page, and the source's row."""
    areas = at.edition.json("areas") if at.edition and at.edition.has("areas") else []
    whole = {area["name"]: link(at, f"area/{area['area_id']}") for area in areas if area["name"]}
    ids = {s.source_id: link(at, "trust", {"part": "texts"}, anchor=f"source-{s.source_id}") for s in at.case.sources}
    return Links(whole, ids)


def section(page: Data) -> Data:
    """A page of an edition without the few lines that stand before its first heading.

    They are its section's words on a brief's first page, and say in short what follows.
    """
    blocks = [*page["blocks"], *page["annex"]]
    first = next((n for n, block in enumerate(blocks) if block["kind"] == "heading"), 0)
    return {**page, "blocks": blocks[first:], "annex": []}


def page_shown(
    page: Data, *, at: Place, view: str, asked: Asked, without: Sequence[str] = (), links: Links | None = None
) -> Shown:
    """A page with its tables sorted and cut as the address asks, and its words linked.

    Args:
        page: as `Edition.page` gives it.
        at: the case and edition shown.
        view: the view on which it stands, for the links that sort.
        asked: the address's parameters; `by` sorts, `only` cuts.
        without: ids of headings left out, where the view has a heading of its own.
        links: where words lead; areas and sources where not given.

    Raises:
        OutOfRange: the order asked for is none.
    """
    order, only = Order.parse(asked.get("by", "")), asked.get("only", "").strip()
    leads = links or links_of(at)

    def fit(block: Data) -> Data:
        if block["kind"] != "table":
            return led_on(block, at)
        table = arranged(block, order=order, holds=only)
        return _linked(table, leads, [link(at, view, {**asked, "by": by}, anchor=table["id"]) for by in _orders(table)])

    made = [fit(block) for block in (*page["blocks"], *page["annex"]) if not _left_out(block, without)]
    tables = [block for block in made if block["kind"] == "table"]
    left = (sum(len(t["rows"]) for t in tables), sum(t["every"] for t in tables)) if only else None
    return Shown(tuple(made), tuple(page["notes"]), any(t["every"] >= CUT_FROM for t in tables), left)


def _left_out(block: Data, without: Sequence[str]) -> bool:
    return block["kind"] == "page_break" or (block["kind"] == "heading" and block["id"] in without)


def _linked(table: Data, links: Links, addresses: Sequence[str]) -> Data:
    sorts = table["every"] >= SORTED_FROM
    heads = [
        {**column, "address": address if sorts else None}
        for column, address in zip(table["columns"], addresses, strict=True)
    ]
    rows = [[{**cell, "pieces": links.pieces(cell["text"])} for cell in row] for row in table["rows"]]
    return {**table, "columns": heads, "rows": rows}


def _orders(table: Data) -> list[str]:
    """The order that each column's head leads to: numbers from high to low first, and the other way when they are."""
    return [
        str(Order(table["id"], n, not table["down"] if table["sorted"] == n else column["align"] == "right"))
        for n, column in enumerate(table["columns"])
    ]
