"""The server that is asked, and one question to it with every way in which it can fail."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpx

from tocsin.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import SecretStr

    from tocsin.settings import Settings

LARGEST_REPLY = 2_000_000  # bytes; more than any fair answer to one question
LONGEST_WAIT_SECONDS = 30.0
TRIES = 3
_AT_HOME = {"all://localhost": None, "all://127.0.0.1": None, "all://[::1]": None}


class Unfit(Exception):  # it never leaves this room: a stretch is skipped and counted
    """A reply that cannot be used for this question, while another question may still be answered."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class FormatRefused(Unfit):
    """The server does not know the form of answer that it was asked for."""


class CutShort(Unfit):
    """The model wrote to its limit without coming to an end."""


class TimedOut(Unfit):
    """The server was silent too long, or wrote too slowly."""


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible server and what is asked of it.

    Attributes:
        url: address of its question door, ending in `/chat/completions`.
        model: the model's name there.
        key: never printed; sent to that address alone.
        timeout_seconds: how long it may stay silent; a whole reply may take five times as long.
        tokens: how much it may write.
        wait: how it is waited, where the server asks for it.
    """

    url: str
    model: str
    key: SecretStr | None = field(default=None, repr=False)
    timeout_seconds: float = 60.0
    tokens: int = 4096
    wait: Callable[[float], None] = field(default=time.sleep, repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Endpoint | None:
        """The endpoint that the settings name; None where they name none.

        Raises:
            SourceError: the address is no web address, or the model is not named.
        """
        if settings.llm_url is None:
            return None
        if settings.llm_model is None:
            raise SourceError("llm_url is set, but no model", hint="set llm_model (TOCSIN_LLM_MODEL) to its name there")
        return cls(door_of(settings.llm_url), settings.llm_model, settings.llm_key, settings.timeout_seconds)

    @contextmanager
    def opened(self) -> Iterator[httpx.Client]:
        """A client for several questions; redirects are not followed, so that the key stays where it belongs."""
        headers = {"Authorization": f"Bearer {self.key.get_secret_value()}"} if self.key else {}
        with httpx.Client(
            headers=headers, timeout=self.timeout_seconds, follow_redirects=False, mounts=_AT_HOME
        ) as client:
            yield client

    def ask(self, client: httpx.Client, messages: list[dict[str, str]], *, form: dict[str, Any] | None) -> str:
        """What the model answers.

        Args:
            client: from `opened`.
            messages: the conversation so far.
            form: the form of answer asked for (`response_format`); None asks for none.

        Raises:
            Unfit: this reply cannot be used; other questions may fare better.
            SourceError: the server cannot be used at all.
        """
        body: dict[str, Any] = {
            "model": self.model, "messages": messages, "temperature": 0, "max_tokens": self.tokens, "stream": False,
        }  # fmt: skip
        if form is not None:
            body["response_format"] = form
        for left in reversed(range(TRIES)):
            status, headers, content = self._post(client, body)
            if status not in {429, 503} or left == 0:
                break
            self.wait(_asked_to_wait(headers))
        if status >= 300:
            raise self._fault(status, content, form)
        return _words_of(content)

    def _post(self, client: httpx.Client, body: dict[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and body, within bounds of bytes and time."""
        until = time.monotonic() + 5 * self.timeout_seconds
        content = bytearray()
        try:
            with client.stream("POST", self.url, json=body) as response:
                for part in response.iter_bytes():
                    content += part
                    if len(content) > LARGEST_REPLY:
                        raise Unfit(f"the reply is larger than {LARGEST_REPLY:,} bytes")
                    if time.monotonic() > until:
                        raise TimedOut(f"the reply took more than {5 * self.timeout_seconds:g} s")
                return response.status_code, response.headers, bytes(content)
        except httpx.TimeoutException as error:
            raise TimedOut(f"the server was silent for {self.timeout_seconds:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._unusable(f"the language model's server cannot be reached: {type(error).__name__}") from error

    def _fault(self, status: int, content: bytes, form: dict[str, Any] | None) -> Exception:
        said = self._scrubbed(content)
        if status in {400, 415, 422, 501} and form is not None:
            return FormatRefused(f"the server refused the form of answer: {said}")
        if status == 413 or (status == 400 and "context" in said.lower()):
            return Unfit(f"the server found the question too long: {said}")
        if 500 <= status < 600 and status != 503:
            return Unfit(f"the server failed with {status}: {said}")
        why = {
            401: "refused the key", 403: "refused the key", 404: "has no such door or model",
            429: "asks to wait longer than Tocsin does", 503: "is too busy",
        }.get(status, f"answered {status}")  # fmt: skip
        return self._unusable(f"the language model's server {why}: {said}")

    def _unusable(self, what: str) -> SourceError:
        hint = f"llm_url is {_without_user(self.url)}: check that the server runs there, and llm_model and llm_key"
        return SourceError(what, hint=hint)

    def _scrubbed(self, content: bytes) -> str:
        """The beginning of what the server said, on one line, without the key."""
        words = " ".join(content[:2000].decode("utf-8", "replace").split())
        if self.key is not None and self.key.get_secret_value():
            words = words.replace(self.key.get_secret_value(), "(key)")
        return words[:200] or "(nothing)"

    def patient(self, wait: Callable[[float], None]) -> Endpoint:
        """The same endpoint that waits in another way."""
        return replace(self, wait=wait)


def door_of(url: str) -> str:
    """The address to ask at, from the address a user gives.

    Raises:
        SourceError: it is no web address.

    Example:
        >>> door_of("http://localhost:8080"), door_of("https://models.example/api/v1/")
        ('http://localhost:8080/v1/chat/completions', 'https://models.example/api/v1/chat/completions')
    """
    try:
        parts = httpx.URL(url.strip().rstrip("/"))
    except httpx.InvalidURL as error:
        raise _no_address(url) from error
    if parts.scheme not in {"http", "https"} or not parts.host:
        raise _no_address(url)
    path = parts.path.rstrip("/")
    if not path.endswith("/chat/completions"):
        path = f"{path or '/v1'}/chat/completions"
    return str(parts.copy_with(path=path, fragment=None))


def _no_address(url: str) -> SourceError:
    return SourceError(f"llm_url '{url[:100]}' is no web address", hint="write it as http://localhost:8080/v1")


def _without_user(url: str) -> str:
    return str(httpx.URL(url).copy_with(userinfo=b"", query=None))


def _asked_to_wait(headers: httpx.Headers) -> float:
    """Seconds that the server asks to wait, as a number or as a time of day; one second where it does not say.

    Raises:
        SourceError: it asks for longer than Tocsin waits.
    """
    said = headers.get("Retry-After", "1").strip()
    try:
        seconds = float(said)
    except ValueError:
        try:
            when = parsedate_to_datetime(said)
            seconds = (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
        except ValueError:
            seconds = 1.0
    if not seconds <= LONGEST_WAIT_SECONDS:
        raise SourceError(
            f"the language model's server asks to wait {said}, more than {LONGEST_WAIT_SECONDS:g} s",
            hint="run it again later; what was read stays read",
        )
    return max(0.0, seconds)


def _words_of(content: bytes) -> str:
    """The model's words out of the server's reply."""
    try:
        told = json.loads(content)
        choice = told["choices"][0]
        words = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        page = content.lstrip()[:15].lower().startswith((b"<!doctype", b"<html"))
        why = "a web page" if page else "nothing" if not content.strip() else "something else"
        raise Unfit(f"the server sent {why}, not a chat completion") from error
    if choice.get("finish_reason") == "length":
        raise CutShort("the model wrote to its limit without coming to an end")
    if not isinstance(words, str) or not words.strip():
        raise Unfit("the model answered nothing")
    return words
