"""Who holds a title: the name behind it, the name before it, the subject of its sentence, a pronoun."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tocsin.record.extract.rules.party_tokens import WRAPPED
from tocsin.record.extract.rules.posts.appointed import appointed, is_appointer
from tocsin.record.extract.rules.posts.office import Office
from tocsin.record.extract.rules.posts.offices import chains_of, offices_in
from tocsin.record.extract.rules.posts.people import (
    ADVERBS,
    BETWEEN,
    NAME_AS_WRITTEN,
    Held,
    listed_before,
    listed_with,
    people,
    person_at,
    pronoun_at,
)
from tocsin.record.extract.rules.posts.verbs import led_by_verbs
from tocsin.record.extract.rules.posts.words import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch

_AND_ALSO = r"and\s+(?:[a-z]+ly\s+|also\s+|now\s+)*"
_ONE_ALSO = rf"(?:the|an?)\s+(?:[\w\u2019'-]+\s+){{1,6}}{_AND_ALSO}"
"""Another description that a title is joined to: 'the main adviser and ...'."""
_ALSO = (
    rf"(?:{_ONE_ALSO}|[a-z-]+(?:er|or|ist|ian)\s+{_AND_ALSO}"
    r"|(?:(?:(?:the|an?)\s+)?(?!(?:which|who|that|where|when|including|amended)\b)[a-z][\w\u2019'-]*(?:\s+[a-z][\w\u2019'-]*){0,2},\s+){1,3}"
    r"(?:and\s+)?)?"
)
"""The same, or several: 'founder, owner, and ...'."""
_INCLUDING = re.compile(
    r"(?:,?\s+(?:including|such as|namely)|(?:\s+(?!who\b|which\b|that\b)[\w-]+){0,6}?\s+includ(?:es?|ed|ing))\s+(?:both\s+)?"
)
"""What stands between a title and those of its holders who are named."""
_KIN = re.compile(
    r"\b(?:father|mother|brother|sister|son|daughter|cousin|nephew|uncle|wife|husband|widow|relative|in-law)s?\s+(?:of|to)\s+(?:\w+\s+)?$"
)
"""What stands before a name that only says whose kin somebody is: the title behind may be of either."""
_DESCRIBED = re.compile(rf"{BETWEEN},\s+(?:an?|the|[a-z-]+)\s[^,;]*")
_ONE_SEAT = frozenset({"prime minister", "president", "chancellor", "king", "foreign secretary", "foreign minister"})
"""Titles that nobody holds together with the next: 'Prime Minister and President X'."""
_IS_NAMED = re.compile(r"\s+(?:(?:in|at)\s+[A-Z][\w-]+\s+)?is\s+(?=[A-Z])")
"""What stands between a title and its holder who is named behind: 'the director of X is Y'."""
_RESPECTIVELY = re.compile(r"[^.;]{0,40}?,?\s+respectively\b")
_HE = re.compile(r"\b(?:He|She|he|she)\b")


@cache
def _frames() -> dict[str, re.Pattern[str]]:
    told = lexicon()
    ranks = "|".join(re.escape(w) for w in told.ranks)
    return {
        "apposition": re.compile(rf"{BETWEEN}\s*(?:,|[\u2013\u2014]|\s-\s|--|-(?=(?:the|an?)\s))\s*{_ALSO}"),
        "apposition by article": re.compile(r"\s+"),
        "listed": re.compile(r"\s*\((?:DOB|POB|born)[^()]*\)?[^()]{0,40}[;,]\s*"),
        "copula": re.compile(
            rf"{BETWEEN}(?:,\s+(?:an?|who)\s[^,;.]{{2,120}},)?,?\s*(?:who\s+)?{ADVERBS}(?P<link>{told.copulas})\s*"
        ),
        "copula before": re.compile(rf"(?<![\w-])(?P<link>{told.copulas})\s+{_ALSO}$"),
        "role before": re.compile(rf"(?:^|[\s,(])(?P<link>{told.roles})\s+(?:{_ONE_ALSO})?$"),
        "name behind": re.compile(
            r"(?:\s+and\s+(?:Specially\s+Designated\s+Global\s+Terrorist|[A-Z]{2,6}))?(?:\s*\([^()]*\))?,?\s*(?::\s*)?"
            rf"(?:(?:{ranks})\s+)*(?P<name>{NAME_AS_WRITTEN})"
        ),
    }  # fmt: skip


def posts_in(stretch: Stretch) -> tuple[Held, ...]:
    """The posts that one sentence says, each once."""
    found: dict[tuple[int, int, int], Held] = {}
    for chain in chains_of(stretch, offices_in(stretch)):
        for held in _held(chain, stretch):
            body = held.office.organisation
            found.setdefault((held.person.span.start, held.office.post.start, body.start if body else 0), held)
    for held in led_by_verbs(stretch):
        found.setdefault((held.person.span.start, held.office.post.start, 0), held)
    return tuple(found.values())


_EARLY = 30
"""Characters before the subject at most, where a predicate is joined to another."""


_NO_POST = re.compile(
    r"\bpersons?\s+(?:who\s+(?:is|are|was|were)\s+)?appointed\s+to\s+(?:a\s+)?positions?\s+as\s+(?:an?\s+)?$"
    r"|\b(?:(?:styl|describ|present|portray|call|pass|pos)(?:e|es|ed|ing)\s+(?:of|off)?\s*"
    r"(?:themselves|himself|herself|itself)?|disguised|masquerad(?:ed|ing)|posed|posing)\s+as\s+(?:an?\s+)?$"
    r"|\bfor\s+an?\s[^,;]*\bto\s+be\s[^,;]*\bas\s[^,;]*$"
)
"""What stands before words that only look like a title: a law's own words, and who passes for what they are not."""


