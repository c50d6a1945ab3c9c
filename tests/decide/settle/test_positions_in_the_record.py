"""Claims beside positions: whose they are, what they offer, and what they never do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.decide.settle.made_up_question import party, question

from tocsin.case.dates import PartialDate
from tocsin.case.rows import Actor
from tocsin.decide.settle.from_record import Standing, parties_in_record
from tocsin.decide.settle.on_scale import offered, words_shared
from tocsin.record.claim import Argument, ClaimStatus, EntityType, Modality, Proposal, Span
from tocsin.record.extract.knowledge import Entry, Knowledge, knowledge_of
from tocsin.record.store import StoredClaim

if TYPE_CHECKING:
    from tocsin.case.questions import Question

SCALE = {"low": 0, "high": 60, "unit": "months", "anchors": {7: "by September 2026", 60: "no end in view"}}
BANDS = [{"name": "by September 2026", "low": 0, "high": 8}, {"name": "later", "low": 8, "high": 60}]


def asked(**more: Any) -> Question:
    given = {"question": "In how many months should the mission end?", "scale": SCALE, "bands": BANDS, **more}
    return question(party("us", [0, 7, 10], source_id="digest", basis="reported"), party("iraq", [30, 48, 60]), **given)


def actor(actor_id: str, name: str, *aliases: str, kind: str = "state") -> Actor:
    return Actor.model_validate(
        {"actor_id": actor_id, "name": name, "aliases": aliases, "type": kind, "basis": "judgement"}
    )


ACTORS = (actor("us", "United States", "USA"), actor("iraq", "Government of Iraq", "Iraq"))


def claim(quote: str, *, of: str = "us", number: int = 0, **more: Any) -> StoredClaim:
    stored: dict[str, Any] = {
        "status": ClaimStatus.PROPOSED,
        "published": PartialDate(2026, 3, 2),
        "corrected_by": None,
    }
    stored |= {key: more.pop(key) for key in list(more) if key in stored}
    proposal = Proposal(
        more.pop("kind", "position-on-question"), "text", Span.of(quote, 0, len(quote)),
        (Argument("actor", EntityType.STATE, Span.of(quote, 0, 2), value=f"known:{of}"),), "rules 1",
        **{"stance": "for", **more},
    )  # fmt: skip
    return StoredClaim(f"{number:032x}", proposal, credibility=None, document_id="d", document="note.md", **stored)


def found(*claims: StoredClaim, about: Question | None = None) -> Any:
    return parties_in_record(about or asked(), claims, actors=ACTORS, knowledge=knowledge_of(None))


def test_a_number_in_the_unit_is_offered_with_its_words() -> None:
    us, iraq = found(claim("It wants the mission to end in 4 to 6 months."))
    (offer,) = us.claims[0].offers
    assert (offer.low, offer.high, offer.words) == (4, 6, "4 to 6 months")
    assert us.standing is Standing.AGREES
    assert us.claims[0].quote == "It wants the mission to end in 4 to 6 months."
    assert (iraq.standing, iraq.claims) == (Standing.NO_CLAIM, ())


def test_another_point_is_said() -> None:
    us, _ = found(claim("It wants 24 months more."))
    assert us.standing is Standing.ELSEWHERE


def test_a_month_is_placed_only_where_the_case_has_placed_it() -> None:
    us, _ = found(claim("It wants it to end by September 2026"))
    assert [(o.low, o.high, o.how) for o in us.claims[0].offers] == [
        (7, 7, "the anchor 'by September 2026'"), (0, 8, "the band 'by September 2026'"),
    ]  # fmt: skip
    us, _ = found(claim("It wants it to end by October 2026"))
    assert us.claims[0].offers == ()
    assert us.standing is Standing.WORDS


def test_words_are_never_turned_into_numbers() -> None:
    us, _ = found(claim("It wants the mission to stay a year or eighteen months."))
    assert us.claims[0].offers == ()
    assert us.claims[0].why_none == "its words name no point of the scale"


@pytest.mark.parametrize("more", [{"stance": "against"}, {"stance": "conditional"}, {"stance": None},
                                  {"modality": Modality.DENIED}])  # fmt: skip
def test_what_is_not_wanted_is_not_offered(more: dict[str, Any]) -> None:
    us, _ = found(claim("It opposes 5 months.", **more))
    assert (us.claims[0].offers, us.claims[0].why_none) == ((), "it does not say what the party wants")


def test_a_number_without_a_date_is_not_offered() -> None:
    us, _ = found(claim("It wants 5 months.", published=None))
    assert us.claims[0].offers == ()
    assert "no date" in us.claims[0].why_none


def test_rejected_corrected_and_other_claims_are_left_out() -> None:
    us, _ = found(
        claim("It wants 5 months.", status=ClaimStatus.REJECTED), claim("It wants 6 months.", corrected_by="x"),
        claim("It has 7 months.", kind="event"),
    )  # fmt: skip
    assert us.standing is Standing.NO_CLAIM


def test_a_state_is_known_by_its_own_name_too() -> None:
    _, iraq = found(claim("Baghdad wants the mission to stay.", of="IRQ"))
    assert [c.quote for c in iraq.claims] == ["Baghdad wants the mission to stay."]
    own = Entry("iraq", EntityType.STATE, "state", "Government of Iraq", ("Iraq",), "the case's actors.csv")
    both = Knowledge((own, *knowledge_of(None).entries))
    _, iraq = parties_in_record(asked(), [claim("Baghdad wants it.", of="IRQ")], actors=ACTORS, knowledge=both)
    assert len(iraq.claims) == 1, "the case's own entry hides no state of the gazetteer"
    as_body = (actor("iraq", "Government of Iraq", "Iraq", kind="ministry"),)
    kept = parties_in_record(
        asked(), [claim("Baghdad wants it.", of="IRQ")], actors=as_body, knowledge=knowledge_of(None)
    )
    assert kept[1].claims == ()


def test_claims_about_the_question_come_first() -> None:
    us, _ = found(claim("It wants lower tariffs.", number=1), claim("It wants the mission to stay.", number=2))
    assert [c.shared for c in us.claims] == [("mission",), ()]


def test_shares_in_percent_and_numbers_beyond_the_scale() -> None:
    share = asked(scale={"low": 0, "high": 100, "unit": "percent of present size"}, bands=[])
    for words in ("40 %", "40 percent", "40 per cent", "40%"):
        assert [(o.low, o.high) for o in offered(share, f"It wants {words} to stay.")[0]] == [(40, 40)]
    assert offered(share, "It wants between 30 and 50 percent.")[0][0].low == 30
    assert offered(asked(), "It wants 90 months.") == ((), "what it names lies outside the scale")
    raised = asked(scale={**SCALE, "low": 5}, bands=[])
    assert offered(raised, "It wants 4 months.") == ((), "what it names lies outside the scale")
    assert offered(asked(), "It wants 2,500 troops and 12 months.")[0][0].low == 12
    assert offered(asked(), "It wants an 18-month extension.")[0][0].low == 18


def test_words_shared_are_telling_ones() -> None:
    assert words_shared(asked(), "What should the MISSION do with months that end?") == ("end", "mission", "months")
