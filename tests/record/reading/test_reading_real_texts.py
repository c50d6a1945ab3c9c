from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from tocsin.record.document import SegmentKind
from tocsin.record.reading import read_bytes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.data
def test_every_release_is_read_and_maps_to_its_markdown(shared_data: Path) -> None:
    table = pl.read_parquet(shared_data / "documents" / "us_treasury_releases.parquet")
    for source in table["text"]:
        document, text = read_bytes(source.encode(), name="release.md")
        assert text is not None, document.why
        assert text.language == "en"
        for start, there, length in text.source_runs:
            assert text.text[start : start + length] == source[there : there + length]
        assert "](http" not in text.text
    assert table.height == 556


@pytest.mark.data
def test_articles_in_plain_text_stay_as_they_are(shared_data: Path) -> None:
    table = pl.read_parquet(shared_data / "documents" / "re3d_documents.parquet")
    for source in table["text"]:
        _, text = read_bytes(source.encode(), name="article.txt")
        assert text is not None
        assert text.text == source.replace("\r\n", "\n")
        assert {s.kind for s in text.segments} <= {SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.CAPTION}
        assert text.language == "en"
