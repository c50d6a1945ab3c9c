"""Every page of the record over a large one: milliseconds a page on the server's side, and peak memory.

    python benchmarks/record_store.py 1000000 --at BIG.db --step build
    python benchmarks/workbench_record.py BIG.db [--times 20]

Pages are asked one at a time, as a browser asks them, of the workbench in this process. Each is asked for other words, entities,
claims and documents every time. Nothing is written.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import numpy as np

from tocsin.record.store import open_record
from tocsin.record.store.asked import Asked
from tocsin.settings import Settings
from tocsin.web.app import create_app
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable

    from tocsin.record.store import StoredClaim

CASE = (
    'name = "many"\ntitle = "Many claims"\nlevel = "country"\ntarget = "deaths_all"\nthresholds = [25]\nwindows = [3]\n'
    'horizons = "1-6"\n[areas]\ncountries = ["IRQ"]\n'
)
PLACES = ("Anbar", "Basra", "Kirkuk", "Diyala", "Najaf", "Wasit", "Maysan", "Babil")


def some_claims(address: str, count: int) -> list[StoredClaim]:
    """Claims from all over the record."""
    with open_record(address, create=False) as record:
        newest = record.state()[0]
        places = np.random.default_rng(0).integers(0, newest, count).tolist()
        return [claim for at in places for claim in record.find(Asked(), limit=1, after=at).claims]


def pages() -> dict[str, Callable[[StoredClaim, int], str]]:
    """Addresses below /c/many/record, by what they show; each from a claim and a number."""
    return {
        "search, nothing asked": lambda _, n: f"?after={n * 1000}",
        "search, a name": lambda c, _: f"?q={c.arguments[0].words}",
        "search, words of most claims": lambda _, n: f"?q=elders+talks+{n}",
        "search, words and a kind": lambda _, n: f"?q=elders+{PLACES[n % 8]}&kind=operates-in",
        "search, words, place, day and standing": lambda _, n: f"?q=elders&place=known:IRQ/{PLACES[n % 8]}&on=2009-06-01"
        "&status=proposed",
        "search, a standing that no claim has": lambda _, n: f"?status=conflict&after={n}",
        "search, words that no such standing has": lambda _, n: f"?q=elders+{PLACES[n % 8]}&status=rejected",
        "search, a place by name": lambda _, n: f"?place={PLACES[n % 8]}",
        "search, a day": lambda _, n: f"?on={2002 + n % 20}-03-01",
        "passages": lambda _, n: f"?q=elders+talks+{PLACES[n % 8]}&in=texts",
        "entity, of one document": lambda c, _: f"/entity/{next(e for e in c.entities if e)}",
        "entity, in very many claims": lambda _, n: f"/entity/known:IRQ/{PLACES[n % 8]}",
        "timeline, all": lambda _, n: f"/timeline?kind={('operates-in', 'person-holds-post')[n % 2]}",
        "timeline of an entity in very many claims": lambda _, n: f"/timeline?entity=known:IRQ/{PLACES[n % 8]}",
        "claim": lambda c, _: f"/claim/{c.claim_id}",
        "documents": lambda c, _: f"/documents?after={c.document_id}",
        "documents by name": lambda _, n: f"/documents?name={n:02}7",
        "document": lambda c, _: f"/document/{c.document_id}?at={c.quote.start}",
        "contradictions, nothing asked": lambda _, n: f"/contradictions?kind={('', 'force-size')[n % 2]}",
        "contradictions of an entity": lambda c, _: f"/contradictions?entity={next(e for e in c.entities if e)}",
        "contradictions of one in very many claims": lambda _, n: f"/contradictions?entity=known:IRQ/{PLACES[n % 8]}",
        "review": lambda _, n: f"/review?after=proposed~person-holds-post~{n * 1000}",
        "review, of a document": lambda c, _: f"/review?document={c.document_id}",
    }  # fmt: skip


async def ask(address: str, times: int) -> float:
    """Ask every page so many times and print its milliseconds; gives the highest 95th percentile."""
    highest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "many"
        home.mkdir()
        (home / "case.toml").write_text(CASE, encoding="utf-8")
        settings = Settings(
            data_dir=Path(folder) / "data", record=address if "://" in address else f"sqlite:///{address}"
        )
        app = create_app(Workbench.of([home], settings=settings), settings=settings)
        claims = some_claims(address, times)
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            await milliseconds(client, "/c/many/record")
            for what, page in pages().items():
                took = [await milliseconds(client, f"/c/many/record{page(c, n)}") for n, c in enumerate(claims)]
                (middle, work), (high, most) = np.percentile(took, [50, 95], axis=0)
                highest = max(highest, high)
                print(
                    f"{what:44} p50 {middle:6.0f}  p95 {high:6.0f} ms; work of one core {work:5.0f}, {most:5.0f}",
                    flush=True,
                )
    return highest


async def milliseconds(client: httpx.AsyncClient, url: str) -> tuple[float, float]:
    """How long one page took, and how long a core worked on it; the page must be there."""
    started, worked = time.perf_counter(), time.process_time()
    answer = await client.get(url)
    took = 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - worked)
    assert answer.status_code == 200, (url, answer.status_code)
    return took


def main() -> None:
    """Ask, and print the highest of all and the peak memory."""
    parser = argparse.ArgumentParser(description="Every page of the record over a large one.")
    parser.add_argument("address", help="path or address of the record")
    parser.add_argument("--times", type=int, default=20, help="how often each page is asked")
    given = parser.parse_args()
    highest = asyncio.run(ask(given.address, given.times))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"highest 95th percentile {highest:.0f} ms, peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main()
