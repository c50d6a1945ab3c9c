"""What the rules read of structure, command, alignment, places, missions, positions, sizes and incidents."""

from __future__ import annotations

import pytest
from tests.record.extract.rules.other_kinds import only, read, roles

from tocsin.record.claim import Modality


def test_alignment_by_a_joined_word() -> None:
    claim = only("Iranian-backed militias known as the Hashd al-Shaabi hold the road.", "aligned-with")
    assert roles(claim) == {"actor": "Hashd al-Shaabi", "towards": "Iranian", "how": "Iranian-backed"}
    assert (claim.arguments[0].value, claim.arguments[1].value) == ("pmf", "IRN")
    assert claim.modality is Modality.ASSERTED


def test_alignment_denied_for_most_of_a_force() -> None:
    claim = only("Most of the PMF's groups are not aligned with Iran.", "aligned-with")
    assert claim.modality is Modality.DENIED
    assert roles(claim)["actor"] == "PMF"


def test_a_list_neighbour_is_not_aligned_with_it() -> None:
    words = "The Iran-backed Kataib Hezbollah and the Federal Police clashed in Basra."
    assert roles(only(words, "aligned-with"))["actor"] == "Kataib Hezbollah"


@pytest.mark.parametrize(
    ("words", "sides", "how"),
    [
        ("Saudi Arabia and Iran, rivals in the region, met in Baghdad.", ("Saudi Arabia", "Iran"), "rivals"),
        ("The rivalry between Saudi Arabia and Iran shapes the talks.", ("Saudi Arabia", "Iran"), "rivalry"),
        ("Iran backs Kataib Hezbollah.", ("Iran", "Kataib Hezbollah"), "backs"),
        ("Iran provides weapons to the Badr Organization.", ("Iran", "Badr Organization"), "provides weapons to"),
    ],
)
def test_support_and_rivalry(words: str, sides: tuple[str, str], how: str) -> None:
    claim = only(words, "supports")
    assert roles(claim) == {"supporter": sides[0], "supported": sides[1], "how": how}


def test_who_says_that_one_answers_to_another() -> None:
    words = "According to Reuters, officials said that Kataib Hezbollah answers to the Quds Force."
    claim = only(words, "commands")
    assert roles(claim) == {"commanded": "Kataib Hezbollah", "commander": "Quds Force"}
    assert [span.words for span in claim.attributed_to] == ["officials", "Reuters"]
    assert claim.modality is Modality.REPORTED


def test_a_speaker_behind_the_claim() -> None:
    claim = only("Baghdad wants the mission to stay, another diplomat said.", "position-on-question")
    assert (claim.modality, [s.words for s in claim.attributed_to]) == (Modality.REPORTED, ["another diplomat"])
    words = "Most groups of the PMF are not aligned with Iran, the author says."
    assert only(words, "aligned-with").modality is Modality.DENIED


def test_reporting_to_somebody_is_no_speech() -> None:
    claim = only("The Peshmerga, which operates in Erbil, reports to the Ministry of Peshmerga Affairs.", "commands")
    assert (claim.modality, claim.attributed_to) == (Modality.ASSERTED, ())


def test_structure_lists_each_part_and_no_part_of_another() -> None:
    words = "The Popular Mobilization Forces include the Badr Organization, Asaib Ahl al-Haq and Kataib Hezbollah."
    found = [(roles(p)["part"], roles(p)["whole"]) for p in read(words, "organisation-part-of")]
    whole = "Popular Mobilization Forces"
    assert found == [(part, whole) for part in ("Badr Organization", "Asaib Ahl al-Haq", "Kataib Hezbollah")]
    denied = only("The Badr Organization does not belong to the Iraqi army.", "organisation-part-of")
    assert denied.modality is Modality.DENIED


def test_names_side_by_side_are_no_structure() -> None:
    words = "The Badr Organization, the Federal Police and Kataib Hezbollah, among others, sent letters."
    assert read(words, "organisation-part-of") == ()


def test_where_a_group_operates_and_is() -> None:
    words = "Kataib Hezbollah operates in Anbar and Baghdad."
    assert [roles(p)["area"] for p in read(words, "operates-in")] == ["Anbar", "Baghdad"]
    assert only("Al-Qaida in Iraq is not active in Basra.", "operates-in").modality is Modality.DENIED
    assert roles(only("Quds Force is headquartered in Tehran.", "located-at"))["place"] == "Tehran"


def test_three_sites_of_the_mission_are_three_claims() -> None:
    words = "NATO Mission Iraq trains officers. The mission has three sites: Camp Taji, Besmaya and Union III."
    found = read(words, "mission-has-site")
    assert [roles(p)["site"] for p in found] == ["Camp Taji", "Besmaya", "Union III"]
    assert {(p.arguments[0].words, p.arguments[0].step) for p in found} == {("NATO Mission Iraq", "pronoun")}


def test_sites_behind_a_colon_however_they_are_hung() -> None:
    words = "NATO Mission Iraq came back. The mission works at three sites: Baghdad, Taji and Beshmaya."
    assert [roles(p)["site"] for p in read(words, "mission-has-site")] == ["Baghdad", "Taji", "Beshmaya"]


def test_the_mission_is_nobody_where_two_are_named() -> None:
    words = "NATO Mission Iraq and UNAMI met. The mission advises the ministry."
    assert read(words, "mission-has-mandate") == ()


