"""The record beside a fetched file: where it came from, when, and what it was found to be."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import file_digest
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from tocsin.sources.fetch.marks import Marks
from tocsin.sources.tables import write_text

if TYPE_CHECKING:
    from pathlib import Path

Outcome = Literal["fetched", "resumed", "unchanged"]


class Record(BaseModel):
    """What `NAME.json` says of NAME.

    Attributes:
        url: the address asked.
        final_url: the address that answered, after redirects.
        etag: the server's name for this state of the file.
        last_modified: the server's date for it.
        bytes: its size.
        sha256: its SHA-256, in hexadecimal.
        fetched: when it came, in UTC.
        checks: what it passed: `length` (as the server said), `zip` (every member's CRC), `sha256` (as demanded).
        source: its name and version.
        publisher: whose it is.
        licence: on which terms.
        citation: how to cite it.
        tocsin: the version that fetched it.
    """

    model_config = ConfigDict(frozen=True)

    url: str
    final_url: str
    etag: str | None
    last_modified: str | None
    bytes: int
    sha256: str
    fetched: str
    checks: tuple[str, ...]
    source: str | None = None
    publisher: str | None = None
    licence: str | None = None
    citation: str | None = None
    tocsin: str

    @property
    def marks(self) -> Marks:
        """What the server said of this state."""
        return Marks(etag=self.etag, last_modified=self.last_modified, size=self.bytes)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is here now.

    Attributes:
        file: where it is.
        outcome: `fetched` whole, `resumed` from bytes that were here, or `unchanged` since the last time.
        record: what is known of it.
    """

    file: Path
    outcome: Outcome
    record: Record

    def as_dict(self) -> dict[str, object]:
        """One JSON shape: file, outcome, and the record's own keys."""
        return {"file": str(self.file), "outcome": self.outcome, **self.record.model_dump(mode="json")}


def record_path(file: Path) -> Path:
    """Where the record of a file stands."""
    return file.with_name(file.name + ".json")


def write_record(record: Record, file: Path) -> None:
    """Write the record beside its file."""
    write_text(record.model_dump_json(indent=2) + "\n", record_path(file))


def kept_record(file: Path, *, url: str) -> Record | None:
    """The record of a file that is here, came from this address, and has not been changed since."""
    try:
        record = Record.model_validate_json(record_path(file).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    if record.url != url or not file.is_file() or file.stat().st_size != record.bytes:
        return None
    return record if sha256_of(file) == record.sha256 else None


def sha256_of(file: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
