from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decide.options.made_up_choice import criterion, effect, option, small, three, viewpoint

from tocsin.case.cells import Better, Range
from tocsin.case.options import Choice
from tocsin.decide.options import AlternativeFound, Comparison, compare
from tocsin.decide.options.preference import FEWEST, weightings_for


def found(done: Comparison, name: str) -> AlternativeFound:
    return next(a for a in done.alternatives if a.id == name)


def test_a_small_choice_by_hand() -> None:
    done = compare(small(), futures=1000)
    go, stay = found(done, "go"), found(done, "stay")
    assert go.meets_all == pytest.approx(0.5, abs=0.002)  # harm is spread evenly about 50, which must not be exceeded
    assert stay.meets_all == 1.0
    assert go.on[0].quantiles is not None
    assert go.on[0].quantiles[2] == pytest.approx(20, abs=0.05)
    assert go.on[0].quantiles[0] == pytest.approx(10 + (200 * 0.05) ** 0.5, abs=0.1)
    assert go.on[0].regret is not None
    assert go.on[0].regret.worst == 0.0
    assert stay.on[0].regret is not None
    assert stay.on[0].regret.median == pytest.approx(20, abs=0.05)
    assert stay.on[0].regret.worst == pytest.approx(30, abs=1)


def test_what_must_be_true_names_the_uncertainty() -> None:
    must = found(compare(small(), futures=1000), "go").must_be_true[0]
    (condition,) = must.conditions
    assert (condition.of, condition.low) == ("storm", None)
    assert condition.high == pytest.approx(5.0, abs=0.5)
    assert must.fresh_density is not None
    assert must.fresh_density > 0.9
    assert must.trajectory[0].mass == 1.0
    assert found(compare(small(), futures=1000), "stay").must_be_true[0].says == "in every future tested"


def test_conditions_are_tried_in_futures_that_they_were_not_made_from() -> None:
    must = found(compare(small(), futures=200), "go").must_be_true[0]
    assert must.trajectory
    assert (must.fresh_coverage, must.fresh_density) != (must.coverage, must.density)


@pytest.mark.parametrize(("futures", "expected"), [(50, 10_000), (3000, 12_000), (10_000, 20_000), (200_000, 400_000)])
def test_every_future_has_two_weightings_or_more_and_all_as_many(futures: int, expected: int) -> None:
    assert weightings_for(futures) == expected


def test_without_thresholds_what_must_be_true_is_to_come_first() -> None:
    bare = small(
        criteria=(criterion("gain"), criterion("harm", better=Better.DOWN)), viewpoints=(viewpoint("safe", ("harm",)),)
    )
    must = found(compare(bare, futures=1000), "stay").must_be_true[0]
    assert must.viewpoint == "safe"
    assert must.target == "is first under most weightings (view safe)"
    assert [c.of for c in must.conditions] == ["storm"]
    assert must.conditions[0].low is not None


def test_viewpoints_turn_the_ranking() -> None:
    views = (viewpoint("gain", ("gain",), ("harm",)), viewpoint("harm", ("harm",), ("gain",)))
    by_gain, by_harm = compare(small(viewpoints=views), futures=500).preferences
    assert by_gain.rows[0].alternative == "go"
    first = {row.alternative: row.acceptability[0] for row in by_harm.rows}
    assert first["stay"] > 1 - {row.alternative: row.acceptability[0] for row in by_gain.rows}["go"]
    assert (by_gain.order, by_gain.unordered, by_gain.basis) == ((("gain",), ("harm",)), (), "judgement")


def test_a_criterion_the_ordering_leaves_out_is_named() -> None:
    (only,) = compare(small(viewpoints=(viewpoint("v", ("gain",)),)), futures=100).preferences
    assert only.unordered == ("harm",)


def test_without_a_viewpoint_every_weighting_is_tried() -> None:
    (every,) = compare(small(), futures=100).preferences
    assert (every.viewpoint, every.order, every.name) == (None, (), "every weighting of the criteria")


@settings(deadline=None, max_examples=10)
@given(st.permutations(["a", "b", "c"]))
def test_another_order_of_options_gives_the_same_figures(order: list[str]) -> None:
    moving = tuple(effect(o, c, 0, v, 20) for o, v in (("a", 12.0), ("b", 15.0), ("c", 4.0)) for c in ("either", "sum"))
    plain = three(effects=moving)
    turned = three(effects=moving[::-1], options=tuple(option(name) for name in order))
    one, other = compare(plain, futures=100), compare(turned, futures=100)
    by_sets = {frozenset(a.options): [(on.quantiles, on.regret) for on in a.on] for a in one.alternatives}
    assert {frozenset(a.options): [(on.quantiles, on.regret) for on in a.on] for a in other.alternatives} == by_sets
    ranks = [
        {frozenset(r.alternative.split("+")): pytest.approx(r.acceptability) for r in done.preferences[0].rows}
        for done in (one, other)
    ]
    assert {k: v.expected for k, v in ranks[0].items()} == ranks[1]


def test_another_unit_changes_no_rank() -> None:
    effects = tuple(
        e.model_copy(update={"range": Range(*(3 * v + 7 for v in e.range))}) if e.criterion == "gain" else e
        for e in small().effects
    )
    one, other = compare(small(), futures=300), compare(small(effects=effects), futures=300)
    assert one.preferences[0].rows == other.preferences[0].rows


