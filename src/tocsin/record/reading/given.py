"""What a case's table of sources says of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tocsin.case.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Given:
    """What a case's table of sources says of a file; it comes before what the file says of itself.

    Attributes:
        source_id: the row of the table.
        title, author, publisher: as the row gives them; None is not given.
        published: publication date.
        derived_from: document_id, source_id, name of a file or words of what the file copies, digests or translates.
    """

    source_id: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    derived_from: str | None = None
