"""The manifest of an edition: what went in, what came out, and each file's hash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256

from pydantic import BaseModel, ConfigDict, Field, field_validator

FORMAT = 1
"""The form of editions written; another form is not read."""

MANIFEST = "manifest.json"
ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
FILE = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)?[a-z0-9][a-z0-9_-]*\.(?:json|parquet|html|pdf)")
"""A file of an edition: at most one folder deep, so that no name can lead out of it."""


class FileHeld(BaseModel):
    """One file of an edition."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)


def file_held(content: bytes) -> FileHeld:
    """What the manifest says of these bytes."""
    return FileHeld(sha256=sha256(content).hexdigest(), bytes=len(content))


class Manifest(BaseModel):
    """What an edition is, what it was made from, and what it holds.

    Attributes:
        format: the form of the edition.
        case: the case's name.
        title: the case's title.
        place: the country the case looks at, as a reader knows it.
        home: area id of that country.
        demo: whether judgements are placeholders.
        made: when, UTC.
        as_known_on: the last day whose figures could be seen.
        origin: last month of the figures that the newest forecast of countries saw, as 2024-12.
        provinces_origin: newest month that the figures by province hold; None where there are none.
        tocsin: the version that made it.
        model: the model that warns.
        seed: the seed of every forecast.
        draws: draws of every forecast.
        target: what is counted in the forecast of countries.
        inputs: fingerprint of what each part was made from, by part.
        seconds: how long each part took to make, by part; 0 where it was kept from before.
        files: each file's hash and size, by name.
        notes: what the edition does not hold, and why.
        commands: the commands that make it again.
        since: id of the edition that its changes are counted from; None where it is the first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = FORMAT
    case: str
    title: str
    place: str
    home: str
    demo: bool
    made: datetime
    as_known_on: date
    origin: str = Field(pattern=r"^\d{4}-\d{2}$")
    provinces_origin: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}$")
    tocsin: str
    model: str
    seed: int
    draws: int
    target: str
    inputs: Mapping[str, str] = Field(default_factory=dict)
    seconds: Mapping[str, float] = Field(default_factory=dict)
    files: Mapping[str, FileHeld] = Field(default_factory=dict)
    notes: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    since: str | None = None

    @field_validator("format")
    @classmethod
    def _known(cls, value: int) -> int:
        if value != FORMAT:
            message = f"this Tocsin reads editions of form {FORMAT}, not {value}"
            raise ValueError(message)
        return value

    @field_validator("files")
    @classmethod
    def _inside(cls, value: Mapping[str, FileHeld]) -> Mapping[str, FileHeld]:
        for name in value:
            if not FILE.fullmatch(name):
                message = f"{name!r} is no name of a file of an edition"
                raise ValueError(message)
        return value


def edition_id(manifest: Manifest) -> str:
    """The time it was made and eight digits of the hash of its inputs.

    Example:
        >>> from datetime import UTC, date, datetime
        >>> made = datetime(2026, 11, 21, 18, 50, tzinfo=UTC)
        >>> edition_id(Manifest(
        ...     case="iraq", title="Iraq", place="Iraq", home="IRQ", demo=True, made=made, as_known_on=date(2024, 12, 31),
        ...     origin="2024-12", tocsin="0", model="zero", seed=1, draws=10, target="deaths_all",
        ... ))
        '20261121T185000Z-e3b0c442'
    """
    digest = sha256("\n".join(f"{part}={print_}" for part, print_ in sorted(manifest.inputs.items())).encode())
    return f"{manifest.made:%Y%m%dT%H%M%SZ}-{digest.hexdigest()[:8]}"
