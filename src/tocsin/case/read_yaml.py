"""Reading a YAML file of a case into values, each with the line it stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from tocsin.case.finding import Finding, fault, note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tocsin.case.from_sheet import FromSheet
    from tocsin.case.validate import Location


@dataclass(frozen=True, slots=True)
class Page:
    """A YAML file as read.

    Attributes:
        file: path within the case folder.
        values: the keys and values; empty where the file could not be read.
        tree: the same as the parser gives it, which knows the line of each.
        sheet: the sheet that some of the values were read from.
    """

    file: str
    values: dict[str, Any]
    tree: Any = field(default=None, repr=False)
    sheet: FromSheet | None = None

    def line(self, where: Location) -> int | None:
        """The line a value stands on; for a key that is missing, that of what should hold it; None without a file."""
        if self.tree is None:
            return None
        node, line = self.tree, 1
        for part in where:
            try:
                line = (node.lc.item(part) if isinstance(part, int) else node.lc.key(part))[0] + 1
                node = node[part]
            except (KeyError, IndexError, TypeError, AttributeError):
                break
        return line

    def fault(self, where: Location, problem: str, mend: str) -> Finding:
        """A fault at a place in this file, or in the sheet it was read from."""
        file, row, column = self._place(where)
        return fault(file, problem, mend, row=row, column=column)

    def note(self, where: Location, problem: str, mend: str) -> Finding:
        """A note at a place in this file, or in the sheet it was read from."""
        file, row, column = self._place(where)
        return note(file, problem, mend, row=row, column=column)

    def _place(self, where: Location) -> tuple[str, int | None, str | None]:
        """File, row and column; for YAML the line and the key."""
        cell = self.sheet.place(where) if self.sheet is not None else None
        if self.sheet is not None and cell is not None:
            return self.sheet.file, *cell
        return self.file, self.line(where), key_words(where)


def key_words(where: Location) -> str | None:
    """A place in a file as keys: `positions[0].salience`.

    Example:
        >>> key_words(("positions", 0, "salience"))
        'positions[0].salience'
    """
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return text.removeprefix(".") or None


def read_yaml(path: Path, *, name: str) -> tuple[Page, tuple[Finding, ...]]:
    """Read one file.

    Args:
        path: the file.
        name: its path within the case folder, as findings name it.
    """
    try:
        tree = _loader().load(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return Page(name, {}), (fault(name, "this is not UTF-8 text", "save the file again as UTF-8"),)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else None
        problem = f"this is not YAML: {error.problem or error.context}"
        mend = "look for a bracket, quote or colon out of place here or on the line above"
        return Page(name, {}), (fault(name, problem, mend, row=line),)
    except RecursionError:
        return Page(name, {}), (fault(name, "values lie too deep within one another", "write fewer brackets"),)
    except (YAMLError, ValueError) as error:
        words = str(error).splitlines()[0]
        return Page(name, {}), (fault(name, f"this is not YAML: {words}", "mend or remove what is named"),)
    return _page(name, tree)


def _page(name: str, tree: Any) -> tuple[Page, tuple[Finding, ...]]:  # noqa: ANN401  # a tree of any values
    if tree is None:
        return Page(name, {}), (fault(name, "the file is empty", "write its keys, or remove the file"),)
    if not isinstance(tree, dict):
        return Page(name, {}), (fault(name, "the file has no keys", "begin with id: and question:", row=1),)
    try:
        if _written_out(tree, {}) > MOST_VALUES:
            problem = f"its aliases (*name) stand for more than {MOST_VALUES:,} values"
            return Page(name, {}), (fault(name, problem, "write the values out instead of *name"),)
        odd = tuple(_odd_keys(name, tree))
        return (Page(name, {}), odd) if odd else (Page(name, _plain(tree), tree), ())
    except RecursionError:
        problem, mend = "an alias holds itself, or values lie too deep", "write the value out instead of *name"
        return Page(name, {}), (fault(name, problem, mend),)


MOST_VALUES = 200_000
"""Values of a file, its aliases written out: a few lines of aliases can stand for more than any machine holds."""


def _written_out(node: Any, counted: dict[int, int]) -> int:  # noqa: ANN401  # a tree of any values
    """How many values a tree holds with its aliases written out; each part is counted once."""
    if not isinstance(node, dict | list):
        return 1
    if id(node) not in counted:
        parts = node.values() if isinstance(node, dict) else node
        counted[id(node)] = 1 + sum(_written_out(part, counted) for part in parts)
    return counted[id(node)]


PLAIN = (str, int, float, date, type(None))
"""Kinds of value that can be a key."""


class _Constructor(RoundTripConstructor):
    """Dates and numbers that cannot be are kept as text, so that they are named by line and key, as other text is."""


def _or_text(make: Callable[[_Constructor, Any], Any]) -> Callable[[_Constructor, Any], Any]:
    def construct(constructor: _Constructor, node: Any) -> Any:  # noqa: ANN401  # a node of the parser
        try:
            return make(constructor, node)
        except (ValueError, OverflowError):
            return str(node.value)

    return construct


for _kind in ("timestamp", "int", "float"):
    _make = getattr(RoundTripConstructor, f"construct_yaml_{_kind}")
    _Constructor.add_constructor(f"tag:yaml.org,2002:{_kind}", _or_text(_make))


def _loader() -> YAML:
    loader = YAML(typ="rt")
    loader.Constructor = _Constructor
    return loader


def _odd_keys(name: str, node: Any) -> Iterator[Finding]:  # noqa: ANN401  # a tree of any values
    """Keys that are lists or dicts themselves, which no page has."""
    if isinstance(node, dict):
        for key in node:
            if not isinstance(key, PLAIN):
                line = getattr(node, "lc").key(key)[0] + 1  # noqa: B009  # only the parser's own kind of dict knows lines
                yield fault(name, "a list stands where a key should", "write one word before the colon", row=line)
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _odd_keys(name, value)


def _plain(node: Any) -> Any:  # noqa: ANN401  # a tree of any values
    """The parser's tree as plain dicts and lists, so that no type of the parser travels on."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, bool):
        return node
    kind = next((k for k in (int, float, str) if isinstance(node, k)), None)
    return node if kind is None else kind(node)
