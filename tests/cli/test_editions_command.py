"""The commands editions and changes, on made-up editions."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.docs.test_json_shapes import documented, keys
from tests.editions.made_up_editions import MADE, documents, edition, manifest

from tocsin.cli.app import run
from tocsin.editions import changes, write_edition

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.editions import Edition

CASE = """
name = "tiny"
title = "A tiny case"
level = "country"

[areas]
countries = ["IRQ"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "case.toml").write_text(CASE, encoding="utf-8")
    return tmp_path / "tiny" / ".tocsin" / "editions"


def made(folder: Path, *, days: int, alter: bool = False, since: str | None = None) -> Edition:
    said = documents()
    if alter:
        said["outlook"]["rows"][4]["rank"] = 4
        said["freshness"][0]["stale"] = True
    told: list[Any] = [] if since is None else [c.as_json() for c in changes(edition(said), edition())]
    files = {f"{name}.json": json.dumps(value).encode() for name, value in {**said, "changes": told}.items()}
    return write_edition(folder, manifest=manifest(made=MADE + timedelta(days=days), since=since), files=files)


def said(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    capsys.readouterr()
    assert run([*argv, "--case", "tiny"]) == code
    return " ".join(capsys.readouterr().out.split())


def test_without_an_edition_the_commands_say_how_one_is_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not folder.exists()
    assert said(capsys, "editions") == "No edition has been made yet: tocsin run --case tiny"
    assert json.loads(said(capsys, "editions", "--json"))["rows"] == []
    assert json.loads(said(capsys, "changes", "--json", code=2))["hint"] == "tocsin run --case tiny"


def test_editions_are_listed_newest_first_with_what_is_wrong_with_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = made(folder, days=0)
    second = made(folder, days=1, alter=True, since=first.id)
    (first.folder / "outlook.json").write_text("{}", encoding="utf-8")
    whole = json.loads(said(capsys, "editions", "--json"))
    assert [row["id"] for row in whole["rows"]] == [second.id, first.id]
    assert [row["changes"] for row in whole["rows"]] == [2, 0]
    assert [row["faults"] for row in whole["rows"]] == [[], ["outlook.json"]]
    found = {key.removesuffix("[]") for key in keys(whole)}
    assert found == {key.removesuffix("[]") for key in documented("editions")}
    shown = said(capsys, "editions")
    assert "outlook.json" in shown
    assert str(folder.parts[-1]) in shown


def test_changes_are_those_to_the_edition_before_or_to_any_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = made(folder, days=0)
    assert "is the first edition" in said(capsys, "changes")
    assert json.loads(said(capsys, "changes", "--json")) == {"case": "tiny", "to": first.id, "from": None, "rows": []}
    second = made(folder, days=1, alter=True, since=first.id)
    third = made(folder, days=2, alter=True, since=second.id)
    told = json.loads(said(capsys, "changes", "--json", "--to", second.id))
    assert (told["from"], told["to"]) == (first.id, second.id)
    assert [row["kind"] for row in told["rows"]] == ["warning-crossed", "stale"]
    across = json.loads(said(capsys, "changes", "--json", "--from", first.id))
    assert (across["to"], across["rows"]) == (third.id, told["rows"])
    shown = said(capsys, "changes", "--from", first.id)
    assert "2 changes." in shown
    assert "How such alerts did in backtests is unknown." in shown
    named = documented("changes")
    for row in told["rows"]:
        flat = {k.split(".rank")[0].split(".p")[0].split(".likelihood")[0] for k in keys({"rows": [row]})}
        assert flat <= named | {"rows[].evidence[]"}, "a change may rest on nothing further"
    assert {"case", "to", "from"} <= named


def test_an_edition_that_is_not_there_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(folder, days=0)
    for option in ("--to", "--from"):
        assert "no edition is called" in json.loads(said(capsys, "changes", option, "../x", "--json", code=2))["error"]
