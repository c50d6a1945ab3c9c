"""The documented shapes of rows of `review --list --json` and of what the gate turned away."""

from dataclasses import asdict

from tocsin.api.shapes.record import claim_as_json
from tocsin.record.review import Waiting
from tocsin.record.store import StoredRefusal


def waiting_as_json(one: Waiting) -> dict[str, object]:
    """The documented shape of a row of `review --list --json`."""
    return {**claim_as_json(one.claim), "why": one.why, "contested": [*one.contested]}


def refusal_as_json(one: StoredRefusal) -> dict[str, object]:
    """The documented shape of a proposal that the gate turned away."""
    told = asdict(one)
    del told["proposal"]
    return {**told, "kind": one.proposal.kind, "words": one.proposal.quote.words, "extractor": one.proposal.extractor}
