"""Command: review."""

from rich.table import Table

from tocsin.api import review as verbs
from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.api.shapes.review import refusal_as_json, waiting_as_json
from tocsin.cli.app import out, print_json
from tocsin.cli.keys import Keys
from tocsin.cli.printing import UNKNOWN, row, say, table
from tocsin.cli.review_page import refused as refused_page
from tocsin.cli.review_session import Session
from tocsin.cli.shown import seen
from tocsin.errors import InputError, UnknownName
from tocsin.record.claim import ClaimStatus
from tocsin.record.gate import nearest
from tocsin.record.review import Waiting, in_place
from tocsin.record.store import Record
from tocsin.vocabulary import Credibility

FIRST = 50


def review(
    *, case: str = ".", kind: str | None = None, document: str | None = None, limit: int = 1000, by: str | None = None,
    why: str = "", list: bool = False, refused: bool = False, accept: str | None = None, reject: str | None = None,  # noqa: A002  # the option's own word
    work_needed: str | None = None, issue: str | None = None, conflict: str | None = None, reopen: str | None = None,
    correct: str | None = None, mark: int | None = None, quote: str | None = None, grade: str | None = None,
    credibility: str | None = None, json: bool = False,
) -> int:  # fmt: skip
    """Look through what was proposed, one claim at a time in its sentence, and decide with a key.

    What contradicts something comes first, then claims by kind and document. Every decision keeps who made it, when and
    why, and can be taken back. Without a terminal a line is a key, and words after it are its reason.

    Example: tocsin review --case iraq
    Example: tocsin review --case iraq --list --json
    Example: tocsin review --case iraq --accept 0f3a... --by "A. Analyst" --why "the decree says so"

    Args:
        case: a case folder, or the name of one that ships.
        kind: only claims of this kind.
        document: only claims of this document, by name or hash.
        limit: how many claims at most.
        by: who decides; as git knows you if not given.
        why: the reason.
        list: list what waits, and decide nothing.
        refused: list what the gate turned away; it is no claim, and is never accepted as it was proposed.
        accept: accept the claim of this id.
        reject: reject it.
        work_needed: say that it needs work.
        issue: say that it has an issue.
        conflict: say that it is in conflict with another source.
        reopen: put it back among what is proposed.
        correct: let the claim of this id quote --quote instead.
        mark: make a claim of the refused proposal of this number, from the words of --quote.
        quote: words of the text, as they stand there.
        grade: grade the claim of this id by --credibility.
        credibility: 1 to 6; none takes the grade back.
        json: print JSON.
    """
    decisions = {
        ClaimStatus.ACCEPTED: accept, ClaimStatus.REJECTED: reject, ClaimStatus.WORK_NEEDED: work_needed,
        ClaimStatus.ISSUE: issue, ClaimStatus.CONFLICT: conflict, ClaimStatus.PROPOSED: reopen,
    }  # fmt: skip
    asked = {status: claim_id for status, claim_id in decisions.items() if claim_id is not None}
    if len(asked) + sum(x is not None for x in (correct, mark, grade)) + list + refused > 1:
        raise InputError("one thing at a time", hint="give one of --list, --refused, --accept, --reject, --correct ...")
    with open_record_of(open_case(case)) as record:
        if refused:
            return _refused(record, limit=limit, json=json)
        if asked:
            ((status, claim_id),) = asked.items()
            entry = verbs.decide(record, claim_id, status, by=verbs.person(by), why=why)
            return _told(claim_id, entry, f"{status}", json=json)
        if correct is not None or mark is not None:
            return _from_words(record, correct, mark, quote, by=verbs.person(by), why=why, json=json)
        if grade is not None:
            entry = record.grade_claim(grade, _credibility(credibility), by=verbs.person(by), why=why)
            return _told(grade, entry, f"credibility {credibility}", json=json)
        waiting = verbs.queue(record, kind=kind, document=_document(record, document), limit=limit)
        if list or json:
            return _list(record, waiting, json=json)
        return _session(record, waiting, by=verbs.person(by), case=case)


def _session(record: Record, waiting: list[Waiting], *, by: str, case: str) -> int:
    if not waiting:
        say(
            f"Nothing waits for review: {record.count():,} claims in the record. More come by: tocsin read --case {case}"
        )
        return 0
    session = Session(record, waiting, by=by, keys=Keys())
    done = session.run()
    many = "1 decision" if done == 1 else f"{done} decisions"
    say(f"{many} by {seen(by)}. tocsin record history --case {case} shows them, tocsin record undo takes one back.")
    return 0


def _from_words(
    record: Record, correct: str | None, mark: int | None, quote: str | None, *, by: str, why: str, json: bool
) -> int:  # fmt: skip
    if quote is None:
        raise InputError("the words of the text are missing", hint='give --quote "words as they stand in the text"')
    if correct is not None:
        made = verbs.correct_words(record, correct, quote, by=by, why=why)
    else:
        assert mark is not None
        made = verbs.mark_refused(record, mark, quote, by=by, why=why)
    return _told(made, record.history(correct or made)[-1].entry, "proposed with the quote that was marked", json=json)


def _told(claim_id: str, entry: int, words: str, *, json: bool) -> int:
    if json:
        print_json({"claim_id": claim_id, "entry": entry, "done": words})
    else:
        say(f"{claim_id}: {words} (line {entry} of the history; tocsin record undo {entry} --why WORDS takes it back)")
    return 0


def _credibility(said: str | None) -> Credibility | None:
    if said == "none":
        return None
    if said is None or f"C{said}" not in Credibility.__members__:
        raise UnknownName.of("credibility", said or "", [*(g.name[1] for g in Credibility), "none"])
    return Credibility[f"C{said}"]


def _document(record: Record, said: str | None) -> str | None:
    if said is None:
        return None
    found = {d.name: d.document_id for d in record.documents()}
    if said in found.values():
        return said
    if said not in found:
        raise UnknownName.of("document", said, found)
    return found[said]


def _list(record: Record, waiting: list[Waiting], *, json: bool) -> int:
    if json:
        print_json(
            {"claims": record.count(), "waiting": len(waiting), "rows": [waiting_as_json(one) for one in waiting]}
        )
        return 0
    out.print(_table(waiting[:FIRST]))
    more = f", the first {FIRST} are shown" if len(waiting) > FIRST else ""
    say(f"{len(waiting):,} of {record.count():,} claims wait for a person{more}.")
    return 0


def _table(waiting: list[Waiting]) -> Table:
    made = table("Claims that wait for a person", "claim", "kind", "why now", "document", "page", "quote")
    for one in waiting:
        claim = one.claim
        where = str(claim.page) if claim.page is not None else UNKNOWN
        row(made, claim.claim_id, claim.kind, one.why, seen(claim.document), where, seen(claim.quote.words))
    return made


def _refused(record: Record, *, limit: int, json: bool) -> int:
    found = record.refusals(limit=limit)
    if json:
        print_json({"rows": [refusal_as_json(one) for one in found]})
        return 0
    for one in found[:FIRST]:
        text = record.text(one.proposal.text_id)
        near = nearest(one.proposal.quote.words, text)
        out.print(refused_page(one, None if near is None else in_place(text, near.span)), soft_wrap=True)
    more = f", the first {FIRST} are shown" if len(found) > FIRST else ""
    say(f"{len(found):,} proposals turned away by the gate{more}. They are no claims.")
    if found:
        say(
            'To make a claim of one, mark what the text says: tocsin review --mark NUMBER --quote "words of the text" --why ...'
        )
    return 0