def _held(chain: Sequence[Office], stretch: Stretch) -> Iterator[Held]:
    if _NO_POST.search(stretch.span.words[: chain[0].post.start - stretch.span.start]):
        return
    behind, comma = _behind(chain[-1], stretch)
    put = appointed(stretch, chain[0].start - stretch.span.start)
    before = (
        ((put[0], "copula", put[1], False),)
        if put
        else tuple(_before(chain, stretch, followed=bool(behind) and not comma))
    )
    behind = () if before and comma else behind
    if len(before) == len(chain) > 1 and _RESPECTIVELY.match(stretch.span.words, chain[-1].end - stretch.span.start):
        for office, one in zip(chain, before, strict=True):
            yield from _each((office,), (one,))
    elif before and behind:
        if len(chain) > 1:
            yield from _each(chain[:-1], before)
        yield from _each(chain[-1:], [(name, "title", "", False) for name in behind])
    elif before:
        yield from _each(chain, before)
    else:
        first = stretch.span.words[chain[0].start - stretch.span.start :]
        apart = first.startswith(("The ", "the ")) or chain[0].post.words.casefold() in _ONE_SEAT
        apart = apart and len(chain) > 1 and chain[-1].post.words[:1].isupper()
        yield from _each(chain[-1:] if apart else chain, [(name, "title", "", False) for name in behind])


def _each(chain: Sequence[Office], holders: Sequence[tuple[Name, str, str, bool]]) -> Iterator[Held]:
    for office in chain:
        for name, frame, link, pronoun in holders:
            for body in (office.organisation, *office.more):
                one = Office(office.post, body, office.start, office.end, office.over, office.plural)
                yield Held(name, one, frame, link, pronoun)


def _behind(office: Office, stretch: Stretch) -> tuple[tuple[Name, ...], bool]:
    """The names right behind a title, and whether a comma stands between: 'Treasury Secretary X', 'the head of Y, X,'."""
    words, at = stretch.span.words, office.end - stretch.span.start
    including = (_INCLUDING if office.plural else _IS_NAMED).match(words, at)
    match = _frames()["name behind"].match(words, including.end() if including else at)
    if match is None or not re.match(r"[\s,:(]", words[at : at + 1]):
        return (), False
    gap = words[at : match.start("name")]
    comma = "," in gap or ":" in gap
    apart = "\n" in gap and at - words.rfind("\n", 0, at) < WRAPPED
    rank = all(w in lexicon().ranks for w in office.post.words.split()) and office.organisation is None
    if apart or rank or (comma and not including and not _may_be_apposed(office, stretch, match)):
        return (), False
    first = person_at(stretch, match.start("name"), match.end("name"))
    whole_name = not including if office.plural else (including is not None or comma)
    if first is None or (whole_name and len(first.tokens) < 2) or (including and not office.plural and first.owner):
        return (), False
    return (listed_with(stretch, first) if office.plural else (first,)), comma


def _may_be_apposed(office: Office, stretch: Stretch, match: re.Match[str]) -> bool:
    """Whether a name behind a comma can be the holder's: the title has its determiner or portfolio, and the name ends there."""
    words, base = stretch.span.words, stretch.span.start
    lead = words[office.start - base : office.post.start - base]
    defined = (
        office.plural
        or (office.start == base and re.match(r"(?:An?|One of)\b", lead) is not None)
        or re.match(r"(?:the|its|their|his|her)\b", lead, re.IGNORECASE) is not None
        or lead.endswith(("s ", "\u2019 "))
    )
    if office.organisation is not None and office.organisation.end <= office.post.start and not office.plural:
        defined = True
    long = len(office.post.words.split()) > 3 and office.organisation is None and office.post.words[0].isupper()
    after = words[match.end("name") :]
    opening = office.start == base and re.match(r"\s+[a-z]", after) is not None
    return (defined and opening) or (
        (defined or long) and re.match(r"\s*(?:\(|[,.;:\u201d]|$|(?:has|is|was|said|told|and)\b)", after) is not None
    )


