"""Case files that were uploaded: put in one after the other, beside the requests, with their state to be looked at."""

from __future__ import annotations

import secrets
import shutil
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import TYPE_CHECKING

from tocsin.api.case_import import ImportedCase, import_case
from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import IO

    from tocsin.settings import Settings

WAITING = 4
"""Imports that may wait; one more is told to come again."""
REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Import:
    """One uploaded case file.

    Attributes:
        id: by which its state is asked for; nobody can guess it.
        file: as the file was called where it came from.
        by: who uploaded it.
        doing: what is being done; None once it is over.
        done: what came of it; None where it is not over, or failed.
        what, where, hint: why it failed, and what mends it.
    """

    id: str
    file: str
    by: str
    doing: str | None = "waiting"
    done: ImportedCase | None = None
    what: str | None = None
    where: str | None = None
    hint: str | None = None


class Imports:
    """The imports of a workbench."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Import] = OrderedDict()
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")

    def begin(
        self, content: IO[bytes], *, file: str, name: str | None, by: str, into: Path, settings: Settings,
        then: Callable[[ImportedCase], None], used: Collection[str] = (),
    ) -> Import | None:  # fmt: skip
        """Take a case file; None where too many wait.

        Args:
            content: of the file; it is copied before this returns.
            file: as it is called.
            name: what the case is to be called; as in the file where None.
            by: who uploaded it.
            into: the folder of cases.
            settings: where its record goes.
            then: told of a case that was taken.
            used: names that it cannot have.
        """
        begun = Import(secrets.token_urlsafe(16), file, by)
        with self._lock:
            if sum(each.doing is not None for each in self._held.values()) >= WAITING:
                return None
            self._held[begun.id] = begun
            while len(self._held) > REMEMBERED:
                self._held.popitem(last=False)
        scratch = Path(mkdtemp(prefix="tocsin-import-"))
        try:
            with (scratch / "case.zip").open("wb") as place:
                shutil.copyfileobj(content, place)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            self._note(begun.id, doing=None, what="the upload could not be kept")
            raise
        self._worker.submit(self._run, begun.id, scratch, name=name, into=into, settings=settings, then=then,
                            used=tuple(used))  # fmt: skip
        return begun

    def get(self, id: str) -> Import | None:  # noqa: A002 - the word of the address
        """How an import stands; None where none has this id."""
        with self._lock:
            return self._held.get(id)

    def close(self) -> None:
        """Wait for the one under way, and begin no other."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _run(
        self, id: str, scratch: Path, *, name: str | None, into: Path, settings: Settings,  # noqa: A002
        then: Callable[[ImportedCase], None], used: Collection[str],
    ) -> None:  # fmt: skip
        try:
            done = import_case(
                scratch / "case.zip", into, name=name, settings=settings, used=used,
                tell=lambda what: self._note(id, doing=what),
            )  # fmt: skip
            if done.folder is not None:
                then(done)
            self._note(id, doing=None, done=done)
        except TocsinError as error:
            where = error.where.field or None
            self._note(id, doing=None, what=error.what, where=where, hint=error.hint)
        except Exception:
            self._note(id, doing=None, what="the case could not be put in", hint="the log of the server says more")
            raise
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _note(self, id: str, **changed: object) -> None:  # noqa: A002
        with self._lock:
            if id in self._held:
                self._held[id] = replace(self._held[id], **changed)  # type: ignore[arg-type]