def test_the_same_seed_gives_the_same_comparison() -> None:
    assert compare(small(), futures=200) == compare(small(), futures=200)
    assert compare(small(), futures=200) != compare(small(), futures=200, seed=2)


def test_an_option_without_a_value_stays_unknown_and_is_named() -> None:
    lacking = small(
        options=(option("go"), option("stay"), option("wait")),
        effects=(*small().effects, effect("wait", "gain", 1, 2, 3)),
    )
    done = compare(lacking, futures=100)
    wait = found(done, "wait")
    assert wait.on[1].quantiles is None
    assert wait.on[1].regret is None
    assert wait.on[1].missing == ("wait",)
    assert (wait.meets_all, wait.meets_at_most) == (None, None)
    assert wait.must_be_true[0].says == "unknown: there is no value for criterion harm"
    assert "Option wait has no value for criterion harm: it is not scored on that, and not ranked." in done.missing
    assert {row.alternative for row in done.preferences[0].rows} == {"go", "stay"}
    assert "wait" not in {name for pair in done.dominance for name in (pair.by, pair.over)}


def test_thresholds_known_bound_those_that_are_not() -> None:
    more = small(
        criteria=(*small().criteria, criterion("pride", must_reach=1.0)),
        effects=(*small().effects, effect("stay", "pride", 0, 1, 2)),
    )
    go = found(compare(more, futures=1000), "go")
    assert go.meets_all is None
    assert go.meets_at_most == pytest.approx(0.5, abs=0.002)


def test_fewer_than_two_complete_options_are_not_ranked() -> None:
    done = compare(small(effects=small().effects[:3]), futures=100)
    assert done.preferences == ()
    assert done.dominance == ()
    assert "Only one alternative has a value on every criterion, so nothing can be ranked." in done.missing


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        (
            ("criteria", "effects"),
            "No criteria and no effects are entered for small, so its options cannot be compared.",
        ),
        (("effects",), "No effects are entered for small, so its options cannot be compared."),
    ],
)
def test_a_choice_without_figures_says_what_is_missing_and_what_is_stated(
    left_out: tuple[str, ...], words: str
) -> None:
    stated = {"go": ("it may rain",), "go_costs": ("a boat",), "elsewhere": ("nobody asks",)}
    done = compare(
        small(**dict.fromkeys(left_out, ()), stated=stated, source_id="bic", source_conclusion="nothing"), futures=100
    )
    assert done.missing == (words,)
    assert found(done, "go").stated == (("go", ("it may rain",)), ("go_costs", ("a boat",)))
    assert done.stated == (("elsewhere", ("nobody asks",)),)
    assert (done.source_id, done.source_conclusion) == ("bic", "nothing")
    assert done.preferences == ()
    assert all(a.must_be_true == () and a.meets_all is None for a in done.alternatives)


def test_a_choice_without_figures_lists_its_options_alone() -> None:
    assert [a.id for a in compare(three(effects=()), futures=100).alternatives] == ["a", "b", "c"]


def test_one_that_is_never_worse_dominates_throughout() -> None:
    better = small(options=(option("go"), option("stay"), option("sit")),
                   effects=(*small().effects, effect("sit", "gain", -5, -5, -5), effect("sit", "harm", 20, 20, 20)))  # fmt: skip
    pairs = {(p.by, p.over): (p.share, p.always) for p in compare(better, futures=200).dominance}
    assert pairs["stay", "sit"] == (1.0, True)
    assert ("sit", "stay") not in pairs
    assert pairs["go", "sit"][0] == pytest.approx(
        0.08, abs=0.01
    )  # harm of at most 20 of a triangle 0, 50, 100: 20 * 20 / (100 * 50)


def test_few_futures_of_a_kind_give_no_conditions() -> None:
    rare = small(criteria=(criterion("gain"), criterion("harm", better=Better.DOWN, must_not_exceed=0.5)))
    must = found(compare(rare, futures=100), "go").must_be_true[0]
    assert must.conditions == ()
    assert must.says is not None
    assert "too few to find conditions in" in must.says or must.says == "in no future tested"


def test_a_frozen_choice_is_left_as_it_was() -> None:
    choice = small()
    compare(choice, futures=50)
    assert choice == small()
    assert isinstance(choice, Choice)


def test_central_weights_of_a_handful_of_weightings_are_unknown() -> None:
    better = [effect("go", "gain", 10, 20, 30), effect("go", "harm", 0, 5, 10.001)]
    choice = small(uncertainties=(), effects=(*better, *(e for e in small().effects if e.option == "stay")))
    rows = {row.alternative: row for row in compare(choice, futures=2000, seed=1).preferences[0].rows}
    assert rows["go"].central is not None
    assert rows["stay"].central is None
    assert rows["stay"].confidence is None
    often = {row.alternative: row for row in compare(small(), futures=2000).preferences[0].rows}
    assert all(row.central is not None and row.times >= FEWEST for row in often.values())
    assert sum(row.times for row in often.values()) == 10_000
    few = [row for row in rows.values() if row.times < FEWEST]
    assert [row.alternative for row in few] == ["stay"]
