"""One typed object of settings, built at the edge and passed in."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from tocsin.errors import FileProblem, TableProblem, UnknownName, Where

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "TOCSIN_"


class Settings(BaseModel):
    """What a user can set once: flags come before the environment, that before the file, that before the default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Field(
        default_factory=lambda: Path.home() / ".local" / "share" / "tocsin",
        description="where downloads and the log of forecasts are kept",
    )
    ucdp_url: str = Field(default="https://ucdp.uu.se/downloads", description="the address of UCDP's download pages")
    gdelt_url: str = Field(
        default="https://storage.googleapis.com/data.gdeltproject.org/gdeltv2",
        description="the address below which GDELT keeps its list of files and its exports",
    )
    database: str | None = Field(
        default=None,
        repr=False,
        description="address of one PostgreSQL database for everything of a team, as postgresql://host/name: users, and "
        "each case's record in a schema of its own; unset: files of SQLite",
    )
    hosts: str | None = Field(
        default=None,
        description="names by which browsers reach the workbench beyond this machine, with commas between them, as "
        "tocsin.example.org",
    )
    record: str | None = Field(
        default=None,
        repr=False,
        description="address of the record's database, as postgresql://host/name; unset: in the setting database, or a "
        "file in the case",
    )
    read_seconds: float = Field(default=120.0, gt=0, description="how long reading one document may take")
    read_memory_mb: int = Field(
        default=4096,
        ge=256,
        description="memory that reading one document may take, in megabytes, where the system can hold it",
    )
    text_model: str | None = Field(
        default=None, description="the installed spaCy model that reads English; unset: the one of the text extra"
    )
    llm_url: str | None = Field(
        default=None,
        description="address of an OpenAI-compatible server for the llm extractor, as http://localhost:8080/v1",
    )
    llm_model: str | None = Field(default=None, description="the model that server is asked for")
    llm_key: SecretStr | None = Field(
        default=None,
        description="the key that server asks for; best set in the environment: it is never printed or stored",
    )
    timeout_seconds: float = Field(default=60.0, gt=0, description="how long a server may stay silent")
    smtp_host: str | None = Field(
        default=None, description="the server that takes the watch's e-mail; unset: none is sent"
    )
    smtp_port: int | None = Field(
        default=None, ge=1, le=65535, description="its port; unset: the usual one of smtp_tls"
    )
    smtp_user: str | None = Field(default=None, description="the name to log in with there")
    smtp_password: SecretStr | None = Field(
        default=None, description="the password there; best set in the environment: it is never printed or stored"
    )
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the connection is encrypted: starttls, tls, or none"
    )
    mail_from: str | None = Field(default=None, description="the address that alerts come from")
    mail_to: str | None = Field(default=None, description="the addresses that alerts go to, with commas between them")
    webhook_url: SecretStr | None = Field(
        default=None, description="where alerts are posted as JSON, as https://hooks.example.org/tocsin"
    )
    webhook_secret: SecretStr | None = Field(
        default=None, description="the secret that signs what is posted; best set in the environment"
    )
    allow_private_webhooks: bool = Field(
        default=False, description="whether the webhook may lie inside this network, and be plain http"
    )
    cluster: str | None = Field(
        default=None,
        description="address of an existing Dask scheduler on whose workers backtests run, as tcp://10.0.0.5:8786; "
        "unset: this machine",
    )
    processes: int | None = Field(
        default=None, ge=1, description="processes of this machine that a backtest runs in side by side; unset: one"
    )
    quiet_hours: str | None = Field(
        default=None, description="hours in which e-mail and webhook wait, as 22:00-06:00; unset: none"
    )
    timezone: str = Field(default="UTC", description="whose clock the quiet hours are by, as Asia/Baghdad")
    watch_every: str = Field(default="6h", description="how often the watch goes round, as 30m, 6h or 1d")

    @classmethod
    def load(
        cls,
        *,
        flags: Mapping[str, object] | None = None,
        environment: Mapping[str, str] | None = None,
        file: Path | None = None,
    ) -> Settings:
        """Build the settings from flags, environment (`TOCSIN_DATA_DIR`) and a TOML file.

        Raises:
            UnknownName: a key does not exist; the nearest that does is named.
            TableProblem: a value is of the wrong kind.
        """
        env = os.environ if environment is None else environment
        from_env = {k.removeprefix(PREFIX).lower(): v for k, v in env.items() if k.startswith(PREFIX)}
        from_file = _read_toml(file) if file is not None else {}
        given = {k: v for k, v in (flags or {}).items() if v is not None}
        values = {**from_file, **from_env, **given}
        for key in values:
            if key not in cls.model_fields:
                where = Where(file if key in from_file else None, field=key)
                raise UnknownName.of("setting", key, cls.model_fields, where=where)
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            key = str(first["loc"][0])
            where = Where(file if key in from_file and key not in from_env else None, field=key)
            raise TableProblem(f"setting {key}: {first['msg']}", where=where) from error

    @property
    def log_file(self) -> Path:
        """The append-only log of every forecast made."""
        return self.data_dir / "forecast_log.jsonl"


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise FileProblem("settings file not found", where=Where(file)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileProblem(f"settings file is not TOML: {error}", where=Where(file)) from error
