"""An alert: what it is about, what it rests on, how often such alerts were right, and what it does not know."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

WITHDRAWN = "withdrawn: the claim was removed from the record"


class Kind(StrEnum):
    """What an alert tells of."""

    WARNING = "warning"
    TRIPWIRE = "tripwire"
    POST = "post"
    CONTRADICTION = "contradiction"
    STALE = "stale"
    FAILING = "failing"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing an alert rests on.

    Attributes:
        text: in words.
        link: its place in the workbench, from the root, as `/c/iraq/now`.
        quote: the source's own words; None where it is a number.
        source: whose words they are.
        claim_id: the claim of the record that holds the quote.
    """

    text: str
    link: str
    quote: str | None = None
    source: str | None = None
    claim_id: str | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """What is rung.

    Attributes:
        case: the case it belongs to.
        key: what it is about; an alert of the same key is the same alert.
        kind: what it tells of.
        title: one line, which names no person.
        says: one or two sentences: what changed, from what to what.
        record: how often such alerts were right; why that is unknown, where it is.
        unknown: what it does not know.
        evidence: what it rests on.
        command: the command that makes its numbers again.
        data: the version of the data, and the edition.
        link: its place in the workbench.
        demo: whether the case's judgements are placeholders.
    """

    case: str
    key: str
    kind: Kind
    title: str
    says: str
    record: str
    unknown: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    command: str
    data: str
    link: str
    demo: bool = False

    @property
    def id(self) -> str:
        """The same for the same case and key, wherever it is made: receivers know a repeat by it.

        Example:
            >>> plain_alert("a", "k").id == plain_alert("a", "k").id != plain_alert("b", "k").id
            True
        """
        return sha256(f"{self.case}\n{self.key}".encode()).hexdigest()[:32]

    def without(self, claims: Collection[str]) -> Alert:
        """The alert with the quotes of claims that were removed from the record taken out."""
        kept = (
            replace(e, text=WITHDRAWN, quote=None, source=None) if e.claim_id in claims else e for e in self.evidence
        )
        return replace(self, evidence=tuple(kept))


def as_json(alert: Alert) -> dict[str, Any]:
    """An alert as webhooks send it and the database keeps it."""
    return {"id": alert.id, **asdict(alert), "kind": alert.kind.value}


def as_text(alert: Alert) -> str:
    """The same as text."""
    return json.dumps(as_json(alert), ensure_ascii=False, sort_keys=True)


def of_json(said: dict[str, Any]) -> Alert:
    """An alert as it was kept.

    Example:
        >>> alert = plain_alert("iraq", "warning:IRQ", evidence=(Evidence("90 deaths", "/c/iraq/now"),))
        >>> of_json(json.loads(as_text(alert))) == alert
        True
    """
    rest = {name: value for name, value in said.items() if name not in {"id", "kind", "evidence", "unknown"}}
    evidence = tuple(Evidence(**one) for one in said["evidence"])
    return Alert(kind=Kind(said["kind"]), evidence=evidence, unknown=tuple(said["unknown"]), **rest)


def plain_alert(case: str, key: str, *, kind: Kind = Kind.TEST, evidence: tuple[Evidence, ...] = ()) -> Alert:
    """A test of the channels: no finding."""
    return Alert(
        case, key, kind, title=f"A test of the watch of {case}",
        says="Nothing was found: this message shows that the channel works.",
        record="unknown: a test is never right or wrong", unknown=("everything: it is a test",), evidence=evidence,
        command=f"tocsin alerts test --case {case}", data="none", link=f"/c/{case}/now",
    )  # fmt: skip
