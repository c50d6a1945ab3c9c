"""Recall and precision of screening, worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.api.benchmark_screening import (
    Answer,
    at_precision_of,
    benchmark_screening,
    halves,
    measured,
    respelt_apart,
)
from tocsin.errors import OutOfRange
from tocsin.record.names import NameKind
from tocsin.record.screening.sampling import Probe


def answer(owner: int | None, overlap: float | None, *scored: tuple[float, int], neutral: int = 99) -> Answer:
    return Answer(
        Probe("n", NameKind.PERSON, owner, frozenset(), frozenset({neutral}), overlap, overlap, "rule"), scored
    )


ANSWERS = (
    answer(1, 0.6, (0.9, 1), (0.8, 2)),  # found, and one more that is wrong
    answer(1, 0.6, (0.9, 99), (0.8, 1)),  # found: the first counts neither way
    answer(1, 0.2, (0.9, 2), (0.6, 1)),  # not found, and wrong
    answer(None, None, (0.75, 3)),  # a near miss taken for an entry
    answer(None, None),
)


def test_recall_and_precision_by_hand() -> None:
    found = measured("made up", ANSWERS, 0.7)
    assert (found.recall_half, found.recall_rest) == (1.0, 0.0)
    assert found.recall["0"] is None
    assert found.precision == pytest.approx(2 / 4)
    assert found.precision_any == pytest.approx(2 / 5)
    assert found.precision_half == pytest.approx(2 / 3)
    assert found.wrong_near_misses == 1


def test_half_of_the_words_by_each_meaning() -> None:
    probe = Probe("n", NameKind.PERSON, 1, frozenset(), frozenset(), 0.4, 0.45, "alias", 1.0)
    answers = (*ANSWERS[:1], Answer(probe, ((0.6, 1),)), ANSWERS[3])
    found = {half.share.split()[-1]: (half.aliases, half.recall, half.precision) for half in halves(answers, 0.7)}
    assert found["two"] == (1, 1.0, 0.5)
    assert found["(Dice)"] == (2, 0.5, 0.5)  # 2 * 0.4 / 1.4
    assert halves(answers, 0.7)[2].aliases == 1
    assert halves(answers, 0.7)[3].aliases == 1


def test_an_entry_with_the_name_in_another_spelling_counts_neither_way() -> None:
    probe = Probe("n", NameKind.PERSON, None, frozenset(), frozenset(), None, None, "rule", None, frozenset({3}))
    answers = (*ANSWERS[:1], Answer(probe, ((0.9, 3),)))
    assert measured("x", answers, 0.7).precision_half == pytest.approx(1 / 2)
    assert measured("x", respelt_apart(answers), 0.7).precision_half == pytest.approx(1.0)


def test_another_method_is_taken_where_it_is_as_precise() -> None:
    ours = measured("ours", ANSWERS[:2], 0.7)
    theirs = at_precision_of(ours, "theirs", ANSWERS)
    assert theirs.precision is not None
    assert theirs.threshold == pytest.approx(0.76)


def test_a_sample_of_nothing_is_refused() -> None:
    with pytest.raises(OutOfRange):
        benchmark_screening(Path(), aliases=0)
