"""A brief as a tagged PDF (PDF/UA-1), typeset by typst; the same bytes for the same brief."""

from __future__ import annotations

import json
import re
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tocsin.brief.design import COLOURS, WORDS
from tocsin.brief.inline import for_paper
from tocsin.brief.layout import laid_out
from tocsin.errors import MissingExtra

if TYPE_CHECKING:
    from tocsin.brief.blocks import Brief

FAMILY = "Open Sans"
LONGEST_WORD = 32
ATTEMPTS: tuple[tuple[Literal["ua-1"] | None, bool], ...] = (("ua-1", True), ("ua-1", False), (None, False))
"""Standard claimed, and whether the system's fonts are left out: each tried where the one before lacks a glyph."""


def to_pdf(brief: Brief) -> bytes:
    """The brief as A4 pages.

    Set in fonts that come with Tocsin's `pdf` extra, so that every machine makes the same pages. Only where the words
    hold a character those fonts lack are the system's fonts asked; where these lack it too, the file stays tagged, but
    makes no claim to PDF/UA.

    Raises:
        MissingExtra: typst or the font is not installed.
    """
    folder = _fonts()
    try:
        typst = import_module("typst")
    except ImportError as error:
        raise _missing("typst") from error
    template: bytes = files("tocsin.brief").joinpath("templates/brief.typ").read_bytes()
    inputs = _inputs(brief)
    for standard, alone in ATTEMPTS:
        try:
            made: bytes = typst.compile(
                template,
                font_paths=[folder],
                ignore_system_fonts=alone,
                sys_inputs=inputs,
                pdf_standards=[standard] if standard else [],
                timestamp=int(brief.made.timestamp()),
            )
        except typst.TypstError as error:
            if standard is None or "could not be displayed" not in str(error):
                raise
        else:
            return made
    raise AssertionError  # the last attempt returns or raises


def _fonts() -> Path:
    found = find_spec("ttf_opensans")
    if found is None or found.origin is None:
        raise _missing("ttf-opensans")
    return Path(found.origin).parent / "ttf"


def _missing(package: str) -> MissingExtra:
    return MissingExtra(f"PDF needs {package}, which is not installed", hint="pip install 'tocsin[pdf]'")


def _inputs(brief: Brief) -> dict[str, str]:
    data = laid_out(brief, drawn=lambda figure, _: for_paper(figure, family=FAMILY))
    language, _, rest = brief.language.partition("-")
    region = next((part for part in rest.split("-") if re.fullmatch("[A-Za-z]{2}", part)), None)
    shown = _breakable(data) | {"lang": language, "region": region, "short": data["title"]}
    return {"brief": json.dumps(shown), "words": json.dumps(WORDS), "colours": json.dumps(COLOURS)}


def _breakable(value: Any, key: str = "") -> Any:  # noqa: ANN401 - plain data of any shape
    """Plain data whose overlong words may break across lines."""
    match value:
        case dict():
            return {k: _breakable(v, k) for k, v in value.items()}
        case list():
            return [_breakable(v, key) for v in value]
        case str() if key not in {"svg", "url", "pieces", "alt", "id", "kind"}:
            return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", value)
        case _:
            return value
