"""Scores by trees: worked by hand on a small table, and what the trees that ship must hold."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from tocsin.record.names import NameKind
from tocsin.record.screening import Index, Query, build_index, screen
from tocsin.record.screening.evidence import FALLING, RISING, Evidence
from tocsin.record.screening.nearness import weigh
from tocsin.record.screening.trees import learnt, trees_of
from tocsin.sources.designations import Alias, BearerKind, Designation, DesignationList, Quality, Version

NOTHING = Evidence(*([0.0] * len(Evidence._fields)))


def entry(number: str, name: str, kind: BearerKind, *aliases: str) -> Designation:
    others = tuple(Alias(alias, Quality.STRONG) for alias in aliases)
    return Designation("Made up", number, name, kind, others, versions=(Version(name, None),))


@pytest.fixture(scope="module")
def index() -> Index:
    entries = (
        entry("1", "ZANDAVI, Qasim Yusuf", BearerKind.PERSON, "Zandavi, Kassem"),
        entry("2", "45th Northern Brigade", BearerKind.ORGANISATION),
        entry("3", "ALI, Hasan", BearerKind.PERSON),
        entry("4", "ALI, Hasan Muhammad", BearerKind.PERSON),
    )
    return build_index((DesignationList("Made up", entries, None, date(2024, 5, 3), ("here",)),))


def test_a_tree_by_hand() -> None:
    table = pl.DataFrame({
        "tree": [0, 0, 0, 1], "node": [0, 1, 2, 0], "asks": ["score", None, None, None],
        "up_to": [0.5, None, None, None], "left": [1, None, None, None], "right": [2, None, None, None],
        "adds": [None, -1.0, 2.0, 0.25],
    })  # fmt: skip
    trees = trees_of(table, base=-0.25, at_match=2.0)
    rows = [NOTHING._replace(score=0.5), NOTHING._replace(score=0.51)]
    assert trees.odds(rows).tolist() == [-1.0, 2.0]
    assert trees.scores(rows)[1] == pytest.approx(0.70)


def test_more_of_what_speaks_for_never_lowers_a_score() -> None:
    middle = NOTHING._replace(person=1.0, score=0.6, most=0.8, least=0.5, shared=1.2, words_mine=2.0, words_theirs=3.0)
    steps = np.linspace(0.0, 1.5, 16)
    for name in sorted(RISING | FALLING):
        odds = learnt().odds([middle._replace(**{name: float(step)}) for step in steps])
        change = np.diff(odds) if name in RISING else -np.diff(odds)
        assert (change >= -1e-9).all(), name


def test_a_name_as_listed_is_a_match_however_common(index: Index) -> None:
    assert screen(index, Query("Hasan Ali", NameKind.PERSON))[0].match


def test_siblings_by_number_or_function_are_no_match(index: Index) -> None:
    for name in ("46th Northern Brigade", "45th Southern Brigade"):
        assert not any(hit.match for hit in screen(index, Query(name, NameKind.ORGANISATION)))


def test_evidence_of_an_entry_with_two_names(index: Index) -> None:
    first = weigh(index, "Kasem Zandavi", NameKind.PERSON)[0]
    assert index.names[first.number].entry.entry_id == "1"
    assert first.evidence.alike_names == 2
    assert first.evidence.second > 0
    assert first.evidence.union == pytest.approx(1.0)
    hit = screen(index, Query("Kasem Zandavi", NameKind.PERSON))[0]
    assert "2 names of the entry are alike" in hit.reasons


def test_what_only_one_side_has_is_weighed(index: Index) -> None:
    found = next(w for w in weigh(index, "Hasan Ali Tannous", NameKind.PERSON)
                 if index.names[w.number].entry.entry_id == "3")  # fmt: skip
    assert found.evidence.names_mine == 1
    assert found.evidence.mine_lost == 1.0
    assert found.evidence.theirs_lost == 0.0
