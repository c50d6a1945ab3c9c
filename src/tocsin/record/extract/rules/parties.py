"""Names in a sentence by their capitals, their particles and the words around them: the parties of legal measures."""

from __future__ import annotations

import calendar
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import EntityType, Span
from tocsin.record.extract.rules.bodies import bodies_in
from tocsin.record.extract.rules.instruments import instruments_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"(?:and|the|vessels?|of|by|for|with|from|to|AKA|FKA|DOB|POB)(?=[A-Z][a-z])|[\u2018'\u2019`\u02bf]?[^\W_](?:(?!(?<=[a-z)])(?:AKA|DOB|POB|FKA|PPN)(?![a-z]{2}))[\w\u2019'\u2018`.&/\u02bf-])*"
)
_ARTICLE = re.compile(r"(?:al|el|ul|as|at|ad|ar|az|an|ash|Al|El)[-\u2010-\u2014]['\u2018\u2019`]?[^\W\d_]")
_DOTTED = re.compile(
    r"(?:[^\W\d_]{1,2}\.){2,}$|(?:Ltd|Inc|Corp|Co|Jr|Sr|St|Pte|Dr|Mr|Mrs|Ms|Gen|Col|Maj|Lt|Brig|Adm|Capt)\.$|^[A-Z]\.$"
)
_POSSESSIVE = re.compile(r"(?:['\u2019]s|(?<=s)['\u2019])$")
_OF_THE_NAME = re.compile(
    r"(?:People|Men|Women|Children|Martyr|Believer|Worker|Farmer|Doctor|Teacher|Lord|Mother|Moslem|Jama|Jam)s?['\u2019]"
)
_OFFICE = re.compile(r"\b(?:Minister|Secretary|Director|Members?|Governor|Chief)\s+(?:of|for)\s+(?:the\s+)?$")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_GAP = re.compile(r"['\u2019]?[\s\u200b]+(?:&\s+)?")

_INITIALS = re.compile(r"\s*\(\W{0,4}(?:the\s+)?([A-Z][A-Za-z]{1,8})\b")
_OF = re.compile(r"\s+(?:of|for|in|and)\s+(?:the\s+)?")
_FIRMS = frozenset({"Inc", "Ltd", "LLC", "L.L.C", "Limited", "S.A", "SA", "GmbH", "S.A.L", "SAL", "SARL", "PLC", "JSC"})
_SUFFIXES = frozenset(
    {
        "Inc",
        "Ltd",
        "LLC",
        "L.L.C",
        "Limited",
        "S.A",
        "SA",
        "GmbH",
        "Co",
        "Corp",
        "S.A.L",
        "SAL",
        "SARL",
        "PLC",
        "JSC",
        "OOO",
        "AO",
        "OAO",
        "ZAO",
        "PAO",
        "PJSC",
        "OJSC",
        "CJSC",
        "S.R.O",
        "S.R.L",
        "SRL",
        "S.A.R.L",
        "AG",
        "B.V",
        "N.V",
        "A.S",
        "LLP",
        "FZE",
        "FZCO",
        "W.L.L",
        "DOO",
        "S.P.A",
        "EOOD",
    }
)
_MONTHS = frozenset(calendar.month_name[1:])
_BREAKS = frozenset({"Designation", "Designations"})  # of headings, run into the names that follow
_OFFICES = frozenset(
    {"Minister", "President", "Chairman", "Governor", "Ambassador", "Commander", "Director", "Adviser"}
)
_NO_PARTY = frozenset({"Member", "Members", "Regulations", "Act", "Resolution", "Report"})
_GENERIC = frozenset(
    {
        "Company",
        "Organization",
        "Center",
        "Institute",
        "Establishment",
        "Administration",
        "Corporation",
        "Committee",
        "Office",
    }
)
WRAPPED = 55  # characters from which a line is taken to go on in the next


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `parties.toml`."""

    particles: frozenset[str]
    inner: frozenset[str]
    heads: frozenset[str]
    organisation: frozenset[str]
    titles: frozenset[str]
    given: frozenset[str]
    openers: frozenset[str]
    nobody: frozenset[str]
    places: frozenset[str]
    attributes: frozenset[str]
    demonyms: frozenset[str]
    trades: frozenset[str]
    portfolios: frozenset[str]
    function: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The words as the data file has them."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("parties.toml").read_text("utf-8"))
    return Lexicon(**{name: frozenset(told[name]) for name in Lexicon.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text; `owner` where it ends in a possessive, which is left out of it."""

    start: int
    end: int
    word: str
    owner: bool = False


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
    return bool(bare) and (bare[0].isupper() or _ARTICLE.match(bare) is not None)


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
        for run in _runs(tokens_of(sentence), text)
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
    bracket = _INITIALS.match(text, right.span.end)
    if bracket is None or left.owner or right.title is not None:
        return False
    between = _OF.fullmatch(text, left.span.end, right.span.start)
    initials = _initials((*left.tokens, *right.tokens))
    return between is not None and len(initials) > len("AB") and bracket[1] == initials


def _abbreviated(name: Name, text: str) -> Name:
    """Only the end of a name where an abbreviation in brackets stands for that: 'Ground Forces of the Blue Guard (BG)'."""
    bracket = _INITIALS.match(text, name.span.end)
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


