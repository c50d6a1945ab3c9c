"""Blocks refuse what cannot be rendered well, and say what mends it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tocsin.brief import (
    Brief,
    Bullets,
    Cell,
    Column,
    Figure,
    Heading,
    Judgement,
    Link,
    Note,
    Paragraph,
    Source,
    Table,
    Text,
    numbers,
)
from tocsin.errors import OutOfRange, TableProblem, UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5">{}</svg>'


def brief(*blocks: Any, **fields: Any) -> Brief:
    made = datetime(2026, 1, 2, tzinfo=UTC)
    return replace(Brief("Iraq", "", date(2014, 5, 31), made, blocks), **fields)


def test_a_table_names_every_row_of_the_wrong_width() -> None:
    rows = ((Cell("a"), Cell("1")), (Cell("b"),), (Cell("c"), Cell("3")), ())
    with pytest.raises(TableProblem, match="has 2 columns, but row 2 has 1 cell") as caught:
        Table("Deaths", (Column("A"), Column("B")), rows)
    assert caught.value.where.rows == (2, 4)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Table(" ", (Column("A"),), ()), "a table's caption is empty"),
        (lambda: Table("Deaths", (Column("A"),), (), row_head=1), "column 1 to head its rows"),
        (lambda: Table("Deaths", (), ()), "0 columns"),
        (lambda: Cell("1", shade=1.01), "has shade 1.01"),
        (lambda: Cell("1", shade=float("nan")), "has shade nan"),
        (lambda: Heading("Too deep", 5), "level 5"),
        (lambda: Heading("Title", 1), "level 1"),
        (lambda: Heading("Mine", 2, "1st"), "id '1st'"),
        (lambda: Bullets(()), "no items"),
        (lambda: Link("here", "javascript:alert(1)"), "leads to 'javascript:alert"),
        (lambda: Link("here", "https://example.org/a b"), "leads to"),
        (lambda: Source("UCDP", ""), "the licence of 'UCDP' is empty"),
        (lambda: Source("UCDP", "CC BY 4.0", "ucdp.uu.se"), "leads to 'ucdp.uu.se'"),
        (lambda: Figure(SVG, "Map", " "), "the alt text of figure 'Map' is empty"),
        (lambda: Figure("<svg>", "Map", "a map"), "not well-formed SVG"),
        (lambda: Figure("<svg/>", "Map", "a map"), "not an <svg> with a viewBox"),
        (lambda: Figure('<p viewBox="0 0 1 1"/>', "Map", "a map"), "not an <svg> with a viewBox"),
    ],
)
def test_a_block_refuses(make: Callable[[], object], says: str) -> None:
    with pytest.raises(OutOfRange, match=says.replace("(", r"\(")):
        make()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        "<foreignObject/>",
        '<rect onload="x()"/>',
        '<image href="https://example.org/a.png"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="//example.org/a.png"/>',
        '<rect fill="url(https://example.org/a.svg#b)"/>',
        "<style>@import 'https://example.org/a.css'</style>",
        "<style>a{fill:url('https://example.org')}</style>",
    ],
)
def test_a_figure_reaches_nowhere_outside_itself(inside: str) -> None:
    with pytest.raises(OutOfRange, match="a figure has"):
        Figure(SVG.format(inside), "Map", "a map")


@pytest.mark.parametrize(
    "inside",
    [
        '<rect fill="url(#a)"/>',
        '<use href="#b"/>',
        "<text>only one = 1, script, url(</text>",
        '<image href="data:image/png;base64,"/>',
    ],
)
def test_a_figure_may_point_within_itself_and_say_anything(inside: str) -> None:
    assert Figure(SVG.format(inside), "Map", "a map").width_px == 10


def test_a_brief_refuses_two_headings_of_one_id_and_skipped_levels() -> None:
    with pytest.raises(OutOfRange, match="two headings have the id 'sources'"):
        brief(Heading("Sources"), annex=(Heading("Sources"),))
    with pytest.raises(OutOfRange, match="level 4 follows one of level 2"):
        brief(Heading("One"), Heading("Deep", 4))


@pytest.mark.parametrize("wrap", [Paragraph, Judgement, lambda spans: Bullets((spans,))])
def test_a_link_inside_leads_to_a_heading_that_is_there(wrap: Callable[[Any], object]) -> None:
    with pytest.raises(UnknownName, match="did you mean 'track-record'"):
        brief(wrap((Link("how they fared", "#track-recrd"),)), Heading("Track record"))
    assert brief(wrap((Link("how they fared", "#track-record"),)), Heading("Track record")).blocks


def test_a_brief_has_a_clock_with_a_zone_and_a_language() -> None:
    with pytest.raises(OutOfRange, match="without a zone"):
        brief(made=datetime(2026, 1, 2))  # noqa: DTZ001 - the fault tested
    with pytest.raises(OutOfRange, match="not a tag"):
        brief(language="English!")


def test_blocks_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Text("a").text = "b"  # type: ignore[misc]


def test_numbers_are_read_in_order_with_those_drawn_and_those_in_notes() -> None:
    figure = Figure(
        SVG.format("<title>9</title><text>1,000</text><text><title>77</title><tspan>5</tspan>0</text>"), "In 2014", "8"
    )
    table = Table("Of 3", (Column("At 25", unit="of 6"),), ((Cell("0.5", sort=7),),), note="GED 25.1")
    blocks = (Paragraph((Text("a 13\u00a0%"), Note("of 40"))), figure, table)
    assert numbers(brief(*blocks))[4:] == ("13", "40", "1,000", "50", "2014", "3", "25", "6", "0.5", "25.1")
