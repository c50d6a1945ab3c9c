"""A case's actor that is a state, and the country as the gazetteer knows it, are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.api.little_case import little_case
from tests.record.told_in_texts import Told, holder, tell

from tocsin.api.read import read_documents
from tocsin.api.record import findings_of_record, open_record_of
from tocsin.api.who import contradictions_case, who_case
from tocsin.case import read_case
from tocsin.record.claim import EntityType, Modality
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.linking import known_names
from tocsin.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.case import Case

ACTORS = """actor_id,name,aliases,type,source_id,basis
iraq,Government of Iraq,the cabinet in Baghdad,state,s,stated
iran,Iran,,state,s,stated
pmf,Popular Mobilization Forces,PMF,paramilitary,s,stated
jordan,Jordan,,armed group,s,stated
"""
ALIGNED = """actor_id,towards,claim,source_id,basis
pmf,iran,aligned with,s,stated
pmf,iran,not aligned with,s,stated
"""
SETTINGS = Settings()


@pytest.fixture
def case(tmp_path: Path) -> Case:
    little_case(tmp_path)
    (tmp_path / "actors.csv").write_text(ACTORS)
    (tmp_path / "sources.csv").write_text("source_id,title\ns,A source\n")
    (tmp_path / "alignments.csv").write_text(ALIGNED)
    (tmp_path / "posts.csv").write_text(
        "person,post,organisation,actor_id,start,source_id,basis\n"
        "Nuri al-Maliki,Prime Minister,Government of Iraq,iraq,2006,s,stated\n"
    )
    return read_case(tmp_path)


def test_a_state_of_the_case_is_known_by_its_code_and_any_other_actor_by_its_own_id(case: Case) -> None:
    knowledge = knowledge_of(case)
    assert knowledge.countries == {"iraq": "IRQ", "iran": "IRN"}
    assert [knowledge.id_of(one) for one in ("iraq", "IRQ", "pmf", "jordan", "nobody")] == [
        "IRQ",
        "IRQ",
        "pmf",
        "jordan",
        None,
    ]
    found = next(knowledge.trie.find("said the cabinet in Baghdad"))
    assert knowledge.entries[found.entry].id == "IRQ"
    assert knowledge.by_id["IRQ"].name == "Iraq"
    assert knowledge.by_id["jordan"].type is EntityType.ORGANISATION
    assert known_names(knowledge)["known:iraq"] == "Iraq"


def test_a_post_of_the_tables_and_one_of_a_text_are_one_row(case: Case) -> None:
    read_documents(case, extractors=("dataset",), settings=SETTINGS)
    with open_record_of(case, settings=SETTINGS) as record:
        tell(record, "note.txt", holder("Nuri al-Maliki", start="2006"))
        assert record.entity("known:iraq") is None
    found = findings_of_record(case, settings=SETTINGS)
    assert found is not None
    said = {post.says.split(": ")[1].lower() for post in found.posts}
    assert said == {"prime minister of iraq"}
    for asked in ("iraq", "IRQ", "Government of Iraq", "the cabinet in Baghdad", "known:iraq"):
        answers = who_case(case, organisation=asked, settings=SETTINGS).answers
        assert {document for a in answers for c in a.group.claims for document in [c.document]} == {
            "note.txt",
            "tables/posts.csv",
        }


def test_a_record_that_knew_them_as_two_joins_them_once_and_it_can_be_taken_back(case: Case) -> None:
    with open_record_of(case, create=True, settings=SETTINGS) as record:
        both = ("known:iraq", EntityType.ORGANISATION), ("known:IRQ", EntityType.PLACE)
        for number, (known, what) in enumerate(both):
            kind, role = ("person-holds-post", "organisation") if number == 0 else ("operates-in", "area")
            roles = {"person": "Omar Saleh", "post": "minister"} if number == 0 else {"organisation": "Badr"}
            told = Told(
                kind,
                f"{' '.join(roles.values())} in Iraq.",
                {**roles, role: "Iraq"},
                values={role: known},
                types={role: what},
            )
            tell(record, f"{number}.txt", told)
    read_documents(case, extractors=("dataset",), settings=SETTINGS)
    with open_record_of(case, settings=SETTINGS) as record:
        joined = record.entity("known:iraq")
        assert joined is not None
        assert joined.members == ("known:IRQ", "known:iraq")
        (line,) = [entry for entry in record.history() if entry.action == "judge"]
        assert "the code IRQ" in line.why
        record.undo(line.entry, by="Ines", why="to see")
    read_documents(case, extractors=("dataset",), again=True, settings=SETTINGS)
    with open_record_of(case, settings=SETTINGS) as record:
        parted = record.entity("known:iraq")
        assert parted is not None
        assert parted.members == ("known:iraq",), "what a person took back is not done again"


def test_headings_have_names_and_no_ids(case: Case) -> None:
    read_documents(case, extractors=("dataset",), settings=SETTINGS)
    found, _ = contradictions_case(case, settings=SETTINGS)
    assert [one.about for one in found] == ["Popular Mobilization Forces: aligned with Iran"]
    brief = findings_of_record(case, settings=SETTINGS)
    assert brief is not None
    assert [one.about for one in brief.disputes] == ["Popular Mobilization Forces: aligned with Iran"]
    (told, _) = who_case(case, name="pmf", settings=SETTINGS).answers
    assert "Popular Mobilization Forces" in told.sentence
    assert {a.group.modality for a in who_case(case, name="pmf", settings=SETTINGS).answers} == {
        Modality.ASSERTED,
        Modality.DENIED,
    }
