"""What rings of an edition, once, and what it says of itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.watch.tiny_edition import P100, edition, outlook, row, source, tripwire

from tocsin.case.watched import WarningRule, Watch
from tocsin.vocabulary import percent
from tocsin.watch.alert import Alert, Evidence, Kind
from tocsin.watch.bell import Bell
from tocsin.watch.freshness import stale_rung
from tocsin.watch.sightings import BURST, Sighting, sightings_rung
from tocsin.watch.track_record import UNKNOWN
from tocsin.watch.tripwires import tripwires_rung
from tocsin.watch.warnings import lines_of, warnings_rung

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BELL = Bell("tiny", demo=True, command="tocsin run --case tiny", data="edition x")
RULE = WarningRule(question="p100_within_6", at=0.3, clear=0.24)
AT_30 = lines_of(Watch(budget=None, warnings=(RULE,)), countries=["IRQ"])
AMONG_10 = lines_of(Watch(budget=10), countries=["IRQ"])


def rung(
    lines: Sequence[Any], *outlooks: dict[str, Any], memory: dict[str, Any] | None = None
) -> list[tuple[Alert, ...]]:
    """What each of these outlooks rings, one after the other."""
    kept, found = memory or {}, []
    for told in outlooks:
        alerts, kept, _ = warnings_rung([told], lines, kept, bell=BELL)
        found.append(alerts)
    return found


def counts(*p100: float) -> list[int]:
    return [len(alerts) for alerts in rung(AT_30, *(outlook(p100=p) for p in p100))]


@pytest.mark.parametrize(
    ("p100", "rings"),
    [
        ((0.2, 0.3, 0.31), [0, 1, 0]),
        ((0.29, 0.31, 0.29, 0.31, 0.25, 0.3), [0, 1, 0, 0, 0, 0]),
        ((0.31, 0.23, 0.31), [1, 0, 1]),
        ((0.29, 0.2999), [0, 0]),
    ],
)
def test_a_probability_rings_when_it_crosses_and_again_only_after_it_fell_well_below(
    p100: tuple[float, ...], rings: list[int]
) -> None:
    assert counts(*p100) == rings


def test_a_warning_that_comes_back_at_the_same_origin_is_the_same_alert() -> None:
    first, _, third = rung(AT_30, outlook(p100=0.31), outlook(p100=0.2), outlook(p100=0.31))
    assert first[0].id == third[0].id
    later = rung(AT_30, outlook(p100=0.31, origin="2026-09"))[0]
    assert later[0].id != first[0].id


@pytest.mark.parametrize(
    ("ranks", "rings"), [((11, 10, 12, 10), [0, 1, 0, 0]), ((10, 15, 10), [1, 0, 0]), ((10, 16, 10), [1, 0, 1])]
)
def test_a_country_rings_when_it_comes_among_the_highest(ranks: tuple[int, ...], rings: list[int]) -> None:
    assert [len(a) for a in rung(AMONG_10, *(outlook(rank=r) for r in ranks))] == rings


def test_a_country_of_probability_zero_is_among_no_highest() -> None:
    assert rung(AMONG_10, outlook(0.0, rank=10)) == [()]


def test_a_warning_says_what_how_likely_how_often_right_and_what_it_does_not_know() -> None:
    ((alert,),) = rung(AT_30, outlook(p100=0.35))
    assert alert.title == f"Iraq: the warning of {P100} has reached {percent(0.3)}"
    assert (
        alert.says
        == f"Iraq: {P100}: {percent(0.35)} (unlikely), place 12 of 3, from figures to 2026-08; it was not looked at before."
    )
    assert (
        f"Of 240 alerts for the 10 highest at each of 24 past months, 120 were followed by it ({percent(0.5)})"
        in alert.record
    )
    assert "2 areas stand at the line or above now." in alert.record
    assert "confidence" not in (alert.says + alert.record).lower()
    assert "How well events are seen here is thin." in alert.unknown
    assert alert.evidence[0].link == "/c/tiny/area/IRQ"
    assert (alert.command, alert.data, alert.demo) == ("tocsin run --case tiny", "edition x", True)


def test_how_forecasts_of_such_a_probability_fared_is_said_where_it_was_counted() -> None:
    bins = [{"p_from": n / 10, "p_to": (n + 1) / 10, "n": 50 + n, "rate": n / 10} for n in range(10)]
    told = {**outlook(p100=0.93), "calibration": {"question": P100, "rows": bins}}
    ((alert,),) = rung(AT_30, told)
    assert f"Of 59 forecasts of 90 to 100 %, {percent(0.9)} were followed by it." in alert.record


def test_more_areas_at_the_line_than_any_budget_counted_is_said() -> None:
    told = outlook(p100=0.35)
    told["rows"] += [row(f"X{n}", f"Other {n}", rank=20 + n, p=0.0, p100=0.9) for n in range(10)]
    ((alert,),) = rung(AT_30, told)
    assert alert.record.endswith("How alerts for so many would have fared was not counted.")


def test_without_a_backtest_the_record_is_unknown() -> None:
    for lines, told in ((AT_30, outlook(p100=0.35)), (AMONG_10, outlook(rank=9))):
        ((alert,),) = rung(lines, {**told, "track_record": []})
        assert alert.record == UNKNOWN


def test_how_often_the_countrys_own_alerts_were_right_is_said() -> None:
    ((alert,),) = rung(AMONG_10, outlook(rank=9))
    assert "Of 8 for Iraq itself, 3 were." in alert.record


def test_a_question_or_area_that_the_edition_does_not_hold_is_said_and_nothing_is_forgotten() -> None:
    rule = WarningRule(question="p7_within_6", at=0.3, areas=("IRQ", "Atlantis"))
    lines = lines_of(Watch(budget=None, warnings=(rule,)), countries=["IRQ"])
    memory = {lines[0].key: {"IRQ": {"rang": "2026-07", "p": 0.4}}}
    alerts, kept, notes = warnings_rung([outlook()], lines, memory, bell=BELL)
    assert alerts == ()
    assert kept == memory
    assert "does not answer p7_within_6 for Iraq: it answers escalation_within_6, p100_within_6" in notes[0]
    assert "no forecast of 'Atlantis'" in notes[1]


def test_a_tripwire_rings_each_time_it_trips_and_not_when_it_is_unknown_in_between() -> None:
    memory: dict[str, str] = {}
    rings = []
    for state, since in (("not tripped", None), ("tripped", "2026-06-01"), ("unknown", None), ("tripped", "2026-06-01"),
                         ("not tripped", None), ("tripped", "2026-09-01")):  # fmt: skip
        alerts, memory = tripwires_rung([tripwire(state, since=since)], memory, bell=BELL, day="2026-09-22")
        rings.append([a.key for a in alerts])
    first, second = "tripwire:drawdown/summit:2026-06-01", "tripwire:drawdown/summit:2026-09-01"
    assert rings == [[], [first], [], [], [], [second]]


def test_a_tripwire_says_how_often_it_would_have_fired_and_for_whom_it_is_too_late() -> None:
    (alert,), _ = tripwires_rung([tripwire("tripped")], {}, bell=BELL, day="2026-09-22")
    assert "it would have fired 4 times. Of 4 of these whose outcome is known, 3 were followed" in alert.record
    assert "It comes too late for: Slow." in alert.unknown


def test_a_date_that_is_reached_is_no_forecast() -> None:
    choice = tripwire("tripped", since="2026-06-01")
    choice["tripwires"][0] |= {"indicator": "calendar"}
    (alert,), _ = tripwires_rung([choice], {}, bell=BELL, day="2026-09-22")
    assert alert.record == "Not a forecast: a date comes once."
    assert alert.says == "30 days before 2026-07: met since 2026-06-01. The date is past."


def sighting(n: int, kind: Kind = Kind.POST) -> Sighting:
    quote = Evidence("note.md", "/c/tiny/record?claim=1", f"A. Person {n} is minister", "bic", f"c{n}")
    return Sighting(kind, f"post {n}", "A post changed", f"A. Person {n} is minister.", (quote,), reviewed=False)


def test_the_first_look_at_a_record_is_compared_with_and_rings_nothing() -> None:
    alerts, known = sightings_rung([sighting(1), sighting(2)], None, bell=BELL)
    assert (alerts, len(known)) == ((), 2)
    alerts, known = sightings_rung([sighting(2), sighting(3)], known, bell=BELL)
    assert [a.says for a in alerts] == ["A. Person 3 is minister."]
    assert sightings_rung([sighting(1)], known, bell=BELL)[0] == ()
    assert len(known) == 3


def test_many_new_sightings_are_one_alert() -> None:
    many = [sighting(n, Kind.CONTRADICTION) for n in range(BURST + 1)]
    (alert,), _ = sightings_rung(many, [], bell=BELL)
    assert alert.title == f"The record newly holds {BURST + 1} contradictions"
    assert len(alert.evidence) == BURST


def test_no_title_and_no_key_names_a_person() -> None:
    for alert in (
        *sightings_rung([sighting(1)], [], bell=BELL)[0],
        *sightings_rung([sighting(n) for n in range(9)], [], bell=BELL)[0],
    ):
        assert "Person" not in alert.title + alert.key


def test_data_ring_once_for_each_month_that_stays_the_newest_too_long() -> None:
    def keys(newest: str, today: date) -> list[str]:
        return [a.key for a in stale_rung([source(newest)], today=today, bell=BELL)]

    assert keys("2026-08", date(2026, 10, 21)) == []
    assert keys("2026-08", date(2026, 10, 22)) == keys("2026-08", date(2026, 12, 1)) == ["stale:UCDP:2026-08"]
    assert keys("2026-10", date(2027, 2, 1)) == ["stale:UCDP:2026-10"]
    (late,) = stale_rung([source("2026-08")], today=date(2026, 12, 1), bell=BELL)
    assert late.title == "UCDP is late: its newest figures are of 2026-08"
    assert stale_rung([source(lag=None)], today=date(2036, 1, 1), bell=BELL) == ()


def test_every_alert_names_its_edition_data_and_command(tmp_path: Path) -> None:
    made = edition(tmp_path)
    bell = Bell.of(made, id=made.id)
    assert bell.command == "tocsin run --case tiny --seed 1"
    assert bell.data == (
        f"edition {made.id}, figures of countries to 2026-08, known on 2026-08-31; "
        "Tocsin 0.1, model quantile_forest, 100 draws, seed 1"
    )
