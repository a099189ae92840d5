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


def configure_structlog() -> None:
    """Send structlog's events through the standard library, whose formatters above decide what is written.

    Left alone it prints each event with the visitor's address, and tracebacks with all local variables: passwords
    and residents' data among them.
    """
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.render_to_log_kwargs],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
