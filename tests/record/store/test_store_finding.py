"""Claims found by all that is asked at once: the same as looking at each, in bounded time, a page at a time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.record.store.record_made_up import document_with, enter, happened, held, listed

from tocsin.case.dates import PartialDate
from tocsin.errors import FileProblem, UnknownName
from tocsin.record.claim import ClaimStatus, Dates
from tocsin.record.store import open_record
from tocsin.record.store.asked import COUNTED, Asked, Tally

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.store import Record, StoredClaim

NAMES = ("Ada Alpha", "Bo Beta", "Cy Gamma", "Di Delta")
POST, EVENT, LISTED = "person-holds-post", "event", "designated"


@pytest.fixture
def filled(record: Record) -> Record:
    """Three documents: posts of four years, what happened in two places, and who is listed."""
    posts, text = document_with(
        *(f"{name}, mayor of Basra, spoke in {2010 + n}." for n, name in enumerate(NAMES)), name="p.txt"
    )
    years = [Dates(start=PartialDate(2010 + n), end=PartialDate(2012 + n)) for n in range(len(NAMES))]
    enter(
        record, posts, text, *(held(text, name, "mayor", dates=when) for name, when in zip(NAMES, years, strict=True))
    )
    events, told = document_with("A bridge fell in Basra.", "A road fell in Mosul.", "A wall fell.", name="e.txt")
    enter(record, events, told, happened(told, "A bridge fell", place="Basra"),
          happened(told, "A road fell", place="Mosul"), happened(told, "A wall fell"))  # fmt: skip
    lists, named = document_with("The Acme Front fell under a ban.", name="l.txt")
    enter(record, lists, named, listed(named, "Acme Front"))
    record.decide(record.claims(kind=EVENT)[0].claim_id, ClaimStatus.ACCEPTED, by="A", why="so it says")
    return record


def ids(claims: tuple[StoredClaim, ...] | list[StoredClaim]) -> list[str]:
    return [claim.claim_id for claim in claims]


def first_words(claims: tuple[StoredClaim, ...] | list[StoredClaim]) -> list[str]:
    return [claim.arguments[0].words for claim in claims]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(), [*NAMES, "A bridge fell", "A road fell", "A wall fell", "Acme Front"]),
        (Asked(kind=POST), [*NAMES]),
        (Asked(kind=EVENT, status=ClaimStatus.PROPOSED), ["A road fell", "A wall fell"]),
        (Asked(status=ClaimStatus.ACCEPTED), ["A bridge fell"]),
        (Asked(status=ClaimStatus.CONFLICT), []),
        (Asked(words="fell"), ["A bridge fell", "A road fell", "A wall fell", "Acme Front"]),
        (Asked(words="fell", kind=LISTED), ["Acme Front"]),
        (Asked(words="FELL basra"), ["A bridge fell"]),
        (Asked(words="fell", status=ClaimStatus.ACCEPTED), ["A bridge fell"]),
        (Asked(words="'\" * NEAR("), []),
        (Asked(place="mosul"), ["A road fell"]),
        (Asked(place="Basra", kind=EVENT), ["A bridge fell"]),
        (Asked(place="Basra", status=ClaimStatus.PROPOSED), []),
        (Asked(place="nowhere"), []),
        (Asked(words="fell", place="Mosul"), ["A road fell"]),
        (Asked(on=date(2011, 6, 1)), ["Ada Alpha", "Bo Beta"]),
        (Asked(kind=POST, on=date(2013, 6, 1)), ["Bo Beta", "Cy Gamma", "Di Delta"]),
        (Asked(words="basra", on=date(2015, 1, 1)), ["Di Delta"]),
    ],
    ids=str,
)  # fmt: skip
def test_all_that_is_asked_is_met(filled: Record, asked: Asked, words: list[str]) -> None:
    assert first_words(filled.find(asked).claims) == words


def test_the_answer_is_that_of_the_verb_that_looks_at_everything(filled: Record) -> None:
    for entity in filled.entities():
        for kind in (None, POST, EVENT):
            asked = Asked(entity=entity.entity_id, kind=kind)
            assert ids(filled.find(asked).claims) == ids(filled.claims(entity=entity.entity_id, kind=kind))


def test_a_document_and_an_entity_of_another_meet_in_nothing(filled: Record) -> None:
    document = filled.claims(kind=EVENT)[0].document_id
    entity = filled.claims(kind=POST)[0].entities[0]
    assert ids(filled.find(Asked(document=document)).claims) == ids(filled.claims(document=document))
    assert filled.find(Asked(document=document, entity=entity)).claims == ()


@pytest.mark.parametrize(
    "asked", [Asked(), Asked(words="fell"), Asked(status=ClaimStatus.PROPOSED), Asked(kind=POST)], ids=str
)
def test_pages_follow_one_another_and_miss_nothing(filled: Record, asked: Asked) -> None:
    found: list[str] = []
    after: int | None = 0
    while after is not None:
        page = filled.find(asked, limit=2, after=after)
        assert len(page.claims) <= 2
        found, after = [*found, *ids(page.claims)], page.after
    assert found == ids(filled.find(asked).claims)


def test_no_more_claims_are_looked_at_than_allowed_and_the_page_says_where_to_look_on(filled: Record) -> None:
    asked = Asked(words="fell", status=ClaimStatus.PROPOSED)
    page = filled.find(asked, most=1)
    assert (page.claims, page.looked_at) == ((), 1)  # the bridge, which is accepted
    assert page.after is not None
    following = filled.find(asked, most=1, after=page.after)
    assert first_words(following.claims) == ["A road fell"]
    assert filled.find(asked).after is None


def test_a_joined_entity_brings_its_claims(filled: Record) -> None:
    one, other = (filled.claims(kind=POST)[n].entities[0] for n in (0, 1))
    assert one is not None
    assert other is not None
    filled.judge(one, other, "same", by="A", why="one voice")
    assert first_words(filled.find(Asked(entity=other, kind=POST)).claims) == ["Ada Alpha", "Bo Beta"]
    claims, whole = filled.naming([one, other], kinds=[POST], each=1)
    assert (first_words(claims), whole) == (["Ada Alpha"], False)


def test_rejected_claims_do_not_name_anybody(filled: Record) -> None:
    claim = filled.claims(kind=POST)[0]
    filled.decide(claim.claim_id, ClaimStatus.REJECTED, by="A", why="no")
    assert filled.naming([str(claim.entities[0])], kinds=[POST], each=5) == ([], True)
    assert filled.naming([], kinds=[POST], each=5) == ([], True)


def test_kinds_and_standings_are_counted(filled: Record) -> None:
    whole = filled.tally(Asked())
    assert whole.kinds() == {LISTED: 1, EVENT: 3, POST: 4}
    assert whole.statuses(EVENT) == {"accepted": 1, "proposed": 2}
    assert whole.of() == filled.count() == 8
    assert whole.whole
    words = filled.tally(Asked(words="fell", kind=EVENT, status=ClaimStatus.ACCEPTED))
    assert words.counts == {(EVENT, "accepted"): 1, (EVENT, "proposed"): 2, (LISTED, "proposed"): 1}
    assert filled.tally(Asked(words="fell"), most=2).whole is False
    assert filled.tally(Asked(place="nowhere")).counts == {}


def test_claims_of_several_documents_are_counted_at_once(filled: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [document.document_id for document in filled.documents()]
    assert filled.count_each(ids) == {one: filled.count(document=one) for one in ids}
    assert filled.count_each([]) == {}
    monkeypatch.setattr("tocsin.record.store.finding.COUNTED", 0)
    assert max(filled.count_each(ids).values()) == 1


def test_claims_are_found_by_their_ids(filled: Record) -> None:
    every = filled.claims()
    ids = [claim.claim_id for claim in every]
    assert filled.claims_called([*reversed(ids), "none"]) == every
    assert filled.claims_called([]) == []


def test_counts_end_at_a_bound() -> None:
    many = Tally({("a", "proposed"): COUNTED + 1, ("a", "accepted"): 7, ("b", "proposed"): 2})
    assert many.of() == many.of(kind="a") == COUNTED + 1
    assert many.kinds("accepted") == {"a": 7}


def test_dates_come_without_words_and_say_whether_they_are_all(filled: Record) -> None:
    found, whole = filled.dated(Asked(kind=POST), most=10)
    assert [dates[:2] for _, dates in found] == [(str(2010 + n), str(2012 + n)) for n in range(4)]
    assert whole
    some, whole = filled.dated(Asked(kind=POST), most=3)
    assert (len(some), whole) == (3, False)


def test_entities_of_a_name_are_the_same_however_they_are_looked_for(
    filled: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [e.entity_id for e in filled.entities(name="Basra")]
    monkeypatch.setattr("tocsin.record.store.entities.FEW", 0)
    assert [e.entity_id for e in filled.entities(name="Basra")] == few != []
    assert [e.entity_id for e in filled.called("basra", limit=5)] == few
    assert filled.called("Basra Mosul", limit=5) == filled.called(" ", limit=5) == []


def test_the_queue_goes_by_standing_then_kind_then_place(filled: Record) -> None:
    filled.decide(filled.claims(kind=POST)[2].claim_id, ClaimStatus.CONFLICT, by="A", why="another says otherwise")
    queue = filled.waiting(limit=20)
    assert [(status, kind) for status, kind, _ in queue] == [
        ("conflict", POST), ("proposed", LISTED), ("proposed", EVENT), ("proposed", EVENT), *[("proposed", POST)] * 3,
    ]  # fmt: skip
    assert filled.waiting(after=queue[2], limit=2) == queue[3:5]
    assert filled.waiting(kind=EVENT) == queue[2:4]
    assert filled.waiting(document=filled.claims(kind=EVENT)[0].document_id) == queue[2:4]
    assert filled.waiting(status=ClaimStatus.CONFLICT) == queue[:1]


def test_a_window_of_a_text_holds_its_segments_and_no_more(filled: Record) -> None:
    claim = filled.claims(kind=EVENT)[1]
    (head,) = filled.heads(claim.document_id)
    assert (head.text_id, head.segments, head.length) == (claim.text_id, 3, len(filled.characters(claim.text_id)))
    window = filled.window(claim.text_id, first=1, limit=1)
    assert (window.words, window.start, window.end) == ("A road fell in Mosul.", claim.quote.start, claim.quote.end)
    around = filled.window_around(claim.text_id, claim.quote.start, claim.quote.end, around=1)
    assert (around.first, len(around.segments)) == (0, 3)
    assert filled.segment_at(claim.text_id, claim.quote.start + 3) == 1
    assert filled.claims_at(filled.claims_within(claim.text_id, window.start, window.end, limit=9)) == [claim]
    with pytest.raises(UnknownName, match="no text"):
        filled.window("0" * 64)


def test_documents_come_in_order_of_names_a_page_at_a_time(filled: Record) -> None:
    first = filled.documents_page(limit=2)
    rest = filled.documents_page(limit=2, after=first[-1].document_id)
    assert [d.name for d in (*first, *rest)] == ["e.txt", "l.txt", "p.txt"]
    assert [d.name for d in filled.documents_page(words="P.T")] == ["p.txt"]
    assert filled.documents_page(words="%") == []
    assert set(filled.documents_of([d.document_id for d in first])) == {d.document_id for d in first}


def test_the_state_changes_with_the_record(filled: Record) -> None:
    before = filled.state()
    filled.decide(filled.claims()[0].claim_id, ClaimStatus.ACCEPTED, by="A", why="so it says")
    assert filled.state() != before
    assert filled.count_up_to(3) == 3
    assert filled.count_up_to(100) == 8


def test_more_at_once_than_can_be_answered_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tocsin.record.store.opening.AT_ONCE", {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.05}
    )
    with open_record(tmp_path / "record.db") as record:
        with record.connection(), pytest.raises(FileProblem, match="more ask this record at once"):
            record.count()
        assert record.count() == 0
