"""The brief of the Iraq case, its findings and its files, made once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.api.iraq_case import iraq_brief, iraq_findings, iraq_study

from tocsin.api.brief import write_brief

if TYPE_CHECKING:
    from tocsin.api.brief_files import Made
    from tocsin.assess.findings import Findings
    from tocsin.assess.study import Study
    from tocsin.brief import Brief


@pytest.fixture(scope="session")
def findings() -> Findings:
    return iraq_findings()


@pytest.fixture(scope="session")
def study() -> Study:
    return iraq_study()


@pytest.fixture(scope="session")
def brief() -> Brief:
    return iraq_brief()


@pytest.fixture(scope="session")
def made(findings: Findings, brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> Made:
    pytest.importorskip("typst", reason="the pdf extra is not installed")
    return write_brief(findings, brief, tmp_path_factory.mktemp("brief"))


@pytest.fixture(scope="session")
def warnings(made: Made) -> Any:
    return json.loads(made.warnings.read_text(encoding="utf-8"))
