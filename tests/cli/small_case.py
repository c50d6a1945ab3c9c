"""A case in a folder of its own, with the small record in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.record.small_record import fill

from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.case import write_case

if TYPE_CHECKING:
    from pathlib import Path


def case_with_record(folder: Path) -> Path:
    write_case("small", folder, start_from="iraq")
    with open_record_of(open_case(folder), create=True) as record:
        fill(record)
    return folder
