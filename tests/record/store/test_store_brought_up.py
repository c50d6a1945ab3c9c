"""A record that the first step made is brought to the newest with nothing lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from alembic.script import ScriptDirectory
from tests.record.store.record_made_up import document_with
from tests.record.store.test_store_removing import HELD, REED, TEXT, filled

from tocsin.record.claim import ClaimStatus
from tocsin.record.store import TABLES, open_record, opening, searching, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

    from tocsin.record.store import Record


def first_tables() -> sa.MetaData:
    """The tables as the first step makes them."""
    step = ScriptDirectory(str(opening.STEPS)).get_revision("0001")
    assert step is not None
    return step.module.METADATA  # type: ignore[no-any-return]


def rows_of(record: Record) -> dict[str, list[dict[str, object]]]:
    return {name: list(record.every(name)) for name in TABLES}


def made_by_the_first_step(address: str, like: Record) -> None:
    """A record of version 0001 with all that another holds."""
    engine, name = opening.engine_for(address)
    rows, tables = rows_of(like), first_tables().tables
    with engine.connect().execution_options(**opening.WRITES) as connection, connection.begin():
        opening.upgrade(connection, name, to="0001")
        assert opening.version_of(connection, name) == "0001"
        for table, some in rows.items():
            if some and table in tables:
                connection.execute(tables[table].insert(), some)
        if connection.dialect.name == "postgresql":
            whole._count_on(connection)
        claims = {claim.claim_id: claim.proposal for claim in like.claims()}
        searching.put(connection, [(row["seq"], claims[row["claim_id"]]) for row in rows["claims"]])  # type: ignore[index,misc]
    engine.dispose()


def test_a_record_of_the_first_version_is_brought_up_with_nothing_lost(new_address: Callable[[], str]) -> None:
    address = new_address()
    with open_record(new_address()) as like:
        filled(like)
        like.add(*document_with("قال الحشد الشعبي ذلك.", name="ar.txt"))
        made_by_the_first_step(address, like)
        with open_record(address, create=False) as record:
            assert rows_of(record) == rows_of(like)
            assert record.claims() == like.claims()
            assert [c.claim_id for c in record.search("commander fifth")] == [HELD.claim_id]
            for words in ("quillmarsh", "الشعبي", "bridge governor"):
                assert (
                    {p.text_id for p in record.search_texts(words)}
                    == {p.text_id for p in like.search_texts(words)}
                    != set()
                )
            assert list(record.violations()) == []
            record.decide(REED.claim_id, ClaimStatus.ACCEPTED, by="Ines", why="seen")
    with open_record(address, create=False) as record:
        assert record.claim(REED.claim_id).status is ClaimStatus.ACCEPTED  # type: ignore[union-attr]
        who = record.claim(HELD.claim_id).entity_of("person")  # type: ignore[union-attr]
        assert who is not None
        record.remove_person(who, by="Omar", why="on request")
        assert record.search_texts("quillmarsh") == []
        record.add(*document_with("One more line.", name="more.txt"))
        assert len(record.search_texts("line")) == 1


def test_a_text_that_came_before_the_step_and_one_after_are_told_apart(new_address: Callable[[], str]) -> None:
    address = new_address()
    with open_record(new_address()) as like:
        filled(like)
        made_by_the_first_step(address, like)
    newer = replace(TEXT, parser="plain 2")
    with open_record(address) as record:
        document = record.documents()[0]
        record.add(document, newer)
        assert [p.text_id for p in record.search_texts("dam near")] == [TEXT.text_id, newer.text_id]
