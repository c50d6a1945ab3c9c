"""The queue of review: one claim at a time with all that is needed to decide on it, and those that come next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tocsin.errors import OutOfRange
from tocsin.record.claim import ClaimStatus
from tocsin.record.kinds import kinds
from tocsin.record.review import waiting
from tocsin.record.store.asked import Asked
from tocsin.record.store.values import OPEN_STATUSES
from tocsin.web.record.claim import claim_shown
from tocsin.web.record.contradictions import in_whole
from tocsin.web.record.deciding import form
from tocsin.web.record.history import done
from tocsin.web.record.questions import asked
from tocsin.web.record.shelf import count_words, kind_words

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from tocsin.record.review import Waiting
    from tocsin.record.store import StoredClaim
    from tocsin.web.record.shelf import Shelf

NEXT_SHOWN = 10
Token = tuple[str, str, int]


def review(shelf: Shelf, query: QueryParams, *, may_decide: bool) -> dict[str, object]:
    """What the page of review shows.

    Args:
        shelf: the record.
        query: kind, status, document; `after`: the last place in the queue seen.
        may_decide: whether the forms are shown.

    Raises:
        InputError: the address asks for what cannot be.
    """
    question = asked(query)
    queue = _queue(shelf, question, _token(query.get("after", "")))
    of = {"kind": question.kind, "status": question.status, "document": question.document}
    now, token = queue[0] if queue else (None, None)
    tally = shelf.record.tally(Asked(document=question.document))
    counts = [
        (s.value, count_words(n, whole=tally.whole))
        for s in OPEN_STATUSES
        if (n := tally.of(kind=question.kind, status=s))
    ]
    here = shelf.url("review", **of, after=query.get("after", ""))
    return {
        "question": question, "kinds": {name: kind_words(name) for name in kinds()},
        "statuses": [s.value for s in OPEN_STATUSES], "counts": counts, "begun": bool(query.get("after")),
        "now": now, "shown": claim_shown(shelf, now.claim) if now else None,
        "next": [(shelf.line(one.claim), one.why) for one, _ in queue[1:]],
        "skip_url": shelf.url("review", **of, after=_written(token)) if token else None,
        "first_url": shelf.url("review", **of), "may_decide": may_decide,
        "form": form(shelf.record, now.claim, back=here) if now and may_decide else None,
        "decided": _decided(shelf, query.get("done", ""), here) if may_decide else None,
    }  # fmt: skip


def _decided(shelf: Shelf, claim_id: str, back: str) -> dict[str, object] | None:
    """What was decided just now, so that it can be taken back; None where nothing was."""
    claim = shelf.record.claim(claim_id) if claim_id else None
    lines = done(shelf.record.lines(f"claim:{claim_id}")) if claim else []
    return {"line": shelf.line(claim), "last": lines[0], "back": back} if claim and lines else None


def _queue(shelf: Shelf, question: Asked, after: Token | None) -> list[tuple[Waiting, Token]]:
    """The next claims of the queue: what contradicts first, as far as that is known, then as the record orders them."""
    contested = _contested(shelf, question)
    said = {one.claim.claim_id for one in contested}
    found: list[tuple[Waiting, Token]] = []
    if after is None or after[0] == CONTESTED:
        begin = after[2] if after else 0
        found = [(one, (CONTESTED, "", n)) for n, one in enumerate(contested, 1) if n > begin]
    rest = after if after is not None and after[0] != CONTESTED else None
    while len(found) <= NEXT_SHOWN:
        places = shelf.record.waiting(
            kind=question.kind, status=question.status, document=question.document, after=rest, limit=NEXT_SHOWN + 1
        )  # fmt: skip
        claims = shelf.record.claims_at([seq for *_, seq in places])
        ordered = zip((w for c in claims for w in waiting([c], contested={})), places, strict=False)
        found += [(one, place) for one, place in ordered if one.claim.claim_id not in said]
        if len(places) <= NEXT_SHOWN:
            break
        rest = places[-1]
    return found[: NEXT_SHOWN + 1]


CONTESTED = "contested"


def _contested(shelf: Shelf, question: Asked) -> list[Waiting]:
    """Claims that wait and that others exclude, of a record small enough for all to be held against one another."""
    looked = in_whole(shelf, question.kind)
    if looked is None:
        return []
    why: dict[str, tuple[str, ...]] = {}
    ids: dict[str, None] = {}
    for one in looked.found:
        for side, other in ((one.left, one.right_says), (one.right, one.left_says)):
            for held in (claim for group in side for claim in group.claims):
                ids.setdefault(held.claim_id)
                why[held.claim_id] = (*why.get(held.claim_id, ()), f"{one.about}: {other} ({one.overlap})")
    claims = {claim.claim_id: claim for claim in shelf.record.claims_called([*ids])}
    return waiting([claims[i] for i in ids if i in claims and _is_asked(claims[i], question)], contested=why)


def _is_asked(claim: StoredClaim, question: Asked) -> bool:
    return question.status in (None, claim.status) and question.document in (None, claim.document_id)


def _token(given: str) -> Token | None:
    """A place in the queue as an address says it.

    Raises:
        OutOfRange: it is none.
    """
    if not given:
        return None
    status, _, rest = given.partition("~")
    kind, _, number = rest.partition("~")
    known = status in {*ClaimStatus, CONTESTED} and (kind in kinds() or status == CONTESTED)
    if not (known and number.isascii() and number.isdecimal() and len(number) < 19):
        raise OutOfRange("no such place in the queue", hint="follow the links of the page")
    return status, kind, int(number)


def _written(token: Token) -> str:
    return "~".join(map(str, token))
