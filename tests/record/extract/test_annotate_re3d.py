from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tocsin.api.benchmark_re3d import (
    CAPITAL,
    LOCATION,
    ORGANISATION,
    benchmark_re3d,
    is_named,
    is_title_alone,
    one_thread,
    peak_mb,
)
from tocsin.api.overlap_scores import Marked, Score, outermost, overlap_score
from tocsin.errors import FileProblem
from tocsin.record.extract.knowledge import knowledge_of

if TYPE_CHECKING:
    from pathlib import Path


def places(*spans: tuple[int, int]) -> list[Marked]:
    return [Marked(start, end, "location") for start, end in spans]


def test_pairs_are_one_to_one_share_a_character_and_are_of_one_type() -> None:
    marked = [*places((0, 4), (10, 20)), Marked(30, 35, "person")]
    found = [*places((3, 12), (20, 25), (30, 35))]
    assert overlap_score(found, marked, kind="location") == Score(pairs=1, found=3, marked=2)
    assert overlap_score(found, marked, kind="person") == Score(pairs=0, found=0, marked=1)


def test_touching_is_not_sharing() -> None:
    assert overlap_score(places((0, 5)), places((5, 9)), kind="location").pairs == 0


def test_one_long_name_pairs_once_and_two_short_ones_pair_once_with_it() -> None:
    assert overlap_score(places((0, 20)), places((0, 5), (6, 20)), kind="location").pairs == 1
    assert overlap_score(places((0, 5), (6, 20)), places((0, 20)), kind="location").pairs == 1


def test_scores_by_hand() -> None:
    score = Score(pairs=3, found=4, marked=6)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.5, 0.6)
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall, Score(0, 0, 0).f1) == (None, None, None)


def test_names_within_names_of_their_type_count_once() -> None:
    person = Marked(0, 13, "person")
    assert outermost([*places((9, 13), (0, 13), (12, 20)), person]) == [*places((0, 13)), person, *places((12, 20))]


def test_what_counts_as_named() -> None:
    assert [is_named(w) for w in ("We", "The group", "insurgents", "Iraq", "the Iraqi Army", "the")] == [
        False, False, False, True, True, False,
    ]  # fmt: skip


def test_an_office_alone_is_told_from_a_name() -> None:
    known = knowledge_of(None)
    told = (
        "the Foreign Secretary",
        "The ISIL commander",
        "an Iraqi general",
        "Foreign Secretary Maryam Harun",
        "Geneva",
        "Harun",
    )
    assert [is_title_alone(words, known) for words in told] == [True, True, True, False, False, False]


def test_memory_and_threads_are_unknown_where_nothing_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (peak_mb() or 0) > 1
    monkeypatch.setattr("tocsin.api.benchmark_re3d.sys.platform", "win32")
    monkeypatch.setattr("tocsin.api.benchmark_re3d.find_spec", lambda _: None)
    assert peak_mb() is None
    assert one_thread()[1] is None


def test_absent_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"re3d_documents\.parquet"):
        benchmark_re3d(tmp_path)


@pytest.mark.data
def test_names_reach_their_targets_on_the_set_with_a_capital(shared_data: Path) -> None:
    scores = benchmark_re3d(shared_data / "documents")
    assert scores.documents == {"development": 30, "check": 30, "all 60": 60}
    rows = {(row.part, row.gold, row.type): row for row in scores.rows}
    assert {key for key, row in rows.items() if row.target is not None} == {
        ("all 60", CAPITAL, what) for what in ("person", ORGANISATION, LOCATION)
    }
    for gold, what, target in ((CAPITAL, "person", 0.78), (CAPITAL, ORGANISATION, 0.72), (CAPITAL, LOCATION, 0.82)):
        row = rows["all 60", gold, what]
        assert row.ours.f1 is not None
        assert row.plain.f1 is not None
        assert row.ours.f1 >= target, row
        assert row.ours.f1 > row.plain.f1, row
