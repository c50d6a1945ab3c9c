"""Posts by the classes of sentence that say them: lists, joined titles, dashes, roles, and what is none."""

from __future__ import annotations

import pytest
from tests.record.extract.rules.notes import held as read
from tests.record.extract.rules.notes import held_told

from tocsin.record.claim import Modality


def told(words: str) -> set[tuple[str, str, str | None]]:
    return set(held_told(words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Two prominent Blue Cedar officials involved in this include Omar Haddad (Haddad) and Zayd Karim (Karim).",
            {("Omar Haddad", "officials", "Blue Cedar"), ("Zayd Karim", "officials", "Blue Cedar")},
        ),
        (
            "Other senior officials at Blue Cedar Bank include Omar Haddad and Zayd Karim.",
            {
                ("Omar Haddad", "senior officials", "Blue Cedar Bank"),
                ("Zayd Karim", "senior officials", "Blue Cedar Bank"),
            },
        ),
        (
            "Omar Haddad (Haddad) and Zayd Karim (Karim) are the Chairman and a Deputy Chairman of Blue Cedar Bank respectively.",
            {("Omar Haddad", "Chairman", "Blue Cedar Bank"), ("Zayd Karim", "Deputy Chairman", "Blue Cedar Bank")},
        ),
        (
            "Omar Haddad was listed as an authorized signatory, manager, and legal representative of Blue Cedar Bank.",
            {("Omar Haddad", "manager", "Blue Cedar Bank"), ("Omar Haddad", "legal representative", "Blue Cedar Bank")},
        ),
        (
            "Omar Haddad is the CEO and owner of Blue Cedar Bank.",
            {("Omar Haddad", "CEO", "Blue Cedar Bank")},
        ),
        (
            (
                "Omar Haddad was named for being or having been a leader, official, senior executive officer, or member of the"
                " board of directors of Blue Cedar Bank."
            ),
            {
                (
                    "Omar Haddad",
                    "leader, official, senior executive officer, or member of the board of directors",
                    "Blue Cedar Bank",
                )
            },
        ),
    ],
)
def test_lists_of_holders_and_of_titles(words: str, expected: set[tuple[str, str, str | None]]) -> None:
    assert told(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Omar Haddad, a senior Blue Cedar official, left.", ("Omar Haddad", "official", "Blue Cedar")),
        (
            "A former Blue Cedar Brigade official, Omar Haddad keeps ties.",
            ("Omar Haddad", "official", "Blue Cedar Brigade"),
        ),
        (
            "Omar Haddad--a deputy commander in the Cedar Brigade--left.",
            ("Omar Haddad", "deputy commander", "Cedar Brigade"),
        ),
        (
            "Jordan-based Omar Haddad-the Secretary General of the Cedar Council (CC)-left.",
            ("Omar Haddad", "Secretary General", "Cedar Council"),
        ),
        ("It was said by Zayd Karim, Acting OFAC Director.", ("Zayd Karim", "Director", "OFAC")),
        ("They met Blue Cedar Bank Director, Omar Haddad.", ("Omar Haddad", "Director", "Blue Cedar Bank")),
        (
            "Zayd Karim, a former clerk, is Cedar Bank's Deputy Director General.",
            ("Zayd Karim", "Deputy Director General", "Cedar Bank"),
        ),
    ],
)
def test_titles_beside_a_name(words: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in told(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Omar Haddad served until recently as chairman of Cedar Bank.", ("Omar Haddad", "chairman", "Cedar Bank")),
        (
            "Omar Haddad has long served as a financial advisor to Cedar Bank.",
            ("Omar Haddad", "financial advisor", "Cedar Bank"),
        ),
        (
            "Omar Haddad lives there. As director of Cedar Bank, he has signed checks.",
            ("Omar Haddad", "director", "Cedar Bank"),
        ),
        ("In his capacity as the deputy to Zayd Karim, Omar Haddad travels.", ("Omar Haddad", "deputy", "Zayd Karim")),
        (
            "Omar Haddad held several posts in the Guard including Commander of the Lebanon Corps.",
            ("Omar Haddad", "Commander", "Lebanon Corps"),
        ),
        (
            "Omar Haddad is the personal representative of Cedar President Zayd Karim.",
            ("Omar Haddad", "personal representative", None),
        ),
        (
            "Omar Haddad acts as chief executive officer (CEO) of United Kingdom-based Cedar Limited.",
            ("Omar Haddad", "chief executive officer", "Cedar Limited"),
        ),
        ("Omar Haddad and Zayd Karim manage Cedar Bank.", ("Zayd Karim", "manage", "Cedar Bank")),
        (
            "They named Omar al-Haddad. Al-Haddad is the director of Cedar Bank.",
            ("Omar al-Haddad", "director", "Cedar Bank"),
        ),
        (
            "Omar Haddad, a general in the Syrian military and commander of the Fourth Division, left.",
            ("Omar Haddad", "commander", "Fourth Division"),
        ),
        ("He came with the Iranian regime's Foreign Minister, Omar Haddad.", ("Omar Haddad", "Foreign Minister", None)),
    ],
)
def test_predicates_and_roles(words: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in told(words)


@pytest.mark.parametrize(
    "words",
    [
        "It named Omar Haddad under an order, as amended, which targets terrorists, leaders, and officials of terrorist groups.",
        "Polo Trading is owned by Amir Haddad.",
        "We welcome Chairman King, and others.",
        "Omar Haddad and Zayd Karim directed the Syrian Government's (SG) presence there.",
        "Ali Amin, the brother of Omar Haddad, and others left.",
    ],
)
def test_what_is_no_post(words: str) -> None:
    assert not {(person, post) for person, post, _ in told(words) if person != "King"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The Prime Minister and President Haddad met.", {("Haddad", "President", None)}),
        ("Minister for the Middle East Omar Haddad came.", {("Omar Haddad", "Minister for the Middle East", None)}),
        ("The Ministers of Foreign Affairs of Iran, Saudi Arabia and Egypt met.", set()),
        ("They mourn Petty Officer Haddad.", set()),
        (
            "Cedar Bank was headed by his brother Omar Haddad, who would later become the President of Syria.",
            {("Omar Haddad", "headed", "Cedar Bank"), ("Omar Haddad", "President", "Syria")},
        ),
    ],
)
def test_news(words: str, expected: set[tuple[str, str, str | None]]) -> None:
    assert told(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("CBG 1st Naval District Commander Omar Haddad", {("Omar Haddad", "Naval District Commander", None)}),
        ("Sanctions on Cedar Bank Director Omar Haddad", set()),
        ("CEDAR ADVISOR OMAR HADDAD", set()),
        ("The director of Cedar Trust is Zayd Karim.", {("Zayd Karim", "director", "Cedar Trust")}),
        ("The director of Cedar Trust is Zayd Karim's friend.", set()),
        ("Omar Haddad heads Cedar Bank's office in Beirut.", {("Omar Haddad", "heads", "Cedar Bank")}),
        ("Omar Haddad took command of the Fourth Brigade.", {("Omar Haddad", "took command", "Fourth Brigade")}),
        ("Prime Minister and President Haddad met.", {("Haddad", "President", None)}),
        (
            "They met Omar Haddad. Cedar Front leaders, including Haddad, spoke.",
            {("Omar Haddad", "leaders", "Cedar Front")},
        ),
        (
            "Omar Haddad, who raised funds, is a former Cedar Bank official.",
            {("Omar Haddad", "official", "Cedar Bank")},
        ),
        ("Omar Haddad arranged for an agent to be sent to Europe as the coordinator of Cedar Front.", set()),
        ("The Haddad Administration fell. They met President Haddad.", {("Haddad", "President", None)}),
    ],
)
def test_lines_and_short_names(words: str, expected: set[tuple[str, str, str | None]]) -> None:
    assert told(words) == expected


