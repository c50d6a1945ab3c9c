"""Which law each party has where a text tells several, and whose names are submitted to be listed, in notes written here."""

from __future__ import annotations

from tests.record.extract.rules.notes import DAY, designations
from tests.record.extract.rules.notes import designations_told as told

OPENING = (
    "Today, OFAC designated three men and two firms.\n\n"
    "Today's actions are pursuant to authority provided under E.O. 13661 and E.O. 13662.\n\n"
)


def laws(words: str) -> dict[str, list[str]]:
    return {row[0]: row[4] for row in told(words)}


def test_a_party_has_the_law_that_is_told_with_its_reason() -> None:
    said = OPENING + (
        "Omar Haddad is being designated pursuant to E.O. 13662 for operating in the energy sector of the country.\n\n"
        "Zayd Karim is being designated for operating in the energy sector of the country."
    )
    assert laws(said) == {"Omar Haddad": ["eo 13662"], "Zayd Karim": ["eo 13662"]}


def test_a_firm_has_the_law_of_its_owner_and_so_has_what_it_owns() -> None:
    said = OPENING + (
        "Cedar Trading Company is being designated for being owned or controlled by Cedar Holding Company.\n\n"
        "Cedar Holding Company is being designated for being owned or controlled by Omar Haddad.\n\n"
        "Omar Haddad is being designated pursuant to E.O. 13661 for arming the cell."
    )
    assert set(map(tuple, laws(said).values())) == {("eo 13661",)}
    assert len(laws(said)) == len(("Trading", "Holding", "Haddad"))


def test_a_party_of_which_nothing_tells_which_law_keeps_those_of_all() -> None:
    said = OPENING + "Omar Haddad is being designated for arming the cell."
    assert laws(said) == {"Omar Haddad": ["eo 13661", "eo 13662"]}


def test_a_heading_tells_the_law_of_those_under_it() -> None:
    said = (
        "Today, OFAC designated two men under two Executive Orders.\n\n"
        "## Designations of Smugglers (E.O. 13660)\n\nOmar Haddad is being designated for arming the cell.\n\n"
        "## Designations of Bankers (E.O. 13661)\n\nZayd Karim is being designated for funding the cell."
    )
    assert laws(said) == {"Omar Haddad": ["eo 13660"], "Zayd Karim": ["eo 13661"]}


def test_todays_global_terrorists_have_the_order_that_the_text_names() -> None:
    said = (
        "Today, Treasury designated Omar Haddad as a Specially Designated Global Terrorist.\n\n"
        "Under E.O. 13224 no one may deal with those who support terrorists."
    )
    assert laws(said) == {"Omar Haddad": ["eo 13224"]}
    assert laws(said.replace("E.O. 13224", "E.O. 13382")) == {"Omar Haddad": []}


def test_a_law_that_blocks_all_assets_is_that_of_todays_act() -> None:
    said = (
        "The Treasury Department today added Cedar Bank to its Specially Designated Nationals list.\n\n"
        "Pursuant to E.O. 13460, any assets in the names of Cedar Bank are blocked."
    )
    assert laws(said)["Cedar Bank"] == ["eo 13460"]


def test_names_submitted_to_the_united_nations_are_proposed() -> None:
    said = (
        "Today, Treasury designated Omar Haddad and Zayd Karim under E.O. 13224.\n\n"
        "The United States is submitting both names to the United Nations 1267 Committee.\n\n"
        "They meet the standard for inclusion in the list because of the support given to the cell."
    )
    proposed = [p for p in designations(said) if p.state is not None and p.state.value == "proposed"]
    assert [p.first("who").words for p in proposed if p.first("who")] == ["Omar Haddad", "Zayd Karim"]  # type: ignore[union-attr]
    assert all(str(p.dates.first_seen) == DAY for p in proposed)
    assert all("because of the support" in " ".join(a.words for a in p.arguments) for p in proposed)


def test_both_names_are_not_one_or_three() -> None:
    said = (
        "Today, Treasury designated Omar Haddad under E.O. 13224.\n\n"
        "The United States is submitting both names to the United Nations 1267 Committee."
    )
    assert [row[1] for row in told(said)] == ["in force"]


def test_a_name_submitted_by_itself_is_proposed() -> None:
    said = (
        "Today, Treasury designated Zayd Karim under E.O. 13224.\n\n"
        "The United States is submitting Omar Haddad to the United Nations 1267 Committee."
    )
    assert [row[:2] for row in told(said)] == [("Zayd Karim", "in force"), ("Omar Haddad", "proposed")]


def test_the_form_of_a_firm_belongs_to_its_name() -> None:
    assert list(laws("Ladoga Cedar, OOO was designated today under E.O. 13661.")) == ["Ladoga Cedar, OOO"]


def test_when_somebody_is_designated_tells_no_act() -> None:
    assert told("When a target is designated by the U.N. Committee, Cedar Bank must freeze its assets.") == []


def test_weeks_ago_and_a_month_without_a_year_are_dated() -> None:
    said = "Two weeks ago, OFAC designated Omar Haddad. In July, OFAC designated Zayd Karim."
    assert [row[2] for row in told(said)] == ["2020-05", "2019-07"]


def test_a_title_of_another_text_with_its_address_tells_nothing() -> None:
    said = "Omar Haddad's Cedar Circle Designated by Treasury"
    assert told(f"Today, Treasury designated Zayd Karim.\n\n{said}https://example.org/one")[1:] == []
