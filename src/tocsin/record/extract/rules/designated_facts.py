"""From statements to facts: one party, one act, with what other sentences of the text say of the same act."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState, Span, Step
from tocsin.record.extract.rules.designated_acts import Voice
from tocsin.record.extract.rules.designated_names import Known, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.case.dates import PartialDate
    from tocsin.record.extract.rules.bodies import Body
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.instruments import Instrument
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch

_ANONYMOUS = re.compile(
    r"\b(?:individuals?|entit(?:y|ies)|officials?|companies|persons?|parties|following|members|commanders|leaders|network|vessels|aircraft|organizations|banks|facilitators|"
    r"targets|supporters|others|men|operatives|branches|financiers|firms|subsidiaries|groups|charities|nationals|associates)\b",
    re.IGNORECASE,
)
_THESE_NAMED = re.compile(
    r"\b(?:[Tt]hese|[Tt]he same|[Bb]oth) (?:of these )?(?P<count>(?:two|three|four|five|six|seven|eight|nine|ten) )?(?:companies|entities|individuals|persons|banks|men|organizations|groups)\b"  # noqa: E501
)
_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_MEMBERS = re.compile(
    r"\b(?:companies|businesses|entities|firms|banks|vessels)(?:\s+(?:in [^,;:]{1,40}|that|which|are|were))*\s+"
    r"(?P<what>(?:owned|controlled|operated|managed|used|linked|involved)\b[^;:]*?)(?=[,.;:](?:\s|$)|\s+operating\b)"
)
_ARE = re.compile(
    r"\b(?:individuals|entities|persons|companies|organizations|banks|vessels|designees|names|targets)\b[^.]{0,80}\b(?:are|include|as follows|following)\b"
    r"[^.]{0,20}:$"
)
_SHIP = re.compile(r"\s*\(\s*IMO\b")
_IS_WHAT = re.compile(r"\s*(?:\([^)]*\)\s*)*,?\s*(?:which|who|an?|the|is|was|are|were)\b")
_LABEL = re.compile(r"\s*(?:\([^)]*\)\s*)*(?:[A-Z]\w*\s*)?:\s")
_FIELD = re.compile(
    r"(?:A\.?K\.?A|DOB|POB|Address|Alt|Nationality|Passport|Website|Location|Entity|Individual|Name|Title)\b",
    re.IGNORECASE,
)
OPENING = 4  # sentences with which a text begins
LIST = 60  # sentences within which a list is looked for
NEXT = 12  # characters behind the verb within which 'these companies' is its object
NEXT_SENTENCES = 3
_ALONG = re.compile(
    r"\b(?:simultaneously|concurrently|at the same time|(?:on )?that (?:same )?day|on the same day|the same day)\b",
    re.IGNORECASE,
)
_NO_DEED = re.compile(r"\b(?:designat|sanction|blocked|pursuant|said|born|OFAC|Treasury)\w*", re.IGNORECASE)
_DEED = re.compile(
    r"\b(?:(?:has|have|had|also|was|is|are|were|been|being|directly|reportedly|allegedly|who|which|that)\s+)*(?:provid|support|facilitat|assist|fund|financ|transfer|smuggl|procur|act|serv|operat|lead|led|"
    r"suppl|send|sent|recruit|train|traffick|conduct|engag|involv|responsible|own|control|manag|support|plan|attack|help|work|sell|sold|purchas|collect|rais|carr|coordinat|direct|oversaw|oversee|command|develop|produc|tied|linked|belong|arrang|ship|launder|us|play|act|run|ran|head|chief|director|commander|official|leader|member|"
    r"subsidiar)\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One party in one statement, with what the rest of the text adds.

    Attributes:
        statement: where it is said.
        who: the whole name.
        said: the words of the quote that stand for it: the name itself, a shorter form or a pronoun.
        step: how those words are bound to the whole name; None where it stands in the quote.
        name: the name as it was found, for its type.
        date: when; None is unknown.
        date_span: the words that say when, wherever they stand.
        by: who did it, with the step by which it is bound.
        authorities, reasons: likewise.
    """

    statement: Statement
    who: Span
    said: Span
    step: Step | None
    name: Name
    date: PartialDate | None
    date_span: Span | None
    by: tuple[tuple[Body, Step | None], ...]
    authorities: tuple[tuple[Instrument, Step | None], ...]
    reasons: tuple[tuple[Span, Step | None], ...]

    @property
    def key(self) -> str:
        """The party, folded."""
        return folded(self.who.words)


