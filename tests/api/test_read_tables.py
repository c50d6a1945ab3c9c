"""A case's tables as its record holds them: places to 0.1 degree, and no site that a user entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin import open_case, open_record_of, read_documents
from tocsin.api.read_tables import for_the_record, own_sites
from tocsin.case import write_case
from tocsin.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

OWN = 'zulu-post,nmi,"Zulu Outpost",train,34.12345,43.56789,0.1,user,2020,,,judgement,,"near the mill"\n'


def test_the_record_holds_no_site_that_a_user_entered_and_no_finer_place(tmp_path: Path) -> None:
    folder = write_case("iraq", tmp_path / "iraq", start_from="iraq")
    with (folder / "sites.csv").open("a", encoding="utf-8") as table:
        table.write(OWN)
    with (folder / "site_status.csv").open("a", encoding="utf-8") as table:
        table.write("nmi,zulu-post,paused,the Zulu Outpost rests,,2020,,,judgement,,\n")
    case, settings = open_case(folder), Settings(data_dir=tmp_path / "data")
    read_documents(case, settings=settings, extractors=("dataset",))
    with open_record_of(case, settings=settings) as record:
        texts = [text.text for d in record.documents() for text in record.texts_of(d.document_id)]
        named = [entity.name for entity in record.entities(name="Zulu", limit=10)]
    whole = "\n".join(texts)
    assert "lat: 33.3" in whole, "the table of sites was read"
    for words in ("Zulu", "zulu-post", "34.1", "near the mill", "33.303", "44.387"):
        assert words not in whole, f"{words} is in the record"
    assert not named


def test_rows_stay_where_they_are(tmp_path: Path) -> None:
    folder = write_case("iraq", tmp_path / "iraq", start_from="iraq")
    table = folder / "sites.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join([lines[0], OWN, *lines[1:]]), encoding="utf-8")
    copy = for_the_record(table, tmp_path, own=own_sites(open_case(folder)))
    kept = copy.read_text(encoding="utf-8").splitlines()
    assert len(kept) == len(lines) + 1
    assert set(kept[1]) == {","}
    assert kept[2].startswith(lines[1].split(",")[0])


def test_a_table_with_nothing_to_leave_out_is_read_as_it_is(tmp_path: Path) -> None:
    folder = write_case("iraq", tmp_path / "iraq", start_from="iraq")
    assert for_the_record(folder / "actors.csv", tmp_path, own=None) == folder / "actors.csv"
