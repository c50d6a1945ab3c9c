"""A record of a million claims: seconds to build, size, milliseconds of search and entity queries, peak memory.

    python benchmarks/record_store.py [CLAIMS] [--at ADDRESS] [--keep]

Documents are made up: 50 claims in each, about five entities a document, names from a small language of syllables, so that
some words are in most claims and most words in few. Every claim passes the gate. Queries run in a process of their own.
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
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tocsin.record.claim import Argument, EntityType, Proposal, Span
from tocsin.record.document import Document, Segment, SegmentKind, Text, Verdict
from tocsin.record.store import Record, open_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLAIMS_A_DOCUMENT = 50
QUERIES = 200
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
    """Made-up documents with their claims."""
    for number in range(count):
        key = _key(number)
        people = [f"{name(n)} {name(n // 7 + 11)}" for n in rng.integers(0, 200_000, 3)]
        bodies = [f"{name(n)} Brigade" for n in rng.integers(0, 3_000, 2)]
        post = POSTS[number % len(POSTS)]
        picks = rng.integers(0, 1_000_000, (CLAIMS_A_DOCUMENT, 4))
        yield _document(
            number, key, [(people[a % 3], post, bodies[b % 2], PLACES[c % 8], name(d)) for a, b, c, d in picks]
        )


def _key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def _document(
    number: int, key: str, said: list[tuple[str, str, str, str, str]]
) -> tuple[Document, Text, list[Proposal]]:
    sentences, segments, places, at = [], [], [], 0
    for line, (person, post, body, place, other) in enumerate(said):
        sentence = (
            f"{person}, {post} of the {body}, met elders of {place} to speak of {other} on day {line} of the talks."
        )
        sentences.append(sentence)
        segments.append(Segment(at, at + len(sentence), SegmentKind.BODY, 1 + line // 10, line + 1))
        places.append((at, at + len(sentence), (person, post, body)))
        at += len(sentence) + 1
    text = Text(key, "plain 1", "\n".join(sentences), tuple(segments), "en")
    proposals = [
        Proposal(
            "person-holds-post", text.text_id, Span.of(text.text, start, end), _arguments(text.text, start, parts), "rules 1"
        )
        for start, end, parts in places
    ]  # fmt: skip
    return Document(key, f"{number:05}.txt", "text/plain", at, Verdict.READ), text, proposals


def _arguments(text: str, start: int, parts: tuple[str, str, str]) -> tuple[Argument, ...]:
    types = (EntityType.PERSON, EntityType.OFFICE, EntityType.ORGANISATION)
    found = []
    for role, type_, words in zip(("person", "post", "organisation"), types, parts, strict=True):
        at = text.index(words, start)
        known = "known:iraqi-police" if role == "organisation" and start % 50 == 0 else None
        found.append(Argument(role, type_, Span.of(text, at, at + len(words)), value=known))
    return tuple(found)


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
            "claims of an entity in many": lambda n: record.claims(entity="known:iraqi-police", limit=50 + n),
        }  # fmt: skip
        for what, question in asked.items():
            _print(what, [_milliseconds(question, n) for n in range(QUERIES)])
    print(f"asking: peak {_peak_mb():,.0f} MB")


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
    parser.add_argument("--step", choices=("build", "ask"), help="only this step, in this process")
    given = parser.parse_args()
    if given.step:
        build(given.at, given.claims) if given.step == "build" else ask(given.at)
        return
    with tempfile.TemporaryDirectory() as folder:
        address = given.at or f"{folder}/record.db"
        for step in ("build", "ask"):
            command = [sys.executable, __file__, str(given.claims), "--at", address, "--step", step]
            subprocess.run(command, check=True)  # noqa: S603  # this file itself
            if step == "build" and "://" not in address:
                print(json.dumps({"megabytes": round(Path(address).stat().st_size / 1e6)}), flush=True)


if __name__ == "__main__":
    main()
