"""Commands: who, contradictions."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from cyclopts import Parameter

from tocsin.api.known import open_case
from tocsin.api.shapes.who import answer_as_json, before_as_json, contradiction_as_json, moment_as_json
from tocsin.api.who import Context, Who, claimed_before_case, contradictions_case, timeline_case, who_case
from tocsin.case import PartialDate
from tocsin.cli.app import out, print_json, progress
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.errors import InputError, TableProblem
from tocsin.record.claim import Dates
from tocsin.record.corroboration import Group
from tocsin.record.sentence import sentence, when
from tocsin.record.spans import Overlap, Period
from tocsin.record.store import StoredClaim

SHOWN = 60
QUOTES = 3
"""Quotes of one statement that the table shows; --json has all."""


def who(
    name: str | None = None, *, on: str | None = None, during: str | None = None, post: str | None = None,
    organisation: str | None = None, area: Annotated[str | None, Parameter(name="--in")] = None,
    before: str | None = None, timeline: bool = False, case: str = ".", json: bool = False,
) -> None:  # fmt: skip
    """Who held what, who answers to whom and which groups were where, as of a date; each with its quote.

    An answer is `surely` where a source cites it for that time or for days before and after it, `perhaps` where it is cited
    for another time and nothing excludes this one, and `unknown` where no date is cited. Dates are those the sources cite;
    `when published` is what a document says in the present without a date, on the day of its publication.

    Example: tocsin who --post "prime minister" --organisation Iraq --on 2019-06-01 --case iraq

    Args:
        name: a person, organisation or place, by name or id: everything claimed of it, unless a post or area is asked for.
        on: a day, as 2019-06-01.
        during: a year or month, as 2016 or 2016-03.
        post: who held this post.
        organisation: of what the post is.
        area: who operated or was in this province, town, site or state.
        before: what documents published before this day claim.
        timeline: what is claimed of the name in the order of cited dates.
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    opened = open_case(case)
    _one_of(on=on, during=during, before=before)
    if before is not None:
        _before(claimed_before_case(opened, _day("before", before), name=name), case=case, json=json)
        return
    if timeline:
        if name is None:
            raise InputError("--timeline needs a name", hint="tocsin who NAME --timeline")
        moments, context = timeline_case(opened, name)
        if json:
            print_json({"case": case, "name": name, "rows": [moment_as_json(m, context) for m in moments]})
            return
        _claims_table(f"What is claimed of {name}", [m.claim for m in moments], context)
        return
    period = _period(on, during)
    done = who_case(opened, name=name, during=period, post=post, organisation=organisation, area=area)
    if json:
        asked = {"name": name, "on": on, "during": during, "post": post, "organisation": organisation, "in": area}
        rows = [answer_as_json(answer, done.context) for answer in done.answers]
        print_json({"case": case, "asked": asked, "entities": [e.entity_id for e in done.entities], "rows": rows})
        return
    _answers_table(done, period)


