"""When a post was held: only as far as the words beside it say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.case.dates import Bound, PartialDate
from tocsin.record.claim import Dates, Span
from tocsin.record.extract.rules.dating import DateFound, Use, as_dated, dates_in

if TYPE_CHECKING:
    from tocsin.record.extract.rules.posts.people import Held
    from tocsin.record.extract.rules.stretches import Stretch

_CUT = re.compile(
    r";|,\s(?:and|but|who|which|while|where|when|a|an|the|replacing|succeeding)\s|\s(?:after|when|who|which|while|where)\s"
)
_BEGAN = re.compile(
    r"\b(?:became|become|appoint(?:s|ed)|names|named|elect(?:s|ed)|promot(?:es|ed)|nominated|confirmed|swore|sworn|installs|installed|chooses|chose|chosen|took|takes|assumed|succeeded|replaced)\b"
)
_WAS = re.compile(
    r"\b(?:was|were|served|acted|functioned|worked|had|held|occupied|headed|led|commanded|chaired|directed|managed|presided|been)\b"
)
_IS = re.compile(
    r"\b(?:is|are|has|have|serves|acts|holds|leads|heads|commands|chairs|directs|manages|oversees|supervises|presides|runs|remains|continues)\b"
)
_REMOVED = re.compile(
    r"\b(?:removed|dismissed|sacked|fired|replaced|resigned|stepped down|retired|ousted|relieved"
    r"|left (?:office|the post)|was killed|killed|died)\b"
)
_GIVEN_UP = re.compile(
    r"\b(?P<to>to\s+)?(?:resign(?:s|ed)?|step(?:s|ped)?\s+down|stood\s+down|quit|retired|(?:oust|dismiss|sack|fire|relieve|remove|replace)(?:s|d|ed)?)"
    r"(?:\s+[^.;,]{1,60}?)?\s+(?:as|from\s+(?:the|his|her)\s+(?:post|position|office)\s+(?:as|of))\s+$"
)
"""What stands before a title that is given up or taken: 'resigned as', 'removed X as'."""
_ADJOINING = re.compile(
    r"(?:\s*\([^()]*\))?,?\s*(?:(?:in|on|as of|during|since|from|until|between|through|by|before|effective|at least|for"
    r"|early|mid|late|around|about)\s*|-)*",
    re.IGNORECASE,
)
_AROUND = re.compile(r"\b(?:prior\s+to|before|after)\s+(?:his|her|their)\b[^,;]*$", re.IGNORECASE)
"""What stands before a post that only dates another."""
_LEADS = re.compile(r"^(?:As of|In|On|By|During|Since|From|Between|Until|Through)\b[^,]{3,60},\s")


def when_held(held: Held, stretch: Stretch, published: PartialDate | None) -> tuple[Dates, tuple[Span, ...]]:
    """The dates of a post as its clause gives them, and the words that say them.

    'Since' and 'became ... in' give a start, 'until' and 'removed in' an end, 'was ... in' a day at which it is seen to hold.
    A past tense alone gives nothing. 'Former' says that it had ended by the day of publication, no more. What is put in the
    present, in a sentence without an earlier date, is seen to hold at publication.
    """
    removed = _removed(held, stretch, published)
    if removed is not None:
        return removed
    found = (*_behind(held, stretch, published), *_leading(held, stretch, published))
    given_up = _GIVEN_UP.search(stretch.span.words[: held.office.start - stretch.span.start])
    if given_up and held.frame == "role":
        return _ended(found, published, done=given_up["to"] is None)
    if found:
        began = _BEGAN.search(held.link) is not None
        dated = as_dated(tuple(_begun(d) if began and d.use in {Use.AT, Use.SEEN} else d for d in found))
        return dated.dates, dated.spans
    if published is None:
        return Dates(), ()
    if held.office.over or "no longer" in held.link:
        return Dates(end=_by(published)), ()
    return (
        (Dates(first_seen=published, last_seen=published), ())
        if _is_present(held, stretch, published)
        else (Dates(), ())
    )


def _ended(
    found: tuple[DateFound, ...], published: PartialDate | None, *, done: bool
) -> tuple[Dates, tuple[Span, ...]]:
    """The end of a post that is given up, on the day that is given or by publication; nothing where it is only sought."""
    if done and found:
        return Dates(end=found[0].date), (found[0].span,)
    return (Dates(end=_by(published)) if done and published is not None else Dates()), ()


def _by(day: PartialDate) -> PartialDate:
    return PartialDate(day.year, day.month, day.day, Bound.BY)


def _begun(found: DateFound) -> DateFound:
    return DateFound(found.span, found.date, Use.START, found.relative)


def _words(stretch: Stretch, start: int, end: int) -> Span:
    return Span(start, end, stretch.span.words[start - stretch.span.start : end - stretch.span.start])


def _behind(held: Held, stretch: Stretch, published: PartialDate | None) -> tuple[DateFound, ...]:
    """Dates right behind the title and its body, and those that follow them."""
    at = held.office.end
    rest = _words(stretch, at, min(at + 160, stretch.span.end))
    cut = _CUT.search(rest.words)
    clause = _words(stretch, at, at + cut.start()) if cut else rest
    found = dates_in(clause, published)
    if not found or held.frame == "title":
        return ()
    lead = clause.words[: found[0].span.start - at]
    adjoins = _ADJOINING.fullmatch(lead) is not None
    if held.frame == "apposition" and found[0].use is Use.AT and not re.search(r"\b(?:in|from|during)\s+$", lead):
        return ()
    if adjoins:
        return found
    return tuple(d for d in found if d.use is not Use.AT)


def _leading(held: Held, stretch: Stretch, published: PartialDate | None) -> tuple[DateFound, ...]:
    """A date that opens the sentence: 'As of June 2016, X served as ...'."""
    match = _LEADS.match(stretch.span.words)
    if match is None or held.frame not in {"copula", "verb"}:
        return ()
    if held.person.span.start - stretch.span.start > match.end() + 40:
        return ()
    return dates_in(_words(stretch, stretch.span.start, stretch.span.start + match.end()), published)


def _removed(held: Held, stretch: Stretch, published: PartialDate | None) -> tuple[Dates, tuple[Span, ...]] | None:
    """'X, the head of Y, was removed before January 2020': the end, or what it came before."""
    if held.frame not in {"apposition", "title"} or held.pronoun:
        return None
    at = max(held.office.end, held.person.span.end)
    rest = _words(stretch, at, min(at + 160, stretch.span.end))
    match = re.compile(
        rf"(?:\s*\([^()]*\))?,?\s+(?:(?:was|has been|had been|were|had|then|has)\s+)*{_REMOVED.pattern}"
    ).match(rest.words)
    if match is None:
        return None
    cut = re.search(r";|,\s(?:and|but|who|which|while)\s", rest.words)
    clause = _words(stretch, at + match.end(), at + max(cut.start() if cut else len(rest.words), match.end()))
    found = dates_in(clause, published)[:1]
    if not found:
        return None
    day, lead = found[0].date, clause.words[: found[0].span.start - clause.start]
    early = re.search(r"\b(?:before|by|prior to)\s+(?:\w+\s+){0,2}$", lead) is not None
    end = _by(day) if early else day
    return Dates(end=end), (found[0].span,)


def _is_present(held: Held, stretch: Stretch, published: PartialDate) -> bool:
    """Whether it is put as holding when the text was made public."""
    said = stretch.span.words[: held.office.start - stretch.span.start]
    if held.frame == "role" and ("including" in held.link or _AROUND.search(said)):
        return False
    if held.frame in {"copula", "verb"}:
        link = held.link
        if _BEGAN.search(link) or "will" in link:
            return False
        if _IS.search(link):
            return re.search(r"\b(?:previously|formerly|once|had)\b", link) is None
        return False
    earlier = [
        d
        for d in dates_in(stretch.span, published)
        if not d.relative and d.use not in {Use.START, Use.SEEN_FROM} and d.date.is_before(published)
    ]
    lead = stretch.span.words[
        max(held.office.start - stretch.span.start - 6, 0) : held.office.post.start - stretch.span.start
    ]
    earlier = [] if held.frame == "listed" else earlier
    return not earlier and re.search(r"\bthen[\s-]", lead) is None and _WAS.search(held.link) is None
