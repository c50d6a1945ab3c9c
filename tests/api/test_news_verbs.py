"""News fetched by one call and put beside a history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.panel.test_news_signals import history_of, news_of, steady

from tocsin.api.news import fetch_news, history_with_news
from tocsin.errors import InputError, OutOfRange, TocsinError, UnknownName
from tocsin.sources.gdelt_news import COLUMNS
from tocsin.sources.tables import write_table

if TYPE_CHECKING:
    from pathlib import Path


def test_a_written_table_becomes_signals(tmp_path: Path) -> None:
    news = news_of(steady())
    whole = news.with_columns(**dict.fromkeys(set(COLUMNS) - set(news.columns), 0))
    write_table(whole, tmp_path / "news.parquet")
    found = history_with_news(history_of(), tmp_path / "news.parquet")
    assert np.all(found.signals["news_protest_per_1000"][0] > found.signals["news_protest_per_1000"][1])


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        ({"first": "yesterday"}, InputError, "'yesterday' is not a day"),
        ({"last": "2019-13-01"}, InputError, "'2019-13-01' is not a day"),
        ({"first": "2014-01-01"}, OutOfRange, "begins on 2015-02-18"),
        ({"last": "2019-09-30"}, OutOfRange, "is before"),
        ({"countries": ["IRK"]}, UnknownName, "no country"),
        ({"pause_seconds": -1.0}, OutOfRange, "a pause of -1.0 s"),
        ({"pause_seconds": float("nan")}, OutOfRange, "a pause of nan s"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_asked(
    tmp_path: Path, asked: dict[str, Any], kind: type[TocsinError], words: str
) -> None:
    with pytest.raises(kind, match=words):
        fetch_news(
            **{"first": "2019-10-01", "last": "2019-10-31", **asked}, to=tmp_path / "n.parquet", folder=tmp_path / "d"
        )
    assert list(tmp_path.iterdir()) == []


def test_a_table_of_another_kind_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no ending"):
        fetch_news("2019-10-01", "2019-10-31", tmp_path / "news.xlsx", folder=tmp_path / "days")
    assert list(tmp_path.iterdir()) == []
