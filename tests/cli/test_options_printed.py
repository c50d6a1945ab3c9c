"""What tocsin options says of choices that lack figures, have many alternatives, or set no threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.decide.options.made_up_choice import criterion, effect, option, small, three, viewpoint

from tocsin.case.cells import Better
from tocsin.cli.options import _show, round3, share
from tocsin.decide.options import compare

if TYPE_CHECKING:
    import pytest

    from tocsin.case.options import Choice


def printed(choice: Choice, capsys: pytest.CaptureFixture[str], *, futures: int = 200) -> str:
    capsys.readouterr()
    _show(compare(choice, futures=futures))
    return " ".join(capsys.readouterr().out.replace("│", " ").replace("┃", " ").split())


def test_a_choice_without_figures_is_one_sentence_and_what_is_stated(capsys: pytest.CaptureFixture[str]) -> None:
    choice = small(
        criteria=(), effects=(), stated={"go": ("it may rain",)}, source_id="bic",
        options=(option("go", why="it is dry", source_ids=("knights",)), option("stay")),
    )  # fmt: skip
    assert printed(choice, capsys) == (
        "small: Go or stay? No criteria and no effects are entered for small, so its options cannot be compared. "
        "Option go, proposed by source knights: it is dry. Stated of go (source bic): it may rain."
    )


def test_a_value_that_is_missing_is_shown_as_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    words = printed(small(effects=small().effects[:3]), capsys)
    assert "Option stay has no value for criterion harm: it is not scored on that, and not ranked." in words
    assert "(lower is better) unknown unknown at most 50: unknown unknown" in words
    assert "Option stay: unknown." not in words
    assert "preferred under" not in words


def test_the_most_that_can_meet_every_threshold_is_said_beside_the_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    more = small(
        criteria=(*small().criteria, criterion("pride", must_reach=1.0)),
        effects=(*small().effects, effect("stay", "pride", 0, 1, 2)),
    )
    assert (
        "Option go: whether every threshold is met is unknown; those whose value is known are met in 50 % of the futures "
        "tested."
    ) in printed(more, capsys)


def test_many_alternatives_are_counted_and_the_rest_left_to_json(capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"o{number}" for number in range(5)]
    choice = three(
        options=tuple(option(name) for name in names), criteria=(criterion("either"),),
        effects=tuple(effect(name, "either", 0, number, 9) for number, name in enumerate(names)),
    )  # fmt: skip
    words = printed(choice, capsys)
    assert "19 more combinations are compared: --json has them all." in words
    assert all(f"Option {name} criterion either" in words for name in names)


def test_without_thresholds_conditions_are_for_coming_first(capsys: pytest.CaptureFixture[str]) -> None:
    bare = small(
        criteria=(criterion("gain"), criterion("harm", better=Better.DOWN)), viewpoints=(viewpoint("safe", ("harm",)),)
    )
    words = printed(bare, capsys, futures=1000)
    assert "What must be true, so that Option stay is first under most weightings (view safe)" in words
    assert "how hard it storms above" in words
    assert "(tested 0 to 10)" in words
    assert "Not in the ordering, and so counting no more than its last: criterion gain." in words


def test_more_inputs_than_are_searched_still_give_the_one_that_matters(capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"o{number}" for number in range(6)]
    wide = [criterion(f"c{number}") for number in range(4)]
    choice = small(
        options=tuple(option(name) for name in names), criteria=(*wide, criterion("big")),
        effects=(
            *(effect(name, c.id, 0, 1, 2) for name in names for c in wide),
            *(effect(name, "big", 0, 0, 0) for name in names[2:]),
            effect("o0", "big", 0, 50, 100, rises_with="storm"), effect("o1", "big", 0, 50, 100, falls_with="storm"),
        ),
        viewpoints=(viewpoint("big", ("big",)),),
    )  # fmt: skip
    words = printed(choice, capsys, futures=1000)
    assert "so that Option o0 is first under most weightings (view big)" in words
    assert "how hard it storms above" in words
    assert "how hard it storms below" in words


def test_counted_shares_say_none_and_all() -> None:
    assert [share(v) for v in (None, 0.0, 0.001, 0.5, 0.9999, 1.0)] == [
        "unknown",
        "none",
        "< 1 %",
        "50 %",
        "> 99 %",
        "all",
    ]


def test_three_figures_are_kept() -> None:
    assert [round3(v) for v in (1234.5, 0.045678, -7.0)] == [1230.0, 0.0457, -7.0]
