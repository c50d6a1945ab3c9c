"""Command: record documents."""

from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.api.shapes.record import document_as_json
from tocsin.cli.app import out as page
from tocsin.cli.app import print_json
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.cli.shown import seen
from tocsin.record.document import Document, Verdict
from tocsin.record.identity.origins import Provenance

NOT_EXTRACTED = "not extracted: English alone is read for claims"
OLDER = "an older version of the same file"


def documents(*, case: str = ".", json: bool = False) -> None:
    """Every document of the record, what came of reading it, and how many claims it made.

    Example: tocsin record documents --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    with open_record_of(open_case(case)) as held:
        told, older = [], held.older_versions()
        for document in held.documents():
            texts, key = held.texts_of(document.document_id), document.document_id
            told.append((document, texts[-1].language if texts else None, held.count(document=key), older.get(key)))
    behind = Provenance({document.document_id: document for document, *_ in told})
    if json:
        print_json({"rows": [document_as_json(*one) for one in told]})
        return
    shown = table("Documents", "document", "verdict", "language", "published", "claims", "note")
    for document, language, count, newer in told:
        row(shown, seen(document.name), document.verdict.value, language or UNKNOWN, _published(document), f"{count:,}",
            seen("; ".join(filter(None, (OLDER if newer else "", _note(document, language),
                                         _lacking(behind.missing(document)))))))  # fmt: skip
    page.print(shown)
    say(f"{len(told):,} documents, {sum(count for _, _, count, _ in told):,} claims.")


def _published(document: Document) -> str:
    if document.published is None:
        return UNKNOWN
    return f"{document.published} ({document.published_origin})"


def _note(document: Document, language: str | None) -> str:
    if document.verdict is Verdict.READ and language not in ("en", None) and not document.name.startswith("tables/"):
        return NOT_EXTRACTED
    return document.why


def _lacking(missing: str | None) -> str:
    return f"derives from {missing}, and no document is called so" if missing else ""
