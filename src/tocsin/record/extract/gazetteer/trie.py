"""All known names in one tree of words, found in a text in one pass."""

# ruff: noqa: RUF001  # other scripts and typographic marks are what is read here

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.extract.gazetteer.words import ARTICLES, folded, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tocsin.record.extract.gazetteer.words import Word

_SHORT = 5
"""Names in capitals up to this length are acronyms: only capitals match them ('US', never 'us')."""


@dataclass(frozen=True, slots=True)
class Found:
    """A known name where it stands.

    Attributes:
        start, end: offsets in the text.
        entry: position of the entry among those the trie was made of.
    """

    start: int
    end: int
    entry: int


class _Node:
    __slots__ = ("below", "ends")

    def __init__(self) -> None:
        self.below: dict[str, _Node] = {}
        self.ends: list[tuple[str, int]] = []


class NameTrie:
    """Names by their words; of two names that begin at one word, the longer is found.

    Example:
        >>> trie = NameTrie([("Islamic State", 0), ("Islamic State of Iraq", 1), ("US", 2)])
        >>> [(f.start, f.end, f.entry) for f in trie.find("The Islamic State of Iraq told us")]
        [(4, 25, 1)]
    """

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Build the tree; of two entries with one name, the one given first is found."""
        self._root = _Node()
        for name, entry in names:
            node = self._root
            for key in folded(name):
                node = node.below.setdefault(key, _Node())
            if node is not self._root:
                node.ends.append((name, entry))

    def find(self, text: str, *, capitals: bool = False) -> Iterator[Found]:
        """Known names in order, none overlapping.

        Args:
            text: what to search.
            capitals: the text is written all in capitals, so that case tells nothing.
        """
        run = words(text)
        at = 0
        while at < len(run):
            hit = self._longest(text, run, at, capitals=capitals)
            if hit is None:
                at += 1
                continue
            stop, skipped, entry = hit
            first = _with_article(text, run, at)
            start, end = run[first].start + (skipped if first == at else 0), run[stop - 1].end
            last_stop = text[end : end + 1] == "." and "." in text[run[stop - 1].start : end]
            yield Found(start, end + last_stop, entry)
            at = stop

    def _longest(self, text: str, run: Sequence[Word], at: int, *, capitals: bool) -> tuple[int, int, int] | None:
        best: tuple[int, int, int] | None = None
        for skipped, key in run[at].keys:
            node, stop = self._root.below.get(key), at + 1
            while node is not None:
                if node.ends and (best is None or stop > best[0]):
                    entry = _written_so(node.ends, text[run[at].start + skipped : run[stop - 1].end], capitals=capitals)
                    if entry is not None:
                        best = stop, skipped, entry
                node, stop = _next(text, run, node, stop)
        return best


def _next(text: str, run: Sequence[Word], node: _Node, stop: int) -> tuple[_Node | None, int]:
    if stop >= len(run) or not _joined(text[run[stop - 1].end : run[stop].start]):
        return None, stop
    for _, key in run[stop].keys:
        below = node.below.get(key)
        if below is not None:
            return below, stop + 1
    return None, stop


def _joined(between: str) -> bool:
    """Whether two words can belong to one name: white space, a hyphen, an apostrophe, a stop of an abbreviation."""
    return len(between) <= 3 and not between.strip(" \t\n\xa0-‐‑–'’ʿʾ\u200c\u200e\u200f.&/") and "\n\n" not in between


def _with_article(text: str, run: Sequence[Word], at: int) -> int:
    """The word before, where it is an Arabic article written in Latin script and joined to the name."""
    if at == 0 or run[at - 1].keys[0][1] not in ARTICLES:
        return at
    before, between = text[run[at - 1].start : run[at - 1].end], text[run[at - 1].end : run[at].start]
    joined = between in {"-", "‐", "‑"} or (
        between == " " and before[:1].isupper() and before not in {"As", "At", "An"}
    )
    return at - 1 if joined else at


def _written_so(ends: list[tuple[str, int]], found: str, *, capitals: bool) -> int | None:
    return next((entry for name, entry in ends if _case_fits(name, found, capitals=capitals)), None)


def _case_fits(name: str, found: str, *, capitals: bool) -> bool:
    """A name keeps its capitals; an acronym keeps them all."""
    letters = "".join(c for c in name if c.isalpha())
    if letters.isupper() and len(letters) <= _SHORT:
        if capitals:
            return len(letters) > 2
        return "".join(c for c in found if c.isalpha()).isupper()
    if capitals or not _has_capital(name):
        return True
    return _has_capital(found)


def _has_capital(words_: str) -> bool:
    return any(c.isupper() for c in words_) or not any(c.islower() for c in words_)
