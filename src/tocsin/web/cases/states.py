"""What the list of cases says of each: its newest edition, what its check found, and whether its figures are late."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from tocsin.api.case_files import case_files
from tocsin.api.known import known_beyond
from tocsin.case import Finding, Severity, check_case
from tocsin.case.folder import BUNDLED
from tocsin.case.read_toml import read_settings
from tocsin.errors import TocsinError, UnknownName

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from starlette.requests import Request

    from tocsin.web.workbench import Workbench


@dataclass(frozen=True, slots=True)
class CaseState:
    """How a case stands.

    Attributes:
        name: as its folder is called.
        title: as its settings call it; the name where they cannot be read.
        demo: whether its judgements are placeholders.
        ships: whether it came with Tocsin.
        findings: what its check found.
        edition: id of its newest edition; None where none was made.
        made: when that was, UTC.
        known: the last day whose figures it could see, ISO 8601.
        late: sources whose figures are late.
        unsure: sources of which it is unknown whether they are; None where no edition says.
        claims: of its record, as of the newest edition; None where that is unknown.
        trouble: why its editions cannot be looked at; None where they can.
    """

    name: str
    title: str
    demo: bool
    ships: bool
    findings: tuple[Finding, ...]
    edition: str | None = None
    made: datetime | None = None
    known: str | None = None
    late: tuple[str, ...] = ()
    unsure: int | None = None
    claims: int | None = None
    trouble: str | None = None

    @property
    def faults(self) -> int:
        """Findings that stop it from being used."""
        return sum(finding.severity is Severity.FAULT for finding in self.findings)

    @property
    def notes(self) -> int:
        """Findings that should be known."""
        return len(self.findings) - self.faults


class Checks:
    """What the check of each case found, looked for anew when one of its files changed."""

    def __init__(self) -> None:
        self._held: dict[Path, tuple[tuple[tuple[str, int, int], ...], tuple[Finding, ...]]] = {}
        self._lock = Lock()

    def of(self, folder: Path) -> tuple[Finding, ...]:
        """The findings of a case's check."""
        stats = ((name, path.stat()) for name, path in case_files(folder))
        now = tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)
        with self._lock:
            held = self._held.get(folder)
            if held is None or held[0] != now:
                held = now, check_case(folder, known=known_beyond())
                self._held[folder] = held
            return held[1]


def checks_of(request: Request) -> Checks:
    """What is known of the checks of a workbench's cases."""
    state = request.app.state
    if not hasattr(state, "checks"):
        state.checks = Checks()
    found: Checks = state.checks
    return found


def states(workbench: Workbench, checks: Checks) -> tuple[CaseState, ...]:
    """Every case of a workbench, by name."""
    return tuple(state_of(workbench, name, checks) for name in workbench.names)


def state_of(workbench: Workbench, name: str, checks: Checks) -> CaseState:
    """How one case stands.

    Raises:
        UnknownName: the workbench shows no such case.
    """
    if name not in workbench.folders:
        raise UnknownName.of("case", name, workbench.folders)
    folder = workbench.folders[name]
    settings = read_settings(folder)[0]
    ships = folder.parent == BUNDLED.resolve()
    title, demo = (name, False) if settings is None else (settings.title, settings.demo)
    findings = checks.of(folder)
    try:
        edition = workbench.edition(name)
    except TocsinError as error:
        return CaseState(name, title, demo, ships, findings, trouble=error.what.split("\n", maxsplit=1)[0])
    if edition is None:
        return CaseState(name, title, demo, ships, findings)
    manifest = edition.manifest
    fresh = edition.json("freshness") if edition.has("freshness") else None
    digest = edition.json("record") if edition.has("record") else None
    return CaseState(
        name, title, demo, ships, findings, edition.id, manifest.made, manifest.as_known_on.isoformat(),
        tuple(str(line["source"]) for line in fresh or () if line["stale"]),
        None if fresh is None else sum(line["stale"] is None for line in fresh),
        digest.get("claims") if isinstance(digest, dict) else None,
    )  # fmt: skip
