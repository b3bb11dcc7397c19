"""How a line of the logs looks: one of JSON each in production, plain on one's own machine."""

import logging
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from .discretion import error_of, message_of
from .requests import request_id, task_name

MORE = ("method", "route", "status", "ms", "user")  # and nothing else of what a record has along


class Json(JsonFormatter):
    """Fields: time, level, logger, message, request_id, task, error, and MORE where it was said."""

    def __init__(self) -> None:
        super().__init__(json_ensure_ascii=False)

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
            "request_id": request_id.get(),
            "task": task_name.get(),
            **{name: getattr(record, name, "") for name in MORE},
            "error": error_of(record),
        }
        return self.jsonify_log_record({name: value for name, value in fields.items() if value != ""})


class Plain(logging.Formatter):
    """The same, with spaces between."""

    def format(self, record: logging.LogRecord) -> str:
        line = [self.formatTime(record), record.levelname, record.name, request_id.get() or "-", message_of(record)]
        line += [str(getattr(record, name)) for name in MORE if hasattr(record, name)]
        error = error_of(record)
        return " ".join(line) + (f"\n{error}" if error else "")
