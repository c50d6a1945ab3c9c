"""Frozen findings as one file without code: arrays beside a tree of plain values, read back as they were.

Only dataclasses and enumerations of Tocsin's own domain rooms are made when such a file is read, and nothing is run.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from tocsin.errors import FileProblem, Where

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

ROOMS = frozenset({
    "vocabulary", "case", "sources", "record", "panel", "scores", "forecast", "backtest", "warn", "mission", "decide", "assess",
})  # fmt: skip
"""Rooms whose values may stand in such a file."""

TREE = "tree"
PLAIN = (str, bool, int, float, type(None))


def frozen(value: object) -> bytes:
    """A value and all it holds as the bytes of one compressed file.

    Args:
        value: made of dataclasses and enumerations of Tocsin, arrays, dates, tuples, lists, mappings by text, and plain
            values; two equal arrays are held once.

    Raises:
        TypeError: something in it is of another kind.
    """
    arrays: dict[str, NDArray[Any]] = {}
    seen: dict[bytes, str] = {}
    tree = json.dumps(_plain(value, arrays, seen)).encode()
    sink = BytesIO()
    np.savez_compressed(sink, **arrays, **{TREE: np.frombuffer(tree, dtype=np.uint8)})  # type: ignore[arg-type]
    return sink.getvalue()


def thawed(path: Path) -> Any:  # noqa: ANN401 - what was frozen decides
    """Read a value back.

    Raises:
        FileProblem: the file is cut short, or names what is no value of Tocsin's.
    """
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as held:
            arrays = {name: held[name] for name in held.files}
        return _value(json.loads(arrays[TREE].tobytes()), arrays)
    except (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError, AttributeError, ImportError) as error:
        raise FileProblem(
            f"the kept findings cannot be read: {error}", where=Where(path), hint="delete the file: it is made again"
        ) from error


def _plain(value: object, arrays: dict[str, NDArray[Any]], seen: dict[bytes, str]) -> object:  # noqa: C901, PLR0911 - one case for each kind
    def inner(given: object) -> object:
        return _plain(given, arrays, seen)

    match value:
        case Enum():
            return {"!": _name(type(value)), "v": value.value}
        case np.ndarray():
            return {"a": _kept(value, arrays, seen)}
        case np.generic():
            return inner(value.item())
        case datetime() | date():
            return {"d": value.isoformat(), "t": isinstance(value, datetime)}
        case tuple():
            return {"u": [inner(v) for v in value]}
        case list():
            return [inner(v) for v in value]
        case dict():
            if not all(type(key) is str for key in value):
                break_ = next(key for key in value if type(key) is not str)
                raise TypeError(f"a mapping by {type(break_).__name__} cannot be kept")
            return {"m": {key: inner(v) for key, v in value.items()}}
        case _ if is_dataclass(value) and not isinstance(value, type):
            held = {f.name: inner(getattr(value, f.name)) for f in fields(value) if f.init}
            return {"!": _name(type(value)), "f": held}
        case _ if type(value) in PLAIN:
            return value
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def _kept(array: NDArray[Any], arrays: dict[str, NDArray[Any]], seen: dict[bytes, str]) -> str:
    if array.dtype.hasobject:
        raise TypeError("an array of objects cannot be kept")
    key = repr((array.dtype.str, array.shape)).encode() + np.ascontiguousarray(array).tobytes()
    name = seen.setdefault(key, f"a{len(seen)}")
    arrays.setdefault(name, array)
    return name


def _name(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


def _value(given: Any, arrays: Mapping[str, NDArray[Any]]) -> Any:  # noqa: ANN401, PLR0911 - as thawed; one for each kind
    if isinstance(given, list):
        return [_value(v, arrays) for v in given]
    if not isinstance(given, dict):
        return given
    if "a" in given:
        return arrays[given["a"]]
    if "d" in given:
        return (datetime if given["t"] else date).fromisoformat(given["d"])
    if "u" in given:
        return tuple(_value(v, arrays) for v in given["u"])
    if "m" in given:
        return {key: _value(v, arrays) for key, v in given["m"].items()}
    kind = _kind(given["!"])
    if "v" in given:
        return kind(given["v"])
    return kind(**{name: _value(v, arrays) for name, v in given["f"].items()})


def _kind(name: str) -> type:
    """A dataclass or enumeration of Tocsin's domain by its name; nothing else is ever looked up."""
    module, _, qualified = name.partition(":")
    parts = module.split(".")
    if parts[0] != "tocsin" or len(parts) < 2 or parts[1] not in ROOMS or not qualified.isidentifier():
        raise ValueError(f"{name!r} is no value of Tocsin's")
    found = getattr(import_module(module), qualified)
    if (
        not isinstance(found, type)
        or not (is_dataclass(found) or issubclass(found, Enum))
        or found.__module__ != module
    ):
        raise ValueError(f"{name!r} is no value of Tocsin's")
    return found
