"""A frozen value as JSON has it, by the names of its fields."""

from dataclasses import fields, is_dataclass

from tocsin.case import PartialDate


def as_plain(value: object) -> object:
    """A frozen value as JSON has it: fields by name, dates as text."""
    if isinstance(value, PartialDate):
        return str(value)
    if is_dataclass(value):
        return {f.name: as_plain(getattr(value, f.name)) for f in fields(value)}
    return [as_plain(v) for v in value] if isinstance(value, (tuple, list)) else value