def facts_of(
    statements: Sequence[Statement], stretches: Sequence[Stretch], known: Known, published: PartialDate | None
) -> tuple[Fact, ...]:
    """The facts of a text: pronouns and short names bound, dates and authorities said once given to each they hold for."""
    whole = _with_lists(statements, stretches)
    raw = [fact for statement in whole for fact in _raw(statement, stretches, known)]
    raw += _these(whole, stretches, known)
    now = _now(whole)
    past = _laws_of_the_past(raw, whole, stretches, known)
    dated = [fact if fact.key in past and _is_bare(fact) else _dated(fact, raw, now, published) for fact in raw]
    kept = [fact for fact in dated if not _is_echo(fact, dated)]
    done = [_with_body(fact, now) for fact in kept]
    standing = [fact for fact in dated if _is_standing(fact)]
    return tuple(_completed(fact, [*done, *standing], whole, stretches, known) for fact in done)


def _with_lists(statements: Sequence[Statement], stretches: Sequence[Stretch]) -> tuple[Statement, ...]:
    """Statements on a group, with the parties of the list that follows each."""
    made: list[Statement] = []
    starts = {s.order for s in statements if s.act is not None and s.parties and (s.is_now or s.is_open)}
    groups = {
        s.order for s in statements if s.act is not None and s.is_group and _introduces(s) and (s.is_now or s.is_open)
    }
    for statement in (*statements, *_continued(statements, stretches)):
        if statement in statements:
            made.append(statement)
        if (
            statement.act is None
            or not statement.is_group
            or statement.state is LegalState.PROPOSED
            or not _introduces(statement)
        ):
            continue
        for order, name in _items(statement, stretches, starts, groups):
            made.append(replace(statement, stretch=stretches[order], parties=(name,), order=order))
    return tuple(made)


def _continued(statements: Sequence[Statement], stretches: Sequence[Stretch]) -> Iterator[Statement]:
    """The act on today's group, taken up by 'The 16 individuals are:' that says nothing of an act itself."""
    acts = [s for s in statements if s.act is not None and s.is_group and s.is_now and _introduces(s)]
    spoken = {s.order for s in statements if s.act is not None}
    for order, stretch in enumerate(stretches):
        words = stretch.span.words.rstrip()
        if order in spoken or stretch.heading or not words.endswith(":") or not _ARE.search(words):
            continue
        told = [s for s in acts if s.order < order]
        if told:
            yield replace(told[-1], stretch=stretch, order=order)


def _introduces(statement: Statement) -> bool:
    act = statement.act
    assert act is not None
    return (
        act.voice in {Voice.ACTIVE, Voice.PASSIVE, Voice.INVERTED}
        and _ANONYMOUS.search(statement.stretch.span.words) is not None
    )


def _items(
    statement: Statement, stretches: Sequence[Stretch], starts: set[int], groups: set[int]
) -> Iterator[tuple[int, Name]]:
    """The names at the head of the items that follow a sentence."""
    opened = statement.stretch.span.words.rstrip().endswith(":")
    if opened and (headed := _headed(statement.order, stretches)):
        yield from headed
        return
    inside = False
    others = starts | groups
    for order in range(statement.order + 1, min(statement.order + LIST, len(stretches))):
        stretch = stretches[order]
        item = stretch.item or (opened and _heads(stretch))
        if stretch.heading or (not item and not inside and order > statement.order + 5):
            return
        if order in others and not stretch.item:
            return
        if not item:
            if opened and inside and not stretches[order].item:
                return
            continue
        inside = True
        if order in starts:
            continue
        for name in _leading(stretch):
            yield order, name


