"""The body that a post is of: before its title or behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.rules.bodies import bodies_in
from tocsin.record.extract.rules.party_words import lexicon as party_words
from tocsin.record.extract.rules.posts.appointed import put_by
from tocsin.record.extract.rules.posts.words import BODY, CAPITAL, lexicon

if TYPE_CHECKING:
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch

BRACKET = r"(?:\s*\((?P<abbr>[^()]{1,60})\))"
_HEADS = (
    "Office|Ministry|Department|Bureau|Directorate|Council|Committee|Board|Bank|Institute|Center|Organization|Commission"
    "|Agency|Government"
)
_RUN = re.compile(rf"(?:(?:{_HEADS})[ ](?:of|for)[ ](?:the[ ])?)?(?:(?:al[ ])?{CAPITAL}[ \n])*(?:al[ ])?{CAPITAL}$")
ATTRIBUTE = re.compile(
    r"(?:[A-Z][\w.]*(?:\s[A-Z][\w.]*)?-(?:based|designated|backed|linked|aligned|sanctioned|owned|controlled|affiliated|registered)\s+)+"
    r"(?:(?:[a-z-]+\s+){0,3}(?:company|companies|firms?|banks?|entity|entities|subsidiary|subsidiaries)\s+)?(?=[A-Z])"
)
_QUALIFIES = re.compile(
    r"\s+(?:[a-z-]+\s+){0,2}?(?:company|companies|firm|firms|networks|group|groups|officials?|operations|branches|front|"
    r"financiers?|facilitators?|fighters|cells)\b"
)
"""Words behind a name that make it only qualify what follows ('the X front company Y')."""
_WORD = r"(?:al-[A-Z][\w\u2019'-]*|[A-Z][a-z][\w\u2019'-]*|[A-Z]\.)"
_PERSON_RUN_IN = re.compile(
    rf"(?P<body>(?:{CAPITAL}\s+(?:(?:of|for|and)\s+)?){{0,5}}(?P<head>Control|Bureau|Directorate|Department|Agency|Administration|Judiciary))"
    rf"\s+(?P<person>{_WORD}(?:\s+{_WORD}){{1,3}})(?=\s*(?:[(,.;:]|$|\s[a-z]))"
)
"""A body with the name of its holder right behind it: 'Director of the Office of Foreign Trade Control X Y'."""
_DATED = re.compile(
    r"\s+(?:in|on|since|until|by)\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
"""Where a date begins that ran into a name ('the Service in September 2019')."""
_NO_BODY = frozenset({"Delivery", "Release", "Testimony", "Statement", "Remarks"})
"""Words of headings that run into the title behind them ('As Prepared for Delivery Chairman X')."""
_ADVISES = re.compile(r"(?:advis[eo]r|ambassador|envoy|representative|commissioner|deputy|aide)s?\s*$", re.IGNORECASE)


def body_before(stretch: Stretch, at: int) -> Span | None:
    """The body right before a title that begins at an offset of the sentence; None where there is none."""
    words, base = stretch.span.words, stretch.span.start
    bracket = re.search(rf"{BRACKET}\s+$", words[:at])
    if bracket:
        return _in_brackets(words, bracket, base)
    owner = re.search(r"(?:['\u2019]s?)?\s+$", words[:at])
    end = owner.start() if owner else at
    if owner is None or end == 0:
        return None
    for name in stretch.names:
        if name.span.end == base + end:
            begins = (name.title.start if name.title else name.span.start) - base
            return None if _is_put_there(name, words, begins) else name.span
    return _capitals_before(words, end, base)


def _is_put_there(name: Name, words: str, at: int) -> bool:
    """Whether a name before a title is that of a person put into it: 'the council elected X speaker'."""
    return not name.is_organisation and len(name.tokens) > 1 and put_by(words, at) is not None


def _in_brackets(words: str, bracket: re.Match[str], base: int) -> Span | None:
    """The body whose short form stands in brackets before a title: its whole name where the brackets abbreviate it."""
    inside = bracket["abbr"]
    if re.fullmatch(r"(?:the\s+)?[A-Z][\w-]{1,9}", inside):
        low = bracket.start("abbr") + (4 if inside.startswith("the ") else 0)
        spelled = _spelled(words[: bracket.start()], words[low : bracket.end("abbr")])
        if spelled is not None:
            return Span(base + spelled, base + bracket.start(), words[spelled : bracket.start()])
        return Span(base + low, base + bracket.end("abbr"), words[low : bracket.end("abbr")])
    return None


def _capitals_before(words: str, end: int, base: int) -> Span | None:
    low = _run_start(words, end)
    if low is None:
        return None
    said = words[low:end]
    possessor = re.search(r"['\u2019]s\s", said)
    said = said[: possessor.start()] if possessor else said
    if (
        not said
        or said in _NO_BODY
        or all(w in lexicon().ranks for w in said.split())
        or lexicon().noun.fullmatch(said)
    ):
        return None
    return Span(base + low, base + low + len(said), said)


def _run_start(words: str, end: int) -> int | None:
    """Where the capitalised words begin that end at an offset; words that open a sentence are none of them."""
    lead = max(end - 90, 0)
    run = _RUN.search(words[lead:end])
    if run is None:
        return None
    at = lead + run.start()
    for word in re.finditer(r"\S+\s*", words[at:end]):
        bare = word.group().strip().rstrip(":-.*")
        opens = bare in party_words().openers and bare not in {"Treasury", "OFAC"}
        if opens or bare in {"Senior", "Deputy", "Acting", "Former", "Vice", "Name", "Title", "Role", "Said"}:
            at = lead + run.start() + word.end()
    return at if at < end else None


def _spelled(before: str, short: str) -> int | None:
    """Where the words begin that an abbreviation behind them in brackets stands for."""
    starts = [m.start() for m in re.finditer(r"\S+", before)]
    for low in reversed(starts[-8:]):
        parts = [w for w in re.split(r"[\s-]+", before[low:]) if w and w not in {"of", "the", "in", "for", "and"}]
        if "".join(w[0] for w in parts).casefold() == short.replace("-", "").casefold():
            return low
    return None


def bodies_behind(stretch: Stretch, at: int) -> tuple[tuple[Span, ...], int]:
    """The bodies behind a title and where they end."""
    words, base = stretch.span.words, stretch.span.start
    to = "|to" if _ADVISES.search(words[:at]) else ""
    link = re.compile(
        rf"(?:\s*\([A-Z][A-Za-z]{{1,5}}\))?(?:\s+and\s+(?:[a-z-]+\s+)?(?:co-)?(?:owner|founder|shareholder|operator))?,?\s+(?:of|for|at|in|with|within{to})\s+(?:both\s+)?(?:[Tt]he\s+)?(?=[A-Z\u2018'\u2019]|al-)"
    ).match(words, at)
    if link is None:
        return (), at
    inside = re.search(r"\b(?:in|at|to|with|for)\s", link.group()) is not None
    first = _body_at(stretch, link.end())
    if (
        first is None
        or _is_titled(words, first, base)
        or (inside and " in " in f" {link.group()}" and not is_body(stretch, first))
    ):
        return (), at
    if _QUALIFIES.match(words, first.end - base):
        return (), at
    own = re.compile(rf"\s+(?:{lexicon().groups}|team|regime|government|forces)\b").match(words, first.end - base)
    if own:
        first = Span(first.start, base + own.end(), words[first.start - base : own.end()])
    bodies = [first]
    end = first.end - base
    join = re.compile(rf"{BRACKET}?(?:,\s+(?:and\s+)?|\s+and\s+)(?:the\s+)?(?=[A-Z\u2018'\u2019]|al-)")
    while (link := join.match(words, end)) is not None:
        following = _body_at(stretch, link.end())
        if following is None or not is_body(stretch, following) or _starts_person(stretch, following):
            break
        bodies.append(following)
        end = following.end - base
    bracket = re.compile(BRACKET).match(words, end)
    return tuple(bodies), bracket.end() if bracket else end


def _is_titled(words: str, body: Span, base: int) -> bool:
    """Whether what seems a body is the title of a person named behind it: 'an aide to Minister X'."""
    nouns = [m for m in lexicon().noun.finditer(body.words) if m.end() == len(body.words)]
    of = nouns and re.search(r"\b(?:of|for|the)\s+(?:\w+\s+)?$", body.words[: nouns[0].start()])
    return bool(nouns) and not of and re.match(r"\s+[A-Z]", words[body.end - base :]) is not None


def _starts_person(stretch: Stretch, body: Span) -> bool:
    """Whether a title begins where a further body seems to: 'head of A and Treasury Secretary B'."""
    behind = stretch.span.words[body.end - stretch.span.start :]
    return (
        re.match(
            r"\s+(?:[a-z]+\s+)?(?:[Oo]fficial|[Cc]ommander|[Ll]eader|[Ss]ecretary|[Mm]inister|[Dd]irector|[Hh]ead)\b",
            behind,
        )
        is not None
    )


def is_body(stretch: Stretch, span: Span) -> bool:
    """Whether words are an organisation's name, or letters that stand for one."""
    return any(n.is_organisation and n.span.start < span.end and span.start < n.span.end for n in stretch.names) or (
        re.fullmatch(r"[A-Z][A-Z-]{1,9}", span.words) is not None
    )


