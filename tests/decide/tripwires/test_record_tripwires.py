"""Record tripwires on claims made by hand: what is sure, what leaves the state open, and posts that change hands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.record.claims_by_hand import claim, document

from tocsin.case.rows import Post
from tocsin.decide.tripwires.findings import State
from tocsin.decide.tripwires.handed_over import hand_overs, holder_of_claim, holder_of_row, same_person
from tocsin.decide.tripwires.recorded import Reach, firings_of_kind, recorded
from tocsin.record.claim import ClaimStatus, Modality

if TYPE_CHECKING:
    from tocsin.decide.tripwires.findings import Now, Past
    from tocsin.decide.tripwires.recorded import Firing
    from tocsin.record.store.values import StoredClaim

NOTE = document("note.txt", published="2020-03-01", source_id="s1")
TODAY = date(2020, 4, 1)
REACH = Reach(claims=40, newest=date(2020, 3, 1))
SINCE = date(2020, 1, 1)


def attack(**more: Any) -> StoredClaim:
    return claim("incident", more.pop("source", NOTE), what="an attack", **more)


def asked(
    *claims: StoredClaim, since: date | None = SINCE, today: date = TODAY, reach: Reach = REACH
) -> tuple[Now, Past]:  # fmt: skip
    now, past, _ = recorded(
        firings_of_kind(claims, today=today), since=since, today=today, reach=reach, what="incident"
    )
    return now, past


def test_a_claim_since_the_date_trips_and_is_quoted() -> None:
    first, later = attack(start="2020-02-03", quote="On 3 February an attack came."), attack(start="2020-03-04")
    now, past, quotes = recorded(
        firings_of_kind([later, first, attack(start="2019-05")], today=TODAY), since=SINCE, today=TODAY, reach=REACH,
        what="incident",
    )  # fmt: skip
    assert (now.state, now.since, now.value) == (State.TRIPPED, date(2020, 2, 3), 2.0)
    assert "a reader must judge" in now.why
    assert [q.first for q in quotes] == [date(2020, 3, 4), date(2020, 2, 3)]
    assert quotes[1].quote == "On 3 February an attack came."
    assert (quotes[1].source_id, quotes[1].published) == ("s1", "2020-03-01")
    assert (past.fired, past.on[-1]) == (3, date(2019, 5, 1))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, "1 without a date"),
        ({"start": "2020"}, None),
        ({"start": "by 2020-02-01"}, "1 whose date may be before 2020-01-01"),
        ({"first_seen": "2019", "last_seen": "2020-02"}, "1 whose date may be before 2020-01-01"),
        ({"start": "2020-02-03", "modality": Modality.REPORTED}, "1 only reported"),
    ],
)
def test_what_leaves_the_state_open(told: dict[str, Any], why: str | None) -> None:
    now, _ = asked(attack(**told))
    assert now.state is (State.TRIPPED if why is None else State.UNKNOWN)
    assert why is None or why in now.why


@pytest.mark.parametrize(
    "told",
    [
        {"start": "2020-02-03", "modality": Modality.DENIED},
        {"start": "2020-02-03", "modality": Modality.PLANNED},
        {"start": "2020-02-03", "modality": Modality.RECOMMENDED},
        {"start": "2020-02-03", "status": ClaimStatus.REJECTED},
        {"start": "2019-12-31"},
        {"start": "2020-04-02"},
        {"start": "2020-02-03", "source": document("later.txt", published="2020-05-01")},
    ],
)
def test_what_trips_nothing(told: dict[str, Any]) -> None:
    assert asked(attack(**told))[0].state is State.NOT


def test_silence_counts_only_as_far_as_documents_reach() -> None:
    assert asked()[0].state is State.NOT
    stale = asked(today=date(2020, 6, 2))[0]
    assert (stale.state, stale.last) == (State.UNKNOWN, State.NOT)
    assert "93 days before" in stale.why
    assert asked(since=date(2020, 3, 2))[0].state is State.UNKNOWN
    assert asked(reach=Reach(40, None))[0].state is State.UNKNOWN
    assert asked(reach=Reach(0, None))[0].state is State.UNKNOWN


def test_without_a_date_watched_from_every_dated_claim_counts() -> None:
    assert asked(attack(start="by 2011"), since=None)[0].state is State.TRIPPED
    assert asked(attack(), since=None)[0].state is State.UNKNOWN


def holds(person: str, post: str = "Minister of the Interior", **dates: Any) -> StoredClaim:
    return claim("person-holds-post", NOTE, person=person, post=post, organisation="Freedonia", **dates)


def changes(*claims: StoredClaim, rows: tuple[Post, ...] = (), today: date = TODAY) -> list[Firing]:
    holders = [h for c in claims if (h := holder_of_claim(c)) is not None]
    return list(hand_overs([*holders, *(holder_of_row(row) for row in rows)], today=today))


def test_a_newer_holder_fires_on_the_day_it_began() -> None:
    (fired,) = changes(holds("Ben Newer", start="2020-02-10"), holds("Ada Example", first_seen="2018-05"))
    assert (fired.when.first, fired.when.last) == (date(2020, 2, 10), date(2020, 2, 10))
    assert fired.quoted.what == "Ben Newer: Minister of the Interior of Freedonia"


def test_the_first_holder_known_is_no_change_nor_is_the_same_person_under_a_shorter_name() -> None:
    assert changes(holds("Ada Example", start="2018"), holds("Example", first_seen="2020-01")) == []
    assert changes(holds("Ada Example", start="2018"), holds("Ben Newer")) == []


def test_a_holder_who_came_after_the_day_asked_about_is_no_change_yet() -> None:
    told = holds("Ada Example", start="2018"), holds("Ben Newer", start="2020-03-20")
    assert changes(*told, today=date(2020, 3, 19)) == []
    assert len(changes(*told, today=date(2020, 3, 20))) == 1


def test_two_in_a_post_that_several_hold_are_no_change() -> None:
    told = holds("Ada Example", "adviser", start="2018"), holds("Ben Newer", "adviser", start="2020-02")
    assert changes(*told) == []


def test_denied_and_planned_holders_are_no_change() -> None:
    was = holds("Ada Example", start="2018")
    for modality in (Modality.DENIED, Modality.PLANNED):
        assert changes(was, holds("Ben Newer", start="2020-02", modality=modality)) == []
    (said,) = changes(was, holds("Ben Newer", start="2020-02", modality=Modality.REPORTED))
    assert not said.sure


def test_one_who_left_fires_where_nobody_else_is_named() -> None:
    row = Post.model_validate(
        {"person": "Ada Example", "post": "head", "organisation": "Service", "end": "by 2020-01-02", "end_reason": "purged",
         "basis": "stated", "source_id": "s1"}
    )  # fmt: skip
    (left,) = changes(rows=(row,))
    assert (left.when.first, left.when.last, left.sure) == (None, date(2020, 1, 2), True)
    assert left.quoted.what == "Ada Example: head of Service (purged)"
    successor = Post.model_validate({**row.model_dump(), "person": "Ben Newer", "start": "2020-01-05", "end": None})
    (came,) = changes(rows=(row, successor))
    assert came.quoted.what.startswith("Ben Newer")


def test_names_of_one_person() -> None:
    assert same_person("Abdul-Wahab al-Saadi", "Saadi")
    assert not same_person("Ada Example", "Ada Other")
    assert not same_person("", "Ada")
