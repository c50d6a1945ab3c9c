"""Where missions work, and what they may and may not do."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import Argument, EntityType, Modality
from tocsin.record.extract.rules.clauses import (
    argument,
    as_said,
    is_denied,
    is_passive,
    names_of,
    objects_of,
    parsed_sentences,
    subject_of,
    the_mission,
    words,
)  # fmt: skip
from tocsin.record.extract.rules.said import modality_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from tocsin.record.claim import Proposal, Span
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated, Mention
    from tocsin.record.extract.rules.clauses import Parsed

_CUE = re.compile(r"\bmissions?\b|[A-Z]{3,}|\bforce\b|\bmandate", re.IGNORECASE)
_PLACES = (EntityType.SITE, EntityType.PLACE)
_COLON = re.compile(r"\b(?P<what>\w+)\s*:\s+(?P<list>[^:;]+)")
_END = re.compile(r"[\s,;:.]+$|,?\s+(?:and|but|while|although)$")


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """The lists of `missions.toml` by their names."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("missions.toml").read_text("utf-8"))
    return {name: frozenset(listed) for name, listed in told.items()}


def propose(annotated: Annotated, document: Document) -> Iterator[Proposal]:
    """Claims of kinds mission-has-site and mission-has-mandate; 'the mission' is the only one that the text names."""
    if not any(m.type is EntityType.MISSION for m in annotated.mentions):
        return
    for parsed in parsed_sentences(annotated, _CUE):
        for token in parsed.tokens:
            if token.pos_ in {"VERB", "AUX"} or token.lower_ in lexicon()["bound"]:
                yield from _sites(parsed, token, document)
                yield from _tasks(parsed, token, document)


def _mission(parsed: Parsed, noun: Token | None, kind: str) -> Argument | None:
    """The mission that a noun names."""
    if noun is None:
        return None
    name = next(iter(names_of(parsed, noun, (EntityType.MISSION,))), None)
    return argument(kind, "mission", name) if name is not None else the_mission(parsed, noun, "mission")


def _sites(parsed: Parsed, verb: Token, document: Document) -> Iterator[Proposal]:
    kind, told = "mission-has-site", lexicon()
    subject = subject_of(verb, passive=is_passive(verb))
    mission = _mission(parsed, subject, kind)
    if mission is None:
        return
    places: list[Token] = []
    if verb.lemma_ in told["has"]:
        for noun in objects_of(verb, ()):
            if noun.lemma_.lower() in told["sites"]:
                places += [*_listed(noun), *objects_of(noun, ("in", "at", "near"))]
    if verb.lemma_ in told["works"] and not places:
        places += objects_of(verb, tuple(told["at"]))
    at = parsed.stretch([verb])
    seen = set()
    named = [n for noun in places for n in names_of(parsed, noun, _PLACES)] + _behind_a_colon(parsed, verb)
    for name in (n for n in named if n.span.start > at.start):
        only_place = verb.lemma_ in {"operate", "deploy"} and name.type is EntityType.PLACE
        site = argument(kind, "site", name)
        if site is not None and name.span not in seen and not only_place and site.value != mission.value:
            seen.add(name.span)
            yield as_said(kind, parsed, document, (mission, site), at=at, denied=is_denied(verb, subject))


def _behind_a_colon(parsed: Parsed, verb: Token) -> list[Mention]:
    """'works at three sites: A, B and C': every place of the list, however the parse hangs it."""
    found = _COLON.search(parsed.span.words, verb.idx + parsed.offset - parsed.span.start)
    if found is None or found["what"].lower().rstrip("s") not in {w.rstrip("s") for w in lexicon()["sites"]}:
        return []
    start, end = parsed.span.start + found.start("list"), parsed.span.start + found.end("list")
    return [m for m in parsed.mentions if m.type in _PLACES and start <= m.span.start and m.span.end <= end]


def _listed(noun: Token) -> Iterator[Token]:
    """What stands behind 'three sites:', however the parse hangs it."""
    for child in noun.children:
        if child.dep_ in {"appos", "conj"} and child.i > noun.i:
            yield child


def _tasks(parsed: Parsed, token: Token, document: Document) -> Iterator[Proposal]:
    told = lexicon()
    subject = subject_of(token, passive=is_passive(token))
    if token.lower_ in told["bound"]:
        task = next((c for c in token.children if c.dep_ in {"xcomp", "ccomp", "advcl"}), None)
        task = task or next(
            (c for p in token.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pcomp"), None
        )
        bound = True
    elif token.lemma_ == "be" and subject is not None and subject.lemma_.lower() in told["aims"]:
        task = next((c for c in token.children if c.dep_ in {"xcomp", "ccomp"} and c.pos_ == "VERB"), None)
        owner = next((c for c in subject.children if c.dep_ == "poss" or c.lower_ == "of"), None)
        owner = next(iter(owner.children), None) if owner is not None and owner.lower_ == "of" else owner
        subject, bound = owner or subject, True
    elif token.lemma_ in told["tasks"] and not is_passive(token) and token.dep_ in {"ROOT", "conj", "relcl", "ccomp"}:
        task, bound = token, False
    else:
        return
    mission = _mission(parsed, subject, "mission-has-mandate")
    if task is not None and mission is not None and (bound or _is_lasting(token)):
        yield from _task(parsed, mission, task, token, document, subject=subject)


def _is_lasting(verb: Token) -> bool:
    """What a mission does as a rule, in the present tense; what it once did is no mandate."""
    aux = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return verb.tag_ in {"VBZ", "VBP"} or bool(aux & {"does", "do", "may", "must", "can", "cannot", "shall"})


def _task(
    parsed: Parsed, mission: Argument, task: Token, token: Token, document: Document, *, subject: Token | None
) -> Iterator[Proposal]:
    kind = "mission-has-mandate"
    span = _words_of(parsed, task)
    at = type(span).of(parsed.annotated.text.text, span.start, span.start)
    denied = is_denied(token, subject) or is_denied(task, None)
    bodies = [n for noun in objects_of(task, ()) for n in names_of(parsed, noun, (EntityType.ORGANISATION,))]
    partners = [a for n in dict.fromkeys(bodies) if (a := argument(kind, "institution", n)) is not None]
    put = modality_of(parsed.span, parsed.annotated, at=at)
    may = put is Modality.PLANNED and (
        token.lemma_ == "be" or any(c.lower_ in {"may", "can", "cannot", "shall"} for c in token.children)
    )
    modality = (Modality.DENIED if denied else Modality.ASSERTED) if may else None
    yield as_said(
        kind, parsed, document, (mission, words("task", span), *(p for p in partners if p.span != mission.span)), at=at,
        denied=denied, modality=modality,
    )  # fmt: skip


def _words_of(parsed: Parsed, task: Token) -> Span:
    """The task from its verb to its end, without what is said next in the sentence."""
    inside = [t for t in task.subtree if t.i >= task.i]
    stop = next(
        (c.i for c in task.children if c.i > task.i and c.dep_ in {"cc", "punct", "conj"} and not _same_task(c)), None
    )
    kept = [t for t in inside if stop is None or t.i < stop]
    span = parsed.stretch(kept)
    end = _END.search(span.words)
    length = end.start() if end else len(span.words)
    return type(span)(span.start, span.start + length, span.words[:length])


def _same_task(token: Token) -> bool:
    """'advise, train and assist': verbs in a row are one task; a new subject is another clause."""
    following = token.head if token.dep_ in {"cc", "punct"} else token
    later = [c for c in following.children if c.dep_ == "conj"] if token.dep_ in {"cc", "punct"} else [token]
    return bool(later) and all(not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children) for verb in later)
