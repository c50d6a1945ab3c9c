"""Reading in a process apart: a file that crashes its reader, or takes for ever, costs its own verdict and nothing else."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from threading import Event, Timer
from typing import IO, TYPE_CHECKING, Any, Self

from tocsin.errors import InputError, TocsinError
from tocsin.record.reading.child import READY
from tocsin.record.reading.given import Given
from tocsin.record.reading.read import read_file, stopped_on

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.record.document import Document, Text

SECONDS = 120.0
MEMORY_MB = 4096
START_SECONDS = 60.0
"""A reader that is not there by then does not come."""
STOPPED = "the reader stopped on it"
_CHILD = "tocsin.record.reading.child"
_NOTHING = Given()


class ReaderApart:
    """Reads files in one process of its own, which is started again when a file ends it.

    Use it by `with`: the process starts at once, so that it is ready by the time the first file is asked for.

    Args:
        seconds: how long one file may take.
        memory_mb: how much memory the reader may ask for, where the system can hold it to that.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, ReaderApart(seconds=30) as reader:
        ...     note = Path(folder) / "note.txt"
        ...     _ = note.write_text("The mission closed Erbil.")
        ...     document, text = reader.read(note, name="note.txt")
        >>> document.verdict.value, text.text
        ('read', 'The mission closed Erbil.')
    """

    def __init__(self, *, seconds: float = SECONDS, memory_mb: int = MEMORY_MB) -> None:
        self.seconds = seconds
        self.memory_mb = memory_mb
        self._child: subprocess.Popen[bytes] | None = None
        self._is_ready = False

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        child, self._child, self._is_ready = self._child, None, False
        if child is not None:
            child.kill()
            for pipe in (child.stdin, child.stdout):
                _close(pipe)
            child.wait()

    def read(self, path: Path, *, name: str, given: Given = _NOTHING) -> tuple[Document, Text | None]:
        """Read a file as `read_file` does; where its reader stops on it, the verdict is `broken` and says why.

        Raises:
            FileProblem: there is no such file, or it is no regular one.
            MissingExtra: HTML, PDF or DOCX, and the text extra is not installed.
            InputError: the reader cannot be started at all.
        """
        self._make_ready()
        answer = self._ask((path, name, given), seconds=self.seconds)
        if isinstance(answer, TocsinError):
            raise answer
        if isinstance(answer, str):
            self.close()
            return stopped_on(path, name=name, given=given, why=f"{STOPPED}: {answer}"), None
        document, text = answer
        return document, text

    def _start(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            command = [sys.executable, "-P", "-m", _CHILD]
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            self._child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere)  # noqa: S603  # our own module
        return self._child

    def _make_ready(self) -> None:
        """A process that is there and has loaded its reader; one that died since the last file is replaced."""
        if self._child is not None and self._child.poll() is not None:
            self.close()
        self._start()
        if self._is_ready:
            return
        paths = [path for path in sys.path if path]
        first = (paths, read_file.__module__, read_file.__name__, self.memory_mb)
        answer = self._ask(first, seconds=START_SECONDS)
        if answer != READY:
            self.close()
            hint = f"see that memory is free; the setting read_memory_mb is {self.memory_mb}"
            raise InputError(f"the reader of documents cannot be started: {answer}", hint=hint)
        self._is_ready = True

    def _ask(self, what: object, *, seconds: float) -> Any:  # noqa: ANN401  # what the child answers
        """The child's answer, or in words why there is none; it is ended when its time is over."""
        child, is_over = self._start(), Event()
        assert child.stdin is not None
        assert child.stdout is not None

        def end() -> None:
            is_over.set()
            child.kill()

        watch = Timer(seconds, end)
        watch.daemon = True
        watch.start()
        try:
            pickle.dump(what, child.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            child.stdin.flush()
            return pickle.load(child.stdout)  # noqa: S301  # our own child's words
        except (EOFError, OSError, pickle.UnpicklingError):
            code = child.wait()
            return f"it took more than {seconds:g} s" if is_over.is_set() else _ended(code)
        finally:
            watch.cancel()


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except BrokenPipeError:
        pass  # what was still to be asked of a process that is gone


def _ended(code: int) -> str:
    """How a process ended, in words.

    Example:
        >>> _ended(3), _ended(-11)
        ('it ended with code 3', 'it was ended by SIGSEGV')
    """
    if code >= 0:
        return f"it ended with code {code}"
    try:
        return f"it was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"it was ended by signal {-code}"
