"""What a post is called: the title that its words give, whichever way they say it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.record.extract.rules.posts.office import Office

_PLURAL = re.compile(r"\b(?:\w+s|spokesmen|secretaries)(?=$| of\b| for\b| or\b| and\b)")
_ONE = {"smen": "spokesman", "ries": "secretary"}


@cache
def _said_by_verbs() -> tuple[tuple[re.Pattern[str], str], ...]:
    told = tomllib.loads(files("tocsin.record.extract.rules.posts").joinpath("roles.toml").read_text("utf-8"))["titles"]
    return tuple((re.compile(said, re.IGNORECASE), title) for said, title in told.items())


def title_of(office: Office) -> str:
    r"""The title of one holder, in one line; a verb gives the title of who does what it says.

    Example:
        >>> from tocsin.record.claim import Span
        >>> from tocsin.record.extract.rules.posts.office import Office
        >>> title_of(Office(Span(0, 15, "Deputy\n Leaders"), None, 0, 15, over=False, plural=True))
        'Deputy Leader'
        >>> title_of(Office(Span(0, 9, "commanded"), None, 0, 9, over=False, plural=False))
        'commander'
        >>> title_of(Office(Span(0, 22, "in charge of the docks"), None, 0, 22, over=False, plural=False))
        'head of the docks'
    """
    words = re.sub(r"\s+", " ", office.post.words).strip()
    for said, title in _said_by_verbs():
        if match := said.match(words):
            return f"{title}{words[match.end() :]}"
    if not office.plural:
        return words
    return _PLURAL.sub(lambda found: _ONE.get(found.group().casefold()[-4:], found.group()[:-1]), words, count=1)
