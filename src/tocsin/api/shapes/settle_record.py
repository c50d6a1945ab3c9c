"""The documented shape of `settle --from-record --json`."""

from dataclasses import asdict

from tocsin.case.questions import Question
from tocsin.decide.settle.from_record import PartyInRecord


def record_as_json(
    found: dict[str, tuple[Question, tuple[PartyInRecord, ...]]], *, case: str, demo: bool
) -> dict[str, object]:
    """The documented shape of `settle --from-record --json`."""
    return {
        "case": case, "demo": demo,
        "questions": [
            {"question": asked.id, "unit": asked.scale.unit, "parties": [_party_as_json(p) for p in parties]}
            for asked, parties in found.values()
        ],
    }  # fmt: skip


def _party_as_json(party: PartyInRecord) -> dict[str, object]:
    whole = asdict(party)
    for kept, claim in zip(whole["claims"], party.claims, strict=True):
        kept["published"] = None if claim.published is None else str(claim.published)
    return whole