def contradictions(*, kind: str | None = None, entity: str | None = None, case: str = ".", json: bool = False) -> None:
    """Claims that exclude each other, both sides with their quotes.

    Each kind of claim has its rule: two holders of a post with one seat, the same asserted and denied, one site in two
    places, for and against one question, figures that cannot be one. What is planned or recommended contradicts nothing; what
    is only reported is marked. Nothing is decided here: a person decides in review.

    Example: tocsin contradictions --case iraq --kind aligned-with

    Args:
        kind: only claims of this kind, as person-holds-post.
        entity: only what is about this person, organisation or place, by name or id.
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    with progress("holding claims against each other"):
        found, context = contradictions_case(open_case(case), kind=kind, entity=entity)
    if json:
        print_json({"case": case, "claims": context.claims, "rows": [contradiction_as_json(c, context) for c in found]})
        return
    if not found:
        say(f"Nothing found among {context.claims:,} claims.")
        return
    made = table("Claims that exclude each other", "about", "one side", "other side", "time", "note")
    for one in found[:SHOWN]:
        marks = ["contested: both stand"] * one.contested + ["one side is only reported"] * one.reported
        row(
            made, f"{one.about} ({one.rule})", _side(one.left_says, one.left, context),
            _side(one.right_says, one.right, context), one.overlap.value, "; ".join((*marks, *one.notes)),
        )  # fmt: skip
    out.print(made)
    sure = sum(one.overlap is Overlap.OVERLAP for one in found)
    say(
        f"{len(found)} found among {context.claims:,} claims: {sure} cited for one time, {len(found) - sure} that may be."
    )
    if len(found) > SHOWN:
        say(f"The first {SHOWN} are shown: --kind and --entity narrow them down, --json lists all.")
    _say_not_compared(context)
    say(f"A rule proposes; a person decides: tocsin review --case {case}")


def _answers_table(done: Who, period: Period | None) -> None:
    if not done.answers:
        say("The record has nothing on this" + (" for that time." if period else "."))
        return
    made = table("What the record says", "statement", "held", "cited", "origins", "quotes")
    for answer in done.answers[:SHOWN]:
        row(
            made, answer.sentence + (" *" if answer.by_name else ""), answer.holding.value if answer.holding else "not asked",
            "; ".join(dict.fromkeys(map(cited, answer.group.claims))), _origins(answer.group),
            _quotes(answer.group.claims, done.context),
        )  # fmt: skip
    out.print(made)
    if len(done.answers) > SHOWN:
        say(f"The first {SHOWN} of {len(done.answers)} are shown; --json lists all.")
    if any(answer.by_name for answer in done.answers):
        say("* taken for one by name in several documents; nobody has judged it yet: tocsin review")
    _say_not_compared(done.context)
    for entity in done.entities if len(done.entities) > 1 else ():
        say(f"Meant: {entity.name} ({entity.type.value}, {entity.entity_id})")


def _say_not_compared(context: Context) -> None:
    if context.not_compared:
        say(
            f"{context.not_compared:,} pairs of documents were not compared for copies of each other: origins may be fewer; "
            "a narrower question compares them."
        )


def _before(found: tuple[object, Context], *, case: str, json: bool) -> None:
    from tocsin.record.asking import Before  # noqa: PLC0415  # only this branch needs it

    done, context = found
    assert isinstance(done, Before)
    if json:
        print_json({"case": case, **before_as_json(done, context)})
        return
    _claims_table("Claimed before", done.claims, context)
    if done.undated:
        say(f"{len(done.undated)} claims are of documents whose publication date is unknown or too imprecise to tell:")
        _claims_table("Perhaps claimed before", done.undated, context)


def _claims_table(title: str, claims: Iterable[StoredClaim], context: Context) -> None:
    made = table(title, "claim", "cited", "published", "quote")
    listed = list(claims)
    for claim in listed[:SHOWN]:
        document = context.documents[claim.document_id]
        published = f"{claim.published} ({document.published_origin.value})" if claim.published else UNKNOWN
        row(made, sentence(claim.proposal), cited(claim), published, _quotes([claim], context))
    out.print(made)
    if len(listed) > SHOWN:
        say(f"The first {SHOWN} of {len(listed)} are shown; --json lists all.")


def cited(claim: StoredClaim) -> str:
    """The cited dates in words; where the text cites none and its day of publication stands for them, it says so."""
    dates = claim.dates
    present = dates == Dates(first_seen=claim.published, last_seen=claim.published)
    if claim.published is not None and present and not claim.proposal.date_spans:
        return f"when published, {claim.published}"
    return when(dates)


def _side(says: str, groups: tuple[Group, ...], context: Context) -> str:
    claims = [claim for group in groups for claim in group.claims]
    dates = "; ".join(dict.fromkeys(map(cited, claims)))
    origins = "; ".join(dict.fromkeys(origin.words for group in groups for origin in group.origins))
    return f"{says}\ncited: {dates}\norigins: {origins}\n{_quotes(claims, context)}"


def _origins(group: Group) -> str:
    repeats = f", {group.repeats} repeating them" if group.repeats else ""
    return f"{len(group.origins)}: {'; '.join(origin.words for origin in group.origins)}{repeats}"


def _quotes(claims: Iterable[StoredClaim], context: Context) -> str:
    listed = list(claims)
    told = [f"“{claim.quote.words}” ({_place(claim, context)})" for claim in listed[:QUOTES]]
    return "\n".join(told + [f"and {len(listed) - QUOTES} more"] * (len(listed) > QUOTES))


def _place(claim: StoredClaim, context: Context) -> str:
    page = f", p. {claim.page}" if claim.page is not None else ""
    paragraph = f", par. {claim.paragraph}" if claim.paragraph is not None else ""
    graded = context.grade_of(claim)
    told = f"source {graded[0]} graded {graded[1].name}" if graded else "source not graded"
    credibility = f"credibility {claim.credibility.name[1:]}" if claim.credibility else "claim not graded"
    return f"{claim.document}{page}{paragraph}; {told}, {credibility}; {claim.status.value}"


def _one_of(**given: str | None) -> None:
    asked = [f"--{name}" for name, value in given.items() if value is not None]
    if len(asked) > 1:
        raise InputError(f"{' and '.join(asked)} cannot be asked for at once", hint=f"give {asked[0]} alone")


def _period(on: str | None, during: str | None) -> Period | None:
    if on is not None:
        day = _day("on", on)
        return Period(day, day)
    return None if during is None else Period.of(_date("during", during))


def _day(option: str, text: str) -> date:
    found = _date(option, text)
    if found.day is None or found.earliest is None:
        raise InputError(
            f"--{option} {text} is no day", hint="write a day, as 2019-06-01; --during takes a year or month"
        )
    return found.earliest


def _date(option: str, text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except TableProblem as error:
        raise InputError(f"--{option}: {error.what}", hint=error.hint) from error
