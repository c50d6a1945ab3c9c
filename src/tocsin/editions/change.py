"""One change between two editions, and what can be compared."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.editions.manifest import Manifest

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a change rests on: words, and a path in the workbench."""

    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise than in the edition before.

    Attributes:
        kind: of what sort, as `warning-crossed`, `tripwire` or `source`.
        what: one sentence.
        before: as it was; None where it was not there.
        after: as it is; None where it is there no more.
        url: path in the workbench where it is shown.
        area_id: the area it is about; None where it is about none.
        evidence: what it rests on.
    """

    kind: str
    what: str
    before: object
    after: object
    url: str
    area_id: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The documented shape of a change."""
        area = {} if self.area_id is None else {"area_id": self.area_id}
        told = [{"text": e.text, "link": e.link} for e in self.evidence]
        return {
            "kind": self.kind, **area, "what": self.what, "before": self.before, "after": self.after, "evidence": told,
            "url": self.url,
        }  # fmt: skip


class Told(Protocol):
    """An edition, written or about to be."""

    @property
    def manifest(self) -> Manifest:
        """What it says of itself."""

    def has(self, name: str) -> bool:
        """Whether it holds a document."""

    def json(self, name: str) -> Any:  # noqa: ANN401 - each document has the shape of its own command
        """A document."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """An edition about to be written: its manifest and its files."""

    manifest: Manifest
    files: Mapping[str, bytes] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether it holds a document."""
        return f"{name}.json" in self.files

    def json(self, name: str) -> Any:  # noqa: ANN401 - as Told
        """A document."""
        return json.loads(self.files[f"{name}.json"])


def both(name: str, new: Told, old: Told) -> tuple[Any, Any] | None:
    """A document of both; None where either has none, as nothing can be said to have changed then."""
    if not (new.has(name) and old.has(name)):
        return None
    found, was = new.json(name), old.json(name)
    return None if found is None or was is None else (found, was)


def by(rows: list[Row], *keys: str) -> dict[tuple[Any, ...], Row]:
    """Rows by the values of their keys; of rows alike the last."""
    return {tuple(row[key] for key in keys): row for row in rows}
