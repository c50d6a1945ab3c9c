"""Known names in texts are kept verbatim, once, and go with the person they name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.record.store.record_made_up import document_with, enter, held, words
from tests.record.store.test_store_removing import everything

from tocsin.errors import OutOfRange
from tocsin.record.claim import EntityType, Span
from tocsin.record.extract.mention import FoundBy, Mention
from tocsin.record.store import Kept, open_record

if TYPE_CHECKING:
    from tocsin.record.document import Text
    from tocsin.record.store import Record

PMF = "الحشد الشعبي"
DOCUMENT, PLAIN = document_with(
    "قال الحشد الشعبي إنه باق.", "Ada Quillmarsh visited.", "Le Hachd a parlé.", name="note.txt"
)
TEXT = replace(PLAIN, language="ar")


def mention(text: Text, said: str, known: str | None, type_: EntityType = EntityType.ORGANISATION) -> Mention:
    return Mention(words(text, said), type_, FoundBy.ALIAS, known)


BODY = mention(TEXT, PMF, "pmf")
PERSON = mention(TEXT, "Ada Quillmarsh", "ada-quillmarsh", EntityType.PERSON)
NOBODY = mention(TEXT, "Hachd", None)


def test_known_names_are_kept_where_they_stand_and_once(record: Record) -> None:
    record.add(DOCUMENT, TEXT)
    assert record.keep_mentions(TEXT, [BODY, PERSON, NOBODY]) == Kept(2, 0, 0)
    assert record.keep_mentions(TEXT, [BODY, PERSON, NOBODY]) == Kept(0, 2, 0)
    [kept] = record.mentions(entity="known:pmf")
    assert (kept.span, kept.known, kept.type) == (BODY.span, "known:pmf", EntityType.ORGANISATION)
    assert (kept.document, kept.language, kept.paragraph) == ("note.txt", "ar", 1)
    assert TEXT.text[kept.span.start : kept.span.end] == PMF
    assert [m.known for m in record.mentions(document=DOCUMENT.document_id)] == ["known:pmf", "known:ada-quillmarsh"]
    assert record.mentions(document="none") == record.mentions(entity="nobody") == []
    assert len(record.mentions(limit=1)) == 1
    assert record.count() == 0


def test_words_that_do_not_stand_there_are_refused(record: Record) -> None:
    record.add(DOCUMENT, TEXT)
    other = replace(BODY, span=Span(BODY.span.start + 1, BODY.span.end + 1, PMF))
    beyond = replace(BODY, span=Span(len(TEXT.text) - 2, len(TEXT.text) + 3, "أن كذا"[:5]))
    before = replace(BODY, span=Span(-3, -1, "ab"))
    assert record.keep_mentions(TEXT, [other, beyond, before, BODY]) == Kept(1, 0, 3)
    stranger, its_text = document_with("No such text.", name="other.txt")
    with pytest.raises(OutOfRange, match="does not hold this text"):
        record.keep_mentions(its_text, [])
    assert record.document(stranger.document_id) is None


def test_a_place_that_is_known_better_is_put_right(record: Record) -> None:
    record.add(DOCUMENT, TEXT)
    record.keep_mentions(TEXT, [replace(BODY, known="isis")])
    assert record.keep_mentions(TEXT, [BODY]) == Kept(1, 0, 0)
    assert [m.known for m in record.mentions()] == ["known:pmf"]


def test_mentions_follow_entities_that_are_judged_the_same(record: Record) -> None:
    document, text = document_with("Ada Quillmarsh is commander.", name="a.txt")
    enter(record, document, text, held(text, "Ada Quillmarsh", "commander"))
    own = record.entities(name="quillmarsh")[0].entity_id
    record.add(DOCUMENT, TEXT)
    record.keep_mentions(TEXT, [PERSON])
    record.judge(own, "known:ada-quillmarsh", "same", by="Ines", why="one life")
    assert [m.span for m in record.mentions(entity=own)] == [PERSON.span]


def test_known_entities_get_the_name_that_readers_know(record: Record) -> None:
    record.add(DOCUMENT, TEXT)
    record.keep_mentions(TEXT, [BODY, PERSON])
    assert record.entity("known:pmf").name == PMF  # type: ignore[union-attr]
    names = {"pmf": "Popular Mobilization Forces", "far": "Far Body", "ada-quillmarsh": " "}
    assert record.name_known(names) == 1
    assert record.name_known(names) == 0
    assert record.entity("known:pmf").name == "Popular Mobilization Forces"  # type: ignore[union-attr]
    assert [e.entity_id for e in record.entities(name="mobilization")] == ["known:pmf"]
    assert record.entities(name=PMF) == []
    assert record.entity("known:far") is None


def test_a_removed_person_is_gone_from_mentions_texts_and_their_index(record: Record) -> None:
    record.add(DOCUMENT, TEXT)
    record.keep_mentions(TEXT, [BODY, PERSON])
    record.name_known({"ada-quillmarsh": "Ada Quillmarsh-Reed"})
    assert record.search_texts("quillmarsh visited")
    removed = record.remove_person("known:ada-quillmarsh", by="Omar", why="on request")
    assert (removed.texts, removed.claims) == (1, 0)
    assert record.search_texts("quillmarsh") == []
    [left] = record.search_texts("visited")
    assert left.words == "██████████████ visited."
    assert [m.known for m in record.mentions()] == ["known:pmf"]
    assert "quillmarsh" not in everything(record)
    assert record.keep_mentions(TEXT, [BODY, PERSON]) == Kept(0, 1, 0)
    record.add(DOCUMENT, replace(TEXT, parser="plain 2"))
    assert record.search_texts("quillmarsh") == []
    assert len(record.search_texts("visited")) == 2
    document, text = document_with("Ada Quillmarsh came again.", name="b.txt")
    record.add(document, text)
    again = mention(text, "Ada Quillmarsh", "ada-quillmarsh", EntityType.PERSON)
    assert record.keep_mentions(text, [again]) == Kept(0, 0, 0)


def test_a_name_that_holds_the_removed_one_goes_too(record: Record) -> None:
    record.add(DOCUMENT, TEXT)
    longer = mention(TEXT, "Ada Quillmarsh visited", "play", EntityType.ORGANISATION)
    record.keep_mentions(TEXT, [PERSON, longer])
    record.remove_person("known:ada-quillmarsh", by="Omar", why="on request")
    assert record.mentions() == []
    assert "ada quillmarsh" not in everything(record)


def test_no_character_of_a_removed_name_is_left_in_the_files(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.add(DOCUMENT, TEXT)
        for number in range(30):
            record.add(*document_with(f"Line {number}", f"A visit {number}", name=f"{number}.txt"))
        record.keep_mentions(TEXT, [BODY, PERSON])
        record.remove_person("known:ada-quillmarsh", by="Omar", why="on request")
        left = b"".join(path.read_bytes() for path in Path(tmp_path).iterdir())
    assert b"visited" in left
    assert b"quillmarsh" not in left.lower()
