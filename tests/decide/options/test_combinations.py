from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.decide.options.made_up_choice import criterion, effect, option, small, three

from tocsin.case.allowed import beyond
from tocsin.case.choice_checks import choice_notes
from tocsin.case.options import Choice, Together
from tocsin.decide.options import compare
from tocsin.decide.options.combinations import MOST, alternatives
from tocsin.decide.options.futures import draw_futures
from tocsin.decide.options.outcomes import Outcomes, outcomes


def ids(choice: Choice) -> list[str]:
    return [row.id for row in alternatives(choice).rows]


def done(choice: Choice) -> Outcomes:
    rows = alternatives(choice).rows
    return outcomes(choice, rows, draw_futures(choice, rows, futures=100, seed=1))


def test_options_stand_alone_where_no_combination_is_allowed() -> None:
    assert ids(small()) == ["go", "stay"]


def test_every_set_is_a_combination_where_all_go_together() -> None:
    assert ids(three()) == ["a", "b", "c", "a+b", "a+c", "b+c", "a+b+c"]


def test_what_excludes_another_is_never_with_it_whichever_says_so() -> None:
    for options in (
        (option("a", excludes=("c",)), option("b"), option("c")),
        (option("a"), option("b"), option("c", excludes=("a",))),
    ):
        assert ids(three(options=options)) == ["a", "b", "c", "a+b", "b+c"]


def test_what_requires_another_is_never_without_it() -> None:
    choice = three(options=(option("a", requires=("c",)), option("b"), option("c")))
    assert ids(choice) == ["b", "c", "a+c", "b+c", "a+b+c"]
    assert "Option a is compared only together with c" in alternatives(choice).notes[0]


def test_a_requirement_that_cannot_be_met_is_said() -> None:
    choice = small(options=(option("go", requires=("stay",)), option("stay")))
    assert ids(choice) == ["go", "stay"]
    assert "the choice allows no combinations" in alternatives(choice).notes[0]


def test_too_many_combinations_are_left_out_with_words() -> None:
    found = alternatives(three(options=tuple(option(f"o{n}") for n in range(12))))
    assert len(found.rows) == MOST
    assert max(len(row.options) for row in found.rows) == 2
    assert "more combinations are allowed than are compared" in found.notes[-1]


def test_more_options_than_the_bound_are_all_kept_alone() -> None:
    found = alternatives(three(options=tuple(option(f"o{n}") for n in range(70))))
    assert len(found.rows) == 70


def test_values_together_by_hand() -> None:
    values = done(three()).values[3:, :, 0]  # a+b, a+c, b+c, a+b+c of 12, 15 and 4 from base 10
    assert values[:, 1].tolist() == [15, 12, 15, 15]
    assert values[:, 2].tolist() == [12, 4, 4, 4]
    assert values[:, 3].tolist() == [17, 6, 9, 11]


def sums(*given: tuple[float, float, float], **more: Any) -> Choice:
    """Options whose changes against 10 are added up."""
    names = "abc"[: len(given)]
    added = criterion("sum", together=Together.SUM, base=10.0).model_copy(update=more)
    return three(
        options=tuple(option(name) for name in names), criteria=(added,),
        effects=tuple(effect(name, "sum", *values) for name, values in zip(names, given, strict=True)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "given", "expected"),
    [
        ({"unit": "attacks a year"}, (2, 3), 0),
        ({"unit": "attacks a year"}, (8, 3), 1),
        ({"unit": "percent of strength"}, (60, 80), 100),
        ({"unit": "points"}, (2, 3), -5),
        ({"unit": "points", "at_least": -4.0}, (2, 3), -4),
        ({"unit": "points", "at_most": 40.0}, (60, 80), 40),
        ({"unit": "points", "at_most": 400.0}, (60, 80), 130),
    ],
)
def test_sums_are_held_within_what_is_possible(
    more: dict[str, Any], given: tuple[float, float], expected: float
) -> None:
    choice = sums(*((value, value, value) for value in given), **more)
    found = done(choice)
    assert found.values[2, 0].tolist() == [expected] * 100
    past = expected not in {1, -5, 130}
    assert [(h.alternative, h.futures) for h in found.held] == [("Option a and Option b", 100)] * past
    said = [note for note in compare(choice, futures=50).notes if "beyond what is possible" in note]
    assert len(said) == past
    assert all(f"held at {expected} in 50 of the 50 futures tested" in note for note in said)
    warned = [words for where, words, _ in choice_notes(choice) if where == ("criteria", 0, "together")]
    assert len(warned) == past


def test_sums_held_in_some_futures_are_counted_and_many_combinations_are_one_note() -> None:
    choice = sums((0, 2, 12), (0, 2, 12), (0, 2, 12), unit="attacks a year")
    found = done(choice)
    assert found.values.min() == 0
    assert [h.below is not None and 0 < h.below[1] < 100 for h in found.held] == [True] * 4
    assert found.held[0].below == (0.0, int((found.values[3, 0] == 0).sum()))
    notes = compare(choice, futures=100).notes
    assert len(notes) == 1
    assert "with Option a and Option b and Option c (most often of 4 combinations)" in notes[0]


def test_options_that_exclude_each_other_pass_no_bound() -> None:
    choice = sums((2, 2, 2), (3, 3, 3), unit="attacks a year")
    apart = choice.model_copy(update={"options": (option("a", excludes=("b",)), option("b"))})
    assert beyond(choice, choice.criteria[0]) == (-5, ("a", "b"))
    assert beyond(apart, apart.criteria[0]) is None


def test_an_envelope_lies_anywhere_between_the_lowest_and_the_highest() -> None:
    between = done(three()).values[6, 0]  # 4 to 15
    assert between.min() == pytest.approx(4, abs=0.12)
    assert between.max() == pytest.approx(15, abs=0.12)
    assert np.quantile(between, 0.5) == pytest.approx(9.5, abs=0.12)


def test_a_combination_knows_nothing_where_one_of_its_options_does_not() -> None:
    lacking = three(effects=tuple(e for e in three().effects if (e.option, e.criterion) != ("b", "most")))
    known = done(lacking).known[:, 1]
    assert dict(zip(ids(lacking), known.tolist(), strict=True)) == {
        "a": True, "b": False, "c": True, "a+b": False, "a+c": True, "b+c": False, "a+b+c": False,
    }  # fmt: skip
    found = compare(lacking, futures=50)
    assert next(a for a in found.alternatives if a.id == "a+b").on[1].missing == ("b",)


def test_changes_without_a_base_cannot_be_added() -> None:
    choice = three(
        criteria=(criterion("sum", together=Together.SUM),), effects=[effect(o, "sum", 1, 2, 3) for o in "abc"]
    )
    assert done(choice).known[:, 0].tolist() == [True] * 3 + [False] * 4
