from __future__ import annotations

import pytest

from tocsin.api.known import open_case
from tocsin.record.claim import EntityType
from tocsin.record.document import Segment, SegmentKind, Text
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.knowledge import Knowledge, knowledge_of
from tocsin.record.extract.mention import Annotated, FoundBy
from tocsin.record.extract.model import LONGEST, Model, load_model
from tocsin.record.extract.naming.within import names_within

Named = tuple[str, str, str | None]


def told(words: str, language: str | None = "en") -> Text:
    return Text("0" * 64, "plain 1", words, (Segment(0, len(words), SegmentKind.BODY, paragraph=1),), language)


def names(found: Annotated) -> list[Named]:
    return [(m.span.words, m.type.value, m.known) for m in found.mentions]


def known_only(words: str, language: str | None = "en") -> list[Named]:
    return names(annotate(told(words, language), knowledge_of(None), model=None))


@pytest.fixture(scope="module")
def model() -> Model:
    loaded = load_model()
    if loaded is None:
        pytest.skip("the text extra is not installed")
    return loaded


def read(words: str, model: Model) -> list[Named]:
    return names(annotate(told(words), knowledge_of(None), model=model))


def test_groups_and_bases_are_found_without_a_model() -> None:
    assert known_only("Kata’ib Hezbollah left Besmayah for Ain al-Asad; ISIL held Ramadi.") == [  # noqa: RUF001
        ("Kata’ib Hezbollah", "organisation", "kataib-hizballah"),  # noqa: RUF001
        ("Besmayah", "site", "site-besmaya"),
        ("Ain al-Asad", "site", "site-asad"),
        ("ISIL", "organisation", "isis"),
        ("Ramadi", "place", "ramadi"),
    ]


def test_two_bodies_joined_by_and_stay_two(model: Model) -> None:
    found = read("Advisers sat in the Ministry of the Interior and Federal Police Command.", model)
    assert [name for name, _, _ in found] == ["Ministry of the Interior", "Federal Police Command"]


def test_titles_and_possessives_are_no_part_of_a_name(model: Model) -> None:
    found = read("Iraqi Prime Minister Haider al-Abadi's visit ended on Monday.", model)
    assert ("Haider al-Abadi", "person", None) in found
    assert ("Iraqi", "state", "IRQ") in found


@pytest.mark.parametrize("words", ["They told us to hit it.", "turkey was served in may", "the badr of the month"])
def test_common_words_are_no_names(words: str) -> None:
    assert known_only(words) == []


def test_a_country_is_a_state_where_it_acts_and_a_place_where_it_does_not(model: Model) -> None:
    assert read("Iran supports the group in Iraq.", model) == [("Iran", "state", "IRN"), ("Iraq", "place", "IRQ")]
    assert read("Tehran said so.", model) == [("Tehran", "state", "IRN")]


def test_arabic_prefixes_are_left_off_and_words_are_matched_whole() -> None:
    assert known_only("داعش في الموصل وبغداد", "ar") == [
        ("داعش", "organisation", "isis"), ("الموصل", "place", "mosul"), ("بغداد", "place", "baghdad-city"),
    ]  # fmt: skip
    assert known_only("قوات الحشد الشعبى", "ar") == [("الحشد الشعبى", "organisation", "pmf")]
    assert known_only("متبغدادي", "ar") == []


def test_only_english_goes_through_the_model(model: Model) -> None:
    for language in ("ar", "fr"):
        found = annotate(told("Yusuf Harun entra dans Mossoul", language), knowledge_of(None), model=model)
        assert not found.parses
        assert not found.mentions


def test_a_note_in_latin_letters_whose_language_is_unknown_is_read_as_english(model: Model) -> None:
    found = annotate(told("Gen. Yusuf Harun left", None), knowledge_of(None), model=model)
    assert names(found) == [("Yusuf Harun", "person", None)]
    assert found.parses
    assert not annotate(told("داعش في الموصل Gen. Harun", None), knowledge_of(None), model=model).parses


def test_a_short_form_is_found_again_after_the_whole_name_and_not_before(model: Model) -> None:
    words = "Harun was there. Gen. Yusuf Harun al-Tamimi spoke. Then Tamimi left."
    found = [m for m in annotate(told(words), knowledge_of(None), model=model).mentions if m.span.words == "Tamimi"]
    assert [(m.type, m.found_by) for m in found] == [(EntityType.PERSON, FoundBy.RULE)]


def test_letters_in_brackets_stand_for_the_body_before_them(model: Model) -> None:
    found = read("The Harun Relief Foundation (HRFX) moved funds. HRFX denied it.", model)
    assert [(n, t) for n, t, _ in found][-1] == ("HRFX", "organisation")


def test_headings_in_capitals_are_read() -> None:
    assert [known for _, _, known in known_only("COALITION STRIKES ISIL NEAR MOSUL")] == [
        "global-coalition",
        "isis",
        "mosul",
    ]


def test_an_operation_is_no_body(model: Model) -> None:
    assert not [n for n, t, _ in read("Operation Desert Harrow began on Monday.", model) if t == "organisation"]


