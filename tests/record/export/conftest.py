"""A small record in a file, and its exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.record.small_record import small_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tocsin.record.store import Record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with small_record(tmp_path / "record.db") as made:
        yield made
