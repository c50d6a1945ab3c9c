"""From a name as written to its parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.names.folding import fold
from tocsin.record.names.lexicon import families, meanings, words_of
from tocsin.record.names.name import Name, NameKind, Part, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORT_FORM = re.compile(r"\((?:[A-Z0-9][A-Z0-9.\-& ]{0,11}|a\.?k\.?a\.?[^)]*)\)")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_DIGITS = re.compile(r"([a-z]{3,})(\d+)")


def read_name(text: str, kind: NameKind = NameKind.UNKNOWN) -> Name:
    """Read a name: `SURNAME, Given` is turned, titles and legal forms are set aside, `abd al-X` becomes one part.

    Args:
        text: the name as written, in any script.
        kind: what bears it; legal forms are set aside only for organisations, titles only for persons, both where
            the kind is unknown.

    Example:
        >>> name = read_name("AL-TIKRITI, Sheikh Abd al-Rahman bin Qassem", NameKind.PERSON)
        >>> [part.text for part in name.parts], name.left_out
        (['abdrahman', 'qassem', 'tikriti'], ('al', 'sheikh', 'bin', 'al'))
        >>> [(p.text, p.role.value) for p in read_name("45th Brigade", NameKind.ORGANISATION).parts]
        [('45', 'number'), ('brigade', 'generic')]
    """
    written = text
    if kind is not NameKind.ORGANISATION and text.count(",") == 1:
        family, given = text.split(",")
        written = f"{given} {family}" if given.strip() else family
    if kind is NameKind.ORGANISATION and len(shorter := _SHORT_FORM.sub(" ", text).strip()) > 2:
        written = shorter
    words = fold(written)
    left_out: list[str] = []
    joined = _joined(words, left_out) if kind in _NAMED_AS_PERSONS else list(words)
    parts = tuple(_parts(joined, kind, left_out))
    if not any(part.role is not Role.INITIAL for part in parts):
        parts = tuple(Part.of(word) for word in words)
    return Name(text, kind, parts, tuple(left_out))


_NAMED_AS_PERSONS = (NameKind.PERSON, NameKind.UNKNOWN)


def _joined(words: Sequence[str], left_out: list[str]) -> list[str]:
    """Join `abd al-X` and `abu X` into one part, and `X al-din` likewise."""
    front, back, particles = words_of("front"), words_of("back"), words_of("particle")
    made: list[str] = []
    begun = ""
    for at, word in enumerate(words):
        follows = at + 1 < len(words)
        if begun:
            if word in particles and follows:
                left_out.append(word)
                continue
            if word in front and follows and word.startswith("abd"):
                begun += "abd"
                continue
            made.append(begun + _first_spelling(word))
            begun = ""
        elif word in front and follows:
            begun = "abd" if word.startswith("abd") else "um" if word.startswith(("um", "om", "ou")) else "abu"
            begun = "dhu" if word in {"dhu", "dhul", "zul"} else begun
        elif word in back and any(w not in particles for w in made):
            while made[-1] in particles:
                left_out.append(made.pop())
            made[-1] += "allah" if word.endswith("lah") else "din"
        else:
            made.append(_one_word(word))
    return made


def _first_spelling(word: str) -> str:
    return families().get(word, word)


def _one_word(word: str) -> str:
    """`abdulrahman`, `abdelrahman` and `abdurrahman` as `abdrahman`; `salahuddin` as `salahdin`."""
    found = _ABD.fullmatch(word)
    if found and word not in families():
        return "abd" + _first_spelling(found[1] or found[2])
    return _DIN.sub("din", word) if len(word) > 6 else word


_ABD = re.compile(
    r"(?:c?abd(?:ul|el|al|ol|oul|il)([a-z]{3,})|abd[aeiu](?:r(?=r)|s(?=s)|n(?=n)|z(?=z)|t(?=t))([a-z]{4,}))"
)
_PATRONYMIC = re.compile(r"[a-z]{3}(?:ovich|evich|yevich|ovych|evych|ovna|evna|yevna|ivna)$")
_DIN = re.compile(r"(?:[aeiou]?d?d[ie]e?ne?|[aeiou]ddin)$")


def _parts(words: Sequence[str], kind: NameKind, left_out: list[str]) -> Iterator[Part]:
    dropped = _dropped(kind)
    for word in words:
        if word in dropped:
            left_out.append(word)
            continue
        if word.isdigit() or (ordinal := _ORDINAL.fullmatch(word)):
            yield Part.of(str(int(word if word.isdigit() else ordinal[1])), Role.NUMBER)  # type: ignore[index]
        elif kind is not NameKind.PERSON and (mixed := _DIGITS.fullmatch(word)):
            yield Part.of(mixed[1], _role(mixed[1], kind))
            yield Part.of(str(int(mixed[2])), Role.NUMBER)
        else:
            yield Part.of(word, _role(word, kind))


def _dropped(kind: NameKind) -> frozenset[str]:
    persons = words_of("honorific") | words_of("particle") | words_of("filiation") | words_of("suffix") | {"the"}
    bodies = words_of("legal") | words_of("stop") | frozenset(("al", "el"))
    if kind is NameKind.PERSON:
        return persons
    return (
        bodies
        if kind is NameKind.ORGANISATION
        else frozenset(("al", "el", "mv", "the"))
        | (persons | words_of("legal") if kind is NameKind.UNKNOWN else frozenset())
    )


def _role(word: str, kind: NameKind) -> Role:
    if kind is NameKind.PERSON:
        return Role.INITIAL if len(word) == 1 else Role.PATRONYMIC if _PATRONYMIC.search(word) else Role.NAME
    either = {word, meanings().get(word, word)}
    if either & words_of("function"):
        return Role.FUNCTION
    if kind is not NameKind.VESSEL and either & words_of("generic"):
        return Role.GENERIC
    return Role.INITIAL if len(word) == 1 and kind is NameKind.UNKNOWN else Role.NAME
