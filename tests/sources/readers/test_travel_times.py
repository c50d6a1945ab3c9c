from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tocsin.errors import TocsinError
from tocsin.sources.travel import read_travel

if TYPE_CHECKING:
    from pathlib import Path

SQUARE = {"type": "Polygon", "coordinates": [[[44, 33], [45, 33], [45, 34], [44, 34], [44, 33]]]}
BOW = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}
POINT = {"type": "Point", "coordinates": [44, 33]}
GOOD: dict[str, Any] = {"site_id": "a", "minutes": 60}


def written(folder: Path, *features: tuple[dict[str, Any], dict[str, Any] | None]) -> Path:
    path = folder / "travel.geojson"
    rows = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
    return path


def test_the_shortest_time_counts(tmp_path: Path) -> None:
    wide = {"type": "Polygon", "coordinates": [[[43, 32], [46, 32], [46, 35], [43, 35], [43, 32]]]}
    times = read_travel(written(tmp_path, (GOOD, SQUARE), ({"site_id": "b", "minutes": 120}, wide)), sites=["a", "b"])
    assert times.shortest([33.5, 32.5, 20], [44.5, 44.5, 44.5]).tolist() == [60, 120, np.inf]


@pytest.mark.parametrize(
    ("said", "shape", "field", "words"),
    [
        ({"site_id": "aa", "minutes": 60}, SQUARE, "site_id", "no site of the mission is called 'aa'"),
        ({"minutes": 60}, SQUARE, "site_id", "names no site"),
        ({"site_id": "a"}, SQUARE, "minutes", "has no minutes"),
        ({"site_id": "a", "minutes": -5}, SQUARE, "minutes", "are no minutes"),
        ({"site_id": "a", "minutes": "an hour"}, SQUARE, "minutes", "are no minutes"),
        (GOOD, SQUARE, "minutes", "two areas for 60 minutes"),
        (GOOD, BOW, "geometry", "not valid"),
        (GOOD, POINT, "geometry", "the file holds Point, Polygon"),
        (GOOD, None, "geometry", "nothing, not a polygon"),
    ],
)
def test_faults_are_named_with_file_feature_and_field(
    tmp_path: Path, said: dict[str, Any], shape: dict[str, Any] | None, field: str, words: str
) -> None:
    path = written(tmp_path, (GOOD, SQUARE), (said, shape))
    with pytest.raises(TocsinError, match=words) as caught:
        read_travel(path, sites=["a"])
    assert caught.value.where.file == path
    assert caught.value.where.field == field
    assert 2 in caught.value.where.rows
    assert caught.value.exit_code == 2


def test_a_file_that_is_no_geojson_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "travel.csv"
    path.write_text("site_id,minutes\na,60\n", encoding="utf-8")
    with pytest.raises(TocsinError, match="GeoJSON"):
        read_travel(path, sites=["a"])
    with pytest.raises(TocsinError, match="no feature"):
        read_travel(written(tmp_path), sites=["a"])
