from __future__ import annotations

import re
from typing import Any

import pytest

from tocsin.brief.charts import Curve, Frame, MonthReach, curve_chart, curve_months
from tocsin.errors import InputError, OutOfRange
from tocsin.vocabulary import Month

FRAME = Frame("c", "Reach")
KM = (0.0, 50.0, 100.0, 200.0)
DEATHS = Curve("deaths", (0.0, 0.25, 0.5, 1.0), (0.0, 0.2, 0.4, 0.9), (0.1, 0.3, 0.6, 1.0))
START = Month.of(2020, 1)


def points(path: str) -> list[tuple[float, float]]:
    """The points of a path of relative steps."""
    numbers = [float(v) for v in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", path)]
    x = y = 0.0
    found = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return found


def line_of(svg: str, name: str) -> list[tuple[float, float]]:
    found = re.search(rf'data-curve="{name}"><title>[^<]*</title><path d="([^"]*)"', svg)
    if found is None:
        found = re.search(rf'<title>{name}</title><path d="([^"]*)"', svg)
    assert found is not None
    return points(found[1])


def test_distances_and_shares_have_their_places() -> None:
    at = line_of(curve_chart([DEATHS], distances_km=KM, frame=FRAME), "deaths")
    (left, bottom), fifty, hundred, (right, top) = at
    assert fifty[0] - left == pytest.approx((right - left) / 4, abs=0.15)
    assert hundred[0] - left == pytest.approx((right - left) / 2, abs=0.15)
    assert bottom - fifty[1] == pytest.approx((bottom - top) / 4, abs=0.15)
    assert left == 42  # the first distance stands at the axis


def test_a_reach_is_marked_where_it_is_and_its_shares_are_written() -> None:
    svg = curve_chart([DEATHS, Curve("events", (0, 0.1, None, 0.3))], distances_km=KM, frame=FRAME, reach_km=(50, 100))
    x = line_of(svg, "deaths")[1][0]
    assert re.search(rf'd="M{x:g} [\d.]+V[\d.]+" stroke="[^"]*" stroke-dasharray="3 3"', svg)
    assert "deaths: 25.0 % (20.0 % to 30.0 %); events: 10.0 %" in svg
    assert "deaths: 50.0 % (40.0 % to 60.0 %); events: unknown" in svg


def test_marks_that_stand_close_are_written_without_their_unit() -> None:
    def heads(reach_km: tuple[float, ...], km: tuple[float, ...]) -> list[str]:
        svg = curve_chart([Curve("c", (0.1,) * len(km))], distances_km=km, frame=FRAME, reach_km=reach_km)
        return re.findall(r'text-anchor="middle" font-weight="bold">([^<]*)</text>', svg)

    assert heads((50, 200), KM) == ["50 km", "200 km"]
    assert heads((25, 50), (0, 25, 50, 400)) == ["25", "50"]


def test_a_line_that_coincides_with_another_is_seen_on_it() -> None:
    svg = curve_chart([DEATHS, Curve("events", DEATHS.shares)], distances_km=KM, frame=FRAME)
    assert svg.index('data-curve="deaths"') < svg.index('data-curve="events"')  # the dashed above the full


def test_a_gap_is_not_drawn_over() -> None:
    svg = curve_chart([Curve("events", (0, 0.1, None, 0.3))], distances_km=KM, frame=FRAME)
    assert len(line_of(svg, "events")) == 2
    assert 'r="2.4"' in svg  # the share that stands alone beyond the gap


def test_what_is_not_known_is_named_unknown_and_draws_nothing() -> None:
    svg = curve_chart([Curve("police", (None,) * 4)], distances_km=KM, frame=FRAME)
    assert ">police: unknown</text>" in svg
    assert 'data-curve="police"><title>police</title></g>' in svg


def test_lines_differ_by_more_than_colour() -> None:
    curves = [Curve(f"c{i}", (0.0, 0.1, 0.2, 0.3 + i / 10)) for i in range(6)]
    svg = curve_chart(curves, distances_km=KM, frame=FRAME)
    drawn = re.findall(r'data-curve="c\d">.*?<path[^>]*?(?:stroke-dasharray="([^"]*)")?[^>]*/>', svg)
    dashes = re.findall(r'<path d="[^"]*" stroke-width="[^"]*" stroke="#\w+"(?: stroke-dasharray="([^"]*)")?', svg)
    assert len(drawn) == 6
    assert len(set(dashes)) == 6


@pytest.mark.parametrize(
    ("curve", "kind", "field"),
    [
        ({"shares": (0.1, 1.2)}, OutOfRange, "shares"),
        ({"shares": (float("nan"),)}, OutOfRange, "shares"),
        ({"shares": (0.1,), "lower": (0.3,), "upper": (0.2,)}, InputError, "upper"),
        ({"shares": (0.1,), "lower": (0.1,)}, InputError, "lower, upper"),
        ({"shares": (0.1,), "lower": (0.1, 0.2), "upper": (0.2,)}, InputError, "lower, upper"),
        ({"name": " ", "shares": (0.1,)}, InputError, "name"),
    ],
)
def test_a_curve_that_cannot_be_is_refused(curve: dict[str, Any], kind: type[InputError], field: str) -> None:
    with pytest.raises(kind) as caught:
        Curve(**{"name": "deaths", **curve})
    assert caught.value.where.field == field
    assert caught.value.hint


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"curves": []}, "curves"),
        ({"curves": [DEATHS] * 7}, "curves"),
        ({"distances_km": (0, 50, 50, 200)}, "distances_km"),
        ({"distances_km": (-1, 50, 100, 200)}, "distances_km"),
        ({"distances_km": (0, 50, 200)}, "shares"),
        ({"reach_km": (75,)}, "reach_km"),
    ],
)
def test_a_chart_that_cannot_be_is_refused(change: dict[str, Any], field: str) -> None:
    given: dict[str, Any] = {"curves": [DEATHS], "distances_km": KM, **change}
    with pytest.raises(InputError) as caught:
        curve_chart(given.pop("curves"), frame=FRAME, **given)
    assert caught.value.where.field == field


