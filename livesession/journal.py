"""What the program writes of its own work: lines for people, or JSON for machines, with the request and the sitting.

Nothing that a person typed, no address of a reader, no secret: paths without their query, codes, durations.
"""

import logging
import sys
from contextvars import ContextVar
from typing import Literal

from pythonjsonlogger.json import JsonFormatter

Form = Literal["text", "json"]

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The identifier of the request that is being answered; it goes along into the tasks that answering begins."""

SITTING: ContextVar[str] = ContextVar("sitting", default="")
"""The slug of the sitting that it is about."""

_CHATTY = ("alembic", "aiosqlite", "asyncio", "websockets")


class _WithContext(logging.Filter):
    """Gives each record the request and the sitting it was written for."""

    def filter(self, record: logging.LogRecord) -> bool:
        known = {"request": REQUEST.get(), "sitting": SITTING.get()}
        named = " ".join(f"{name}={value}" for name, value in known.items() if value)
        record.__dict__.update(known, context=f" [{named}]" if named else "")
        return True


def set_up_logging(level: str, form: Form = "text") -> None:
    """Write to standard error from now on, from ``level`` up: lines to read, or an object per line (``json``)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_WithContext())
    handler.setFormatter(_formatter(form))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in _CHATTY:
        logging.getLogger(chatty).setLevel("WARNING")


def _formatter(form: Form) -> logging.Formatter:
    if form == "text":
        return logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s%(context)s")
    return JsonFormatter(
        ["levelname", "name", "message", "request", "sitting"],
        rename_fields={"levelname": "level", "name": "logger", "exc_info": "error"},
        reserved_attrs=[*logging.makeLogRecord({}).__dict__, "context", "message"],
        timestamp="time",
        json_ensure_ascii=False,
    )
