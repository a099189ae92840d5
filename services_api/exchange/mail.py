"""Mail on one machine: each letter is a file in a folder, and a page shows them.

A letter has a Message-ID made from its outbox row. The file is named by it and put in place in one step, so sending
the same letter again after a crash writes the same file: it is mailed once.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from tenants.context import current_schema

SAFE_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def folder() -> Path:
    """Where the letters of the current tenant lie; those of the register in `public`."""
    return Path(settings.MAIL_FOLDER) / current_schema()


def file_name(message_id: str) -> str:
    """The file of a letter: readable, safe, and one to one with its Message-ID."""
    readable = SAFE_NAME.sub("-", message_id.strip("<> "))[:80].strip("-.")
    return f"{readable}-{sha256(message_id.encode()).hexdigest()[:12]}.eml"


class FolderEmailBackend(BaseEmailBackend):
    """Django's mail backend that writes `<MAIL_FOLDER>/<schema>/<message id>.eml`."""

    def send_messages(self, email_messages: Any) -> int:
        sent = 0
        for message in email_messages:
            if not message.recipients():
                continue
            try:
                self._write(message)
            except OSError:
                if not self.fail_silently:
                    raise
            else:
                sent += 1
        return sent

    @staticmethod
    def _write(message: EmailMessage) -> None:
        parsed = message.message()
        target = folder()
        target.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target, prefix=".", suffix=".part", delete=False) as part:
            part.write(parsed.as_bytes())
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(target / file_name(parsed["Message-ID"]))


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter read from its file, as the demo mailbox shows it."""

    name: str
    to: str
    sender: str
    subject: str
    sent_at: datetime | None
    body: str
    attachments: list[dict[str, Any]]


def letters(limit: int = 200) -> list[Letter]:
    """Letters of the current tenant, newest first."""
    if not folder().is_dir():
        return []
    files = sorted(folder().glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_read(path) for path in files[:limit]]


def letter(name: str) -> Letter | None:
    """One letter by its file's name, None when there is none (the name never leaves the folder)."""
    path = folder() / name
    if Path(name).name != name or not name.endswith(".eml") or not path.is_file():
        return None
    return _read(path)


def _moment(date: str | None) -> datetime | None:
    """The moment of a Date header; one that names no zone ("-0000") is UTC."""
    if not date:
        return None
    moment = parsedate_to_datetime(str(date))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read(path: Path) -> Letter:
    parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(parsed, ParsedMessage)
    text = parsed.get_body(("plain", "html"))
    return Letter(
        name=path.name,
        to=str(parsed["To"] or ""),
        sender=str(parsed["From"] or ""),
        subject=str(parsed["Subject"] or ""),
        sent_at=_moment(parsed["Date"]),
        body=text.get_content() if text else "",
        attachments=[
            {"name": part.get_filename() or "", "size": len(part.get_payload(decode=True) or b"")}
            for part in parsed.iter_attachments()
        ],
    )
