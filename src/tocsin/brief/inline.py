"""SVG made fit to stand in a page among others, or on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from tocsin.brief.blocks import Figure

SVG = "http://www.w3.org/2000/svg"
REFERENCE = re.compile(r"url\(#([^)]+)\)")
NAMES_OTHERS = ("aria-labelledby", "aria-describedby")
FAMILY = re.compile(r"font-family\s*=\s*(\"[^\"]*\"|'[^']*')")


def for_page(figure: Figure, *, prefix: str) -> str:
    """The figure's SVG to stand inside HTML: one image to a screen reader, named by its alt text.

    Ids get the prefix, so that figures of one page never share one. The root's own title and description go: the alt
    text takes their place, and a title would show as a tip over the whole picture.
    """
    root = ET.fromstring(figure.svg)  # noqa: S314 - checked when the figure was made
    for child in [child for child in root if _name(child.tag) in {"title", "desc", "metadata"}]:
        root.remove(child)
    for node in root.iter():
        node.tag = _name(node.tag)
        node.attrib = {_name(key): _prefixed(_name(key), value, prefix) for key, value in node.attrib.items()}
    for key in (*NAMES_OTHERS, "width", "height", "style"):
        root.attrib.pop(key, None)
    root.attrib |= {"role": "img", "aria-label": figure.alt, "focusable": "false"}
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def for_paper(figure: Figure, *, family: str) -> str:
    """The figure's SVG with all its text in the one family the paper is set in."""
    plain = FAMILY.sub("", figure.svg)
    return re.sub(r"<svg\b", f'<svg font-family="{family}"', plain, count=1)


def _name(qualified: str) -> str:
    return qualified.rpartition("}")[2]


def _prefixed(key: str, value: str, prefix: str) -> str:
    if key == "id":
        return f"{prefix}{value}"
    if key == "href" and value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    if key in NAMES_OTHERS:
        return " ".join(f"{prefix}{name}" for name in value.split())
    return REFERENCE.sub(rf"url(#{prefix}\1)", value)