def _headed(order: int, stretches: Sequence[Stretch]) -> list[tuple[int, Name]]:
    """The names of paragraphs that each begin 'Name: ...', or of lines that hold a name alone."""
    ships = list(itertools.takewhile(lambda at: _ships(stretches[at]), range(order + 1, len(stretches))))
    if ships:
        return [(at, name) for at in ships for name in _ships(stretches[at])]
    first = stretches[order + 1] if order + 1 < len(stretches) else None
    if first is None or not _heads(first):
        return []
    found: list[tuple[int, Name]] = []
    paragraph = bool(_LABEL.match(first.span.words, first.names[0].span.end - first.span.start))
    for at in range(order + 1, min(order + LIST, len(stretches))):
        stretch = stretches[at]
        begins = stretch.segment != stretches[at - 1].segment and _heads(stretch)
        label = begins and _LABEL.match(stretch.span.words, stretch.names[0].span.end - stretch.span.start)
        if paragraph and stretch.heading:
            break
        if paragraph and label:
            found.append((at, stretch.names[0]))
        elif not paragraph and stretch.heading and begins and not _FIELD.match(stretch.span.words):
            found += [(at, name) for name in _leading(stretch)]
        elif not paragraph:
            break
    return found


def _heads(stretch: Stretch) -> bool:
    return bool(stretch.names) and (stretch.names[0].title or stretch.names[0].span).start - stretch.span.start < 5


def _ships(stretch: Stretch) -> tuple[Name, ...]:
    """The names that a number of the International Maritime Organization follows."""
    return tuple(n for n in stretch.names if _SHIP.match(stretch.span.words, n.span.end - stretch.span.start))


def _leading(stretch: Stretch) -> tuple[Name, ...]:
    """The names with which an item begins, before its verb."""
    ships = _ships(stretch)
    if ships or not _heads(stretch):
        return ships
    kept = [stretch.names[0]]
    for name in stretch.names[1:]:
        start = (name.title or name.span).start
        between = stretch.span.words[kept[-1].span.end - stretch.span.start : start - stretch.span.start]
        if not re.fullmatch(r"\s*(?:\([^)]*\))?\s*(?:,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?", between):
            break
        kept.append(name)
    return tuple(kept)


def _raw(statement: Statement, stretches: Sequence[Stretch], known: Known) -> Iterator[Fact]:
    if statement.act is None:
        return
    by = tuple((body, None) for body in statement.act.by)
    laws = tuple((law, None) for law in statement.authorities)
    why = ((statement.reason, None),) if statement.reason else ()
    when = statement.when
    quote = statement.stretch.span
    for name in statement.parties:
        who = known.full(name.span)
        inside = quote.start <= who.start and who.end <= quote.end
        same = folded(who.words) == folded(name.span.words)
        who = name.span if same else who
        step = None if same or inside else Step.SHORT_NAME
        yield Fact(
            statement,
            who,
            name.span,
            step,
            name,
            when.date if when else None,
            when.span if when else None,
            by,
            laws,
            why,
        )
    if statement.pronoun is not None:
        meant = _meant(statement, stretches)
        if meant is not None:
            who = known.full(meant.span)
            yield Fact(
                statement,
                who,
                statement.pronoun,
                Step.PRONOUN,
                meant,
                when.date if when else None,
                when.span if when else None,
                by,
                laws,
                why,
            )


