"""From statements to facts: one party, one act, with what other sentences of the text say of the same act."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState, Step
from tocsin.record.extract.rules.designated_acts import Voice
from tocsin.record.extract.rules.designated_bound import meant_by, these
from tocsin.record.extract.rules.designated_counted import with_counted
from tocsin.record.extract.rules.designated_dates import is_bare, laws_of_the_past, of_today, with_date
from tocsin.record.extract.rules.designated_fact import Fact
from tocsin.record.extract.rules.designated_grounds import with_grounds
from tocsin.record.extract.rules.designated_laws import (
    law_for_all,
    law_of_heading,
    law_of_section,
    law_of_standing,
    law_that_blocks,
    once,
)
from tocsin.record.extract.rules.designated_lists import with_lists
from tocsin.record.extract.rules.designated_names import folded
from tocsin.record.extract.rules.designated_reasons import (
    deed,
    described,
    of_all,
    of_the_group,
    reason_for_all,
    said_before_act,
    said_of,
)
from tocsin.record.extract.rules.designated_submitted import submitted
from tocsin.record.extract.rules.reasons import reason_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.case.dates import PartialDate
    from tocsin.record.claim import Span
    from tocsin.record.extract.rules.designated_names import Known
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch


_LOOSE = re.compile(r"(?:took|taken|taking|takes)\b")


def facts_of(
    statements: Sequence[Statement], stretches: Sequence[Stretch], known: Known, published: PartialDate | None
) -> tuple[Fact, ...]:
    """The facts of a text: pronouns and short names bound, dates and authorities said once given to each they hold for."""
    whole = with_counted(with_lists(statements, stretches), stretches, known)
    raw = [fact for statement in whole for fact in _raw(statement, stretches, known)]
    raw += these(whole, stretches, known)
    raw += submitted(raw, stretches, known)
    now = of_today(whole, stretches)
    past = laws_of_the_past(raw, whole, stretches, known)
    dated = [
        fact if fact.key in past and is_bare(fact) else with_date(fact, raw, whole, now, published) for fact in raw
    ]
    kept = [fact for fact in dated if not _is_echo(fact, dated)]
    done = [_with_body(fact, now, kept) for fact in kept]
    standing = [fact for fact in dated if _is_standing(fact)]
    told = [_completed(fact, [*done, *standing], whole, stretches, known, published) for fact in done]
    return with_grounds(told, whole, known)


def _raw(statement: Statement, stretches: Sequence[Stretch], known: Known) -> Iterator[Fact]:
    if statement.act is None:
        return
    quote = statement.stretch.span
    for name in statement.parties:
        who = known.full(name.span)
        inside = quote.start <= who.start and who.end <= quote.end
        same = folded(who.words) == folded(name.span.words)
        yield _as_said(
            statement, name, name.span if same else who, name.span, None if same or inside else Step.SHORT_NAME
        )
    if statement.pronoun is not None and (meant := meant_by(statement, stretches)) is not None:
        yield _as_said(statement, meant, known.full(meant.span), statement.pronoun, Step.PRONOUN)


def _as_said(statement: Statement, name: Name, who: Span, said: Span, step: Step | None) -> Fact:
    when, act = statement.when, statement.act
    return Fact(
        statement, who, said, step, name, when.date if when else None, when.span if when else None,
        tuple((body, None) for body in (act.by if act else ())), tuple((law, None) for law in statement.authorities),
        ((statement.reason, None),) if statement.reason else (),
    )  # fmt: skip


def _is_echo(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether an undated mention, or one dated less exactly, only repeats what another sentence says with its date."""
    if fact.statement.state is not LegalState.PROPOSED and (_is_coarser(fact, facts) or _is_loose(fact, facts)):
        return True
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
        if laws and ((told and not laws & told) or (not told and mine != theirs)):
            continue
        if laws and fact.statement.act is not None and fact.statement.act.earlier and other.statement.is_now:
            continue
        if fits and other.date is not None:
            return True
        fuller = (len(other.by) + len(other.authorities) + len(other.reasons), -other.statement.order)
        if fits and fuller > (len(fact.by) + len(fact.authorities) + len(fact.reasons), -fact.statement.order):
            return True
    return False


