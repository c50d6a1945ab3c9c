"""Marks of footnotes, which neither join sentences nor enter names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.record.document import Text

_MARK = re.compile(
    r"(?<=\S)\[(?:\d{1,3}|[a-z]|note \d{1,3}|citation needed)\]"
    r"|(?<=[\w.,;:!?)\u201d\"])[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+"
    r"|(?<=[a-z]{3})\d{1,2}(?=[\s,.;:)]|$)"
    r"|(?<=[a-z]{3}\.)\d{1,2}(?=\s+[A-Z\u201c\"]|\s*$)",
    re.MULTILINE,
)
_DASHES = re.compile(r"(?<=[\w)])--(?=\w)|(?<=[\w)])-(?=(?:the|an?)\s)|(?<=\))-(?=[a-z])")
"""Dashes written as hyphens, which run a name into the words beside it."""
_QUOTED_TITLE = re.compile(
    r"(?<=[a-z] )[\u201c\"](?P<title>(?:Acting |Deputy |First |Vice |Prime |Supreme |General |Emir|Head|Chief|Commander"
    r"|Minister|Governor|President"
    r"|Mayor|Chairman|Director|Leader|Speaker|Secretary|Ambassador|Prosecutor|Judge)[^\u201c\u201d\"]{0,70}?)(?P<stop>[.,]?)[\u201d\"]"
)
_SO_CALLED = re.compile(r"(?<=\bthe )so-called [\u201c\"]?(?=[A-Z])")


def unmarked(text: Text) -> Text:
    r"""A text of the same length with blanks for its marks of footnotes, and dashes as dashes, for patterns to match on.

    Only brackets and small figures glued to a word or stop count; offsets stay those of the text.

    Example:
        >>> from tocsin.record.document import Segment, SegmentKind, Text
        >>> said = "Zayd Karim leads the Border Guard1 since 2019[2]. He stays."
        >>> unmarked(Text("0" * 64, "plain 1", said, (Segment(0, len(said), SegmentKind.BODY),))).text
        'Zayd Karim leads the Border Guard  since 2019   . He stays.'
    """
    words = text.text
    while (blanked := _MARK.sub(lambda mark: " " * len(mark.group()), words)) != words:
        words = blanked
    words = _QUOTED_TITLE.sub(lambda said: f" {said['title']}{said['stop']} ", words)
    words = _SO_CALLED.sub(lambda said: " " * len(said.group()), words)
    words = _DASHES.sub(lambda dash: "\u2014".rjust(len(dash.group())), words)
    return replace(text, text=words)
