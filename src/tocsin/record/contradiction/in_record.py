"""All rules over a whole record, of any size: candidates from outlines, then the rules on those alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.record.claim import Modality
from tocsin.record.contradiction import opposite
from tocsin.record.contradiction.candidates import MODALITIES, candidates, parts_in, roles_of, wanted
from tocsin.record.contradiction.find import contradictions
from tocsin.record.contradiction.whole_and_parts import FORCE, PART_OF
from tocsin.record.identity.alike import Alike
from tocsin.record.kinds import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tocsin.record.contradiction.finding import Contradiction
    from tocsin.record.document import Document
    from tocsin.record.identity.places import Places
    from tocsin.record.store import Record


def contradictions_in(
    record: Record, documents: Mapping[str, Document], *, places: Places | None = None, names: Mapping[str, str] | None = None,
    kind: str | None = None,
) -> list[Contradiction]:  # fmt: skip
    """Statements of a record that exclude each other, as `contradictions` finds them on all its claims.

    Args:
        record: where to look.
        documents: all of them, by document_id.
        places: where places lie; without them no place excludes another.
        names: the name readers know an entity by, by its id.
        kind: only claims of this kind.
    """
    judgements = record.judgements()
    alike = Alike.of_names(record.names(), judgements, names)
    denied = record.kinds_denied()
    parts = _parts(record, alike) if denied & set(FORCE) else {}
    asked = [one for one in _with_rules(denied) if kind is None or one == kind]
    seqs = [seq for one in asked for seq in _candidates(record, one, alike, parts)]
    few = record.claims_at(sorted(seqs))
    return contradictions(few, documents, judgements=judgements, places=places, names=names, alike=alike, parts=parts)


def _with_rules(denied: set[str]) -> Iterator[str]:
    """Kinds whose claims can exclude each other here: where nothing is denied, no denial opposes anything."""
    for name, kind in kinds().items():
        if kind.rule is not None and (kind.rule != opposite.RULE or name in denied):
            yield name


def _candidates(record: Record, kind: str, alike: Alike, parts: Mapping[str, frozenset[str]]) -> list[int]:
    asked = wanted(kind, parts)
    if asked is None:
        return []
    found = record.outlines(
        kind, roles=roles_of(kind), modalities=MODALITIES, figures=asked.figures, quotes=asked.quotes
    )
    return candidates(found, kind, alike, asked)


def _parts(record: Record, alike: Alike) -> dict[str, frozenset[str]]:
    told = tuple(modality for modality in MODALITIES if modality != Modality.DENIED.value)
    return parts_in(record.outlines(PART_OF, roles=roles_of(PART_OF), modalities=told), alike)
