"""The workbench under load: how long each page takes with users at once, the server's memory, and the weight of pages.

Starts a server of its own on loopback over a case that has an edition (`tocsin run --case iraq` makes one), lets twenty
first visitors in at once, then lets users go from page to page without rest, and some of them drag the sliders of a question.
The users run on the same cores. A page counts only if it holds a word that no other page of that status would hold.

    python benchmarks/workbench.py --case iraq --users 20 --seconds 60 --check
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import re
import socket
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import httpx
import numpy as np

VIEWS = {
    "now": "How such alerts did", "now?level=country": "Nigeria", "area/IRQ": "Iraq", "area/IRQ/Ninewa": "Ninewa",
    "area/IRQ/Anbar": "Anbar", "replay": "Replay", "replay?origin=2014-05": "May 2014", "record": "<main",
    "record?q=militia": "militia", "record/review": "Review", "record/contradictions": "Contradictions",
    "record/timeline": "Timeline", "record/documents": "Documents", "mission": "How much of the harm lies near",
    "mission?part=gap": "Which provinces have need", "mission?part=overlap": "What do missions do twice",
    "mission?part=instruments": "What is in place against each driver", "mission?part=fit": "fit for its purpose",
    "mission?part=protection": "How near to the mission", "mission?part=transfer": "repeated there",
    "mission?part=exits": "What followed when missions left", "mission?part=missions": "side by side",
    "decide": "Where would the parties settle", "decide?part=options": "What do the options risk",
    "decide?part=tripwires": "What would call a choice into question", "decide?part=calendar": "Which dates bear",
    "decide?part=judgements": "What did people judge", "decide?part=experts": "What did experts give",
    "trust": "How did such figures do before", "trust?part=models": "Which models are used",
    "trust?part=data": "How old are the figures", "trust?part=sources": "under which licence",
    "trust?part=texts": "Which texts", "briefs": "Brief",
}  # fmt: skip
"""Pages below a case's own address, each with words that it holds."""
BESIDE = {
    "/cases": "Cases", "/help": "Help", "/help/workbench": "view by view", "/help?q=escalation": "escalation",
    "/static/page.css": "font", "/static/page.js": "document", "/static/colours.css": "--", "/static/icon.svg": "<svg",
    "/static/vendor/htmx.min.js": "htmx",
}  # fmt: skip
"""Pages and files beside the case."""
LED_TO = ("claim", "document", "entity")
"""Pages of the record that its first page, and a claim's, lead to."""
SLIDER = re.compile(r'<input[^>]*name="(position\.[^"]+)"[^>]*>')
ATTRIBUTE = r'\b{}="(-?[\d.]+)"'
MEMORY = re.compile(r"VmHWM:\s+(\d+) kB")
FIRST_MS, VIEW_MS, HEAVIEST_KB, MEMORY_MB = 1000, 300, 500, 600
"""Targets: the first page, the 95th percentile of each page, a page's weight, and the server's memory."""
PACKAGES = ("tocsin", "starlette", "uvicorn", "jinja2", "sqlalchemy", "polars")


@dataclass
class Seen:
    """What one page took.

    Attributes:
        milliseconds: of each answer.
        faults: what was wrong with answers.
        bytes: of the page, unpacked.
        again: how often a connection that the server had closed was opened anew.
    """

    milliseconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    bytes: int = 0
    again: int = 0

    def p95(self) -> float:
        """The 95th percentile, milliseconds; infinite where nothing was answered."""
        return float(np.percentile(self.milliseconds, 95)) if self.milliseconds else float("inf")


