"""Verbs of designation in a sentence: how each is put, by whom, and to whom."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState, Span
from tocsin.record.extract.rules.bodies import Body, bodies_in

if TYPE_CHECKING:
    from collections.abc import Iterator


NEAR = 400  # characters before a verb in which its subject is looked for


class Voice(StrEnum):
    """How the verb stands to its party."""

    ACTIVE = "active"
    """'OFAC designated X': the party follows."""
    PASSIVE = "passive"
    """'X was designated': the party goes before, as subject."""
    RELATIVE = "relative"
    """'X, which was designated', 'X, whom OFAC designated': the party goes before the relative word."""
    REDUCED = "reduced"
    """'X, designated in 2011, ...': the party goes directly before."""
    INVERTED = "inverted"
    """'Also designated today was X': the party follows the copula."""
    OPENING = "opening"
    """'Designated in 2011, X ...': the party follows the comma."""
    ATTRIBUTE = "attribute"
    """'U.S.-designated X': the party follows, and nothing more is said of the act."""


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of designation.

    Attributes:
        verb: the words, `was designated` without what stands before the verb itself.
        voice: how it stands to its party.
        state: what it does.
        anchor: offset at which the part before the verb ends: of its subject, of the antecedent.
        by: who does it, as far as its own words say.
        going_on: 'is being designated', 'is designating': it is done as the text is made public.
        earlier: 'previously', 'has been', 'had': it was done before.
        infinitive: 'to designate', 'designate': said of what may be done.
        noun: 'sanctions on': says nothing by itself.
    """

    verb: Span
    voice: Voice
    state: LegalState
    anchor: int
    by: tuple[Body, ...]
    going_on: bool
    earlier: bool
    infinitive: bool
    noun: bool = False


_ADVERBS = (
    r"(?:\s+(?:also|previously|subsequently|jointly|simultaneously|additionally|today|first|further|now|originally|both|"
    r"separately|concurrently|already|initially|each|all|again|formally|"
    r"reportedly|allegedly|recently|later|itself|himself|being|been|for the "
    r"first time|today also|hereby|in \d{4}|on \w+ \d{1,2}, \d{4},?|in \w+ \d{4},?|likewise|individually|specifically|successfully),?)*"  # noqa: E501  # one pattern, read as a whole
)
_BE = re.compile(
    rf"\b(?P<be>(?:is|are|was|were|be|been|being|has been|have been|had been)\b){_ADVERBS}\s*$", re.IGNORECASE
)
_HAVE = re.compile(rf"\b(?:has|have|had){_ADVERBS}\s*$", re.IGNORECASE)
_PROGRESSIVE = re.compile(rf"\b(?:is|are|['\u2019]re){_ADVERBS}\s*$", re.IGNORECASE)
_TO = re.compile(rf"\bto{_ADVERBS}\s*$", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:previously|later|subsequently|already|has|have|had|earlier|formerly|originally|in the past|to date|past)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:who|which|that|whom|whose|all of which|all of whom|both of which|both of whom|each of which)\b[^.;:]{0,40}$"
)
_OPENING = re.compile(
    r"\W*(?:(?:Also|Additionally|Further|Today|Finally|Previously|also|today)\b[\s,]*)*(?:[Bb]eing\s+)?", re.DOTALL
)
_COPULA = re.compile(r"\b(?:was|were|is|are)\b(?!\s+(?:also\s+)?\w+(?:ed|ing)\b)")
STANDING = ("Specially", "SDGT", "SDGTs")
_IS = re.compile(
    r"(?:^|[\s,])(?P<be>(?:is|are|was|were)\s+)(?:(?![a-z-]+ing\b)[a-z][\w-]*\s+){0,4}(?:[A-Z][\w.-]*\s+){0,4}(?:\([A-Z]+\)\s+)?(?:and\s+)?(?:an?\s+)?$"
)
_BY_AFTER = re.compile(r"^(?:[^;]{0,110}?\s)?by\s+(?:both\s+)?(?:the\s+)?$")
_REDUCED_NEXT = re.compile(r"\s+(?:by|pursuant|under|in (?:\w+ )?\d{4}|on \w+ \d|today|as an? |on \d|for )")
_PLACED = re.compile(r"\b(?:in|from|to|of|against|for|with|across|near|into|and)\s+(?:the\s+)?$")
_REDUCED_ADVERBS = re.compile(
    r"(?:\b(?:also|previously|originally|first|recently|already|all|both|each|itself|himself)\s+)+$"
)
_ACTION_TO = re.compile(r"\b(?:taking|took|takes)\s+action\s+(?:today\s+)?to\s+$")
_STANDING_NOUN = re.compile(r"\b(?:previously|already|of|with|other|the|several|including|an?|any)\s+$")
_MARKS = ' \n\t*\u201c"\u2022-'
_MAIN_CLAUSE = re.compile(
    r",\s+(?:the\s+)?(?=[A-Z][\w'\u2019-]+(?:\s+[\w'\u2019()-]+){0,9},?\s+(?:is|was|has|had|are|were|serves?|served|operates?|runs?|owns?|leads?|led|also|remains?|an?|the|who|which)\b)"
)
_OWNS = re.compile(r"['\u2019]s?\s+(?!designation|action|sanction)[a-z]")
_LISTS = re.compile(r"\s+(?:also\s+)?(?:on|in|to|from|onto)\s+(?:the|its|their|an)\s+")
_GOES_WITH = re.compile(r",?\s+(?:(?:previously|first|already|originally|also)\s+)?")
_MADE = re.compile(r"\s+(?:(?:as|both|and|an?|the)\s+)*(?:(?:[A-Z][\w-]*|\([^)]{1,8}\)|and|as|an?)\s+)*")
_APPOSED = re.compile(r",\s+(?:an?\s+[^,;.]{1,60}\s+and\s+)?(?:also\s+)?an?\s+$")
_MODAL = re.compile(r"\b(?:(?:will|may|might|could|should|can|would|must|now|also|likely|soon|to)\s+)+$")
_DASHED = re.compile(r"(?P<by>[\w.]+)[-\u2010-\u2014]$")