def _these(statements: Sequence[Statement], stretches: Sequence[Stretch], known: Known) -> Iterator[Fact]:
    """'State also sanctioned these five companies': those whom the sentence before names as its parties."""
    for number, statement in enumerate(statements):
        quote = statement.stretch.span
        found = _THESE_NAMED.search(quote.words)
        if statement.act is None or not statement.is_group or found is None:
            continue
        at = quote.start + found.start()
        follows = statement.act.voice is Voice.ACTIVE and statement.act.verb.end <= at < statement.act.verb.end + NEXT
        if not follows and not (statement.act.voice is Voice.PASSIVE and found.start() < NEXT):
            continue
        parties = _said_before(statement, statements[:number], stretches, found)
        words = Span(quote.start + found.start(), quote.start + found.end(), found.group())
        for name in parties:
            yield Fact(
                statement, known.full(name.span), words, Step.PRONOUN, name,
                statement.when.date if statement.when else None, statement.when.span if statement.when else None,
                tuple((body, None) for body in statement.act.by), tuple((law, None) for law in statement.authorities),
                ((statement.reason, None),) if statement.reason else (),
            )  # fmt: skip


def _said_before(
    statement: Statement, before: Sequence[Statement], stretches: Sequence[Stretch], found: re.Match[str]
) -> tuple[Name, ...]:
    """Whom 'these companies' means: the parties of a statement just before; else as many names as it counts."""
    told = next((s for s in reversed(before) if s.parties), None)
    count = _COUNT.get((found["count"] or "").strip(), 2 if "oth" in found.group() else None)
    if (
        told is not None
        and told.stretch.segment == statement.stretch.segment
        and 0 < statement.order - told.order < NEXT_SENTENCES
        and count in {None, len(told.parties)}
    ):
        return told.parties
    if count is None:
        return ()
    business = re.search(r"compan|entit|bank|organi|group", found.group()) is not None
    for order in range(statement.order - 1, max(statement.order - 4, -1), -1):
        names = [n for n in stretches[order].names if not n.owner and n.is_organisation == business]
        if len(names) == count and stretches[order].segment == statement.stretch.segment:
            return tuple(names)
    return ()


def _meant(statement: Statement, stretches: Sequence[Stretch]) -> Name | None:
    """Whom a pronoun means: the name that the sentence before begins with, in the same paragraph."""
    assert statement.pronoun is not None
    own = [n for n in statement.stretch.names if n.span.end <= statement.pronoun.start]
    if own and statement.pronoun.start - statement.stretch.span.start > 12:
        return own[0]
    for order in range(statement.order - 1, max(statement.order - 6, -1), -1):
        earlier = stretches[order]
        if earlier.segment != statement.stretch.segment:
            return None
        if _heads(earlier) and not earlier.names[0].owner:
            return earlier.names[0]
        if not re.match(r"(?:He|She|It|They|His|Her|Its|Their|The)\b", earlier.span.words):
            first = next((n for n in earlier.names if not n.owner), None)
            return first if first is not None and first.span.start - earlier.span.start < 40 else None
    return None


def _now(statements: Sequence[Statement]) -> Statement | None:
    """The statement that first says that something is done today, its body named if any names it."""
    acts = [s for s in statements if s.is_now and s.act is not None and s.state is not LegalState.PROPOSED]
    return next((s for s in acts if s.act is not None and s.act.by), acts[0] if acts else None)


def _dated(fact: Fact, raw: Sequence[Fact], now: Statement | None, published: PartialDate | None) -> Fact:
    statement = fact.statement
    if statement.state is LegalState.PROPOSED:
        return fact
    if statement.is_now:
        return replace(fact, date=fact.date or published)
    if fact.date is not None:
        return fact
    if now is None:
        return (
            replace(fact, date=published)
            if statement.is_open and _opens_with(raw) and statement.act and statement.act.by
            else fact
        )
    along = _along(statement, raw)
    if along is not None:
        return replace(fact, date=along.date, date_span=along.date_span)
    same = [f for f in raw if f.key == fact.key and f.statement.state is statement.state and f is not fact]
    today = any(f.statement.is_now for f in same)
    span = now.when.span if now.when else None
    if statement.is_open or (today and statement.act is not None and not statement.act.earlier):
        others = [f for f in same if f.date is not None and not f.statement.is_now]
        foreign = (
            fact.by
            and now.act is not None
            and now.act.by
            and fact.by[0][0].key not in {now.act.by[0].key, "us", "us-treasury", "us-state"}
        )
        if today or (not others and not foreign):
            return replace(fact, date=published, date_span=span)
    return fact


