"""The documented shape of `screen --json`."""

from tocsin.api.screen import Screened, Searched
from tocsin.record.screening import CUTOFF, LIMIT, NO_MATCH, NOT_A_FINDING, THRESHOLD, Hit, Query


def as_json(
    searched: Searched, answers: tuple[Screened, ...], *, notes: tuple[str, ...] = ()
) -> dict[str, object]:  # fmt: skip
    """The documented shape of `screen --json`; `notes` is what must be known of a batch."""
    return {
        "said": NOT_A_FINDING, "threshold": THRESHOLD, "cutoff": CUTOFF, "limit": LIMIT, "notes": list(notes),
        "searched": [
            {
                "list": one.name, "entries": len(one.entries),
                "first_copy": None if one.first_copy is None else str(one.first_copy),
                "last_copy": None if one.last_copy is None else str(one.last_copy),
                "files": list(one.files), "notes": list(one.notes),
            }
            for one in searched.lists
        ],
        "rows": [
            {
                "row": answer.row, "query": query_as_json(answer.query), "words": words_of(answer),
                "hits": [_hit(hit) for hit in answer.hits],
            }
            for answer in answers
        ],
    }  # fmt: skip


def query_as_json(query: Query) -> dict[str, object]:
    """What was asked, a value a column."""
    return {
        "name": query.name, "kind": query.kind.value, "birth_date": None if query.birth is None else query.birth.text,
        "nationality": query.nationality, "as_of": None if query.as_of is None else str(query.as_of),
    }  # fmt: skip


def _hit(hit: Hit) -> dict[str, object]:
    entry = hit.listed.entry
    return {
        "against": list(hit.against), "list": entry.list_name, "entry_id": entry.entry_id, "entry": entry.name,
        "kind": entry.kind.value, "matched_name": hit.listed.alias.name, "quality": hit.listed.alias.quality.value,
        "score": hit.score, "name_score": hit.name_score, "match": hit.match, "reasons": list(hit.reasons),
        "programmes": list(entry.programmes), "births": [born.text for born in entry.births],
        "nationalities": list(entry.nationalities),
        "as_of": {"state": hit.as_of.state.value, "name": hit.as_of.name, "words": hit.as_of.words},
    }  # fmt: skip


def words_of(answer: Screened) -> str:
    """What the answer says in a sentence; a miss is no clearance."""
    if not answer.hits:
        return NO_MATCH
    matches = sum(hit.match for hit in answer.hits)
    if matches:
        return f"{matches} at or above the threshold of {THRESHOLD:.2f}."
    return f"None reaches the threshold of {THRESHOLD:.2f}; those shown are near. That is not a clearance."
