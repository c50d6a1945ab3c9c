"""How a verb of designation is put: active, passive, at the head of its sentence, behind a relative word ..., and by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState, Span
from tocsin.record.extract.rules.designated_acts import STANDING, Act, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.record.extract.rules.bodies import Body

NEAR = 400  # characters before a verb in which its subject is looked for

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
IS = re.compile(
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
_APPOSED = re.compile(r",\s+(?:an?\s+[^,;.]{1,60}\s+and\s+)?(?:also\s+)?an?\s+$")
_MODAL = re.compile(r"\b(?:(?:will|may|might|could|should|can|would|must|now|also|likely|soon|to)\s+)+$")
_DASHED = re.compile(r"(?P<by>[\w.]+)[-\u2010-\u2014]$")
_FOLLOWING = re.compile(r"\bfollowing\s+(?:\w+\s+){0,2}$")
_DESIGNEES = re.compile(r"\s+(?:[a-z-]+\s+){0,2}[a-z]+s(?=:)")
_DESIGNEES_LAST = re.compile(
    r"\b(?:individuals|entities|persons|people|companies|firms|banks|vessels|ships|aircraft|officials|commanders|leaders|members|"
    r"those|others|organi[sz]ations|groups|charities|nationals|subsidiaries)\s+(?:(?:also|being|jointly)\s+)*$",
    re.IGNORECASE,
)
_PRESENTED = re.compile(r"\s+today\s*(?:(?:are|were)(?=\s*:|\s+(?:the\s+)?[A-Z])|(?:include|includes)\b|(?=:))")
_FRONTED = re.compile(
    r"(?:In (?:support|coordination|conjunction|concert|response|parallel|addition)|Following|Along with|Together with|"
    r"As part)\b[^,]*,\s"
)
_MAY_BE = re.compile(r"\b(?:to|will|should|must|could|would|may|might|shall|can|not)\s+(?:\w+ly\s+|also\s+|soon\s+)?$")
_DESIGNATED_KIND = re.compile(r"\s+(?:entit|terrorist|person|individual|group|compan|organi[sz]ation)")
_DESCRIBING = re.compile(
    r"(?:\b(?:the|previously|already|including|of|other|with|by|to|and|from|for|several|on behalf of|an?|another|any|its|their|"
    r"[\w.]+['\u2019]s?)\s+|^)$"
)
_WHOM = re.compile(r"\b(?:whom|which|that|who)\s*(?:,[^,]{0,30},\s*)?(?:the\s+)?$")
_ALLOWED = re.compile(
    r"\s+(?:the\s+)?(?:[a-z]+\s+)?(?:attack|kill|murder|operation|use|execut|bomb|assassinat|violen|plan|plot)"
)
_AND_BY = re.compile(r"\s*(?:\(|,)?\s*(?:and|and by|by|as well as)?\s*(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb or noun of `acts.toml` in a sentence.

    Attributes:
        start, end: offsets in the sentence.
        state: what it does.
        noun: whether it says nothing by itself.
    """

    start: int
    end: int
    state: LegalState
    noun: bool


@dataclass(frozen=True, slots=True)
class _Put:
    """A verb with the words around it.

    Attributes:
        verb: the verb.
        sentence: its sentence.
        low, high: offsets in the sentence between the acts before and behind it.
        bodies: the bodies of the sentence.
    """

    verb: Verb
    sentence: Span
    low: int
    high: int
    bodies: tuple[Body, ...]

    @property
    def edge(self) -> int:
        """Offset in the sentence from which its subject is looked for."""
        return max(self.low, self.verb.start - NEAR)

    @property
    def words(self) -> str:
        """The words of the verb."""
        return self.sentence.words[self.verb.start : self.verb.end]

    @property
    def head(self) -> str:
        """Its first word."""
        return self.words.split()[0]

    @property
    def before(self) -> str:
        """The words before it."""
        return self.sentence.words[self.edge : self.verb.start]

    @property
    def after(self) -> str:
        """The words behind it."""
        return self.sentence.words[self.verb.end : self.high]

    @property
    def is_past(self) -> bool:
        """Whether it is a participle or past."""
        return self.head.endswith("ed") or self.head == "taken"

    @property
    def is_earlier(self) -> bool:
        """Whether a word beside it says that it was done before."""
        told = re.match(r"\s+(?:(?:in|to) the [Aa]nnex|previously\b|earlier\b)", self.after)
        return _EARLIER.search(self.before[-80:]) is not None or told is not None

    @property
    def mine(self) -> tuple[Body, ...]:
        """The bodies before it that may be its subject."""
        words, at = self.sentence.words, self.sentence.start
        told = tuple(
            b for b in self.bodies
            if at + self.edge <= b.span.start and b.span.end <= at + self.verb.start
            and not (b.key == "country" and _PLACED.search(words[: b.span.start - at]))
            and not _OWNS.match(words, b.span.end - at)
        )  # fmt: skip
        fronted = _FRONTED.match(words)
        return tuple(b for b in told if fronted and b.span.start >= at + fronted.end()) or told

    def by_until(self, end: int) -> tuple[Body, ...]:
        """The last body between the edge and an offset in the sentence."""
        at = self.sentence.start
        return tuple(b for b in self.bodies if at + self.edge <= b.span.start and b.span.end <= at + end)[-1:]

    def act(
        self,
        voice: Voice,
        anchor: int,
        *,
        by: tuple[Body, ...] = (),
        going_on: bool = False,
        earlier: bool = False,
        infinitive: bool = False,
    ) -> Act:
        """The act, its anchor given as an offset in the sentence."""
        at = self.sentence.start
        verb = Span(at + self.verb.start, at + self.verb.end, self.words)
        return Act(verb, voice, self.verb.state, at + anchor, by, going_on, earlier, infinitive)


