"""The command, against a publisher on this machine."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow.parquet as pq
import pytest
from tests.sources.fetch.gdelt_exports import DAY, name_of, of_days, publish, times_of

import tocsin.cli.fetch  # noqa: F401  # the command is there once this is imported
from tocsin.cli.app import run
from tocsin.sources.fetch import Patience

if TYPE_CHECKING:
    from tests.sources.fetch.publisher import Publisher

PAGE = Path(__file__).resolve().parents[3] / "docs" / "gdelt.md"


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command's own waits pass at once."""
    monkeypatch.setattr("tocsin.api.news.Patience", partial(Patience, sleep=lambda _: None))


def command(publisher: Publisher, folder: Path, *more: str) -> list[str]:
    return [
        "fetch", "gdelt", "--from", "2019-10-24", "--to", "2019-10-25", "--out", str(folder / "news.parquet"),
        "--days", str(folder / "kept"), "--url", publisher.base, *more,
    ]  # fmt: skip


def test_words_say_what_came_and_how_noisy_it_is(
    publisher: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(publisher, of_days(2))
    assert run(command(publisher, tmp_path)) == 0
    said = capsys.readouterr()
    assert "2 days counted (2 of them now), 6 of 6 exports listed, 12 rows; 0 of them malformed" in said.out
    assert re.search(r"2019-10\W+6 of\s+2,976", said.out)
    assert "cite: The GDELT Project" in said.out
    assert said.err == ""
    assert pl.read_parquet(tmp_path / "news.parquet").filter(pl.col("area") == "IRQ")["events"].to_list() == [12, 6, 6]
    assert b"attribution" in pq.read_schema(tmp_path / "news.parquet").metadata[b"licence"]


def test_the_json_has_the_keys_that_the_page_says(
    publisher: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(publisher, of_days(2))
    del publisher.shelves[f"/downloads/{name_of(times_of(DAY, 1)[0])}"]
    assert run(command(publisher, tmp_path, "--country", "IRQ", "SYR", "--json")) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (answer["exports_listed"], answer["exports_counted"], len(answer["faults"])) == (6, 5, 1)
    assert answer["noise"][0]["month"] == "2019-10"
    page = PAGE.read_text(encoding="utf-8").split("## JSON")[1].split("\n## ")[0]
    told = set(re.findall(r"^\| `([^|]+)` \|", page, flags=re.MULTILINE))
    named = {key for cell in told for key in re.split(r"`, `", cell)}
    inside = {f"{name}[].{key}" for name in ("faults", "noise") for key in answer[name][0]}
    assert named == (set(answer) - {"faults", "noise"}) | inside


@pytest.mark.parametrize(
    "more",
    [
        ("--country", "IRK"),
        ("--pause", "-1"),
        ("--url", "http://192.0.2.1/gdeltv2"),
        ("--from", "2019"),
        ("--out", "x.txt"),
    ],
)
def test_what_cannot_be_leaves_with_2_and_asks_nothing(
    publisher: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, str]
) -> None:
    argv = command(publisher, tmp_path)
    if more[0] in argv:
        argv[argv.index(more[0]) + 1] = more[1]
    else:
        argv += more
    assert run(argv) == 2
    assert "error:" in capsys.readouterr().err
    assert publisher.asked == []


def test_a_server_without_the_list_leaves_with_1(
    publisher: Publisher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command(publisher, tmp_path)) == 1
    assert "no file masterfilelist.txt" in capsys.readouterr().err
    assert not (tmp_path / "news.parquet").exists()
