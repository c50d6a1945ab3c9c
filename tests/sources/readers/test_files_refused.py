from __future__ import annotations

import gzip
import json
import zipfile
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.errors import FileProblem, InputError, TableProblem
from tocsin.sources.outlines import read_outlines
from tocsin.sources.series import read_series
from tocsin.sources.ucdp_ged import read_ged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READERS: list[Callable[[Path], object]] = [read_ged, read_series, read_outlines]

STRANGERS = {
    "empty": (b"", "the file is empty"),
    "blank": (b"\n \n", "the file is empty"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "PNG picture"),
    "html": (b"<!DOCTYPE html><html>Not found</html>", "a web page"),
    "pdf": (b"%PDF-1.7", "PDF"),
    "gzip": (gzip.compress(b"id,best\n"), "gzip"),
    "utf16": ("id,best\n".encode("utf-16"), "UTF-16"),
    "binary": (b"id\0\1\2best", "no text"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", STRANGERS)
def test_a_file_of_another_kind_is_named_for_what_it_is(
    tmp_path: Path, reader: Callable[[Path], object], kind: str
) -> None:
    content, words = STRANGERS[kind]
    path = tmp_path / "events.csv"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=words) as caught:
        reader(path)
    assert caught.value.where.file == path
    assert caught.value.hint
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_is_not_there(tmp_path: Path, reader: Callable[[Path], object]) -> None:
    with pytest.raises(FileProblem, match="file not found"):
        reader(tmp_path / "events.csv")
    with pytest.raises(FileProblem, match="a folder"):
        reader(tmp_path)


@pytest.mark.parametrize("reader", [read_ged, read_series])
def test_json_is_no_table(tmp_path: Path, reader: Callable[[Path], object]) -> None:
    path = tmp_path / "events.csv"
    path.write_text(json.dumps({"Result": []}), encoding="utf-8")
    with pytest.raises(FileProblem, match="JSON"):
        reader(path)


@pytest.mark.parametrize("kept", [10, 300, -30])
def test_a_zip_cut_short(tmp_path: Path, ged_text: Callable[..., str], kept: int) -> None:
    path = tmp_path / "ged231-csv.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ged.csv", ged_text(*[{"best": str(n), "high": str(n)} for n in range(200)]))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(FileProblem, match="cut short or damaged") as caught:
        read_ged(path)
    assert caught.value.where.file == path


def test_a_zip_with_a_damaged_byte(tmp_path: Path, ged_text: Callable[..., str]) -> None:
    path = tmp_path / "ged231-csv.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ged.csv", ged_text({}))
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Mosul", b"Mosel"))
    with pytest.raises(FileProblem, match="damaged"):
        read_ged(path)


@pytest.mark.parametrize(
    ("members", "words"),
    [(["a.csv", "b.csv"], "holds 2 CSV files: a.csv, b.csv"), (["codebook.pdf"], "holds no CSV file: codebook.pdf"),
     (["xl/workbook.xml"], "Excel workbook"), ([], "holds no CSV file: nothing|damaged|no text")],
)  # fmt: skip
def test_a_zip_that_does_not_hold_one_csv(tmp_path: Path, members: list[str], words: str) -> None:
    path = tmp_path / "events.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in members:
            archive.writestr(name, "id\n1\n")
    with pytest.raises(FileProblem, match=words):
        read_ged(path)


def test_nothing_unpacked_is_left_behind(
    tmp_path: Path, ged_text: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    path = tmp_path / "ged.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ged.csv", ged_text({"best": "-1"}))
    with pytest.raises(InputError):
        read_ged(path, strict=True)
    assert list(folder.iterdir()) == []


def test_the_row_of_a_foreign_byte_counts_records_and_not_lines(tmp_path: Path, ged_text: Callable[..., str]) -> None:
    path = tmp_path / "ged.csv"
    changes = [{"adm_1": "Gao", "where_coordinates": "two\nlines"}, {"adm_1": "Kémo"}]
    path.write_bytes(ged_text(*changes).encode("latin-1"))
    with pytest.raises(FileProblem, match="not UTF-8: byte 0xe9") as caught:
        read_ged(path)
    assert (caught.value.where.rows, caught.value.where.field) == ((2,), "adm_1")


def test_a_foreign_byte_far_into_a_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tocsin.sources.file_kinds.CHUNK", 7)  # so that characters straddle blocks
    path = tmp_path / "series.csv"
    rows = "".join(f"{month},1,0,ü€𝄞\n" for month in range(1, 50))
    path.write_bytes(f"month_id,country_id,deaths,name\n{rows}".encode() + b"50,1,0,\xfc\n")
    with pytest.raises(FileProblem, match="0xfc") as caught:
        read_series(path)
    assert (caught.value.where.rows, caught.value.where.field) == ((50,), "name")


def test_a_comma_without_quotes_is_found_out_by_what_it_shifts(tmp_path: Path, ged_text: Callable[..., str]) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(ged_text({}, {"adm_1": "Ninewa"}).replace(",Ninewa,", ",Ninewa, north,"), encoding="utf-8")
    with pytest.raises(TableProblem) as caught:
        read_ged(path, strict=True)
    assert caught.value.where.rows == (2,)


def test_a_row_with_too_many_fields(tmp_path: Path) -> None:
    path = tmp_path / "series.csv"
    path.write_text("month_id,country_id,deaths\n1,1,0\n2,1,1,204\n", encoding="utf-8")
    with pytest.raises(FileProblem, match="cannot be read"):
        read_series(path)


@pytest.mark.parametrize("cut", [8, 20, 200])
def test_a_csv_cut_short(tmp_path: Path, ged_text: Callable[..., str], cut: int) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(ged_text({}, {})[:-cut], encoding="utf-8")
    with pytest.raises(FileProblem, match="its last row breaks off"):
        read_ged(path)


def test_a_whole_last_row_needs_no_line_end(tmp_path: Path, ged_text: Callable[..., str]) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(ged_text({}, {"gwnob": "one\nand, two"}).rstrip(), encoding="utf-8")
    assert read_ged(path).table.height == 2


def test_a_parquet_file_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "series.parquet"
    pl.DataFrame({"month_id": range(900), "country_id": 1, "deaths": range(900)}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-40])
    for reader in READERS:
        with pytest.raises(FileProblem, match="cannot be read"):
            reader(path)
