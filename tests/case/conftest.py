"""A whole case to break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.case import write_case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Edit = Callable[[str, str, str], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case("broken", tmp_path / "broken", start_from="iraq")


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Put one text for another in a file of the case, where it must stand; gives the line of the change."""

    def put(file: str, old: str, new: str) -> int:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return put