def act_of(sentence: Span, verb: Verb, within: tuple[int, int], bodies: tuple[Body, ...]) -> Act | None:
    """The act of a verb as the first way fits in which it can be put; None where it speaks of no designation.

    Args:
        sentence: the sentence.
        verb: the verb.
        within: offsets in the sentence between the acts before and behind it.
        bodies: the bodies of the sentence.
    """
    put = _Put(verb, sentence, within[0], within[1], bodies)
    return next((act for way in _WAYS if (act := way(put)) is not None), None)


def _standing(put: _Put) -> Act | None:
    """'X is a Specially Designated Global Terrorist', 'the SDGT X': said of what was done before."""
    if put.head not in STANDING:
        return None
    be, apposed = IS.search(put.before), _APPOSED.search(put.before)
    anchor = put.edge + (be.start("be") if be else apposed.start() if apposed else len(put.before))
    voice = Voice.PASSIVE if be else Voice.RELATIVE if apposed else Voice.ATTRIBUTE
    return put.act(voice, anchor, earlier=True)


def _faced(put: _Put) -> Act | None:
    """'X faces sanctions'."""
    if not put.head.startswith("fac"):
        return None
    return put.act(Voice.PASSIVE, put.edge + len(_MODAL.sub("", put.before)), infinitive=True)


def _noun(put: _Put) -> Act | None:
    """'Today's designations include X', 'the inclusion of X', 'Treasury's designation of X'."""
    if put.head == "designations" and not put.verb.noun:
        now = re.search(r"\b(?:today['\u2019]s|these|the|this)\s+$", put.before, re.IGNORECASE) is not None
        by = put.by_until(put.verb.start)
    elif put.head == "inclusion" or put.words.endswith((" designation of", " designations of")):
        now = re.search(r"\b[Tt]oday\b|\b[Tt]hese actions?\b", put.sentence.words[: put.verb.start]) is not None
        by = put.by_until(put.verb.end)
    elif put.head.startswith("designation"):
        now = re.search(r"\b[Tt]oday['\u2019]s\s+$", put.before) is not None
        by = put.by_until(put.verb.end)
    else:
        return None
    return put.act(Voice.ACTIVE, put.verb.start, by=by, going_on=now, earlier=not now)


def _dashed(put: _Put) -> Act | None:
    """'U.S.-designated X'."""
    if not _DASHED.search(put.before):
        return None
    at = put.sentence.start
    by = tuple(b for b in put.bodies if at + put.low <= b.span.start and b.span.end == at + put.verb.start - 1)
    return put.act(Voice.ATTRIBUTE, put.verb.start, by=by, earlier=True)


def _opening(put: _Put) -> Act | None:
    """'Designated in 2011, X ...', 'Also designated today was X'."""
    if not put.is_past:
        return None
    copula = _COPULA.search(put.after) if put.edge == 0 and _OPENING.fullmatch(put.before) else None
    opened = _MAIN_CLAUSE.search(put.after) if put.head[0].isupper() and not put.before.strip(_MARKS) else None
    end = put.verb.end
    if opened and not (copula and copula.start() < opened.start()):
        by = _by_after(put, end + opened.start())
        return put.act(Voice.OPENING, end + opened.end(), by=by, earlier=True)
    if copula:
        by = _by_after(put, end + copula.start())
        now = "eing" in put.before or copula.group() in {"is", "are"}
        return put.act(Voice.INVERTED, end + copula.end(), by=by, going_on=now, earlier=put.is_earlier)
    return None


def _presenting(put: _Put) -> Act | None:
    """'the following ten designated companies: A, B', 'the vessels identified today: A, B', 'those designated today are A'."""
    if not put.is_past or _EARLIER.search(put.before[-80:]):
        return None
    found = _PRESENTED.match(put.after) or (_FOLLOWING.search(put.before) and _DESIGNEES.match(put.after))
    if not found or (found.re is _PRESENTED and not _DESIGNEES_LAST.search(put.before)):
        return None
    return put.act(Voice.INVERTED, put.verb.end + found.end(), going_on=True)