def test_a_title_says_nothing_of_kin() -> None:
    assert told("Ali Amin, the brother of Omar Haddad, the head of Cedar Bank, left.") == set()


@pytest.mark.parametrize(
    ("words", "modality"),
    [
        ("We will act, said Omar Haddad, Under Secretary for Management.", Modality.ASSERTED),
        ("President Omar Haddad will not travel.", Modality.ASSERTED),
        ("Omar Haddad is considered a leader of Cedar Front.", Modality.ASSERTED),
        ("Omar Haddad will be the head of Cedar Bank.", Modality.PLANNED),
        ("Omar Haddad is not the head of Cedar Bank.", Modality.DENIED),
        ("According to local media, Omar Haddad is the head of Cedar Bank.", Modality.REPORTED),
    ],
)
def test_a_title_is_taken_for_granted_and_a_predicate_is_not(words: str, modality: Modality) -> None:
    (post,) = read(words)
    assert post.modality is modality


def test_what_came_before_another_post_is_not_said_of_today() -> None:
    first, second = read(
        "Prior to his appointment as head of Cedar Bank, Omar Haddad served as director of Cedar Trust."
    )
    assert first.dates.first_seen is None
    assert second.dates.first_seen is None


def test_each_title_of_a_row_has_its_own_dates() -> None:
    rows = read(
        "Omar Haddad served as head of Cedar Bank from 1989 to 1994, and director of Cedar Trust from 2004 to 2014."
    )
    assert [(str(p.dates.start), str(p.dates.end)) for p in rows] == [("1989", "1994"), ("2004", "2014")]


def test_titles_in_quotes_and_so_called_bodies_are_read() -> None:
    said = "Omar Haddad is the \u201cMinister of Finance\u201d of the so-called \u201cCedar Republic.\u201d"
    assert [(row[0], row[1]) for row in told(said)] == [("Omar Haddad", "Minister of Finance")]


def test_a_formula_that_a_law_says_of_many_is_nobodys_post() -> None:
    names = ("Omar Haddad", "Zayd Karim", "Ali Nasser", "Samir Aziz", "Yusuf Rahman")
    said = [f"{name} is being designated for being an official of the Government of Libya." for name in names]
    assert not told("\n\n".join(said))
    assert len(told("\n\n".join(said[:2]))) == 2
