"""What is made ready before anybody asks."""

from __future__ import annotations

import gzip
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from anyio import run, to_thread
from markupsafe import Markup

from tocsin.web.app import THREADS
from tocsin.web.shell.rendering import Kept, packed
from tocsin.web.warming import warm

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_the_first_page_is_kept_before_anybody_asks_for_it(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    app = client.app
    app.state.kept = Kept()  # type: ignore[attr-defined]
    warm(app)  # type: ignore[arg-type]
    monkeypatch.setattr("tocsin.web.now.view.shown", lambda *_: pytest.fail("made anew"))
    assert "A tiny case" in client.get("/c/tiny/now").text


def test_a_content_that_many_ask_for_at_once_is_made_once() -> None:
    kept, ready = Kept(), Barrier(8)
    made: list[str] = []

    def make() -> Markup:
        made.append("once")
        return Markup("shown")

    def ask() -> None:
        ready.wait()
        kept.get(("now",), make)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["once"]


def test_a_content_that_could_not_be_made_is_tried_again() -> None:
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.get(("now",), lambda: Markup("shown" * (1 // 0)))  # noqa: S704 - nothing comes of it
    assert kept.get(("now",), lambda: Markup("shown")) == "shown"


def test_the_least_used_contents_are_put_away_first() -> None:
    kept = Kept(most=10)
    for key in ("a", "b", "a", "c"):
        kept.get((key,), lambda: Markup("12345"))
    assert kept.get(("a",), lambda: pytest.fail("was put away")) == "12345"
    assert kept.get(("b",), lambda: Markup("anew")) == "anew"


def test_a_page_is_compressed_for_whoever_takes_that_and_once(client: TestClient) -> None:
    plain = client.get("/c/tiny/now", headers={"Accept-Encoding": "identity"})
    small = client.get("/c/tiny/now", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert int(small.headers["Content-Length"]) < len(plain.content)
    assert gzip.decompress(packed(small.content)) == small.content
    assert packed(small.content) is packed(small.content)


def test_pages_wait_their_turn_beyond_a_few_at_once(client: TestClient) -> None:
    async def tokens() -> float:
        async with client.app.router.lifespan_context(client.app):  # type: ignore[attr-defined]
            return to_thread.current_default_thread_limiter().total_tokens

    assert run(tokens) == THREADS
