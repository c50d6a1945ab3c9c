"""The whole starter set as the command makes it from the publishers' files, made once for all workers of a run."""

from __future__ import annotations

from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.made_once import made_once

from tocsin.cli.app import run


@dataclass(frozen=True)
class StarterMade:
    """What `tocsin data build --json` left with, printed and wrote."""

    code: int
    printed: str
    files: dict[str, bytes]


@cache
def starter_made(shared_data: Path) -> StarterMade:
    """The set made from the publishers' files."""
    return made_once("starter-set", lambda: _make(shared_data))


def _make(shared_data: Path) -> StarterMade:
    printed = StringIO()
    with TemporaryDirectory() as folder, redirect_stdout(printed):
        to = Path(folder) / "starter"
        code = run(["data", "build", "--from", str(shared_data), "--to", str(to), "--json"])
        return StarterMade(code, printed.getvalue(), {file.name: file.read_bytes() for file in to.iterdir()})
