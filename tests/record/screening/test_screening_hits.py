"""Screening: what is near, what speaks against it first, and what a sample is made of."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin.errors import TableProblem
from tocsin.record.names import NameKind, read_name
from tocsin.record.screening import Index, Query, build_index, screen
from tocsin.record.screening.circumstances import country_of
from tocsin.record.screening.matching import match_queries
from tocsin.record.screening.sampling import Split, alias_probes, near_misses, normal
from tocsin.sources.designation_dates import read_birth
from tocsin.sources.designations import (
    Alias,
    BearerKind,
    Designation,
    DesignationList,
    ListedState,
    Quality,
    Version,
    starter_designations,
)


def entry(number: str, name: str, kind: BearerKind, *aliases: str, born: str = "", nation: str = "") -> Designation:
    return Designation(
        "Made up", number, name, kind, tuple(Alias(a, Quality.STRONG) for a in aliases),
        births=(read_birth(born),) if born else (), nationalities=(nation,) if nation else (),
        versions=(Version(name, None),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def index() -> Index:
    entries = (
        entry("1", "HADDAD, Qasim Yusuf", BearerKind.PERSON, "Abu Layth", born="09 Aug 1966", nation="Iraq"),
        entry("2", "Badr Line Shipping Company", BearerKind.ORGANISATION, "BLS"),
        entry("3", "45th Brigade", BearerKind.ORGANISATION),
        entry("4", "KHOURY, Samir", BearerKind.PERSON),
    )
    return build_index((DesignationList("Made up", entries, None, date(2024, 5, 3), ("here",)),))


@pytest.fixture(scope="module")
def starter() -> Index:
    return build_index(starter_designations())


def test_contradictions_stand_first_and_lower_the_score(index: Index) -> None:
    plain = screen(index, Query("Kassem Youssef Haddad", NameKind.PERSON))[0]
    against = screen(
        index, Query("Kassem Youssef Haddad", NameKind.PERSON, birth=read_birth("1990"), nationality="Syrian")
    )[0]
    assert plain.match
    assert against.against[0].startswith("birth date differs: 1990 asked, 09 Aug 1966")
    assert against.against[1].startswith("nationality differs: Syrian asked, Iraq")
    assert against.score == pytest.approx(plain.score - 0.20, abs=1e-4)
    assert against.name_score == plain.name_score


def test_what_agrees_and_what_the_list_does_not_say(index: Index) -> None:
    same = screen(index, Query("Qasim Haddad Yusuf", birth=read_birth("1966-08"), nationality="IRQ"))[0]
    assert same.reasons[:2] == (
        "birth date agrees: 1966-08 asked, 09 Aug 1966 on the list", "nationality agrees: IRQ asked, Iraq on the list",
    )  # fmt: skip
    unsaid = screen(index, Query("Samir Khoury", birth=read_birth("1966")))[0]
    assert unsaid.against == ()
    assert "birth date not compared: the list read gives none" in unsaid.reasons


def test_nothing_near_gives_nothing(index: Index) -> None:
    assert screen(index, Query("Zzyzx Qwrtp")) == ()
    assert screen(index, Query("...")) == ()


def test_kinds_are_kept_apart(index: Index) -> None:
    assert not screen(index, Query("Samir Khoury", NameKind.VESSEL))
    assert screen(index, Query("45th Brigade", NameKind.ORGANISATION))[0].match
    assert not any(hit.match for hit in screen(index, Query("46th Brigade", NameKind.ORGANISATION)))


def test_names_left_out_are_not_found(index: Index) -> None:
    numbers = frozenset(n for n, listed in enumerate(index.names) if listed.entry.entry_id == "4")
    assert screen(index, Query("Samir Khoury"))
    assert not screen(index, Query("Samir Khoury"), without=numbers)


def test_an_undated_entry_is_unknown_not_listed(index: Index) -> None:
    assert screen(index, Query("Samir Khoury", as_of=date(2020, 1, 1)))[0].as_of.state is ListedState.UNKNOWN


def test_a_body_is_no_vessel(starter: Index) -> None:
    vessel = screen(starter, Query("Badr Organization"))[0]
    assert (vessel.listed.entry.name, vessel.match) == ("BADR", False)
    assert vessel.against[0] == "'organization' says a body; the entry is of kind vessel"
    assert screen(starter, Query("Badr Organization", NameKind.VESSEL))[0].match
    assert screen(starter, Query("Badr"))[0].match


def test_a_body_is_no_person_but_may_be_a_body_or_a_vessel_named_as_one() -> None:
    entries = (
        entry("1", "Zahran Tamimi", BearerKind.PERSON), entry("2", "Tamimi Zahran", BearerKind.ORGANISATION),
        entry("3", "Badr Shipping Company", BearerKind.VESSEL),
    )  # fmt: skip
    made = build_index((DesignationList("Made up", entries, None, None, ("here",)),), beside=starter_designations())
    matches = {hit.listed.entry.entry_id: hit.match for hit in screen(made, Query("Zahran Tamimi Front"))}
    assert matches == {"1": False, "2": True}
    assert screen(made, Query("Zahran Tamimi Front", NameKind.PERSON))[0].match
    assert screen(made, Query("Badr Company Shipping"))[0].match


def test_in_a_list_of_two_a_name_is_as_rare_as_in_the_lists_beside() -> None:
    few = (
        DesignationList(
            "Few",
            (entry("1", "Karim Daoud", BearerKind.PERSON), entry("2", "Karim Dawood", BearerKind.PERSON)),
            None, None, ("here",),
        ),
    )  # fmt: skip
    made = build_index(few, beside=starter_designations())
    hits = screen(made, Query("Karim Daoud"))
    assert [hit.listed.entry.entry_id for hit in hits] == ["1", "2"]
    assert hits[0].score >= 0.95
    assert all(hit.match for hit in hits)
    assert not any(hit.against for hit in hits)
    assert build_index(few).rarity["daud"] < 0.6 < made.rarity["daud"]


def test_lists_beside_are_not_searched(index: Index) -> None:
    made = build_index(
        tuple({one.of_list.name: one.of_list for one in index.names}.values()), beside=starter_designations()
    )
    assert len(made.names) == len(index.names)
    assert not screen(made, Query("Qasem Soleimani"))


def test_countries_by_name_code_and_demonym() -> None:
    assert {country_of(word) for word in ("Iraq", "iraqi", "IRQ")} == {"IRQ"}
    assert country_of("nowhere") is None


def test_arabic_script_finds_latin_names(starter: Index) -> None:
    hit = screen(starter, Query("قاسم سليماني", NameKind.PERSON))[0]
    assert (hit.listed.entry.entry_id, hit.match) == ("10481", True)


def test_the_shape_of_the_matching_api(starter: Index) -> None:
    body = {
        "queries": {"q1": {"schema": "Person", "properties": {"name": ["Qassem Soleimani"], "birthDate": ["1957"]}}}
    }
    answer = match_queries(starter, body)["responses"]["q1"]["results"]
    assert set(answer[0]) == {"id", "caption", "schema", "properties", "datasets", "score", "match", "explanations"}
    assert answer[0]["match"] is True
    assert len(answer) <= 5


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "queries"),
        ({"queries": {"q": {"schema": "Person"}}}, "queries.q.properties.name"),
        ({"queries": {"q": {"schema": "Ghost", "properties": {"name": "X"}}}}, "queries.q.schema"),
        ({"queries": {"q": {"properties": {"name": [3]}}}}, "queries.q.properties.name"),
    ],
)
def test_a_body_of_another_shape_is_refused(body: dict[str, object], field: str, index: Index) -> None:
    with pytest.raises(TableProblem) as found:
        match_queries(index, body)
    assert found.value.where.field == field


def test_samples_are_fixed_disjoint_and_take_every_copy_out(starter: Index) -> None:
    tuned = alias_probes(starter, 200, split=Split.DEVELOPMENT, seed=1)
    kept = alias_probes(starter, 200, split=Split.MEASURED, seed=1)
    assert kept == alias_probes(starter, 200, split=Split.MEASURED, seed=1)
    assert not {p.owner for p in tuned} & {p.owner for p in kept}
    for probe in kept:
        left = [n for n in range(len(starter.names)) if starter.owner[n] == probe.owner and n not in probe.without]
        assert left
        assert all(normal(starter.names[n].alias.name) != normal(probe.name) for n in left)


def test_near_misses_are_no_listed_names(starter: Index) -> None:
    made = near_misses(starter, 100, split=Split.MEASURED, seed=1)
    listed = {normal(one.alias.name) for one in starter.names}
    assert len(made) == 100
    assert {p.rule for p in made} == {"recombined person", "sibling organisation", "common name of the region"}
    assert not {normal(p.name) for p in made} & listed


def test_first_names_can_be_asked_too(starter: Index) -> None:
    aliases = alias_probes(starter, 9000, split=Split.DEVELOPMENT, seed=1)
    firsts = alias_probes(starter, 9000, split=Split.DEVELOPMENT, seed=1, firsts=True)
    assert firsts
    assert all(starter.names[min(n for n in range(len(starter.names)) if starter.owner[n] == p.owner)].alias.name == p.name
               for p in firsts[:20])  # fmt: skip
    assert {(p.owner, p.name) for p in firsts}.isdisjoint({(p.owner, p.name) for p in aliases})


def test_entries_with_the_name_in_another_spelling_are_known() -> None:
    entries = (
        entry("1", "TANNOUS, Qasim", BearerKind.PERSON, "Abu Layth"),
        entry("2", "TANNUS, Kassem", BearerKind.PERSON),
        entry("3", "TANNOUS, Karim", BearerKind.PERSON),
    )
    made = build_index((DesignationList("Made up", entries, None, None, ("here",)),))
    probes = [p for split in Split for p in alias_probes(made, 9, split=split, seed=1)]
    assert [(p.name, p.neutral, p.respelt, p.shorter) for p in probes] == [
        ("Abu Layth", frozenset(), frozenset({1}), 0.0)
    ]


def test_a_near_miss_says_whose_name_it_is_in_another_spelling(starter: Index) -> None:
    for probe in near_misses(starter, 400, split=Split.DEVELOPMENT, seed=1):
        asked = {part.spelling for part in read_name(probe.name, probe.kind).parts}
        for owner in probe.respelt:
            names = [starter.names[n].name for n in range(len(starter.names)) if starter.owner[n] == owner]
            assert any(asked <= {part.spelling for part in name.parts} for name in names)
