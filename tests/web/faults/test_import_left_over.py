"""What a killed import left behind: cleared by the next one, half a record in PostgreSQL too, unless somebody is at it."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from tests.api.postgres_base import new_database

from tocsin.api.case_export import export_case
from tocsin.api.case_import import import_case
from tocsin.api.case_unfinished import HALF_A_SCHEMA, interrupted
from tocsin.api.databases import has_schema, make_schema, schema_of
from tocsin.case import read_case
from tocsin.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def left_over(into: Path, name: str, *, schema: bool = False) -> Path:
    left = into / f".{name}.0123abcd.importing"
    (left / name).mkdir(parents=True)
    if schema:
        (left / HALF_A_SCHEMA).touch()
    return left


def test_half_a_record_in_postgresql_does_not_stand_in_the_way(home: Path, settings: Settings, tmp_path: Path) -> None:
    file = export_case(read_case(home), tmp_path / "told.tocsin.zip", settings=settings).path
    into = tmp_path / "cases"
    left = left_over(into, "told", schema=True)
    with new_database() as address:
        make_schema(address, schema_of("told"))
        done = import_case(file, into, settings=Settings(data_dir=tmp_path / "other", database=address))
        assert done.folder == into / "told"
        assert done.record
        assert has_schema(address, schema_of("told"))
    assert not left.exists()


def test_what_somebody_is_still_at_is_neither_told_of_nor_cleared(
    home: Path, settings: Settings, tmp_path: Path
) -> None:  # fmt: skip
    file = export_case(read_case(home), tmp_path / "told.tocsin.zip", settings=settings, record=False).path
    into = tmp_path / "cases"
    mine, theirs = left_over(into, "gone"), left_over(into, "busy")
    handle = os.open(theirs, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    assert interrupted(into) == ("gone",)
    assert import_case(file, into, settings=settings).folder == into / "told"
    assert (mine.exists(), theirs.exists()) == (False, True)
    os.close(handle)
    assert interrupted(into) == ("busy",)
