"""The smallest case there is: one country, one threshold; what a test is about stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TOML = """name = "little"
title = "A little case"
level = "country"
target = "deaths_all"
thresholds = [25]
windows = [3]
horizons = "1-6"
[areas]
countries = ["IRQ"]
"""


def little_case(folder: Path) -> Path:
    """A folder with its `case.toml` and room for documents."""
    (folder / "documents").mkdir()
    (folder / "case.toml").write_text(TOML)
    return folder
