"""How well designations and posts are read from releases of the US Treasury, against an annotation by hand."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from tocsin.api.treasury_scores import SLOTS, Counts, Designation, Named, Place, Post, pair_designations, pair_posts
from tocsin.case.dates import PartialDate
from tocsin.errors import FileProblem, TableProblem, Where
from tocsin.record.extract.annotate import annotate
from tocsin.record.extract.knowledge import knowledge_of
from tocsin.record.extract.model import load_model
from tocsin.record.extract.rules import RULES
from tocsin.record.extract.rules.bodies import body_key
from tocsin.record.extract.rules.designated_names import folded
from tocsin.record.extract.rules.instruments import instrument_key
from tocsin.record.extract.rules.stretches import stretches_of
from tocsin.record.gate import check
from tocsin.record.reading import Given, read_bytes
from tocsin.record.reading.offsets import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tocsin.record.claim import Argument, Proposal
    from tocsin.record.document import Document, Text

RELEASES = "us_treasury_releases.parquet"
_MARKS = str.maketrans("", "", "*_#\u200b")


@dataclass(frozen=True, slots=True)
class Read:
    """One release as it was read: its text and the proposals that passed the gate."""

    text: Text
    proposals: tuple[Proposal, ...]
    refused: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one release came out: pairs of what was read and annotated, for those who mend the rules."""

    release: str
    predicted: tuple[Designation, ...]
    gold: tuple[Designation, ...]
    pairs: tuple[tuple[int, int], ...]
    predicted_posts: tuple[Post, ...]
    gold_posts: tuple[Post, ...]
    post_pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TreasuryScores:
    """Scores over the releases of one half of the annotation.

    Attributes:
        split: `dev` or `test`.
        releases: how many.
        whole: designations right in party, state, authority, body, date and reason.
        party: designations right in party and state.
        slots: of the pairs, the share (0..1) in which each part is right.
        posts: posts right in person, title and organisation.
        refused: proposals that the gate turned away.
    """

    split: str
    releases: int
    whole: Counts
    party: Counts
    slots: Mapping[str, float | None]
    posts: Counts
    refused: int
    verdicts: tuple[Verdict, ...] = field(default=(), repr=False)


def benchmark_treasury(data: Path, annotations: Path, split: str) -> TreasuryScores:
    """Read the annotated releases as any document is read, and score what came of it.

    Args:
        data: folder that holds the file of releases.
        annotations: folder that holds one folder for each half, with one JSON file a release.
        split: name of the half, as `dev`.

    Raises:
        FileProblem: the releases or the annotation are not there.
        TableProblem: an annotated text is not the one that was annotated.
    """
    told = _annotations(annotations / split)
    sources = releases(data, [str(one["release"]) for one in told])
    model, knowledge = load_model(), knowledge_of(None)
    verdicts, refused = [], 0
    for one in told:
        source, date = sources[str(one["release"])]
        if hashlib.sha256(source.encode("utf-8")).hexdigest() != one["sha256"]:
            raise TableProblem(
                f"{one['release']} is not the text that was annotated", where=Where(file=data / RELEASES, field="text"),
                hint="offsets hold only for the text with the hash in the annotation",
            )  # fmt: skip
        read = read_release(source, date, model=model, knowledge=knowledge)
        refused += read.refused
        verdicts.append(_verdict(one, source, read))
    return scored(verdicts, split=split, refused=refused)


def scored(verdicts: Sequence[Verdict], *, split: str, refused: int = 0) -> TreasuryScores:
    """Add up what came of each release."""
    paired = [(v.predicted[p], v.gold[g]) for v in verdicts for p, g in v.pairs]
    predicted, gold = sum(len(v.predicted) for v in verdicts), sum(len(v.gold) for v in verdicts)
    whole = sum(all(same(p, g) for same in SLOTS.values()) for p, g in paired)
    return TreasuryScores(
        split=split,
        releases=len(verdicts),
        whole=Counts(whole, predicted, gold),
        party=Counts(len(paired), predicted, gold),
        slots={
            name: sum(same(p, g) for p, g in paired) / len(paired) if paired else None for name, same in SLOTS.items()
        },
        posts=Counts(
            sum(len(v.post_pairs) for v in verdicts),
            sum(len(v.predicted_posts) for v in verdicts),
            sum(len(v.gold_posts) for v in verdicts),
        ),
        refused=refused,
        verdicts=tuple(verdicts),
    )


