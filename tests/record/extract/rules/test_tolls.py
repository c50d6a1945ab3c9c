"""Incidents: whom they hurt, who claimed them, where and when; and what is told as a designation instead."""

from __future__ import annotations

import pytest
from tests.record.extract.rules.other_kinds import only, read, roles


def toll(words: str) -> dict[str, tuple[float | None, float | None, str]]:
    return {n.role: (n.low, n.high, n.referent) for n in only(words, "incident").numbers}


@pytest.mark.parametrize(
    ("words", "deaths"),
    [
        ("Two American soldiers and one British soldier were killed at Camp Taji.", (3, 3, "soldiers killed")),
        ("The rocket killed two soldiers, one civilian and three others in Kirkuk.", (6, 6, "people killed")),
        ("At least two soldiers and three civilians were killed in Kirkuk.", (5, None, "people killed")),
        ("Around 20 to 30 people and at least five soldiers were killed in Samarra.", (25, None, "people killed")),
        ("A bomb in Baghdad left 35 dead, the health ministry said.", (35, 35, "dead")),
        ("At least 35 dead, the health ministry said.", (35, None, "dead")),
    ],
)
def test_the_dead_are_counted_where_all_are_read(words: str, deaths: tuple[float | None, float | None, str]) -> None:
    assert toll(words) == {"deaths": deaths}


@pytest.mark.parametrize(
    "words",
    [
        "Two American soldiers and a contractor were killed at Camp Taji.",
        "Two American soldiers and several policemen were killed at Camp Taji.",
        "The rocket killed a contractor and two soldiers in Kirkuk.",
        "Rebels killed 12 policemen, the mayor and two civilians near Kirkuk.",
    ],
)
def test_a_part_of_a_sum_is_no_number(words: str) -> None:
    assert toll(words) == {}


def test_the_dead_and_the_wounded_are_two_numbers() -> None:
    words = "A car bomb exploded in Karrada, leaving 35 dead and more than 100 wounded."
    assert toll(words) == {"deaths": (35, 35, "dead"), "wounded": (100, None, "wounded")}
    assert roles(only(words, "incident"))["place"] == "Karrada"


def test_a_ministry_that_says_it_is_named_as_the_speaker() -> None:
    claim = only("A bomb in Baghdad left 35 dead, the health ministry said.", "incident")
    assert (claim.modality, [s.words for s in claim.attributed_to]) == ("reported", ["the health ministry"])


@pytest.mark.parametrize(
    "words",
    [
        "More than 100 people were wounded in an attack in Baghdad claimed by the Islamic State.",
        "The attack in Baghdad, claimed by the Islamic State, killed 12 people.",
        "The attack killed 12 people in Baghdad; it was claimed by the Islamic State.",
    ],
)
def test_who_claimed_it(words: str) -> None:
    told = roles(only(words, "incident"))
    assert (told["by"], told["place"]) == ("Islamic State", "Baghdad")


def test_not_claimed_by_one_is_not_by_them() -> None:
    claim = only("The attack killed 12 people in Baghdad; it was not claimed by the Islamic State.", "incident")
    assert "by" not in roles(claim)


def test_one_of_several_places_is_not_the_place_and_the_words_say_all() -> None:
    told = roles(only("At least 45 protesters were killed in Nasiriyah and Basra.", "incident"))
    assert told == {"what": "At least 45 protesters were killed in Nasiriyah and Basra"}


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("from October to December 2019", "2019-10", "2019-12"),
        ("between October and December 2019", "2019-10", "2019-12"),
        ("from November to February 2020", "2019-11", "2020-02"),
    ],
)
def test_a_month_shares_the_year_behind_it(when: str, start: str, end: str) -> None:
    dates = only(f"Security forces killed 500 protesters in Baghdad {when}.", "incident").dates
    assert (str(dates.start), str(dates.end)) == (start, end)
    assert (dates.first_seen, dates.last_seen) == (None, None)
    held = only(f"Kata'ib Hezbollah operated in Basra {when}.", "operates-in").dates
    assert (str(held.start), str(held.end)) == (start, end)


def test_the_fighters_of_a_body_are_the_body() -> None:
    told = roles(only("Islamic State fighters killed 12 policemen in Kirkuk.", "incident"))
    assert told["by"] == "Islamic State"


def test_counts_of_dead_and_wounded_side_by_side_are_one_incident() -> None:
    words = "The blast left 12 dead and 30 wounded in Kirkuk and Hawija, police said."
    assert toll(words) == {"deaths": (12, 12, "dead"), "wounded": (30, 30, "wounded")}
    assert roles(only(words, "incident"))["what"].startswith("The blast left 12 dead")


def test_the_dead_are_no_strength() -> None:
    assert read("The raid resulted in the deaths of 15 US soldiers in Karbala.", "force-size") == ()


def test_american_soldiers_are_no_body() -> None:
    assert "against" not in roles(only("Two American soldiers were killed at Camp Taji.", "incident"))


@pytest.mark.parametrize(
    "words",
    [
        "Sanctions hurt Iran in 2018.",
        "Anger exploded in Basra.",
        "The minister left Baghdad.",
        "Kata'ib Hezbollah left Basra.",
    ],
)
def test_no_violence(words: str) -> None:
    assert read(words, "incident") == ()


def test_sanctions_on_a_party_are_no_event_beside_the_designation() -> None:
    assert read("The EU lifted its sanctions on the Badr Organization on 3 May 2018.", "event") == ()
    assert read("The Treasury imposed sanctions on a Greek businessman on 3 May 2018.", "event") == ()
    assert read("The United States imposed sanctions on the Quds Force in October 2017.", "event") == ()
    claim = only("The United States declared a ceasefire in June 2019.", "event")
    assert roles(claim)["actor"] == "United States"
