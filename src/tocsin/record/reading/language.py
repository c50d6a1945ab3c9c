"""The language of a text's body, from a few places of it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tocsin.record.document import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.document import Segment

FEWEST_LETTERS = 20
PLACES = 4
AT_EACH = 1500  # characters
TELLING = frozenset((SegmentKind.BODY, SegmentKind.RECOMMENDATION, SegmentKind.ROW))
_WORD = re.compile(r"[^\W\d_]+")
DIALECTS = {"arz": "ar", "ary": "ar", "apc": "ar", "pcm": "en", "zsm": "ms", "nob": "no", "nb": "no"}


def language_of(text: str, segments: Sequence[Segment]) -> tuple[str | None, float | None]:
    """The language of a text, and how sure the detector is, 0..1.

    Only words in the script that most letters are in are looked at, so that an English report with Arabic names is
    English. Names of two letters by ISO 639-1.

    Returns:
        (None, None) where there are under 20 letters, or the detector of the text extra is not installed.
    """
    words = _in_main_script(_sample(text, segments))
    if sum(map(len, words)) < FEWEST_LETTERS:
        return None, None
    detector = _detector()
    if detector is None:
        return None, None
    code, certainty = detector.classify(" ".join(words))
    return DIALECTS.get(code, code), round(float(certainty), 4)


def _sample(text: str, segments: Sequence[Segment]) -> str:
    body = [s for s in segments if s.kind in TELLING] or list(segments)
    if sum(s.end - s.start for s in body) <= PLACES * AT_EACH:
        return "\n".join(text[s.start : s.end] for s in body)
    step = max(1, len(body) // PLACES)
    return "\n".join(_some(text, body[at:]) for at in range(0, len(body), step)[:PLACES])


def _some(text: str, body: Sequence[Segment]) -> str:
    taken: list[str] = []
    for s in body:
        taken.append(text[s.start : min(s.end, s.start + AT_EACH)])
        if sum(map(len, taken)) >= AT_EACH:
            break
    return "\n".join(taken)


def _in_main_script(sample: str) -> list[str]:
    words = _WORD.findall(sample)
    scripts = [_script(word[0]) for word in words]
    counted: Counter[str] = Counter()
    for word, script in zip(words, scripts, strict=True):
        counted[script] += len(word)
    if not counted:
        return []
    main = counted.most_common(1)[0][0]
    return [word for word, script in zip(words, scripts, strict=True) if script == main]


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").partition(" ")[0]


@cache
def _detector() -> Any:  # noqa: ANN401  # the package is an extra, so its class cannot be named
    try:
        package = import_module("py3langid.langid")
    except ImportError:
        return None
    return package.LanguageIdentifier.from_model_file(package.MODEL_FILE, norm_probs=True)
