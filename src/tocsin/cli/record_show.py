"""Command: record show: a claim in its sentence, an entity with its claims, a document."""

from dataclasses import asdict

from rich.console import Group as Lines

from tocsin.api import review as verbs
from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.api.shapes.record import claim_as_json, document_as_json, entity_as_json, entry_as_json
from tocsin.cli.app import out as page
from tocsin.cli.app import print_json
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.cli.record_shown import FIRST, claim_table, say_history
from tocsin.cli.review_page import says
from tocsin.cli.shown import plain, seen
from tocsin.errors import UnknownName
from tocsin.record.document import Document
from tocsin.record.store import Entity, Record, StoredClaim


def show(id: str, /, *, case: str = ".", json: bool = False) -> None:  # noqa: A002  # the option's own word
    """A claim in its sentence, an entity with its claims, or a document with what came of reading it.

    Example: tocsin record show known:nmi --case iraq

    Args:
        id: the id of a claim or an entity, or a document's hash or name.
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    with open_record_of(open_case(case)) as held:
        claim, entity = held.claim(id), held.entity(id)
        older = held.older_versions()
        named = [d for d in held.documents() if id in (d.document_id, d.name)]
        document = next((d for d in named if d.document_id not in older), next(iter(named), None))
        if claim is not None:
            _show_claim(held, claim, json=json)
        elif entity is not None:
            _show_entity(held, entity, json=json)
        elif document is not None:
            _show_document(held, document, json=json)
        else:
            hint = "tocsin record search finds claims and entities, tocsin record documents lists documents"
            raise UnknownName(f"nothing in the record has the id '{seen(id)[:80]}'", hint=hint)


def _show_claim(held: Record, claim: StoredClaim, *, json: bool) -> None:
    past, place, near = held.history(claim.claim_id), verbs.place_of(held, claim), verbs.beside(held, claim)
    if json:
        agrees = [c.claim_id for c in near.agrees]
        against = [{"about": c.about, "left": c.left_says, "right": c.right_says, "overlap": c.overlap.value}
                   for c in near.contradicts]  # fmt: skip
        print_json({
            "claim": claim_as_json(claim), "context": asdict(place), "agrees": agrees, "origins": near.origins,
            "contradicts": against, "history": [entry_as_json(e) for e in past],
        })  # fmt: skip
        return
    text = plain(place.before, "dim", lines=True)
    text.append_text(plain(place.quote, "reverse", lines=True)).append_text(plain(place.after, "dim", lines=True))
    where = f"page {claim.page}" if claim.page is not None else f"paragraph {claim.paragraph or UNKNOWN}"
    page.print(Lines(plain(f"{claim.kind} in {claim.document}, {where}"), text, *says(claim)), soft_wrap=True)
    for one in near.contradicts:
        say(f"contradicts: {seen(one.about)}: {seen(one.left_says)} | {seen(one.right_says)} ({one.overlap})")
    for argument, entity in zip(claim.arguments, claim.entities, strict=True):
        if entity is not None:
            say(f"  {argument.role}: {seen(entity)}")
    say_history(past)


def _show_entity(held: Record, entity: Entity, *, json: bool) -> None:
    claims, judged = held.claims(entity=entity.entity_id, limit=FIRST), held.judgements(entity.entity_id)
    if json:
        print_json({
            "entity": entity_as_json(entity), "judgements": [asdict(j) for j in judged],
            "claims": [claim_as_json(c) for c in claims],
        })  # fmt: skip
        return
    say(f"{seen(entity.name)}: {entity.type}, {seen(entity.entity_id)}")
    say(f"also: {', '.join(seen(name) for name in entity.names[1:]) or 'no other name'}")
    for one in judged:
        say(f"judged {one.verdict}: {seen(one.left)} | {seen(one.right)}, by {seen(one.by)}: {seen(one.why)}")
    page.print(claim_table("Claims that name it", claims))


def _show_document(held: Record, document: Document, *, json: bool) -> None:
    texts = held.texts_of(document.document_id)
    count = held.count(document=document.document_id)
    newer = held.older_versions().get(document.document_id)
    told = document_as_json(document, texts[-1].language if texts else None, count, newer)
    if json:
        print_json({"document": told, "parsers": [text.parser for text in texts]})
        return
    shown = table("Document", "what", "as it stands")
    for name, value in told.items():
        row(shown, name, UNKNOWN if value is None else seen(str(value)))
    page.print(shown)
