"""Where claims come from: origins that are independent of each other, as far as is known."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from posixpath import normpath
from typing import TYPE_CHECKING

from tocsin.record.identity.components import Components
from tocsin.record.identity.speakers import speaker_key
from tocsin.record.names import fold
from tocsin.record.store.barring import BLACK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tocsin.record.document import Document
    from tocsin.record.store.values import StoredClaim

COPY_FROM = 0.5
"""Share of the shorter text that stands in the longer, from which one is taken for a copy or digest of the other."""
LONGEST_NAME = 500
"""Characters in which a file may be named."""
_FILE = re.compile(r"(?:pdf|html?|docx?|md|markdown|txt|csv|tsv|xlsx|parquet)", re.IGNORECASE)
"""Endings of what is read: words that end so name a file."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where claims come from, once all that repeat each other are taken together.

    Attributes:
        words: how a reader is told of it: a document's name, a speaker, what the documents derive from.
        claims: names of the claims that come from it.
        documents: names of the documents that carry it.
        why: why several documents are one origin, a sentence each; () where there is one.
    """

    words: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provenance:
    """Documents by id, and what each repeats.

    Attributes:
        documents: by document_id.
    """

    documents: Mapping[str, Document]

    @cached_property
    def _by_source(self) -> dict[str, Document]:
        return {d.source_id: d for d in reversed(list(self.documents.values())) if d.source_id}

    @cached_property
    def _by_name(self) -> dict[str, Document]:
        """Documents by their names in the folder, and by a file's name alone where only one file is called so."""
        known = list(self.documents.values())
        alone: dict[str, list[Document]] = defaultdict(list)
        for one in known:
            alone[_file(one.name)].append(one)
        only = {name: found[0] for name, found in alone.items() if len({one.name for one in found}) == 1}
        return only | {one.name: one for one in reversed(known)}

    def line(self, document_id: str) -> Iterator[Document]:
        """A document, what it derives from, and so on to the last that is here; a circle is followed once."""
        at, done = self.documents.get(document_id), set[str]()
        while at is not None and at.document_id not in done:
            done.add(at.document_id)
            yield at
            at = self.above(at)

    def above(self, document: Document) -> Document | None:
        """What a document derives from: by the id of a document or source, or by the name of a file.

        A file is looked for in the document's own folder, then from the top, then by its own name where only one is called
        so. None for a document that derives from nothing, for words, and for what is not here.
        """
        named = document.derived_from
        if named is None:
            return None
        return self.documents.get(named) or self._by_source.get(named) or self._by_file(named, document.name)

    def _by_file(self, named: str, beside: str) -> Document | None:
        written = named.strip().replace("\\", "/").removeprefix("./")
        if not written or len(written) > LONGEST_NAME:
            return None
        near = normpath(f"{beside.rpartition('/')[0]}/{written}").removeprefix("/")
        found = (self._by_name.get(name) for name in (near, written.removeprefix("documents/"), written))
        return next((one for one in found if one is not None), None)

    def missing(self, document: Document) -> str | None:
        """The file that a document says it derives from, where none is called so; None for words, ids and what is here."""
        named = document.derived_from
        if named is None or not _is_a_file(named) or self.above(document) is not None:
            return None
        return named.strip()

    def root(self, document_id: str) -> str | None:
        """How a reader is told of what a document comes from in the end; None for a document that is not here."""
        last = None
        for last in self.line(document_id):  # noqa: B007  # the last of them is what is asked for
            pass
        if last is None:
            return None
        return last.name if last.derived_from is None or self.above(last) else last.derived_from


def origins_of(
    claims: Sequence[StoredClaim], behind: Provenance, *, likeness: Callable[[str, str], float] | None = None
) -> tuple[Origin, ...]:
    """The origins of claims; two of which it is in doubt whether they are independent are one.

    Args:
        claims: that say the same.
        behind: what their documents repeat.
        likeness: of two documents by document_id, 0..1; None compares none.
    """
    bound = Components[str]()
    why: list[tuple[str, str]] = []
    for node, other, reason in _bonds(claims, behind, likeness):
        if reason and bound.root(node) != bound.root(other):
            why.append((node, reason))
        bound.bind(node, other)
    parts: dict[str, list[StoredClaim]] = defaultdict(list)
    for claim in claims:
        parts[bound.root(_claim_node(claim))].append(claim)
    return tuple(
        Origin(
            words=_words(part, behind), claims=tuple(claim.claim_id for claim in part),
            documents=tuple(dict.fromkeys(claim.document for claim in part)),
            why=tuple(dict.fromkeys(reason for node, reason in why if bound.root(node) == root)),
        )
        for root, part in parts.items()
    )  # fmt: skip


