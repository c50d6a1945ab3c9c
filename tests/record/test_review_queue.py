"""The order of review and a quote in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from tests.record.claims_by_hand import claim, document

from tocsin.record.claim import ClaimStatus, Span
from tocsin.record.document import Document, Segment, SegmentKind, Text
from tocsin.record.review import in_place, waiting

if TYPE_CHECKING:
    from tocsin.record.store import StoredClaim

A, B = document("a.txt"), document("b.txt")


def post(source: Document, status: ClaimStatus = ClaimStatus.PROPOSED, kind: str = "person-holds-post") -> StoredClaim:
    roles: dict[str, Any] = {"what": "met", "actor": "Front"}
    if kind == "person-holds-post":
        roles = {"person": "Ada", "post": "minister"}
    return claim(kind, source, status=status, **roles)


def test_what_contradicts_comes_first_then_kind_and_document() -> None:
    later, first, event, contested = post(B), post(A), post(B, kind="event"), post(B)
    found = waiting([later, first, event, contested], contested={contested.claim_id: ("another says no",)})
    assert [one.claim for one in found] == [contested, event, first, later]
    assert found[0].why == "contradicts 1 other statement"
    assert found[0].contested == ("another says no",)


def test_what_is_settled_does_not_wait() -> None:
    settled = [post(A, ClaimStatus.ACCEPTED), post(A, ClaimStatus.REJECTED)]
    open_ones = [post(A, s) for s in (ClaimStatus.CONFLICT, ClaimStatus.ISSUE, ClaimStatus.WORK_NEEDED)]
    assert [one.claim for one in waiting([*settled, *open_ones], contested={})] == open_ones


def text_of(whole: str, *segments: Segment) -> Text:
    return Text("0" * 64, "plain 1", whole, segments or (Segment(0, len(whole), SegmentKind.BODY),), "en")


def test_a_quote_has_its_neighbours_and_heading_but_not_the_next_paragraph() -> None:
    whole = "Title\nFirst one. Second one. The quote. Third one. Fourth.\nOther paragraph."
    text = text_of(
        whole, Segment(0, 5, SegmentKind.HEADING), Segment(6, 58, SegmentKind.BODY), Segment(59, 75, SegmentKind.BODY)
    )
    start = whole.index("The quote.")
    place = in_place(text, Span.of(whole, start, start + 10))
    assert (place.heading, place.before, place.quote, place.after) == (
        "Title",
        "Second one. ",
        "The quote.",
        " Third one.",
    )


@given(st.text(min_size=1, max_size=200), st.data())
def test_a_quote_in_its_place_is_a_stretch_of_the_text(whole: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start + 1, len(whole)))
    place = in_place(text_of(whole), Span.of(whole, start, end), around=20)
    assert place.quote == whole[start:end]
    assert whole[:start].endswith(place.before)
    assert whole[end:].startswith(place.after)
    assert max(len(place.before), len(place.after)) <= 20