def _body_at(stretch: Stretch, at: int) -> Span | None:
    words, base = stretch.span.words, stretch.span.start
    owned = re.compile(r"[A-Z][\w-]+['\u2019]s\s+(?=[A-Z])").match(words, at)
    if owned:
        return _body_at(stretch, owned.end())
    attribute = ATTRIBUTE.match(words, at)
    if attribute:
        return _body_at(stretch, attribute.end())
    public = next((b.span for b in bodies_in(stretch.span) if b.span.start == base + at), None)
    if public is not None and len(public.words.split()) > 1:
        return public
    run = _PERSON_RUN_IN.match(words, at)
    if run and run["body"].split()[0] != run["head"] and not _is_no_name(run["person"]):
        return Span(base + at, base + run.end("body"), run["body"])
    for name in stretch.names:
        if name.owner and re.match(r"['\u2019]\s+[A-Z]", words[name.span.end - base :]):
            continue  # 'Workers' Party'

        low = name.title.start if name.title and name.is_organisation else name.span.start
        if low == base + at:
            dated = _DATED.search(words, at, name.span.end - base)
            high = dated.start() if dated else name.span.end - base
            return Span(low, base + high, words[at:high])
    return _as_capitals_say(stretch, at)


def _is_no_name(words: str) -> bool:
    """Whether capitalised words behind a body can be part of its name: organisations' words, lands and nations."""
    told = party_words()
    return any(w in told.organisation or w in told.places or w in told.demonyms for w in words.split())


def _as_capitals_say(stretch: Stretch, at: int) -> Span | None:
    """A body that no name marks: as far as its capitals and the words between them go."""
    words, base = stretch.span.words, stretch.span.start
    match = re.compile(BODY).match(words, at)
    if match is None:
        return None
    said = match.group()
    inner = [
        n.span.start - base - at for n in stretch.names if at < n.span.start - base < match.end() and len(n.tokens) > 1
    ]
    if inner and not any(n.span.end - base >= match.end() and n.is_organisation for n in stretch.names):
        said = re.sub(r"\s+(?:and|the|of|for)\s*$", "", said[: inner[0]].rstrip())
    said = said if said.endswith("S.") else re.sub(r"(?:['\u2019]s)?[.,'\u2019 ]*$", "", said)
    said = re.split(r"\s+and\s+", said)[0] if lexicon().noun.search(said) else said
    said = re.sub(r"(?<=\bU\.S\.)\s+(?:At|In|On|The|He|She)$", "", said)
    if not said or lexicon().noun.fullmatch(said):
        return None  # 'an adviser to President X'
    return Span(base + at, base + at + len(said), said)
