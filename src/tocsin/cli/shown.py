"""Words of documents on a terminal: nothing in them acts, and what cannot be seen is shown as a mark."""

import unicodedata

from rich.text import Text

ACTING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
JOINERS = "\u200c\u200d"
"""Parts of written Persian and of emoji; they move nothing."""


def seen(words: str, *, lines: bool = False) -> str:
    r"""Words with control characters, marks of direction and the like written as `<U+202E>`.

    Args:
        words: from a document, or from anybody.
        lines: whether line ends stay; else each run of white space is one blank.

    Example:
        >>> seen("Badr\u202erdaB \x1b[31m red\nline")
        'Badr<U+202E>rdaB <U+001B>[31m red line'
    """
    kept = words.replace("\t", " ") if lines else " ".join(words.split(" "))
    if not lines:
        kept = kept.replace("\n", " ").replace("\t", " ")
    return "".join(_mark(c) if _acts(c, lines=lines) else c for c in kept)


def _acts(character: str, *, lines: bool) -> bool:
    if character in JOINERS or (lines and character == "\n"):
        return False
    return unicodedata.category(character) in ACTING


def _mark(character: str) -> str:
    return f"<U+{ord(character):04X}>"


def plain(words: str, style: str = "", *, lines: bool = False) -> Text:
    """Words as a rich text: their brackets are no markup."""
    return Text(seen(words, lines=lines), style=style)