def _runs(tokens: Sequence[Token], text: str) -> Iterator[tuple[Token, ...]]:
    """Stretches of words that make one name, titles and all."""
    at = 0
    while at < len(tokens):
        label = tokens[at].word == "Information" and at > 0 and tokens[at - 1].word == "Identifying"
        article = tokens[at].word in {"al", "el"} and at + 1 < len(tokens) and tokens[at + 1].word[0].isupper()
        ordinal = _ORDINAL.fullmatch(tokens[at].word) and at + 1 < len(tokens) and tokens[at + 1].word[0].isupper()
        if (
            label
            or not (article or ordinal or is_name_word(tokens[at].word))
            or tokens[at].word in lexicon().openers | _BREAKS
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
    if word.strip(".") in _SUFFIXES and text[tokens[last].end : tokens[k].start].strip() == ",":
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
    if not _joined(tokens, last, text) or _begins_anew(tokens, first, k):
        return None
    if word in _BREAKS or (word in words.openers and word not in {"For", "Of", "And", "The"}):
        return None
    if is_name_word(word) or (word.isdigit() and len(word) < 4):
        return k
    if k + 1 >= len(tokens) or not _joined(tokens, k, text):
        return None
    beyond = k + 1
    led = word in words.inner if tokens[beyond].word == "the" else {word, tokens[beyond].word} <= words.particles
    if led and beyond + 1 < len(tokens) and _joined(tokens, beyond, text):
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
    return beyond if word in {"and", "&"} and _goes_on_after_and(tokens, before, beyond, text) else None


def _behind_bracket(tokens: Sequence[Token], at: int, text: str) -> int | None:
    """The 'Limited' of 'Cedar Group (HK) Limited', where a bracket opens before a word."""
    behind = next(
        (k for k in range(at + 1, min(at + 4, len(tokens))) if ")" in text[tokens[k - 1].end : tokens[k].start]), None
    )
    if (
        behind is None
        or tokens[behind].word.strip(".") not in _SUFFIXES
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


def _joined(tokens: Sequence[Token], at: int, text: str) -> bool:
    gap = text[tokens[at].end : tokens[at + 1].start]
    if tokens[at].owner or _GAP.fullmatch(gap) is None:
        return False
    return "\n" not in gap or tokens[at].end - text.rfind("\n", 0, tokens[at].end) > WRAPPED


def _is_firm(text: str, tokens: Sequence[Token], at: int, last: int, before: Sequence[str]) -> bool:
    """'Castle Tents and Awnings LLC': one word and the form of a firm behind 'and', neither side said alone anywhere."""
    after = [t.word for t in tokens[at : last + 1]]
    own = [w for w in after if not _ARTICLE.match(w) and w not in {"Al", "El", "al", "el"}]
    if len(own) != len("AB") or own[1].strip(".") not in _FIRMS or before[-1].strip(".") in _FIRMS:
        return False
    behind, ahead = " ".join(after), " ".join(before)
    whole = re.compile(rf"{re.escape(ahead)}\s+(?:and|&)\s+{re.escape(behind)}")
    count = len(whole.findall(text))
    return count > 0 and count == text.count(behind) == text.count(ahead)


def _goes_on_after_and(  # noqa: C901, PLR0911  # one return for each way in which a name goes on
    tokens: Sequence[Token], before: Sequence[str], at: int, text: str
) -> bool:
    """'Ministry of Oil and Water' is one name; so is 'Amin and Omar Trading Limited'; 'Badr and Oil Ministry' is not."""
    words = lexicon()
    after = [tokens[at].word]
    k = at
    while k + 1 < len(tokens) and _joined(tokens, k, text) and is_name_word(tokens[k + 1].word):
        k += 1
        after.append(tokens[k].word)
    if (len(after) == 1 and after[0].isupper()) or all(w in words.places for w in before):
        return False
    if after[0] in words.heads and any(w in words.inner for w in before):
        return after[0] not in {"Ministry", "Department", "Organization", "Bank", "Office", "Center", "Directorate"}
    if before[-1] in words.trades and after[0] in words.trades:
        return True  # 'Engineering and Contracting'
    if _is_firm(text, tokens, at, k, before):
        return True
    if any(w in words.inner for w in before):
        if len(after) > 1 and after[-1] in _GENERIC and after[0] not in words.trades:
            return False
        return len(after) <= 3 and not any(_ARTICLE.match(w) for w in after)
    initials = "".join(w[0] for w in (*before, *after) if w[0].isupper())
    bracket = _INITIALS.match(text, tokens[k].end)
    if bracket and len(bracket[1]) > 1 and initials.upper().endswith(bracket[1].upper()):
        return True
    if len(after) <= 3 and after[-1] in _GENERIC and len(before) > 1 and before[-1] not in words.organisation:
        return any(w in words.organisation or w in words.heads or w in words.places for w in before)
    business = any(w.strip(".") in words.organisation for w in after[1:])
    if business and after[0] in words.trades and before[-1].strip(".") not in _SUFFIXES:
        return True
    if len(after) > 3 or after[0] in words.demonyms or after[0] in words.places:
        return False
    return (
        len(before) == 1
        and business
        and not after[0].isupper()
        and before[0] not in words.heads
        and not before[0].isupper()
    )


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
        kept[-1].word in _NO_PARTY
        or (len(kept) > 1 and kept[-1].word in _OFFICES)
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
