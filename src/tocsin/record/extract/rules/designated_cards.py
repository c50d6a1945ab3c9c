"""The parties of a text that gives each a card: its name as a heading, or before 'AKA', 'DOB' and other fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.extract.rules.designated_names import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch

_FIELD = re.compile(
    r"\W{0,4}(?:Alt\.?\s+)?(?:(?:AKA|A\.K\.A\.|aka|a\.k\.a\.|FKA|DOB|D\.O\.B\.|POB|P\.O\.B\.|PPN|Aliases)s?\d?\b|"
    r"(?:Date of Birth|Place of Birth|Year of Birth|Born|Nationality|Address(?:es)?|Locations?|Registration|Website|"
    r"National ID|Gender|Passports?(?: (?:No\.?|Number|#))?|Title|Position|SWIFT/?BIC|IMO(?: Number)?)\s*[\d#]*\s*[:(])"
)
_LABEL = re.compile(r"(?:\b(?:Individual|Entity|Name|Vessel)s?\s*\d*\s*:|\bIdentif(?:ying Information|iers))\W*$")
_SEVERAL = re.compile(r"\bAND\b|['\u2019]S\b")
_OTHER_NAME = re.compile(
    r"\b(?:AKAs?|A\.K\.A\.|FKAs?|F\.K\.A\.|a\.k\.a\.|f\.k\.a\.|aka|Address(?:es)?|Locations?|Title|POB|Aliases)\W{0,4}\d?\W*$"
)
_NEAR_HEADS = 4  # characters before the name of a heading or line


def carded(stretches: Sequence[Stretch]) -> Iterator[tuple[int, Name]]:
    """The names that a card is given to, each with the number of its stretch.

    A card is a name alone on its line, or behind 'Name:' or the end of a sentence, that a field of identity follows on the
    same line or as the next.
    """
    for order, stretch in enumerate(stretches):
        follows = order + 1 < len(stretches) and _FIELD.match(stretches[order + 1].span.words) is not None
        for name in stretch.names:
            before, after = _sides(stretch, name)
            if _OTHER_NAME.search(before) or name.owner:
                continue
            if re.match(r"\s*[\[(]", after):
                continue
            begins = len(before.strip(" *_\"\u201c\u2018'")) < _NEAR_HEADS or _LABEL.search(before) is not None
            begins = begins or (name.span.words.isupper() and len(name.tokens) > 1 and "AKA" in after[:5])
            if begins and (_FIELD.match(after) or (follows and not after.strip(" .*")) or _is_labelled(before, after)):
                yield order, name


def headed(stretches: Sequence[Stretch]) -> Iterator[tuple[int, Name]]:
    """The names that stand alone as headings, each above a sentence that speaks of its bearer."""
    for (order, stretch), below in zip(enumerate(stretches), stretches[1:], strict=False):
        if not stretch.heading or not stretch.names or below.heading:
            continue
        name = stretch.names[0]
        before, after = _sides(stretch, name)
        alone = not before.strip(' *"\u201c') and re.fullmatch(r"\W*(?:\([^)]*\)?)?\W*", after) is not None
        if alone and _SEVERAL.search(name.span.words) is None and _speaks_of(name, below):
            yield order, name


def _speaks_of(name: Name, stretch: Stretch) -> bool:
    """Whether a sentence names the bearer of a name, by its last word or by two of its words."""
    told = folded(name.span.words).split()
    for other in stretch.names:
        said = folded(other.span.words).split()
        if said[-1] == told[-1] or (len(said) > 1 and set(said) <= set(told)):
            return True
    return False


def _is_labelled(before: str, after: str) -> bool:
    """'Name: Ali Hassan', alone on its line."""
    return re.fullmatch(r"\W*(?:Individual|Entity|Name|Company|Vessel)\W{1,6}", before) is not None and not after.strip(
        " .*"
    )


def _sides(stretch: Stretch, name: Name) -> tuple[str, str]:
    start = (name.title or name.span).start - stretch.span.start
    return stretch.span.words[:start], stretch.span.words[name.span.end - stretch.span.start :]
