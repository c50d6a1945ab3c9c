"""What a model may answer: its form as a JSON schema, and the check of what it did answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from tocsin.record.claim import LegalState, Modality
from tocsin.record.extract.llm.endpoint import Unfit
from tocsin.record.kinds import kinds

MOST_CLAIMS = 200
_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)


def _nothing(value: Any) -> Any:  # noqa: ANN401  # as pydantic hands it over
    return None if isinstance(value, str) and value.strip().lower() in {"", "null", "none", "n/a", "unknown"} else value


class Said(BaseModel):
    """A part of an answer; keys that were not asked for are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ArgumentSaid(Said):
    """A role and the words that fill it, copied from the quote."""

    role: str = Field(max_length=50)
    words: str = Field(min_length=1, max_length=1000)
    type: Annotated[str | None, BeforeValidator(_nothing)] = None


class ClaimSaid(Said):
    """A claim in the model's words."""

    kind: str = Field(max_length=50)
    quote: str = Field(min_length=1, max_length=5000)
    arguments: tuple[ArgumentSaid, ...] = Field(max_length=50)
    modality: Modality = Modality.ASSERTED
    attributed_to: Annotated[tuple[str, ...], BeforeValidator(lambda v: () if v is None else v)] = ()
    stance: Annotated[str | None, BeforeValidator(_nothing)] = Field(
        default=None, pattern="^(for|against|conditional)$"
    )
    state: Annotated[LegalState | None, BeforeValidator(_nothing)] = None
    number: Annotated[str | None, BeforeValidator(_nothing)] = Field(default=None, max_length=200)


class Answer(Said):
    """All claims of one stretch of a text."""

    claims: tuple[ClaimSaid, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """Claims of a reply, and how many of it could not be read as such."""

    claims: tuple[ClaimSaid, ...]
    dropped: int = 0


def schema() -> dict[str, Any]:
    """The form of an answer as a JSON schema, with the kinds and roles that exist."""
    words = {"type": "string"}
    empty_or = {"type": ["string", "null"]}
    roles = sorted({role.name for kind in kinds().values() for role in kind.roles})
    argument = {
        "type": "object", "additionalProperties": False, "required": ["role", "words", "type"],
        "properties": {"role": {"type": "string", "enum": roles}, "words": words, "type": empty_or},
    }  # fmt: skip
    claim = {
        "type": "object", "additionalProperties": False,
        "required": ["kind", "quote", "arguments", "modality", "attributed_to", "stance", "state", "number"],
        "properties": {
            "kind": {"type": "string", "enum": list(kinds())}, "quote": words,
            "arguments": {"type": "array", "items": argument},
            "modality": {"type": "string", "enum": [m.value for m in Modality]},
            "attributed_to": {"type": "array", "items": words}, "stance": empty_or, "state": empty_or,
            "number": empty_or,
        },
    }  # fmt: skip
    return {
        "type": "object", "additionalProperties": False, "required": ["claims"],
        "properties": {"claims": {"type": "array", "items": claim}},
    }  # fmt: skip


def answer_of(words: str) -> Read:
    """The claims of a reply, whole.

    Raises:
        Unfit: it is not JSON, or not of the form; what is wrong can be shown to the model.

    Example:
        >>> answer_of('Here it is: {"claims": []}').claims
        ()
    """
    try:
        return Read(Answer.model_validate(_json_in(words)).claims[:MOST_CLAIMS])
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise Unfit(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error


def what_is_fit(words: str) -> Read:
    """The claims of a reply that are of the form, where not all are.

    Raises:
        Unfit: it is not JSON, or holds no list of claims.
    """
    told = _json_in(words)
    listed = told.get("claims") if isinstance(told, dict) else None
    if not isinstance(listed, list):
        raise Unfit("the answer holds no list of claims")
    fit: list[ClaimSaid] = []
    for claim in listed[:MOST_CLAIMS]:
        try:
            fit.append(ClaimSaid.model_validate(claim))
        except ValidationError:
            continue
    return Read(tuple(fit), len(listed) - len(fit))


def _json_in(words: str) -> Any:  # noqa: ANN401  # whatever the model wrote
    bare = _THOUGHT.sub("", words)
    fenced = _FENCE.search(bare)
    bare = fenced[1] if fenced else bare
    low, high = bare.find("{"), bare.rfind("}")
    try:
        return json.loads(bare[low : high + 1]) if 0 <= low < high else json.loads(bare)
    except (ValueError, RecursionError) as error:
        raise Unfit("the answer is not JSON") from error
