"""Parts of a view that one link each leads to, so that every part has an address of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tocsin.errors import UnknownName
from tocsin.web.shell.addresses import link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.web.place import Place


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a view.

    Attributes:
        name: in addresses.
        title: on its tab.
        answers: the heading: what it answers.
        does_not: what it does not know, in sentences.
        again: the command that makes its figures again; `{case}` stands for the case's name.
        page: the edition's laid-out page; empty where it shows none.
        downloads: titles and resources of the API, with their format.
        headings: ids of headings that the view's own takes the place of.
    """

    name: str
    title: str
    answers: str
    does_not: str
    again: str
    page: str = ""
    downloads: tuple[tuple[str, str, str], ...] = ()
    headings: tuple[str, ...] = ()


class Tab(NamedTuple):
    """A link to a part; its name is the id of the tab, which links of other views lead to."""

    title: str
    address: str
    here: bool
    name: str = ""


def part_named(parts: Sequence[Part], name: str) -> Part:
    """The part of a name; the first where none is asked for.

    Raises:
        UnknownName: the view has no such part.
    """
    if not name:
        return parts[0]
    found = next((part for part in parts if part.name == name), None)
    if found is None:
        raise UnknownName.of("part", name, [part.name for part in parts])
    return found


def tabs(parts: Sequence[Part], here: Part, *, at: Place, view: str) -> tuple[Tab, ...]:
    """A link to each part; the first has the view's own address."""
    return tuple(
        Tab(part.title, link(at, view, {} if part is parts[0] else {"part": part.name}), part is here, part.name)
        for part in parts
    )
