"""From bytes to characters: by byte order mark, by what the file says, else by what its bytes allow."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
WEB_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
"""Names that mean Windows-1252 wherever text is shown (WHATWG Encoding Standard, section 4.2)."""
SAMPLE = 65_536
LAST_RESORT = "cp1252"
FEWEST_TELLING = 100  # bytes beyond ASCII that tell one Latin encoding from another
LATIN = frozenset(("cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_4", "iso8859_9", "iso8859_13", "iso8859_16"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, and the encoding they were read by."""

    text: str
    encoding: str


def decoded(data: bytes, *, declared: str | None = None) -> Decoded:
    r"""Read bytes as characters.

    Args:
        data: the bytes of a text.
        declared: the encoding the file itself names; it is believed where it fits the bytes.

    Returns:
        The text without byte order mark; a byte that fits nowhere is U+FFFD.

    Example:
        >>> decoded("Haydar al-ʿAbādī".encode("utf-16")).text
        'Haydar al-ʿAbādī'
        >>> decoded(b"caf\xe9", declared="iso-8859-1")
        Decoded(text='café', encoding='cp1252')
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            rest = data[len(bom) :]
            strict = _strictly(rest, encoding)
            return Decoded(rest.decode(encoding, errors="replace") if strict is None else strict, encoding)
    wide = _without_mark(data)
    for encoding in [wide] if wide else ["utf-8", *_believed(declared)]:
        strict = _strictly(data, encoding)
        if strict is not None:
            return Decoded(strict, encoding)
    if _nearly_utf8(data):
        return Decoded(data.decode("utf-8", errors="replace"), "utf-8")
    guess = _guessed(data)
    return Decoded(data.decode(guess, errors="replace"), guess)


def _believed(declared: str | None) -> list[str]:
    """The codec of a declared name, if it is one that reads bytes as text."""
    if not declared:
        return []
    name = WEB_NAMES.get(declared.strip().lower(), declared.strip())
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return []
    return [codec.name] if codec._is_text_encoding and not codec.name.startswith("utf-16") else []  # noqa: SLF001  # the only place that says so


def _strictly(data: bytes, encoding: str) -> str | None:
    """The text if every byte fits; UTF-8 may hold surrogates, each of which is then put right on its own."""
    errors = "surrogatepass" if encoding.startswith("utf") else "strict"
    try:
        return data.decode(encoding, errors=errors)
    except (UnicodeError, ValueError):
        return None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: nearly every other byte of its first letters is zero."""
    head = data[:2000]
    if len(head) < 8:
        return None
    even, odd = head[0::2].count(0) / (len(head) / 2), head[1::2].count(0) / (len(head) / 2)
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else None


def _nearly_utf8(data: bytes) -> bool:
    """Whether this is UTF-8 with a few bytes damaged: many letters of several bytes, hardly any that fail."""
    text = data[: 4 * SAMPLE].decode("utf-8", errors="replace")
    wide = sum(1 for c in text if ord(c) > 127)
    return wide > 0 and text.count("\ufffd") <= wide / 10


def _guessed(data: bytes) -> str:
    """The old encoding that fits best. Where nearly all letters are Latin, only much text can tell which it is."""
    sample = _sample(data)
    beyond = sum(byte > 127 for byte in sample)
    latin = sum(byte < 128 and chr(byte).isalpha() for byte in sample) >= beyond
    if find_spec("charset_normalizer") is None or (latin and beyond < FEWEST_TELLING):
        return LAST_RESORT
    best = import_module("charset_normalizer").from_bytes(sample).best()
    name: str | None = None if best is None else WEB_NAMES.get(best.encoding, best.encoding)
    if name is None or (latin and name not in LATIN) or _strictly(data, name) is None:
        return LAST_RESORT
    return name


def _sample(data: bytes) -> bytes:
    """Lines that hold bytes beyond ASCII tell the encoding; the first of them are enough."""
    telling = [line for line in data[: 16 * SAMPLE].split(b"\n") if not line.isascii()]
    return b"\n".join(telling)[:SAMPLE]
