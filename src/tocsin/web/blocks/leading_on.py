"""Blocks of an edition's page made fit to stand in the workbench: links that lead on, pictures in which nothing runs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tocsin.brief.blocks import SVG_PARTS_REFUSED
from tocsin.web.shell.addresses import link

if TYPE_CHECKING:
    from tocsin.web.place import Place
    from tocsin.web.shell.addresses import Asked

Data = dict[str, Any]

INSIDE = re.compile(r"/c/([^/#]+)/([a-z]+)#([\w-]+)")
LEADS = re.compile(r"(https?://|mailto:|#|/c/)")
"""What a link of a page may lead to."""

PARTS_WITH_PAGES = {
    "mission": ("gap", "overlap", "instruments", "fit", "protection", "transfer", "exits", "missions"),
    "decide": ("options", "tripwires"),
    "trust": ("sources",),
}
"""Parts that another view's words lead to, beside the first of each view."""


NOT_SHOWN = '<svg viewBox="0 0 1 1" role="img" aria-label="not shown"></svg>'


def led_on(block: Data, at: Place) -> Data:
    """A block whose links into parts of other views lead to the part, and in which nothing can run.

    An edition may come from elsewhere: a picture with a script in it is not shown, and a link to anything but a page or a
    mailbox is no link.
    """
    if block["kind"] == "figure":
        return _picture(block)
    if block["kind"] == "pair":
        return {**block, "left": _picture(block["left"]), "right": _picture(block["right"])}
    if block["kind"] == "bullets":
        return {**block, "entries": [[_span(span, at) for span in entry] for entry in block["entries"]]}
    if block["kind"] in {"paragraph", "judgement", "callout"}:
        return {**block, "spans": [_span(span, at) for span in block["spans"]]}
    return block


def _span(span: Data, at: Place) -> Data:
    """A link as `/c/iraq/mission#gap` leads to the part that holds the heading, of the edition shown."""
    if span["kind"] != "link":
        return span
    found = INSIDE.fullmatch(span["url"])
    if found is None or found[1] != at.name:
        return span if LEADS.match(span["url"]) else {**span, "kind": "text"}
    view, anchor = found[2], found[3]
    asked = (
        {"question": anchor.removeprefix("question-")} if anchor.startswith("question-") else _part_of(at, view, anchor)
    )
    return {**span, "url": link(at, view, asked, anchor=anchor)}


def _part_of(at: Place, view: str, anchor: str) -> Asked:
    """The part of a view whose page has a heading; that of the view's own address where none has."""
    assert at.edition is not None, "a page is shown of an edition"
    for name in PARTS_WITH_PAGES.get(view, ()):
        if at.edition.has(f"pages/{name}"):
            page = at.edition.page(name)
            if any(b["kind"] == "heading" and b["id"] == anchor for b in (*page["blocks"], *page["annex"])):
                return {"part": name}
    return {}


def _picture(figure: Data) -> Data:
    if is_still(figure["svg"]):
        return figure
    return {
        **figure,
        "svg": NOT_SHOWN,
        "caption": f"Not shown, for the picture is none of Tocsin's. {figure['caption']}",
    }


@lru_cache(maxsize=64)
def is_still(svg: str) -> bool:
    """Whether a picture is an SVG in which nothing runs and which asks for nothing.

    Example:
        >>> is_still('<svg viewBox="0 0 1 1"><path d="M0 0h1"/></svg>'), is_still("<svg><script>1</script></svg>")
        (True, False)
    """
    try:
        root = fromstring(svg)
    except (ParseError, DefusedXmlException):
        return False
    return _name(root.tag) == "svg" and not any(_runs(node) for node in root.iter())


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _runs(node: Any) -> bool:  # noqa: ANN401 - an element of any parser
    if _name(str(node.tag)) in {*SVG_PARTS_REFUSED, "style", "animate", "set"}:
        return True
    for key, value in node.attrib.items():
        attribute = _name(key).lower()
        if attribute.startswith("on") or attribute == "style":
            return True
        if attribute == "href" and not value.startswith(("#", "data:image/png")):
            return True
        if re.search(r"url\((?!#)|javascript:", value, re.IGNORECASE):
            return True
    return False
