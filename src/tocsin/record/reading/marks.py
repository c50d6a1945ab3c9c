"""Marks of footnotes: set in brackets, so that they are not taken for the end of a name or of a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBERS = r"\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*"
_MARK = re.compile(rf"\s*({_NUMBERS})\s*")
_LINKED = re.compile(rf"\s*({_NUMBERS}|[a-z]|[ivx]{{1,4}}|[*\u2020\u2021\u00a7]{{1,3}})\s*")
_CANDIDATE = re.compile(r"\d[\d,.\u2013-]*(?!\w)|^\d{1,3}(?=[^\W\d_])")
_UNIT = re.compile(r"(?:^|[\W\d_])(?:[cdkm]?m|ft|in|mi|mc|s|yd)$")


def is_power(before: str, mark: str) -> bool:
    """Whether a raised figure is a unit's power, as in km2.

    Example:
        >>> is_power("90 km", "2"), is_power("the Service", "2"), is_power("km", "12")
        (True, False, False)
    """
    return mark.strip() in {"2", "3"} and _UNIT.search(before) is not None


def bracketed(words: str, *, before: str, linked: bool) -> str | None:
    """What is written for a raised or linked mark; None where it is none.

    Args:
        words: what is raised.
        before: what stands before it in its paragraph.
        linked: whether it leads to a place of the same page: then letters and daggers are marks too.

    Example:
        >>> bracketed("1", before="Service", linked=False), bracketed("st", before="1", linked=False)
        ('[1]', None)
        >>> bracketed("1", before="", linked=True), bracketed("a", before="Service", linked=True)
        ('[1] ', '[a]')
    """
    found = (_LINKED if linked else _MARK).fullmatch(words)
    if found is None or is_power(before, found.group(1)):
        return None
    return f"[{found.group(1)}]{'' if before.strip() else ' '}"


def with_marks(line: str, raised: Callable[[int], bool]) -> str:
    """A line of a page with its raised figures in brackets.

    Args:
        line: its characters.
        raised: whether the character at this offset of the line stands above the line; asked of figures only.

    Example:
        >>> with_marks("Service1 has 12 posts", lambda at: at == 7)
        'Service[1] has 12 posts'
        >>> with_marks("1See there", lambda at: at == 0)
        '[1] See there'
    """
    parts: list[str] = []
    at = 0
    for start, end in _raised_runs(line, raised):
        if not is_power(line[:start], line[start:end]):
            blank = " " if not line[:start].strip() and line[end : end + 1].isalnum() else ""
            parts += [line[at:start], f"[{line[start:end]}]{blank}"]
            at = end
    return "".join((*parts, line[at:]))


def _raised_runs(line: str, raised: Callable[[int], bool]) -> list[tuple[int, int]]:
    """Runs of figures that end a word, as far as they are raised from some figure on to their end."""
    runs = []
    for found in _CANDIDATE.finditer(line):
        start, end = found.span()
        while end > start and not line[end - 1].isdigit():
            end -= 1
        figures = [at for at in range(start, end) if line[at].isdigit()]
        low = end
        for at in reversed(figures):
            if not raised(at):
                break
            low = at
        if low < end:
            runs.append((low, end))
    return runs
