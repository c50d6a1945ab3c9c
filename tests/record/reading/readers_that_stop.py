"""Readers that stop on files of certain names, each in its way; the others are read."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from tocsin.record.reading.given import Given
from tocsin.record.reading.read import read_file as read_well

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.document import Document, Text

GREEDY_BYTES = 1 << 30


def stops(path: Path, *, name: str, given: Given = Given()) -> tuple[Document, Text | None]:  # noqa: B008  # it is frozen
    """Read as a reader does that some files kill."""
    if name.startswith("dies"):
        os._exit(7)
    if name.startswith("aborts"):
        os.abort()
    if name.startswith("sleeps"):
        time.sleep(600)
    if name.startswith("greedy"):
        return read_well(path, name=str(len(bytearray(GREEDY_BYTES))))
    if name.startswith("raises"):
        msg = "odd bytes"
        raise ValueError(msg)
    print("a library's chatter")  # noqa: T201  # must not come between the answers
    return read_well(path, name=name, given=given)