class Page(NamedTuple):
    """A page, and words that it holds."""

    path: str
    word: str


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def wait(base: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    until = time.perf_counter() + 120
    while time.perf_counter() < until:
        if server.poll() is not None:
            sys.exit("the server ended by itself")
        try:
            httpx.get(f"{base}/static/icon.svg", timeout=10)
        except httpx.HTTPError:
            time.sleep(0.02)
        else:
            return
    sys.exit("the server did not begin to answer")


def peak_mb(pid: int) -> float:
    """The most memory a process and its children held, megabytes."""
    kids = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    found = MEMORY.search(Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    return (int(found[1]) / 1000 if found else 0.0) + sum(peak_mb(int(kid)) for kid in kids)


def worked(pid: int) -> float:
    """For how long cores worked for a process, seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pages_of(base: str, case: str) -> list[Page]:
    """Every page asked for, those that the record's first page leads to included."""
    root = f"/c/{quote(case)}"
    led_to: list[Page] = []
    shown = httpx.get(f"{base}{root}/record", timeout=60).text
    for part in LED_TO:
        found = re.search(rf'href="({re.escape(root)}/record/{part}/[^"#]+)', shown)
        if found:
            led_to.append(Page(found[1].replace("&amp;", "&"), "Record"))
            shown = httpx.get(base + led_to[-1].path, timeout=60).text if part == "claim" else shown
    return [
        *(Page(f"{root}/{view}", word) for view, word in VIEWS.items()),
        *led_to,
        *(Page(*one) for one in BESIDE.items()),
    ]


def sliders(base: str, case: str) -> tuple[str, list[tuple[str, float, float]]]:
    """The address of the question that leads, and the sliders of its parties' positions with their ends."""
    shown = httpx.get(f"{base}/c/{quote(case)}/decide", timeout=60).text
    question = re.search(r'name="question" value="([^"]+)"', shown)
    found = []
    for one in SLIDER.finditer(shown):
        ends = [re.search(ATTRIBUTE.format(name), one[0]) for name in ("min", "max")]
        found += [(one[1], float(ends[0][1]), float(ends[1][1]))] if ends[0] and ends[1] else []
    return f"/c/{quote(case)}/decide?question={question[1] if question else ''}", found


async def ask(client: httpx.AsyncClient, page: Page, seen: Seen, headers: dict[str, str] | None = None) -> None:
    """Ask for one page and look whether it is that page; an idle connection that was closed is opened anew once."""
    begin = time.perf_counter()
    try:
        try:
            answer = await client.get(page.path, headers=headers)
        except (httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError):
            seen.again += 1
            answer = await client.get(page.path, headers=headers)
    except httpx.HTTPError as error:
        seen.faults.append(repr(error))
        return
    seen.milliseconds.append((time.perf_counter() - begin) * 1000)
    seen.bytes = max(seen.bytes, len(answer.content))
    if answer.status_code != httpx.codes.OK or page.word not in answer.text:
        seen.faults.append(f"{answer.status_code}, {'with' if page.word in answer.text else 'without'} '{page.word}'")


def browser(base: str) -> httpx.AsyncClient:
    """A client of one user."""
    return httpx.AsyncClient(base_url=base, timeout=30, headers={"Accept-Encoding": "gzip"})


async def first_visitors(base: str, page: Page, users: int) -> Seen:
    """Users who all ask for the first page as soon as the server listens."""
    seen = Seen()

    async def visit() -> None:
        async with browser(base) as client:
            await ask(client, page, seen)

    await asyncio.gather(*(visit() for _ in range(users)))
    return seen


async def load(base: str, pages: list[Page], *, users: int, seconds: float, pause: float) -> dict[str, Seen]:
    """Users at once who go from page to page for some seconds."""
    seen: dict[str, Seen] = defaultdict(Seen)
    until = time.perf_counter() + seconds

    async def user(seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311 - chooses pages
        async with browser(base) as client:
            while time.perf_counter() < until:
                page = dice.choice(pages)
                await ask(client, page, seen[page.path])
                await asyncio.sleep(dice.uniform(0, 2 * pause))

    await asyncio.gather(*(user(n) for n in range(users)))
    return seen


async def drag(base: str, case: str, *, users: int, seconds: float) -> Seen:
    """Users who move a party's position again and again, each time elsewhere, as the page's script asks for it."""
    address, found = sliders(base, case)
    seen, until = Seen(), time.perf_counter() + seconds
    if not found:
        seen.faults.append("the question has no sliders")
        return seen

    async def user(seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311 - chooses places
        async with browser(base) as client:
            while time.perf_counter() < until:
                name, low, high = dice.choice(found)
                page = Page(f"{address}&{name}={dice.uniform(low, high):.3f}", "<svg")
                await ask(client, page, seen, {"HX-Request": "true", "HX-Request-Type": "partial"})

    await asyncio.gather(*(user(n) for n in range(users)))
    return seen


def row(name: str, seen: Seen) -> dict[str, object]:
    """A page's figures."""
    p50 = float(np.median(seen.milliseconds)) if seen.milliseconds else float("inf")
    return {
        "view": name, "requests": len(seen.milliseconds), "p50_ms": round(p50, 1), "p95_ms": round(seen.p95(), 1),
        "faults": len(seen.faults), "again": seen.again, "kB": round(seen.bytes / 1000),
    }  # fmt: skip


def measured(given: argparse.Namespace) -> tuple[dict[str, object], list[dict[str, object]], list[str]]:
    """Totals, a row for each page, and what missed its target."""
    port = free_port()
    base, case = f"http://127.0.0.1:{port}", Path(given.case).name
    command = [sys.executable, "-m", "tocsin.cli", "serve", "--case", given.case, "--port", str(port)]
    begin, loaded = time.perf_counter(), os.getloadavg()[0]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        wait(base, server)
        started = time.perf_counter() - begin
        first = asyncio.run(first_visitors(base, Page(f"/c/{quote(case)}/now", VIEWS["now"]), given.users))
        pages = pages_of(base, case)
        before = worked(server.pid)
        seen = asyncio.run(load(base, pages, users=given.users, seconds=given.seconds, pause=given.pause))
        work = worked(server.pid) - before
        moved = asyncio.run(drag(base, case, users=given.sliders, seconds=min(given.seconds, 15)))
        memory = peak_mb(server.pid)
    finally:
        server.terminate()
        server.wait(20)
    every = np.concatenate([s.milliseconds for s in seen.values()])
    rows = [*(row(path, s) for path, s in sorted(seen.items())), row(f"sliders, {given.sliders} users", moved)]
    faults = [f"{path}: {s.faults[0]}" for path, s in {**seen, "sliders": moved, "first": first}.items() if s.faults]
    slow = [f"{path}: {s.p95():.0f} ms" for path, s in {**seen, "sliders": moved}.items() if s.p95() > VIEW_MS]
    heavy = [
        f"{p}: {s.bytes / 1000:.0f} kB" for p, s in seen.items() if s.bytes > HEAVIEST_KB * 1000 and "/static/" not in p
    ]
    missed = [*faults, *slow, *heavy]
    missed += [f"first page: {max(first.milliseconds):.0f} ms"] if max(first.milliseconds) > FIRST_MS else []
    missed += [f"memory: {memory:.0f} MB"] if memory > MEMORY_MB else []
    total: dict[str, object] = {
        "users": given.users, "seconds": given.seconds, "requests": len(every), "a_second": round(len(every) / given.seconds),
        "p50_ms": round(float(np.median(every)), 1), "p95_ms": round(float(np.percentile(every, 95)), 1),
        "work_ms_a_request": round(1000 * work / len(every), 1),
        "faults": sum(len(s.faults) for s in seen.values()), "started_s": round(started, 1),
        "first_page_ms_at_once": round(max(first.milliseconds)), "peak_MB": round(memory),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "load_before": round(loaded, 1), "load_after": round(os.getloadavg()[0], 1),
        "versions": " ".join(f"{name} {version(name)}" for name in PACKAGES),
    }  # fmt: skip
    return total, rows, missed


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--case", default="iraq")
    asked.add_argument("--users", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--pause", type=float, default=0, help="seconds a user looks at a page, in the mean")
    asked.add_argument("--sliders", type=int, default=5, help="users who drag sliders, afterwards")
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--check", action="store_true", help="end with 1 where a target is missed")
    given = asked.parse_args()
    total, rows, missed = measured(given)
    if given.json:
        print(json.dumps({"total": total, "views": rows, "missed": missed}, indent=1))
    else:
        print("\n".join(f"{key:22} {value}" for key, value in total.items()))
        for one in rows:
            print(
                f"{one['view']!s:56} {one['requests']:6} requests  p50 {one['p50_ms']:7} ms  p95 {one['p95_ms']:7} ms  "
                f"{one['faults']} faults  {one['kB']:5} kB"
            )
        print("\n".join(["missed:", *missed] if missed else ["every target is met"]))
    sys.exit(1 if given.check and missed else 0)


if __name__ == "__main__":
    main()
