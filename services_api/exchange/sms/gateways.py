"""Gateways of short messages. Which one is used is a setting; the sandbox twin writes files, as mail does.

How to write one: docs/integrators/connectors.md.
"""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.utils.module_loading import import_string

from services_api.exchange.mail import file_name
from tenants.context import current_schema

FOLDER, OFF = "folder", "off"


class Gateway(ABC):
    """What sends short messages."""

    @abstractmethod
    def send(self, to: str, text: str, identity: str) -> None:
        """Send `text` to `to` (E.164). `identity` is the same at every attempt for one message: give it to the provider
        as its key against doubles. Raises OSError when it may work later, SendingRefused when it never will."""

    @abstractmethod
    def check_config(self) -> list[str]:
        """What is wrong with the settings, in words for the operator; nothing is sent for it."""


class FolderGateway(Gateway):
    """The sandbox twin: each message is a file `<SMS_FOLDER>/<schema>/<identity>.json`; the same one is one file."""

    def send(self, to: str, text: str, identity: str) -> None:
        target = folder()
        target.mkdir(parents=True, exist_ok=True)
        content = {"to": to, "text": text, "at": datetime.now(UTC).isoformat()}
        with NamedTemporaryFile(dir=target, prefix=".", suffix=".part", delete=False) as part:
            part.write(json.dumps(content, ensure_ascii=False).encode())
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(target / Path(file_name(identity)).with_suffix(".json"))

    def check_config(self) -> list[str]:
        return []


def gateway() -> Gateway | None:
    """The gateway of this installation; None where no messages are sent. Raises ImportError for a wrong setting."""
    chosen = settings.SMS_GATEWAY
    if chosen == OFF:
        return None
    made: Gateway = FolderGateway() if chosen == FOLDER else import_string(chosen)()
    return made


def folder() -> Path:
    """Where the messages of the current tenant lie."""
    return Path(settings.SMS_FOLDER) / current_schema()


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """A message read from its file, as the demonstration shows it."""

    to: str
    text: str
    sent_at: datetime


def messages(limit: int = 100) -> list[ShortMessage]:
    """Messages of the current tenant in the folder, newest first."""
    if not folder().is_dir():
        return []
    files = sorted(folder().glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    found = [json.loads(path.read_text(encoding="utf-8")) for path in files[:limit]]
    return [ShortMessage(each["to"], each["text"], datetime.fromisoformat(each["at"])) for each in found]
