"""What an operator may set: in the environment (``VERITE_…``) or in ``verite.toml`` in the data folder.

The environment wins. Every setting is described here once; ``docs/settings.md`` is made from it.
"""

from __future__ import annotations

import os
import re
import secrets
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from verite.project.mail import django_settings

DEFAULT_DATA = Path("verite-data")

_EMAIL = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")
_ORIGIN = re.compile(r"https?://[^/?#@\s]+")

Names = Annotated[tuple[str, ...], NoDecode]

# What the interface speaks, each language by its own name; docs/recipes/translation.md says how to add one.
SPOKEN = {"en": "English", "de": "Deutsch"}


class BadConfig(Exception):
    """A setting cannot be used. The text names it and says how to mend it."""


class Config(BaseSettings):
    """The settings of one site."""

    model_config = SettingsConfigDict(
        env_prefix="VERITE_", env_ignore_empty=True, extra="forbid", frozen=True
    )

    data: Path = Field(
        DEFAULT_DATA, description="Folder for database, media, mail, secret key and verite.toml."
    )
    database_url: str = Field(
        "",
        description="postgresql://user:password@host/name; empty means one SQLite file in the data folder.",
    )
    site_name: str = Field("Vérité", min_length=1, max_length=60, description="What the site calls itself.")
    site_url: str = Field(
        "",
        description="Where visitors find the site, such as https://films.example; empty: as they asked for it.",
    )
    email_url: str = Field(
        "",
        description="How mail is sent: smtp://user:password@host:587 (STARTTLS where a password is sent), smtps://…,"
        " or a service of django-anymail, such as anymail+postmark://?server_token=…; empty: into the data folder.",
    )
    email_from: str = Field(
        "", description="Address that mail comes from; empty: no-reply at the host of site_url."
    )
    language: str = Field("en", description="Language of the interface when a visitor asks for none we have.")
    time_zone: str = Field("UTC", description="Time zone in which days begin on pages.")
    allowed_hosts: Names = Field(
        (), description="Further host names that the site answers to, separated by commas."
    )
    trusted_proxies: Names = Field(
        (), description="Addresses of proxies whose forwarded headers count, separated by commas."
    )
    page_cache_mb: int = Field(
        64, ge=1, le=65536, description="Memory for finished pages, per worker, in MB."
    )
    body_limit_kb: int = Field(1024, ge=16, description="Largest request body, in KB.")
    edit_minutes: int = Field(
        15, ge=0, le=525_600, description="How long an author may change a comment, in minutes."
    )
    job_lease_seconds: int = Field(
        60,
        ge=1,
        le=3600,
        description="After how many seconds without a sign of life a job is taken from its worker.",
    )
    fetch_allow: Names = Field(
        (), description="Loopback host:port pairs that the server may call; for tests only."
    )
    limits: Literal["on", "off"] = Field(
        "on", description="off switches rate limits off; honoured only when serving on a loopback address."
    )
    debug: bool = Field(False, description="Show tracebacks in the browser; never on a public site.")

    @field_validator("allowed_hosts", "trusted_proxies", "fetch_allow", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(item.strip() for item in value.split(",") if item.strip())
        return value

    @field_validator("language")
    @classmethod
    def _translated(cls, value: str) -> str:
        if value not in SPOKEN:
            raise ValueError(f"must be one of: {', '.join(SPOKEN)}")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:  # "Europe" is a folder
            raise ValueError("must be a name such as Europe/Berlin or UTC") from error
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for address in value:
            ip_network(address, strict=False)  # its error names the address
        return value

    @field_validator("site_url")
    @classmethod
    def _plain_origin(cls, value: str) -> str:
        value = value.rstrip("/")
        if value and not _ORIGIN.fullmatch(value):
            raise ValueError("must be https:// or http:// and a host, such as https://films.example")
        return value

    @field_validator("email_url")
    @classmethod
    def _known_way_to_send(cls, value: str) -> str:
        django_settings(value)  # its error says what is wrong
        return value

    @field_validator("email_from")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if value and not _EMAIL.fullmatch(value):
            raise ValueError("must be an address alone, such as no-reply@films.example")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value:
            return value
        if not value.startswith(("postgresql://", "postgres://")):
            raise ValueError("must start with postgresql://, or be empty for SQLite")
        if not postgresql_parameters(value).get("dbname"):
            raise ValueError("must end in the name of the database, as in postgresql://db.example/verite")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (the base class names it)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = Path(os.environ.get("VERITE_DATA") or DEFAULT_DATA) / "verite.toml"
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file)

    @property
    def sqlite_path(self) -> Path:
        return self.data / "verite.sqlite3"

    @property
    def media(self) -> Path:
        return self.data / "media"


def read_config() -> Config:
    """Read the settings.

    Raises:
        BadConfig: a setting is unknown or has a value that cannot be used.
    """
    try:
        config = Config()
    except ValidationError as error:
        raise BadConfig("\n".join(_explain(error))) from error
    except ValueError as error:  # tomllib's error is one
        raise BadConfig(f"verite.toml cannot be read: {error}") from error
    return config.model_copy(update={"data": config.data.absolute()})


def _explain(error: ValidationError) -> list[str]:
    return [
        f"Setting {'.'.join(str(part) for part in problem['loc'])!r}: {problem['msg']}"
        f" (in verite.toml, or VERITE_{'_'.join(str(part) for part in problem['loc']).upper()})"
        for problem in error.errors()
    ]


def postgresql_parameters(url: str) -> dict[str, Any]:
    """What an address of PostgreSQL says, read as PostgreSQL's own programs read it.

    Raises:
        ValueError: it cannot be understood.
    """
    from psycopg import ProgrammingError  # a site on SQLite does without
    from psycopg.conninfo import conninfo_to_dict

    try:
        return conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ValueError(str(error).strip()) from error


def secret_key(data: Path) -> str:
    """The site's secret key, made at the first call and kept in the data folder, readable by its owner only.

    Raises:
        BadConfig: its file is empty.
    """
    file = data / "secret-key"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        _make_key(file)
    key = file.read_text(encoding="ascii").strip()
    if not key:
        raise BadConfig(f"{file} is empty. Delete it, and a new key is made; members then sign in anew.")
    return key


def _make_key(file: Path) -> None:
    temporary = file.with_name(f".secret-key.{os.getpid()}")
    temporary.touch(mode=0o600)
    with temporary.open("w", encoding="ascii") as handle:
        handle.write(secrets.token_urlsafe(48))
        handle.flush()
        os.fsync(handle.fileno())  # else the name could outlive a loss of power, and the key not
    try:
        os.link(temporary, file)  # atomic, and the first of two processes wins
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
