"""Words of documents as a page may show them: escaped, and with every character that hides or turns text made visible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import name as name_of

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
HIDDEN = re.compile(
    f"(?<![{ARABIC}])[\u200c\u200d]|[\u200c\u200d](?![{ARABIC}])"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Controls, marks and overrides of direction, and characters without width. The two joiners belong to Arabic script: between
its letters they stay."""
NAMES = {"\x07": "bell", "\x08": "backspace", "\x1b": "escape", "\x7f": "delete"}


def seen(text: str) -> Markup:
    """Text that a document, a file name or a person gave, safe to stand in a page.

    Example:
        >>> print(seen("<b>Held</b> \u202elusom"))
        &lt;b&gt;Held&lt;/b&gt; <span class="hidden-mark" title="right-to-left override">U+202E</span>lusom
    """
    parts, at = [], 0
    for found in HIDDEN.finditer(text):
        parts += [escape(text[at : found.start()]), _mark(found.group())]
        at = found.end()
    return Markup().join([*parts, escape(text[at:])])


def _mark(character: str) -> Markup:
    called = NAMES.get(character) or name_of(character, "control character").lower()
    return Markup('<span class="hidden-mark" title="{}">U+{:04X}</span>').format(called, ord(character))


def one_line(text: str, most: int = 0) -> Markup:
    """The same in one line, cut after a word where it is longer than `most` characters."""
    words = " ".join(text.split())
    if most and len(words) > most:
        words = words[:most].rsplit(" ", 1)[0] + " \u2026"
    return seen(words)


def marked(text: str, stretches: Iterable[tuple[int, int]], *, offset: int = 0) -> Markup:
    """Text with stretches of it marked; those that touch are marked as one.

    Args:
        text: some of a document's text.
        stretches: (start, end) in the whole text.
        offset: where `text` begins in the whole text.

    Example:
        >>> print(marked("Badr holds Diyala.", [(5, 10), (8, 17)]))
        Badr <mark>holds Diyala</mark>.
    """
    parts, at = [], 0
    for start, end in _joined(stretches, offset, len(text)):
        parts += [seen(text[at:start]), Markup("<mark>"), seen(text[start:end]), Markup("</mark>")]
        at = end
    return Markup().join([*parts, seen(text[at:])])


def _joined(stretches: Iterable[tuple[int, int]], offset: int, length: int) -> list[tuple[int, int]]:
    """Stretches within a text of that length, in order, overlapping ones as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((max(0, a - offset), min(length, b - offset)) for a, b in stretches):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
