"""A record of a million claims: seconds to build, size, milliseconds of search and entity queries, peak memory.

    python benchmarks/record_store.py [CLAIMS] [--at ADDRESS] [--keep]

Documents are made up: 50 claims in each, six in ten of posts with their terms of office, the others of where bodies operate, how
large they are and who backs them; one in a thousand contradicts the others. Names are from a small language of syllables, so that
some words are in most claims and most words in few. Every claim passes the gate. Queries, `tocsin who --in PLACE` and `tocsin
contradictions` run in processes of their own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tocsin.api.who import contradictions_case, who_case
from tocsin.case import read_case
from tocsin.case.dates import PartialDate
from tocsin.record.claim import Argument, Dates, EntityType, Modality, Number, Proposal, Span
from tocsin.record.document import Document, Segment, SegmentKind, Text, Verdict
from tocsin.record.store import Record, open_record
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLAIMS_A_DOCUMENT = 50
QUERIES = 200
QUESTIONS = ("who", "contradictions")
BODIES, TERMS = 3_000, 11
RARE = 1_000
"""One line in so many says what others exclude."""
POSTS = ("governor", "commander", "spokesman", "deputy minister", "chief of staff", "head", "adviser", "envoy")
PLACES = ("Anbar", "Basra", "Kirkuk", "Diyala", "Najaf", "Wasit", "Maysan", "Babil")
_SYLLABLES = [
    a + b
    for a in ("k", "m", "s", "t", "r", "n", "h", "b", "d", "f", "z", "j")
    for b in ("a", "i", "u", "o", "ar", "im")
]


def name(number: int) -> str:
    """A made-up name: the same for the same number."""
    digits = []
    for _ in range(3):
        number, digit = divmod(number, len(_SYLLABLES))
        digits.append(_SYLLABLES[digit])
    return "".join(digits).capitalize()


def documents(count: int, rng: np.random.Generator) -> Iterator[tuple[Document, Text, list[Proposal]]]:
    """Made-up documents with their claims: posts of three terms of office, and where, how large and whose two bodies are."""
    for number in range(count):
        bodies = [int(n) for n in rng.integers(0, BODIES, 2)]
        picks = rng.integers(0, 1_000_000, (CLAIMS_A_DOCUMENT, 4))
        first = int(rng.integers(0, TERMS - 2))
        lines = [
            _told(
                line,
                bodies[a % 2],
                number % len(POSTS),
                first + b % 3,
                place=PLACES[c % 8],
                other=name(d),
                rare=a % RARE == 0,
            )
            for line, (a, b, c, d) in enumerate(picks.tolist())
        ]
        yield _document(number, lines)


def _key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


Named = tuple[EntityType, str, str | None]
"""What fills a role: its type, its words and its known id."""


@dataclass(frozen=True)
class Line:
    """A sentence and what it claims: its words by role, its years, its count of fighters."""

    kind: str
    words: str
    roles: dict[str, Named]
    years: tuple[int, ...] = ()
    count: int | None = None
    denied: bool = False


def _told(line: int, body: int, post: int, term: int, *, place: str, other: str, rare: bool) -> Line:
    """The sentence of a line; a rare one contradicts what others say."""
    who, since = f"{name(body)} Brigade", 2001 + 2 * term
    ending = f"met elders of {place} to speak of {other} on day {line} of the talks."
    organisation: Named = (EntityType.ORGANISATION, who, None)
    roles: dict[str, Named]
    if line % 10 < 6:
        seat = (body * len(POSTS) + post) * TERMS + term + (BODIES * len(POSTS) * TERMS if rare else 0)
        person = f"{name(seat)} {name(seat // 7 + 11)}"
        words = f"{person}, {POSTS[post]} of the {who} from {since} to {since + 2}, {ending}"
        roles = {"person": (EntityType.PERSON, person, None), "post": (EntityType.OFFICE, POSTS[post], None)}
        roles["organisation"] = organisation
        return Line("person-holds-post", words, roles, (since, since + 2))
    if line % 10 < 8:
        said = "was never seen" if rare else "fought"
        area = (EntityType.PLACE, place, f"known:IRQ/{place}")
        roles = {"organisation": organisation, "area": area}
        return Line(
            "operates-in", f"The {who} {said} in {place} in {since}, and {ending}", roles, (since,), denied=rare
        )
    if line % 10 < 9:
        strength = 1000 + body + (5000 if rare else 0)
        words = f"The {who} has {strength} fighters, and {ending}"
        return Line("force-size", words, {"force": organisation}, (since,), count=strength)
    roles = {"actor": organisation, "towards": (EntityType.STATE, "Iran", "known:IRN")}
    words = f"The {who} is {'not ' if rare else ''}backed by Iran, and {ending}"
    return Line("aligned-with", words, roles, denied=rare)


def _document(number: int, lines: list[Line]) -> tuple[Document, Text, list[Proposal]]:
    key, whole = _key(number), "\n".join(line.words for line in lines)
    starts = list(accumulate((len(line.words) + 1 for line in lines), initial=0))[:-1]
    segments = tuple(
        Segment(at, at + len(line.words), SegmentKind.BODY, 1 + n // 10, n + 1)
        for n, (at, line) in enumerate(zip(starts, lines, strict=True))
    )
    text = Text(key, "plain 1", whole, segments, "en")
    proposals = [_proposal(text, at, line) for at, line in zip(starts, lines, strict=True)]
    return Document(key, f"{number:05}.txt", "text/plain", len(whole), Verdict.READ), text, proposals


def _proposal(text: Text, start: int, line: Line) -> Proposal:
    def span(words: str) -> Span:
        at = text.text.index(words, start)
        return Span.of(text.text, at, at + len(words))

    years = [PartialDate(year) for year in line.years]
    dates = Dates(*years) if len(years) > 1 else Dates(first_seen=years[0], last_seen=years[0]) if years else Dates()
    count = line.count
    return Proposal(
        line.kind, text.text_id, Span.of(text.text, start, start + len(line.words)),
        tuple(Argument(role, what, span(words), value=value) for role, (what, words, value) in line.roles.items()),
        "rules 1", modality=Modality.DENIED if line.denied else Modality.ASSERTED, dates=dates,
        numbers=() if count is None else (Number("strength", count, count, "fighters", span(f"{count} fighters")),),
    )  # fmt: skip


def build(address: str, claims: int) -> None:
    """Make the record, and print seconds and rows."""
    started = time.perf_counter()
    with open_record(address) as record:
        for document, text, proposals in documents(claims // CLAIMS_A_DOCUMENT, np.random.default_rng(0)):
            record.add(document, text)
            came = record.enter(text, proposals, extractor="rules 1", by="benchmark")
            assert came.refused == 0
    seconds = time.perf_counter() - started
    print(f"build: {seconds:,.0f} s, {claims / seconds:,.0f} claims a second, peak {_peak_mb():,.0f} MB", flush=True)


def ask(address: str) -> None:
    """Ask QUERIES different questions of each kind, and print the milliseconds."""
    rng = np.random.default_rng(1)
    with open_record(address, create=False) as record:
        print(f"claims: {record.count():,}")
        some = [record.entities(limit=1, after=f"e{n:04x}")[0] for n in rng.integers(0, 65_536, QUERIES)]
        numbers = [int(n) for n in rng.integers(0, 200_000, QUERIES)]
        common = [f"{POSTS[n % 8].split()[0]} {PLACES[n // 8 % 8]}" for n in numbers]
        asked: dict[str, Callable[[int], object]] = {
            "search, a name": lambda n: record.search(name(numbers[n])),
            "search, words of most claims": lambda n: record.search(f"talks {common[n]} {n % 50}"),
            "search, two common words and a rare one": lambda n: record.search(f"elders day {name(numbers[n])}"),
            "search, within a kind": lambda n: record.search(common[n], kind="person-holds-post"),
            "passages, a name": lambda n: record.search_texts(name(numbers[n])),
            "passages, words of most": lambda n: record.search_texts(f"talks {common[n]} {n % 50}"),
            "passages, two common words and a rare one": lambda n: record.search_texts(f"elders day {name(numbers[n])}"),
            "passages, of a document": lambda n: record.search_texts("elders talks", document=_key(n)),
            "passages, where no claim is": lambda n: record.search_texts(common[n], without_claims=True),
            "claims of an entity": lambda n: record.claims(entity=some[n].entity_id, limit=50),
            "claims about an entity": lambda n: record.claims(about=some[n].entity_id, limit=50),
            "entities by name": lambda n: record.entities(name=name(numbers[n]), limit=50),
            "entity by id": lambda n: record.entity(some[n].entity_id),
            "a page of claims of a kind": lambda n: record.claims(
                kind="person-holds-post", limit=50, after=_last(record, some[n].entity_id)
            ),
            "claims of an entity in many": lambda n: record.claims(entity="known:IRQ/Anbar", limit=50 + n),
        }  # fmt: skip
        for what, question in asked.items():
            _print(what, [_milliseconds(question, n) for n in range(QUERIES)])
    print(f"asking: peak {_peak_mb():,.0f} MB")


def answer(question: str, address: str) -> None:
    """Ask what the commands ask of a whole record, and print seconds and peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        case = read_case(_empty_case(Path(folder)))
        settings = Settings(record=address)
        began, worked = time.perf_counter(), time.process_time()
        if question == "who":
            said = f"{len(who_case(case, area='Anbar', settings=settings).answers):,} answers to who --in Anbar"
        else:
            said = f"{len(contradictions_case(case, settings=settings)[0]):,} contradictions"
        took, work = time.perf_counter() - began, time.process_time() - worked
        print(f"{said}: {took:,.1f} s, {work:,.1f} s of them work of one core, peak {_peak_mb():,.0f} MB", flush=True)


