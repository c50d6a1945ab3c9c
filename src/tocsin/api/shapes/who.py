"""The documented shapes of `who --json` and `contradictions --json`."""

from tocsin.api.shapes.plain import as_plain
from tocsin.api.who import Context
from tocsin.record.asking import Answer, Before, Moment
from tocsin.record.contradiction import Contradiction
from tocsin.record.corroboration import Group
from tocsin.record.sentence import sentence
from tocsin.record.spans import Period
from tocsin.record.store import StoredClaim


def answer_as_json(answer: Answer, context: Context) -> dict[str, object]:
    """One answer with all its claims."""
    return {
        "statement": answer.sentence, "kind": answer.group.kind, "modality": answer.group.modality.value,
        "held": answer.holding.value if answer.holding else None, "by_name": answer.by_name,
        "origins": origins_as_json(answer.group), "repeats": answer.group.repeats,
        "claims": [claim_as_json(claim, context) for claim in answer.group.claims],
    }  # fmt: skip


def contradiction_as_json(one: Contradiction, context: Context) -> dict[str, object]:
    """One contradiction with both sides."""
    sides = {"left": (one.left_says, one.left), "right": (one.right_says, one.right)}
    return {
        "rule": one.rule, "kind": one.kind, "about": one.about, "time": one.overlap.value, "reported": one.reported,
        "contested": one.contested, "notes": list(one.notes),
        **{
            name: {
                "says": says, "origins": [origin for group in groups for origin in origins_as_json(group)],
                "claims": [claim_as_json(claim, context) for group in groups for claim in group.claims],
            }
            for name, (says, groups) in sides.items()
        },
    }  # fmt: skip


def before_as_json(done: Before, context: Context) -> dict[str, object]:
    """What was claimed before a day, and what is of unknown date."""
    return {
        "rows": [claim_as_json(claim, context) for claim in done.claims],
        "undated": [claim_as_json(claim, context) for claim in done.undated],
    }


def moment_as_json(moment: Moment, context: Context) -> dict[str, object]:
    """One line of a timeline."""
    return {**_period(moment.when), **claim_as_json(moment.claim, context)}


def origins_as_json(group: Group) -> list[dict[str, object]]:
    """Origins that are independent of each other, each with its documents and why they are one."""
    return [{"words": o.words, "documents": list(o.documents), "why": list(o.why)} for o in group.origins]


def claim_as_json(claim: StoredClaim, context: Context) -> dict[str, object]:
    """A claim with its quote, place, dates, grades and standing."""
    graded = context.grade_of(claim)
    document = context.documents[claim.document_id]
    return {
        "claim_id": claim.claim_id, "says": sentence(claim.proposal), "quote": claim.quote.words,
        "document": claim.document, "page": claim.page, "paragraph": claim.paragraph,
        "published_on": as_plain(claim.published), "published_origin": document.published_origin.value,
        "modality": claim.modality.value, "attributed_to": [span.words for span in claim.attributed_to],
        "dates": as_plain(claim.dates), "status": claim.status.value,
        "source": graded[0] if graded else claim.source_id, "reliability": graded[1].name if graded else None,
        "credibility": claim.credibility.name[1:] if claim.credibility else None,
    }  # fmt: skip


def _period(when: Period | None) -> dict[str, object]:
    first, last = (when.first, when.last) if when else (None, None)
    return {"first": first.isoformat() if first else None, "last": last.isoformat() if last else None}
