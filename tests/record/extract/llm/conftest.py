"""A server on this machine that answers with recorded replies."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPLIES = Path(__file__).parent / "replies"


@dataclass
class Recorded:
    """Replies in order, the last again and again; and what was asked."""

    steps: list[dict[str, Any]]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def reply_to(self, body: dict[str, Any]) -> dict[str, Any]:
        """A step with `when` is given as long as those words stand in what is asked."""
        self.asked.append(body)
        step = self.steps[0]
        if "when" in step:
            return (
                step
                if step["when"] in json.dumps({"form": body.get("response_format"), **dict.fromkeys(body)})
                else self.steps[1]
            )
        return self.steps.pop(0) if len(self.steps) > 1 else step


def content_of(step: dict[str, Any]) -> bytes:
    if "large" in step:
        return b'{"choices": [{"message": {"content": "' + b"x" * int(step["large"]) + b'"}}]}'
    if "raw" in step:
        return str(step["raw"]).encode()
    words = step["words"] if "words" in step else json.dumps({"claims": step["claims"]})
    choice = {"message": {"role": "assistant", "content": words}, "finish_reason": step.get("finish", "stop")}
    return json.dumps({"choices": [choice]}).encode()


@pytest.fixture
def server() -> Iterator[Callable[[str], Recorded]]:
    """Start a server that plays a recorded reply by its name."""
    running: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def play(name: str) -> Recorded:
        recorded = Recorded(json.loads((REPLIES / f"{name}.json").read_text("utf-8")))

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                recorded.keys.append(self.headers.get("Authorization"))
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                step = recorded.reply_to(body)
                time.sleep(float(step.get("delay_seconds", 0)))
                content = content_of(step)
                try:
                    self.send_response(int(step.get("status", 200)))
                    for header, value in step.get("headers", {}).items():
                        self.send_header(header, value)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    return  # the asker has gone, as it may

            def log_message(self, *_: object) -> None:
                return

        httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        running.append((httpd, thread))
        recorded.url = f"http://127.0.0.1:{httpd.server_port}"
        return recorded

    yield play
    for httpd, thread in running:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


@pytest.fixture
def replies() -> list[Path]:
    """All recorded replies."""
    return sorted(REPLIES.glob("*.json"))
