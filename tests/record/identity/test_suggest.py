"""Suggestions of who may be one, with their reasons; nothing is merged, and what is settled never comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.record.claims_by_hand import claim, day, document, entity, judgement

from tocsin.record.claim import EntityType
from tocsin.record.identity.suggest import suggest
from tocsin.record.identity.suggestion import Advice, Ground
from tocsin.record.store.values import Verdict

if TYPE_CHECKING:
    from tocsin.record.identity.suggestion import Suggestion
    from tocsin.record.store.values import Entity

ONE, TWO = document("one.txt"), document("two.txt")
PERSON, BODY = EntityType.PERSON, EntityType.ORGANISATION


def only(entities: list[Entity], claims: Any = (), judgements: Any = (), **given: Any) -> Suggestion:
    (made,) = suggest(entities, claims, judgements, **given)
    return made


def words(made: Suggestion, ground: Ground) -> list[str]:
    return [why.words for why in made.why if why.ground is ground]


def test_spellings_of_one_persons_name_are_likely_one() -> None:
    made = only([entity("Qasim Soleimani", PERSON), entity("Kassem Suleimani", PERSON), entity("Omar Saleh", PERSON)])
    assert made.advice is Advice.SAME
    assert words(made, Ground.NAME)


def test_arabic_and_latin_script_and_initials_meet() -> None:
    made = only([entity("قاسم سليماني", PERSON), entity("Qasim Soleimani", PERSON)])
    assert made.score > 0.6
    made = only([entity("J. Foggo", PERSON), entity("James Foggo", PERSON)])
    assert made.advice in {Advice.LOOK, Advice.SAME}


@pytest.mark.parametrize(
    ("left", "right"),
    [("45th Brigade", "46th Brigade"), ("NATO Training Mission Iraq", "NATO Mission Iraq"),
     ("Joint Force Command Naples", "Joint Force Command Brunssum")],
)  # fmt: skip
def test_organisations_told_apart_by_a_number_place_or_word_are_siblings(left: str, right: str) -> None:
    for made in suggest([entity(left, BODY), entity(right, BODY)], ()):
        assert made.advice is Advice.SIBLINGS
        assert any(why.against for why in made.why)


def test_a_name_alone_never_makes_organisations_more_than_a_look() -> None:
    made = only([entity("Badr Organisation", BODY), entity("Badr Organization", BODY)])
    assert made.score > 0.9
    assert made.advice is Advice.LOOK


def test_a_claim_that_gives_one_as_a_name_of_the_other_makes_even_organisations_likely_one() -> None:
    names: dict[str, Any] = {"who": "Asa'ib Ahl al-Haq", "alias": "Khazali Network"}
    kinds = {"who": BODY, "alias": BODY}
    told = claim("designated", ONE, types=kinds, **names)
    made = only([entity(names["who"], BODY), entity(names["alias"], BODY)], [told])
    assert made.advice is Advice.SAME
    (why,) = [why for why in made.why if why.ground is Ground.ALIAS]
    assert why.claims == (told.claim_id,)
    assert "one.txt" in why.words


def test_a_table_of_aliases_does_so_too() -> None:
    table = [("Popular Mobilisation Forces", "al-Hashd al-Shaabi", "PMF")]
    made = only([entity("Hashd al-Shaabi", BODY), entity("PMF", BODY)], aliases=[("Hashd al-Shaabi", "PMF")])
    assert made.advice is Advice.SAME
    assert not suggest([entity("Hashd al-Shaabi", BODY), entity("PMU", BODY)], (), aliases=table)


def test_a_family_name_alone_is_asked_about_where_the_post_is_shared_and_not_where_only_the_state_is() -> None:
    pair = [entity("Ali Hasan Foggo", PERSON), entity("Ali", PERSON)]
    assert not suggest(pair, ())
    post: dict[str, Any] = {"post": "commander", "organisation": "JFC Naples"}
    made = only(
        pair, [claim("person-holds-post", d, person=e.name, **post) for d, e in zip((ONE, TWO), pair, strict=True)]
    )
    assert words(made, Ground.CONTEXT) == [
        "both stand beside the organisation JFC Naples", "both stand beside the post commander"
    ]  # fmt: skip
    assert made.advice is Advice.LOOK
    kinds = {"organisation": EntityType.STATE}
    states = [claim("person-holds-post", d, person=e.name, post=p, organisation="Canada", types=kinds)
              for d, e, p in zip((ONE, TWO), pair, ("general", "minister"), strict=True)]  # fmt: skip
    assert not suggest(pair, states)


def test_what_contradicts_is_said_first_and_turns_the_advice() -> None:
    pair = [entity("Ali Hasan Saleh", PERSON), entity("Ali Hassan Salih", PERSON)]
    born = {pair[0].entity_id: day("1960-01-02"), pair[1].entity_id: day("1971")}
    made = only(pair, births=born)
    assert made.advice is Advice.APART
    assert made.why[0].words == "one was born 1960-01-02, the other 1971"
    same = only(pair, births=dict.fromkeys(born, day("1960-01-02")))
    assert same.advice is Advice.SAME


def test_two_named_side_by_side_in_one_sentence_are_likely_two() -> None:
    pair = [entity("Ali Hasan Saleh", PERSON), entity("Ali Hassan Salih", PERSON)]
    told = claim("aligned-with", ONE, actor="Ali Hasan Saleh", towards="Ali Hassan Salih",
                 types={"actor": PERSON, "towards": PERSON})  # fmt: skip
    made = only(pair, [told])
    assert made.advice is Advice.APART
    assert "one sentence names both side by side" in words(made, Ground.CONTRADICTION)


def test_two_seats_at_one_time_in_two_countries_are_likely_two() -> None:
    pair = [entity("Ali Hasan Saleh", PERSON), entity("Ali Hassan Salih", PERSON)]
    bodies = {"Ali Hasan Saleh": "Anbar council", "Ali Hassan Salih": "Homs council"}
    told = [claim("person-holds-post", ONE, at=n, person=who, post="head", organisation=body, start="2010", end="2014")
            for n, (who, body) in enumerate(bodies.items())]  # fmt: skip
    countries = {"organisation:Anbar council": "IRQ", "organisation:Homs council": "SYR"}
    assert only(pair, told, country_of=countries.get).advice is Advice.APART
    assert only(pair, told, country_of={}.get).advice is Advice.SAME


def test_what_was_judged_not_the_same_never_comes_back_and_unsure_only_with_a_later_alias() -> None:
    pair = [entity("Qasim Soleimani", PERSON), entity("Kassem Suleimani", PERSON)]
    told: dict[str, Any] = {"who": "Qasim Soleimani", "alias": "Kassem Suleimani"}
    before = claim("designated", ONE, entered_at="2026-01-01T00:00:00", **told)
    after = claim("designated", TWO, entered_at="2026-03-01T00:00:00", **told)
    apart, unsure = (judgement(pair[0], pair[1], verdict) for verdict in (Verdict.NOT_SAME, Verdict.UNSURE))
    assert not suggest(pair, [before, after], [apart])
    assert not suggest(pair, [before], [unsure])
    made = only(pair, [before, after], [unsure])
    assert words(made, Ground.REOPENED) == [
        "judged unsure on 2026-02-01; two.txt has since given one as a name of the other"
    ]


def test_judgements_of_members_hold_for_what_they_were_joined_into() -> None:
    from dataclasses import replace  # noqa: PLC0415  # used here only

    left, right = entity("Qasim Soleimani", PERSON), entity("Kassem Suleimani", PERSON)
    joined = replace(left, members=(left.entity_id, "person:Soleimani"))
    apart = judgement(entity("Soleimani", PERSON), right, Verdict.NOT_SAME)
    assert suggest([left, right], ())
    assert not suggest([joined, right], (), [apart])


def test_persons_and_organisations_are_never_one() -> None:
    assert not suggest([entity("Badr", PERSON), entity("Badr", BODY)], ())
    assert not suggest([entity("Taji", EntityType.SITE), entity("Taji", BODY)], ())
    assert suggest([entity("NATO Mission Iraq", EntityType.MISSION), entity("NATO Mission Iraq", BODY)], ())


def test_the_likeliest_come_first() -> None:
    made = suggest(
        [entity(n, PERSON) for n in ("Qasim Soleimani", "Kassem Suleimani")]
        + [entity(n, BODY) for n in ("Badr Organisation", "Badr Organization", "45th Brigade", "46th Brigade")], ()
    )  # fmt: skip
    assert [s.advice for s in made] == sorted((s.advice for s in made), key=list(Advice).index)
    assert made[0].advice is Advice.SAME