def _empty_case(folder: Path) -> Path:
    """A case of nothing but its settings."""
    (folder / "case.toml").write_text(
        'name = "many"\ntitle = "Many claims"\nlevel = "country"\ntarget = "deaths_all"\nthresholds = [25]\nwindows = [3]\n'
        'horizons = "1-6"\n[areas]\ncountries = ["IRQ"]\n'
    )
    return folder


def _last(record: Record, entity: str) -> str:
    found = record.claims(entity=entity, limit=1)
    return found[0].claim_id if found else ""


def _milliseconds(question: Callable[[int], object], number: int) -> float:
    started = time.perf_counter()
    question(number)
    return 1000 * (time.perf_counter() - started)


def _print(what: str, took: list[float]) -> None:
    middle, high = np.percentile(took, [50, 95])
    print(f"{what:42} p50 {middle:7.1f}  p95 {high:7.1f}  max {max(took):7.1f} ms", flush=True)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Build and ask, each in a process of its own, so that the peak is its own."""
    parser = argparse.ArgumentParser(description="A record of many claims: how long, how large, how soon it answers.")
    parser.add_argument("claims", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--at", help="path or address of the record; without it, a file that is removed at the end")
    parser.add_argument("--step", choices=("build", "ask", *QUESTIONS), help="only this step, in this process")
    given = parser.parse_args()
    if given.step:
        if given.step in QUESTIONS:
            answer(given.step, given.at)
        else:
            build(given.at, given.claims) if given.step == "build" else ask(given.at)
        return
    with tempfile.TemporaryDirectory() as folder:
        address = given.at or f"{folder}/record.db"
        for step in ("build", "ask", *QUESTIONS):
            command = [sys.executable, __file__, str(given.claims), "--at", address, "--step", step]
            subprocess.run(command, check=True)  # noqa: S603  # this file itself
            if step == "build" and "://" not in address:
                print(json.dumps({"megabytes": round(Path(address).stat().st_size / 1e6)}), flush=True)


if __name__ == "__main__":
    main()
