"""The command, against a publisher on this machine."""

from __future__ import annotations

import hashlib
import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.sources.fetch.publisher import BODY, Asker, Fault, Publisher, Shelf

import tocsin.cli.fetch  # noqa: F401  # the command is there once this is imported
from tocsin.cli.app import run
from tocsin.errors import InputError, SourceError
from tocsin.sources.fetch import Fetched, Patience, candidate_file, fetch_ucdp, release_file

MONTH = b"1,2026,1,0\n2,2026,1,4\n"
FILE_KEYS = {
    "file", "outcome", "url", "final_url", "etag", "last_modified", "bytes", "sha256", "fetched", "checks", "source",
    "publisher", "licence", "citation", "tocsin",
}  # fmt: skip


@pytest.fixture
def shop(publisher: Publisher) -> Publisher:
    publisher.put("ged/ged251-csv.zip", Shelf(BODY))
    publisher.put("candidateged/GEDEvent_v26_0_8.csv", Shelf(MONTH, etag='"aug"'))
    publisher.put("candidateged/GEDEvent_v26_0_9.csv", Shelf(MONTH + MONTH, etag='"sep"'))
    return publisher


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command's own waits pass at once."""
    monkeypatch.setattr("tocsin.cli.fetch.Patience", partial(Patience, sleep=lambda _: None))


def command(shop: Publisher, to: Path, *more: str) -> list[str]:
    return ["fetch", "ucdp", "--url", shop.base, "--to", str(to), *more]


def test_release_and_months_in_json(shop: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command(shop, tmp_path, "--release", "25.1", "--candidate", "26.0.8", "26.0.9", "--json")) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(answer) == {"files"}
    assert [set(file) for file in answer["files"]] == [FILE_KEYS] * 3
    assert [file["outcome"] for file in answer["files"]] == ["fetched"] * 3
    assert [file["source"] for file in answer["files"]] == [
        "UCDP GED 25.1", "UCDP Candidate 26.0.8", "UCDP Candidate 26.0.9",
    ]  # fmt: skip
    assert {file["licence"] for file in answer["files"]} == {"CC-BY-4.0"}
    assert (tmp_path / "ged251-csv.zip").read_bytes() == BODY
    assert (tmp_path / "GEDEvent_v26_0_9.csv").read_bytes() == MONTH + MONTH
    assert len(list(tmp_path.iterdir())) == 6


def test_words_name_the_file_and_how_to_cite(
    shop: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command(shop, tmp_path)) == 0
    first = capsys.readouterr()
    assert f"fetched: {tmp_path / 'ged251-csv.zip'}" in first.out
    assert "cite: UCDP Georeferenced Event Dataset, version 25.1" in first.out
    assert first.err == ""
    assert run(command(shop, tmp_path)) == 0
    assert "unchanged: " in capsys.readouterr().out


def test_the_setting_names_base_and_folder(shop: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_UCDP_URL", shop.base + "/")
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path))
    assert run(["fetch", "ucdp", "--candidate", "26.0.8"]) == 0
    assert (tmp_path / "ucdp" / "GEDEvent_v26_0_8.csv").read_bytes() == MONTH
    assert [path for path, _ in shop.asked] == ["/downloads/candidateged/GEDEvent_v26_0_8.csv"]


@pytest.mark.parametrize(
    "more",
    [("--release", "latest"), ("--candidate", "26.0.13"), ("--sha256", "abc"), ("--candidate", "26.0.8", "x")],
)
def test_names_that_are_none_leave_with_2_and_ask_nothing(
    shop: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    assert run(command(shop, tmp_path, *more)) == 2
    assert "hint:" in capsys.readouterr().err
    assert shop.asked == []
    assert list(tmp_path.iterdir()) == []


def test_plain_http_elsewhere_leaves_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fetch", "ucdp", "--url", "http://192.0.2.1/downloads", "--to", str(tmp_path)]) == 2
    assert "not https" in capsys.readouterr().err


def test_a_release_not_there_leaves_with_1_and_says_which_may_be(
    shop: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command(shop, tmp_path, "--release", "31.1", "--json")) == 1
    said = capsys.readouterr()
    error = json.loads(said.out)
    assert "no file ged311-csv.zip" in error["error"]
    assert error["file"] == shop.url("ged/ged311-csv.zip")
    for part in ("18.1", "25.1", "26.0.9", "26.01.26.06", "https://ucdp.uu.se/downloads", "--url"):
        assert part in error["hint"]
    assert list(tmp_path.iterdir()) == []


def test_a_checksum_is_demanded_of_one_file(shop: Publisher, tmp_path: Path) -> None:
    digest = hashlib.sha256(BODY).hexdigest()
    assert run(command(shop, tmp_path, "--sha256", digest)) == 0
    assert run(command(shop, tmp_path, "--sha256", "0" * 64)) == 1
    assert run(command(shop, tmp_path, "--release", "25.1", "--candidate", "26.0.8", "--sha256", digest)) == 2


def test_an_interrupted_command_says_so_and_goes_on_next_time(
    shop: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    shop.faults.append(Fault(cut_after=100_000))
    with monkeypatch.context() as patched:
        patched.setattr("tocsin.cli.fetch.Patience", partial(Patience, sleep=interrupt))
        assert run(command(shop, tmp_path)) == 1
    assert "untouched" in capsys.readouterr().err
    assert (tmp_path / "ged251-csv.zip.part").stat().st_size == 100_000
    assert run(command(shop, tmp_path)) == 0
    assert "resumed: " in capsys.readouterr().out


def test_files_before_a_fault_stay_and_files_are_spaced(shop: Publisher, tmp_path: Path, asker: Asker) -> None:
    files = [release_file("25.1"), candidate_file("26.0.7"), candidate_file("26.0.8")]
    done: list[Fetched] = []
    with pytest.raises(SourceError, match="GEDEvent_v26_0_7"):
        done.extend(fetch_ucdp(files, tmp_path, client=asker.client, base=shop.base, patience=asker.patience()))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ged251-csv.zip", "ged251-csv.zip.json"]
    assert asker.waits == [2.0]


def test_one_checksum_for_two_files_asks_nothing(shop: Publisher, tmp_path: Path, asker: Asker) -> None:
    files = [candidate_file("26.0.8"), candidate_file("26.0.9")]
    with pytest.raises(InputError, match="one SHA-256 for 2 files"):
        list(fetch_ucdp(files, tmp_path, client=asker.client, base=shop.base, expected_sha256="0" * 64))
    assert shop.asked == []


def test_the_page_names_every_key_of_the_json() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "fetch.md").read_text(encoding="utf-8")
    table = page.split("## JSON")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {key for cell in cells for key in re.findall(r"`(\w+)`", cell)} == FILE_KEYS
