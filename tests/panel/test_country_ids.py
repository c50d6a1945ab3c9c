"""Ids of countries change hands; a conversion is right only for a month."""

from __future__ import annotations

import polars as pl
import pytest

from tocsin.errors import OutOfRange, TableProblem, UnknownName
from tocsin.panel import CountryIds
from tocsin.vocabulary import AreaIds, Month

ISO3, GW, VIEWS = AreaIds.ISO3, AreaIds.GW, AreaIds.VIEWS
UNITY = Month.of(1990, 5)
SOUTH = Month.of(2011, 7)


@pytest.fixture
def ids() -> CountryIds:
    return CountryIds.of_table(
        pl.DataFrame(
            [
                (196, 678, "YEM", "Yemen Arab Republic", None, UNITY.id - 1),
                (124, 678, "YEM", "Yemen", UNITY.id, None),
                (195, 680, None, "Yemen, People's Republic", None, UNITY.id - 1),
                (59, 625, "SDN", "Sudan", None, SOUTH.id - 1),
                (245, 625, "SDN", "Sudan", SOUTH.id, None),
                (246, 626, "SSD", "South Sudan", SOUTH.id, None),
                (227, 345, "SCG", "Serbia and Montenegro", None, SOUTH.id - 62),
                (230, 340, "SRB", "Serbia", SOUTH.id - 61, None),
                (57, 530, "ETH", "Ethiopia", None, None),
            ],
            schema=["views_id", "gwcode", "iso3", "name", "first_month_id", "last_month_id"],
            orient="row",
        )
    )


@pytest.mark.parametrize(
    ("source", "to", "month", "expected"),
    [
        ((GW, "625"), VIEWS, SOUTH - 1, "59"),
        ((GW, "625"), VIEWS, SOUTH, "245"),
        ((ISO3, "SDN"), VIEWS, SOUTH, "245"),
        ((VIEWS, "59"), ISO3, SOUTH - 1, "SDN"),
        ((ISO3, "YEM"), VIEWS, UNITY - 1, "196"),
        ((GW, "678"), VIEWS, UNITY, "124"),
        ((ISO3, "SRB"), VIEWS, UNITY, "227"),
        ((ISO3, "SCG"), VIEWS, UNITY, "227"),
        ((ISO3, "SRB"), VIEWS, SOUTH, "230"),
        ((VIEWS, "57"), GW, SOUTH, "530"),
    ],
)
def test_a_number_means_what_it_meant_in_its_month(
    ids: CountryIds, source: tuple[AreaIds, str], to: AreaIds, month: Month, expected: str
) -> None:
    assert ids.convert(source[1], source=source[0], to=to, month=month) == expected


def test_a_state_that_ended_stands_once_under_its_later_code(ids: CountryIds) -> None:
    assert ids.every(ISO3, month=UNITY).count("SRB") == 1
    assert "SCG" not in ids.every(ISO3)
    assert ids.span("SRB", ids=ISO3).first is None
    assert ids.span("SRB", ids=ISO3).name == "Serbia"


def test_there_and_back_in_every_month(ids: CountryIds) -> None:
    for month in (UNITY - 1, UNITY, SOUTH - 1, SOUTH):
        for area in ids.every(VIEWS, month=month):
            gw = ids.convert(area, source=VIEWS, to=GW, month=month)
            assert ids.convert(gw, source=GW, to=VIEWS, month=month) == area


def test_an_unknown_id_is_answered_with_the_nearest(ids: CountryIds) -> None:
    with pytest.raises(UnknownName, match="no country \\(iso3 id\\) is called 'ETI'\n  hint: did you mean 'ETH'"):
        ids.convert("ETI", source=ISO3, to=GW, month=SOUTH)


def test_an_id_outside_its_months_is_refused_with_its_months(ids: CountryIds) -> None:
    with pytest.raises(OutOfRange, match="views id 246 names no country in 2011-06") as told:
        ids.country("246", ids=VIEWS, month=SOUTH - 1)
    assert "South Sudan 2011-07 to today" in (told.value.hint or "")


def test_a_country_without_an_id_in_the_other_scheme_is_refused(ids: CountryIds) -> None:
    with pytest.raises(UnknownName, match="has no iso3 id"):
        ids.convert("680", source=GW, to=ISO3, month=UNITY - 1)


def test_provinces_are_no_scheme_of_countries(ids: CountryIds) -> None:
    with pytest.raises(UnknownName, match="scheme of country ids"):
        ids.convert("IRQ/Anbar", source=AreaIds.ADMIN1, to=GW, month=SOUTH)


def test_a_span_joins_the_countries_an_id_named(ids: CountryIds) -> None:
    assert ids.span("625", ids=GW).first is None
    assert ids.span("625", ids=GW).last is None
    assert ids.span("SSD", ids=ISO3).first == SOUTH
    assert ids.span("59", ids=VIEWS).last == SOUTH - 1


def test_a_table_that_lacks_a_column_is_refused() -> None:
    with pytest.raises(TableProblem, match="columns gwcode, iso3, name, first_month_id, last_month_id not found"):
        CountryIds.of_table(pl.DataFrame({"views_id": [1]}))
