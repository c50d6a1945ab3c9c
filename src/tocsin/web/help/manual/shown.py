"""A page of the manual as HTML: no HTML of its own, links within the workbench, headings that can be linked to."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markupsafe import Markup

from tocsin.web.help.manual.pages import anchor_of, plain_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from tocsin.web.help.manual.pages import Page

_COMMENT = re.compile(r"^<!--.*?-->\n", re.MULTILINE | re.DOTALL)
_PAGE = re.compile(r"([a-z0-9-]+)\.md(#.*)?")
_PICTURE = re.compile(r"images/([a-z0-9-]+\.(?:png|svg))")


def shown(page: Page, *, below: int = 0) -> Markup:
    """The page's content; its headings so many levels further down, where it is a part of another page."""
    return _html(page.text, below)


@cache
def _html(text: str, below: int) -> Markup:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(_COMMENT.sub("", text))
    _name_headings(tokens)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{int(token.tag[1]) + below}"
    _let_scroll(tokens)
    for token in tokens:
        _mend_links(token.children or [])
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704  # nosec B704 - made by the parser, with HTML off


def _name_headings(tokens: Sequence[Token]) -> None:
    """Give each heading the name by which addresses know it, the second of a name none."""
    seen: set[str] = set()
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            anchor = anchor_of(plain_title(inside.content))
            if anchor not in seen:
                token.attrSet("id", anchor)
                seen.add(anchor)


def _let_scroll(tokens: Sequence[Token]) -> None:
    """What is wider than a telephone is scrolled by keyboard too."""
    for token in tokens:
        if token.type in {"fence", "code_block"}:
            token.attrSet("tabindex", "0")


def _mend_links(tokens: Sequence[Token]) -> None:
    for number, token in enumerate(tokens):
        if token.type == "link_open":
            address = link(str(token.attrGet("href") or ""))
            if address is None:
                _take_off(tokens, number)
            else:
                token.attrSet("href", address)
                if address.startswith(("http:", "https:")):
                    token.attrSet("rel", "noreferrer")
        elif token.type == "image":
            picture = _PICTURE.fullmatch(str(token.attrGet("src") or ""))
            token.attrSet("src", f"/help/images/{picture[1]}" if picture else "")


def _take_off(tokens: Sequence[Token], number: int) -> None:
    """Leave the words of a link that leads to a file which is not here."""
    for token in tokens[number:]:
        if token.type in {"link_open", "link_close"}:
            closes = token.type == "link_close"
            token.type, token.tag, token.content, token.nesting = "text", "", "", 0
            if closes:
                return


def link(address: str) -> str | None:
    """Where a link of the manual leads in the workbench; None where what it names is not part of it.

    Example:
        >>> link("reach.md#travel-time"), link("#here"), link("https://ucdp.uu.se"), link("../README.md")
        ('/help/reach#travel-time', '#here', 'https://ucdp.uu.se', None)
        >>> link("javascript:alert(1)") is None
        True
    """
    page = _PAGE.fullmatch(address)
    if page:
        return f"/help/{page[1]}{page[2] or ''}"
    return address if address.startswith(("#", "https://", "http://", "mailto:")) else None
