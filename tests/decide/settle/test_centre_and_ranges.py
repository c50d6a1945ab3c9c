"""The centre, the two ranges and the distribution of a question."""

from __future__ import annotations

import numpy as np
import pytest
from tests.decide.settle.made_up_question import WIDE, party, question, reversion

from tocsin.cli.settle_words import beside_words
from tocsin.decide.settle import Role, draw_inputs, settle_question
from tocsin.decide.settlement import settlement_distribution
from tocsin.errors import InputError, OutOfRange


def test_two_parties_by_hand() -> None:
    done = settle_question(question(party("a", 20, salience=0.5), party("b", 80, salience=1.0)), draws=100)
    assert done.centre == pytest.approx((20 * 0.5 + 80 * 1.0) / 1.5)
    assert done.ranges.input_noise == pytest.approx((60, 60))
    assert done.ranges.model_error == done.ranges.both, "without noise only the model errs"
    assert done.ranges.both[0] < 60 < done.ranges.both[1]


def test_equal_weights_give_the_plain_mean() -> None:
    done = settle_question(question(party("a", 0), party("b", 30), party("c", 90)), draws=100)
    assert done.centre == pytest.approx(40)
    assert done.beside[0].model == "plain mean"
    assert done.beside[0].point == pytest.approx(40)
    assert [lever.share for lever in done.levers] == pytest.approx([1 / 3] * 3)


def test_the_distribution_is_that_of_the_draws() -> None:
    asked = question(*WIDE, high=60)
    drawn = draw_inputs(asked, draws=200, seed=3)
    whole = settlement_distribution(drawn.positions, drawn.weights, low=0, high=60, rule="consensus")
    done = settle_question(asked, draws=200, seed=3)
    assert done.distribution.points.tolist() == whole.points.tolist()
    assert done.distribution.probability.tolist() == whole.probability.tolist()
    assert done.ranges.both == whole.central(0.8)


def test_noise_alone_is_far_narrower_than_error() -> None:
    ranges = settle_question(question(*WIDE, high=60)).ranges
    noise, error, both = (high - low for low, high in (ranges.input_noise, ranges.model_error, ranges.both))
    assert 0 < noise < error / 3
    assert both >= error * 0.9


def test_draws_stay_in_their_ranges_and_meet_every_stratum() -> None:
    drawn = draw_inputs(question(*WIDE, high=60, reversion=reversion(40, 60, 60)), draws=100)
    assert [i.role for i in drawn.inputs] == [
        *[Role.POSITION] * 3,
        *[Role.SALIENCE] * 3,
        *[Role.INFLUENCE] * 3,
        Role.REVERSION,
    ]
    assert drawn.positions.shape == drawn.weights.shape == (100, 3)
    assert (drawn.positions[:, 1] >= 18).all()
    assert (drawn.positions[:, 1] <= 42).all()
    assert (np.sort(np.floor(drawn.rank * 100)) == np.arange(100)).all()
    assert drawn.reversion is not None
    assert drawn.reversion.min() >= 40
    assert drawn.positions[:, 1].mean() == pytest.approx((18 + 30 + 42) / 3, abs=0.05), "the mean of a triangle"


def test_another_party_leaves_the_draws_of_the_others() -> None:
    few, more = (draw_inputs(question(*parties, high=60), draws=100) for parties in (WIDE[:2], WIDE))
    assert (few.positions == more.positions[:, :2]).all()
    assert (few.weights == more.weights[:, :2]).all()


def test_the_order_of_parties_changes_nothing() -> None:
    one, other = (settle_question(question(*parties, high=60), draws=200) for parties in (WIDE, WIDE[::-1]))
    assert one.centre == pytest.approx(other.centre)
    assert one.ranges.input_noise == pytest.approx(other.ranges.input_noise)
    assert one.distribution.mean == pytest.approx(other.distribution.mean)
    assert [b.probability for b in one.bands] == pytest.approx([b.probability for b in other.bands])
    assert {(i.actor, i.role): i.share for i in one.importances.inputs} == pytest.approx(
        {(i.actor, i.role): i.share for i in other.importances.inputs}
    )


