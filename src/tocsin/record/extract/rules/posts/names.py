"""Whole names of holders, and posts that a text says twice."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tocsin.record.claim import Dates, Span
from tocsin.record.extract.rules.designated_names import folded
from tocsin.record.extract.rules.party_words import lexicon
from tocsin.record.extract.rules.posts.states import state_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.record.claim import Proposal
    from tocsin.record.extract.rules.designated_names import Known
    from tocsin.record.extract.rules.parties import Name
    from tocsin.record.extract.rules.stretches import Stretch


def with_short_names(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Stretches in which the last name of a person of the text is one, whatever its capitals ('Al-Karim', 'Badr-Al-Din')."""
    people = [n for s in stretches for n in s.names if not n.is_organisation and len(n.tokens) > 1]
    ends = {folded(words[at]) for words in (n.words for n in people) for at in (0, -1)}
    return tuple(replace(s, names=tuple(_as_person(n, ends) for n in s.names)) for s in stretches)


def _as_person(name: Name, ends: set[str]) -> Name:
    if len(name.tokens) > 1 or not _HYPHENED.fullmatch(name.tokens[0].word) or folded(name.span.words) not in ends:
        return name
    return replace(name, tokens=(replace(name.tokens[0], word=name.tokens[0].word.capitalize()),))


@dataclass(frozen=True)
class Names:
    """The names of a text, to find the whole one of a short one.

    Attributes:
        known: short and whole names that are told apart without doubt.
        people: all persons' names, in order.
    """

    known: Known
    people: tuple[Name, ...]

    def is_person(self, name: Name) -> bool:
        """Whether neither a name nor the whole name that it is short for is an organisation's."""
        if unrun(name.span) != name.span:
            return True
        if state_named(name.span.words) is not None:
            return False
        words = self._full(name.span).words.split()
        kinds = lexicon().organisation
        return (
            not name.is_organisation
            and not set(words) & _NO_PERSON
            and not any({w.strip("."), w.strip(".").upper()} & kinds for w in words)
        )

    def _full(self, span: Span) -> Span:
        """The name that a short one stands for; the government that is named after a person is none."""
        full = self.known.full(span)
        return span if full.words.endswith(" Administration") else full

    def whole(self, span: Span) -> Span:
        """The whole name of a short form: the one that the text knows, else the nearest before it that has it first or last."""
        span = unrun(span)
        whole = unrun(self._full(span))
        if folded(whole.words) == folded(span.words):
            whole = span
        short = folded(span.words)
        if " " not in short and short not in folded(whole.words).split():
            before = [n.span for n in self.people if n.span.end <= span.start and _goes_on(folded(n.span.words), short)]
            whole = before[-1] if before else whole
        if len(whole.words.split()) == 1:
            short = folded(whole.words)
            before = [n.span for n in self.people if n.span.end <= span.start and _goes_on(folded(n.span.words), short)]
            whole = before[-1] if before else whole
        return _once(whole)


def _goes_on(name: str, short: str) -> bool:
    return name.endswith(f" {short}") or name.startswith(f"{short} ")


_NO_PERSON = frozenset({"Court", "Delivery", "Tribunal", "Courts"})
_RUN_IN = re.compile(
    r"^.*\b(?:Control|Bureau|Directorate|Department|Agency|Administration|Judiciary|Parliament|Middle\s+East)\s+(?=[A-Z]\S+\s+\S*[A-Z])"
)
_HYPHENED = re.compile(r"[A-Z][a-z\u2018\u2019']*(?:-[\u2018\u2019']?[A-Z][a-z\u2018\u2019']*)+")
_PLURAL_TITLE = re.compile(r"Secretaries|Presidents|Ministers|Chairmen|Senators|Generals")
_RUN_ON = re.compile(r"['\u2019]s?\s+[A-Z].*$|\s+(?:as|and|for|who|with|by|to|at|on|in|is|was|has)\s.*$", re.DOTALL)


def unrun(span: Span) -> Span:
    """A person's name without a body before it, words behind it, or itself in capitals before it.

    Example:
        >>> for said in ("Office of Trade Control Ada Cole", "ADA COLE Ada Cole", "Ada Cole as Specially"):
        ...     print(unrun(Span(0, len(said), said)).words)
        Ada Cole
        Ada Cole
        Ada Cole
    """
    words = span.words
    front = _RUN_IN.match(words)
    low = front.end() if front else 0
    parts = [*re.finditer(r"\S+", words[low:])]
    if len(parts) > 1 and _PLURAL_TITLE.fullmatch(parts[0].group()):
        low, parts = low + parts[1].start(), parts[1:]
    half = len(parts) // 2
    if half and len(parts) % 2 == 0:
        left, right = ([p.group() for p in some] for some in (parts[:half], parts[half:]))
        same = [folded(w) for w in left] == [folded(w) for w in right]
        low += parts[half].start() if same and all(w.isupper() for w in left) else 0
    on = _RUN_ON.search(words, low)
    high = on.start() if on else len(words)
    return Span(span.start + low, span.start + high, words[low:high])


def _once(span: Span) -> Span:
    """A name without its last word where a heading that ran in has it twice ('Ali al-Amin Al-Amin')."""
    words = span.words.split()
    if len(words) > 2 and folded(words[-1]) == folded(words[-2]):
        short = span.words[: span.words.rindex(words[-1])].rstrip()
        return Span(span.start, span.start + len(short), short)
    return span


def without_poorer(made: Sequence[Proposal]) -> Iterator[Proposal]:
    """The posts of a text without those that only repeat a part of another of the same person, and date nothing."""
    for number, one in enumerate(made):
        if not any(_says_less(one, other, later=number > n) for n, other in enumerate(made) if n != number):
            yield one


def _says_less(one: Proposal, other: Proposal, *, later: bool) -> bool:
    """Whether a post says no more than another: the same person and title, no other body, no dates of its own."""
    if one.date_spans or (one.dates.end != other.dates.end and one.dates != Dates()):
        return False
    names, titles, bodies = ([_said(p, role) for p in (one, other)] for role in ("person", "post", "organisation"))
    if _undoubled(names[0]) != _undoubled(names[1]) or not _is_part(titles[0], titles[1]):
        return False
    if bodies[0] == bodies[1]:
        return titles[0] != titles[1] or (later and one.modality is other.modality and not other.date_spans)
    return not bodies[0] or bodies[0] in titles[1]


def _said(proposal: Proposal, role: str) -> str:
    argument = proposal.first(role)
    return folded(argument.words) if argument else ""


def _undoubled(name: str) -> str:
    """A name with each double letter single: 'hassan' and 'hasan' are one."""
    return re.sub(r"([a-z])\1", r"\1", name)


def _is_part(short: str, long: str) -> bool:
    left = {word.removesuffix("s") for word in short.split()}
    return left <= {word.removesuffix("s") for word in long.split()}
