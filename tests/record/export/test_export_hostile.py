"""Hostile characters through every export: offsets hold, lines stay lines, and the whole record comes back as it was."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from tests.record.small_record import document

from tocsin.record.claim import Argument, EntityType, Proposal, Span
from tocsin.record.document import Segment, SegmentKind, Text
from tocsin.record.export import read_whole, write_export, write_whole
from tocsin.record.store import open_record

if TYPE_CHECKING:
    from pathlib import Path

PIECES = (
    "\u202e", "\u2066", "\u200f", "e\u0301\u0302", "\U0001f469\u200d\U0001f52c", "\x1b[31m", "\u2028", "\x85", "=1+1", "@x",
    '"', ",", "\n", "\r", "\t", "'", "</script>", "\ufffd", "\u0627\u0644", "x" * 300, "{}", "[red]", "\ufeff",
)  # fmt: skip
COUNT = 400


def hostile(number: int) -> tuple[Text, Proposal, str]:
    rng = random.Random(number)  # noqa: S311  # a fixed sample
    name = f"Ada{number}"
    before, after = ("".join(rng.choices(PIECES, k=rng.randrange(6))) for _ in range(2))
    whole = f"{before}{name}{after} led it{before}."
    text = Text(
        document(f"{number}.txt").document_id, "plain 1", whole, (Segment(0, len(whole), SegmentKind.BODY),), "en"
    )
    at = whole.index(name)
    person = Argument("actor", EntityType.PERSON, Span.of(whole, at, at + len(name) + len(after)))
    what = Argument("what", EntityType.WORDS, Span.of(whole, at, len(whole)))
    return text, Proposal("event", text.text_id, Span.of(whole, 0, len(whole)), (what, person), "rules 1"), whole


def test_hostile_strings_go_out_and_come_back(tmp_path: Path) -> None:
    texts = {}
    with open_record(tmp_path / "a.db") as record, open_record(tmp_path / "b.db") as other:
        for number in range(COUNT):
            text, proposal, whole = hostile(number)
            record.add(document(f"{number}.txt"), text)
            assert record.enter(text, [proposal], extractor="rules 1", by="x").entered == 1
            texts[proposal.claim_id] = whole
        write_whole(record, tmp_path / "a")
        read_whole(other, tmp_path / "a")
        write_whole(other, tmp_path / "b")
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
        assert [c.quote.words for c in other.claims()] == list(texts.values())
        assert not list(other.violations())
        write_export(other, tmp_path / "ftm", form="ftm")
        write_export(other, tmp_path / "page", form="annotation")
    lines = [json.loads(line) for line in (tmp_path / "ftm").read_text("utf-8").splitlines()]
    quotes = {line["id"]: line["properties"]["summary"] for line in lines if line["schema"] == "Event"}
    assert quotes == {claim_id: [whole] for claim_id, whole in texts.items()}
    for item in json.loads((tmp_path / "page").read_bytes())["items"]:
        quote, position = item["target"]["selector"]
        assert texts[item["id"].rpartition(":")[2]][position["start"] : position["end"]] == quote["exact"]
