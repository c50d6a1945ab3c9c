"""Pages: a view's content, kept while its edition is shown, inside the shell that every page has."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import Response

from tocsin.brief.design import COLOURS, WORDS
from tocsin.brief.sections.wording import counted
from tocsin.brief.words import long_date
from tocsin.vocabulary import Month, percent
from tocsin.web.figures.outlook import figure
from tocsin.web.place import workbench_of
from tocsin.web.shell.assets import address, has_htmx, has_maplibre
from tocsin.web.shell.navigation import navigation
from tocsin.web.walls.fields import csrf_field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from tocsin.web.place import Place

Context = dict[str, Any]

KEPT_BYTES = 48_000_000
"""Rendered contents kept in memory, bytes."""
PACKED_KEPT = 200
"""Compressed pages kept in memory."""
PACKED_FROM, LEVEL = 1000, 4
"""Bytes from which a page is compressed, and how hard."""

TURNS = {code: f"U+{code:04X}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Characters that turn the text after them round, as what people and files say is shown: by their numbers."""


def unturned(value: Any) -> Any:  # noqa: ANN401 - what a template prints
    r"""A value as pages print it: no title, name or reason can turn the words beside it round.

    Example:
        >>> unturned("Iraq \u202egraph"), unturned(7)
        ('Iraq U+202Egraph', 7)
    """
    return value.translate(TURNS) if type(value) is str else value


TEMPLATES = Environment(
    loader=ChoiceLoader([PackageLoader("tocsin.web"), PackageLoader("tocsin.brief")]),
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    finalize=unturned,
)  # fmt: skip
TEMPLATES.globals |= {
    "static": address, "c": COLOURS, "words": WORDS, "long_date": long_date, "percent": percent, "counted": counted,
    "figure": figure, "csrf_field": csrf_field, "month_words": lambda text: Month.parse(text).words,
}  # fmt: skip


class Kept:
    """Rendered contents by key, the least used put away first when they grow beyond a size."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most, self._size = most, 0
        self._held: OrderedDict[tuple[str, ...], Markup] = OrderedDict()
        self._making: dict[tuple[str, ...], Lock] = {}
        self._lock = Lock()

    def get(self, key: tuple[str, ...], make: Callable[[], Markup]) -> Markup:
        """What is kept under a key, made where nothing is: once, however many ask for it at the same time."""
        if (held := self._found(key)) is not None:
            return held
        with self._lock:
            making = self._making.setdefault(key, Lock())
        try:
            with making:
                if (held := self._found(key)) is None:
                    held = make()
                    self._keep(key, held)
                return held
        finally:
            with self._lock:
                self._making.pop(key, None)

    def _found(self, key: tuple[str, ...]) -> Markup | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def _keep(self, key: tuple[str, ...], made: Markup) -> None:
        with self._lock:
            self._size += len(made) - len(self._held.get(key, ""))
            self._held[key] = made
            while self._size > self._most and len(self._held) > 1:
                self._size -= len(self._held.popitem(last=False)[1])


def content(template: str, context: Mapping[str, Any]) -> Markup:
    """A template filled in."""
    return Markup(TEMPLATES.get_template(template).render(context))  # noqa: S704 - templates escape what they are given


def render(
    request: Request, template: str, *, view: str, title: str, at: Place | None = None, make: Callable[[], Context],
    keep: bool = False, status: int = 200, wide: bool = False, map_on_page: bool = False,
) -> Response:  # fmt: skip
    """A page: the content of a view inside the shell; the content alone where htmx asks for a part.

    Args:
        request: what was asked.
        template: the content's template; it sees what `make` gives, and `request`, `at`.
        view: the view's name in the navigation.
        title: of the page.
        at: the case and edition shown.
        make: gives what the template shows; called only when the content is not kept already.
        keep: whether the content depends on the edition and the address alone, and may be kept.
        status: of the answer.
        wide: whether the content takes the whole width.
        map_on_page: whether the map's script is needed.
    """

    def made() -> Markup:
        return content(template, {**make(), "request": request, "at": at, "user": request.state.user})

    if keep and at is not None and at.edition is not None:
        key = (at.name, at.edition.id, at.newest or "", request.url.path, str(request.query_params), template,
               str(getattr(request.state.user, "role", "")))  # fmt: skip
        shown = request.app.state.kept.get(key, made)
    else:
        shown = made()
    if request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full":
        return answer(request, str(shown), status=status)
    page = TEMPLATES.get_template("shell.html.j2").render(
        content=shown, title=title, view=view, at=at, request=request, user=request.state.user, wide=wide,
        navigation=navigation(at), cases=workbench_of(request).names, htmx=has_htmx(),
        maplibre=map_on_page and has_maplibre(), csrf=getattr(request.state, "csrf", ""),
    )  # fmt: skip
    return answer(request, page, status=status)


def answer(request: Request, body: str, *, status: int = 200, media_type: str = "text/html") -> Response:
    """An answer with its ETag; 304 where the asker has it already."""
    data = body.encode()
    etag = f'"{blake2b(data, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "HX-Request, Cookie"}
    asked = {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and etag in asked:
        return Response(status_code=304, headers=headers)
    if len(data) > PACKED_FROM and "gzip" in request.headers.get("accept-encoding", ""):
        data = packed(data)
        headers |= {"Content-Encoding": "gzip", "Vary": f"{headers['Vary']}, Accept-Encoding"}
    return Response(data, status_code=status, headers=headers, media_type=media_type)


@lru_cache(maxsize=PACKED_KEPT)
def packed(body: bytes) -> bytes:
    """A body compressed, kept for whoever asks for the same page next."""
    return gzip.compress(body, compresslevel=LEVEL, mtime=0)
