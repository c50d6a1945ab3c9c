"""Secrets are never written down: what looks like one is blacked out before a log line is made."""

from __future__ import annotations

import logging
import re
from typing import Final

BLACK: Final = "[withheld]"
TOKEN_SIGN: Final = "tocsin_"  # noqa: S105 - what tokens begin with, none itself
_NAMES = r"pass(?:word|wd|code|phrase)|secret|token|csrf|api[_-]?key|llm_key|cookie|authorization"
_IS = r"""["']?\s{0,3}[=:]\s{0,3}["']?"""
_PATTERNS: Final = (
    (re.compile(rf"\b{TOKEN_SIGN}[A-Za-z0-9_-]{{20,}}"), BLACK),
    (re.compile(r"\b([Bb]earer|Basic)\s{1,3}[A-Za-z0-9._~+/=-]{16,}"), rf"\1 {BLACK}"),
    (re.compile(r"(?i)((?:__host-)?tocsin_(?:session|form)=)[^\s;,'\"]+"), rf"\1{BLACK}"),
    (re.compile(r"(://[^\s/:@]{0,100}:)[^\s/@]{1,200}(@)"), rf"\1{BLACK}\2"),
    (
        re.compile(rf"(?i)((?:{_NAMES})[\w-]{{0,20}}[\"']?\s{{0,3}}[=:]\s{{0,3}}[\"']?)(?!\[withheld\])[^\s&,;\"'}}]+"),
        rf"\1{BLACK}",
    ),
)
"""No pattern looks further than a few characters for its end, so that a long line costs no more than its length."""


def without_secrets(text: str) -> str:
    """A text with passwords, tokens, cookies and the passwords of addresses blacked out.

    Example:
        >>> without_secrets("GET /?token=abc123 postgresql://me:hidden@host/db")
        'GET /?token=[withheld] postgresql://me:[withheld]@host/db'
    """
    for pattern, black in _PATTERNS:
        text = pattern.sub(black, text)
    return text


class Withhold(logging.Filter):
    """Blacks secrets out of log lines, whoever wrote them, tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without its secrets."""
        said = record.getMessage()
        clean = without_secrets(said)
        if clean != said:
            record.msg, record.args = clean, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_secrets(record.exc_text)
        return True


def guard_logs(*names: str) -> None:
    """Put the filter on every handler of the root logger and of the named ones; once, however often it is asked."""
    loggers = (logging.getLogger(), *(logging.getLogger(name) for name in names))
    last = (logging.lastResort,) if logging.lastResort else ()
    for handler in (*last, *(handler for logger in loggers for handler in logger.handlers)):
        if not any(isinstance(one, Withhold) for one in handler.filters):
            handler.addFilter(Withhold())
