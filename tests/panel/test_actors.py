"""Who fights where, counted by hand, and whether the pattern changed."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import OutOfRange, TableProblem
from tocsin.panel import ActorPanel, MultiMonth, actors_of_sides, change_of_pattern
from tocsin.panel.actors import CIVILIANS, actor_name
from tocsin.vocabulary import Month

ORIGIN = Month.of(2014, 5)
Row = tuple[str | None, int, int, str, str, str, int, int]
"""Province, months before the origin of its month and of its end, type, side a, side b, events, deaths."""


def panel(rows: list[Row], rule: MultiMonth = MultiMonth.SPLIT, through: Month | None = None) -> ActorPanel:
    sides = pl.DataFrame(
        [
            {
                "country": "IRQ", "admin1": admin1, "month_id": ORIGIN.id - ago, "known_id": ORIGIN.id - known,
                "violence": kind, "side_a": a, "side_b": b, "events": events,
                "deaths_low": best, "deaths_best": best, "deaths_high": best,
            }
            for admin1, ago, known, kind, a, b, events, best in rows
        ],
        schema_overrides={"admin1": pl.String},
    )  # fmt: skip
    return actors_of_sides(sides, rule=rule, vintage="made up", through=through)


def test_an_event_counts_for_each_armed_side_and_civilians_are_no_actor() -> None:
    made = panel([
        ("Anbar", 0, 0, "sb", "Government of Iraq", "IS", 2, 7),
        ("Anbar", 0, 0, "os", "IS", CIVILIANS, 1, 5),
        ("Ninewa", 1, 1, "ns", "IS", "IS", 1, 3),
    ])  # fmt: skip
    assert made.actors == ("Government of Iraq", "IS")
    rows = [(actor, area, kind, events, best) for actor, area, _, _, kind, events, _, best, _ in made.table.iter_rows()]
    assert sorted(rows) == [
        ("Government of Iraq", "IRQ/Anbar", "sb", 2, 7),
        ("IS", "IRQ/Anbar", "os", 1, 5),
        ("IS", "IRQ/Anbar", "sb", 2, 7),
        ("IS", "IRQ/Ninewa", "ns", 1, 3),
    ]


sides = st.sampled_from(["IS", "Government of Iraq", "PKK", CIVILIANS])
some_rows = st.lists(
    st.builds(
        lambda admin1, ago, kind, a, b, best: (admin1, ago, ago, kind, a, b, 1, best),
        st.sampled_from([None, "Anbar", "Ninewa"]), st.integers(0, 40), st.sampled_from(["sb", "ns", "os"]),
        sides.filter(lambda side: side != CIVILIANS), sides, st.integers(0, 90),
    ),
    min_size=1,
)  # fmt: skip


@given(rows=some_rows)
@settings(max_examples=40, deadline=None)
def test_every_death_stands_with_each_armed_side_of_its_event(rows: list[Row]) -> None:
    armed = [len({a, b} - {CIVILIANS}) for *_, a, b, _, _ in rows]
    made = panel(rows)
    assert made.table["deaths_best"].sum() == sum(n * row[-1] for n, row in zip(armed, rows, strict=True))
    assert made.table["events"].sum() == sum(armed)


@given(rows=some_rows, planted=st.lists(st.tuples(st.integers(-20, 30), st.integers(-20, -1)), min_size=1))
@settings(max_examples=40, deadline=None)
def test_what_ends_after_the_origin_changes_no_pattern(rows: list[Row], planted: list[tuple[int, int]]) -> None:
    future: list[Row] = [("Basra", max(ago, known), known, "os", "IS", CIVILIANS, 1, 999) for ago, known in planted]
    through: Row = ("Basra", -20, -20, "os", "PKK", CIVILIANS, 1, 0)
    plain, touched = panel([*rows, through]), panel([*rows, through, *future])
    assert change_of_pattern(plain, origin=ORIGIN) == change_of_pattern(touched, origin=ORIGIN)


def test_the_change_of_pattern_by_hand() -> None:
    before: list[Row] = [("Anbar", ago, ago, "sb", "IS", "Government of Iraq", 1, 4) for ago in range(6, 30)]
    now: list[Row] = [
        *(("Anbar", ago, ago, "sb", "IS", "Government of Iraq", 1, 4) for ago in range(6)),
        *(("Ninewa", ago, ago, "os", "IS", CIVILIANS, 1, 12) for ago in range(6)),
    ]
    is_, government = change_of_pattern(panel([*before, *now]), origin=ORIGIN)
    assert (is_.actor, government.actor) == ("IS", "Government of Iraq")
    assert (is_.recent.events, is_.recent.deaths, is_.before.events, is_.before.deaths) == (12, 96, 24, 96)
    assert (is_.recent.share_one_sided, is_.before.share_one_sided) == (0.5, 0.0)
    assert (is_.recent.provinces, is_.before.provinces) == (2.0, 1.0)
    assert (is_.recent.deaths_an_event, is_.before.deaths_an_event) == (8.0, 4.0)
    assert (is_.recent.events_a_month, is_.before.events_a_month) == (2.0, 1.0)
    assert is_.words == (
        "more violence against civilians: 50 % of events, before 0 %",
        "more: spread over 2.0 provinces, before 1.0",
        "deadlier: 8.0 deaths an event, before 4.0",
        "faster: 2.0 events a month, before 1.0",
    )
    assert government.words == ("no change of mix, spread, size or tempo",)


@pytest.mark.parametrize(
    ("recent", "before", "words"),
    [
        (3, 0, "new: 3 events in 6 months, none in the 24 before"),
        (0, 4, "silent: no event in 6 months, 4 in the 24 before"),
        (4, 40, "too few events to compare: 4 in 6 months, 40 in the 24 before"),
    ],
)
def test_few_events_are_not_compared(recent: int, before: int, words: str) -> None:
    rows: list[Row] = [("Anbar", ago, ago, "sb", "IS", "PKK", n, 1) for ago, n in ((0, recent), (6, before)) if n]
    assert change_of_pattern(panel(rows, through=ORIGIN), origin=ORIGIN)[0].words == (words,)


def test_the_unknown_province_is_no_place_an_actor_spread_to() -> None:
    rows: list[Row] = [(None, 0, 0, "sb", "IS", "PKK", 6, 1), ("Anbar", 1, 1, "sb", "IS", "PKK", 6, 1)]
    assert change_of_pattern(panel(rows), origin=ORIGIN)[0].recent.provinces == 1.0


@pytest.mark.parametrize(
    ("side", "shown"),
    [
        ("Military faction (forces of Jane Doe)", "armed group named after a person (XYZ)"),
        ("Forces of Émile Doe", "armed group named after a person (XYZ)"),
        ("Forces of Jane Doe", "armed group named after a person (XYZ)"),
        ("Supporters of UNP", "Supporters of UNP"),
        ("Forces of the House of Representatives", "Forces of the House of Representatives"),
        ("United Armed Forces of Novorossiya", "United Armed Forces of Novorossiya"),
        ("Government of Iraq", "Government of Iraq"),
    ],
)
def test_groups_named_after_persons_lose_that_name(side: str, shown: str) -> None:
    assert actor_name(side, "XYZ") == shown


def test_faults_are_named() -> None:
    with pytest.raises(TableProblem, match="side_b"):
        actors_of_sides(pl.DataFrame({"side_a": ["IS"]}), rule=MultiMonth.SPLIT, vintage="v")
    with pytest.raises(OutOfRange, match="origin 2015-01 lies outside the data"):
        change_of_pattern(panel([("Anbar", 0, 0, "sb", "IS", "PKK", 1, 1)]), origin=Month.of(2015, 1))