def test_months_are_level_and_unknown_sites_make_a_band() -> None:
    reach = MonthReach("deaths", (0.5, 0.5, 0.25, None), (0.5, 0.5, 0.75, None))
    svg = curve_months([reach], first=START, frame=Frame("c", "Reach", width=460))
    # four months of 100 px from 42; a panel of 120 px from 24 + 23 px of title
    assert 'd="M42 107H242V137H342"' in svg.replace(".0", "")
    assert re.search(r'd="M242 137V77H342V137z" fill="#b7cfe6"', svg.replace(".0", ""))
    assert 'x="342" y="47" width="100" height="120" fill="url(#c-unknown)"' in svg
    for told in ("Jan 2020 to Feb 2020: 50.0 %", "Mar 2020: 25.0 % to 75.0 %", "Apr 2020: unknown"):
        assert told in svg


def test_where_nothing_is_unknown_there_is_one_line() -> None:
    svg = curve_months([MonthReach("deaths", (0.5, 0.25), (0.5, 0.25))], first=START, frame=FRAME)
    assert ">reached for certain</text>" in svg
    assert "if they are open" not in svg
    assert "#b7cfe6" not in svg


def test_a_mark_outside_the_months_is_left_out() -> None:
    reach = MonthReach("deaths", (0.5, 0.25), (0.5, 0.25))
    svg = curve_months([reach], first=START, frame=FRAME, marks=[(START, "pause"), (START + 9, "return")])
    assert ">pause</text>" in svg
    assert ">return</text>" not in svg


@pytest.mark.parametrize(
    ("closed", "opened", "kind"),
    [
        ((0.5,), (0.4,), InputError),
        ((0.5,), (None,), InputError),
        ((0.5, 0.5), (0.5,), InputError),
        ((), (), InputError),
        ((0.5,), (1.5,), OutOfRange),
    ],
)
def test_readings_that_contradict_are_refused(
    closed: tuple[float, ...], opened: tuple[float | None, ...], kind: type[InputError]
) -> None:
    with pytest.raises(kind) as caught:
        MonthReach("deaths", closed, opened)
    assert caught.value.where.field == "if_open"
    assert caught.value.hint


def test_reaches_of_different_months_are_refused() -> None:
    with pytest.raises(InputError, match="no reach"):
        curve_months([], first=START, frame=FRAME)
    with pytest.raises(InputError, match="differ"):
        curve_months([MonthReach("a", (1,), (1,)), MonthReach("b", (1, 1), (1, 1))], first=START, frame=FRAME)
