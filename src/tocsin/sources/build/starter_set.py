"""The whole starter set, built beside its folder and put in place file by file."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import shapely

from tocsin.errors import FileProblem, Where
from tocsin.sources.build import (
    conflicts,
    countries,
    designations,
    events,
    exits,
    outlines,
    province_month,
    provinces,
    series,
    settlement,
    vintages,
)
from tocsin.sources.build.parquet import write_part
from tocsin.sources.starter import CARDS_FILE, cards_text, starter_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tocsin.sources.build.part import Part

PARTS: tuple[Part, ...] = tuple(
    part
    for room in (
        countries, series, events, outlines, provinces, province_month, designations, exits, settlement, vintages, conflicts
    )
    for part in room.PARTS
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Built:
    """A table that was built: its name, rows, size and licence."""

    name: str
    rows: int
    bytes: int
    licence: str


def build_starter(
    source: Path, target: Path, *, parts: tuple[Part, ...] = PARTS, seen: Callable[[str], None] = lambda _: None
) -> tuple[Built, ...]:
    """Make the starter tables from the publishers' files.

    All tables are written to a folder beside `target` first; only when the last one is whole do they replace those
    that stand there, each in one step.

    Args:
        source: the folder of the publishers' files.
        target: the folder of the starter tables; made where it is absent.
        parts: the tables to make.
        seen: called with the name of each table before it is made.

    Raises:
        FileProblem: publishers' files are missing (all of them are named), cut short or of another layout.
    """
    check_inputs(source, parts)
    with _beside(target) as folder:
        built = []
        for part in parts:
            seen(part.name)
            built.append(_build(part, source, folder))
        (folder / CARDS_FILE).write_text(cards_text(), encoding="utf-8")
        target.mkdir(parents=True, exist_ok=True)
        for file in sorted(folder.iterdir()):
            file.replace(target / file.name)
    return tuple(built)


def check_inputs(source: Path, parts: tuple[Part, ...] = PARTS) -> None:
    """Check that every publisher's file is there.

    Raises:
        FileProblem: some are not; all of them are named.
    """
    needed = sorted({file for part in parts for file in part.inputs})
    missing = [file for file in needed if not (source / file).is_file()]
    if missing:
        raise FileProblem(
            f"{len(missing)} of {len(needed)} publishers' files not found: {', '.join(missing)}",
            where=Where(source),
            hint="name the folder that holds them with --from; docs/starter.md says where each comes from",
        )


def _build(part: Part, source: Path, folder: Path) -> Built:
    card = starter_card(part.name)
    table = _made(part, source)
    path = folder / f"{part.name}.parquet"
    write_part(table, path, metadata=card.as_metadata(), geometry=part.geometry)
    return Built(part.name, table.height, path.stat().st_size, card.licence)


def _made(part: Part, source: Path) -> pl.DataFrame:
    try:
        return part.make(source)
    except (pl.exceptions.PolarsError, json.JSONDecodeError, shapely.errors.ShapelyError, KeyError, OSError) as error:
        raise FileProblem(
            f"{part.name} cannot be made: {(str(error).splitlines() or [type(error).__name__])[0][:160]}",
            where=Where(source, field=", ".join(part.inputs)),
            hint="one of these files is cut short, or of another issue than docs/starter.md names: fetch it again",
        ) from error


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
