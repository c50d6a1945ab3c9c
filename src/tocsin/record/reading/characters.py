r"""The few characters a text never holds: NUL, lone surrogates, and line ends other than `\n`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.record.reading.found import Run

_CHANGED = re.compile("\r\n?|[\x00\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def kept(source: str) -> str:
    r"""The characters of a text: NUL and lone surrogates become one U+FFFD each, CRLF and CR become `\n`.

    Nothing else is changed: marks of direction, combining marks, emoji and zero-width characters stay.

    Example:
        >>> kept("Held\r\nMosul\x00")
        'Held\nMosul�'
    """
    return _CHANGED.sub(_instead, source)


def kept_with_runs(source: str) -> tuple[str, tuple[Run, ...]]:
    r"""The same, with the stretches of the source that stayed as they were.

    Example:
        >>> kept_with_runs("ab\r\ncd")
        ('ab\ncd', ((0, 0, 2), (2, 3, 3)))
    """
    runs: list[Run] = []
    parts: list[str] = []
    at = shift = 0  # where the present run begins in the source, and how much shorter the text is up to here
    for found in _CHANGED.finditer(source):
        start, end = found.span()
        instead = _instead(found)
        same = end - 1 if found.group() == "\r\n" else end  # the \n of a CRLF is the source's own
        if start > at:
            runs.append((at - shift, at, start - at))
        parts += [source[at:start], "" if same < end else instead]
        shift += same - start if same < end else 0
        at = same
    if len(source) > at:
        runs.append((at - shift, at, len(source) - at))
    return "".join([*parts, source[at:]]), tuple(runs)


def _instead(found: re.Match[str]) -> str:
    return "\n" if found.group()[0] == "\r" else REPLACEMENT
