"""Addresses of pages: a view of a case, the edition shown, and what was asked of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tocsin.web.place import Place

Asked = dict[str, str]


def link(at: Place, view: str, asked: Mapping[str, str] | None = None, *, anchor: str = "") -> str:
    """The address of a view, with what is asked of it; the edition stays where an earlier one is shown.

    Args:
        at: the case and edition shown.
        view: name of the view.
        asked: parameters; empty ones are left out.
        anchor: id of a place in the page.
    """
    kept = {key: value for key, value in (asked or {}).items() if value}
    if at.earlier and at.edition is not None:
        kept["edition"] = at.edition.id
    said = f"?{urlencode(kept)}" if kept else ""
    return f"/c/{at.name}/{quote(view)}{said}{f'#{anchor}' if anchor else ''}"


def hidden(at: Place, asked: Mapping[str, str], *, without: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """What a form carries along unseen: every parameter but its own fields."""
    left_out = {*without, "edition"}
    kept = [(key, value) for key, value in asked.items() if value and key not in left_out]
    return (*kept, ("edition", at.edition.id)) if at.earlier and at.edition is not None else tuple(kept)


def service(at: Place, resource: str, asked: Mapping[str, str] | None = None) -> str:
    """The address at which the API gives the data behind a page, of the edition shown.

    Args:
        at: the case and edition shown.
        resource: the part of the case, as `reach`.
        asked: parameters, as `format`.
    """
    kept = {key: value for key, value in (asked or {}).items() if value}
    if at.earlier and at.edition is not None:
        kept["edition"] = at.edition.id
    return f"/api/v1/cases/{at.name}/{resource}{f'?{urlencode(kept)}' if kept else ''}"
