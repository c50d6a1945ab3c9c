"""The command openapi: the description of the API, without a case or a server."""

from __future__ import annotations

import json

import pytest

from tocsin.cli.app import run

pytest.importorskip("fastapi", reason="the web extra is not installed")


def test_the_description_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["openapi"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["openapi"].startswith("3.1")
    assert "/cases/{case}/warnings" in told["paths"]
    assert told["servers"] == [{"url": "/api/v1"}]
    errors = {status for item in told["paths"].values() for op in item.values() for status in op["responses"]}
    assert {"400", "401", "403", "404", "405", "406", "413", "422", "429", "500", "503"} <= errors
