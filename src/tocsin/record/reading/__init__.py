"""Reading documents: a file becomes a Document and, where it can be read, one immutable Text."""

from tocsin.record.reading.apart import ReaderApart
from tocsin.record.reading.bounds import Bounds
from tocsin.record.reading.folder import files_in
from tocsin.record.reading.given import Given
from tocsin.record.reading.likeness import likeness
from tocsin.record.reading.offsets import to_source, to_text
from tocsin.record.reading.read import hash_of, parser_for, read_bytes, read_file
from tocsin.record.reading.rows import cell_of

__all__ = [
    "Bounds",
    "Given",
    "ReaderApart",
    "cell_of",
    "files_in",
    "hash_of",
    "likeness",
    "parser_for",
    "read_bytes",
    "read_file",
    "to_source",
    "to_text",
]