@pytest.mark.parametrize(
    ("words", "task", "modality"),
    [
        ("NATO Mission Iraq advises the Ministry of Defence.", "advises the Ministry of Defence", Modality.ASSERTED),
        ("NATO Mission Iraq is mandated to train Iraqi instructors.", "train Iraqi instructors", Modality.ASSERTED),
        ("NATO Mission Iraq does not conduct combat operations.", "conduct combat operations", Modality.DENIED),
        ("The mandate of NATO Mission Iraq is to advise officials.", "advise officials", Modality.ASSERTED),
    ],
)
def test_mandates(words: str, task: str, modality: Modality) -> None:
    claim = only(words, "mission-has-mandate")
    assert (roles(claim)["task"], claim.modality) == (task, modality)


@pytest.mark.parametrize(
    ("words", "actor", "position", "stance"),
    [
        ("Germany opposes ending the mission.", "Germany", "opposes ending the mission", "against"),
        (
            "Baghdad wants the mission to stay until September.", "Baghdad",
            "wants the mission to stay until September", "for",
        ),
        (
            "Turkey would accept the extension if the training moved to Erbil.", "Turkey",
            "would accept the extension if the training moved to Erbil", "conditional",
        ),
    ],
)  # fmt: skip
def test_positions_held(words: str, actor: str, position: str, stance: str) -> None:
    claim = only(words, "position-on-question")
    assert (roles(claim), claim.stance) == ({"actor": actor, "position": position}, stance)
    assert claim.arguments[0].type == "state"


def test_a_condition_that_another_tells_is_reported() -> None:
    words = "Turkey would accept the extension if the training moved to Erbil, one diplomat said."
    claim = only(words, "position-on-question")
    assert (claim.stance, claim.modality) == ("conditional", Modality.REPORTED)


@pytest.mark.parametrize(
    "words",
    [
        "NATO should withdraw its trainers.",
        "The United States threatened to withdraw its troops.",
        "No one advocates withdrawal from Iraq.",
        "Analysts say France should oppose the plan.",
        "Germany and Turkey should support the mission.",
    ],
)
def test_no_positions_held(words: str) -> None:
    assert read(words, "position-on-question") == ()


@pytest.mark.parametrize(
    ("words", "force", "bounds", "referent"),
    [
        ("The Badr Organization has 3,000 to 4,000 fighters.", "Badr Organization", (3000, 4000), "fighters"),
        ("NATO Mission Iraq has about 500 trainers in Baghdad.", "NATO Mission Iraq", (500, 500), "trainers"),
        ("Some 2,500 US troops are stationed in Iraq.", "US", (2500, 2500), "troops"),
        ("The Federal Police has more than 900 vehicles.", "Federal Police", (900, None), "vehicles"),
        ("Up to 6,000 PMF fighters remain in Sinjar.", "PMF", (None, 6000), "fighters"),
    ],
)
def test_force_sizes(words: str, force: str, bounds: tuple[float | None, float | None], referent: str) -> None:
    claim = only(words, "force-size")
    (number,) = claim.numbers
    assert (roles(claim)["force"], (number.low, number.high), number.referent) == (force, bounds, referent)


@pytest.mark.parametrize(
    "words",
    [
        "The coalition trained 20,000 Iraqi soldiers.",
        "Islamic State killed 2,500 Iraqi soldiers near Tikrit.",
        "At least 40 people were killed in Baghdad.",
        "In 2014 troops left the town of Mosul.",
    ],
)
def test_no_force_sizes(words: str) -> None:
    assert read(words, "force-size") == ()


def test_an_incident_with_its_toll_and_date() -> None:
    words = "At least 40 people were killed when Islamic State attacked a market in Baghdad on 3 January 2016."
    claim = only(words, "incident")
    (number,) = claim.numbers
    assert (number.low, number.high, number.referent) == (40, None, "people killed")
    assert roles(claim) == {"what": "Islamic State attacked a market", "by": "Islamic State", "place": "Baghdad"}
    assert str(claim.dates.first_seen) == "2016-01-03"


def test_what_may_happen_is_no_incident_and_no_private_person_is_named() -> None:
    assert read("Islamic State may attack Baghdad.", "incident") == ()
    assert read("John Smith was killed in Mosul.", "incident") == ()


def test_a_surname_taken_for_a_body_is_still_a_person() -> None:
    words = "Amin Barzan runs shops in Erbil. Barzan supports the Badr Organization."
    assert read(words, "supports") == ()


def test_what_is_only_rumoured_is_reported() -> None:
    claim = only("The office is shocked by reports that Islamic State attacked Erbil.", "incident")
    assert claim.modality is Modality.REPORTED


def test_victims_are_no_attackers() -> None:
    claim = only("The raid saw 120 Iraqi soldiers killed in Mosul.", "incident")
    assert "by" not in roles(claim)


def test_an_event_needs_a_date() -> None:
    claim = only("Islamic State seized Mosul in June 2014.", "event")
    assert (roles(claim)["actor"], str(claim.dates.first_seen)) == ("Islamic State", "2014-06")
    assert read("Islamic State seized Mosul.", "event") == ()


def test_nothing_is_guessed_without_a_parse() -> None:
    assert read("Germany opposes ending the mission.", "position-on-question", model=False) == ()
    assert read("Iran backs Kataib Hezbollah.", "supports", model=False) == ()
