"""Commands: record search, show, check, documents, history, undo, grade-source, judge, remove-person, export, import."""

import sys
from dataclasses import asdict
from pathlib import Path

from cyclopts import App
from rich.console import Group as Lines

from tocsin.api import review as verbs
from tocsin.api.exchange import Checked, check_record, export_record, import_record
from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.case import Case
from tocsin.cli.app import out as page
from tocsin.cli.app import print_json, progress
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.cli.record_json import claim_as_json, document_as_json, entity_as_json, entry_as_json
from tocsin.cli.record_passages import passage_as_json, passage_table
from tocsin.cli.review_page import says
from tocsin.cli.shown import plain, seen
from tocsin.errors import InputError, UnknownName
from tocsin.record.claim import ClaimStatus
from tocsin.record.document import Document, Verdict
from tocsin.record.export import FORMATS
from tocsin.record.identity.origins import Provenance
from tocsin.record.store import Entity, Entry, Record, StoredClaim
from tocsin.record.store import Verdict as Judged
from tocsin.record.store.wording import words_of
from tocsin.vocabulary import Reliability

record = App(name="record", help="The record: search it, check its quotes, take it out as one file and put it back.")
SHOWN, HASH = 50, 64
NOT_EXTRACTED = "not extracted: English alone is read for claims"
OLDER = "an older version of the same file"


@record.command
def search(words: str, /, *, case: str = ".", kind: str | None = None, limit: int = SHOWN, json: bool = False) -> None:
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
    page.print(_claims("Claims", found))
    if passages:
        page.print(passage_table(passages))
    for entity in named[:10]:
        say(f"{seen(entity.entity_id)}: {entity.type} {seen(entity.name)}")
    say(f"{len(found)} claims" + (f", the first {limit}" if len(found) == limit else "") + f"; {len(named)} entities.")
    if passages:
        say(f"{len(passages)} passages" + (f", the first {limit}." if len(passages) == limit else "."))


@record.command
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
    _lines(past)


def _show_entity(held: Record, entity: Entity, *, json: bool) -> None:
    claims, judged = held.claims(entity=entity.entity_id, limit=SHOWN), held.judgements(entity.entity_id)
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
    page.print(_claims("Claims that name it", claims))


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


