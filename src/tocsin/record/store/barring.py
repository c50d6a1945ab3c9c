"""What was removed does not come back: names and claims are known again by keyed hashes, and never kept themselves."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tocsin.record.store.tables import BARRED
from tocsin.record.store.wording import stretches, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tocsin.record.document import Text

BLACK = "\u2588"
"""One stands for each character of a name that was removed, so that all other offsets still hold."""
LONGEST_NAME = 12
"""Words of the longest name that is looked for."""
LONG_ENOUGH = 4
"""Letters of a last name that is taken for the person's wherever it stands alone in the document."""
ANYWHERE = "anywhere"
"""Of a removal from every document: it holds for those that come later too."""


def black_out(text: str, places: Iterable[tuple[int, int]]) -> str:
    """A text with these stretches black, and everything else where it was.

    Example:
        >>> black_out("Ada led Acme", [(0, 3)])
        '███ led Acme'
    """
    characters = list(text)
    for start, end in places:
        characters[start:end] = BLACK * (end - start)
    return "".join(characters)


def blackened(text: Text, text_id: str) -> None:
    """Let a text whose characters a removal changed keep the id that it was read under."""
    text.__dict__["text_id"] = text_id


@dataclass(frozen=True)
class Barring:
    """Knows what was removed.

    Attributes:
        key: the record's own.
        digests: each with the removal that it belongs to.
    """

    key: bytes = field(repr=False)
    digests: dict[str, int] = field(repr=False)

    @classmethod
    def of(cls, connection: sa.Connection, key: bytes) -> Barring:
        """What the record holds of it now."""
        return cls(key, dict(connection.execute(sa.select(BARRED.c.digest, BARRED.c.removal)).all()))

    @cached_property
    def last_removal(self) -> int:
        """The newest removal; 0 where there was none."""
        return max(self.digests.values(), default=0)

    def digest(self, *parts: str) -> str:
        """The keyed hash of a thing, as `claim`, `known` or `name` with what it names."""
        return hmac.digest(self.key, "\x1f".join(parts).encode("utf-8", "surrogatepass"), hashlib.sha256).hex()

    def bars(self, *parts: str) -> bool:
        """Whether this was removed."""
        return bool(self.digests) and self.digest(*parts) in self.digests

    def bars_name(self, words: tuple[str, ...], document_id: str) -> bool:
        """Whether a name of these folded words was removed from this document."""
        return self.bars("name", document_id, " ".join(words))

    def blacked_out(self, text: str, document_id: str) -> str:
        """A text of a document without the names that were removed from it, or from every document."""
        if self.bars(ANYWHERE):
            text = self._without_whole_names(text)
        if not self.bars("document", document_id):
            return text
        places = stretches(text, lambda words: self.bars_name(words, document_id), longest=LONGEST_NAME)
        return black_out(text, places)

    def names(self, text: str, document_id: str) -> bool:
        """Whether a text says a name that was removed from its document, or from every document."""
        return bool(self.digests) and self.blacked_out(text, document_id) != text

    def of_whole_names(self, names: Iterable[tuple[str, ...]]) -> set[str]:
        """The digests by which names of two words or more are known again in every document."""
        whole = [words for words in names if len(words) > 1]
        begins = {self.digest(ANYWHERE, "first", words[0]) for words in whole}
        found = begins | {self.digest(ANYWHERE, " ".join(words)) for words in whole}
        return found | {self.digest(ANYWHERE)} if whole else found

    def _without_whole_names(self, text: str) -> str:
        """A text without the names removed everywhere, and without their last words where these stand alone in it."""
        begins: dict[str, bool] = {}

        def is_wanted(words: tuple[str, ...]) -> bool:
            first = words[0]
            if first not in begins:
                begins[first] = self.bars(ANYWHERE, "first", first)
            return begins[first] and self.bars(ANYWHERE, " ".join(words))

        places = list(stretches(text, is_wanted, longest=LONGEST_NAME))
        last = {words_of(text[start:end])[-1:][0] for start, end in places}
        alone = stretches(text, lambda words: words[0] in last and len(words[0]) >= LONG_ENOUGH, longest=1)
        return black_out(text, [*places, *alone])
