"""Sentences with their parse: who does what to whom, as far as the parse tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import Argument, EntityType, Modality, Proposal, Span, Step
from tocsin.record.document import SegmentKind
from tocsin.record.extract.rules.dating import dates_of
from tocsin.record.extract.rules.said import attribution_of, modality_of
from tocsin.record.kinds import kind_called

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from tocsin.record.claim import Number
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated, Mention

EXTRACTOR = "rules 1"
_UNREAD = frozenset({SegmentKind.ROW, SegmentKind.HEADING})
_RELATIVE = frozenset({"who", "which", "that"})
_OF_A_BODY = frozenset({
    "group", "groups", "faction", "factions", "fighters", "forces", "force", "units", "unit", "members", "militants", "militia",
    "militias", "elements", "troops", "brigades", "components", "government", "authorities", "army", "movement", "party",
    "organization", "organisation", "parties",
})  # fmt: skip
"""Nouns that stand for the body that they belong to."""
_PART_OF_THEM = frozenset({"most", "many", "some", "all", "none", "part", "parts"})
_GOES_ON = frozenset({"continue", "begin", "start", "keep", "remain", "stay", "come"})
_OFFICE = (
    r"(?:[Mm]inister|Secretary|[Pp]resident|General|[Aa]mbassador|[Ss]pokes(?:man|woman|person)|[Cc]hancellor|Senator|[Cc]ommander"
    r"|[Dd]irector|[Ee]nvoy|Representative|King|Emir|[Gg]overnor|Speaker|[Cc]hief of|[Ll]eader|Congress(?:man|woman))"
)
_SAID_BEHIND = re.compile(
    r",[\u201d\"]?\s+(?P<who>(?:(?:the|a|an|another|one|two|three|some|several|many)\s+)?[^\W\d_][\w'\u2019-]*(?:\s+[\w'\u2019-]+){0,4}?)"
    r"\s+(?:said|says|say|added|noted|told reporters|argued|argues|claimed|claims)\s*(?=[.,;\[]|$)"
)
_REPORTS = re.compile(
    r"(?<!confirmed )(?<!confirm )\b(?:reports?|rumou?rs|allegations|claims|accusations) that\b", re.IGNORECASE
)
_ISO3 = re.compile(r"[A-Z]{3}")
_NO_SPEAKER = re.compile(r"^(?:to|that|it|by|on|in|for|i)\b|\b(?:am|is|are|was|were|have|has|had)\b", re.IGNORECASE)
_NOT = frozenset({"no", "not", "neither", "none", "never", "nobody", "hardly"})


@dataclass(frozen=True)
class Parsed:
    """A sentence with its tokens and names.

    Attributes:
        annotated: the text it stands in.
        span: the sentence.
        offset: where the parsed stretch begins in the text.
        tokens: the parse of the sentence.
        mentions: names in it.
    """

    annotated: Annotated
    span: Span
    offset: int
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]

    def name_at(self, token: Token) -> Mention | None:
        """The name that a token is part of."""
        at = self.offset + token.idx
        return next((m for m in self.mentions if m.span.start <= at < m.span.end), None)

    def stretch(self, tokens: Iterable[Token]) -> Span:
        """The words from the first of some tokens to the last."""
        inside = [t for t in tokens if not t.is_space]
        low, high = min(t.idx for t in inside), max(t.idx + len(t) for t in inside)
        return Span.of(self.annotated.text.text, self.offset + low, self.offset + high)


def parsed_sentences(annotated: Annotated, cue: re.Pattern[str] | None = None) -> Iterator[Parsed]:
    """The sentences of running text that hold a cue; none where the text was not parsed."""
    for sentence in annotated.sentences:
        if sentence.words.endswith("?") or (cue is not None and cue.search(sentence.words) is None):
            continue
        segment = annotated.text.segment_at(sentence.start)
        doc = annotated.parses.get(segment.start) if segment else None
        if segment is None or doc is None or segment.kind in _UNREAD:
            continue
        low = bisect_left(doc, sentence.start - segment.start, key=lambda token: token.idx)
        high = bisect_left(doc, sentence.end - segment.start, key=lambda token: token.idx)
        mentions = annotated.mentions_in(sentence)
        yield Parsed(annotated, sentence, segment.start, tuple(doc[low:high]), mentions)


def names_of(parsed: Parsed, token: Token, types: Iterable[EntityType]) -> tuple[Mention, ...]:
    """The bodies, persons or places that a noun names, and those joined to it in a list.

    'X', 'X's groups', 'the groups of X', 'militias known as X', 'militias such as X and Y'. A name that only qualifies the
    noun ('US troops', 'the X commander') is not what the noun names, but for nouns that stand for a body.
    """
    wanted = frozenset(types)
    found: list[Mention] = []
    for one in (token, *_joined(token)):
        name = parsed.name_at(one)
        names = (name,) if name is not None else tuple(_through(parsed, one))
        found += [n for n in names if _may_be(n, wanted) and n not in found and _may_be_named(parsed, n)]
    return tuple(dict.fromkeys(found))


def _may_be(name: Mention, wanted: frozenset[EntityType]) -> bool:
    return name.type in wanted or (EntityType.STATE in wanted and is_a_state(name))


def _may_be_named(parsed: Parsed, name: Mention) -> bool:
    """A person is named only where the case knows them, or the text gives them a public office.

    One word that ends a person's name elsewhere in the text is that person, whatever it was taken for.
    """
    if name.known is not None or name.type not in {EntityType.PERSON, EntityType.ORGANISATION}:
        return True
    said = name.span.words.lower()
    everyone = (m for m in parsed.annotated.mentions if m.type is EntityType.PERSON)
    a_person = name.type is EntityType.PERSON or any(m.span.words.lower().endswith(f" {said}") for m in everyone)
    if not a_person:
        return True
    last = re.escape(name.span.words.split()[-1])
    return re.search(rf"\b{_OFFICE}\b[^.;\n]{{0,60}}\b{last}\b", parsed.annotated.text.text) is not None


def is_a_state(name: Mention) -> bool:
    """Whether a name that was read as a place is that of a state, which can act too."""
    return name.type is EntityType.PLACE and name.known is not None and _ISO3.fullmatch(name.known) is not None


def _joined(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN"}:
            yield child
            yield from _joined(child)


def _through(parsed: Parsed, token: Token) -> Iterator[Mention]:
    """Names behind a noun that is none itself."""
    generic = token.lower_ in _OF_A_BODY
    for child in token.children:
        name = parsed.name_at(child)
        if name is not None and (child.dep_ == "appos" or (generic and child.dep_ in {"poss", "compound", "nmod"})):
            yield name
        elif child.dep_ == "prep" and _leads_to_names(child, generic=generic):
            yield from _named_by(parsed, child)
        elif child.dep_ in {"acl", "relcl"} and child.lower_ in {"known", "called", "named"}:
            yield from _called(parsed, child)
    if token.lower_ in _PART_OF_THEM:
        for noun in objects_of(token, ("of",)):
            yield from names_of(parsed, noun, tuple(EntityType))


def _leads_to_names(prep: Token, *, generic: bool) -> bool:
    """'including X', 'such as X', and 'of X' behind a noun that stands for a body."""
    such = prep.lower_ == "as" and any(t.lower_ == "such" for t in prep.children)
    return prep.lower_ == "including" or such or (generic and prep.lower_ == "of")


def _called(parsed: Parsed, verb: Token) -> Iterator[Mention]:
    """'known as X', 'called X'."""
    for child in verb.children:
        yield from _named_by(parsed, child)
        own = parsed.name_at(child)
        if own is not None and child.dep_ in {"oprd", "attr", "dobj"}:
            yield own


def _named_by(parsed: Parsed, prep: Token) -> Iterator[Mention]:
    for noun in prep.children:
        for one in (noun, *_joined(noun)):
            name = parsed.name_at(one)
            if noun.dep_ == "pobj" and name is not None:
                yield name
            elif noun.dep_ == "pobj" and one.lower_ in _OF_A_BODY:
                yield from _through(parsed, one)


def subject_of(token: Token, *, passive: bool = False) -> Token | None:
    """The noun that a verb, adjective or predicate noun is said of; None where the parse does not show it."""
    wanted = ("nsubjpass",) if passive else ("nsubj", "nsubjpass")
    own = next((c for c in token.children if c.dep_ in wanted), None)
    if own is not None:
        return token.head if own.lower_ in _RELATIVE and token.dep_ == "relcl" else own
    if token.dep_ in {"acl", "appos"} or (token.dep_ == "amod" and token.i > token.head.i):
        return token.head
    if token.dep_ in {"acomp", "attr", "oprd"} and token.head.pos_ in {"AUX", "VERB"}:
        return subject_of(token.head)
    if token.dep_ == "conj" and token.head.pos_ == token.pos_:
        return subject_of(token.head, passive=passive)
    if token.dep_ == "xcomp" and token.head.lemma_ in _GOES_ON:
        return subject_of(token.head)
    return None


def objects_of(token: Token, preps: tuple[str, ...]) -> Iterator[Token]:
    """What a word governs: by one of these prepositions, or directly where none is given."""
    children = [*token.children]
    if preps and token.dep_ in {"acomp", "attr"}:
        children += [c for c in token.head.children if c.dep_ == "prep" and c.i > token.i]
    for child in children:
        if not preps and child.dep_ in {"dobj", "obj"}:
            yield child
        elif preps and child.dep_ in {"prep", "agent", "dative"} and child.lower_ in preps:
            yield from (noun for noun in child.children if noun.dep_ == "pobj")


def is_passive(token: Token) -> bool:
    """Whether a verb stands in the passive, or is a participle behind its noun."""
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children):
        return True
    return token.tag_ == "VBN" and not any(c.dep_ == "aux" for c in token.children)


def is_denied(token: Token, subject: Token | None) -> bool:
    """Whether the parse negates a predicate, itself or by its subject ('no group', 'none of them')."""
    around = [token, token.head] if token.dep_ in {"acomp", "attr", "oprd"} else [token]
    if any(c.dep_ == "neg" or c.lower_ in {"not", "never"} for one in around for c in one.children):
        return True
    return subject is not None and (
        subject.lower_ in _NOT
        or any(c.lower_ in _NOT and c.dep_ in {"det", "neg", "preconj"} for c in subject.children)
    )


def argument(kind: str, role: str, name: Mention) -> Argument | None:
    """A name in a role; None where the role cannot be that."""
    types = kind_called(kind).role(role).types
    if name.type not in types and EntityType.STATE in types and is_a_state(name):
        return Argument(role, EntityType.STATE, name.span, value=name.known)
    if name.type not in types:
        return None
    return Argument(role, name.type, name.span, value=name.known)


def words(role: str, span: Span) -> Argument:
    """A stretch of the quote in a role."""
    return Argument(role, EntityType.WORDS, span)


def as_said(
    kind: str, parsed: Parsed, document: Document, arguments: Iterable[Argument], *, at: Span, denied: bool = False,
    modality: Modality | None = None, numbers: tuple[Number, ...] = (), stance: str | None = None,
) -> Proposal:  # fmt: skip
    """A proposal with the modality, speakers and dates that its sentence gives.

    Args:
        kind: the kind of claim.
        parsed: the sentence, which is its quote.
        document: the document, for dates that count from its publication.
        arguments: who and what.
        at: the words that carry the claim.
        denied: whether the parse negates it.
        modality: where the rule knows better than the sentence's cues.
        numbers: with what they count.
        stance: for positions.
    """
    said = attribution_of(parsed.span, parsed.annotated, at=at)
    speakers = tuple(s for s in said if _NO_SPEAKER.search(s.words) is None)
    behind = _speaker_behind(parsed, at)
    if behind is not None and all(s.start != behind.start for s in speakers):
        speakers = (behind, *speakers)
    put = modality or modality_of(parsed.span, parsed.annotated, at=at)
    if put is Modality.REPORTED and said and not speakers:
        put = Modality.ASSERTED  # 'X reports to Y' is no speech
    if denied and put is Modality.ASSERTED:
        put = Modality.DENIED
    heard = _REPORTS.search(parsed.span.words, 0, at.start - parsed.span.start)
    if (speakers or heard is not None) and put is Modality.ASSERTED:
        put = Modality.REPORTED
    dated = dates_of(parsed.span, document.published)
    return Proposal(
        kind=kind, text_id=parsed.annotated.text.text_id, quote=parsed.span, arguments=tuple(arguments),
        extractor=EXTRACTOR, modality=put, attributed_to=speakers,
        dates=dated.dates, date_spans=dated.spans, numbers=numbers, stance=stance,
    )  # fmt: skip


def _speaker_behind(parsed: Parsed, at: Span) -> Span | None:
    """'..., another diplomat said': who is said to say what stands before."""
    found = _SAID_BEHIND.search(parsed.span.words, at.end - parsed.span.start)
    if found is None:
        return None
    start = parsed.span.start
    return Span.of(parsed.annotated.text.text, start + found.start("who"), start + found.end("who"))


def the_mission(parsed: Parsed, token: Token, role: str) -> Argument | None:
    """'The mission' as the one mission that the text names before; None where it names none or several."""
    if token.lower_ != "mission" or not any(c.lower_ in {"the", "this", "its"} for c in token.children):
        return None
    if parsed.name_at(token) is not None:
        return None
    before = [m for m in parsed.annotated.mentions if m.type is EntityType.MISSION and m.span.start < parsed.span.end]
    if not before or len({m.known or m.span.words.lower() for m in before}) > 1:
        return None
    said = parsed.stretch([*(c for c in token.children if c.dep_ == "det"), token])
    last = before[-1]
    return Argument(role, EntityType.MISSION, last.span, Step.PRONOUN, last.known, said)
