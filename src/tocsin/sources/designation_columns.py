"""Columns of a user's own file, by whatever word: which are read, and which are not."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.errors import TableProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tocsin.errors import Where

LIKE = 0.75
"""Likeness, by difflib's ratio, from which a column is taken for a misspelling of one that is read."""

_BETWEEN = re.compile(r"[\s\-]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a header is read as.

    Attributes:
        read: the column as it is known, by the column as it stands in the file.
        unread: columns that are not read, as they stand in the file.
    """

    read: Mapping[str, str]
    unread: tuple[str, ...]

    def note(self) -> tuple[str, ...]:
        """What a reader must know of the columns that are not read; () where all are."""
        if not self.unread:
            return ()
        word = "column" if len(self.unread) == 1 else "columns"
        return (f"{word} not read: {', '.join(self.unread)}",)


def columns_of(
    header: Iterable[str], known: Sequence[str], *, where: Where, read_as: Mapping[str, str] | None = None
) -> Columns:  # fmt: skip
    """Which columns are read, by their own name or another word for it; capitals and blanks in them do not count.

    Args:
        header: the columns as they stand in the file; those without a name are left aside.
        known: the columns that are read.
        where: the file, for what is wrong.
        read_as: other words for columns; those of designation lists if not given.

    Raises:
        TableProblem: two columns are read as one, or a column that is not read is like one that is read and is lacking.

    Example:
        >>> from tocsin.errors import Where
        >>> found = columns_of(["id", "Birth date", "shelf"], ["id", "date_of_birth"], where=Where("own.csv"))
        >>> found.read, found.note()
        ({'id': 'id', 'Birth date': 'date_of_birth'}, ('column not read: shelf',))
    """
    words = _words()["read_as"] if read_as is None else read_as
    read: dict[str, str] = {}
    unread: list[str] = []
    for given in header:
        plain = _plain(given)
        column = plain if plain in known else words.get(plain)
        if column not in known:
            unread += [given.strip()] if plain else []
        elif column in read.values():
            first = next(one for one, as_what in read.items() if as_what == column)
            raise TableProblem(
                f"the columns '{first.strip()}' and '{given.strip()}' both say {column}", where=where,
                hint=f"keep one of them, and call it {column}",
            )  # fmt: skip
        else:
            assert column is not None
            read[given] = column
    _refuse_misspelt(unread, [name for name in known if name not in read.values()], known, words, where)
    return Columns(read, tuple(unread))


def _refuse_misspelt(
    unread: Sequence[str], lacking: Sequence[str], known: Sequence[str], words: Mapping[str, str], where: Where
) -> None:
    """A column that is like one that is lacking was meant to be read."""
    meant = {given: column for given in unread if (column := _meant(given, words)) in lacking}
    meant |= {given: near for given in unread if given not in meant and (near := _near(given, lacking, words))}
    if not meant:
        return
    asked = "; ".join(f"'{given}': did you mean {column}?" for given, column in meant.items())
    raise TableProblem(
        f"{'a column' if len(meant) == 1 else 'columns'} not read: {', '.join(meant)}", where=where,
        hint=f"{asked} The columns read are: {', '.join(known)}",
    )  # fmt: skip


def _meant(given: str, words: Mapping[str, str]) -> str | None:
    plain = _plain(given)
    return _words()["meant"].get(plain) or _words()["read_as"].get(plain) or words.get(plain)


def _near(given: str, lacking: Sequence[str], words: Mapping[str, str]) -> str | None:
    spelt = {name: name for name in lacking} | {word: column for word, column in words.items() if column in lacking}
    found = get_close_matches(_plain(given), list(spelt), n=1, cutoff=LIKE)
    return spelt[found[0]] if found else None


def _plain(given: str) -> str:
    return _BETWEEN.sub("_", given.strip().lower())


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    said = (files("tocsin.sources") / "designation_columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(said)
