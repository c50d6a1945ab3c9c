"""FollowTheMoney lines: one statement a source, what is no fact is a note, and the library itself takes every line whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tocsin.record.claim import ClaimStatus
from tocsin.record.export import Selection, write_export
from tocsin.record.export.ftm import id_of

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.store import Record


def lines_of(record: Record, path: Path, **told: Any) -> list[dict[str, Any]]:
    write_export(record, path, form="ftm", **told)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def lines(record: Record, tmp_path: Path) -> list[dict[str, Any]]:
    return lines_of(record, tmp_path / "out.json", urls={"s1": "https://example.org/gazette/7"})


def of_schema(lines: list[dict[str, Any]], schema: str) -> list[dict[str, Any]]:
    return [line["properties"] for line in lines if line["schema"] == schema]


def test_two_sources_saying_the_same_stay_two_statements_on_one_person(lines: list[dict[str, Any]]) -> None:
    posts = of_schema(lines, "Occupancy")
    assert len(posts) == 2
    assert len({tuple(post["holder"]) for post in posts}) == 1, "judged to be the same"
    assert len({tuple(post["proof"]) for post in posts}) == 2
    assert len(of_schema(lines, "Person")) == 1


def test_a_statement_has_its_quote_its_claim_and_where_it_was_published(
    lines: list[dict[str, Any]], record: Record
) -> None:
    (claim,) = record.claims(kind="person-holds-post", status=ClaimStatus.ACCEPTED)
    (line,) = [line for line in lines if line["id"] == claim.claim_id]
    said = line["properties"]
    assert said["summary"] == [claim.quote.words]
    assert said["recordId"] == [claim.claim_id]
    assert said["sourceUrl"] == ["https://example.org/gazette/7"]
    assert said["publisher"] == ["The Gazette"]
    assert said["date"] == ["2019-05-03"]
    assert "credibility: 2 (probably true)" in said["description"][0]


def test_what_is_denied_is_a_note_and_no_post(lines: list[dict[str, Any]]) -> None:
    notes = of_schema(lines, "Note")
    assert [note["description"] for note in notes if "person holds post: denied" in note["summary"]] == [
        ["Ada Example is not a member, the Board says."]
    ]


def test_a_designation_in_force_is_a_sanction_and_a_bound_is_no_date(lines: list[dict[str, Any]]) -> None:
    (sanction,) = of_schema(lines, "Sanction")
    assert sanction["status"] == ["Active"]
    assert (sanction["authority"], sanction["program"], sanction["reason"]) == (["Board"], ["Order 7"], ["smuggling"])
    assert "startDate" not in sanction
    assert "start: by 2018" in sanction["description"][0]


def test_a_post_is_of_its_organisation(lines: list[dict[str, Any]]) -> None:
    posts = [p for p in of_schema(lines, "Position") if p["name"] == ["minister of transport"]]
    assert [p["organization"] for p in posts] == [["known-FRE"], ["known-FRE"]]


def test_only_what_was_asked_for_is_taken_out(record: Record, tmp_path: Path) -> None:
    lines = lines_of(record, tmp_path / "a.json", selection=Selection(frozenset({ClaimStatus.ACCEPTED})))
    assert len(of_schema(lines, "Occupancy")) == 1
    assert not of_schema(lines, "Membership")


@pytest.mark.parametrize(("given", "wanted"), [("known:nmi", "known-nmi"), ("e12ab", "e12ab")])
def test_ids_that_the_format_takes(given: str, wanted: str) -> None:
    assert id_of(given) == wanted


def test_ids_with_other_characters_stay_apart() -> None:
    assert id_of("known:a b") != id_of("known:a/b")


def test_the_library_takes_every_line_and_drops_no_value(lines: list[dict[str, Any]]) -> None:
    ftm = pytest.importorskip(
        "followthemoney", reason="followthemoney is in the group 'peers' and needs ICU", exc_type=ImportError
    )
    entity_type = ftm.types.registry.entity
    schema_of = {line["id"]: line["schema"] for line in lines}
    assert len(schema_of) == len(lines), "every id stands once"
    for line in lines:
        schema = ftm.model.get(line["schema"])
        schema.validate(line)
        proxy = ftm.model.get_proxy({"id": line["id"], "schema": line["schema"], "properties": {}})
        assert proxy.id == entity_type.clean(line["id"])
        for name, values in line["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (line["schema"], name)
            for value in values:
                assert prop.type.clean(value, proxy=proxy) is not None, (line["schema"], name, value)
                if prop.type is entity_type:
                    assert ftm.model.get(schema_of[value]).is_a(prop.range), (line["schema"], name)
            proxy.add(name, values, cleaned=False)
            assert len(proxy.get(name)) == len(set(values)), (line["schema"], name)
