"""The steps of making an edition, each written down as it begins, and what came of it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.api.edition import make_edition
from tocsin.api.home import editions_of
from tocsin.api.known import open_case
from tocsin.api.read import read_documents
from tocsin.errors import TocsinError
from tocsin.web.briefs.making import MOST_STEPS, Making, Step, now, read_state, write_state

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.settings import Settings

LOG = logging.getLogger("tocsin.web.briefs.making")


def make(folder: Path, path: Path, *, settings: Settings) -> bool:
    """Make an edition, and write down each step, the outcome, or what went wrong; whether it came out.

    Args:
        folder: of the case.
        path: the file of the state.
        settings: where editions and the record are.
    """
    begun = read_state(path) or Making(folder.name, "somebody", now())
    try:
        case = open_case(folder)
        before = set(editions_of(case, settings=settings).ids())
        _tell(path, begun, "reading documents")
        read_documents(case, settings=settings)
        edition = make_edition(case, settings=settings, tell=lambda words: _tell(path, begun, words))
    except TocsinError as error:
        _end(path, begun, what=error.what, hint=error.hint or "mend it, and ask for it again")
        return False
    except OSError as error:
        _end(path, begun, what=f"the disk: {error.strerror or error}", hint="make room, and ask for it again")
        return False
    except Exception as error:
        LOG.exception("making an edition of %s failed", folder.name)
        _end(path, begun, what=f"a fault of Tocsin: {type(error).__name__}", hint="tocsin run says more of it")
        return False
    _end(path, begun, edition=edition.id, anew=edition.id not in before)
    return True


def _tell(path: Path, begun: Making, words: str) -> None:
    state = read_state(path) or begun
    write_state(path, replace(state, steps=(*state.steps, Step(now(), words))[-MOST_STEPS:]))


def _end(
    path: Path, begun: Making, *, edition: str | None = None, anew: bool | None = None, what: str | None = None,
    hint: str | None = None,
) -> None:  # fmt: skip
    state = read_state(path) or begun
    write_state(path, replace(state, ended=now(), edition=edition, anew=anew, what=what, hint=hint))
