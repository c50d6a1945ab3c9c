"""Keys from a terminal one at a time, or from lines where there is none."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

try:
    import termios
    import tty
except ImportError:  # not every system has terminals of this kind: lines do there
    termios = tty = None  # type: ignore[assignment]

END = "q"
"""What an end of the input means."""
END_OF_TRANSMISSION = "\x04"
"""Control and D, where a terminal gives each key at once."""


class Keys:
    """Where a reviewer's keys come from.

    On a terminal a key acts at once. Elsewhere a line is a key, and words after it answer what is asked next:
    `r the wrong person is named`.
    """

    def __init__(self) -> None:
        self.at_terminal = sys.stdin.isatty() and termios is not None
        self._answer: str | None = None

    def key(self) -> str:
        """The next key; the end of the input is `q`."""
        if self.at_terminal:
            with _one_by_one():
                key = sys.stdin.read(1)
            return END if key in ("", END_OF_TRANSMISSION) else key
        while True:
            line = sys.stdin.readline()
            if not line:
                return END
            key, _, answer = line.strip().partition(" ")
            if key:
                self._answer = answer.strip() or None
                return key[0]

    def line(self) -> str:
        """An answer in words; empty where none is given, and where lines are keys and no words came with the key."""
        if self.at_terminal:
            return sys.stdin.readline().strip()
        answer, self._answer = self._answer or "", None
        return answer


@contextmanager
def _one_by_one() -> Iterator[None]:
    """The terminal gives each key at once, and is put back however the block ends."""
    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)  # keys typed ahead are kept
        yield
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)
