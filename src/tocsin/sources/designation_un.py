"""The United Nations Security Council's consolidated list: as tables, and in its own XML layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from tocsin.errors import FileProblem, Where
from tocsin.sources.designation import Alias, BearerKind, Designation, Quality, Version
from tocsin.sources.designation_dates import read_birth, read_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

UN = "UN Security Council"
DATED = "dates of the list"
MOST_BYTES = 200_000_000
"""A list of a thousand entries takes two million; a larger file is something else."""

_QUALITY = {"low": Quality.WEAK, "f.k.a.": Quality.FORMER}
_NOTHING = {"", "na", "n/a", "-"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")

Row = dict[str, str | None]


def entries_of(rows: Iterable[Row], aliases: Mapping[str, Sequence[Alias]]) -> list[Designation]:
    """Entries of the list as tables: lists within a cell are separated by `; `."""
    return [_entry(row, tuple(aliases.get(str(row["dataid"]), ()))) for row in rows if row.get("name")]


def alias_of(quality: str | None, name: str) -> Alias:
    """An alias with the quality that the list gives it."""
    return Alias(" ".join(name.split()), _QUALITY.get((quality or "").lower(), Quality.STRONG))


def _several(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split("; ") if part.strip().lower() not in _NOTHING]


def _entry(row: Row, aliases: tuple[Alias, ...]) -> Designation:
    original = tuple(Alias(n.strip(), Quality.ORIGINAL_SCRIPT) for n in _several(row.get("name_original_script")))
    name = " ".join(str(row["name"]).split())
    listed = read_day(row.get("listed_on"))
    return Designation(
        UN, str(row.get("reference_number") or row["dataid"]), name,
        BearerKind.PERSON if row.get("kind") == "individual" else _kind_of_entity(row.get("comments")),
        tuple(dict.fromkeys((*aliases, *original))), tuple(_several(row.get("un_list_type"))),
        tuple(read_birth(text) for text in _several(row.get("dob"))), tuple(_several(row.get("nationality"))),
        (Version(name, listed),), tuple(d for d in map(read_day, _several(row.get("last_updated"))) if d is not None), DATED,
    )  # fmt: skip


def _kind_of_entity(comments: str | None) -> BearerKind:
    return BearerKind.VESSEL if re.search(r"\bIMO(?: number)?:? ?\d{7}", comments or "") else BearerKind.ORGANISATION


def entries_in_xml(path: Path) -> tuple[list[Designation], date | None]:
    """Entries of the XML file, and the day it was made.

    Raises:
        FileProblem: the file is too large, is cut short, is no such list, or tries to expand.
    """
    if path.stat().st_size > MOST_BYTES:
        raise FileProblem(f"more than {MOST_BYTES:,} bytes of XML", where=Where(path), hint="fetch the list anew")
    found: list[Designation] = []
    made: date | None = None
    root = None
    try:
        for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
            if root is None:
                root = element
                if element.tag != "CONSOLIDATED_LIST":
                    raise FileProblem(
                        f"the XML begins with '{element.tag}', not 'CONSOLIDATED_LIST'", where=Where(path),
                        hint="take the consolidated list of the UN Security Council",
                    )  # fmt: skip
                day = read_day((element.get("dateGenerated") or "")[:10])
                made = day.earliest if day is not None else None
            if event == "end" and element.tag in {"INDIVIDUAL", "ENTITY"}:
                found.append(_of_element(element))
                element.clear()
    except DefusedXmlException as error:
        raise FileProblem(
            "the XML declares entities or a document type, which a list has no need of", where=Where(path),
            hint="fetch the list anew from the United Nations",
        ) from error  # fmt: skip
    except ParseError as error:
        raise FileProblem(f"the XML cannot be read: {error}", where=Where(path), hint="fetch the list anew") from error
    return found, made


def _of_element(element: Any) -> Designation:  # noqa: ANN401  # elements of defusedxml carry no types
    person = element.tag == "INDIVIDUAL"
    name = " ".join(part for tag in _NAMES if (part := _text(element, tag)))
    tag = "INDIVIDUAL_ALIAS" if person else "ENTITY_ALIAS"
    aliases = tuple(
        alias_of(_text(alias, "QUALITY"), other)
        for alias in element.iter(tag)
        if (other := _text(alias, "ALIAS_NAME")) and other.lower() not in _NOTHING
    )
    row: Row = {
        "dataid": _text(element, "DATAID"), "reference_number": _text(element, "REFERENCE_NUMBER"), "name": name or "unknown",
        "kind": "individual" if person else "entity", "name_original_script": _text(element, "NAME_ORIGINAL_SCRIPT"),
        "un_list_type": _text(element, "UN_LIST_TYPE"), "listed_on": _text(element, "LISTED_ON"),
        "last_updated": _values(element, "LAST_DAY_UPDATED"), "nationality": _values(element, "NATIONALITY"),
        "dob": "; ".join(filter(None, map(_birth, element.iter("INDIVIDUAL_DATE_OF_BIRTH")))),
        "comments": _text(element, "COMMENTS1"),
    }  # fmt: skip
    return _entry(row, aliases)


def _birth(element: Any) -> str:  # noqa: ANN401
    parts = [_text(element, tag) for tag in ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR")]
    return " ".join(part for part in parts if part)


def _values(element: Any, tag: str) -> str:  # noqa: ANN401
    return "; ".join(v.text.strip() for one in element.iter(tag) for v in one.iter("VALUE") if v.text)


def _text(element: Any, tag: str) -> str:  # noqa: ANN401
    found = element.find(tag)
    return "" if found is None or found.text is None else " ".join(found.text.split())
