"""What a request asks of: the case, the edition, the page of rows, and no parameter that does not exist."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import Depends, Path, Query, Request

from tocsin.errors import UnknownName
from tocsin.web.service import cursors
from tocsin.web.service.faults import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tocsin.case import Case
    from tocsin.editions import Edition
    from tocsin.web.workbench import Workbench

MOST_ROWS, ROWS = 1000, 100
CaseName = Annotated[str, Path(max_length=100, description="the case's name in addresses")]
EditionId = Annotated[
    str | None, Query(max_length=60, description="an edition by its id; the newest where not given")
]  # fmt: skip
Limit = Annotated[int | None, Query(ge=1, le=MOST_ROWS, description=f"rows of a page; {ROWS} in JSON, all in files")]
CursorText = Annotated[
    str | None, Query(max_length=500, description="`next` of the page before gives it; it holds to its edition")
]  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question to one edition of one case.

    Attributes:
        request: what was asked.
        name: the case's name in addresses.
        case: the case.
        edition: the edition that answers.
    """

    request: Request
    name: str
    case: Case
    edition: Edition

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The parameters, in order of their names."""
        return tuple(sorted(self.request.query_params.multi_items()))

    @cached_property
    def own_sites(self) -> frozenset[str]:
        """Ids of sites that a user entered: they leave the workbench in no answer."""
        return frozenset(site.site_id for site in self.case.sites if site.origin == "user")

    def address(self, rest: str) -> str:
        """The address of something of this case in this edition."""
        return f"{base_of(self.request)}/cases/{self.name}/{rest}?edition={self.edition.id}"

    def document(self, name: str) -> Any:  # noqa: ANN401 - as Edition.json
        """A document of the edition.

        Raises:
            Refused: 404, the edition does not hold it; its notes say why.
        """
        self.needs(name)
        return self.edition.json(name)

    def needs(self, name: str) -> None:
        """Nothing, where the edition holds a file.

        Raises:
            Refused: 404, it does not.
        """
        if not self.edition.has(name):
            raise Refused(
                404, f"this edition holds no {name}", code="not-in-edition", where=self.edition.id,
                hint="; ".join(self.edition.manifest.notes) or f"tocsin run --case {self.name} makes an edition anew",
            )  # fmt: skip


@dataclass(frozen=True)
class Paged(Asked):
    """A question that is answered with rows.

    Attributes:
        limit: rows wanted; None where nobody said.
        cursor: where the page begins; None at the beginning.
    """

    limit: int | None
    cursor: cursors.Cursor | None

    @cached_property
    def of(self) -> str:
        """Digest of the question, which cursors carry."""
        return cursors.question(self.request.url.path, self.parameters)

    @property
    def start(self) -> int:
        """How many rows went before."""
        return self.cursor.after if self.cursor is not None and isinstance(self.cursor.after, int) else 0


def base_of(request: Request) -> str:
    """Where the API is mounted, as `/api/v1`."""
    return str(request.scope.get("root_path", ""))


def workbench_of(request: Request) -> Workbench:
    """The workbench that answers."""
    return cast("Workbench", request.app.state.workbench)


def edition_of(request: Request, case: str, edition: str | None) -> tuple[Case, Edition]:
    """A case and an edition of it.

    Raises:
        UnknownName: there is no such case, or no such edition of it.
        Refused: 404, no edition of it was made yet.
    """
    workbench = workbench_of(request)
    held = workbench.case(case)
    found = workbench.edition(case, edition)
    if found is None:
        hint = f"make one: tocsin run --case {case}"
        raise Refused(404, f"no edition of the case {case} was made yet", code="no-edition", where="case", hint=hint)
    return held, found


def asked(request: Request, case: CaseName, edition: EditionId = None) -> Asked:
    """The case and edition that an address names."""
    return Asked(request, case, *edition_of(request, case, edition))


def paged(
    request: Request, case: CaseName, edition: EditionId = None, limit: Limit = None, cursor: CursorText = None
) -> Paged:
    """The case, edition and page that an address names; a cursor holds to the edition it was given with."""
    of = cursors.question(request.url.path, request.query_params.multi_items())
    begun = None if cursor is None else cursors.read(cursor, of=of)
    if begun is not None and edition is not None and edition != begun.edition:
        raise Refused(400, "the cursor belongs to another edition", code="bad-cursor", where="cursor",
                      hint="leave `edition` out, or begin anew without the cursor")  # fmt: skip
    return Paged(request, case, *edition_of(request, case, begun.edition if begun else edition), limit, begun)


Asks = Annotated[Asked, Depends(asked)]
Pages = Annotated[Paged, Depends(paged)]


def only_known_parameters(request: Request) -> None:
    """Nothing, where every parameter is one of the operation's, given once unless it takes a list.

    Raises:
        Refused: 400, a parameter is unknown or doubled: it is a mistake, and an answer without it would mislead.
    """
    known = _parameters_of(request)
    for name, times in Counter(k for k, _ in request.query_params.multi_items()).items():
        if name not in known:
            error = UnknownName.of("parameter", name, known)
            raise Refused(400, error.what, code="unknown-parameter", where=name, hint=error.hint)
        if times > 1 and not known[name]:
            raise Refused(400, f"'{name}' is given {times} times", code="doubled-parameter", where=name,
                          hint="give it once")  # fmt: skip


def _parameters_of(request: Request) -> Mapping[str, bool]:
    """The parameters that the operation takes, by its own description, and whether each takes a list."""
    state = request.app.state
    if state.parameters is None:
        with state.describing:  # twenty first visitors at once would describe it twenty times, each for a second
            if state.parameters is None:
                state.parameters = _described(request.app.openapi())
    found: Mapping[str, bool] = state.parameters.get((request.scope["route"].path_format, request.method), {})
    return found


def _described(whole: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, bool]]:
    return {
        (path, method.upper()): {
            p["name"]: _is_list(p["schema"]) for p in one.get("parameters", ()) if p["in"] == "query"
        }
        for path, item in whole["paths"].items() for method, one in item.items()
    }  # fmt: skip


def _is_list(schema: Mapping[str, Any]) -> bool:
    return any(one.get("type") == "array" for one in (schema, *schema.get("anyOf", ())))