def _passive(put: _Put) -> Act | None:
    """'X was designated', 'X, which was designated'."""
    be = _BE.search(put.before)
    if be is None or not put.is_past:
        return None
    lead = put.before[: be.start()]
    relative = _RELATIVE.search(lead[-60:])
    anchor = put.edge + (len(lead) - len(lead[-60:]) + relative.start() if relative else be.start())
    whose = relative is not None and relative.group().startswith("whose")
    listed = _LISTS.match(put.after) or re.search(r"\b[Aa]nnex\b", put.after[:80])
    annex = listed is not None and "today" not in put.sentence.words.lower()
    is_now = not relative and not annex and re.match(r"(?:is|are)\b", be["be"]) is not None
    infinitive = be["be"] == "be" and _MAY_BE.search(lead) is not None
    if infinitive and not relative:
        anchor = put.edge + len(_MODAL.sub("", lead))
    return put.act(
        Voice.RELATIVE if relative else Voice.PASSIVE,
        anchor,
        by=_by_after(put, put.high),
        going_on="being" in be.group() or is_now,
        earlier=put.is_earlier or whose or annex,
        infinitive=infinitive,
    )


def _reduced(put: _Put) -> Act | None:
    """'X, designated in 2011, ...'."""
    follows = _REDUCED_NEXT.match(put.after) or _LISTS.match(put.after)
    if not put.is_past or _subject_before(put) or not follows:
        return None
    adverbs = _REDUCED_ADVERBS.search(put.before)
    anchor = put.edge + (adverbs.start() if adverbs else len(put.before))
    return put.act(Voice.REDUCED, anchor, by=_by_after(put, put.high), earlier=put.is_earlier)


def _attribute(put: _Put) -> Act | None:
    """'designated terrorists such as X', 'the previously sanctioned X'."""
    kind = put.head == "designated" and _DESIGNATED_KIND.match(put.after) is not None
    if not kind and put.mine:
        return None
    sanctioned = put.head == "sanctioned" and _STANDING_NOUN.search(put.before) and re.match(r"\s+[a-z]", put.after)
    if kind or sanctioned or (put.head == "designated" and _DESCRIBING.search(put.before)):
        return put.act(Voice.ATTRIBUTE, put.verb.start, earlier=True)
    return None


def _relative(put: _Put) -> Act | None:
    """'X, whom OFAC designated'."""
    if not put.mine or not put.is_past:
        return None
    found = _WHOM.search(put.sentence.words[put.low : put.mine[-1].span.start - put.sentence.start])
    return put.act(Voice.RELATIVE, put.low + found.start(), by=put.mine[-1:], earlier=put.is_earlier) if found else None


def _active(put: _Put) -> Act | None:
    """'OFAC designated X'; None where nobody does it, or where 'sanctioned' says that something was allowed."""
    at, mine = put.sentence.start, put.mine
    by = mine or tuple(b for b in put.bodies if b.span.end <= at + put.verb.start)[:2]
    if (put.head == "designates" and not mine) or (put.head == "sanctioned" and not by and _ALLOWED.match(put.after)):
        return None
    action_to = _ACTION_TO.search(put.before) is not None
    bare = not put.is_past and put.head != "took" and not put.head.endswith(("ing", "s"))
    annex = put.is_past and not mine and re.search(r"\b[Aa]nnex\b[^;]{0,80}$", put.before) is not None
    return put.act(
        Voice.ACTIVE,
        put.verb.start,
        by=by,
        going_on=action_to or _PROGRESSIVE.search(put.before) is not None,
        earlier=put.is_earlier or annex or _HAVE.search(put.before) is not None,
        infinitive=not action_to and (bare or _TO.search(put.before) is not None),
    )


_WAYS: tuple[Callable[[_Put], Act | None], ...] = (
    _standing, _faced, _noun, _dashed, _opening, _presenting, _passive, _reduced, _attribute, _relative, _active,
)  # fmt: skip


def _subject_before(put: _Put) -> bool:
    """Whether a body stands before the verb as its subject, not far from it."""
    if re.search(rf"\b(?:we|it|has|have|had){_ADVERBS}\s*$", put.before, re.IGNORECASE):
        return True
    if not put.mine:
        return False
    between = put.before[put.mine[-1].span.end - put.sentence.start - put.edge :]
    return len(between) < 25 or re.fullmatch(r"[^,]*(?:,[^,]*,)?[^,]{0,25}", between) is not None


def _by_after(put: _Put, until: int) -> tuple[Body, ...]:
    """The bodies behind 'by' after a passive verb, before its reason."""
    words, at, end = put.sentence.words, put.sentence.start, put.verb.end
    found: list[Body] = []
    for body in put.bodies:
        low, high = body.span.start - at, body.span.end - at
        if low < end or high > until:
            continue
        if (not found and _BY_AFTER.match(words[end:low]) and not re.search(r"\bfor\s+\w+ing\b", words[end:low])) or (
            found and _AND_BY.fullmatch(words[found[-1].span.end - at : low])
        ):
            found.append(body)
    return tuple(found) or tuple(
        b for b in put.bodies if end <= b.span.start - at and _LISTS.fullmatch(words[end : b.span.start - at])
    )
