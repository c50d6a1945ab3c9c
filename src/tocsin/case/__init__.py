"""The Case: a folder a person can read, diff and keep in git."""

from tocsin.case.case import Case
from tocsin.case.dates import Bound, PartialDate, Precision
from tocsin.case.draft import Known
from tocsin.case.elicited import Elicited
from tocsin.case.elicited_sheet import write_form
from tocsin.case.finding import Finding, Severity
from tocsin.case.folder import bundled_cases, check_case, read_case, resolve_case
from tocsin.case.in_python import case_of, check_case_of, settings_of, tables_of
from tocsin.case.settings import CaseSettings
from tocsin.case.write import write_case

__all__ = [
    "Bound",
    "Case",
    "CaseSettings",
    "Elicited",
    "Finding",
    "Known",
    "PartialDate",
    "Precision",
    "Severity",
    "bundled_cases",
    "case_of",
    "check_case",
    "check_case_of",
    "read_case",
    "resolve_case",
    "settings_of",
    "tables_of",
    "write_case",
    "write_form",
]
