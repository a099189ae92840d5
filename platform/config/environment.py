"""The typed environment: every variable the product reads, with its default and meaning.

A wrong or missing value stops the start with the variable's name. `.env.example` is written from this class by
`manage.py env_example`; a test compares both, so the file cannot go stale.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]
LOCAL_SECRET = "local-only-secret-key-never-used-in-production"  # noqa: S105 - refused in production below
LOCAL_IDENTIFIER_KEY = "local-only-identifier-key-never-used-in-production"


class Environment(BaseSettings):
    """Values from the process environment and, second, from `.env` in the project's root."""

    model_config = SettingsConfigDict(env_prefix="HAMAYNK_", env_file=ROOT / ".env", extra="ignore")

    mode: Literal["local", "test", "production"] = Field(
        "local", description="local: one machine with demo logins; production: nothing of that."
    )
    secret_key: str = Field(LOCAL_SECRET, description="Long random string; production refuses the default.")
    identifier_keys: str = Field(
        LOCAL_IDENTIFIER_KEY,
        description="Long random strings, by commas, that seal personal identifiers: the first seals, all open.",
    )
    base_domain: str = Field("localhost", description="The ministry's host; communities live on <slug>.<base domain>.")
    port: int = Field(
        8000, ge=1, le=65535, description="Port that visitors see in addresses (80 and 443 are not shown)."
    )
    scheme: Literal["http", "https"] = Field("http", description="Scheme that visitors use.")
    listen: str = Field("127.0.0.1", description="Address the web server listens on; demo logins need loopback.")
    var: Path = Field(ROOT / "var", description="Folder of everything the running system writes.")
    cache_url: str = Field(
        "", description="redis:// address of Valkey or Redis; empty: memory and files of one machine."
    )
    broker_url: str = Field("", description="Celery's broker (redis:// or amqp://); empty: a folder on one machine.")
    email_url: str = Field("", description="smtp:// or smtps:// address with user and password; empty: a folder.")
    email_from: str = Field("no-reply@hamaynk.example", description="Sender of the system's mail.")
    s3_bucket: str = Field("", description="Bucket for media and attachments; empty: files below VAR.")
    s3_endpoint: str = Field("", description="Address of an S3-compatible store other than AWS.")
    s3_access_key: str = Field("", description="Access key of the store.")
    s3_secret_key: str = Field("", description="Secret key of the store.")
    clamd_url: str = Field(
        "",
        pattern=r"^$|^tcp://[^/]+$|^unix:///.+$",
        description="clamd for uploaded files: tcp://host:3310 or unix:///path; empty: files are not scanned.",
    )
    trusted_proxies: bool = Field(False, description="True behind our own proxy: X-Forwarded-Proto is believed.")
    outbox_keep_days: int = Field(
        90, ge=1, description="Days after which what was sent is removed from the outbox; its keys stay."
    )
    sms_gateway: str = Field(
        "",
        description="Dotted path of a gateway of short messages, folder, or off; empty: a folder, off in production.",
    )
    connectors: dict[str, str] = Field(
        {},
        description="JSON: dotted path of the connector of each outside register (person, company), sandbox, or off.",
    )
    quiet_mail: bool = Field(False, description="True: reminders by mail wait for the morning, as short messages do.")
    webhooks_local: bool = Field(
        False, description="True: programs may listen in our own network and without https; for one machine only."
    )
    workers: int = Field(2, ge=1, description="Web server processes.")
    duties_visit: Literal["process", "http"] = Field(
        "process", description="How publication duties look at a site as a visitor: inside the worker, or over HTTP."
    )
    tenant_role_prefix: str = Field("hamaynk_", description="Prefix of the PostgreSQL roles, one per tenant.")

    @model_validator(mode="after")
    def production_is_strict(self) -> Environment:
        if self.mode == "production" and (self.secret_key == LOCAL_SECRET or len(self.secret_key) < 50):
            raise ValueError("HAMAYNK_SECRET_KEY: production needs a random key of at least 50 characters")
        return self

    @model_validator(mode="after")
    def identifiers_have_keys(self) -> Environment:
        keys = self.identifier_key_list
        if not keys or len(set(keys)) != len(keys):
            raise ValueError("HAMAYNK_IDENTIFIER_KEYS: needs at least one key, and each of them once")
        weak = any(each == LOCAL_IDENTIFIER_KEY or len(each) < 40 or each == self.secret_key for each in keys)
        if self.mode == "production" and weak:
            raise ValueError(
                "HAMAYNK_IDENTIFIER_KEYS: production needs random keys of at least 40 characters, "
                "none of them the secret key"
            )
        return self

    @property
    def identifier_key_list(self) -> list[str]:
        """The master keys for sealing, the current one first."""
        return [each.strip() for each in self.identifier_keys.split(",") if each.strip()]

    @property
    def sms(self) -> str:
        """The gateway that is used: files that nobody gets are no way to tell somebody in production."""
        return self.sms_gateway or ("off" if self.mode == "production" else "folder")

    @property
    def is_demo(self) -> bool:
        """Demo logins exist only here: local mode on a loopback address."""
        return self.mode == "local" and self.listen in {"127.0.0.1", "::1", "localhost"}


class DatabaseEnvironment(BaseSettings):
    """`DATABASE_URL` has no prefix: hosting platforms set it under this name."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore")

    database_url: str = Field("", description="postgresql:// address; empty: the embedded PostgreSQL of one machine.")
