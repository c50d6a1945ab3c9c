"""Web pages: everything a reader sees, with what is furniture marked as such. Nothing is run or fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.reading.characters import kept
from tocsin.record.reading.encodings import decoded
from tocsin.record.reading.found import Found
from tocsin.record.reading.html_meta import described
from tocsin.record.reading.html_walk import Walk

if TYPE_CHECKING:
    from tocsin.record.reading.bounds import Bounds

CHUNK = 65_536  # characters handed to the parser at a time
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE
)


def read_html(data: bytes, bounds: Bounds) -> Found:
    """Read a web page.

    The parser is libxml2's, event by event: no tree is kept, no script runs, no entity, picture or style is fetched.
    """
    declared = _CHARSET.search(data, 0, 4096)
    return read_markup(decoded(data, declared=declared.group(1).decode() if declared else None).text, bounds)


def read_markup(markup: str, bounds: Bounds) -> Found:
    """Read HTML that is characters already."""
    walk = walked(markup, bounds)
    return Found(blocks=tuple(walk.blocks()), meta=described(walk.head))


def walked(markup: str, bounds: Bounds) -> Walk:
    """Go through the elements of a page from first to last."""
    from lxml import etree  # noqa: PLC0415  # of the text extra

    walk = Walk(bounds=bounds)
    parser = etree.HTMLParser(target=walk, encoding="utf-8", huge_tree=True, recover=True, no_network=True)
    whole = kept(markup).encode("utf-8")
    for at in range(0, len(whole), CHUNK):
        parser.feed(whole[at : at + CHUNK])
    parser.close()
    return walk