def read_release(source: str, date: str, *, model: object, knowledge: object) -> Read:
    """A release through the reader, the names, the rules and the gate."""
    given = Given(published=PartialDate.parse(date))
    document, text = read_bytes(source.encode("utf-8"), name="release.md", given=given)
    if text is None:
        raise FileProblem(f"the release of {date} could not be read: {document.why}")
    return through_rules(document, text, model=model, knowledge=knowledge)


def through_rules(document: Document, text: Text, *, model: object, knowledge: object) -> Read:
    """The proposals of the rules on a text that pass the gate."""
    annotated = annotate(text, knowledge, model=model)  # type: ignore[arg-type]
    proposals = tuple(RULES.propose(annotated, document))
    passed = tuple(p for p in proposals if check(p, text) is None)
    return Read(text, passed, len(proposals) - len(passed))


def _annotations(folder: Path) -> list[dict[str, object]]:
    found = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not found:
        raise FileProblem(
            "there is no annotation",
            where=Where(file=folder),
            hint="the half is kept elsewhere, or its name is wrong: dev, test",
        )
    return [json.loads(path.read_text("utf-8")) for path in found]


def releases(data: Path, wanted: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The text and the date (ISO) of each release that is wanted, by its path; one that is not there is left out.

    Args:
        data: folder that holds the file of releases.
        wanted: paths of releases, as an annotation names them.

    Raises:
        FileProblem: the releases are not there.
    """
    path = data / RELEASES
    if not path.is_file():
        raise FileProblem(
            "the releases are not there", where=Where(file=path), hint="give the folder that holds the documents"
        )
    table = pl.read_parquet(path, columns=["path", "text", "date"]).filter(pl.col("path").is_in(wanted))
    return {row[0]: (row[1], str(row[2])) for row in table.iter_rows()}


def _verdict(told: Mapping[str, object], source: str, read: Read) -> Verdict:
    predicted = predicted_designations(read.proposals)
    gold = gold_designations(told, source, read.text)
    posts = predicted_posts(read.proposals)
    posts_told = gold_posts(told, source, read.text)
    return Verdict(
        str(told["release"]), predicted, gold, tuple(pair_designations(predicted, gold)),
        posts, posts_told, tuple(pair_posts(posts, posts_told)),
    )  # fmt: skip


def gold_designations(told: Mapping[str, object], source: str, text: Text) -> tuple[Designation, ...]:
    """The designations of one annotated release, their offsets in the source turned into offsets in the text."""
    return tuple(_gold_designation(one, source, text) for one in _rows(told["designations"]))


def gold_posts(told: Mapping[str, object], source: str, text: Text) -> tuple[Post, ...]:
    """The posts of one annotated release, their offsets in the source turned into offsets in the text."""
    return tuple(_gold_post(one, source, text) for one in _rows(told["posts"]))


def _rows(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def predicted_designations(proposals: Iterable[Proposal]) -> tuple[Designation, ...]:
    """The designations read from one text, those of one party, state, date and body joined."""
    joined: dict[tuple[object, ...], list[Proposal]] = {}
    for p in proposals:
        who = p.first("who")
        if p.kind != "designated" or who is None:
            continue
        by = frozenset(body_key(a.words) for a in p.arguments if a.role == "by")
        when = p.dates.start or p.dates.end or p.dates.first_seen
        joined.setdefault((folded(who.words), p.state, str(when), by), []).append(p)
    return tuple(_joined(group) for group in joined.values())


def _joined(group: Sequence[Proposal]) -> Designation:
    dates = group[0].dates
    parts = [a for p in group for a in p.arguments]
    return Designation(
        who=_named(a for a in parts if a.role == "who"),
        state=str(group[0].state.value) if group[0].state else "",
        by=tuple(dict.fromkeys(a.words for a in parts if a.role == "by")),
        authorities=frozenset(
            instrument_key(a.words) if a.value is None else a.value for a in parts if a.role == "authority"
        ),
        when=dates.start or dates.end or dates.first_seen,
        reasons=tuple((a.span.start, a.span.end) for a in parts if a.role == "for" and a.span),
    )


def predicted_posts(proposals: Iterable[Proposal]) -> tuple[Post, ...]:
    """The posts read from one text, those of one person, title and organisation joined."""
    joined: dict[tuple[str, ...], list[Proposal]] = {}
    for p in proposals:
        if p.kind != "person-holds-post":
            continue
        key = tuple(folded(a.words) if (a := p.first(role)) else "" for role in ("person", "post", "organisation"))
        joined.setdefault(key, []).append(p)
    return tuple(_post(group) for group in joined.values())


def _post(group: Sequence[Proposal]) -> Post:
    parts = [a for p in group for a in p.arguments]
    title = next(a for a in parts if a.role == "post")
    bodies = [a for a in parts if a.role == "organisation"]
    return Post(
        _named(a for a in parts if a.role == "person"), title.words,
        (title.span.start, title.span.end) if title.span else None, _named(bodies) if bodies else None,
    )  # fmt: skip


def _named(arguments: Iterable[Argument]) -> Named:
    told = tuple(arguments)
    spans = [span for a in told for span in (a.span, a.pronoun) if span is not None]
    return Named(tuple((s.start, s.end) for s in spans), frozenset(folded(a.words) for a in told))


def _gold_named(spans: Iterable[Sequence[int]], source: str, text: Text) -> Named:
    told = [tuple(span) for span in spans]
    names = frozenset(folded(source[a:b].translate(_MARKS)) for a, b in told)
    return Named(tuple(_places(told, text)), names - {""})


def _places(spans: Iterable[Sequence[int]], text: Text) -> Iterator[Place]:
    """Stretches of the source as stretches of the text; of one whose edge is mark-up, what is left within."""
    for low, high in spans:
        inside = [at for at in (to_text(text, n) for n in range(low, high)) if at is not None]
        if inside:
            yield min(inside), max(inside) + 1


def _gold_designation(told: Mapping[str, object], source: str, text: Text) -> Designation:
    when = told["when"]
    assert isinstance(when, dict)
    return Designation(
        who=_gold_named(_spans(told["who"]), source, text),
        state=str(told["state"]).replace("_", " "),
        by=tuple(source[a:b].translate(_MARKS) for a, b in _spans(told["by"])),
        authorities=frozenset(instrument_key(source[a:b].translate(_MARKS)) for a, b in _spans(told["authority"])),
        when=PartialDate.parse(when["date"]) if when.get("date") else None,
        reasons=tuple(_places(_spans(told["for"]), text)),
    )


def _gold_post(told: Mapping[str, object], source: str, text: Text) -> Post:
    (low, high), *_ = _spans(told["title"])
    place = next(iter(_places([(low, high)], text)), None)
    bodies = _spans(told["organisation"])
    return Post(
        _gold_named(_spans(told["person"]), source, text), source[low:high].translate(_MARKS), place,
        _gold_named(bodies, source, text) if bodies else None, _sentence(text, place),
    )  # fmt: skip


def _sentence(text: Text, place: Place | None) -> Place | None:
    if place is None:
        return None
    return next(((s.span.start, s.span.end) for s in stretches_of(text) if s.span.start <= place[0] < s.span.end), None)


def _spans(value: object) -> list[tuple[int, int]]:
    assert isinstance(value, list)
    return [(int(a), int(b)) for a, b in value]