def _opens_with(raw: Sequence[Fact]) -> bool:
    """Whether a text begins with an act that it gives no other date: that of the day it is made public."""
    return any(f.statement.is_open and f.statement.order < OPENING for f in raw)


def _laws_of_the_past(
    raw: Sequence[Fact], statements: Sequence[Statement], stretches: Sequence[Stretch], known: Known
) -> frozenset[str]:
    """Parties of which a bare 'was designated under A' tells a past act: all of today's is done under other laws.

    That is so where a sentence says under what laws today's acts are done, A is none of them, and no sentence that
    speaks of today names the party.
    """
    today = {law.key for s in statements if _is_for_all(s) and s.act is None for law in s.authorities}
    today |= {law.key for f in raw if f.statement.is_now for law, _ in f.authorities} if today else set()
    if not today:
        return frozenset()
    named = {
        folded(known.full(name.span).words)
        for stretch in stretches
        if "oday" in stretch.span.words
        for name in stretch.names
    }
    named |= {f.key for f in raw if f.statement.is_now}
    return frozenset(
        f.key for f in raw
        if _is_bare(f) and f.key not in named and not {law.key for law, _ in f.authorities} & today
    )  # fmt: skip


def _is_bare(fact: Fact) -> bool:
    act = fact.statement.act
    bare = fact.date is None and act is not None and act.voice is Voice.PASSIVE and not fact.statement.is_now
    return bare and bool(fact.authorities)


def _along(statement: Statement, raw: Sequence[Fact]) -> Fact | None:
    """For 'OFAC simultaneously designated ...': the dated fact of the same paragraph before it."""
    if not statement.is_open or not _ALONG.search(statement.stretch.span.words):
        return None
    before = [
        f for f in raw
        if f.statement.order < statement.order and f.statement.stretch.segment == statement.stretch.segment and f.date is not None
    ]  # fmt: skip
    return before[-1] if before and not before[-1].statement.is_now else None


