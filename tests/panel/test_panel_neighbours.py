"""Areas that touch, and those that only seem to."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import pytest
import shapely

from tocsin.errors import OutOfRange, TableProblem
from tocsin.panel import Country, CountryIds, Neighbours, touching
from tocsin.vocabulary import AreaIds, Month


@dataclass(frozen=True)
class Boxes:
    ids: tuple[str, ...]
    geometries: tuple[shapely.Polygon, ...]


def boxes(**corners: tuple[float, float, float, float]) -> Boxes:
    return Boxes(tuple(corners), tuple(shapely.box(*c) for c in corners.values()))


def test_pairs_are_kept_in_both_directions_and_once() -> None:
    near = Neighbours.of_pairs([("b", "a"), ("a", "b"), ("c", "c")])
    assert near.pairs == (("a", "b"),)
    assert near.of("a") == {"b"}
    assert near.of("c") == frozenset()


def test_a_table_of_pairs_is_read_by_declared_columns() -> None:
    table = pl.DataFrame({"area": [57, 57], "neighbour": [59, None]})
    assert Neighbours.of_table(table).pairs == (("57", "59"),)
    with pytest.raises(TableProblem, match="column left not found"):
        Neighbours.of_table(table, a="left")


def test_only_the_areas_given_count_in_the_order_given() -> None:
    near = Neighbours.of_pairs([("a", "b"), ("b", "c"), ("a", "d")])
    assert near.among(["d", "c", "b", "x"]) == ((), (2,), (1,), ())


def test_a_sliver_between_true_neighbours_needs_a_tolerance() -> None:
    drawn = boxes(west=(0, 0, 1, 1), east=(1.02, 0, 2, 1))
    assert touching(drawn, 0.0).pairs == ()
    assert touching(drawn, 0.05).pairs == (("east", "west"),)


def test_areas_that_meet_at_a_corner_are_no_neighbours() -> None:
    corner = boxes(south=(0, 0, 1, 1), north=(1, 1, 2, 2))
    assert touching(corner, 0.0).pairs == ()
    assert touching(corner, 0.05).pairs == ()
    assert touching(corner, 0.05, shared=0.0).pairs == (("north", "south"),)


def test_a_gap_wider_than_the_tolerance_parts() -> None:
    assert touching(boxes(west=(0, 0, 1, 1), east=(1.2, 0, 2, 1)), 0.1).pairs == ()


def test_overlapping_outlines_touch() -> None:
    assert touching(boxes(a=(0, 0, 1, 1), b=(0.9, 0, 2, 1)), 0.0).pairs == (("a", "b"),)


def test_a_negative_tolerance_is_refused() -> None:
    with pytest.raises(OutOfRange, match="negative"):
        touching(boxes(a=(0, 0, 1, 1)), -0.1)


def test_ids_are_converted_for_a_month() -> None:
    split = Month.of(2011, 7)
    countries = CountryIds(
        (
            Country("59", "625", "SDN", "Sudan", last=split - 1),
            Country("245", "625", "SDN", "Sudan", first=split),
            Country("246", "626", "SSD", "South Sudan", first=split),
            Country("57", "530", "ETH", "Ethiopia"),
        )
    )
    near = Neighbours.of_pairs([("SDN", "ETH"), ("SDN", "SSD")])
    before = near.with_ids(countries, source=AreaIds.ISO3, to=AreaIds.VIEWS, month=split - 1)
    after = near.with_ids(countries, source=AreaIds.ISO3, to=AreaIds.VIEWS, month=split)
    assert before.pairs == (("57", "59"),)
    assert after.pairs == (("245", "246"), ("245", "57"))
