"""The gate: each rule turns away what breaks it, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.case.dates import PartialDate
from tocsin.record.claim import Argument, Dates, EntityType, LegalState, Number, Proposal, Span, Step
from tocsin.record.document import Segment, SegmentKind, Text
from tocsin.record.gate import align, check, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = "Changes in the Fifth Division"
FIRST = "Ada Marsh became commander of the Fifth Division in 2016."
SECOND = "She had about 3,000 fighters, officials said."
WHOLE = f"{HEAD}\n{FIRST} \n{SECOND}"
AT = len(HEAD) + 1
BETWEEN = AT + len(FIRST)
TEXT = Text(
    "a" * 64, "plain 1", WHOLE,
    (
        Segment(0, len(HEAD), SegmentKind.HEADING), Segment(AT, BETWEEN, SegmentKind.BODY),
        Segment(BETWEEN + 2, len(WHOLE), SegmentKind.BODY),
    ),
)  # fmt: skip


def span(words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = WHOLE.index(words, at + 1)
    return Span.of(WHOLE, at, at + len(words))


PERSON = Argument("person", EntityType.PERSON, span("Ada Marsh"))
POST = Argument("post", EntityType.OFFICE, span("commander"))
FORCE = Argument("organisation", EntityType.ORGANISATION, span("Fifth Division", 1))
GOOD = Proposal("person-holds-post", TEXT.text_id, span(FIRST), (PERSON, POST, FORCE), "rules 1")
SHE = Argument("person", EntityType.PERSON, span("Ada Marsh"), Step.PRONOUN, pronoun=span("She"))
SIZE = Proposal(
    "force-size", TEXT.text_id, span(SECOND),
    (Argument("force", EntityType.ORGANISATION, span("Fifth Division"), Step.HEADING),), "rules 1",
    attributed_to=(span("officials"),), numbers=(Number("strength", 3000, 3000, "fighters", span("3,000 fighters")),),
)  # fmt: skip
MEASURE = Proposal(
    "designated", TEXT.text_id, span(FIRST), (Argument("who", EntityType.PERSON, span("Ada Marsh")),), "rules 1",
    state=LegalState.IN_FORCE,
)  # fmt: skip


@pytest.mark.parametrize(
    "good",
    [
        GOOD, SIZE, MEASURE,
        replace(SIZE, arguments=(replace(SIZE.arguments[0], span=span("Fifth Division", 1), step=Step.CONTEXT),)),
        replace(GOOD, arguments=(
            PERSON, POST, Argument("organisation", EntityType.ORGANISATION, None, Step.PUBLICATION, "The Ministry"),
        )),
        replace(GOOD, arguments=(PERSON, POST, replace(FORCE, step=Step.ALIAS, value="known:fifth"))),
        replace(GOOD, arguments=(PERSON, POST, Argument("organisation", EntityType.ORGANISATION, None, Step.ALIAS, "known:fifth",
                                                       span("Fifth Division", 1)))),
        replace(GOOD, dates=Dates(start=PartialDate(2016), end=PartialDate(2016, 3)), date_spans=(span("2016"),)),
    ],
)  # fmt: skip
def test_what_the_text_bears_out_may_enter(good: Proposal) -> None:
    assert check(good, TEXT) is None


def with_force(**changes: Any) -> Proposal:
    return replace(GOOD, arguments=(PERSON, POST, replace(FORCE, **changes)))


OTHER_WORDS = replace(span("officials"), words="diplomats")


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        (replace(GOOD, text_id="b" * 64), "text_id", "not from this one"),
        (replace(GOOD, kind="rumour"), "kind", "no kind of claim"),
        (replace(GOOD, quote=replace(GOOD.quote, words=FIRST.replace("Fifth", "Sixth"))), "quote", "other words"),
        (replace(GOOD, quote=Span(AT, AT, "")), "quote", "no words"),
        (replace(GOOD, quote=Span(AT, len(WHOLE) + 5, WHOLE[AT:])), "quote", "outside the text"),
        (replace(GOOD, quote=Span(-5, len(WHOLE), WHOLE[-5:])), "quote", "outside the text"),
        (replace(GOOD, quote=Span.of(WHOLE, AT, len(WHOLE))), "quote", "one segment"),
        (replace(GOOD, quote=Span.of(WHOLE, BETWEEN, BETWEEN + 2)), "quote", "one segment"),
        (replace(GOOD, arguments=(PERSON, FORCE)), "argument post", "nothing without its post"),
        (replace(GOOD, arguments=(PERSON, PERSON, POST)), "argument person", "filled 2 times"),
        (with_force(role="rank"), "argument rank", "no role 'rank'"),
        (with_force(type=EntityType.PLACE), "argument organisation", "not place"),
        (with_force(span=replace(span("Fifth Division", 1), words="Sixth Division")), "argument organisation", "other words"),
        (with_force(span=span("Fifth Division")), "argument organisation", "not in the quote"),
        (with_force(span=None), "argument organisation", "no words of the text"),
        (with_force(span=None, step=Step.CONTEXT), "argument organisation", "needs the words in the text"),
        (with_force(span=span("officials"), step=Step.HEADING), "argument organisation", "above the quote"),
        (with_force(step=Step.SHORT_NAME), "argument organisation", "words in the quote that stand for it"),
        (with_force(step=Step.PRONOUN, pronoun=span("She")), "argument organisation", "not in the quote"),
        (with_force(span=None, step=Step.PUBLICATION), "argument organisation", "needs a value"),
        (with_force(span=None, step=Step.ALIAS, value="known:x"), "argument organisation", "no words in the quote"),
        (with_force(span=span("officials"), step=Step.ALIAS, value="known:x"), "argument organisation", "no words in the quote"),
        (with_force(value="a\0b"), "argument organisation", "NUL"),
        (with_force(value="x" * 501), "argument organisation", "501 characters"),
        (replace(GOOD, attributed_to=(OTHER_WORDS,)), "attributed_to", "other words"),
        (replace(GOOD, date_spans=(OTHER_WORDS,)), "date_spans", "other words"),
        (replace(SIZE, numbers=(replace(SIZE.numbers[0], span=OTHER_WORDS),)), "numbers", "other words"),
        (replace(SIZE, numbers=(replace(SIZE.numbers[0], referent=" "),)), "numbers", "what it counts"),
        (replace(SIZE, numbers=(replace(SIZE.numbers[0], low=4000),)), "numbers", "no bounds"),
        (replace(SIZE, numbers=(replace(SIZE.numbers[0], low=float("nan")),)), "numbers", "no bounds"),
        (replace(GOOD, state=LegalState.LIFTED), "state", "no legal state"),
        (replace(MEASURE, state=None), "state", "where the measure stands"),
        (replace(GOOD, dates=Dates(start=PartialDate(2017), end=PartialDate(2016))), "dates", "before it begins"),
        (replace(GOOD, dates=Dates(first_seen=PartialDate(2017), last_seen=PartialDate(2016))), "dates", "first seen"),
    ],
)  # fmt: skip
def test_each_rule_turns_away_what_breaks_it(wrong: Proposal, field: str, reason: str) -> None:
    refusal = check(wrong, TEXT)
    assert refusal is not None
    assert refusal.field == field
    assert reason in refusal.reason
    assert refusal.proposal is wrong


def test_pronouns_are_bound_by_the_words_in_the_quote() -> None:
    claim = Proposal("event", TEXT.text_id, span(SECOND), (
        Argument("what", EntityType.WORDS, span("had about 3,000 fighters")), replace(SHE, role="actor"),
    ), "rules 1")  # fmt: skip
    assert check(claim, TEXT) is None
    outside = replace(claim, arguments=(claim.arguments[0], replace(claim.arguments[1], pronoun=None)))
    assert check(outside, TEXT) is not None


@pytest.mark.parametrize(
    ("words", "text", "found", "exact", "places"),
    [
        ("held the town", "They held the town.", "held the town", True, 1),
        ("  held the town ", "They held the town.", "held the town", True, 1),
        ("held the town", "They held\n  the\u00a0town.", "held\n  the\u00a0town", False, 1),
        ('"the bloc" said', "So \u201cthe bloc\u201d said.", "\u201cthe bloc\u201d said", False, 1),
        ("Sha'abi", "The Sha\u2019abi.", "Sha\u2019abi", False, 1),
        ("2014-2017", "In 2014\u20132017.", "2014\u20132017", False, 1),
        ("the town", "the town, the town", "the town", True, 2),
        ("a a", "a\na\na", "a\na", False, 2),
        (".* (x|y)", "see .*\n(x|y)", ".*\n(x|y)", False, 1),
    ],
)
def test_words_are_found_exactly_or_folded(words: str, text: str, found: str, places: int, *, exact: bool) -> None:
    aligned = align(words, text)
    assert aligned is not None
    assert aligned.span.words == found == text[aligned.span.start : aligned.span.end]
    assert (aligned.exact, aligned.places, aligned.is_ambiguous) == (exact, places, places > 1)


@pytest.mark.parametrize("words", ["held a town", "Held the town", "heldthe town", "", " \n", "held the town?"])
def test_words_that_do_not_stand_there_are_never_found_by_likeness(words: str) -> None:
    assert align(words, "They held the town.") is None


def test_alignment_keeps_within_its_bounds() -> None:
    text = "the town, the town"
    aligned = align("the town", text, (3, len(text)))
    assert aligned is not None
    assert (aligned.span.start, aligned.places) == (10, 1)
    assert align("the town", text, (1, 12)) is None
    assert align("the town", TEXT, (5, 2)) is None


@given(st.text(alphabet="ab '\"\u201c\u2019-\u2013\n\u00a0", max_size=30), st.data())
def test_any_stretch_of_a_text_is_found_again_when_its_marks_are_changed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stretch = text[start : data.draw(st.integers(start, len(text)))]
    change: Callable[[str], str] = lambda s: s.replace("\u201c", '"').replace("\u2013", "-").replace("\n", " ")  # noqa: E731
    aligned = align(change(stretch), text)
    if not stretch.strip():
        assert aligned is None
        return
    assert aligned is not None
    assert text[aligned.span.start : aligned.span.end] == aligned.span.words
    assert align(aligned.span.words, text) is not None


def test_a_likeness_is_only_a_suggestion_of_the_texts_own_words() -> None:
    found = nearest("Ada Marsh was made commander of the Fifth Division", TEXT)
    assert found is not None
    assert WHOLE[found.span.start : found.span.end] == found.span.words
    assert "Ada Marsh" in found.span.words
    assert 50 < found.likeness < 100
    assert nearest("", TEXT) is None
    assert nearest("zzz", "") is None
