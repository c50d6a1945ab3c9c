"""From an offset in a text to its source's, and back."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Text
    from tocsin.record.reading.found import Run


@dataclass(frozen=True, slots=True)
class Map:
    """Stretches of a text that are its source's own, in order."""

    runs: tuple[Run, ...]

    def within(self, start: int, end: int) -> Iterator[Run]:
        """The same for a part of the text: starts still counted from the whole text's."""
        number = max(0, bisect_right(self.runs, start, key=lambda run: run[0]) - 1)
        while number < len(self.runs) and self.runs[number][0] < end:
            at, source, length = self.runs[number]
            low, high = max(at, start), min(at + length, end)
            if low < high:
                yield low, source + low - at, high - low
            number += 1


def to_source(text: Text, offset: int) -> int | None:
    """Where a character of the text stands in the source (decoded, without byte order mark, line ends as they are).

    Args:
        text: a text of Markdown or plain text; other kinds have no such map.
        offset: in code points of the text.

    Returns:
        The offset in the source, or None for a character that is not the source's own.
    """
    number = bisect_right(text.source_runs, offset, key=lambda run: run[0]) - 1
    if number < 0:
        return None
    start, source, length = text.source_runs[number]
    return source + offset - start if offset < start + length else None


def to_text(text: Text, offset: int) -> int | None:
    """Where a character of the source stands in the text; None for one that is mark-up or was replaced.

    Runs of the source come in order, as those of the text do.
    """
    number = bisect_right(text.source_runs, offset, key=lambda run: run[1]) - 1
    if number < 0:
        return None
    start, source, length = text.source_runs[number]
    return start + offset - source if source <= offset < source + length else None
