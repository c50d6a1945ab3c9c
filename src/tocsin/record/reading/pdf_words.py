"""Words that a line end parts: drawn together, with or without the hyphen, as the document itself writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"[^\W\d_]+")
SOLID = frozenset(
    ("under", "over", "some", "there", "where", "with", "through", "when", "every", "down", "fore", "other", "more", "mean",
     "what", "here", "after", "inter", "super", "head", "back", "main", "hand", "house", "land", "work")
)  # fmt: skip
"""First halves that English writes in one with what follows, though both are words."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document, case folded, those with hyphens whole."""

    known: frozenset[str]

    @classmethod
    def of(cls, lines: Iterable[tuple[str, bool]]) -> Words:
        """The words of these lines, each with whether it ends in a hyphen that parts a word: parts are left out."""
        found: set[str] = set()
        rest = False
        for line, broken in lines:
            words = _WORD.findall(line)
            found.update(word.casefold() for word in words[int(rest) : -1 if broken else None])
            rest = broken
        return cls(frozenset(found))

    def hyphen_between(self, left: str, right: str) -> bool:
        """Whether two parts of a word are written with a hyphen.

        As the document writes the word elsewhere; else with one before a capital or digit, and between two words
        that it uses alone.

        Example:
            >>> Words(frozenset({"counter", "terrorism"})).hyphen_between("counter", "terrorism")
            True
            >>> Words(frozenset()).hyphen_between("opera", "tions")
            False
        """
        if not left or not right:
            return True
        low, high = left.casefold(), right.casefold()
        if low + high in self.known:
            return False
        if f"{low}-{high}" in self.known:
            return True
        alone = min(len(low), len(high)) > 3 and low not in SOLID and low in self.known and high in self.known
        return right[0].isupper() or alone


def joined(lines: Sequence[tuple[str, bool]], words: Words) -> str:
    """Lines as one paragraph.

    Args:
        lines: characters of each, and whether it ends in a hyphen that parts a word (the hyphen itself left out).
        words: the document's.

    Example:
        >>> joined([("The opera", True), ("tion began", False), ("late.", False)], Words(frozenset()))
        'The operation began late.'
    """
    parts: list[str] = []
    for number, (line, broken) in enumerate(lines):
        parts.append(line)
        if number + 1 == len(lines):
            parts.append("-" if broken else "")
        elif broken:
            left, right = _LAST.search(line), _FIRST.match(lines[number + 1][0])
            with_hyphen = words.hyphen_between(left.group() if left else "", right.group() if right else "")
            parts.append("-" if with_hyphen else "")
        elif not (line.endswith("-") and line[-2:-1].isalpha()):
            parts.append(" ")
    return "".join(parts)
