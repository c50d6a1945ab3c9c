"""The parties of lists that a sentence on a group opens: bullets, numbered lines, headed paragraphs, ships."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.record.claim import LegalState
from tocsin.record.extract.rules.dating import Use, dates_in
from tocsin.record.extract.rules.designated_acts import Voice
from tocsin.record.extract.rules.designated_listed import within_brackets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.claim import Span
    from tocsin.record.extract.rules.dating import DateFound
    from tocsin.record.extract.rules.designated_said import Statement
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch

_ANONYMOUS = re.compile(
    r"\b(?:individuals?|entit(?:y|ies)|officials?|companies|persons?|parties|following|members|commanders|leaders|network|vessels|aircraft|organizations|banks|facilitators|"
    r"targets|supporters|others|men|operatives|branches|financiers|firms|subsidiaries|groups|charities|nationals|associates)\b",
    re.IGNORECASE,
)
_ARE = re.compile(
    r"\b(?:individuals|entities|persons|companies|organizations|banks|vessels|designees|names|targets)\b"
    r"[^.]{0,80}\b(?:are|include|as follows|following)\b"
    r"[^.]{0,20}:$"
)
_ARE_LAST = re.compile(r"\b(?:are|include|is|includes|as follows|following)\W*$")
_VERB = re.compile(
    r"\s*(?:\([^)]*\))?\s+(?:is|are|was|were|has|have|had|continues?|serves?|remains?|plays?|provides?)\s"
)
_COUNTS = re.compile(r"(?:[A-Z][a-z]+)\s[^:]{3,110}s:\s")
_SHIP = re.compile(r"\s*\(\s*IMO\b")
_LABEL = re.compile(r"\s*(?:\([^)]*\)\s*)*(?:[A-Z]\w*\s*)?:\s")
_FIELD = re.compile(
    r"(?:A\.?K\.?A|DOB|POB|Address|Alt|Nationality|Passport|Website|Location|Entity|Individual|Name|Title)\b",
    re.IGNORECASE,
)
LIST = 60  # sentences within which a list is looked for


def with_lists(statements: Sequence[Statement], stretches: Sequence[Stretch]) -> tuple[Statement, ...]:
    """Statements on a group, with the parties of the list that follows each."""
    made: list[Statement] = []
    told: set[Span] = set()
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
            if name.span in told:
                continue
            told.add(name.span)
            when = statement.when if statement.is_now else _own_date(stretches[order]) or statement.when
            made.append(replace(statement, stretch=stretches[order], parties=(name,), order=order, when=when))
    return tuple(made)


def _own_date(item: Stretch) -> DateFound | None:
    """The one date that an item gives: 'Cedar Bank in April 2005'."""
    told = [found for found in dates_in(item.span, None) if not found.relative and found.use is Use.AT]
    return told[0] if len(told) == 1 else None


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
    opened = statement.stretch.span.words.rstrip().endswith((":", "\u2013", "\u2014"))
    if act.voice is Voice.REDUCED:
        return opened and _ARE_LAST.search(statement.stretch.span.words) is not None
    return act.voice in {Voice.ACTIVE, Voice.PASSIVE, Voice.INVERTED} and (
        opened or _ANONYMOUS.search(statement.stretch.span.words) is not None
    )


def _items(  # noqa: C901  # one branch for each way in which a list ends
    statement: Statement, stretches: Sequence[Stretch], starts: set[int], groups: set[int]
) -> Iterator[tuple[int, Name]]:
    """The names at the head of the items that follow a sentence."""
    opened = statement.stretch.span.words.rstrip().endswith((":", "\u2013", "\u2014"))
    if opened and (headed := _headed(statement.order, stretches)):
        yield from headed
        return
    inside = terse = False
    others = starts | groups
    for order in range(statement.order + 1, min(statement.order + LIST, len(stretches))):
        stretch = stretches[order]
        ended = (
            inside
            and stretches[order - 1].span.words.endswith(".")
            and stretches[order - 2].span.words.endswith((";", "and"))
        )
        item = stretch.item or (opened and heads(stretch) and not ended)
        runs_on = opened and inside and stretch.span.words.rstrip().endswith((";", ",", " and", " or"))
        if (stretch.heading and not runs_on) or (not item and not inside and order > statement.order + 5):
            return
        if order in others and not stretch.item:
            return
        if not item:
            if opened and inside and not stretches[order].item:
                return
            continue
        if not inside:
            terse = not _is_clause(stretch)
        elif terse and not stretch.item and _is_clause(stretch):
            return  # a list of names and reasons is over where a sentence with a verb begins
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
    if first is None or not _leading(first):
        return []
    found: list[tuple[int, Name]] = []
    paragraph = bool(_LABEL.match(first.span.words, _leading(first)[0].span.end - first.span.start))
    for at in range(order + 1, min(order + LIST, len(stretches))):
        stretch = stretches[at]
        begins = _begins(stretches, at) and heads(stretch)
        label = begins and _LABEL.match(stretch.span.words, stretch.names[0].span.end - stretch.span.start)
        if paragraph and stretch.heading:
            break
        if paragraph and label:
            found.append((at, stretch.names[0]))
        elif not paragraph and stretch.heading and _begins(stretches, at) and not _FIELD.match(stretch.span.words):
            found += [(at, name) for name in _leading(stretch)]
        elif not paragraph:
            break
    return found


def _is_clause(stretch: Stretch) -> bool:
    """Whether a verb follows the names that a stretch begins with."""
    told = _leading(stretch)
    return bool(told) and _VERB.match(stretch.span.words, told[-1].span.end - stretch.span.start) is not None


def _begins(stretches: Sequence[Stretch], at: int) -> bool:
    return stretches[at].segment != stretches[at - 1].segment


def heads(stretch: Stretch) -> bool:
    """Whether a stretch begins with a name."""
    return bool(stretch.names) and (stretch.names[0].title or stretch.names[0].span).start - stretch.span.start < 5


def _ships(stretch: Stretch) -> tuple[Name, ...]:
    """The names that a number of the International Maritime Organization follows."""
    return tuple(n for n in stretch.names if _SHIP.match(stretch.span.words, n.span.end - stretch.span.start))


def _leading(stretch: Stretch) -> tuple[Name, ...]:
    """The names with which an item begins, before its verb."""
    ships = _ships(stretch)
    if ships:
        return ships
    last = stretch.names[-1:]
    if last and last[0].title and last[0].span.end + 2 > stretch.span.end and len(stretch.names) < 3:
        return last  # 'Cedar Brigade Commander Omar Haddad', a line of its own
    colon = _COUNTS.match(stretch.span.words)
    told = [n for n in stretch.names if colon is None or n.span.start >= stretch.span.start + colon.end()]
    if not told or not (colon or heads(stretch)):
        return ()
    kept = told[:1]
    for name in told[1:]:
        start = (name.title or name.span).start
        if within_brackets(stretch.span.words[kept[-1].span.end - stretch.span.start : start - stretch.span.start]):
            continue
        between = stretch.span.words[kept[-1].span.end - stretch.span.start : start - stretch.span.start]
        if not re.fullmatch(
            r"\s*(?:\([^)]*\))?\s*(?:,\s*(?:and\s+)?|\s+and\s+)(?:the\s+)?(?:(?:its|his|her|their)\s+[a-z]+(?:\s[a-z]+)?,?\s+)?",
            between,
        ):
            break
        kept.append(name)
    return tuple(kept)
