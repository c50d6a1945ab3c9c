"""The scorer of designations and posts, on pairs worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.api.benchmark_treasury import Verdict, benchmark_treasury, scored
from tocsin.api.treasury_scores import (
    Designation,
    Named,
    Post,
    pair_designations,
    pair_posts,
    same_authority,
    same_date,
    same_post,
)
from tocsin.case.dates import PartialDate
from tocsin.errors import FileProblem

if TYPE_CHECKING:
    from pathlib import Path


def named(name: str, *places: tuple[int, int]) -> Named:
    return Named(places, frozenset({name}))


def act(name: str, *, state: str = "in force", by: tuple[str, ...] = ("OFAC",), laws: tuple[str, ...] = ("eo 13224",),
        when: str | None = "2020-06-12", reasons: tuple[tuple[int, int], ...] = ((50, 60),)) -> Designation:  # fmt: skip
    return Designation(named(name), state, by, frozenset(laws), PartialDate.parse(when) if when else None, reasons)


def test_each_pairs_once_and_with_what_fits_best() -> None:
    predicted = (act("omar", when="2016"), act("omar"), act("zayd"))
    gold = (act("omar"), act("omar", when="2016-05"))
    assert sorted(pair_designations(predicted, gold)) == [(0, 1), (1, 0)]


def test_a_state_that_differs_is_no_pair() -> None:
    assert pair_designations((act("omar", state="proposed"),), (act("omar"),)) == []


def test_whole_needs_every_part() -> None:
    gold = (act("omar"), act("zayd"), act("ali"))
    predicted = (act("omar", by=("U.S. Treasury",)), act("zayd", when=None))
    pairs = tuple(pair_designations(predicted, gold))
    scores = scored([Verdict("r", predicted, gold, pairs, (), (), ())], split="dev")
    assert (scores.whole.right, scores.party.right, scores.whole.predicted, scores.whole.annotated) == (1, 2, 2, 3)
    assert (scores.whole.precision, scores.whole.recall, scores.slots["when"]) == (0.5, 1 / 3, 0.5)


@pytest.mark.parametrize(
    ("predicted", "gold", "right"),
    [
        (("a",), ("a", "b"), True),
        (("a", "c"), ("a", "b"), False),
        ((), ("a",), False),
        ((), (), True),
        (("a",), (), False),
    ],
)
def test_authorities(predicted: tuple[str, ...], gold: tuple[str, ...], *, right: bool) -> None:
    assert same_authority(act("x", laws=predicted), act("x", laws=gold)) is right


def test_dates_are_equal_at_the_coarser_precision() -> None:
    day = PartialDate.parse("2014-09-24")
    assert same_date(PartialDate.parse("2014-09"), day)
    assert not same_date(PartialDate.parse("2014-08"), day)
    assert not same_date(None, day)


def test_posts_pair_by_person_title_and_organisation() -> None:
    gold = Post(named("omar"), "head of the finance office", (10, 36), named("cedar bank"), (0, 80))
    assert same_post(Post(named("omar"), "head", (10, 14), None), gold)
    assert same_post(Post(named("omar"), "head", (10, 14), named("cedar")), gold)
    assert not same_post(Post(named("omar"), "head", (10, 14), named("red front", (70, 78))), gold)
    assert not same_post(Post(named("zayd"), "head", (10, 14), None), gold)
    assert not same_post(Post(named("omar"), "emir", (10, 14), None), gold)
    assert pair_posts((), (gold,)) == []


def test_a_missing_half_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no annotation"):
        benchmark_treasury(tmp_path, tmp_path, "test")
