"""What the commands say of a case's editions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.api.home import editions_of
from tocsin.editions import changes
from tocsin.errors import FileProblem, Where

if TYPE_CHECKING:
    from tocsin.case import Case
    from tocsin.editions import Edition
    from tocsin.settings import Settings

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed between two editions.

    Attributes:
        new: the newer.
        old: the one it is compared with; None where it is the first, of which nothing can be said to have changed.
        rows: the changes, in the order a reader is told.
    """

    new: Edition
    old: Edition | None
    rows: tuple[Row, ...]


def edition_row(edition: Edition) -> Row:
    """The documented shape of a row of `editions --json`."""
    said = edition.manifest
    return {
        "id": edition.id, "made": said.made.isoformat(), "as_known_on": str(said.as_known_on), "origin": said.origin,
        "provinces_origin": said.provinces_origin, "tocsin": said.tocsin, "model": said.model, "seed": said.seed,
        "draws": said.draws, "since": said.since, "changes": len(edition.json("changes")),
        "files": len(said.files), "bytes": sum(held.bytes for held in said.files.values()),
        "faults": list(edition.faults()), "notes": list(said.notes),
    }  # fmt: skip


def compared(case: Case, *, settings: Settings, new: str | None = None, old: str | None = None) -> Compared:
    """What changed between two editions of a case.

    Args:
        case: a checked case.
        settings: where editions are.
        new: id of the newer; the newest where not given.
        old: id of the one before; the one made before the newer where not given.

    Raises:
        FileProblem: the case has no edition yet.
        UnknownName: there is no edition of an id.
    """
    editions = editions_of(case, settings=settings)
    ids = editions.ids()
    if not ids:
        name = case.folder.name
        raise FileProblem(
            f"the case {name} has no edition yet", where=Where(editions.folder), hint=f"tocsin run --case {name}"
        )
    later = editions.get(new or ids[0])
    before = old or next((each for each in ids if each < later.id), None)
    if before is None:
        return Compared(later, None, ())
    earlier = editions.get(before)
    if later.manifest.since == before:
        return Compared(later, earlier, tuple(later.json("changes")))
    return Compared(later, earlier, tuple(change.as_json() for change in changes(later, earlier)))
