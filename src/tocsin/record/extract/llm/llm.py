"""A language model in one extractor: stretch by stretch, and no fault of its server stops other documents."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tocsin.errors import SourceError, Where
from tocsin.record.claim import Span
from tocsin.record.document import SegmentKind
from tocsin.record.extract.extractor import Reads
from tocsin.record.extract.llm.answer import answer_of, schema, what_is_fit
from tocsin.record.extract.llm.endpoint import Endpoint, FormatRefused, TimedOut, Unfit
from tocsin.record.extract.llm.prompt import again, messages_for
from tocsin.record.extract.llm.proposing import EXTRACTOR, Dropped, proposal_of
from tocsin.record.extract.model import pieces
from tocsin.record.extract.sentences import read_segments
from tocsin.record.kinds import kinds
from tocsin.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from tocsin.record.claim import Proposal
    from tocsin.record.document import Document
    from tocsin.record.extract.llm.answer import Read
    from tocsin.record.extract.mention import Annotated

LONGEST_STRETCH = 6000  # characters the model is shown at once
_FORMS: tuple[dict[str, Any] | None, ...] = (
    {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": schema()}},
    {"type": "json_object"},
    None,
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Skip:
    """A stretch of a text that the model gave no usable answer to."""

    stretch: Span
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """What came of a document.

    Attributes:
        proposals: for the gate, those included whose quote is not in the text.
        dropped: parts of claims that were left out.
        unread: claims of replies that were not of the form.
        skips: stretches without a usable answer.
        asked: stretches the model was asked about.
    """

    proposals: tuple[Proposal, ...]
    dropped: tuple[Dropped, ...]
    unread: int
    skips: tuple[Skip, ...]
    asked: int


@dataclass(frozen=True, slots=True)
class Llm:
    """The extractor that asks a language model; without an endpoint it proposes nothing and says so.

    Attributes:
        reads: what it declares.
        endpoint: the server; None takes the one that the settings name.
    """

    reads: Reads
    endpoint: Endpoint | None = None

    def propose(self, annotated: Annotated, document: Document) -> Iterator[Proposal]:
        """The claims that the model sees, for the gate.

        Raises:
            SourceError: no endpoint is set, the server cannot be used, or it gave no usable answer at all.
        """
        account = self.account(annotated, document)
        if account.skips and len(account.skips) == account.asked:
            what = f"the language model gave no usable answer: {account.skips[0].why}"
            raise SourceError(what, where=Where(document.name), hint="try another model, or read it with rules alone")
        for skip in account.skips:
            _log.warning("%s, characters %d to %d: %s", document.name, skip.stretch.start, skip.stretch.end, skip.why)
        yield from account.proposals

    def account(self, annotated: Annotated, document: Document) -> Account:
        """The same with what was left out and why.

        Raises:
            SourceError: no endpoint is set, or the server cannot be used.
        """
        endpoint = self.endpoint or Endpoint.of(Settings.load())
        if endpoint is None:
            hint = "set llm_url and llm_model (TOCSIN_LLM_URL, TOCSIN_LLM_MODEL), or leave the llm extractor out"
            raise SourceError("no language model is set, so it proposes nothing", hint=hint)
        proposals: list[Proposal] = []
        dropped: list[Dropped] = []
        skips: list[Skip] = []
        unread = asked = 0
        with endpoint.opened() as client:
            talk = _Talk(endpoint, client)
            for stretch in stretches(annotated):
                asked += 1
                try:
                    read = talk.claims_in(stretch.words)
                except Unfit as unfit:
                    skips.append(Skip(stretch, unfit.why))
                    continue
                unread += read.dropped
                for said in read.claims:
                    proposal, lost = proposal_of(said, annotated, document, within=stretch)
                    proposals.append(proposal)
                    dropped += lost
        return Account(tuple(proposals), tuple(dropped), unread, tuple(skips), asked)


class _Talk:
    """Questions to one server: what form of answer it knows, and how often in a row it was silent, are kept."""

    def __init__(self, endpoint: Endpoint, client: httpx.Client) -> None:
        self._endpoint, self._client = endpoint, client
        self._form, self._silent = 0, 0

    def claims_in(self, stretch: str) -> Read:
        """The claims of a stretch; asked once more where the answer is not of the form."""
        messages = messages_for(stretch)
        words = self._ask(messages)
        try:
            return answer_of(words)
        except Unfit as unfit:
            words = self._ask(again(messages, words, unfit.why))
        try:
            return answer_of(words)
        except Unfit:
            return what_is_fit(words)

    def _ask(self, messages: list[dict[str, str]]) -> str:
        while True:
            try:
                words = self._endpoint.ask(self._client, messages, form=_FORMS[self._form])
            except FormatRefused:
                self._form += 1
            except TimedOut as late:
                self._silent += 1
                if self._silent > 1:
                    hint = "raise timeout_seconds, or ask a faster model"
                    raise SourceError(f"the language model's server does not answer: {late.why}", hint=hint) from late
                raise
            else:
                self._silent = 0
                return words


def stretches(annotated: Annotated) -> Iterator[Span]:
    """The parts of a text that the model is shown, none twice: whole segments together, long ones cut; rows left out."""
    text, start, end = annotated.text.text, -1, -1
    for segment in read_segments(annotated.text):
        if segment.kind is SegmentKind.ROW:
            continue
        if start >= 0 and segment.end - start > LONGEST_STRETCH:
            yield from _cut(text, start, end)
            start = -1
        start = segment.start if start < 0 else start
        end = segment.end
    if start >= 0:
        yield from _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for piece in pieces(text[start:end], longest=LONGEST_STRETCH):
        if piece.strip():
            yield Span(at, at + len(piece), piece)
        at += len(piece)


_NAME, _VERSION = EXTRACTOR.split(" ")
LLM = Llm(Reads(name=_NAME, version=_VERSION, kinds=tuple(kinds()), languages=("en",), needs_model=False))
