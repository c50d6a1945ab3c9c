"""Stretches of words that make one name: where a name goes on, and where it ends."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from tocsin.record.extract.rules.party_ands import goes_on_after_and
from tocsin.record.extract.rules.party_tokens import is_name_word, joined
from tocsin.record.extract.rules.party_words import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.extract.rules.party_tokens import Token

_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_MONTHS = frozenset(calendar.month_name[1:])


def name_runs(tokens: Sequence[Token], text: str) -> Iterator[tuple[Token, ...]]:
    """Stretches of words that make one name, titles and all."""
    at = 0
    while at < len(tokens):
        label = tokens[at].word == "Information" and at > 0 and tokens[at - 1].word == "Identifying"
        article = tokens[at].word in {"al", "el"} and at + 1 < len(tokens) and tokens[at + 1].word[0].isupper()
        ordinal = _ORDINAL.fullmatch(tokens[at].word) and at + 1 < len(tokens) and tokens[at + 1].word[0].isupper()
        if (
            label
            or not (article or ordinal or is_name_word(tokens[at].word))
            or tokens[at].word in lexicon().openers | lexicon().breaks
        ):
            at += 1
            continue
        last = at
        while not tokens[last].owner:
            following = _next(tokens, at, last, text)
            if following is None:
                break
            last = following
        yield tuple(tokens[at : last + 1])
        at = last + 1


def _next(  # noqa: C901, PLR0911, PLR0912  # one branch for each way in which a name goes on or ends
    tokens: Sequence[Token], first: int, last: int, text: str
) -> int | None:
    """The word with which a name goes on, or None where it ends."""
    k = last + 1
    if k >= len(tokens):
        return None
    word = tokens[k].word
    words = lexicon()
    if word.strip(".") in words.suffixes and text[tokens[last].end : tokens[k].start].strip() == ",":
        return k
    if word.startswith(("AKA", "A.K.A")) or (
        tokens[last].word.endswith(".") and tokens[last].word in words.organisation and word not in words.organisation
    ):
        return None
    gap = text[tokens[last].end : tokens[k].start]
    if "(" in gap and (behind := _behind_bracket(tokens, k, text)) is not None:
        return behind
    if (
        tokens[last].word in words.trades
        and gap.strip() in {"", ","}
        and not tokens[last].owner
        and any(t.word == "for" for t in tokens[first:k])
    ):
        after = k + 1 if word == "and" and k + 1 < len(tokens) else k
        if tokens[after].word in words.trades:
            return after  # 'Cedar for Engineering, Trading, and Contracting'
    parted = len(gap) > 2 and "&" not in gap  # marks of emphasis stood between
    if parted and not all(t.word in words.titles or t.word in words.demonyms for t in tokens[first:k]):
        return None
    if not joined(tokens, last, text) or _begins_anew(tokens, first, k):
        return None
    if word in words.breaks or (word in words.openers and word not in {"For", "Of", "And", "The"}):
        return None
    if is_name_word(word) or (word.isdigit() and len(word) < 4):
        return k
    if k + 1 >= len(tokens) or not joined(tokens, k, text):
        return None
    beyond = k + 1
    led = word in words.inner if tokens[beyond].word == "the" else {word, tokens[beyond].word} <= words.particles
    if led and beyond + 1 < len(tokens) and joined(tokens, beyond, text):
        beyond += 1
    if not is_name_word(tokens[beyond].word) or tokens[beyond].word in words.openers or tokens[beyond].word in _MONTHS:
        return None
    before = [token.word for token in tokens[first:k]]
    if word in words.particles:
        return None if tokens[beyond].word in words.nobody | words.titles else beyond
    if word == "for" and tokens[beyond].word in words.trades:
        return beyond
    if word in words.inner and any(w in words.heads and w not in words.titles for w in before):
        return beyond
    return beyond if word in {"and", "&"} and goes_on_after_and(tokens, before, beyond, text) else None


def _behind_bracket(tokens: Sequence[Token], at: int, text: str) -> int | None:
    """The 'Limited' of 'Cedar Group (HK) Limited', where a bracket opens before a word."""
    behind = next(
        (k for k in range(at + 1, min(at + 4, len(tokens))) if ")" in text[tokens[k - 1].end : tokens[k].start]), None
    )
    if (
        behind is None
        or tokens[behind].word.strip(".") not in lexicon().suffixes
        or text[tokens[behind - 1].end : tokens[behind].start] != ") "
    ):
        return None
    return behind


def _begins_anew(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Whether a word takes up the name before it: said again after a title run into the text, or its initials."""
    before, word = [token.word for token in tokens[first:at]], tokens[at].word
    initials = "".join(w[0] for w in before if w[0].isupper())
    if len(initials) > 1 and word == initials:
        return True
    told = [w.casefold() for w in before]
    following = tokens[at + 1].word.casefold() if at + 1 < len(tokens) else ""
    if len(word) < 4 or word.casefold() not in told:
        return False
    return told[-1] == word.casefold() or len(told) == 1 or following in told
