from __future__ import annotations

import re

import pytest
import shapely

from tocsin.brief.charts import PROBABILITY, Frame, MapArea, MapPeriod, SiteMark, map_months
from tocsin.errors import InputError, OutOfRange
from tocsin.vocabulary import percent

SQUARE = shapely.box(42, 32, 46, 36)


def period(label: str, value: float | None = 0.4, state: str = "open") -> MapPeriod:
    return MapPeriod(label, [MapArea("Middle", SQUARE, value)], [SiteMark("Taji", 44.3, 33.5, state)])


def drawn(n: int, *, width: float = 700) -> str:
    periods = [period(str(2018 + i)) for i in range(n)]
    return map_months(periods, PROBABILITY, frame=Frame("m", "Need", width=width), show=percent)


def columns(svg: str) -> int:
    """How many small maps stand beside one another: the places their years are written at."""
    return len(set(re.findall(r'<text x="([\d.]+)"[^>]*font-weight="bold">20\d\d</text>', svg)))


@pytest.mark.parametrize(
    ("n", "width", "beside"),
    [(3, 700, 3), (4, 700, 4), (5, 700, 3), (6, 700, 3), (3, 360, 2), (6, 360, 2), (2, 320, 2)],
)
def test_a_narrow_page_has_fewer_maps_in_a_row(n: int, width: float, beside: int) -> None:
    assert columns(drawn(n, width=width)) == beside


def test_all_maps_have_one_scale_though_one_shows_less() -> None:
    half = MapPeriod("2019", [MapArea("West", shapely.box(42, 32, 44, 36), 0.4)])
    svg = map_months([period("2018"), half], PROBABILITY, frame=Frame("m", "Need"), show=percent)
    tall = [re.findall(r"-?[\d.]+", d) for d in re.findall(r'<path d="(M[^"]*z)" fill="#', svg)]
    steps = {max(abs(float(v)) for v in path[2:]) for path in tall}
    assert len(tall) == 2
    assert len(steps) == 1  # the same degrees from south to north are as many px in both


def test_states_and_values_are_told_for_each_time() -> None:
    periods = [period("2018"), period("2019", None, "paused"), period("2020", 0.97, "unknown")]
    svg = map_months(periods, PROBABILITY, frame=Frame("m", "Need"), show=percent, reach_km=(50,))
    for told in ("2018, Middle: 40 %", "2019, Middle: unknown", "sites: 1 open", "sites: 1 paused", "sites: 1 unknown"):
        assert told in svg
    assert "2019: all unknown; sites: 1 paused." in svg
    assert svg.count("data-km=") == 2  # none around the paused


def test_one_legend_serves_all() -> None:
    svg = drawn(6)
    assert svg.count(">site open</text>") == svg.count(f">{PROBABILITY.steps[0].words}</text>") == 1


@pytest.mark.parametrize("n", [0, 1, 7])
def test_too_few_and_too_many_are_refused(n: int) -> None:
    with pytest.raises(OutOfRange, match="side by side") as caught:
        drawn(n)
    assert caught.value.where.field == "periods"


def test_a_period_without_label_or_area_is_refused() -> None:
    with pytest.raises(InputError, match="no label"):
        MapPeriod(" ", [])
    with pytest.raises(InputError, match="no areas"):
        map_months([period("2018"), MapPeriod("2019", [])], PROBABILITY, frame=Frame("m", "Need"), show=percent)
    with pytest.raises(OutOfRange, match="no reach"):
        map_months(
            [period("2018"), period("2019")], PROBABILITY, frame=Frame("m", "Need"), show=percent, reach_km=(-1,)
        )
