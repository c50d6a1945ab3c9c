"""What changed between two editions, each kind worked by hand."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from tests.editions.made_up_editions import documents, edition

from tocsin.editions import Change, changes

if TYPE_CHECKING:
    from collections.abc import Callable

Doc = dict[str, Any]


def changed(alter: Callable[[Doc], None], **other: Any) -> tuple[Change, ...]:
    """The changes from the made-up edition to one that was altered."""
    new = deepcopy(documents())
    alter(new)
    return changes(edition(new, **other), edition())


def test_nothing_changed_says_nothing() -> None:
    assert changes(edition(), edition()) == ()


def test_an_area_that_comes_among_the_highest_crosses_and_the_one_it_displaces_falls() -> None:
    def alter(said: Doc) -> None:
        rows = said["outlook"]["rows"]
        rows[1]["rank"], rows[2]["rank"] = 3, 2

    fell, crossed = changed(alter)
    assert (crossed.kind, crossed.area_id) == ("warning-crossed", "C3")
    assert crossed.what == "C3 is now among the 2 countries with the highest probability: escalation within 6 months."
    assert crossed.before == {"rank": 3, "p": 0.44, "likelihood": "unlikely"}
    assert crossed.after == {"rank": 2, "p": 0.44, "likelihood": "unlikely"}
    assert crossed.url == "/c/tiny/area/C3"
    assert crossed.evidence[0].text.startswith(
        "In backtests, 10 of 40 alerts of the 2 highest were followed by it (25 %"
    )
    assert (fell.kind, fell.area_id) == ("warning-fell", "C2")
    assert "is no longer among the 2 countries" in fell.what


def test_an_alert_without_a_record_says_that_it_is_unknown() -> None:
    def alter(said: Doc) -> None:
        said["outlook"]["rows"][4]["rank"] = 4

    (crossed,) = changed(alter)
    assert crossed.evidence[0].text == "How such alerts did in backtests is unknown."


def test_a_likelihood_of_another_word_is_told_and_a_probability_that_trembles_is_not() -> None:
    def alter(said: Doc) -> None:
        said["outlook"]["rows"][0]["likelihood"] = "roughly even chance"
        said["outlook"]["rows"][5]["p"] += 0.01

    (one,) = changed(alter)
    assert (one.kind, one.area_id) == ("likelihood", "C1")
    assert one.what == "C1: escalation within 6 months is now roughly even chance, and was unlikely."


@pytest.mark.parametrize(("places", "told"), [(4, 0), (5, 1)])
def test_a_rank_is_told_from_five_places_and_only_near_the_alerts(places: int, told: int) -> None:
    def alter(said: Doc) -> None:
        said["outlook"]["rows"][3]["rank"] = 4 + places  # falls out of the 4 highest
        said["outlook"]["rows"][6]["rank"] = 7 + places  # was and is far from any alert

    found = changed(alter)
    assert [c.kind for c in found] == ["warning-fell"]
    tried = changed(lambda said: _within(said, places))
    assert [c.kind for c in tried] == ["rank"] * told


def _within(said: Doc, places: int) -> None:
    """Widen the alerts so that a move stays within them."""
    said["outlook"]["budgets"] = [12]
    said["outlook"]["rows"][1]["rank"] = 2 + places


def test_a_tripwire_a_settlement_and_an_option_that_changed() -> None:
    def alter(said: Doc) -> None:
        now = said["decision"]["tripwires"][0]["tripwires"][0]["now"]
        now.update(state="tripped", why="three months are above")
        said["decision"]["settle"][0]["centre"] = 51.0
        said["decision"]["options"][0]["preferences"][0]["rows"][0]["alternative"] = "leave"

    tripwire, settled, option = changed(alter)
    assert (tripwire.kind, tripwire.before, tripwire.after) == ("tripwire", "not tripped", "tripped")
    assert tripwire.what == "The tripwire 'deaths' of c is tripped, and was not tripped."
    assert [e.text for e in tripwire.evidence] == ["three months are above"]
    assert (settled.kind, settled.before, settled.after) == ("settlement", 50.0, 51.0)
    assert (option.kind, option.what) == ("option", "c: by all, leave is first most often, and stay was.")


def test_a_centre_that_moves_less_than_a_hundredth_of_its_scale_is_not_told() -> None:
    assert changed(lambda said: said["decision"]["settle"][0].update(centre=50.9)) == ()


def test_posts_and_contradictions_come_with_their_quotes_and_go() -> None:
    def alter(said: Doc) -> None:
        said["record"]["posts"][0]["says"] = "B holds X"
        said["record"]["contradictions"] = []

    new, gone, settled = changed(alter)
    assert (new.kind, new.what) == ("post", "The record newly says: B holds X (2024).")
    assert new.evidence[0].text == "“He holds the post.” (note.md, page 2)"
    assert (gone.kind, gone.before, gone.after) == ("post", "A holds X", None)
    assert (settled.kind, settled.before, settled.after) == ("contradiction", "post X", None)
    back = changes(
        edition(), edition({**documents(), "record": {"posts": documents()["record"]["posts"], "contradictions": []}})
    )
    assert [c.kind for c in back] == ["contradiction"]
    assert [e.text for e in back[0].evidence] == ["“He holds the post.” (note.md, page 2)", "note.md, place unknown"]


def test_reach_is_told_from_a_hundredth_and_where_it_comes_to_be_known() -> None:
    def alter(said: Doc) -> None:
        said["mission"]["reach"]["shares"][0]["share"] = 0.409
        said["mission"]["reach"]["shares"][1]["share"] = 0.5

    (known,) = changed(alter)
    assert (known.kind, known.before, known.after) == ("reach", None, 0.5)
    assert known.what == "Within 50 km of its sites the mission has 50 % of population, and had unknown."
    (moved,) = changed(lambda said: said["mission"]["reach"]["shares"][0].update(share=0.41))
    assert (moved.before, moved.after) == (0.4, 0.41)


def test_a_site_is_told_and_one_that_a_user_entered_never_is() -> None:
    def alter(said: Doc) -> None:
        for site in said["sites"]:
            site["state"] = "closed"

    (site,) = changed(alter)
    assert (site.kind, site.what) == ("site", "The site Barracks is closed, and was open.")
    (gone,) = changed(lambda said: said["sites"].clear())
    assert gone.after is None
    assert "House" not in gone.what


def test_sources_that_reach_further_are_late_or_of_another_issue() -> None:
    def alter(said: Doc) -> None:
        said["freshness"][0].update(newest_month="2024-12", stale=True)
        said["sources"][0]["vintage"] = "25.1"

    newer, late, issue = changed(alter)
    assert (newer.kind, newer.what) == ("source", "UCDP reaches to 2024-12, and reached to 2024-11.")
    assert (late.kind, late.what) == ("stale", "UCDP is late: newer figures were due by 2025-02-19.")
    assert (issue.kind, issue.before, issue.after) == ("source", "24.1", "25.1")


def test_another_method_is_told_as_such() -> None:
    version, seed = changed(lambda _: None, tocsin="1.1", seed=2)
    assert version.kind == seed.kind == "method"
    assert version.what == "Tocsin is 1.1, and was 1.0: numbers may differ for that alone."
    assert seed.what == "The seed is 2, and was 1: numbers may differ for that alone."


def test_of_what_only_one_edition_holds_nothing_is_said() -> None:
    lean = {"outlook": documents()["outlook"]}
    assert changes(edition(lean), edition()) == changes(edition(), edition(lean)) == ()


def test_a_change_has_the_documented_shape() -> None:
    (one,) = changed(lambda said: said["decision"]["settle"][0].update(centre=60.0))
    assert one.as_json() == {
        "kind": "settlement", "what": "How many? The centre is 60 people, and was 50.", "before": 50.0, "after": 60.0,
        "evidence": [], "url": "/c/tiny/decide#q",
    }  # fmt: skip
