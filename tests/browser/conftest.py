"""A workbench of the tiny case, listening on this machine, and a browser that draws maps."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.web.conftest import tiny_edition, tiny_folder  # noqa: F401 - fixtures, found by their names

from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
    from starlette.applications import Starlette

CHROMIUM = shutil.which("chromium")
ARGS = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
)  # fmt: skip
"""Silent, and drawing WebGL in software, so that a map is drawn where there is no graphics card."""


@contextmanager
def listening(app: Starlette) -> Iterator[str]:
    """The address of an application that answers on a free port of this machine until the block ends."""
    uvicorn = pytest.importorskip("uvicorn", reason="the web extra is not installed")
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.started, "the workbench did not start"
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        bound.close()


@pytest.fixture(scope="session")
def workbench_address(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: F811
    """Where the workbench of the tiny case listens."""
    app = pytest.importorskip("tocsin.web.app", reason="the web extra is not installed")
    workbench = pytest.importorskip("tocsin.web.workbench")
    settings = Settings(data_dir=tmp_path_factory.mktemp("workbench"))
    shown = workbench.Workbench.of([tiny_folder], settings=settings)
    with listening(app.create_app(shown, settings=settings)) as address:
        yield address


@pytest.fixture(scope="module")
def drawing_browser() -> Iterator[Browser]:
    """Chromium that can draw maps."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield opened
        opened.close()


@pytest.fixture
def visit(drawing_browser: Browser) -> Iterator[Page]:
    """A page of its own, as wide as a desk."""
    context: BrowserContext = drawing_browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@contextmanager
def watched(page: Page, address: str) -> Iterator[list[str]]:
    """What goes wrong meanwhile: console messages, errors of scripts, refused answers, requests to elsewhere.

    What the driver says of drawing in software is no fault of a page.
    """
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(f"console: {m.text}") if _is_fault(m) else None)
    page.on("pageerror", lambda e: wrong.append(f"script: {e}"))
    page.on("response", lambda r: wrong.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
    page.on(
        "request",
        lambda r: None if r.url.startswith((address, "data:", "blob:")) else wrong.append(f"elsewhere: {r.url}"),
    )
    yield wrong


def _is_fault(message: ConsoleMessage) -> bool:
    return message.type in {"error", "warning"} and "GL Driver Message" not in message.text