def _is_coarser(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether another sentence tells the same party, law and state with a day or month within the time that this one gives."""
    laws = {law.key for law, _ in fact.authorities}
    if fact.date is None or not laws:
        return False
    return any(
        other.key == fact.key
        and other.statement.state is fact.statement.state
        and other.date is not None
        and other.date.precision is not fact.date.precision
        and str(other.date).startswith(str(fact.date))
        and {law.key for law, _ in other.authorities} == laws
        for other in facts
    )


def _is_loose(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether 'is taking action against X' tells no act on X: neither law nor reason, and others are designated by name."""
    act = fact.statement.act
    if act is None or not _LOOSE.match(act.verb.words) or fact.authorities or fact.reasons:
        return False
    others = {
        f.key for f in facts if f.statement.act and f.statement.is_now and not _LOOSE.match(f.statement.act.verb.words)
    }
    return bool(others) and fact.key not in others


def _is_standing(fact: Fact) -> bool:
    """'X, an entity whose property is blocked pursuant to A': said of what was done before, whoever did it."""
    act = fact.statement.act
    return act is not None and act.voice is Voice.RELATIVE and act.verb.words.startswith("blocked") and not fact.by


def _is_today(fact: Fact, now: Statement | None) -> bool:
    return now is not None and (fact.statement.is_now or (fact.date is not None and fact.statement.when is None))


def _with_body(fact: Fact, now: Statement | None, facts: Sequence[Fact]) -> Fact:
    """The fact of today with the body that a sentence before names for its party, else with the one of today's acts."""
    if fact.by or now is None or now.act is None or not _is_today(fact, now):
        return fact
    state = fact.statement.state
    before = [f for f in facts if f.statement.order < fact.statement.order and f.by and _is_today(f, now)]
    told = [f for f in before if f.key == fact.key and f.statement.state is state]
    if told:
        return replace(fact, by=tuple((body, Step.CONTEXT) for body, _ in told[0].by))
    return replace(fact, by=tuple((body, Step.CONTEXT) for body in now.act.by))


def _completed(  # noqa: PLR0917  # all that a text says
    fact: Fact,
    facts: Sequence[Fact],
    statements: Sequence[Statement],
    stretches: Sequence[Stretch],
    known: Known,
    published: PartialDate | None,
) -> Fact:
    """A fact with authority and reason from other sentences, where its own gives none."""
    if fact.statement.state is LegalState.PROPOSED:
        return fact
    statement = fact.statement
    today = fact.date is not None and (statement.is_now or (statement.when is None and fact.date == published))
    bodies = {body.key for body, _ in fact.by}
    same = [
        f for f in facts
        if f.key == fact.key and f.date == fact.date and f.statement.state is fact.statement.state
        and (bodies == {body.key for body, _ in f.by} or (fact.date is None and _is_standing(f)))
    ]  # fmt: skip
    laws, reasons = fact.authorities, fact.reasons
    quote, act = fact.statement.stretch.span, fact.statement.act
    statement_of_list = act is not None and not quote.start <= act.verb.start < quote.end
    if not laws:
        laws = once(((law, Step.CONTEXT) for f in same for law, step in f.authorities if step is None))
    if not laws and today and fact.statement.state is LegalState.IN_FORCE:
        laws = law_of_heading(fact, stretches) or law_for_all(fact, statements, stretches)
        laws = laws or law_of_section(fact, facts, stretches) or law_of_standing(statements, stretches)
        laws = laws or law_that_blocks(fact, stretches)
    if not reasons:
        reasons = next((((f.reasons[0][0], Step.CONTEXT),) for f in same if f.reasons), ())
    if not reasons and statement_of_list:
        own = reason_in(fact.statement.stretch.span, after=fact.said.end)
        reasons = ((own, None),) if own and own.words.lower().startswith(("for", "because")) else ()
    if not reasons and today:
        group = of_the_group(fact, statements)
        listed = fact.statement.act is not None and fact.statement.act.verb.end <= fact.statement.stretch.span.start
        told = (group if listed else None) or described(fact) or deed(fact, stretches, known)
        told = told or reason_for_all(fact, statements)
        reasons = tuple((words, Step.CONTEXT) for words in dict.fromkeys((told, said_of(fact))) if words)
        if told and group and group != told and folded(group.words) in folded(told.words):
            reasons = (*reasons, (group, Step.CONTEXT))
        every = of_all(fact, statements)
        reasons = (
            (*reasons, (every, Step.CONTEXT)) if every and every not in {words for words, _ in reasons} else reasons
        )
    if not reasons and fact.statement.act is not None and fact.statement.act.voice is not Voice.ATTRIBUTE:
        told = described(fact) or said_before_act(fact) or said_of(fact)
        reasons = ((told, None),) if told else ()
    return replace(fact, authorities=laws, reasons=reasons)
