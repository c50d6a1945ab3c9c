"""What excludes what, by the rule of each kind, and what does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.record.claims_by_hand import by_id, claim, document, entity, judgement

from tocsin.record.claim import ClaimStatus, EntityType, LegalState, Modality
from tocsin.record.contradiction import RULES, contradictions
from tocsin.record.identity.places import Place, Places
from tocsin.record.kinds import kinds
from tocsin.record.spans import Overlap
from tocsin.record.store.values import Verdict

if TYPE_CHECKING:
    from tocsin.record.contradiction import Contradiction
    from tocsin.record.store.values import StoredClaim

ONE, TWO = document("one.txt"), document("two.txt")
SEAT: dict[str, Any] = {"post": "prime minister", "organisation": "Iraq"}
PMF: dict[str, Any] = {"actor": "Popular Mobilisation Forces", "towards": "Iran"}
DENIED = Modality.DENIED
PLACES = Places(
    (
        Place("IRQ/Anbar", ("Anbar",), "province", "IRQ", "IRQ/Anbar"),
        Place("ramadi", ("Ramadi",), "town", "IRQ", "IRQ/Anbar", 33.4, 43.3, 5.0),
        Place("ramadi-camp", ("Camp Ramadi",), "base", "IRQ", "IRQ/Anbar", 33.4, 43.2, 10.0),
        Place("mosul", ("Mosul",), "town", "IRQ", "IRQ/Ninewa", 36.3, 43.1, 5.0),
        Place("nowhere", ("Nowhere",), "town", "IRQ"),
    )
)


def found(*claims: StoredClaim, **given: Any) -> list[Contradiction]:
    return contradictions(claims, by_id(ONE, TWO), places=PLACES, **given)


def holder(person: str, source: Any = ONE, **told: Any) -> StoredClaim:
    return claim("person-holds-post", source, person=person, **{**SEAT, **told})


def test_every_rule_that_a_kind_names_is_there() -> None:
    assert {kind.rule for kind in kinds().values() if kind.rule} == set(RULES)


def test_two_holders_of_one_seat_at_one_time() -> None:
    (one,) = found(holder("Ali Hasan", start="2014", end="2018"), holder("Omar Saleh", TWO, first_seen="2016-02"))
    assert (one.rule, one.overlap, one.about) == ("one seat", Overlap.OVERLAP, "prime minister of Iraq")
    assert {one.left_says, one.right_says} == {"Ali Hasan", "Omar Saleh"}
    assert one.notes == ()


def test_one_holder_after_the_other_is_no_contradiction() -> None:
    assert not found(holder("Ali Hasan", start="2014", end="2016"), holder("Omar Saleh", TWO, start="2017", end="2018"))
    assert not found(holder("Ali Hasan", first_seen="2005"), holder("Omar Saleh", TWO, first_seen="2018"))


def test_without_a_date_they_may_overlap_and_this_is_said_apart() -> None:
    (one,) = found(holder("Ali Hasan", start="2014", end="2018"), holder("Omar Saleh", TWO))
    assert one.overlap is Overlap.MAY_OVERLAP
    assert not found(
        holder("Ali Hasan", start="2014", end="2018"), holder("Omar Saleh", TWO, post="former prime minister")
    )


@pytest.mark.parametrize("post", ["deputy prime minister", "a spokesman", "member of parliament", "senior adviser"])
def test_posts_that_many_hold_at_once_exclude_nobody(post: str) -> None:
    dates: dict[str, Any] = {"start": "2014", "end": "2018", "post": post}
    assert not found(holder("Ali Hasan", **dates), holder("Omar Saleh", TWO, **dates))


def test_other_posts_and_other_bodies_and_no_body_exclude_nobody() -> None:
    dates: dict[str, Any] = {"start": "2014", "end": "2018"}
    base = holder("Ali Hasan", **dates)
    assert not found(base, holder("Omar Saleh", organisation="Jordan", **dates))
    assert not found(base, holder("Omar Saleh", post="president", **dates))
    nobody = [claim("person-holds-post", ONE, person=who, post="prime minister", **dates) for who in ("Ali", "Omar")]
    assert not found(*nobody)


def test_holders_whose_names_are_alike_may_be_one_person_unless_judged_apart() -> None:
    told = [holder("Haider al-Abadi", start="2014", end="2018"), holder("Haidar Abadi", TWO, first_seen="2016")]
    (one,) = found(*told)
    assert "may be one person" in one.notes[0]
    apart = judgement(
        entity("Haider al-Abadi", EntityType.PERSON), entity("Haidar Abadi", EntityType.PERSON), Verdict.NOT_SAME
    )
    assert found(*told, judgements=[apart])[0].notes == ()


@pytest.mark.parametrize("modality", [Modality.PLANNED, Modality.RECOMMENDED])
def test_what_is_planned_or_recommended_contradicts_nothing(modality: Modality) -> None:
    dates: dict[str, Any] = {"start": "2014", "end": "2018"}
    assert not found(holder("Ali Hasan", **dates), holder("Omar Saleh", TWO, modality=modality, **dates))
    assert not found(
        claim("aligned-with", ONE, modality=modality, **PMF), claim("aligned-with", TWO, modality=DENIED, **PMF)
    )


def test_what_is_reported_contradicts_and_is_marked_so() -> None:
    dates: dict[str, Any] = {"start": "2014", "end": "2018"}
    (one,) = found(holder("Ali Hasan", **dates), holder("Omar Saleh", TWO, modality=Modality.REPORTED, **dates))
    assert one.reported
    assert not found(holder("Ali Hasan", **dates), holder("Omar Saleh", TWO, **dates))[0].reported


def test_what_is_rejected_contradicts_nothing() -> None:
    dates: dict[str, Any] = {"start": "2014", "end": "2018"}
    assert not found(holder("Ali Hasan", **dates), holder("Omar Saleh", TWO, status=ClaimStatus.REJECTED, **dates))


def test_asserted_against_denied_at_one_time() -> None:
    told = claim("operates-in", ONE, organisation="Badr", area="Diyala", first_seen="2016")
    denied = claim("operates-in", TWO, organisation="Badr", area="Diyala", modality=DENIED, first_seen="2016-03")
    (one,) = found(told, denied)
    assert (one.rule, one.about, one.contested) == ("opposite", "Badr operates in Diyala", False)
    later = claim("operates-in", TWO, organisation="Badr", area="Diyala", modality=DENIED, first_seen="2020")
    assert not found(told, later)
    assert not found(told, told)


def test_legal_states_are_compared_with_their_own_denial_only() -> None:
    in_force = claim("designated", ONE, who="A", state=LegalState.IN_FORCE, first_seen="2012")
    lifted = claim("designated", TWO, who="A", state=LegalState.LIFTED, modality=DENIED, first_seen="2012")
    assert not found(in_force, lifted)
    denied = claim("designated", TWO, who="A", state=LegalState.IN_FORCE, modality=DENIED, first_seen="2012")
    assert len(found(in_force, denied)) == 1


def test_a_whole_force_called_backed_and_most_of_it_said_not_to_be_are_contested_and_both_stand() -> None:
    whole = claim("aligned-with", ONE, quote="The Popular Mobilisation Forces are backed by Iran", **PMF)
    most = claim(
        "aligned-with", TWO, modality=DENIED, quote="Most of the Popular Mobilisation Forces owe Iran nothing", **PMF
    )
    (one,) = found(whole, most)
    assert (one.rule, one.contested, one.right_says) == ("whole and parts", True, "denied of a part of it")


def test_a_denial_of_a_part_contests_what_is_said_of_the_whole_through_what_is_part_of_what() -> None:
    whole = claim("aligned-with", ONE, **PMF)
    part = claim("aligned-with", TWO, modality=DENIED, actor="Peace Companies", towards="Iran")
    belongs = claim("organisation-part-of", ONE, part="Peace Companies", whole="Popular Mobilisation Forces")
    assert not found(whole, part)
    (one,) = found(whole, part, belongs)
    assert one.right_says == "denied of Peace Companies"


def test_a_headquarters_in_two_places_farther_apart_than_they_are_precise() -> None:
    def at(place: str, source: Any = ONE, words: str = "headquarters") -> StoredClaim:
        quote = f"The {words} of Badr is in {place}"
        return claim(
            "located-at", source, quote=quote, what="Badr", place=place, types={"what": EntityType.ORGANISATION}
        )

    (one,) = found(at("Ramadi"), at("Mosul", TWO))
    assert one.rule == "exclusive place"
    assert "km apart" in one.notes[0]
    assert not found(at("Ramadi", words="camp"), at("Mosul", TWO, words="camp"))
    assert not found(at("Ramadi"), at("al-Anbar", TWO))
    assert not found(at("Ramadi"), at("Camp Ramadi", TWO))
    assert not found(at("Ramadi"), at("Nowhere", TWO))
    assert not found(at("Ramadi"), at("Atlantis", TWO))


def test_a_site_is_in_one_place_whatever_the_words() -> None:
    told = [claim("located-at", d, what="Camp X", place=place) for d, place in ((ONE, "Ramadi"), (TWO, "Mosul"))]
    assert len(found(*told)) == 1


def test_for_and_against_one_question_in_one_period() -> None:
    def on(stance: str, **told: Any) -> StoredClaim:
        return claim(
            "position-on-question", ONE, actor="Italy", question="withdrawal", position=stance, stance=stance, **told
        )

    (one,) = found(on("for", first_seen="2024-05"), on("against", first_seen="2024-05"))
    assert (one.about, {one.left_says, one.right_says}) == ("Italy on withdrawal", {"for", "against"})
    assert not found(on("for", first_seen="2019"), on("against", first_seen="2024"))
    assert not found(on("for"), on("conditional"))
    assert len(found(on("for"), on("for", modality=DENIED))) == 1
    assert not found(on("for"), on("against", modality=DENIED))


def test_figures_that_cannot_be_one_figure() -> None:
    def of(low: float | None, high: float | None, what: str = "fighters", **told: Any) -> StoredClaim:
        return claim("force-size", ONE, force="PMF", numbers=((low, high, what),), **told)

    (one,) = found(of(100_000, 120_000, first_seen="2020"), of(238_000, 238_000, "men", first_seen="2020-06"))
    assert (one.about, one.left_says, one.right_says) == ("people of PMF", "100,000 to 120,000", "238,000")
    assert not found(of(100, 120), of(110, 200))
    assert not found(of(100, None), of(500, 500))
    assert not found(of(100, 100), of(40, 40, "brigades"))
    assert not found(of(100, 100), of(40, 40, "foreign fighters"))
    assert not found(of(100, 100, first_seen="2015"), of(500, 500, first_seen="2023"))


def toll(count: float, source: Any = ONE, **told: Any) -> StoredClaim:
    """So many killed in Mosul on one day, unless told otherwise."""
    types = {"what": EntityType.WORDS, "against": EntityType.ORGANISATION, **told.pop("types", {})}
    numbers = ((count, told.pop("high", count), told.pop("counts", "people killed")),)
    given = {"what": "an attack", "place": "Mosul", "start": "2016-05-04", "end": "2016-05-04", **told}
    return claim("incident", source, types=types, numbers=numbers, **given)


def test_counts_of_the_killed_at_one_place_on_one_day_that_cannot_be_one() -> None:
    (one,) = found(toll(9), toll(5, TWO, what="were killed", modality=Modality.REPORTED))
    assert (one.rule, one.kind, one.about) == ("numbers apart", "incident", "people killed at Mosul on 2016-05-04")
    assert (one.left_says, one.right_says, one.overlap, one.reported) == ("5", "9", Overlap.OVERLAP, True)
    assert "may be two incidents" in one.notes[0]
    assert len(found(toll(9), toll(5, TWO, counts="dead"))) == 1
    assert len(found(toll(9), toll(5, at=500))) == 1
    assert not found(toll(9), toll(5, TWO))[0].reported


@pytest.mark.parametrize(
    "other",
    [
        {"start": "2016-05-05", "end": "2016-05-05"},
        {"start": None, "end": None},
        {"start": "2016-05", "end": "2016-05"},
        {"start": "2016-05-04", "end": "2016-05-05"},
        {"place": "Ramadi"},
        {"counts": "soldiers killed"},
        {"counts": "people wounded"},
        {"high": None},
        {"modality": DENIED},
        {"modality": Modality.PLANNED},
    ],
)
def test_other_days_places_and_counts_are_no_contradiction(other: dict[str, Any]) -> None:
    assert not found(toll(9), toll(5, TWO, **other))


def test_counts_for_a_country_and_against_different_parties_are_of_different_incidents() -> None:
    state = {"types": {"place": EntityType.STATE}, "place": "Iraq"}
    assert not found(toll(9, **state), toll(5, TWO, **state))
    assert not found(toll(9, against="Badr"), toll(5, TWO, against="Peace Companies"))
    assert len(found(toll(9, against="Badr"), toll(5, TWO, against="Badr"))) == 1
    assert not found(toll(9, quote="At Mosul 9 and 5 fell"), toll(5, quote="At Mosul 9 and 5 fell"))


def test_rows_of_one_table_are_incidents_of_their_own() -> None:
    def row(told: StoredClaim) -> StoredClaim:
        return replace(told, proposal=replace(told.proposal, extractor="dataset 1"))

    assert not found(row(toll(9)), row(toll(5, at=500)))
    assert len(found(row(toll(9)), row(toll(5, TWO)))) == 1
    assert len(found(row(toll(9)), toll(5, at=500))) == 1


def test_only_the_claims_of_that_day_are_shown() -> None:
    (one,) = found(toll(9), toll(9, TWO, start=None, end=None), toll(5, TWO))
    assert [len(group.claims) for group in (*one.left, *one.right)] == [1, 1]
    assert [len(group.origins) for group in (*one.left, *one.right)] == [1, 1]


def test_one_name_in_two_documents_is_compared_and_said_not_to_be_judged() -> None:
    def elsewhere(told: StoredClaim, **ids: str) -> StoredClaim:
        roles = [argument.role for argument in told.proposal.arguments]
        return replace(told, entities=tuple(ids.get(role, e) for role, e in zip(roles, told.entities, strict=True)))

    dates: dict[str, Any] = {"start": "2014", "end": "2018"}
    (one,) = found(holder("Ali Hasan", **dates), elsewhere(holder("Omar Saleh", TWO, **dates), organisation="e77"))
    assert one.notes == ("Iraq is taken for one by its name in 2 documents; nobody has judged it",)


def test_what_is_cited_for_one_time_comes_first() -> None:
    sure = [holder("Ali Hasan", start="2014", end="2018"), holder("Omar Saleh", TWO, first_seen="2016")]
    may = [claim("aligned-with", ONE, **PMF), claim("aligned-with", TWO, modality=DENIED, **PMF)]
    assert [one.overlap for one in found(*may, *sure)] == [Overlap.OVERLAP, Overlap.MAY_OVERLAP]
