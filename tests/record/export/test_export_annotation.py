"""Web Annotations: both selectors find the quote in the text, and rows of tables do not carry their neighbours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tocsin.record.export import write_export
from tocsin.record.export.annotation import CONTEXT, source_of

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.store import Record


@pytest.fixture
def said(record: Record, tmp_path: Path) -> dict[str, Any]:
    write_export(record, tmp_path / "out.jsonld", form="annotation")
    page: dict[str, Any] = json.loads((tmp_path / "out.jsonld").read_text(encoding="utf-8"))
    return page


def test_the_page_has_the_context_and_every_claim(said: dict[str, Any], record: Record) -> None:
    assert said["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert said["type"] == "AnnotationPage"
    assert [item["id"] for item in said["items"]] == [f"urn:tocsin:claim:{c.claim_id}" for c in record.claims()]


def test_selectors_find_the_quote(said: dict[str, Any], record: Record) -> None:
    for item, claim in zip(said["items"], record.claims(), strict=True):
        text = record.text(claim.text_id).text
        quote, position = item["target"]["selector"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert text[position["start"] : position["end"]] == quote["exact"] == claim.quote.words
        assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
        assert item["target"]["source"]["id"] == source_of(claim.document_id)


def test_arguments_of_the_body_stand_in_the_text(said: dict[str, Any], record: Record) -> None:
    seen = 0
    for item, claim in zip(said["items"], record.claims(), strict=True):
        assert item["body"]["kind"] == claim.kind
        for argument in item["body"]["arguments"]:
            assert record.text(claim.text_id).text[argument["from"] : argument["to"]] == argument["words"]
            seen += 1
    assert seen == sum(len(claim.arguments) for claim in record.claims())


def test_a_row_does_not_carry_its_neighbours(said: dict[str, Any]) -> None:
    rows = [item for item in said["items"] if item["body"]["kind"] == "mission-has-site"]
    assert [row["target"]["selector"][0]["prefix"] + row["target"]["selector"][0]["suffix"] for row in rows] == ["", ""]


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | set().union(*(keys_of(v) for v in value.values()))
    return set().union(*(keys_of(v) for v in value)) if isinstance(value, list) else set()


def test_every_key_of_the_bodies_is_a_term_of_the_context(said: dict[str, Any]) -> None:
    used = set().union(*(keys_of(item["body"]) for item in said["items"]))
    assert used <= {*CONTEXT[1], "type", "purpose"}
