"""What every extractor declares, and how it is found by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from tocsin.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.record.claim import Proposal
    from tocsin.record.document import Document
    from tocsin.record.extract.mention import Annotated


@dataclass(frozen=True, slots=True)
class Reads:
    """What an extractor declares.

    Attributes:
        name: the registered name.
        version: changes whenever its proposals could; a new version reads a document anew.
        kinds: kinds of claims it proposes.
        languages: ISO 639-1 codes it reads; empty for any.
        needs_model: whether it proposes nothing without the text extra's language model.
    """

    name: str
    version: str
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    needs_model: bool


@runtime_checkable
class Extractor(Protocol):
    """From an annotated text to proposals; pure but for what its settings name (a server, for `llm`)."""

    @property
    def reads(self) -> Reads:
        """What it declares."""

    def propose(self, annotated: Annotated, document: Document) -> Iterable[Proposal]:
        """The claims it sees in a text, each with its quote and arguments as spans of that text."""


@cache
def extractors() -> tuple[str, ...]:
    """Names of all installed extractors; each is loaded when it is called for."""
    return tuple(sorted(entry_points(group="tocsin.extractors").names))


@cache
def extractor_called(name: str) -> Extractor:
    """The extractor of that name.

    Raises:
        UnknownName: none of that name is installed.
    """
    if name not in extractors():
        raise UnknownName.of("extractor", name, extractors())
    (entry,) = entry_points(group="tocsin.extractors", name=name)
    loaded: Extractor = entry.load()
    return loaded
