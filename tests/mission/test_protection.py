from __future__ import annotations

import numpy as np
import pytest

from tocsin.case import read_case
from tocsin.errors import OutOfRange
from tocsin.mission.incidents import Incidents, incidents_of_points
from tocsin.mission.protection import checked_bands, forecast_by_band, incidents_by_band, sequences
from tocsin.mission.reach import Place, risk_cells
from tocsin.sources.starter import starter_table
from tocsin.vocabulary import Month

TAJI = [Place("taji", "Taji", 33.524, 44.257)]


def year() -> Incidents:
    iraq = incidents_of_points(starter_table("event_points"), countries=["IRQ"])
    return iraq.within(Month.of(2018, 1), Month.of(2018, 12))


@pytest.mark.parametrize("bands", [(0, 10), (0, 25, 49), (0,), (50, 25), (-25, 0), (0, float("nan"))])
def test_bands_narrower_than_25_km_or_out_of_order_are_refused(bands: tuple[float, ...]) -> None:
    with pytest.raises(OutOfRange):
        incidents_by_band(year(), TAJI, bands=bands)


def test_the_refusal_names_the_band() -> None:
    with pytest.raises(OutOfRange, match="the band 25 to 30 km is narrower than 25 km"):
        checked_bands((0, 25, 30))


def test_every_month_and_band_stands_and_sums_to_all_that_is_placed() -> None:
    seen = year()
    rows = incidents_by_band(seen, TAJI, bands=(0, 25, 50, 20_000))
    assert len(rows) == 12 * 3
    assert sum(r.deaths[1] for r in rows) == seen.weight("deaths_best")[seen.placed].sum()
    assert sum(r.events for r in rows) == seen.events[seen.placed].sum()


def test_forecast_bands_hold_the_draws_of_their_cells() -> None:
    seen = year()
    areas = ["IRQ/Baghdad"]
    cells = risk_cells(seen, areas)
    rows = forecast_by_band(
        np.full((1, 2, 5), 40), [Month.of(2019, 1), Month.of(2019, 2)], cells, TAJI, bands=(0, 25, 20_000)
    )
    assert len(rows) == 4
    assert sum(r.middle for r in rows) == pytest.approx(80)
    assert all(r.low == pytest.approx(r.high) for r in rows)


def test_strikes_and_answers_of_the_turn_of_2019_are_one_chain() -> None:
    found = sequences(read_case("iraq").events_of_record)
    chain = next(c for c in found.chains if len(c.steps) > 1)
    assert [(s.event.event_id, s.gap_days) for s in chain.steps] == [
        ("contractor", None), ("kh-strikes", 2), ("embassy", 2), ("airport-strike", 3), ("retaliation", None)
    ]  # fmt: skip
    assert [str(e.date) for e in found.undated] == ["2019"]
    assert all(s.event.kind in {"attack", "incident", "response"} for c in found.chains for s in c.steps)
