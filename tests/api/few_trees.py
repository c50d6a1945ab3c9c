"""The forest with few trees: for tests of what is said of its draws, not of how good they are."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from tocsin.forecast.contract import models
from tocsin.forecast.forest import QUANTILE_FOREST, ForestSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = QUANTILE_FOREST.with_settings(ForestSettings(trees=10))


@contextmanager
def few_trees() -> Iterator[None]:
    """Within, the model called quantile_forest has a tenth of its trees."""
    with patch.dict(models(), {"quantile_forest": SMALL}):
        yield
