"""Command: openapi."""

from pathlib import Path

from tocsin.cli.app import print_json
from tocsin.errors import MissingExtra
from tocsin.settings import Settings


def openapi() -> None:
    """Print the description of the workbench's API for programs: OpenAPI 3.1.

    It is what a running workbench gives at /api/v1/openapi.json. No case is read, and no server started.

    Example: tocsin openapi
    """
    try:
        from tocsin.web.service import create_service  # noqa: PLC0415 - the web extra may be missing
        from tocsin.web.workbench import Workbench  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise MissingExtra("the API needs the web extra", hint="pip install 'tocsin[web]'") from error
    nowhere = Settings(data_dir=Path())
    print_json({**create_service(Workbench(nowhere, {}), settings=nowhere).openapi(), "servers": [{"url": "/api/v1"}]})
