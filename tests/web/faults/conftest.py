"""The tiny case with a record of its own, to be hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.record_told import case_with_record
from tests.web.tiny_files import tiny_files

from tocsin.editions import write_edition
from tocsin.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A case called told with a record and an edition, for this test alone."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from tests.web.conftest import tiny_manifest  # noqa: PLC0415

    folder = case_with_record(tmp_path)
    manifest = tiny_manifest(datetime(2026, 2, 1, tzinfo=UTC)).model_copy(update={"case": "told"})
    write_edition(folder / ".tocsin" / "editions", manifest=manifest, files=tiny_files())
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")
