"""What changed since the edition before, as *Now* lists it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tocsin.vocabulary import percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.editions import Edition
    from tocsin.web.place import Place

SAFE = "/?=&#%:"
"""Characters that an address may hold as they are."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One change.

    Attributes:
        what: one sentence.
        then: how it was and how it is, in a few words; empty where that says no more.
        url: the page that shows it, of the same edition where an earlier one is shown.
        evidence: what it rests on, each with the page that shows it.
    """

    what: str
    then: str
    url: str
    evidence: tuple[tuple[str, str], ...]


def changed(at: Place, edition: Edition) -> tuple[Changed, ...] | None:
    """Every change since the edition before; None where this one was compared with none."""
    if not edition.has("changes.json") or edition.manifest.since is None:
        return None
    return tuple(
        Changed(
            row["what"], beside(row.get("before"), row.get("after")), of_edition(at, row["url"]),
            tuple((e["text"], of_edition(at, e["link"])) for e in row.get("evidence", ())),
        )
        for row in edition.json("changes")
    )  # fmt: skip


def beside(before: object, after: object) -> str:
    """How something was and is.

    Example:
        >>> beside({"rank": 9, "p": 0.18}, {"rank": 2, "p": 0.31}), beside(None, "open"), beside([1], [2])
        ('18 %, rank 9 before; 31 %, rank 2 now', 'open now', '')
    """
    told = [(in_words(before), "before"), (in_words(after), "now")]
    return "; ".join(f"{words} {when}" for words, when in told if words)


def in_words(value: object) -> str:
    """A value in a few words; nothing where it is too rich for that."""
    if isinstance(value, dict):
        return _standing(value)
    if isinstance(value, bool) or value is None or isinstance(value, list):
        return ""
    return str(value)


def _standing(value: Mapping[str, Any]) -> str:
    """Where a warning stood."""
    if isinstance(value.get("p"), float | int) and "rank" in value:
        return f"{percent(value['p'])}, rank {value['rank']}"
    return ""


def of_edition(at: Place, path: str) -> str:
    """A path of the workbench as an address, of the same edition where an earlier one is shown."""
    address = quote(path if path.startswith("/") else "/", safe=SAFE)
    if not at.earlier or at.edition is None:
        return address
    path, hashed, fragment = address.partition("#")
    joined = "&" if "?" in path else "?"
    return f"{path}{joined}edition={at.edition.id}{hashed}{fragment}"
