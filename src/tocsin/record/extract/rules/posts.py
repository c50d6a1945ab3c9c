"""Posts: who holds, held or will hold which office of what, from titles before names, appositions, copulas and bylines."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.case.dates import Bound, PartialDate
from tocsin.record.claim import Argument, Dates, EntityType, Modality, Proposal, Span, Step
from tocsin.record.extract.rules.dating import Use, as_dated, dates_in
from tocsin.record.extract.rules.designated_names import Known, folded, known_in
from tocsin.record.extract.rules.said import modality_of
from tocsin.record.extract.rules.stretches import Stretch, plain, stretches_of, verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.record.document import Document, Text
    from tocsin.record.extract.mention import Annotated
    from tocsin.record.extract.rules.parties import Name

EXTRACTOR = "rules 1"
_PAST = re.compile(
    r"\b(?:former|then|ex-|was|were|served|previously|led|headed|commanded|chaired|acted|formerly|late)\b",
    re.IGNORECASE,
)
_NOT_OF = re.compile(r"['\u2019]s\s+$")
_ORGANISATION = r"(?:[A-Z\u2018'\u2019][\w.\u2019'&-]*|al-[A-Z][\w\u2019'-]*)(?:\s+(?:(?:of|for|and|the|of the|al)\s+)?(?:[A-Z][\w.\u2019'&-]*|al-[A-Z][\w\u2019'-]*))*"  # noqa: E501
_BETWEEN = r"\s*(?:\([^)]*\)|\u201c[^\u201d]*\u201d)?"


@dataclass(frozen=True, slots=True)
class Held:
    """A post as a sentence says it, before names are bound.

    Attributes:
        person: the name in the sentence.
        post: the words of the post.
        organisation: of what; None where the sentence does not say.
        past: whether it is said to be over.
    """

    person: Name
    post: Span
    organisation: Span | None
    past: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns made of `roles.toml`."""

    apposed: re.Pattern[str]
    copula: re.Pattern[str]
    before: re.Pattern[str]
    office: re.Pattern[str]
    leading: re.Pattern[str]
    ranks: frozenset[str]


