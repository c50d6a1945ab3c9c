"""The page of commands: a heading for each command, and help as `--help` prints it."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from tocsin.cli.app import app_for

if TYPE_CHECKING:
    from cyclopts import App

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
PART = re.compile(
    r"^##+ tocsin (?P<name>[a-z -]+)\n(?P<words>.*?)<!-- help -->\n```text\n(?P<help>.*?)```\n",
    re.MULTILINE | re.DOTALL,
)


def commands() -> list[str]:
    """Every command and group of the app, as a user types it."""
    return sorted(_below(app_for(()), ()))


def _below(parent: App, path: tuple[str, ...]) -> list[str]:
    found = []
    for name in parent:
        if not name.startswith("-"):
            found += [" ".join((*path, name)), *_below(parent[name], (*path, name))]
    return found


def help_of(name: str) -> str:
    """What `tocsin NAME --help` prints on a page of 100 columns."""
    page = Console(file=StringIO(), width=100, color_system=None, force_terminal=False, legacy_windows=False)
    app_for(name.split()).help_print(name.split(), console=page)
    assert isinstance(page.file, StringIO)
    return "\n".join(line.rstrip() for line in page.file.getvalue().strip().splitlines()) + "\n"


def test_every_command_has_its_heading_and_nothing_else_has() -> None:
    assert sorted(part["name"] for part in PART.finditer(PAGE.read_text(encoding="utf-8"))) == commands()


@pytest.mark.parametrize("name", commands())
def test_help_in_the_page_is_what_help_prints(name: str, *, update_golden: bool) -> None:
    text = PAGE.read_text(encoding="utf-8")
    part = next(p for p in PART.finditer(text) if p["name"] == name)
    if update_golden:
        PAGE.write_text(text[: part.start("help")] + help_of(name) + text[part.end("help") :], encoding="utf-8")
        return
    assert part["help"] == help_of(name), "pytest tests/docs --update-golden writes the page's help anew"


@pytest.mark.parametrize("name", [n for n in commands() if n not in {"benchmark", "data", "fetch"}])
def test_every_command_that_does_something_has_an_example(name: str) -> None:
    part = next(p for p in PART.finditer(PAGE.read_text(encoding="utf-8")) if p["name"] == name)
    assert f"\ntocsin {name}" in part["words"]