@dataclass(frozen=True, slots=True)
class _Form:
    verb: re.Pattern[str]
    state: LegalState
    needs: re.Pattern[str] | None
    noun: bool


@cache
def _forms() -> tuple[_Form, ...]:
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("acts.toml").read_text("utf-8"))["act"]
    return tuple(
        _Form(
            re.compile(rf"(?:(?<!\w)|(?<=\bbeing)){row['verb'].replace(' ', chr(92) + 's+')}(?:(?!\w)|(?=for\s))"),
            LegalState(row["state"]),
            re.compile(row["needs"].replace(" ", r"\s+")) if "needs" in row else None,
            row.get("noun", False),
        )
        for row in told
    )


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    form: _Form


def acts_in(sentence: Span) -> tuple[Act, ...]:
    """The acts that a sentence speaks of, in order."""
    words = sentence.words
    found: list[_Found] = []
    for form in _forms():
        for match in form.verb.finditer(words):
            if form.needs is None or form.needs.search(words):
                found.append(_Found(match.start(), match.end(), form))  # noqa: PERF401  # three loops deep, plainer so
    kept: list[_Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if (not kept or one.start >= kept[-1].end) and not (kept and _is_object(words, kept[-1], one)):
            kept.append(one)
    bodies = bodies_in(sentence)
    return tuple(_acts(sentence, kept, bodies))


def _is_object(words: str, verb: _Found, noun: _Found) -> bool:
    """Whether one of two acts only goes with the other: 'named a Specially Designated ...', 'an SDGT designated under A'."""
    between = words[verb.end : noun.start]
    if words[verb.start :].startswith(STANDING):
        return _GOES_WITH.fullmatch(between) is not None and _IS.search(words[: verb.start]) is not None
    return words[noun.start :].startswith(STANDING) and _MADE.fullmatch(between) is not None


def _acts(sentence: Span, found: list[_Found], bodies: tuple[Body, ...]) -> Iterator[Act]:
    edge = 0
    for number, one in enumerate(found):
        until = found[number + 1].start if number + 1 < len(found) else len(sentence.words)
        act = _act(sentence, one, (edge, until), bodies)
        if act is not None:
            yield replace(act, noun=one.form.noun)
        edge = one.end


def _act(  # noqa: C901, PLR0911, PLR0912, PLR0915  # one branch for each way in which a verb is put
    sentence: Span, found: _Found, within: tuple[int, int], bodies: tuple[Body, ...]
) -> Act | None:
    start, end, state = found.start, found.end, found.form.state
    words, at = sentence.words, sentence.start
    edge = max(within[0], start - NEAR)
    before, after = words[edge:start], words[end : within[1]]
    verb = Span(at + start, at + end, words[start:end])
    head = verb.words.split()[0]
    if head in STANDING:
        return _standing(verb, state, before, at + edge)
    if head.startswith("fac"):
        anchor = at + edge + len(_MODAL.sub("", before))
        return Act(verb, Voice.PASSIVE, state, anchor, (), going_on=False, earlier=False, infinitive=True)
    if head == "designations" and not found.form.noun:
        now = re.search(r"\b(?:today['\u2019]s|these|the|this)\s+$", before, re.IGNORECASE) is not None
        by = tuple(b for b in bodies if at + edge <= b.span.start and b.span.end <= at + start)[-1:]
        return Act(verb, Voice.ACTIVE, state, at + start, by, going_on=now, earlier=not now, infinitive=False)
    if head == "inclusion" or verb.words.endswith((" designation of", " designations of")):
        now = re.search(r"\b[Tt]oday\b|\b[Tt]hese actions?\b", words[:start]) is not None
        by = tuple(b for b in bodies if at + edge <= b.span.start and b.span.end <= at + end)[-1:]
        return Act(verb, Voice.ACTIVE, state, at + start, by, going_on=now, earlier=not now, infinitive=False)
    if head.startswith("designation"):
        now = re.search(r"\b[Tt]oday['\u2019]s\s+$", before) is not None
        by = tuple(b for b in bodies if at + edge <= b.span.start and b.span.end <= at + end)[-1:]
        return Act(verb, Voice.ACTIVE, state, at + start, by, going_on=now, earlier=not now, infinitive=False)
    dashed = _DASHED.search(before)
    if dashed:
        by = tuple(b for b in bodies if at + within[0] <= b.span.start and b.span.end == at + start - 1)
        return Act(verb, Voice.ATTRIBUTE, state, at + start, by, going_on=False, earlier=True, infinitive=False)
    be = _BE.search(before)
    past = head.endswith("ed") or head == "taken"
    earlier = (
        _EARLIER.search(before[-80:]) is not None
        or re.match(r"\s+(?:(?:in|to) the [Aa]nnex|previously\b|earlier\b)", after) is not None
    )
    copula = _COPULA.search(after) if past and edge == 0 and _OPENING.fullmatch(before) else None
    opened = _MAIN_CLAUSE.search(after) if past and head[0].isupper() and not before.strip(_MARKS) else None
    if opened and not (copula and copula.start() < opened.start()):
        by = _by_after(words, end, end + opened.start(), at, bodies)
        return Act(
            verb, Voice.OPENING, state, at + end + opened.end(), by, going_on=False, earlier=True, infinitive=False
        )
    if copula:
        by = _by_after(words, end, end + copula.start(), at, bodies)
        now = "eing" in before or copula.group() in {"is", "are"}
        anchor = at + end + copula.end()
        return Act(verb, Voice.INVERTED, state, anchor, by, going_on=now, earlier=earlier, infinitive=False)
    if be and past:
        by = _by_after(words, end, within[1], at, bodies)
        lead = before[: be.start()]
        relative = _RELATIVE.search(lead[-60:])
        anchor = at + edge + (len(lead) - len(lead[-60:]) + relative.start() if relative else be.start())
        whose = relative is not None and relative.group().startswith("whose")
        annex = (
            _LISTS.match(after) or re.search(r"\b[Aa]nnex\b", after[:80])
        ) is not None and "today" not in words.lower()
        going_on = "being" in be.group() or (
            not relative and not annex and re.match(r"(?:is|are)\b", be["be"]) is not None
        )
        infinitive = (
            re.search(
                r"\b(?:to|will|should|must|could|would|may|might|shall|can|not)\s+(?:\w+ly\s+|also\s+|soon\s+)?$", lead
            )
            is not None
            and be["be"] == "be"
        )
        if infinitive and not relative:
            anchor = at + edge + len(_MODAL.sub("", lead))
        return Act(
            verb,
            Voice.RELATIVE if relative else Voice.PASSIVE,
            state,
            anchor,
            by,
            going_on=going_on,
            earlier=earlier or whose or annex,
            infinitive=infinitive,
        )
    mine = [
        b for b in bodies
        if at + edge <= b.span.start and b.span.end <= at + start
        and not (b.key == "country" and _PLACED.search(words[: b.span.start - at]))
        and not _OWNS.match(words, b.span.end - at)
    ]  # fmt: skip
    if past and not _subject_before(before, mine, at + edge) and _REDUCED_NEXT.match(after):
        by = _by_after(words, end, within[1], at, bodies)
        adverbs = _REDUCED_ADVERBS.search(before)
        anchor = at + edge + (adverbs.start() if adverbs else len(before))
        return Act(verb, Voice.REDUCED, state, anchor, by, going_on=False, earlier=earlier, infinitive=False)
    if head == "designated" and re.match(
        r"\s+(?:entit|terrorist|person|individual|group|compan|organi[sz]ation)", after
    ):
        return Act(verb, Voice.ATTRIBUTE, state, at + start, (), going_on=False, earlier=True, infinitive=False)
    if head == "sanctioned" and not mine and _STANDING_NOUN.search(before) and re.match(r"\s+[a-z]", after):
        return Act(verb, Voice.ATTRIBUTE, state, at + start, (), going_on=False, earlier=True, infinitive=False)
    if (
        head == "designated"
        and not mine
        and re.search(
            r"(?:\b(?:the|previously|of|other|with|by|to|and|from|for|several|on behalf of|an?|another|any|its|their|"
            r"[\w.]+['\u2019]s?)\s+|^)$",
            before,
        )
    ):
        return Act(verb, Voice.ATTRIBUTE, state, at + start, (), going_on=False, earlier=True, infinitive=False)
    if head == "designated" and re.search(r"\bpreviously\s+$", before) and not mine:
        return Act(verb, Voice.ATTRIBUTE, state, at + start, (), going_on=False, earlier=True, infinitive=False)
    relative = (
        re.search(
            r"\b(?:whom|which|that|who)\s*(?:,[^,]{0,30},\s*)?(?:the\s+)?$", words[within[0] : mine[-1].span.start - at]
        )
        if mine
        else None
    )
    if relative and past:
        anchor = at + within[0] + relative.start()
        return Act(
            verb, Voice.RELATIVE, state, anchor, tuple(mine[-1:]), going_on=False, earlier=earlier, infinitive=False
        )
    going_on = _PROGRESSIVE.search(before) is not None or _ACTION_TO.search(before) is not None
    earlier = earlier or (past and re.search(r"\b[Aa]nnex\b[^;]{0,80}$", before) is not None and not mine)
    infinitive = (_TO.search(before) is not None and _ACTION_TO.search(before) is None) or (
        not past and head != "took" and not head.endswith(("ing", "s")) and _ACTION_TO.search(before) is None
    )
    if head == "designates" and not mine:
        return None
    by = tuple(mine) or tuple(b for b in bodies if b.span.end <= at + start)[:2]
    if (
        head == "sanctioned"
        and not by
        and re.match(
            r"\s+(?:the\s+)?(?:[a-z]+\s+)?(?:attack|kill|murder|operation|use|execut|bomb|assassinat|violen|plan|plot)",
            after,
        )
    ):
        return None
    return Act(
        verb,
        Voice.ACTIVE,
        state,
        at + start,
        by,
        going_on=going_on,
        earlier=earlier or _HAVE.search(before) is not None,
        infinitive=infinitive,
    )


def _standing(verb: Span, state: LegalState, before: str, at: int) -> Act:
    """'X is a Specially Designated Global Terrorist', 'the SDGT X': said of what was done before."""
    be, apposed = _IS.search(before), _APPOSED.search(before)
    anchor = at + (be.start("be") if be else apposed.start() if apposed else len(before))
    voice = Voice.PASSIVE if be else Voice.RELATIVE if apposed else Voice.ATTRIBUTE
    return Act(verb, voice, state, anchor, (), going_on=False, earlier=True, infinitive=False)


def _subject_before(before: str, mine: list[Body], at: int) -> bool:
    """Whether a body stands before the verb as its subject, not far from it."""
    if re.search(rf"\b(?:we|it|has|have|had){_ADVERBS}\s*$", before, re.IGNORECASE):
        return True
    if not mine:
        return False
    between = before[mine[-1].span.end - at :]
    return len(between) < 25 or re.fullmatch(r"[^,]*(?:,[^,]*,)?[^,]{0,25}", between) is not None


def _by_after(words: str, end: int, until: int, at: int, bodies: tuple[Body, ...]) -> tuple[Body, ...]:
    """The bodies behind 'by' after a passive verb, before its reason."""
    found: list[Body] = []
    for body in bodies:
        low, high = body.span.start - at, body.span.end - at
        if low < end or high > until:
            continue
        if (not found and _BY_AFTER.match(words[end:low]) and not re.search(r"\bfor\s+\w+ing\b", words[end:low])) or (
            found
            and re.fullmatch(
                r"\s*(?:\(|,)?\s*(?:and|and by|by|as well as)?\s*(?:the\s+)?", words[found[-1].span.end - at : low]
            )
        ):
            found.append(body)
    return tuple(found) or tuple(
        b for b in bodies if end <= b.span.start - at and _LISTS.fullmatch(words[end : b.span.start - at])
    )
