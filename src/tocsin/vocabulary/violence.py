"""Types of organised violence, and the targets that count their deaths."""

from __future__ import annotations

from enum import StrEnum


class Violence(StrEnum):
    """UCDP's three types of organised violence (its codes 1, 2 and 3)."""

    STATE_BASED = "sb"
    NON_STATE = "ns"
    ONE_SIDED = "os"

    @property
    def ucdp_code(self) -> int:
        """UCDP's number for this type."""
        return list(Violence).index(self) + 1

    @property
    def words(self) -> str:
        """The type as a reader says it."""
        return {"sb": "state-based", "ns": "non-state", "os": "one-sided"}[self.value]


class Target(StrEnum):
    """What is forecast: deaths a month, of one type of violence or of all three summed."""

    DEATHS_SB = "deaths_sb"
    DEATHS_NS = "deaths_ns"
    DEATHS_OS = "deaths_os"
    DEATHS_ALL = "deaths_all"

    @property
    def violence(self) -> tuple[Violence, ...]:
        """The types of violence summed in this target."""
        code = self.value.removeprefix("deaths_")
        return tuple(Violence) if code == "all" else (Violence(code),)

    @property
    def words(self) -> str:
        """The target as a reader says it.

        Example:
            >>> Target.DEATHS_ALL.words
            'deaths in organised violence of all three types'
        """
        if self is Target.DEATHS_ALL:
            return "deaths in organised violence of all three types"
        return f"deaths in {self.violence[0].words} violence"
