"""How much of a file is read at most: what lies beyond gets a verdict, never all the memory there is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of reading.

    Attributes:
        file_bytes: a larger file is not read.
        characters: a longer text is not kept.
        members: files inside an archive (DOCX, XLSX).
        expanded_bytes: all files of an archive together, unpacked.
        ratio: unpacked bytes to packed bytes of one file in an archive of more than a megabyte.
        pages: of a PDF.
        depth: elements within one another whose purpose is followed in HTML; deeper ones are read like their parents.
        segment: characters of one segment; a longer stretch is cut at white space into several of the same paragraph.
    """

    file_bytes: int = 200_000_000
    characters: int = 20_000_000
    members: int = 10_000
    expanded_bytes: int = 500_000_000
    ratio: int = 200
    pages: int = 20_000
    depth: int = 500
    segment: int = 100_000
