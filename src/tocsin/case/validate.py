"""From text to typed values; every value that does not fit becomes a finding with its mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from tocsin.case.finding import Finding, did_you_mean, fault, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from pydantic_core import ErrorDetails

    from tocsin.case.read_table import Sheet
    from tocsin.case.tables import Table

M = TypeVar("M", bound=BaseModel)
Location = tuple[int | str, ...]
Problem = tuple[str, str]
"""What is wrong, and what mends it."""

NUMBER = "write a plain number with a decimal point, as in 33.3; leave it empty where it is unknown"
ID = "use small letters, digits and hyphens, as in nmi-taji"


def typed_rows(sheet: Sheet, table: Table) -> tuple[tuple[tuple[int, Any], ...], tuple[Finding, ...]]:
    """The sheet's rows as the table's model, each with its row number, and findings for those that do not fit."""
    missing = {c for c in table.required if c not in sheet.columns}
    return typed_records(sheet.file, sheet.records, table, missing=missing)


def typed_records(
    file: str, records: Iterable[tuple[int, Mapping[str, object]]], table: Table, *, missing: Collection[str] = ()
) -> tuple[tuple[tuple[int, Any], ...], tuple[Finding, ...]]:
    """Rows as the table's model, each with its number, and findings for those that do not fit.

    Args:
        file: what findings name.
        records: each row's number, and its filled cells by column.
        table: the table.
        missing: columns that the whole table lacks, which is said once and not row by row.
    """
    good: list[tuple[int, Any]] = []
    findings: list[Finding] = []
    numbers = {name for name, info in table.row.model_fields.items() if _is_number(info.annotation)}
    for number, cells in records:
        slips = [(c, v) for c, v in cells.items() if c in numbers and isinstance(v, str) and "_" in v]
        findings += [fault(file, f"{quoted(v)} is not a number", NUMBER, row=number, column=c) for c, v in slips]
        if slips:
            continue
        row, errors = validated(table.row, cells)
        if row is not None:
            good.append((number, row))
        for where, problem, mend in errors:
            column = str(where[0]) if where else None
            if column not in missing:
                findings.append(fault(file, problem, mend, row=number, column=column))
    return tuple(good), tuple(findings)


def _is_number(annotation: Any) -> bool:  # noqa: ANN401  # an annotation can be any form
    """Whether a column holds a number, for which Python would read 1_0 as ten."""
    return annotation in {int, float} or any(_is_number(a) for a in getattr(annotation, "__args__", ()))


def validated(model: type[M], value: object) -> tuple[M | None, tuple[tuple[Location, str, str], ...]]:
    """The value as a model, or None and each fault: where in the value, what is wrong, what mends it."""
    try:
        return model.model_validate(value), ()
    except ValidationError as error:
        return None, tuple((_location(e), *_in_words(e, model)) for e in error.errors(include_url=False))


def _location(error: ErrorDetails) -> Location:
    return tuple(part for part in error["loc"] if not (isinstance(part, str) and part.startswith("function-")))


def _in_words(error: ErrorDetails, model: type[BaseModel]) -> Problem:
    """An error of the schema in plain words, with its mend."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "wrong":
        return context["problem"], context["mend"]
    owner = _owner(model, error["loc"])
    left_open = value is None and kind.endswith("_type") and any(isinstance(part, str) for part in error["loc"][-1:])
    say = WORDS.get(kind)
    if say is not None and not left_open:
        return say(quoted(value), context)
    if kind == "missing" or left_open:
        return "this is empty, and must be filled", f"write it: {_meaning(owner, str(error['loc'][-1]))}"
    if kind == "extra_forbidden":
        name = str(error["loc"][-1])
        return f"no key is called {quoted(name)} here", did_you_mean(name, owner.model_fields)
    return f"{quoted(value)} does not fit: {error['msg']}", "see the page on cases in the docs for what stands here"


def _owner(model: type[BaseModel], location: Location) -> type[BaseModel]:
    """The model within the model that holds the last key of a location."""
    for part in location[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _inner(model.model_fields[part].annotation) or model
    return model


def _inner(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401  # an annotation can be any form
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_inner(a) for a in getattr(annotation, "__args__", ()))
    return next((model for model in found if model is not None), None)


def _meaning(model: type[BaseModel], name: str) -> str:
    info = model.model_fields.get(name)
    return (info.description if info is not None else None) or name


def _limit(words: str) -> Callable[[str, Mapping[str, Any]], Problem]:
    def say(value: str, context: Mapping[str, Any]) -> Problem:
        limit = next(v for k, v in context.items() if k in {"ge", "gt", "le", "lt"})
        return f"{value} is not possible here", f"write a number {words} {limit:g}"

    return say


def _choice(value: str, context: Mapping[str, Any]) -> Problem:
    known = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    return f"{value} is not one of those possible", did_you_mean(value.strip("'"), known)


WORDS: Mapping[str, Callable[[str, Mapping[str, Any]], Problem]] = {
    "float_parsing": lambda value, _: (f"{value} is not a number", NUMBER),
    "float_type": lambda value, _: (f"{value} is not a number", NUMBER),
    "int_parsing": lambda value, _: (f"{value} is not a whole number", "write a whole number without thousands marks"),
    "int_type": lambda value, _: (f"{value} is not a whole number", "write a whole number"),
    "int_from_float": lambda value, _: (f"{value} is not a whole number", "write a whole number"),
    "finite_number": lambda value, _: (f"{value} is not a finite number", NUMBER),
    "greater_than_equal": _limit("of at least"),
    "greater_than": _limit("above"),
    "less_than_equal": _limit("of at most"),
    "less_than": _limit("below"),
    "enum": _choice,
    "literal_error": _choice,
    "string_pattern_mismatch": lambda value, context: (
        (f"{value} is not a country code", "write the three capital letters of ISO 3166, as in IRQ")
        if "[A-Z]" in context["pattern"]
        else (f"{value} cannot be an id", ID)
    ),
    "string_too_long": lambda value, _: (f"{value} is too long for an id", ID),
    "string_too_short": lambda _value, _context: (
        "this is empty, and must be filled",
        "write it, or leave the key out",
    ),
    "string_type": lambda value, _: (f"{value} is not text", "put it in quotes"),
    "bool_type": lambda value, _: (f"{value} is neither true nor false", "write true or false"),
    "bool_parsing": lambda value, _: (f"{value} is neither true nor false", "write true or false"),
    "invalid_key": lambda value, _: (
        f"{value} is no key",
        "write one of the keys that the docs list, or put it in quotes",
    ),
    "too_short": lambda value, _: (f"{value} names nothing", "name at least one, or leave the key out"),
    "tuple_type": lambda value, _: (f"{value} is not a list", "write a list in square brackets, as in [1, 2, 3]"),
    "dict_type": lambda value, _: (
        f"{value} is not a list of keys",
        "write keys and values, as in {low: 0, high: 100}",
    ),
    "model_type": lambda value, _: (f"{value} has no keys", "write keys and values, as in {id: fast, name: Fast}"),
    "model_attributes_type": lambda value, _: (f"{value} has no keys", "write keys and values"),
}
