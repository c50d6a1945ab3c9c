"""The page of the client: its code runs, and prints what the page says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "client.md"
PARTS = re.compile(r"```python\n(?P<code>.*?)```\n\n(?:```text\n(?P<printed>.*?)```)?", re.DOTALL)


def test_the_code_of_the_page_prints_what_the_page_says(
    in_process: httpx.BaseTransport, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = httpx.Client
    monkeypatch.setattr("tocsin.client.client.httpx.Client", lambda **told: real(**{**told, "transport": in_process}))
    names: dict[str, Any] = {}
    parts = list(PARTS.finditer(PAGE.read_text(encoding="utf-8")))
    assert len(parts) > 6
    for part in parts:
        exec(part["code"], names)  # noqa: S102 - the code of our own page
        assert capsys.readouterr().out == (part["printed"] or ""), part["code"]
