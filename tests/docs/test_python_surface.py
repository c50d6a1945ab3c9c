"""The public names of Tocsin: each is there, each is on the page, and importing loads nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import tocsin

PAGE = Path(__file__).resolve().parents[2] / "docs" / "python.md"


@pytest.mark.parametrize("name", tocsin.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(tocsin, name) is not None
    assert name in dir(tocsin)


@pytest.mark.parametrize("name", sorted(set(tocsin.__all__) - {"__version__", "AreaIds", "Level"}))
def test_every_public_name_is_on_the_page(name: str) -> None:
    assert name in PAGE.read_text(encoding="utf-8")


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(AttributeError, match=r"has no attribute 'forecats'; it has: .*forecast_series"):
        tocsin.forecats  # noqa: B018


def test_importing_tocsin_loads_nothing_heavy() -> None:
    code = "import sys, tocsin; print(sorted({'numpy', 'polars', 'sklearn', 'pydantic', 'shapely'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
