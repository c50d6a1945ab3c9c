"""The texts of a picture, and the boxes they fill."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tocsin.brief.charts.text import Box, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = "{http://www.w3.org/2000/svg}"


def elements(svg: str) -> Iterator[ET.Element]:
    return ET.fromstring(svg).iter()  # noqa: S314 - our own picture


def texts(svg: str) -> list[ET.Element]:
    return [e for e in elements(svg) if e.tag == f"{SVG}text"]


def box(text: ET.Element) -> Box:
    size, x, y = (float(text.attrib[a]) for a in ("font-size", "x", "y"))
    wide = text_width(text.text or "", size=size, bold=text.get("font-weight") == "bold")
    left = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor", "start"), 0)
    return Box(left, y - 0.74 * size, left + wide, y + 0.2 * size)


def colour_under(svg: str, text: ET.Element) -> str:
    """The colour that a text stands on: its own halo, else the topmost filled rectangle, else the white page."""
    x, y = float(text.attrib["x"]), float(text.attrib["y"]) - 4
    fills = [
        r for r in elements(svg) if r.tag == f"{SVG}rect" and r.get("fill", "").startswith("#") and "x" in r.attrib
    ]
    beneath = [r.attrib["fill"] for r in fills if _holds(r, x, y)]
    return text.get("stroke") or (beneath[-1] if beneath else "#ffffff")


def _holds(rect: ET.Element, x: float, y: float) -> bool:
    left, top, wide, tall = (float(rect.attrib[a]) for a in ("x", "y", "width", "height"))
    return left <= x <= left + wide and top <= y <= top + tall