@pytest.mark.parametrize(("times", "plus"), [(0.01, 0.0), (2.5, -40.0), (1000.0, 7.0)])
def test_another_scale_says_the_same(times: float, plus: float) -> None:
    def moved(value: float) -> float:
        return value * times + plus

    there = [{**p, "position": [moved(v) for v in p["position"]]} for p in WIDE]
    here = settle_question(question(*WIDE, high=60, reversion=reversion(60)), draws=200)
    far = settle_question(question(*there, low=moved(0), high=moved(60), reversion=reversion(moved(60))), draws=200)
    assert far.centre == pytest.approx(moved(here.centre))
    assert far.ranges.both == pytest.approx([moved(v) for v in here.ranges.both])
    assert far.ranges.input_noise == pytest.approx([moved(v) for v in here.ranges.input_noise])
    assert [b.probability for b in far.bands] == pytest.approx([b.probability for b in here.bands])
    assert [s.gain for s in far.stances] == pytest.approx([(s.gain or 0) * times for s in here.stances])
    assert [s.side for s in far.stances] == [s.side for s in here.stances]
    assert [lever.share for lever in far.levers] == pytest.approx([lever.share for lever in here.levers])
    assert [b.possible for b in far.break_evens] == [b.possible for b in here.break_evens]


def test_one_seed_gives_the_same_and_another_does_not() -> None:
    one, again, other = (
        settle_question(question(*WIDE), draws=100, seed=seed).ranges.input_noise for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


def test_other_draws_move_probabilities_by_less_than_half_a_point() -> None:
    one, other = (settle_question(question(*WIDE, high=60), seed=seed) for seed in (1, 2))
    assert [b.probability for b in one.bands] == pytest.approx([b.probability for b in other.bands], abs=0.005)


def test_inputs_count_as_judgement_where_the_case_says_so() -> None:
    done = settle_question(question(*WIDE, reversion=reversion(50)), draws=100)
    assert (done.judged, len(done.inputs)) == (9, 10)
    said = [given for given in done.inputs if not given.judgement]
    assert [(given.actor, given.role, given.source_id) for given in said] == [("b", Role.POSITION, "digest")]
    assert done.confidence == "low"
    assert done.confidence_why.startswith("9 of 10 inputs are judgement")


def test_all_on_one_source_is_said() -> None:
    sourced = [party(a, x, source_id="digest", basis="reported") for a, x in (("a", 10), ("b", 90))]
    done = settle_question(question(*sourced, reversion=reversion(50)), draws=100)
    assert "all positions rest on one source: digest" in done.notes
    assert done.confidence == "moderate"
    apart = [sourced[0], {**sourced[1], "source_id": "other"}]
    assert not [n for n in settle_question(question(*apart), draws=100).notes if "one source" in n]


def test_names_are_those_of_the_question_first() -> None:
    named = [party("a", 10, name="A by name"), party("b", 90), party("c", 50)]
    done = settle_question(question(*named), names={"a": "other", "b": "B"}, draws=100)
    assert done.parties == {"a": "A by name", "b": "B", "c": "c"}


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(OutOfRange, match="99 draws cannot be made"):
        settle_question(question(*WIDE), draws=99)
    with pytest.raises(OutOfRange, match="below 0"):
        settle_question(question(*WIDE), seed=-1)
    idle = [party(a, 10, influence=[0, 0, 1]) for a in "ab"]
    with pytest.raises(InputError, match="no party counts") as error:
        settle_question(question(*idle), draws=100)
    assert "questions/made-up.yaml" in str(error.value)


def test_a_status_quo_whose_draws_lie_to_one_side_says_so() -> None:
    sides = (
        question(*WIDE, high=60, reversion=reversion(30, 60, 60)),
        question(*WIDE, high=60, reversion=reversion(20, 40, 60)),
    )
    leaning, even = (settle_question(each, draws=1000).beside[-1] for each in sides)
    assert (leaning.model, leaning.point, leaning.leans) == ("status quo", 60, True)
    assert leaning.median == pytest.approx(30 + 30 * 0.5**0.5, abs=0.5), (
        "the median of a triangle that rises to its end"
    )
    assert even.median == pytest.approx(40, abs=0.5)
    assert not even.leans
    said = beside_words(leaning)
    assert said.startswith("status quo 60 (")
    assert "ranges that lean to one side: the middle draw is 51" in said
    assert "lean" not in beside_words(even)