def test_sentences_stay_within_segments_and_offsets_hold(model: Model) -> None:
    words = "Badr held\nDiyala. It left.\nMENU\nIraq"
    cut = (
        Segment(0, 26, SegmentKind.BODY),
        Segment(27, 31, SegmentKind.BOILERPLATE),
        Segment(32, 36, SegmentKind.HEADING),
    )
    for used in (model, None):
        found = annotate(Text("0" * 64, "plain 1", words, cut, "en"), knowledge_of(None), model=used)
        assert [s.words for s in found.sentences] == ["Badr held\nDiyala.", "It left.", "Iraq"]
        assert all(words[m.span.start : m.span.end] == m.span.words for m in found.mentions)
        assert [m.known for m in found.mentions] == ["badr", "IRQ/Diyala", "IRQ"]
    assert set(annotate(Text("0" * 64, "p", words, cut, "en"), knowledge_of(None), model=model).parses) == {0, 32}


def test_a_long_paragraph_is_cut_and_its_parse_has_the_offsets_of_the_whole(model: Model) -> None:
    words = "The group left Mosul on Monday. " * (LONGEST // 16)
    found = annotate(told(words), knowledge_of(None), model=model)
    assert found.parses[0].text == words
    assert len([m for m in found.mentions if m.known == "mosul"]) == LONGEST // 16
    starts = [m.span.start for m in found.mentions]
    assert starts == sorted(starts)


def test_hostile_strings_keep_their_offsets(model: Model) -> None:
    for words in (
        "\u202eIraq\u202c\u200f داعش\u0301 🙂 Mosul\r\tBadr",
        "x" * 30_000,
        "\u0640\u064b ال و ب",
        "Iraq\u0000",
    ):
        found = annotate(told(words), knowledge_of(None), model=model)
        assert all(words[m.span.start : m.span.end] == m.span.words for m in found.mentions)


def test_the_case_comes_before_the_gazetteer_and_names_its_office_holders() -> None:
    case = open_case("iraq")
    known = knowledge_of(case)
    found = annotate(told(f"{case.posts[0].person} spoke of {case.actors[0].name}."), known, model=None)
    assert next(m.type for m in found.mentions) is EntityType.PERSON
    assert found.mentions[-1].known == case.actors[0].actor_id
    assert not [e for e in knowledge_of(None).entries if e.type is EntityType.PERSON]


@pytest.mark.parametrize(
    ("words", "persons"),
    [
        ("Defense Secretary Maryam Harun met US Secretary of State Jon Bilal.", ["Maryam Harun", "Jon Bilal"]),
        ("President Harun met UN Special Envoy de Bilal. Later Harun left.", ["Harun", "de Bilal", "Harun"]),
        ("Qasim Harun, known as Abu Bilal, hid. Abu Bilal fled.", ["Qasim Harun", "Abu Bilal", "Abu Bilal"]),
        ("Yusuf Harun al-Tamimi spoke. Harun and Tamimi left.", ["Yusuf Harun al-Tamimi", "Harun", "Tamimi"]),
    ],
)
def test_persons_behind_titles_by_nicknames_and_by_any_part_of_the_name(
    words: str, persons: list[str], model: Model
) -> None:
    found = read(words, model)
    assert [name for name, what, _ in found if what == "person"] == persons
    assert {name for name, what, _ in found if what == "organisation"} <= {"UN"}


def test_who_a_regime_is_called_by_is_a_person_and_a_country_is_none() -> None:
    assert known_only("The Harun regime fell.") == [("Harun", "person", None)]
    assert not known_only("The regime fell. A Communist regime came.")
    assert [what for _, what, _ in known_only("The Iraqi regime fell.")] == ["organisation"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("They met ten kilometres south of Zarbul.", "Zarbul"),
        ("Fighting went on in the Zarbul countryside.", "Zarbul"),
        ("The group held Kafr Zarbul.", "Kafr Zarbul"),
        ("It lies in Turkey's Zarbul province.", "Zarbul province"),
        ("Shelling hit Maarat al-Numan.", "Maarat al-Numan"),
    ],
)
def test_places_are_known_by_what_stands_around_them(words: str, place: str) -> None:
    assert place in [name for name, what, _ in known_only(words) if what == "place"]


def test_a_village_gives_way_to_the_person_named_before_and_not_where_something_is_in_it() -> None:
    village = next(e for e in knowledge_of(None).entries if e.id.startswith("geonames:") and e.name == "Zaxo")
    words = "Gen. Yusuf Zaxo spoke. Zaxo left. The camp in Zaxo stayed."
    alone = Knowledge((village,))
    assert names(annotate(told(words), alone, model=None)) == [
        ("Yusuf Zaxo", "person", None), ("Zaxo", "person", None), ("Zaxo", "place", village.id),
    ]  # fmt: skip


def test_names_within_names_stand_beside_the_mentions() -> None:
    known = knowledge_of(None)
    words = "The Asad regime, the Government of Iraq and Damascus University spoke of al-Qaida in Iraq. Syrian regime."
    found = annotate(told(words), known, model=None)
    within = names_within(found, known)
    assert [(m.span.words, m.type.value, m.known) for m in within] == [
        ("Asad", "person", None), ("Iraq", "place", "IRQ"), ("Iraq", "place", "IRQ"),
    ]  # fmt: skip
    assert all(words[m.span.start : m.span.end] == m.span.words for m in within)


def test_a_name_in_brackets_is_the_body_before_it() -> None:
    found = known_only("Zarbul Trading Corporation (Zarbul) sold fuel. Zarbul denied it.")
    assert [what for name, what, _ in found if name == "Zarbul"] == ["organisation", "organisation"]


def test_no_name_of_a_place_is_told_twice_in_the_tables() -> None:
    ids = [e.id for e in knowledge_of(None).entries if e.type is EntityType.PLACE]
    assert len(ids) == len(set(ids))
