"""Where a request stands: which case, which edition of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

    from tocsin.case import Case
    from tocsin.editions import Edition
    from tocsin.web.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Place:
    """What an address names.

    Attributes:
        name: the case's name in addresses.
        case: the case.
        edition: the edition shown; None where none was made yet.
        newest: id of the newest edition; None where none was made yet.
    """

    name: str
    case: Case
    edition: Edition | None
    newest: str | None

    @property
    def earlier(self) -> bool:
        """Whether an edition is shown that a newer one has followed."""
        return self.edition is not None and self.edition.id != self.newest

    def url(self, view: str, *, edition: bool = True) -> str:
        """The address of a view of this case, of the same edition where an earlier one is shown."""
        asked = f"?edition={self.edition.id}" if edition and self.earlier and self.edition else ""
        return f"/c/{self.name}/{view}{asked}"


def workbench_of(request: Request) -> Workbench:
    """The workbench that answers a request."""
    found: Workbench = request.app.state.workbench
    return found


def place(request: Request) -> Place:
    """The case and the edition that a request's address names.

    Raises:
        UnknownName: there is no such case, or no such edition of it.
    """
    workbench, name = workbench_of(request), request.path_params["case"]
    case = workbench.case(name)
    newest = workbench.edition(name)
    asked = request.query_params.get("edition")
    edition = workbench.edition(name, asked) if asked else newest
    return Place(name, case, edition, newest.id if newest else None)