def _is_echo(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether an undated mention only repeats what another sentence says with its date."""
    if fact.date is not None or fact.statement.state is LegalState.PROPOSED:
        return False
    mine = {body.key for body, _ in fact.by}
    for other in facts:
        if other is fact or other.key != fact.key or other.statement.state is not fact.statement.state:
            continue
        theirs = {body.key for body, _ in other.by}
        fits = not mine or not theirs or bool(mine & theirs) or "us" in mine | theirs
        if _is_standing(fact) and not other.authorities and other.reasons:
            return True
        laws, told = ({law.key for law, _ in f.authorities} for f in (fact, other))
        if laws and (told and not laws & told or (not told and mine != theirs)):
            continue
        if fits and other.date is not None:
            return True
        fuller = (len(other.by) + len(other.authorities) + len(other.reasons), -other.statement.order)
        if fits and fuller > (len(fact.by) + len(fact.authorities) + len(fact.reasons), -fact.statement.order):
            return True
    return False


def _is_standing(fact: Fact) -> bool:
    """'X, an entity whose property is blocked pursuant to A': said of what was done before, whoever did it."""
    act = fact.statement.act
    return act is not None and act.voice is Voice.RELATIVE and act.verb.words.startswith("blocked") and not fact.by


def _is_today(fact: Fact, now: Statement | None) -> bool:
    return now is not None and (fact.statement.is_now or (fact.date is not None and fact.statement.when is None))


def _with_body(fact: Fact, now: Statement | None) -> Fact:
    if fact.by or now is None or now.act is None or not _is_today(fact, now):
        return fact
    return replace(fact, by=tuple((body, Step.CONTEXT) for body in now.act.by))


def _completed(
    fact: Fact, facts: Sequence[Fact], statements: Sequence[Statement], stretches: Sequence[Stretch], known: Known
) -> Fact:
    """A fact with authority and reason from other sentences, where its own gives none."""
    if fact.statement.state is LegalState.PROPOSED:
        return fact
    today = fact.date is not None and (fact.statement.is_now or fact.statement.when is None)
    bodies = {body.key for body, _ in fact.by}
    same = [
        f for f in facts
        if f.key == fact.key and f.date == fact.date and f.statement.state is fact.statement.state
        and (bodies == {body.key for body, _ in f.by} or (fact.date is None and _is_standing(f)))
    ]  # fmt: skip
    laws, reasons = fact.authorities, fact.reasons
    if not laws:
        laws = _once(((law, Step.CONTEXT) for f in same for law, step in f.authorities if step is None))
    if not laws and today and fact.statement.state is LegalState.IN_FORCE:
        laws = _law_for_all(fact, statements)
    if not reasons:
        reasons = next((((f.reasons[0][0], Step.CONTEXT),) for f in same if f.reasons), ())
    if not reasons and today:
        group = _of_the_group(fact, statements)
        listed = fact.statement.act is not None and fact.statement.act.verb.end <= fact.statement.stretch.span.start
        told = (group if listed else None) or _described(fact) or _deed(fact, stretches, known)
        told = told or _reason_for_all(fact, statements)
        reasons = ((told, Step.CONTEXT),) if told else ()
        if told and group and group != told and folded(group.words) in folded(told.words):
            reasons = (*reasons, (group, Step.CONTEXT))
    if not reasons and fact.statement.act is not None and fact.statement.act.voice is not Voice.ATTRIBUTE:
        told = _described(fact) or _before(fact)
        reasons = ((told, None),) if told else ()
    return replace(fact, authorities=laws, reasons=reasons)


def _once(found: Iterator[tuple[Instrument, Step | None]]) -> tuple[tuple[Instrument, Step | None], ...]:
    kept: dict[str, tuple[Instrument, Step | None]] = {}
    for law, step in found:
        kept.setdefault(law.key, (law, step))
    return tuple(kept.values())


def _law_for_all(fact: Fact, statements: Sequence[Statement]) -> tuple[tuple[Instrument, Step | None], ...]:
    """The authority of the whole group: of the paragraph, else the one that all of today's acts are done under."""
    general = [s for s in statements if _is_for_all(s)]
    before = [s for s in general if s.order <= fact.statement.order]
    near = [s for s in before if s.stretch.segment == fact.statement.stretch.segment]
    told = [*general, *(s for s in statements if s.is_now or s.is_open)]
    said = {law.key for s in told for law in s.authorities}
    chosen = near[-1] if near else None
    if chosen is None:
        chosen = next(
            (s for s in (*reversed(before), *told) if said and said <= {law.key for law in s.authorities}), None
        )
    if chosen is None or _one_by_one(chosen) or _of_another_body(fact, chosen):
        return ()
    return _once((law, Step.CONTEXT) for law in chosen.authorities)


def _of_another_body(fact: Fact, statement: Statement) -> bool:
    mine, theirs = {b.key for b, _ in fact.by}, {b.key for b in statement.act.by} if statement.act else set()
    return bool(mine and theirs) and not mine & theirs and "us" not in mine | theirs


def _is_for_all(statement: Statement) -> bool:
    """Whether a statement gives a law for a group that it does not name."""
    if not statement.authorities or statement.state is not LegalState.IN_FORCE:
        return False
    act = statement.act
    if act is None:
        return True
    they = statement.pronoun is not None and statement.pronoun.words.lower() == "they"
    if not (statement.is_group or they) or act.earlier or not (statement.is_now or statement.is_open):
        return False
    counted = _THESE_NAMED.search(statement.stretch.span.words)
    return act.voice in {Voice.ACTIVE, Voice.PASSIVE, Voice.INVERTED} and not (counted and act.voice is Voice.PASSIVE)


def _one_by_one(statement: Statement) -> bool:
    """Whether several laws are told one by one, each for what it aims at, so that no party has them all."""
    laws = statement.authorities
    words, at = statement.stretch.span.words, statement.stretch.span.start
    return any(";" in words[a.span.end - at : b.span.start - at] for a, b in itertools.pairwise(laws))


def _reason_for_all(fact: Fact, statements: Sequence[Statement]) -> Span | None:
    before = [
        s
        for s in statements
        if s.is_group and s.reason and s.act and not s.act.earlier and s.order <= fact.statement.order
    ]
    return before[-1].reason if before else None


def _of_the_group(fact: Fact, statements: Sequence[Statement]) -> Span | None:
    """What a sentence on today's group says that its members are: 'five companies that are owned by ...'."""
    for statement in statements:
        act, quote = statement.act, statement.stretch.span
        if act is None or not statement.is_group or act.earlier or not (statement.is_now or statement.is_open):
            continue
        if statement.order > fact.statement.order or act.voice is not Voice.ACTIVE:
            continue
        found = _MEMBERS.search(quote.words, act.verb.end - quote.start)
        if found and not re.search(r"individuals|officials", found.group()[: found.start("what") - found.start()]):
            start = quote.start + found.start("what")
            return Span(start, start + len(found["what"].rstrip()), found["what"].rstrip())
    return None


def _described(fact: Fact) -> Span | None:
    """What the sentence of the act itself says that the party does, where it gives no reason in so many words."""
    quote, act = fact.statement.stretch.span, fact.statement.act
    if act is None or not quote.start <= act.verb.start < quote.end:
        return None
    found = re.search(
        r"\b(?:who|which|that|and)\s+(?P<what>(?:is|are|was|were|has|have)\s+[a-z]+[^.;:]*)|\b(?P<how>(?:owned|controlled|involved|responsible|linked|connected|engaged)\b[^.;:]*)",
        quote.words[act.verb.end - quote.start :],
    )
    if found is None:
        return None
    group = "what" if found["what"] else "how"
    start = act.verb.end + found.start(group)
    return Span(start, start + len(found[group]), found[group])


def _before(fact: Fact) -> Span | None:
    """'X is the agency responsible for ..., and was named': what its sentence says of the party before the act."""
    quote, act = fact.statement.stretch.span, fact.statement.act
    if act is None or not quote.start <= act.verb.start < quote.end:
        return None
    low, high = fact.said.end - quote.start, act.verb.start - quote.start
    found = _DEED.search(quote.words, low, high) if low < high and _IS_WHAT.match(quote.words, low) else None
    if found is None or found.start() - low > 60:
        return None
    words = re.split(
        r",?\s+(?:and|but)\s+(?:\w+\s+){0,3}$|,\s+(?:was|were|is|are|has|have)\b", quote.words[found.start() : high]
    )[0].rstrip(" ,")
    return (
        Span(quote.start + found.start(), quote.start + found.start() + len(words), words) if len(words) > 15 else None
    )


def _deed(fact: Fact, stretches: Sequence[Stretch], known: Known) -> Span | None:
    """What a sentence that begins with the party says that it did."""
    for stretch in stretches:
        if stretch.heading or not _heads(stretch) or folded(known.full(stretch.names[0].span).words) != fact.key:
            continue
        at = stretch.names[0].span.end - stretch.span.start
        found = _DEED.search(stretch.span.words, at)
        if found and not _NO_DEED.search(stretch.span.words):
            words = stretch.span.words[found.start() :].rstrip(" .")
            return Span(stretch.span.start + found.start(), stretch.span.start + found.start() + len(words), words)
    return None
