"""What the API says of itself holds: every operation is asked with good and bad data, and answers as it is described."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from tocsin.settings import Settings
from tocsin.web.workbench import Workbench

pytest.importorskip("fastapi", reason="the web extra is not installed")
schemathesis = pytest.importorskip("schemathesis", reason="a tool of development")

from schemathesis import GenerationMode  # noqa: E402
from schemathesis.config import ChecksConfig, SchemathesisConfig  # noqa: E402

from tocsin.web.service import create_service  # noqa: E402

if TYPE_CHECKING:
    from starlette.applications import Starlette

EXAMPLES = 10
REAL = {"case": "iraq", "area_id": "IRQ/Anbar", "dataset": "default", "entry_id": "ofac-sdn-10481"}
"""Names that are there, so that good data reach what an operation does; bad data take their place."""


def described() -> dict[str, Any]:
    """The API's own description, with names that exist in the place of any text."""
    nowhere = Settings(data_dir=Path("nowhere"))
    whole = create_service(Workbench(nowhere, {}), settings=nowhere).openapi()
    paths = {
        path: {
            method: {**one, "parameters": [_named(p) for p in one.get("parameters", ())]}
            for method, one in item.items()
        }
        for path, item in whole["paths"].items()
    }
    whole["components"]["schemas"]["SettleAsked"]["properties"]["question"]["enum"] = ["nmi-end", "kfor-future"]
    whole["components"]["schemas"]["Moved"]["properties"]["actor"]["enum"] = ["us", "iraq"]
    return {**whole, "paths": paths, "servers": [{"url": "/api/v1"}]}


def _named(parameter: dict[str, Any]) -> dict[str, Any]:
    if parameter["in"] != "path" or parameter["name"] not in REAL:
        return parameter
    return {**parameter, "schema": {"type": "string", "enum": [REAL[parameter["name"]]]}}


class Late:
    """The API that answers, once there is one."""

    app: Starlette

    async def __call__(self, *args: Any) -> None:
        await self.app(*args)


LATE = Late()


def loaded() -> Any:
    config = SchemathesisConfig()
    config.projects.default.checks = ChecksConfig.from_dict(
        {"positive_data_acceptance": {"expected-statuses": ["2xx", 400, 404, 413, 422]}}
    )
    found = schemathesis.openapi.from_dict(described(), config=config)
    found.app = LATE
    return found


SCHEMA = loaded()
OPERATIONS = {f"{op.method.upper()} {op.path}": op for op in (found.ok() for found in SCHEMA.get_all_operations())}


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_answers_as_it_is_described(name: str, mode: GenerationMode, service: Starlette) -> None:
    LATE.app = service
    operation = OPERATIONS[name]
    if mode.is_negative and not operation.query and not operation.path_parameters and not operation.body:
        return  # nothing can be asked wrongly

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(operation.as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            case.call_and_validate()

    holds()
