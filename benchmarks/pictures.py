"""Take the picture of the workbench that the README shows: `make picture`.

It needs Chromium and Playwright. Where the case has no edition yet, one is made first, which takes minutes.
"""

from __future__ import annotations

import shutil
import socket
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import uvicorn
from playwright.sync_api import sync_playwright

from tocsin.api.home import editions_of
from tocsin.api.known import open_case
from tocsin.cli.app import run
from tocsin.settings import Settings
from tocsin.web.app import create_app
from tocsin.web.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

CASE = "iraq"
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "workbench.png"
WIDTH, HEIGHT = 1280, 1235
MOST_BYTES = 400_000
ARGS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")
"""So that the map is drawn where there is no graphics card."""


@contextmanager
def listening(settings: Settings) -> Iterator[str]:
    """The address of the workbench, on a free port of this machine, until the block ends."""
    workbench = Workbench.of([CASE], settings=settings)
    server = uvicorn.Server(uvicorn.Config(create_app(workbench, settings=settings), log_level="warning"))
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def take(address: str, chromium: str) -> bytes:
    """What is warned of now, at the width of a desk, with the map drawn; as PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGS))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(f"{address}/c/{CASE}/now")
        page.wait_for_function("() => !document.querySelector('.map[data-outlines]') || document.body.dataset.map")
        taken: bytes = page.screenshot()
        browser.close()
    return taken


def picture() -> int:
    """Take it and write it; 0 when it is there."""
    settings = Settings.load()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.stderr.write("error: Chromium is not installed\n  hint: on Debian, apt-get install chromium\n")
        return 2
    if not editions_of(open_case(CASE), settings=settings).ids() and (failed := run(["run", "--case", CASE])):
        return failed
    with listening(settings) as address:
        taken = take(address, chromium)
    if len(taken) > MOST_BYTES:
        sys.stderr.write(f"error: the picture has {len(taken):,} bytes, more than {MOST_BYTES:,}\n")
        return 1
    PICTURE.write_bytes(taken)
    sys.stderr.write(f"{PICTURE.name}: {len(taken):,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(picture())
