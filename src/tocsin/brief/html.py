"""A brief as one self-contained HTML file: no script, no request to anywhere, readable on a phone and in print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from tocsin.brief.design import COLOURS, TINT_STEPS, WORDS, tint
from tocsin.brief.inline import for_page
from tocsin.brief.layout import laid_out

if TYPE_CHECKING:
    from tocsin.brief.blocks import Brief
    from tocsin.brief.layout import Data


def to_html(brief: Brief) -> str:
    """The brief as HTML, the same text for the same brief.

    Example:
        >>> from datetime import UTC, date, datetime
        >>> from tocsin.brief import Brief, Paragraph
        >>> made = datetime(2026, 1, 2, tzinfo=UTC)
        >>> page = to_html(Brief("Iraq", "", date(2014, 5, 31), made, (Paragraph("1 < 2"),)))
        >>> "<p>1 &lt; 2</p>" in page
        True
    """
    pages = Environment(
        loader=PackageLoader("tocsin.brief"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    tints = [tint(n / TINT_STEPS) for n in range(1, TINT_STEPS + 1)]
    css = pages.get_template("brief.css").render(c=COLOURS, known=brief.known, tints=tints)
    return pages.get_template("brief.html.j2").render(brief=page_data(brief), words=WORDS, css=css)


def page_data(brief: Brief) -> Data:
    """The brief as plain data with its pictures drawn, for a page to render."""
    return laid_out(brief, drawn=lambda figure, n: for_page(figure, prefix=f"_f{n}-"))
