"""The brief of an edition, for the screen and for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.api.brief import compose
from tocsin.brief.html import to_html
from tocsin.brief.pdf import to_pdf
from tocsin.errors import MissingExtra

if TYPE_CHECKING:
    from tocsin.api.edition_parts.form import Files
    from tocsin.api.edition_parts.found import Found


def brief_part(found: Found) -> Files:
    """`brief.html`, and `brief.pdf` where the part that makes PDF is installed."""
    whole = compose(found.findings, sections=found.case.settings.brief.sections)
    files = {"brief.html": to_html(whole).encode()}
    try:
        files["brief.pdf"] = to_pdf(whole)
    except MissingExtra:
        return files
    return files