def _claim_node(claim: StoredClaim) -> str:
    return f"claim:{claim.claim_id}"


def _bonds(
    claims: Sequence[StoredClaim], behind: Provenance, likeness: Callable[[str, str], float] | None
) -> Iterator[tuple[str, str, str]]:
    """Two nodes that are one origin, and why: '' where there is nothing to explain."""
    seen: dict[str, str] = {}
    own_voice = {claim.document_id for claim in claims if not _speakers(claim)}
    for claim in claims:
        speakers = _speakers(claim)
        for key, words in speakers.items():
            first = seen.setdefault(key, claim.document)
            says = f"{first} and {claim.document} both rest on {words}" if first != claim.document else ""
            yield _claim_node(claim), f"says:{key}", says
        if not speakers or claim.document_id in own_voice:
            yield _claim_node(claim), f"document:{claim.document_id}", ""
    names = {claim.document_id: claim.document for claim in claims if claim.document_id in own_voice}
    for document_id in names:
        yield from _line_bonds(document_id, behind)
    yield from _version_bonds(names, behind)
    if likeness is not None:
        for left, right in combinations(sorted(names), 2):
            share = likeness(left, right)
            if share >= COPY_FROM:
                reason = f"{names[left]} and {names[right]} share {share:.0%} of their text"
                yield f"document:{left}", f"document:{right}", reason


def _speakers(claim: StoredClaim) -> dict[str, str]:
    """Speakers and texts that the claim is attributed to and that can be told from others, by key."""
    told = ((speaker_key(span.words), span.words) for span in claim.proposal.attributed_to)
    return {key: words for key, words in told if key}


def _line_bonds(document_id: str, behind: Provenance) -> Iterator[tuple[str, str, str]]:
    """What a document is, or repeats: its source, its publisher, and what each of these derives from, to the root."""
    for at in behind.line(document_id):
        node = f"document:{at.document_id}"
        if at.source_id:
            yield node, f"source:{at.source_id}", f"{at.name} belongs to the source {at.source_id}"
        if at.derived_from is None:
            if at.publisher and (key := speaker_key(at.publisher)):
                yield node, f"says:{key}", f"{at.name} is published by {at.publisher}"
        elif (origin := behind.above(at)) is not None:
            yield node, f"document:{origin.document_id}", f"{at.name} derives from {origin.name}"
        else:
            key = speaker_key(at.derived_from) or " ".join(fold(at.derived_from))
            yield node, f"says:{key}", f"{at.name} derives from {at.derived_from}"


def _version_bonds(names: Iterable[str], behind: Provenance) -> Iterator[tuple[str, str, str]]:
    """A file that was changed and read again is what it was before: documents of one name, among these and what they repeat."""
    first: dict[str, Document] = {}
    for at in (at for document_id in names for at in behind.line(document_id)):
        known = first.setdefault(at.name, at)
        if known is not at and BLACK not in at.name:
            why = f"{at.name} stands here twice: one is an older version of the same file"
            yield f"document:{at.document_id}", f"document:{known.document_id}", why


def _words(claims: Sequence[StoredClaim], behind: Provenance) -> str:
    """How a reader is told of an origin: the furthest speaker named, else what the first document comes from."""
    for claim in claims:
        named = [span.words for span in claim.proposal.attributed_to if speaker_key(span.words)]
        if named:
            return named[-1]
    return behind.root(claims[0].document_id) or claims[0].document


def _file(name: str) -> str:
    return name.rpartition("/")[2]


def _is_a_file(words: str) -> bool:
    """Whether words name a file, and no address."""
    stem, dot, ending = words.strip().rpartition(".")
    return bool(stem and dot) and "://" not in words and _FILE.fullmatch(ending) is not None
