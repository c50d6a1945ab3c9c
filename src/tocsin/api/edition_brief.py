"""The brief of an edition, handed out as the files that a reader is given."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tocsin.api.brief_files import Made
from tocsin.errors import MissingExtra
from tocsin.sources.tables import write_bytes, write_text

if TYPE_CHECKING:
    from tocsin.editions import Edition


def hand_out(edition: Edition, folder: Path) -> Made:
    """Write brief.html, brief.pdf, forecast.parquet and warnings.json of an edition: all four, or none.

    Raises:
        MissingExtra: the edition holds no PDF, as the part that makes it was not installed.
        FileProblem: a file of the edition is not the one that was written.
    """
    if not edition.has("brief.pdf"):
        raise MissingExtra("the edition holds no PDF: typst is not installed", hint="pip install 'tocsin[pdf]'")
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".making-") as name:
        fresh, made = Made.within(Path(name)), Made.within(folder)
        write_bytes(edition.content("brief.html"), fresh.html)
        write_bytes(edition.content("brief.pdf"), fresh.pdf)
        write_bytes(edition.content("draws.parquet"), fresh.forecast)
        write_text(json.dumps(_warnings(edition), indent=1, ensure_ascii=False) + "\n", fresh.warnings)
        for new, old in zip(fresh.files, made.files, strict=True):
            new.replace(old)
    return made


def _warnings(edition: Edition) -> dict[str, object]:
    said = edition.manifest
    return {
        "case": said.title, "made": said.made.isoformat(), "demo": said.demo, "newest": edition.json("outlook"),
        "replay": edition.json("replay") if edition.has("replay") else None,
    }  # fmt: skip
