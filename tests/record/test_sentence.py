"""Claims as people read them: nothing said twice, no word left hanging, titles and names as readers know them."""

from __future__ import annotations

import pytest

from tocsin.record.claim import Argument, EntityType, Modality, Proposal, Span
from tocsin.record.sentence import sentence

WORDS, ORGANISATION, STATE = EntityType.WORDS, EntityType.ORGANISATION, EntityType.STATE


def claim(kind: str, quote: str, modality: Modality = Modality.ASSERTED, **roles: tuple[EntityType, str]) -> Proposal:
    arguments = tuple(
        Argument(role, what, Span.of(quote, quote.index(words), quote.index(words) + len(words)))
        for role, (what, words) in roles.items()
    )
    return Proposal(kind, "0", Span(0, len(quote), quote), arguments, "rules 1", modality)


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("operates in", "Badr operates in Anbar"),
        ("operating across", "Badr operates in Anbar"),
        ("fights in", "Badr operates in Anbar: fights"),
        ("holds", "Badr operates in Anbar: holds"),
    ],
)
def test_a_detail_that_repeats_the_verb_is_left_out(role: str, said: str) -> None:
    told = claim(
        "operates-in", f"Badr {role} Anbar", organisation=(ORGANISATION, "Badr"), area=(EntityType.PLACE, "Anbar"),
        role=(WORDS, role),
    )  # fmt: skip
    assert sentence(told) == said


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("backed by", "PMF: backed by Iran (denied)"),
        ("aligned with", "PMF: aligned with Iran (denied)"),
        ("Iran-backed", "PMF, aligned with Iran: Iran-backed (denied)"),
    ],
)
def test_alignment_in_the_words_of_the_text(how: str, said: str) -> None:
    quote = f"PMF is not {how} by Iran"
    told = claim(
        "aligned-with", quote, Modality.DENIED, actor=(ORGANISATION, "PMF"), towards=(STATE, "Iran"), how=(WORDS, how)
    )
    assert sentence(told) == said


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("provides weapons to", "Iran provides weapons to Badr"),
        ("armed by", "Badr: armed by Iran"),
        ("rivals", "Iran and Badr: rivals"),
        ("backs", "Iran supports Badr: backs"),
        ("supports", "Iran supports Badr"),
    ],
)
def test_support_and_rivalry(how: str, said: str) -> None:
    told = claim(
        "supports", f"Iran {how} Badr", supporter=(STATE, "Iran"), supported=(ORGANISATION, "Badr"), how=(WORDS, how)
    )
    assert sentence(told) == said


def test_what_the_words_say_already_is_not_said_again() -> None:
    quote = "The attack in Kirkuk killed 12 people, and Badr left Mosul"
    what = (WORDS, "The attack in Kirkuk killed 12 people")
    told = claim("incident", quote, what=what, place=(EntityType.PLACE, "Kirkuk"), by=(ORGANISATION, "Badr"))
    assert sentence(told) == "The attack in Kirkuk killed 12 people, by Badr"
    told = claim("incident", quote, what=what, place=(EntityType.PLACE, "Mosul"))
    assert sentence(told) == "The attack in Kirkuk killed 12 people at Mosul"


def test_an_institution_in_the_task_is_not_named_twice() -> None:
    told = claim(
        "mission-has-mandate", "NMI advises the Ministry", mission=(EntityType.MISSION, "NMI"),
        task=(WORDS, "advises the Ministry"), institution=(ORGANISATION, "Ministry"),
    )  # fmt: skip
    assert sentence(told) == "NMI: advises the Ministry"


def test_an_office_is_shown_by_its_title_and_a_demonym_by_the_name_that_the_caller_gives() -> None:
    quote = "Iraqi leaders Ali Hasan and Omar Saleh"
    person = Argument("person", EntityType.PERSON, Span.of(quote, 14, 23))
    post = Argument("post", EntityType.OFFICE, Span.of(quote, 6, 13), value="leader")
    state = Argument("organisation", STATE, Span.of(quote, 0, 5), value="known:IRQ")
    told = Proposal("person-holds-post", "0", Span(0, len(quote), quote), (person, post, state), "rules 1")
    assert sentence(told) == "Ali Hasan: leader of Iraqi"
    assert sentence(told, names={2: "Iraq"}) == "Ali Hasan: leader of Iraq"
