"""Commands: record grade-source, judge."""

from tocsin.api import review as verbs
from tocsin.api.known import open_case
from tocsin.api.record import open_record_of
from tocsin.case import Case
from tocsin.cli.record_shown import say_done
from tocsin.cli.shown import seen
from tocsin.errors import UnknownName
from tocsin.record.document import Document
from tocsin.record.store import Verdict as Judged
from tocsin.vocabulary import Reliability

HASH = 64


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
    say_done({"source": source, "reliability": None if grade is None else grade.name, "entry": entry}, words, json=json)


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
    say_done({"left": left, "right": right, "verdict": said, "entry": entry}, words, json=json)
