"""The sample brief every test of the renderers reads."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from tocsin.brief import Brief


@pytest.fixture(scope="session")
def sample() -> Brief:
    made = runpy.run_path(str(Path(__file__).with_name("sample.py")))["sample"]()
    assert isinstance(made, Brief)
    return made
