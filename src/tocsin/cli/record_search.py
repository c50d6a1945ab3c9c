"""Command: record search."""

from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.api.shapes.passages import passage_as_json
from tocsin.api.shapes.record import claim_as_json, entity_as_json
from tocsin.cli.app import out as page
from tocsin.cli.app import print_json
from tocsin.cli.printing import say
from tocsin.cli.record_passages import passage_table
from tocsin.cli.record_shown import FIRST, claim_table
from tocsin.cli.shown import seen
from tocsin.errors import InputError
from tocsin.record.store.wording import words_of


def search(words: str, /, *, case: str = ".", kind: str | None = None, limit: int = FIRST, json: bool = False) -> None:
    """Claims whose quote or names hold all the words, and passages of documents that made no claim, in any language.

    Case, accents and marks do not count. Passages of languages that are not read for claims are marked as not extracted.

    Example: tocsin record search "badr diyala" --case iraq

    Args:
        words: the words; nothing in them is an operator.
        case: a case folder, or the name of one that ships.
        kind: only claims of this kind, and no passages.
        limit: how many at most.
        json: print JSON.
    """
    if not words_of(words):
        raise InputError(
            "no word is given to search for", hint='give one or more, as: tocsin record search "badr diyala"'
        )
    with open_record_of(open_case(case)) as held:
        found = held.search(words, kind=kind, limit=limit)
        named = held.entities(name=words, limit=limit)
        passages = [] if kind is not None else held.search_texts(words, without_claims=True, limit=limit)
    if json:
        print_json({
            "words": words, "entities": [entity_as_json(e) for e in named], "rows": [claim_as_json(c) for c in found],
            "passages": [passage_as_json(p) for p in passages],
        })  # fmt: skip
        return
    page.print(claim_table("Claims", found))
    if passages:
        page.print(passage_table(passages))
    for entity in named[:10]:
        say(f"{seen(entity.entity_id)}: {entity.type} {seen(entity.name)}")
    say(f"{len(found)} claims" + (f", the first {limit}" if len(found) == limit else "") + f"; {len(named)} entities.")
    if passages:
        say(f"{len(passages)} passages" + (f", the first {limit}." if len(passages) == limit else "."))
