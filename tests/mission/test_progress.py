"""Intervals worked by hand, and what becomes of a statement when a field it rests on is taken away."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from pydantic import ValidationError

from tocsin.case.cells import Basis, Better
from tocsin.case.rows import Indicator, Mission, Observation, ResultLevel, Task
from tocsin.errors import CaseProblem
from tocsin.mission.progress import (
    INPUTS_ONLY,
    NO_FIGURE_AT_ALL,
    NO_INDICATOR,
    OUTCOME_WITHOUT_TARGET,
    OUTPUTS_ONLY,
    Change,
    IndicatorProgress,
    LineProgress,
    Reached,
    Series,
    Span,
    changed,
    progress,
    reached,
)

UP, DOWN = Better.UP, Better.DOWN
MISSION = Mission.model_validate({"mission_id": "m", "name": "Mission", "start": "2018", "basis": "judgement"})


def indicator(**changes: Any) -> Indicator:
    row: dict[str, Any] = {
        "indicator_id": "i", "mission_id": "m", "line_of_effort": "police", "level": "outcome", "definition": "deaths",
        "unit": "deaths a year", "better": "down", "baseline": 100, "target": 40, "basis": "judgement",
    }  # fmt: skip
    return Indicator(**(row | changes))


def observation(
    date: str, value: float, low: float | None = None, high: float | None = None, **more: Any
) -> Observation:
    row: dict[str, Any] = {"indicator_id": "i", "area": "Iraq", "source_id": "s", "basis": "stated"}
    return Observation(**(row | {"date": date, "value": value, "low": low, "high": high} | more))


def line(indicators: list[Indicator], observations: list[Observation]) -> LineProgress:
    [only] = progress(MISSION, tasks=(), indicators=indicators, observations=observations).lines
    return only


def series(row: Indicator, *observations: Observation) -> Series:
    [shown] = line([row], list(observations)).indicators
    [only] = shown.series
    return only


@pytest.mark.parametrize(
    ("low", "high", "target", "better", "said"),
    [
        (60, 80, 60, UP, Reached.SURE),
        (60, 80, 61, UP, Reached.POSSIBLY),
        (60, 80, 80, UP, Reached.POSSIBLY),
        (60, 80, 81, UP, Reached.NOT),
        (60, 80, 80, DOWN, Reached.SURE),
        (60, 80, 79, DOWN, Reached.POSSIBLY),
        (60, 80, 60, DOWN, Reached.POSSIBLY),
        (60, 80, 59, DOWN, Reached.NOT),
        (-2, -1, -1, DOWN, Reached.SURE),
        (0, 0, 0, DOWN, Reached.SURE),
    ],
)
def test_a_target_is_reached_at_equality(low: float, high: float, target: float, better: Better, said: Reached) -> None:
    assert reached(Span(low, high, ranged=True), target, better=better) is said


@pytest.mark.parametrize(
    ("low", "high", "target", "better", "said"),
    [
        (None, 80, 60, UP, Reached.UNKNOWN),
        (60, None, 61, UP, Reached.UNKNOWN),
        (60, None, 60, UP, Reached.SURE),
        (None, 80, 81, UP, Reached.NOT),
        (None, 80, 80, DOWN, Reached.SURE),
        (None, 80, 60, DOWN, Reached.UNKNOWN),
        (60, None, 59, DOWN, Reached.NOT),
        (None, None, 0, DOWN, Reached.UNKNOWN),
    ],
)
def test_an_end_nobody_published_settles_nothing(
    low: float | None, high: float | None, target: float, better: Better, said: Reached
) -> None:
    assert reached(Span(low, high, ranged=True), target, better=better) is said


def test_a_value_without_a_range_reaches_nothing_for_sure() -> None:
    assert reached(Span(90, 90, ranged=False), 60, better=UP) is Reached.PRINTED
    assert reached(Span(50, 50, ranged=False), 60, better=UP) is Reached.PRINTED_NOT
    assert reached(None, 60, better=UP) is Reached.NO_FIGURE
    assert reached(Span(90, 90, ranged=True), None, better=UP) is Reached.NO_TARGET


@pytest.mark.parametrize(
    ("before", "after", "up"),
    [
        ((10, 20), (21, 30), Change.BETTER),
        ((10, 20), (20, 30), Change.WITHIN),
        ((10, 20), (1, 10), Change.WITHIN),
        ((10, 20), (1, 9), Change.WORSE),
        ((10, 20), (12, 14), Change.WITHIN),
        ((10, 10), (10, 10), Change.WITHIN),
        ((None, 20), (21, 30), Change.BETTER),
        ((10, None), (21, 30), Change.UNKNOWN),
        ((10, 20), (None, 30), Change.UNKNOWN),
    ],
)
def test_movement_is_shown_only_where_ranges_do_not_touch(
    before: tuple[float | None, float | None], after: tuple[float | None, float | None], up: Change
) -> None:
    turned = {Change.BETTER: Change.WORSE, Change.WORSE: Change.BETTER}
    first, last = Span(*before, ranged=True), Span(*after, ranged=True)
    assert changed(first, last, better=UP) is up
    assert changed(first, last, better=DOWN) is turned.get(up, up)


def test_printed_values_move_only_as_printed() -> None:
    one, two = Span(1, 1, ranged=False), Span(2, 2, ranged=True)
    assert changed(one, two, better=UP) is Change.PRINTED_BETTER
    assert changed(one, two, better=DOWN) is Change.PRINTED_WORSE
    assert changed(one, one, better=DOWN) is Change.PRINTED_SAME


def test_a_series_worked_by_hand() -> None:
    done = series(indicator(), observation("2018", 90, 80, 120), observation("2020", 30, 20, 40))
    assert (done.target, done.baseline, done.trend) == (Reached.SURE, Change.BETTER, Change.BETTER)
    assert [f.value for f in done.figures] == [90, 30]
    assert done.remarks == ()


@pytest.mark.parametrize(
    ("row", "seen", "target", "baseline", "trend"),
    [
        ({"target": None}, {}, Reached.NO_TARGET, Change.BETTER, Change.BETTER),
        ({"baseline": None}, {}, Reached.SURE, Change.NO_BASELINE, Change.BETTER),
        ({}, {"high": None}, Reached.UNKNOWN, Change.UNKNOWN, Change.UNKNOWN),
        ({}, {"low": None}, Reached.SURE, Change.BETTER, Change.BETTER),
        ({}, {"low": None, "high": None}, Reached.PRINTED, Change.PRINTED_BETTER, Change.PRINTED_BETTER),
    ],
)
def test_a_field_taken_away_takes_away_what_rests_on_it(
    row: dict[str, Any], seen: dict[str, Any], target: Reached, baseline: Change, trend: Change
) -> None:
    last = observation("2020", 30, **({"low": 20, "high": 40} | seen))
    done = series(indicator(**row), observation("2018", 90, 80, 120), last)
    assert (done.target, done.baseline, done.trend) == (target, baseline, trend)


def test_without_observations_nothing_is_known() -> None:
    done = series(indicator())
    assert (done.target, done.baseline, done.trend) == (Reached.NO_FIGURE, Change.NO_FIGURE, Change.NO_FIGURE)
    assert (done.first, done.last, done.figures) == (None, None, ())


def test_an_observation_without_a_source_is_refused_in_a_row_and_past_its_checks() -> None:
    with pytest.raises(ValidationError, match="an observation names no source"):
        observation("2020", 1, source_id=None, basis="judgement")
    unchecked = observation("2020", 1).model_copy(update={"source_id": None})
    with pytest.raises(CaseProblem, match="names no source"):
        series(indicator(), unchecked)


def test_figures_that_disagree_on_a_date_are_spanned() -> None:
    done = series(indicator(), observation("2020", 30, 20, 40), observation("2020", 60, 50, 70, source_id="t"))
    assert done.last is not None
    assert (done.last.low, done.last.high, done.target, done.trend) == (20, 70, Reached.POSSIBLY, Change.ONE_DATE)
    assert "2 figures may be the latest: the range spans them" in done.remarks


def test_a_year_and_a_month_within_it_are_not_put_in_order() -> None:
    done = series(indicator(), observation("2020", 30, 20, 40), observation("2020-03", 60, 50, 70))
    assert done.trend is Change.ONE_DATE


def test_areas_are_never_mixed() -> None:
    rows = [observation("2020", 30, 20, 40), observation("2020", 90, 80, 95, area="Anbar")]
    [shown] = line([indicator()], rows).indicators
    assert [(s.area, s.target) for s in shown.series] == [("Anbar", Reached.NOT), ("Iraq", Reached.SURE)]


def test_a_peak_between_and_a_figure_from_before_are_said() -> None:
    done = series(indicator(), *(observation(y, v, v, v) for y, v in (("2015", 5), ("2016", 9), ("2017", 4))))
    assert "figures between the earliest and the latest lie outside both: read them all" in done.remarks
    assert "the latest figure is from before the mission began (2018)" in done.remarks


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("output", 10, True)], OUTPUTS_ONLY),
        ([("input", 10, True)], INPUTS_ONLY),
        ([("output", 10, True), ("outcome", 10, False)], OUTPUTS_ONLY),
        ([("output", 10, False), ("outcome", 10, False)], NO_FIGURE_AT_ALL),
        ([("outcome", None, True), ("output", 10, True)], OUTCOME_WITHOUT_TARGET),
        ([("outcome", None, True), ("impact", 10, True)], "outcome evidence, but no target for i0"),
        ([("impact", 10, True)], "outcome evidence with targets"),
    ],
)
def test_what_kind_of_evidence_a_line_has(rows: list[tuple[str, float | None, bool]], said: str) -> None:
    named = [indicator(indicator_id=f"i{n}", level=lv, target=t) for n, (lv, t, _) in enumerate(rows)]
    seen = [observation("2020", 1, indicator_id=f"i{n}") for n, (_, _, published) in enumerate(rows) if published]
    assert line(named, seen).evidence == (said,)


def test_a_task_whose_line_has_no_indicator_is_shown() -> None:
    task = Task.model_validate(
        {"task_id": "t", "mission_id": "m", "line_of_effort": "logistics", "function": "school", "basis": "judgement"}
    )
    other = task.model_copy(update={"mission_id": "other", "line_of_effort": "elsewhere"})
    done = progress(MISSION, tasks=(task, other), indicators=[indicator(line_of_effort="all")], observations=())
    assert [(one.line_of_effort, one.evidence) for one in done.lines] == [
        ("logistics", (NO_INDICATOR,)),
        ("all", (NO_FIGURE_AT_ALL,)),
    ]


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [
        observation("2020", 30, 20, 40), observation("2020", 60, 50, 70, source_id="t"), observation("2018", 90),
        observation("2019", 3, indicator_id="j"),
    ]  # fmt: skip
    named = [indicator(), indicator(indicator_id="j", level="output", line_of_effort="Police")]
    ways = {
        repr(progress(MISSION, tasks=(), indicators=order, observations=seen))
        for seen in permutations(rows)
        for order in (named, named[::-1])
    }
    assert len(ways) == 1


def test_levels_come_in_their_order_and_say_what_baseline_rests_on() -> None:
    rows = [indicator(indicator_id=lv, level=lv) for lv in ("impact", "input", "outcome", "output")]
    shown: tuple[IndicatorProgress, ...] = line(rows, []).indicators
    assert [i.level for i in shown] == list(ResultLevel)
    stated = indicator(basis="stated", source_id="s", judged="baseline")
    [only] = line([stated], []).indicators
    assert (only.baseline_basis, only.target_basis) == (Basis.JUDGEMENT, Basis.STATED)


@pytest.mark.parametrize("field", ["better", "level", "unit", "definition", "line_of_effort", "mission_id", "basis"])
def test_an_indicator_lacking_what_judges_it_is_refused(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        indicator(**{field: None})


@pytest.mark.parametrize("field", ["date", "value", "indicator_id", "basis"])
def test_an_observation_lacking_what_it_says_is_refused(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        Observation.model_validate(
            {"indicator_id": "i", "date": "2020", "value": 1, "source_id": "s", "basis": "stated"} | {field: None}
        )
