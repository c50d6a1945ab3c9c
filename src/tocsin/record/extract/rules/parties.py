"""Names in a sentence by their capitals, their particles and the words around them: the parties of legal measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType, Span
from tocsin.record.extract.rules.bodies import bodies_in
from tocsin.record.extract.rules.instruments import instruments_in
from tocsin.record.extract.rules.party_runs import name_runs
from tocsin.record.extract.rules.party_tokens import INITIALS, Token, is_name_word, tokens_of
from tocsin.record.extract.rules.party_words import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OFFICE = re.compile(r"\b(?:Minister|Secretary|Director|Members?|Governor|Chief)\s+(?:of|for)\s+(?:the\s+)?$")
_OF = re.compile(r"\s+(?:of|for|in|and)\s+(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence.

    Attributes:
        span: the name, without titles before it and possessives behind.
        tokens: its words.
        owner: whether a possessive stands behind it.
        title: the titles cut off before it, if any.
    """

    span: Span
    tokens: tuple[Token, ...]
    owner: bool
    title: Span | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Its words."""
        return tuple(token.word for token in self.tokens)

    @property
    def is_organisation(self) -> bool:
        """Whether one of its words says that it is an organisation, or it is written as an abbreviation."""
        words = self.words
        return any(w in lexicon().organisation or w.strip(".") in lexicon().organisation for w in words) or (
            len(words) == 1 and sum(map(str.isupper, words[0])) > 1
        )

    @property
    def type(self) -> EntityType:
        """Organisation by its words, else person."""
        return EntityType.ORGANISATION if self.is_organisation else EntityType.PERSON


def names_in(sentence: Span, text: str) -> tuple[Name, ...]:
    """The names of a sentence, in order; bodies, authorities, places and dates are none.

    Example:
        >>> said = "Ali bin Omar and the Ministry of Oil and Water met General Zaid al-Amin in Iraq."
        >>> [name.span.words for name in names_in(Span.of(said, 0, len(said)), said)]
        ['Ali bin Omar', 'Ministry of Oil and Water', 'Zaid al-Amin']
    """
    taken = [b.span for b in bodies_in(sentence)] + [i.span for i in instruments_in(sentence)]
    found = [
        _abbreviated(name, text)
        for run in name_runs(tokens_of(sentence), text)
        if (name := _named(run, text)) is not None and not _is_taken(name.span, taken)
    ]
    return tuple(_made_whole(found, text))


def _made_whole(names: Sequence[Name], text: str) -> Iterator[Name]:
    """Two names as one where an abbreviation in brackets stands for both: 'Dawn of Blue Cedar Society (DBCS)'."""
    held: Name | None = None
    for name in names:
        if held is not None and _is_one(held, name, text):
            whole = Span.of(text, held.span.start, name.span.end)
            held = Name(whole, (*held.tokens, *name.tokens), name.owner, held.title)
            continue
        if held is not None:
            yield held
        held = name
    if held is not None:
        yield held


def _is_one(left: Name, right: Name, text: str) -> bool:
    bracket = INITIALS.match(text, right.span.end)
    if bracket is None or left.owner or right.title is not None:
        return False
    between = _OF.fullmatch(text, left.span.end, right.span.start)
    initials = _initials((*left.tokens, *right.tokens))
    return between is not None and len(initials) > len("AB") and bracket[1] == initials


def _abbreviated(name: Name, text: str) -> Name:
    """Only the end of a name where an abbreviation in brackets stands for that: 'Ground Forces of the Blue Guard (BG)'."""
    bracket = INITIALS.match(text, name.span.end)
    if bracket is None or not bracket[1].isupper() or _initials(name.tokens) == bracket[1]:
        return name
    if name.tokens[-1].word in lexicon().places:
        return name  # 'Cedar Bank of the Republic of Cyprus (RC)'
    for start in range(1, len(name.tokens) - 1):
        kept = name.tokens[start:]
        if name.tokens[start - 1].word.islower() and not kept[0].word.islower() and _initials(kept) == bracket[1]:
            return Name(Span.of(text, kept[0].start, kept[-1].end), kept, name.owner)
    return name


def _initials(tokens: Sequence[Token]) -> str:
    return "".join(t.word[0] for t in tokens if t.word[0].isupper())


def _is_taken(span: Span, taken: Sequence[Span]) -> bool:
    return any(t.start <= span.start and span.end <= t.end for t in taken)


def _named(run: tuple[Token, ...], text: str) -> Name | None:
    """The name in a run, its titles cut off; None where nobody is named."""
    words = lexicon()
    owner = run[-1].owner
    start = _title_end(run)
    office = _OFFICE.search(text, max(run[0].start - 30, 0), run[0].start)
    if office:
        portfolio = next((n for n, t in enumerate(run) if t.word not in words.portfolios), len(run))
        start = (
            max(start, portfolio)
            if len(run) - portfolio > 1 and portfolio and is_name_word(run[portfolio].word)
            else start
        )
    kept = run[start:]
    nobody = words.nobody | words.places | words.demonyms
    capitals = [t for t in kept if not t.word.islower()]
    bank = kept and len(kept) > 1 and kept[-1].word == "Bank" and kept[0].word != "West"
    if not kept or (
        not bank
        and all(t.word in nobody or t.word.removesuffix("s") in nobody or t.word[0].isdigit() for t in capitals)
    ):
        return None
    if (
        kept[-1].word in words.no_party
        or (len(kept) > 1 and kept[-1].word in words.offices)
        or (len(kept) > 1 and kept[-2].word == "Terrorist")
    ):
        return None
    if len(kept) == 1 and kept[0].word in words.trades:
        return None
    if len(kept) == 1 and (kept[0].word.isdigit() or kept[0].word in words.titles or len(kept[0].word) < 2):
        return None
    if len(kept) > 1 and kept[0].word == "Government" and kept[1].word == "of":
        return None
    span = Span.of(text, kept[0].start, kept[-1].end)
    begins = office.start() if office and start else run[0].start
    title = Span.of(text, begins, run[start - 1].end) if start else None
    return Name(span, kept, owner, title)


def _title_end(run: tuple[Token, ...]) -> int:
    """How many words at the front of a run are titles."""
    words = lexicon()
    told = [token.word for token in run]
    places = [
        n for n, w in enumerate(told[:9])
        if w in words.titles and (w not in words.given or n == 0 or told[n - 1] in words.titles)
    ]  # fmt: skip
    after = places[-1] + 1 if places else 0
    business = [
        n
        for n, w in enumerate(told)
        if (w in words.organisation or w.strip(".") in words.organisation) and w not in words.titles and not w.isupper()
    ]
    if business and not (
        places
        and 0 < len(told) - after < 5
        and max(business) < after
        and (len(told) - after > 1 or told[after - 2] in words.titles)
    ):
        return 0
    if not places:
        return 1 if len(told) > 2 and told[0] in words.demonyms else 0
    return len(told) if after >= len(told) or told[after] in words.inner else after
