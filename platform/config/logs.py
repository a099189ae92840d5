"""One line of JSON per log record, with tenant and request id and without personal data."""

from __future__ import annotations

import json
import logging

import structlog


class JsonFormatter(logging.Formatter):
    """Formats any record of the standard library, structlog's context included."""

    def format(self, record: logging.LogRecord) -> str:
        # Logging is configured before the database backend can be imported.
        from tenants.context import current_schema

        entry = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "tenant": current_schema(),
            **{k: v for k, v in structlog.contextvars.get_contextvars().items() if k in {"request_id", "task_id"}},
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)
