"""The pool that ships: whose months are known, who touches whom, and what may be learned from at an origin."""

from __future__ import annotations

from tocsin.panel.provinces.starter import joined, others_known_on, shipped_pool
from tocsin.sources.starter import starter_card
from tocsin.vocabulary import Month

OF_BAGHDAD = {"Anbar", "Babil", "Diyala", "Salah al-Din", "Wasit"}


def test_borders_are_right_where_the_outlines_are_wrong_and_stay_within_a_country() -> None:
    _, near = shipped_pool()
    assert {a.split("/")[1] for a in near.of("IRQ/Baghdad")} == OF_BAGHDAD
    assert "IRQ/Anbar" not in near.of("IRQ/Diyala")
    assert {a.split("/")[1] for a in near.of("SLE/Western")} == {"Northern", "Southern"}
    assert "LKA/Eastern" in near.of("LKA/Northern")
    assert not [(a, b) for a, b in near.pairs if a[:3] != b[:3]]


def test_every_province_is_there_even_where_nothing_happened() -> None:
    panel, near = shipped_pool()
    areas = [a for a in panel.areas["area"].to_list() if not a.endswith("unknown")]
    counts = {c: sum(a.startswith(c) for a in areas) for c in starter_card("province_month").covers}
    assert counts == {
        "IRQ": 18, "SYR": 14, "CAF": 17, "ETH": 11, "LKA": 9, "SLE": 4, "SLV": 14, "SSD": 10, "UKR": 25, "VEN": 25,
    }  # fmt: skip
    assert not near.of("VEN/Nueva Esparta"), "an island"


def test_a_country_is_absent_outside_its_record_and_events_go_to_todays_provinces() -> None:
    panel, _ = shipped_pool()
    late = panel.history(target="deaths_all", origin=Month.of(2019, 6))
    here = {late.areas[i][:3] for i in late.here}
    assert "IRQ" not in here
    assert "SYR" in here
    early = panel.history(target="deaths_all", origin=Month.of(1990, 12))
    assert not {"ETH/Wollo", "ETH/Eritrea", "LKA/North Eastern"} & set(early.areas)
    assert early.deaths[early.areas.index("LKA/Northern")].sum() > 0, "placed by coordinates while it was North Eastern"


def test_others_are_known_only_up_to_the_origin_and_never_the_askers_own_country() -> None:
    others = others_known_on(Month.of(2013, 12), target="deaths_all", without=frozenset({"IRQ"}))
    assert others is not None
    assert others.origin == Month.of(2013, 12)
    assert {a[:3] for a in others.areas} == {"CAF", "ETH", "LKA", "SLE", "SLV", "SSD", "VEN"}
    assert others_known_on(Month.of(2013, 12), target="ged_sb", without=frozenset()) is None


def test_an_origin_after_every_record_still_has_what_they_taught() -> None:
    panel, near = shipped_pool()
    asker = panel.history(target="deaths_all", origin=panel.last, neighbours=near)
    others = others_known_on(panel.last, target="deaths_all", without=frozenset({"CAF"}))
    assert others is not None
    both = joined(asker, others)
    assert both.origin == panel.last
    ukraine = len(asker.areas) + others.areas.index("UKR/Donetsk")
    assert both.present[ukraine].any()
    assert not both.present[ukraine, -1]
