"""How far an act has gone: proposed, introduced, in force, changed, lifted, or none at all; sentences written here."""

from __future__ import annotations

import pytest
from tests.record.extract.rules.notes import designations_told


def told(words: str) -> list[tuple[str, str]]:
    return [(who, state) for who, state, *_ in designations_told(words)]


PROPOSED = [
    "The US Treasury is considering designating Omar Haddad.",
    "Officials weigh sanctioning Omar Haddad.",
    "Officials are weighing whether to sanction Omar Haddad.",
    "The White House is mulling sanctions on Omar Haddad.",
    "Washington threatens to sanction Omar Haddad.",
    "Washington threatened sanctions against Omar Haddad.",
    "She urged the EU to sanction Omar Haddad.",
    "Lawmakers urged that the EU designate Omar Haddad.",
    "Omar Haddad could face sanctions.",
    "Omar Haddad may be designated.",
    "Omar Haddad might be sanctioned by the European Union.",
    "The senator called for the designation of Omar Haddad.",
    "The senator called for sanctions on Omar Haddad.",
    "The senator called on Treasury to designate Omar Haddad.",
    "The State Department plans to designate Omar Haddad.",
    "OFAC intends to add Omar Haddad to the SDN List.",
    "The EU should designate Omar Haddad.",
    "Treasury will sanction Omar Haddad.",
    "The EU is expected to sanction Omar Haddad.",
    "The United States proposed the designation of Omar Haddad by the UN 1267 Committee.",
    "The United States asked the UN to designate Omar Haddad.",
    "The State Department is preparing sanctions against Omar Haddad.",
    "Diplomats discussed imposing sanctions on Omar Haddad.",
    "The report recommends designating Omar Haddad.",
    "The House voted to sanction Omar Haddad.",
    "The EU agreed to sanction Omar Haddad.",
    "The United States warned that it would sanction Omar Haddad.",
    "The European Parliament called on the Council to list Omar Haddad as a terrorist group.",
    "Treasury said it was looking at sanctions on Omar Haddad.",
    "Washington stands ready to designate Omar Haddad.",
]
INTRODUCED = [
    "The House passed a bill to sanction Omar Haddad.",
    "Two senators introduced a bill that would sanction Omar Haddad.",
    "The bill would impose sanctions on Omar Haddad.",
    "The Senate committee approved legislation requiring sanctions on Omar Haddad.",
    "A resolution before Congress would require the President to designate Omar Haddad.",
    "Lawmakers tabled an amendment that would designate Omar Haddad as a terrorist group.",
]
IN_FORCE = [
    "Today, OFAC designated Omar Haddad.",
    "The US Treasury designated Omar Haddad in 2018.",
    "On May 2, 2019, the EU imposed sanctions on Omar Haddad.",
    "Omar Haddad has been sanctioned by the United States since 2018.",
    "The State Department added Omar Haddad to the SDN List on May 2, 2019.",
    "OFAC designated Omar Haddad, who planned to attack the port.",
    "OFAC sanctioned Omar Haddad for considering an attack.",
    "After considering the evidence, OFAC designated Omar Haddad.",
    "The US Treasury blacklisted Omar Haddad in 2018.",
    "Britain proscribed Omar Haddad in 2019.",
    "Omar Haddad was reportedly designated by the EU in 2019.",
    "Canada joined the United States in sanctioning Omar Haddad.",
    "The United States re-imposed sanctions on Omar Haddad in 2019.",
    "OFAC took action today targeting Omar Haddad, a cleric.",
]
CHANGED = [
    "On June 5, 2018, the UN 1267 Committee amended its entry for Omar Haddad.",
    "OFAC updated the listing of Omar Haddad on May 2, 2019.",
    "The State Department amended the designation of Omar Haddad to include new aliases.",
    "On May 2, 2019, the European Union amended the listing of Omar Haddad.",
]
LIFTED = [
    "OFAC removed Omar Haddad from the SDN List on May 2, 2019.",
    "Omar Haddad was removed from the SDN List in 2019.",
    "The European Union delisted Omar Haddad in 2019.",
    "Omar Haddad was delisted by the UN 1267 Committee in 2019.",
    "Treasury lifted sanctions on Omar Haddad on May 2, 2019.",
    "The State Department revoked the designation of Omar Haddad in 2019.",
    "The United States lifted its sanctions against Omar Haddad.",
    "Sanctions on Omar Haddad were lifted in 2019.",
]
NONE = [
    "The President waived sanctions on Omar Haddad.",
    "The State Department issued a waiver of sanctions on Omar Haddad.",
    "OFAC issued a general license for dealings with Omar Haddad.",
    "Treasury denied that Omar Haddad had been designated.",
    "Omar Haddad has not been designated.",
    "Omar Haddad was never sanctioned by the United States.",
    "OFAC declined to designate Omar Haddad.",
    "The European Union refused to sanction Omar Haddad.",
    "Treasury stopped short of sanctioning Omar Haddad.",
    "If OFAC designated Omar Haddad, banks would leave the country.",
    "Had OFAC designated Omar Haddad, banks would have left.",
    "The United States has no plans to designate Omar Haddad.",
    "The court dismissed a challenge without sanctioning Omar Haddad.",
    "OFAC authorized transactions with Omar Haddad despite sanctions.",
    "The minister opposed the designation of Omar Haddad.",
    "Instead of sanctioning Omar Haddad, the EU sent a letter.",
    "The State Department waived the sanctions imposed on Omar Haddad.",
    "Diplomats ruled out sanctioning Omar Haddad.",
    "The President vetoed a bill to sanction Omar Haddad.",
    "Reports that OFAC had designated Omar Haddad were false.",
    "The administration has so far resisted calls to designate Omar Haddad.",
    "It would be a mistake to designate Omar Haddad.",
    "Treasury has not ruled out sanctions on Omar Haddad.",
    "OFAC may remove Omar Haddad from the SDN List.",
    "A court ordered the EU to remove Omar Haddad from its sanctions list.",
    "Omar Haddad denied that he had been sanctioned.",
    "The Justice Department named Omar Haddad in an indictment.",
    "Persons that deal with Omar Haddad could face sanctions.",
]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (words, state)
        for state, rows in (
            ("proposed", PROPOSED),
            ("introduced", INTRODUCED),
            ("in force", IN_FORCE),
            ("changed", CHANGED),
            ("lifted", LIFTED),
        )
        for words in rows
    ],
)
def test_the_state_of_an_act(words: str, state: str) -> None:
    assert told(words) == [("Omar Haddad", state)]


@pytest.mark.parametrize("words", NONE)
def test_what_puts_nobody_under_a_measure(words: str) -> None:
    assert told(words) == []