def _before(chain: Sequence[Office], stretch: Stretch, *, followed: bool) -> Iterator[tuple[Name, str, str, bool]]:
    words, base = stretch.span.words, stretch.span.start
    start = chain[0].start - base
    article = words[start : start + 4] == "the " and chain[0].organisation is None and not chain[0].plural
    for frame in ("apposition", "listed", "copula", *(("apposition by article",) if article else ())):
        for name in reversed(people(stretch)):
            if name.span.end - base > start or (name.owner and frame != "copula"):
                continue
            match = _frames()[frame].fullmatch(words, name.span.end - base, start)
            if match is None or _is_anothers(frame, stretch, name):
                continue
            if frame.startswith("apposition") and followed and len(chain) == 1:
                return
            link = match["link"] if frame == "copula" else ""
            holders = (
                listed_before(stretch, name) if frame == "copula" and (chain[0].plural or _is_many(link)) else (name,)
            )
            for holder in holders:
                yield holder, frame.split()[0], link, False
            return
    for frame in ("copula before", "role before"):
        match = _frames()[frame].search(words, 0, start)
        if match is None or (followed and len(chain) == 1):
            continue
        kind = frame.split()[0]
        for name, pronoun in _subject(stretch, match.start("link"), kind, plural=chain[0].plural):
            yield name, kind, match["link"], pronoun
        return


def _is_anothers(frame: str, stretch: Stretch, name: Name) -> bool:
    """Whether a name stands in what is said of another: 'the brother of B, ...', 'A, the brother of B, is ...'."""
    words, base = stretch.span.words, stretch.span.start
    if frame.startswith("apposition"):
        return _KIN.search(words, 0, name.span.start - base) is not None
    if frame != "copula" or re.match(rf"{BETWEEN},\s", words[name.span.end - base :]) is None:
        return False
    before = [n for n in people(stretch) if n.span.end <= name.span.start]
    return any(_DESCRIBED.fullmatch(words, n.span.end - base, name.span.start - base) for n in before)


def _is_many(link: str) -> bool:
    return re.match(r"(?:are|were|have|serve\b)", link) is not None


def _subject(stretch: Stretch, at: int, kind: str, *, plural: bool) -> Iterator[tuple[Name, bool]]:
    """The subject of a predicate that does not follow it at once: the only person before it, else a pronoun."""
    words, base = stretch.span.words, stretch.span.start
    before = [n for n in people(stretch) if n.span.end - base <= at and not n.owner and not is_appointer(stretch, n)]
    before = [n for n in before if not any(_is_alias(words, one, n, base) for one in before)]
    clause = max((m.end() for m in re.finditer(r";\s|:\s|,\s(?:but|while|whereas)\s", words[:at])), default=0)
    pronouns = list(_HE.finditer(words, clause, at))
    inside = [n for n in before if n.span.start - base >= clause]
    if pronouns and (
        not inside or pronouns[-1].start() < 40 or words[pronouns[-1].end() : at].strip() in {"", "also", "has"}
    ):
        he = pronouns[-1]
        nearer = [n for n in inside if n.span.start - base > he.end()]
        if not nearer or kind == "copula":
            yield pronoun_at(stretch, he), True
            return
    if kind == "role" and not inside:
        behind = _first_behind(stretch, at)
        opened = re.compile(r"[^;:]*?,\s+(?=he\s|she\s)").match(words, at)
        low = _HE.match(words, opened.end()) if opened else None
        if low and not (behind and behind[0].span.start - base < low.start()):
            yield pronoun_at(stretch, low), True
            return
        yield from ((n, False) for n in behind)
        return
    if not inside:
        return
    first = inside[0]
    listed = listed_with(stretch, first)
    if len(listed) > 1 and (plural or len(listed) == len(inside)):
        yield from ((n, False) for n in listed)
        return
    joined = kind == "copula" and re.search(r"\band\s+(?:also\s+)?$", words[:at]) is not None
    if joined and first.span.start - base < _EARLY:
        yield first, False
        return
    distinct = {n.span.words.split()[-1] for n in inside}
    if len(distinct) == 1 or (
        kind == "role" and re.match(r"for|by|through|in", words[at:]) and first.span.start - base < 60
    ):
        yield first, False


def _is_alias(words: str, one: Name, other: Name, base: int) -> bool:
    """Whether a name only says what a person named before it is called besides."""
    called = re.compile(BETWEEN).match(words, one.span.end - base)
    return called is not None and one.span.end <= other.span.start < base + called.end()


def _first_behind(stretch: Stretch, at: int) -> tuple[Name, ...]:
    """'As head of Y, X ...': the name behind the comma."""
    words, base = stretch.span.words, stretch.span.start
    for name in stretch.names:
        low = (name.title.start if name.title else name.span.start) - base
        if (
            low > at
            and not name.is_organisation
            and not name.owner
            and re.search(r",\s+(?:[A-Z]\w+\s+)*$", words[:low])
        ):
            return (name,)
    return ()
