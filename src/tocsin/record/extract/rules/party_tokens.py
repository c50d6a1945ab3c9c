"""A sentence as words, each with its place: what may stand in a name, and what joins two words of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.extract.rules.party_words import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.claim import Span

_TOKEN = re.compile(
    r"(?:and|the|vessels?|of|by|for|with|from|to|AKA|FKA|DOB|POB)(?=[A-Z][a-z])|[\u2018'\u2019`\u02bf]?[^\W_](?:(?!(?<=[a-z)])(?:AKA|DOB|POB|FKA|PPN)(?![a-z]{2}))[\w\u2019'\u2018`.&/\u02bf-])*"
)
ARTICLE = re.compile(r"(?:al|el|ul|as|at|ad|ar|az|an|ash|Al|El)[-\u2010-\u2014]['\u2018\u2019`]?[^\W\d_]")
_DOTTED = re.compile(
    r"(?:[^\W\d_]{1,2}\.){2,}$|(?:Ltd|Inc|Corp|Co|Jr|Sr|St|Pte|Dr|Mr|Mrs|Ms|Gen|Col|Maj|Lt|Brig|Adm|Capt)\.$|^[A-Z]\.$"
)
_POSSESSIVE = re.compile(r"(?:['\u2019]s|(?<=s)['\u2019])$")
_OF_THE_NAME = re.compile(
    r"(?:People|Men|Women|Children|Martyr|Believer|Worker|Farmer|Doctor|Teacher|Lord|Mother|Moslem|Jama|Jam)s?['\u2019]"
)
INITIALS = re.compile(r"\s*\(\W{0,4}(?:the\s+)?([A-Z][A-Za-z]{1,8})\b")
_GAP = re.compile(r"['\u2019]?[\s\u200b]+(?:&\s+)?")
WRAPPED = 55
"""Characters from which a line is taken to go on in the next."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text; `owner` where it ends in a possessive, which is left out of it."""

    start: int
    end: int
    word: str
    owner: bool = False


def tokens_of(sentence: Span) -> tuple[Token, ...]:
    """The words of a sentence, stops and possessives left out."""
    made = []
    for match in _TOKEN.finditer(sentence.words):
        word = match.group()
        owner = None if _OF_THE_NAME.match(word) else _POSSESSIVE.search(word)
        word = word[: owner.start()] if owner else word
        word = word.rstrip("'\u2019\u2018`-/&") or word
        if word.endswith(".") and not _DOTTED.search(word):
            word = word.rstrip(".")
        if word:
            start = sentence.start + match.start()
            made.append(Token(start, start + len(word), word, owner is not None))
    return tuple(made)


def is_name_word(word: str) -> bool:
    """Whether a word is written as part of a name."""
    bare = word.lstrip("'\u2018\u2019`\u02bf")
    if bare.rpartition("-")[2].lower() in lexicon().attributes and "-" in bare:
        return False
    return bool(bare) and (bare[0].isupper() or ARTICLE.match(bare) is not None)


def joined(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether a word and the next may be of one name: only a space between, or a line that is wrapped."""
    gap = text[tokens[at].end : tokens[at + 1].start]
    if tokens[at].owner or _GAP.fullmatch(gap) is None:
        return False
    return "\n" not in gap or tokens[at].end - text.rfind("\n", 0, tokens[at].end) > WRAPPED
