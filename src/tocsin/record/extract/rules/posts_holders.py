"""Who holds a title: the name behind it, the name before it, the subject of its sentence, a pronoun."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.rules.parties import WRAPPED, Name, tokens_of
from tocsin.record.extract.rules.parties import lexicon as party_words
from tocsin.record.extract.rules.posts_offices import BODY, Office, chains_of, lexicon, offices_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.extract.rules.stretches import Stretch

_NAME_WORD = r"(?:[A-Z]\.|[A-Z][^\W\d_]?[\w\u2019'-]*|(?:al|el|ul|ad|as|ash|az|an)-[\u2018'\u2019]?[A-Z][\w\u2019'-]*|\u2018[A-Z][\w-]+)"
_NAME = rf"{_NAME_WORD}(?:\s+(?:(?:bin|bint|ibn|abu|al|de|van|von|el|la)\s+)?{_NAME_WORD}){{0,5}}"
NAME = re.compile(_NAME)
"""A person's name by its capitals."""
_BETWEEN = r"(?:\s*(?:\([^()]*\)|\u201c[^\u201d]*\u201d|,?\s+(?:a\.?k\.?a\.?|also known as)\s+[^,;]{2,60}?))*"
_AND = r"\s*(?:,\s*(?:and\s+)?|\s+and\s+)"
_ADVERBS = r"(?:(?:also|currently|previously|formerly|later|reportedly|allegedly|has|had|have|,)\s+)*"
_ALSO = r"(?:(?:the|an?)\s+(?:[\w\u2019'-]+\s+){1,3}and\s+)?"
"""Another description that a title is joined to: 'the main adviser and ...'."""
_AFTER = "in|from|since|until|for|and|before|after|at|under|during|between|with|when|while|as|to|on|who|which|that|by|through"
_HE = re.compile(r"(?:He|She|he|she)\b")
_NO_NAME = re.compile(
    r"(?:The|In|On|As|At|By|For|Of|And|But|Treasury|State|OFAC|He|She|It|I|We|They|This|These|That|January|February|March|April|May|June|July|"
    r"August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Read|Title|DOB|Passport|SDGT|E\.O|U\.S|US|"
    r"Designation|Designations|Sanctions|Today|Location|Address|Name|AKA|General|Council|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Action|Actions|Designating|Concerning|Regarding|Identifying|Board|Office|Department|Ministry|Iraq|Iran|Syria|United|Deputy)\b"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A post as a sentence says it, before names are bound.

    Attributes:
        person: the name in the sentence, or the pronoun that stands for it.
        office: the post, with its body.
        frame: how the sentence says it: `title`, `apposition`, `copula`, `role`, `verb`, `list`.
        link: the words between the holder and the title ('was', 'became', 'for being'); empty for titles and appositions.
        pronoun: whether `person` is a pronoun.
    """

    person: Name
    office: Office
    frame: str
    link: str = ""
    pronoun: bool = False


@cache
def _frames() -> dict[str, re.Pattern[str]]:
    told = lexicon()
    ranks = "|".join(re.escape(w) for w in told.ranks)
    return {
        "apposition": re.compile(rf"{_BETWEEN}\s*(?:,|[\u2013\u2014]|\s-\s)\s*"),
        "apposition by article": re.compile(r"\s+"),
        "listed": re.compile(r"\s*\((?:DOB|POB|born)[^()]*\)?[^()]{0,40}[;,]\s*"),
        "copula": re.compile(rf"{_BETWEEN},?\s*(?:who\s+)?{_ADVERBS}(?P<link>{told.copulas})\s*"),
        "copula before": re.compile(rf"(?P<link>{told.copulas})\s+{_ALSO}$"),
        "role before": re.compile(rf"(?:^|[\s,(])(?P<link>{told.roles})\s+{_ALSO}$"),
        "name behind": re.compile(rf"(?:\s+and\s+[A-Z]{{2,6}})?(?:\s*\([^()]*\))?,?\s*(?::\s*)?(?:(?:{ranks})\s+)*(?P<name>{_NAME})"),
        "verb": re.compile(rf"{_BETWEEN},?\s*(?:who\s+)?{_ADVERBS}(?P<post>{told.leading})(?:\s+of)?\s+(?:the\s+)?(?P<org>{BODY})(?=\s*[,.;:()]|\s+(?:{_AFTER})\b|\s*$)"),
        "in charge": re.compile(
            rf"{_BETWEEN},?\s*(?:who\s+)?(?P<link>is|was|has\s+been|had\s+been)\s+(?:\w+ly\s+)?(?P<post>(?:second[\s-]+)?in[\s-](?:charge|command)(?!\s+of\s+\w+ing\b)"
            rf"(?:\s+of\s+(?:(?:the|an?|its|all)\s+)?(?!\w+ing\b)(?:[\w\u2019'-]+\s+){{0,5}}?[\w\u2019'-]+)?)(?=\s+(?:in|of|for|from|that|which|formerly|comprised)\b|\s*[,.;:(]|\s*$)"
        ),
        "verb passive": re.compile(rf"(?<![\w-])(?<!or\s)(?P<post>(?:headed|led|managed|chaired|commanded|directed|presided\s+over|run))\s+by\s+(?:[A-Za-z-]+\s+(?:businessman|national|citizen)\s+)?(?P<name>{_NAME})(?=\s*(?:[^\w\s]|$|and\b|who\b|to\b|in\b|for\b|since\b))"),
    }  # fmt: skip


def posts_in(stretch: Stretch) -> tuple[Held, ...]:
    """The posts that one sentence says, each once."""
    found: dict[tuple[int, int, int], Held] = {}
    for chain in chains_of(stretch, offices_in(stretch)):
        for held in _held(chain, stretch):
            body = held.office.organisation
            found.setdefault((held.person.span.start, held.office.post.start, body.start if body else 0), held)
    for held in _verbs(stretch):
        found.setdefault((held.person.span.start, held.office.post.start, 0), held)
    return tuple(found.values())


def people(stretch: Stretch) -> tuple[Name, ...]:
    """The persons' names of a sentence; what stands behind 'in' or 'The' is a place or a body."""
    words, base = stretch.span.words, stretch.span.start
    return tuple(
        n
        for n in stretch.names
        if _is_persons(n) and not re.search(r"\b(?:[Ii]n|[Nn]ear|[Aa]t|The)\s+$", words[: n.span.start - base])
    )


def _is_persons(name: Name) -> bool:
    """Whether a name can be a person's: no organisation, no heading's words, no land at its end."""
    lands = party_words().places
    return not name.is_organisation and not _NO_NAME.match(name.span.words) and name.words[-1] not in lands


_SHORTEST = 3
"""Characters of a name at least."""
_EARLY = 30
"""Characters before the subject at most, where a predicate is joined to another."""


def _held(chain: Sequence[Office], stretch: Stretch) -> Iterator[Held]:
    behind, comma = _behind(chain[-1], stretch)
    before = tuple(_before(chain, stretch, followed=bool(behind) and not comma))
    behind = () if before and comma else behind
    if before and behind:
        if len(chain) > 1:
            yield from _each(chain[:-1], before)
        yield from _each(chain[-1:], [(name, "title", "", False) for name in behind])
    elif before:
        yield from _each(chain, before)
    else:
        yield from _each(chain, [(name, "title", "", False) for name in behind])


def _each(chain: Sequence[Office], holders: Sequence[tuple[Name, str, str, bool]]) -> Iterator[Held]:
    for office in chain:
        for name, frame, link, pronoun in holders:
            for body in (office.organisation, *office.more):
                one = Office(office.post, body, office.start, office.end, office.over, office.plural)
                yield Held(name, one, frame, link, pronoun)


def _behind(office: Office, stretch: Stretch) -> tuple[tuple[Name, ...], bool]:
    """The names right behind a title, and whether a comma stands between: 'Treasury Secretary X', 'deputy ministers X and Y', 'the head of Y, X,'."""
    words, base = stretch.span.words, stretch.span.start
    at = office.end - base
    including = re.compile(r",?\s+(?:including|such as|namely)\s+").match(words, at) if office.plural else None
    match = _frames()["name behind"].match(words, including.end() if including else at)
    if match is None or (not including and not re.match(r"[\s,:(]", words[at : at + 1])):
        return (), False
    gap = words[at : match.start("name")]
    if "\n" in gap and at - words.rfind("\n", 0, at) < WRAPPED:
        return (), False
    comma = "," in gap or ":" in gap
    if comma and not including and not _may_be_apposed(office, stretch, match):
        return (), False
    if all(w in lexicon().ranks for w in office.post.words.split()) and office.organisation is None:
        return (), False
    first = _person_at(stretch, match.start("name"), match.end("name"))
    if first is None:
        return (), False
    if comma and len(first.tokens) < 2:
        return (), False
    return (_listed(stretch, first) if office.plural or including else (first,)), comma


def _may_be_apposed(office: Office, stretch: Stretch, match: re.Match[str]) -> bool:
    """Whether a name behind a comma can be the holder's: the title has its determiner or portfolio, and the name ends there."""
    words, base = stretch.span.words, stretch.span.start
    lead = words[office.start - base : office.post.start - base]
    defined = (
        office.plural
        or re.match(r"(?:the|its|their|his|her)\b", lead, re.IGNORECASE) is not None
        or lead.endswith(("s ", "\u2019 "))
    )
    long = len(office.post.words.split()) > 3 and office.organisation is None and office.post.words[0].isupper()
    after = words[match.end("name") :]
    return (defined or long) and re.match(r"\s*(?:\(|[,.;:\u201d]|$|(?:has|is|was|said|told|and)\b)", after) is not None


def _person_at(stretch: Stretch, low: int, high: int) -> Name | None:
    """The person's name that begins at an offset: as cut before, else as its capitals have it."""
    base = stretch.span.start
    for name in stretch.names:
        if name.span.start == base + low:
            return name if _is_persons(name) and stretch.span.words[max(low - 4, 0) : low] != "The " else None
    said = stretch.span.words[low:high]
    if _NO_NAME.match(said) or lexicon().noun.match(said):
        return None
    owner = re.search(r"(?:['\u2019]s|(?<=s)['\u2019])$", said)
    said = said[: owner.start()] if owner else said
    said = said.rstrip("'\u2019")
    said = said[:-1] if said.endswith(".") and not re.search(r"\b(?:Jr|Sr|[A-Z])\.$", said) else said
    cut = re.search(r"\s(?:Today|The|In|On|As|He|She|It|This|These)$", said)
    span = Span(
        base + low, base + low + len(said[: cut.start()] if cut else said), said[: cut.start()] if cut else said
    )
    tokens = tokens_of(Span(span.start, span.end, span.words))
    name = Name(span, tokens, owner is not None)
    return None if not tokens or len(said) < _SHORTEST or (name.is_organisation and len(tokens) > 0) else name


def _listed(stretch: Stretch, first: Name) -> tuple[Name, ...]:
    """A name with those joined to it: 'A and B', 'A, B, and C'."""
    names, words, base = [first], stretch.span.words, stretch.span.start
    for name in stretch.names:
        if name.span.start < names[-1].span.end or name.is_organisation:
            continue
        low = (name.title.start if name.title else name.span.start) - base
        if re.compile(rf"{_BETWEEN}{_AND}$").fullmatch(words[names[-1].span.end - base : low]) is None:
            break
        names.append(name)
    return tuple(names)


def _before(chain: Sequence[Office], stretch: Stretch, *, followed: bool) -> Iterator[tuple[Name, str, str, bool]]:
    words, base = stretch.span.words, stretch.span.start
    start = chain[0].start - base
    article = words[start : start + 4] == "the " and chain[0].organisation is None and not chain[0].plural
    for frame in ("apposition", "listed", "copula", *(("apposition by article",) if article else ())):
        for name in reversed(people(stretch)):
            if name.span.end - base > start or (name.owner and frame != "copula"):
                continue
            match = _frames()[frame].fullmatch(words, name.span.end - base, start)
            if match is None:
                continue
            if frame.startswith("apposition") and followed and len(chain) == 1:
                return
            link = match["link"] if frame == "copula" else ""
            holders = _ending(stretch, name) if frame == "copula" and (chain[0].plural or _is_many(link)) else (name,)
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


def _is_many(link: str) -> bool:
    return re.match(r"(?:are|were|have|serve\b)", link) is not None


def _ending(stretch: Stretch, last: Name) -> tuple[Name, ...]:
    """The names of the list that ends with this one."""
    named = [n for n in people(stretch) if n.span.end <= last.span.end]
    for first in named:
        listed = _listed(stretch, first)
        if last in listed:
            return listed[: listed.index(last) + 1]
    return (last,)


def _subject(stretch: Stretch, at: int, kind: str, *, plural: bool) -> Iterator[tuple[Name, bool]]:
    """The subject of a predicate that does not follow it at once: the only person before it, else a pronoun."""
    words, base = stretch.span.words, stretch.span.start
    before = [n for n in people(stretch) if n.span.end - base <= at and not n.owner]
    clause = max((m.end() for m in re.finditer(r";\s|:\s|,\s(?:but|while|whereas)\s", words[:at])), default=0)
    pronouns = [m for m in _HE.finditer(words, clause, at)]
    inside = [n for n in before if n.span.start - base >= clause]
    if pronouns and (
        not inside or pronouns[-1].start() < 40 or words[pronouns[-1].end() : at].strip() in {"", "also", "has"}
    ):
        he = pronouns[-1]
        nearer = [n for n in inside if n.span.start - base > he.end()]
        if not nearer or kind == "copula":
            yield _pronoun(stretch, he), True
            return
    if re.match(r"As\s*$", words[max(at, 0) : at + 3].strip() or "") and not inside:
        yield from ((n, False) for n in _first_behind(stretch, at))
        return
    if not inside:
        return
    first = inside[0]
    listed = _listed(stretch, first)
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


def _pronoun(stretch: Stretch, match: re.Match[str]) -> Name:
    base = stretch.span.start
    return Name(Span(base + match.start(), base + match.end(), match.group()), (), owner=False)


def _verbs(stretch: Stretch) -> Iterator[Held]:
    """'X leads Y', 'X was in charge of Y', 'Y, managed by X'."""
    words, base = stretch.span.words, stretch.span.start
    for name in people(stretch):
        if name.owner or name.span.words.isupper():
            continue
        match = _frames()["verb"].match(words, name.span.end - base)
        if match and not re.search(r"\b(?:is|was)\s*$", words[: match.start("post")][-4:]):
            yield Held(name, _led(stretch, match), "verb", match["post"])
    for he in re.finditer(r"\b(?:He|She|he|she)\b", words):
        match = _frames()["verb"].match(words, he.end())
        if match:
            yield Held(_pronoun(stretch, he), _led(stretch, match), "verb", match["post"], pronoun=True)
    yield from _in_charge(stretch)
    for match in _frames()["verb passive"].finditer(words):
        person = _person_at(stretch, match.start("name"), match.end("name"))
        if person is not None:
            post = Span(base + match.start("post"), base + match.end("post"), match["post"])
            for one in _listed(stretch, person):
                yield Held(
                    one,
                    Office(post, None, post.start, post.end, _was(words, match), plural=False),
                    "verb",
                    match["post"],
                )


def _in_charge(stretch: Stretch) -> Iterator[Held]:
    """'X was in charge of the port office': the words are the post."""
    words, base = stretch.span.words, stretch.span.start
    for name in people(stretch):
        match = _frames()["in charge"].match(words, name.span.end - base)
        if match:
            post = Span(base + match.start("post"), base + match.end("post"), match["post"])
            yield Held(
                name, Office(post, None, post.start, post.end, over=False, plural=False), "copula", match["link"]
            )


def _was(words: str, match: re.Match[str]) -> bool:
    return re.search(r"\b(?:formerly|previously|once)\s+$", words[: match.start()]) is not None


def _said_of(stretch: Stretch, at: int) -> Span | None:
    """The body that a passive verb is said of: the one right before it, else the one that the sentence begins with."""
    words, base = stretch.span.words, stretch.span.start
    bodies = [n for n in stretch.names if n.is_organisation and n.span.end - base <= at]
    link = re.compile(r"(?:\s*\([^()]*\))?\W{0,4}(?:(?:which\s+)?(?:is|was)\s+|and\s+)?(?:formerly\s+|currently\s+)?")
    for body in reversed(bodies):
        if link.fullmatch(words, body.span.end - base, at):
            return body.span
    return bodies[0].span if bodies and bodies[0].span.start == base else None


def _led(stretch: Stretch, match: re.Match[str]) -> Office:
    base = stretch.span.start
    post = Span(base + match.start("post"), base + match.end("post"), match["post"])
    said = re.sub(r"(?:['\u2019]s)?[.,'\u2019 ]*$", "", match["org"])
    low = base + match.start("org")
    body = next(
        (n.span for n in stretch.names if low <= n.span.start < low + len(said)), Span(low, low + len(said), said)
    )
    body = Span(low, body.end, stretch.span.words[low - base : body.end - base])
    return Office(post, body, post.start, body.end, over=False, plural=False)