@record.command
def check(*, case: str = ".", json: bool = False) -> int:
    """Hold every stored claim against its text: quote, arguments, numbers. Exit code 1 where one is not borne out.

    Example: tocsin record check --case iraq

    Args:
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    with progress("holding claims against their texts"):
        done = check_record(open_case(case))
    if json:
        print_json({"claims": done.claims, "violations": done.violations, "rows": [asdict(v) for v in done.first]})
    else:
        _say_checked(done)
    return 1 if done.violations else 0


def _say_checked(done: Checked) -> None:
    for one in done.first:
        say(f"{one.claim_id}, {seen(one.document)}: {seen(one.field)}: {seen(one.reason)}")
    say(f"{done.violations:,} violations in {done.claims:,} claims")


@record.command
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


@record.command
def history(
    subject: str | None = None, /, *, case: str = ".", limit: int = SHOWN, after: int = 0, json: bool = False
) -> None:  # fmt: skip
    """Who changed what, when and why; lines are only ever added.

    Example: tocsin record history --case iraq --limit 20

    Args:
        subject: the id of a claim, an entity, a source or a document; everything if not given.
        case: a case folder, or the name of one that ships.
        limit: how many lines at most.
        after: only lines after this one.
        json: print JSON.
    """
    with open_record_of(open_case(case)) as held:
        key = None if subject is None else _subject_meant(held, subject)
        found = held.history(key, limit=limit, after=after)
    if json:
        print_json({"rows": [entry_as_json(entry) for entry in found]})
        return
    _lines(found)
    last = f" More: --after {found[-1].entry}" if len(found) == limit else ""
    say(f"{len(found)} lines.{last}")


def _subject_meant(held: Record, named: str) -> str:
    """What lines of the history are about: an id as it is given, or a document by its name.

    Raises:
        UnknownName: the record holds nothing of that id, and the history no line about it.
    """
    documents = held.documents()
    if held.claim(named) or held.entity(named) or any(named in (d.document_id, d.source_id) for d in documents):
        return named
    older = held.older_versions()
    called = next((d.document_id for d in documents if d.name == named and d.document_id not in older), None)
    if called is None and not held.history(named, limit=1):
        hint = "give the id of a claim, an entity or a source, or a document's name; leave it out for all lines"
        raise UnknownName(
            f"the history has no line about '{seen(named)[:80]}', and the record holds no such id", hint=hint
        )
    return called or named


def _lines(entries: list[Entry]) -> None:
    shown = table("History", "line", "when", "who", "what", "about", "why")
    for one in entries:
        undone = f"{one.action} {one.undoes}" if one.undoes is not None else one.action
        row(
            shown, str(one.entry), one.at[:16].replace("T", " "), seen(one.by), undone, seen(one.subject), seen(one.why)
        )
    page.print(shown)


@record.command
def undo(line: int, /, *, case: str = ".", by: str | None = None, why: str = "", json: bool = False) -> None:
    """Take back one line of the history, if nothing later stands on it; taking back is a line too.

    Example: tocsin record undo 12 --case iraq --by "A. Analyst" --why "accepted by mistake"

    Args:
        line: the line's number.
        case: a case folder, or the name of one that ships.
        by: who takes it back; as git knows you if not given.
        why: the reason.
        json: print JSON.
    """
    with open_record_of(open_case(case)) as held:
        entry = held.undo(line, by=verbs.person(by), why=why)
    _done({"entry": entry, "undoes": line}, f"line {line} is taken back (line {entry})", json=json)


@record.command(name="grade-source")
def grade_source(
    source: str, reliability: str, /, *, case: str = ".", by: str | None = None, why: str = "", json: bool = False
) -> None:  # fmt: skip
    """Grade how reliable a source is: A to F, where F says that it cannot be judged; 'none' takes the grade back.

    A person sets it, with a reason; it is never derived from how many sources agree.

    Example: tocsin record grade-source s1 B --case iraq --by "A. Analyst" --why "right in nine of ten reports checked"

    Args:
        source: the id of a row of the case's table of sources, or a document by its name.
        reliability: A, B, C, D, E, F or none.
        case: a case folder, or the name of one that ships.
        by: who grades; as git knows you if not given.
        why: the reason.
        json: print JSON.
    """
    if reliability.upper() not in Reliability.__members__ and reliability != "none":
        raise UnknownName.of("reliability", reliability, [*Reliability.__members__, "none"])
    grade = None if reliability == "none" else Reliability[reliability.upper()]
    opened = open_case(case)
    with open_record_of(opened) as held:
        source = _source_meant(source, opened, held.documents())
        entry = held.grade_source(source, grade, by=verbs.person(by), why=why)
    words = f"{seen(source)}: {reliability}" + (f", {grade}" if grade else "") + f" (line {entry})"
    _done({"source": source, "reliability": None if grade is None else grade.name, "entry": entry}, words, json=json)


def _source_meant(named: str, case: Case, documents: list[Document]) -> str:
    """The key by which a source is graded: a row of the table of sources, else a document by its name or hash.

    Raises:
        UnknownName: neither is called so.
    """
    keys = {source.source_id: source.source_id for source in case.sources}
    for document in documents:
        key = document.source_id or document.document_id
        keys |= {document.name: key, document.document_id: key, key: key}
    if named not in keys:
        raise UnknownName.of("source or document", named, [name for name in keys if len(name) < HASH])
    return keys[named]


@record.command
def judge(
    left: str, verdict: str, right: str, /, *, case: str = ".", by: str | None = None, why: str = "", json: bool = False
) -> None:  # fmt: skip
    """Judge whether two entities are one: same, not-same or unsure. Nothing is lost, and it can be taken back.

    Example: tocsin record judge e0f3 same known:nmi --case iraq --by "A. Analyst" --why "one decree names both"

    Args:
        left: an entity's id.
        verdict: same, not-same or unsure.
        right: another entity's id.
        case: a case folder, or the name of one that ships.
        by: who judges; as git knows you if not given.
        why: the reason.
        json: print JSON.
    """
    said = verdict.replace("-", " ")
    if said not in set(Judged):
        raise UnknownName.of("verdict", verdict, [v.replace(" ", "-") for v in Judged])
    with open_record_of(open_case(case)) as held:
        one, other = verbs.entity_of(held, left), verbs.entity_of(held, right)
        entry = held.judge(left, right, said, by=verbs.person(by), why=why)
    words = f"{seen(one.name)} and {seen(other.name)}: {said} (line {entry} of the history takes it back)"
    _done({"left": left, "right": right, "verdict": said, "entry": entry}, words, json=json)


@record.command(name="remove-person")
def remove_person(
    entity: str, /, *, case: str = ".", by: str | None = None, why: str = "", everywhere: bool = False,
    yes: bool = False, json: bool = False,
) -> int:  # fmt: skip
    """Take a person's data out of the record for good, and keep it from coming back. This cannot be undone.

    Claims about the person go, and the name is blacked out in texts, quotes, refusals and the history. What stays says
    that something was removed, when, by whom and why. Documents in the case's folder are yours to remove. In other
    documents the same name may be another's: it stays, and is said, unless --everywhere takes it out of them too, and
    out of what is read later. Other scripts and spellings of the name are not reached.

    Example: tocsin record remove-person e0f3 --case iraq --by "A. Analyst" --why "asked for it, no public post"

    Args:
        entity: the person's id.
        case: a case folder, or the name of one that ships.
        by: who removes; as git knows you if not given.
        why: the reason, without the person's name.
        everywhere: every person of the same whole name, and the name in every document, later ones included.
        yes: do not ask.
        json: print JSON.
    """
    with open_record_of(open_case(case)) as held:
        found = verbs.person_named(held, entity)
        who, claims = verbs.person(by), held.count(entity=found.entity_id)
        if any(name.casefold() in f"{why} {who}".casefold() for name in found.names):
            raise InputError("the reason names the person", hint="say why without the name: the reason is kept")
        if not yes and not _agreed(found, claims):
            say("nothing was removed")
            return 1
        done = held.remove_person(found.entity_id, by=who, why=why, everywhere=everywhere)
    words = (
        f"Removed (number {done.removal}): {done.claims} claims, {done.refusals} refused proposals; the name is blacked out in "
        f"{done.texts} texts, {done.quotes} quotes and {done.entries} lines of the history."
    )
    _done(asdict(done), "\n".join((words, *(f"Stays: {seen(what)}" for what in done.stays))), json=json)
    return 0


def _agreed(found: Entity, claims: int) -> bool:
    """Whether the person at the keyboard says yes; without one, nothing is removed."""
    say(
        f"{seen(found.name)} ({seen(found.entity_id)}): {claims} claims in {len(found.documents)} documents name this person."
    )
    say(
        "Gone for good: those about the person; the name in these documents' texts, quotes and refusals, and in the history."
    )
    say("Stays: other claims, with the name blacked out; a note that something was removed; your files in documents/.")
    say("Type yes to remove it:")
    return sys.stdin.readline().strip().lower() == "yes"


@record.command
def export(
    *, out: Path, format: str, case: str = ".", status: list[str] | None = None, force: bool = False, json: bool = False  # noqa: A002  # the option's own word
) -> None:  # fmt: skip
    """Take the record out: ftm, annotation, csv, parquet, or whole.

    ftm writes FollowTheMoney entities, annotation W3C Web Annotations, csv and parquet a folder of tables. Whole is one
    file with everything, which import puts back. Sites that you entered yourself are in the whole record alone.

    Example: tocsin record export --case iraq --format ftm --out iraq.ftm.json

    Args:
        out: the file to write, or a folder for csv and parquet; never in the case's documents/.
        format: ftm, annotation, csv, parquet or whole.
        case: a case folder, or the name of one that ships.
        status: only claims that stand so in review; may be repeated. All but rejected ones if not given.
        force: write over what is there, also where it is no whole record and no folder of tables that Tocsin wrote.
        json: print JSON.
    """
    if format not in FORMATS:
        raise UnknownName.of("format", format, FORMATS)
    if status and format == "whole":
        raise InputError(
            "a whole record has claims of every status", hint="leave --status out, or choose another format"
        )
    with progress("taking the record out"):
        done = export_record(open_case(case), out, form=format, statuses=_statuses(status), force=force)
    if json:
        print_json({
            "format": format, "out": str(out), "withheld": done.withheld,
            "rows": [{"what": what, "count": count} for what, count in done.counts.items()],
        })  # fmt: skip
        return
    say(f"Written: {out}: " + ", ".join(f"{count:,} {what}" for what, count in done.counts.items() if count))
    if format == "whole":
        say("It holds everything: full texts, sites you entered, and the key by which removed names are known again.")
    elif done.withheld:
        say(f"{done.withheld:,} claims name sites that you entered, and were left out: only the whole record has them.")
    if format == "csv":
        say(
            "Cells that a spreadsheet could run begin with an apostrophe; take one away to have the words as they were."
        )


def _statuses(said: list[str] | None) -> frozenset[ClaimStatus] | None:
    if not said:
        return None
    words = [status.replace("-", " ") for status in said]
    for status in words:
        if status not in set(ClaimStatus):
            raise UnknownName.of("status", status, [s.replace(" ", "-") for s in ClaimStatus])
    return frozenset(ClaimStatus(status) for status in words)


@record.command(name="import")
def import_(file: Path, /, *, case: str = ".", json: bool = False) -> int:
    """Put a whole record into a case that has none, and check every claim. A file that was cut short or altered is refused.

    Example: tocsin record import iraq.tocsin --case copy

    Args:
        file: what `tocsin record export --format whole` wrote.
        case: a case folder, or the name of one that ships.
        json: print JSON.
    """
    with progress("putting the record in"):
        done = import_record(open_case(case), file)
    if json:
        checked = done.checked
        print_json({"file": str(file), "rows": done.rows, "claims": checked.claims, "violations": checked.violations})
    else:
        say(f"{done.rows:,} rows put in.")
        _say_checked(done.checked)
    return 1 if done.checked.violations else 0


def _claims(title: str, found: list[StoredClaim]) -> object:
    shown = table(title, "claim", "kind", "status", "document", "page", "quote")
    for claim in found:
        where = str(claim.page) if claim.page is not None else UNKNOWN
        row(shown, claim.claim_id, claim.kind, claim.status.value, seen(claim.document), where, seen(claim.quote.words))
    return shown


def _done(value: dict[str, object], words: str, *, json: bool) -> None:
    if json:
        print_json(value)
    else:
        say(words)
