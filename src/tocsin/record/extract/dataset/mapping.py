"""What the columns of a table mean: a mapping from columns to the roles, dates and numbers of claims."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from tocsin.errors import UnknownName
from tocsin.record.claim import EntityType, LegalState, Modality
from tocsin.record.kinds import kind_called


def _one_or_more(value: Any) -> Any:  # noqa: ANN401  # as pydantic hands it over
    return (value,) if isinstance(value, str) else value


Columns = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]
"""Columns in order of preference: the first that is not empty in a row is taken."""


class Part(BaseModel):
    """A part of a mapping: frozen, and no key but those declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class When(Part):
    """Rows are meant by what stands in a column: one of these cells, or a cell with one of these words."""

    column: str
    cells: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class ByCell(Part):
    """A meaning that depends on a cell: `values` from cell to meaning; other cells leave the default."""

    column: str
    values: dict[str, str]


class RoleOf(Part):
    """Which column fills a role of the claim.

    Attributes:
        role: a role of the kind.
        column: the column, or several in order of preference; () where `fixed` says it for the whole table.
        fixed: a value that holds for every row, as the body that keeps the list.
        type: what it names; may be left out where the role allows one type only.
        type_from: what it names, by another column.
        split: the mark between several in one cell.
        known: whether the cell is an id of the case's tables, which then is the known name.
        known_from: the column of this row whose cell is that id.
        value_from: a normal form by another column.
    """

    role: str
    column: Columns = ()
    fixed: str | None = None
    type: EntityType | None = None
    type_from: ByCell | None = None
    split: str | None = None
    known: bool = False
    known_from: str | None = None
    value_from: ByCell | None = None


class DatesOf(Part):
    """Which columns say when it held.

    Attributes:
        start, end, first_seen, last_seen: columns, as in a claim's dates.
        seen: a column with a day on which it held, for both of the latter.
        published: whether it held on the day of the table's publication, where no column says more.
    """

    start: Columns = ()
    end: Columns = ()
    first_seen: Columns = ()
    last_seen: Columns = ()
    seen: Columns = ()
    published: bool = False


class NumberOf(Part):
    """A number of the claim: columns of its bounds, and what it counts, as words or from a column."""

    role: str
    low: str
    high: str
    referent: str = ""
    referent_column: str | None = None


class ClaimOf(Part):
    """How one claim is made of a row; without a cell for a role that its kind requires, none is made.

    Attributes:
        kind: the kind of claim.
        roles: which column fills which role.
        attributed_to: the column that names the source.
        basis: the column that says whether the source states or reports it, or it is the table's own judgement.
        judged: the column that names the columns which are the table's own judgement: such dates are left out.
        modality: how the rows put it.
        denied: rows that deny it.
        only, unless: rows from which it is made, or is not.
        state: for legal measures.
        dates, numbers: as they say.
    """

    kind: str
    roles: tuple[RoleOf, ...] = Field(min_length=1)
    attributed_to: str | None = None
    basis: str | None = None
    judged: str | None = None
    modality: Modality = Modality.ASSERTED
    denied: When | None = None
    only: When | None = None
    unless: When | None = None
    state: LegalState | None = None
    dates: DatesOf = DatesOf()
    numbers: tuple[NumberOf, ...] = ()

    @model_validator(mode="after")
    def _fits_its_kind(self) -> ClaimOf:
        """Roles exist in the kind and can be of the types given."""
        try:
            kind = kind_called(self.kind)
            declared = {part.role: kind.role(part.role) for part in self.roles}
        except UnknownName as error:
            raise _wrong(f"{error.what}; {error.hint}") from error
        for part in self.roles:
            types = declared[part.role].types
            if bool(part.column) == (part.fixed is not None):
                raise _wrong(f"role {part.role} needs either a column or a fixed value")
            if part.type is not None and part.type not in types:
                raise _wrong(f"role {part.role} of {self.kind} cannot have type {part.type}, only {_any(types)}")
            if part.type is None and len(types) > 1 and part.type_from is None:
                raise _wrong(f"role {part.role} of {self.kind} needs a type: {_any(types)}")
            for word in part.type_from.values.values() if part.type_from else ():
                if word not in types:
                    raise _wrong(f"role {part.role} of {self.kind} cannot have type {word}, only {_any(types)}")
        lacking = [role.name for role in kind.roles if role.required and role.name not in declared]
        if lacking:
            raise _wrong(f"a claim of kind {self.kind} needs {', '.join(lacking)}")
        if kind.legal and self.state is None:
            raise _wrong(f"a claim of kind {self.kind} needs a state: {_any(tuple(LegalState))}")
        return self


class Mapping(Part):
    """What a table's columns mean.

    Attributes:
        name: of the table.
        columns: a table that has all of them is meant.
        without: a table that has any of these is not.
        claims: the claims made of each row.
    """

    name: str
    columns: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    claims: tuple[ClaimOf, ...] = Field(min_length=1)

    def reads(self, columns: frozenset[str]) -> bool:
        """Whether a table with these columns is meant."""
        return bool(self.columns) and columns.issuperset(self.columns) and columns.isdisjoint(self.without)

    @property
    def named(self) -> frozenset[str]:
        """Every column that the claims need to have."""
        return frozenset(c for claim in self.claims for role in claim.roles for c in role.column)


def _wrong(what: str) -> PydanticCustomError:
    return PydanticCustomError("mapping", "{what}", {"what": what})


def _any(words: tuple[str, ...]) -> str:
    return ", ".join(words[:-1]) + (" or " if len(words) > 1 else "") + words[-1]
