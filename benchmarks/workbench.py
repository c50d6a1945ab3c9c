"""The workbench under load: each view's time over users at once, the server's memory, and the weight of pages.

Starts a server of its own on loopback over a case that has an edition (`tocsin run --case iraq` makes one), asks for the
first page once, then lets the users walk from view to view without rest. The users run on the same two cores.

    python benchmarks/workbench.py --case iraq --users 20 --seconds 60
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
from pathlib import Path
from urllib.parse import quote

import httpx
import numpy as np

VIEWS = (
    "now", "now?level=country", "area/IRQ", "area/IRQ/Ninewa", "area/IRQ/Anbar", "replay", "replay?origin=2014-05",
    "record", "record?q=militia", "record/review", "record/contradictions", "mission", "decide", "trust", "briefs",
)  # fmt: skip
RSS = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass
class Seen:
    """What one view took."""

    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0
    bytes: int = 0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def wait(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    for _ in range(300):
        if server.poll() is not None:
            sys.exit("the server ended by itself")
        try:
            httpx.get(url + "/static/icon.svg", timeout=1)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not begin to answer")


def peak_mb(pid: int) -> float:
    """The most memory a process and its children held, megabytes."""
    kids = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    found = RSS.search(Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    return (int(found[1]) / 1000 if found else 0.0) + sum(peak_mb(int(kid)) for kid in kids)


async def user(base: str, paths: tuple[str, ...], until: float, seen: dict[str, Seen], seed: int) -> None:
    """One user who opens view after view."""
    dice = random.Random(seed)  # noqa: S311 - chooses pages
    async with httpx.AsyncClient(base_url=base, timeout=30, headers={"Accept-Encoding": "gzip"}) as client:
        while time.perf_counter() < until:
            path = dice.choice(paths)
            begin = time.perf_counter()
            try:
                response = await client.get(path)
            except httpx.HTTPError:
                seen[path].errors += 1
                continue
            seen[path].milliseconds.append((time.perf_counter() - begin) * 1000)
            seen[path].errors += response.status_code != httpx.codes.OK
            seen[path].bytes = max(seen[path].bytes, len(response.content))


async def load(base: str, paths: tuple[str, ...], *, users: int, seconds: float) -> dict[str, Seen]:
    """Users at once, for some seconds."""
    seen: dict[str, Seen] = defaultdict(Seen)
    until = time.perf_counter() + seconds
    await asyncio.gather(*(user(base, paths, until, seen, n) for n in range(users)))
    return seen


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--case", default="iraq")
    asked.add_argument("--users", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tocsin.cli", "serve", "--case", given.case, "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        wait(base, server)
        begin = time.perf_counter()
        first = httpx.get(f"{base}/", follow_redirects=True, timeout=60)
        first_ms = (time.perf_counter() - begin) * 1000
        first.raise_for_status()
        name = Path(given.case).name
        paths = tuple(f"/c/{quote(name)}/{view}" for view in VIEWS)
        seen = asyncio.run(load(base, paths, users=given.users, seconds=given.seconds))
        memory = peak_mb(server.pid)
    finally:
        server.terminate()
        server.wait(20)
    rows = [
        {"view": path.split("/", 3)[3], "requests": len(s.milliseconds), "p50_ms": round(float(np.median(s.milliseconds)), 1),
         "p95_ms": round(float(np.percentile(s.milliseconds, 95)), 1), "errors": s.errors, "kB": round(s.bytes / 1000)}
        for path, s in sorted(seen.items())
    ]  # fmt: skip
    every = np.concatenate([s.milliseconds for s in seen.values()])
    total = {
        "users": given.users, "seconds": given.seconds, "requests": len(every), "a_second": round(len(every) / given.seconds),
        "p50_ms": round(float(np.median(every)), 1), "p95_ms": round(float(np.percentile(every, 95)), 1),
        "errors": sum(s.errors for s in seen.values()), "first_page_ms": round(first_ms, 1), "peak_MB": round(memory),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
    }  # fmt: skip
    if given.json:
        print(json.dumps({"total": total, "views": rows}, indent=1))
        return
    print("  ".join(f"{key} {value}" for key, value in total.items()))
    for row in rows:
        print(f"{row['view']:28} {row['requests']:6} requests  p50 {row['p50_ms']:7.1f} ms  p95 {row['p95_ms']:7.1f} ms  "
              f"{row['errors']} errors  {row['kB']:5} kB")  # fmt: skip


if __name__ == "__main__":
    main()
