"""A tutorial that is walked: files it tells to save, commands it tells to run, and what they print beside what it says."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.cli import app

if TYPE_CHECKING:
    import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
COLUMNS = 120
"""Of the terminal that the tutorials print on."""
LEFT_OUT = "[...]"
"""A line of this alone stands for lines that are left out."""
_PART = re.compile(
    r"^(?:`(?P<file>[\w./-]+)`:?\n\n```\w*\n(?P<content>.*?)^```$"
    r"|```sh\n(?P<commands>.*?)^```$(?:\n\n```text\n(?P<output>.*?)^```$)?)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Save:
    """A file to save."""

    path: str
    content: str


@dataclass(frozen=True)
class Run:
    """Commands to run, and what the page says they print; None where it does not say."""

    commands: tuple[tuple[str, ...], ...]
    printed: str | None


def parts(page: str) -> list[Save | Run]:
    """What a page tells to do, in order."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [
        Save(found["file"], found["content"]) if found["file"]
        else Run(tuple(tuple(shlex.split(line)) for line in found["commands"].splitlines()), found["output"])
        for found in _PART.finditer(text)
    ]  # fmt: skip


def walk(page: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, update: bool) -> int:
    """Do what a page tells, in the current folder; gives how many commands ran.

    Args:
        page: its file in docs/.
        capsys: what commands print.
        monkeypatch: sets the width of the terminal.
        update: write what is printed into the page, instead of holding it against it.
    """
    monkeypatch.setattr(app.out, "width", COLUMNS)
    count = 0
    for part in parts(page):
        if isinstance(part, Save):
            Path(part.path).parent.mkdir(parents=True, exist_ok=True)
            Path(part.path).write_text(part.content, encoding="utf-8")
            continue
        capsys.readouterr()
        for words in part.commands:
            assert words[0] == "tocsin", words
            code = app.run(words[1:])
            assert code == 0 or part.printed is not None, f"{words} ends with {code}: {capsys.readouterr().err}"
            count += 1
        _hold(page, part, capsys.readouterr(), update=update)
    return count


def _hold(page: str, part: Run, came: object, *, update: bool) -> None:
    printed = _tidy(getattr(came, "out", "") + getattr(came, "err", ""))
    if part.printed is not None and not agrees(part.printed, printed):
        assert update, f"{page}: {part.commands} prints\n{printed}"
        path = DOCS / page
        path.write_text(path.read_text(encoding="utf-8").replace(part.printed, printed), encoding="utf-8")


def _tidy(printed: str) -> str:
    return "\n".join(line.rstrip() for line in printed.strip("\n").splitlines()) + "\n"


def agrees(said: str, printed: str) -> bool:
    """Whether what was printed is what a page says, where lines of `[...]` stand for any lines."""
    stretches = [re.escape(part) for part in re.split(rf"^{re.escape(LEFT_OUT)}\n", said, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(stretches), printed) is not None
