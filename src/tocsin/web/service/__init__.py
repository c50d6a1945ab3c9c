"""The API of the workbench: `/api/v1`, described by its own OpenAPI document."""

from tocsin.web.service.app import create_service, mounted

__all__ = ["create_service", "mounted"]