@cache
def patterns() -> Patterns:
    """The patterns, made once from the data file."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("roles.toml").read_text("utf-8"))
    nouns = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(told["nouns"], key=len, reverse=True))
    befores = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in told["before"])
    areas = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(told["portfolios"], key=len, reverse=True))
    copulas = "|".join(w.replace(" ", r"\s+") for w in sorted(told["copulas"], key=len, reverse=True))
    noun = rf"(?i:{nouns})(?![\w-])"
    core = rf"(?P<post>(?:(?i:{befores})[\s-]+){{0,4}}{noun}(?:\s+of\s+the\s+(?:U\.S\.\s+)?Treasury(?=\s+for))?(?:\s+for\s+(?:{areas}))?)"  # noqa: E501
    of = rf"(?:,?\s+(?:of|for|at|in|with|within|to)\s+(?:the\s+)?(?P<org>{_ORGANISATION}))?"
    front = rf"(?:(?:the|a|an|also|one\s+of\s+the|its|their|both|formerly|currently)\s+){{0,2}}(?:(?P<front>{_ORGANISATION})(?:['\u2019]s?)?\s+(?:the\s+)?)??"  # noqa: E501
    return Patterns(
        apposed=re.compile(rf"{_BETWEEN},\s+{front}{core}{of}"),
        copula=re.compile(rf"{_BETWEEN},?\s+(?P<verb>{copulas})\s+{front}{core}{of}"),
        before=re.compile(
            rf"(?:(?P<org>{_ORGANISATION})(?:['\u2019]s?)?\s+)??(?<![\w-]){core}\s+(?:[A-Z][\w.]*\s+){{0,2}}$"
        ),
        office=re.compile(
            rf"(?:(?P<org>Treasury|State|Department\s+of\s+(?:the\s+)?(?:Treasury|State)|Treasury\s+Department)\s+)?{core}\s+(?P<who>(?:[A-Z][\w\u2019'-]*\.?\s+){{1,3}}[A-Z][\w\u2019'-]+)"
        ),
        leading=re.compile(
            rf"{_BETWEEN},?\s+(?:who\s+)?(?P<post>{'|'.join(told['leading'])})\s+(?:the\s+)?(?P<org>{_ORGANISATION})"
        ),
        ranks=frozenset(told["ranks"]),
    )


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """The posts that a text says named persons hold, held or will hold; the neighbour in a list is no apposition."""
    stretches = stretches_of(annotated.text)
    known = known_in(plain(annotated.text.text), [(s.span, s.names) for s in stretches if not s.heading])
    for stretch in stretches:
        if stretch.heading:
            continue
        for held in posts_in(stretch):
            yield _proposal(held, stretch, annotated, known, document.published)


def posts_in(stretch: Stretch) -> tuple[Held, ...]:
    """The posts that one sentence says, each once."""
    found: dict[tuple[int, int], Held] = {}
    for name in stretch.names:
        for held in (*_after(name, stretch), *_titled(name, stretch)):
            if not held.person.is_organisation:
                found.setdefault((held.person.span.start, held.post.start), held)
    return tuple(found.values())


def _after(name: Name, stretch: Stretch) -> Iterator[Held]:
    """'X, the head of Y', 'X is the head of Y', 'X, who leads Y'."""
    if name.owner or name.is_organisation:
        return
    words, at = stretch.span.words, name.span.end - stretch.span.start
    for pattern in (patterns().apposed, patterns().copula):
        match = pattern.match(words, at)
        if match and not _is_neighbour(match, words):
            yield _held(name, stretch, match)
            return
    match = patterns().leading.match(words, at)
    if match:
        yield _held(name, stretch, match)


def _is_neighbour(match: re.Match[str], words: str) -> bool:
    """Whether what follows the comma is the next of a list ('X, Prime Minister Z and ...')."""
    behind = words[match.end() :]
    begins = re.match(r"\s+(?:[A-Z\u2018'\u2019][\w\u2019'-]+|al-[A-Z])", behind)
    return match.groupdict().get("org") is None and begins is not None


def _held(name: Name, stretch: Stretch, match: re.Match[str]) -> Held:
    groups = match.groupdict()
    key = "org" if groups.get("org") else "front" if groups.get("front") else None
    post = _span(stretch, match, "post")
    body = _span(stretch, match, key) if key else None
    return Held(name, post, body, _PAST.search(match.group()) is not None)


def _span(stretch: Stretch, match: re.Match[str], group: str) -> Span:
    words = match[group].rstrip(".,'\u2019 ") if not match[group].endswith("S.") else match[group]
    start = stretch.span.start + match.start(group)
    return Span(start, start + len(words), words)


def _titled(name: Name, stretch: Stretch) -> Iterator[Held]:
    """'Treasury Secretary X', 'Badr commander X': the post stands before the name."""
    words = stretch.span.words
    begin = (name.title.start if name.title else name.span.start) - stretch.span.start
    lead = words[max(begin - 120, 0) : name.span.start - stretch.span.start]
    offset = max(begin - 120, 0)
    match = None
    for candidate in re.finditer(r"(?<![\w-])(?=\w)", lead):
        match = patterns().before.match(lead, candidate.start())
        if match:
            break
    if match is None or all(w in patterns().ranks for w in match["post"].split()) or name.is_organisation:
        return
    start = stretch.span.start + offset
    post = Span(start + match.start("post"), start + match.end("post"), match["post"])
    body = None
    if match["org"]:
        org = match["org"].rstrip("'\u2019 ")
        body = Span(start + match.start("org"), start + match.start("org") + len(org), org)
    yield Held(name, post, body, _PAST.search(match.group()) is not None)


def _proposal(
    held: Held, stretch: Stretch, annotated: Annotated, known: Known, published: PartialDate | None
) -> Proposal:
    quote = stretch.span
    modality = modality_of(quote, annotated, at=held.post)
    if (
        modality is Modality.REPORTED
        and modality_of(quote, annotated, at=Span(quote.start, quote.start, "")) is Modality.REPORTED
    ):
        modality = Modality.ASSERTED  # the speaker's own title is not what the speaker says
    dates, spans = _dates(held, stretch, published)
    return Proposal(
        kind="person-holds-post", text_id=annotated.text.text_id, quote=verbatim(quote, annotated.text),
        arguments=tuple(_verbatim(a, annotated.text) for a in _arguments(held, quote, known)), extractor=EXTRACTOR, modality=modality, dates=dates, date_spans=tuple(verbatim(s, annotated.text) for s in spans),  # noqa: E501
    )  # fmt: skip


def _arguments(held: Held, quote: Span, known: Known) -> Iterator[Argument]:
    whole = known.full(held.person.span)
    if folded(whole.words) == folded(held.person.span.words):
        whole = held.person.span
    inside = quote.start <= whole.start and whole.end <= quote.end
    step = None if inside else Step.SHORT_NAME
    yield Argument("person", EntityType.PERSON, whole, step, pronoun=None if inside else held.person.span)
    yield Argument("post", EntityType.OFFICE, held.post)
    if held.organisation is not None:
        yield Argument("organisation", EntityType.ORGANISATION, held.organisation)


def _verbatim(argument: Argument, text: Text) -> Argument:
    span, pronoun = argument.span, argument.pronoun
    return replace(
        argument, span=verbatim(span, text) if span else None, pronoun=verbatim(pronoun, text) if pronoun else None
    )


def _dates(held: Held, stretch: Stretch, published: PartialDate | None) -> tuple[Dates, tuple[Span, ...]]:
    """When it was held: as the clause says; else over by publication, or seen to hold at it."""
    end = min(held.post.end + 160, stretch.span.end)
    clause = Span(held.post.end, end, stretch.span.words[held.post.end - stretch.span.start : end - stretch.span.start])
    cut = re.search(r";|, (?:and|but|who|which)\s", clause.words)
    clause = Span(clause.start, clause.start + cut.start(), clause.words[: cut.start()]) if cut else clause
    said = tuple(d for d in dates_in(clause, published) if d.use in {Use.START, Use.END, Use.SEEN, Use.SEEN_FROM})
    if said:
        dated = as_dated(said)
        return dated.dates, dated.spans
    if published is None:
        return Dates(), ()
    if held.past:
        return Dates(end=PartialDate(published.year, published.month, published.day, Bound.BY)), ()
    return Dates(first_seen=published, last_seen=published), ()
