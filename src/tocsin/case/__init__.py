"""The Case: a folder a person can read, diff and keep in git."""

from tocsin.case.case import Case
from tocsin.case.dates import Bound, PartialDate, Precision
from tocsin.case.draft import Known
from tocsin.case.finding import Finding, Severity
from tocsin.case.folder import bundled_cases, check_case, read_case, resolve_case
from tocsin.case.settings import CaseSettings
from tocsin.case.write import write_case

__all__ = [
    "Bound",
    "Case",
    "CaseSettings",
    "Finding",
    "Known",
    "PartialDate",
    "Precision",
    "Severity",
    "bundled_cases",
    "check_case",
    "read_case",
    "resolve_case",
    "write_case",
]
