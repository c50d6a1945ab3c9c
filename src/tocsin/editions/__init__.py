"""Editions: a case's findings made once and written whole, in a folder that is never changed."""

from tocsin.editions.change import Change, Evidence, Unwritten
from tocsin.editions.changes import changes
from tocsin.editions.edition import Edition, Editions
from tocsin.editions.manifest import FORMAT, FileHeld, Manifest, edition_id
from tocsin.editions.writing import KEPT, write_edition

__all__ = [
    "FORMAT",
    "KEPT",
    "Change",
    "Edition",
    "Editions",
    "Evidence",
    "FileHeld",
    "Manifest",
    "Unwritten",
    "changes",
    "edition_id",
    "write_edition",
]
