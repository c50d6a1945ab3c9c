"""The pages of the manual as they are read, and finding in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import tocsin
from tocsin.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(tocsin.__file__).parent
FOLDER = next(
    (f for f in (PACKAGE / "docs", PACKAGE.parents[1] / "docs") if (f / "index.md").is_file()), PACKAGE / "docs"
)
"""The pages lie in the package where it was installed, and beside it in a checkout."""
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEADING = re.compile(r"^(#{1,4}) +(.+?)\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_WORD = re.compile(r"[^\W_]+")
REFERENCE = frozenset(("commands", "json", "asvs"))
"""Pages that are looked up, and name everything: what explains comes before them."""
FOUND = 20
AROUND = 90
"""Characters shown on each side of a word that was found."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page, and what stands below it up to the next.

    Attributes:
        title: the heading's words, without marks.
        anchor: what an address names it by.
        text: the lines below it.
    """

    title: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the manual.

    Attributes:
        name: of its file, without the ending.
        title: its first heading.
        text: Markdown.
        sections: its headings, the first of them the page itself.
    """

    name: str
    title: str
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A section in which words were found.

    Attributes:
        page: its page.
        section: itself.
        before, found, after: the first of the words, and what stands around it.
    """

    page: Page
    section: Section
    before: str
    found: str
    after: str


@dataclass(frozen=True)
class Manual:
    """All pages, by name."""

    pages: dict[str, Page]

    def page(self, name: str) -> Page:
        """A page by its name.

        Raises:
            UnknownName: there is none of this name.
        """
        if name not in self.pages:
            raise UnknownName.of("page of the manual", name, self.pages)
        return self.pages[name]

    def search(self, words: str, *, limit: int = FOUND) -> tuple[Hit, ...]:
        r"""Sections that hold all of the words, those first that are called so.

        Example:
            >>> page = page_of("reach", "# Reach\n\nWhat lies near.\n\n## Travel time\n\nBy road.\n")
            >>> [hit.section.title for hit in Manual({"reach": page}).search("road TIME")]
            ['Travel time']
        """
        asked = [word.lower() for word in _WORD.findall(words)][:8]
        if not asked:
            return ()
        ranked = sorted(
            (-score, page.name, number)
            for page in self.pages.values()
            for number, section in enumerate(page.sections)
            if (score := _score(asked, page, section))
        )
        return tuple(_hit(self.pages[name], number, asked) for _, name, number in ranked[:limit])


def _score(asked: list[str], page: Page, section: Section) -> int:
    """How well a section answers: 0 where it lacks a word."""
    title, text, of_page = section.title.lower(), section.text.lower(), page.title.lower()
    found = [(20 * (w in title)) + (8 * (w in of_page)) + min(text.count(w), 5) for w in asked]
    if not all(w in title or w in text for w in asked):
        return 0
    return max(1, sum(found) // 3) if page.name in REFERENCE else sum(found)


def _hit(page: Page, number: int, asked: list[str]) -> Hit:
    section = page.sections[number]
    plain = " ".join(re.sub(r"[`*|#]|\[([^\]]*)\]\([^)]*\)", r"\1", section.text).split())
    places = [(at, word) for word in asked if (at := plain.lower().find(word)) >= 0]
    at, word = min(places, default=(0, ""))
    start, end = at - AROUND, at + len(word) + AROUND
    before = plain[:at] if start <= 0 else "… " + plain[start:at].partition(" ")[2]
    after = plain[at + len(word) :] if end >= len(plain) else plain[at + len(word) : end].rpartition(" ")[0] + " …"
    return Hit(page, section, before, plain[at : at + len(word)], after)


def anchor_of(title: str) -> str:
    """What an address names a heading by.

    Example:
        >>> anchor_of("review --accept, --reject ...")
        'review---accept---reject-'
    """
    return re.sub(r"[^a-z0-9 _-]", "", title.lower()).replace(" ", "-")


def page_of(name: str, text: str) -> Page:
    """A page out of its Markdown."""
    sections = tuple(_sections(text))
    return Page(name, sections[0].title if sections else name, text, sections)


def _sections(text: str) -> Iterator[Section]:
    title, lines, fenced = "", list[str](), False
    for line in text.splitlines():
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading is None:
            lines.append(line)
            continue
        if title:
            yield Section(title, anchor_of(title), "\n".join(lines))
        title, lines = plain_title(heading[2]), []
    if title:
        yield Section(title, anchor_of(title), "\n".join(lines))


def plain_title(words: str) -> str:
    """A heading without its marks."""
    return re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", words).strip()


@cache
def manual() -> Manual:
    """The manual of this Tocsin; without pages where they were not installed."""
    found = sorted(path for path in FOLDER.glob("*.md") if NAME.fullmatch(path.stem))
    return Manual({path.stem: page_of(path.stem, path.read_text(encoding="utf-8")) for path in found})
