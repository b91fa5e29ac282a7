"""Logs as lines of JSON on standard error: what happened, never what was typed, nor by whom.

Lines of a request carry its number, which the person can quote from the page that says something went wrong.
"""

import logging
import sys
from collections.abc import MutableMapping, Sequence
from typing import Any, TextIO, cast

import structlog

OURS = "tracker"
"""The logger that Flask tells of faults; ours, so that they are lines of JSON as well."""

Line = MutableMapping[str, Any]

COMMON: Sequence[Any] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


class _StandardError:
    """Wherever standard error leads at the moment of a line: what it led to before may be closed."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def configure_logging(level: str = "info") -> None:
    """Lines of ``level`` and above: ``debug``, ``info``, ``warning`` or ``error``."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[*COMMON, structlog.processors.format_exc_info, _as_json()],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(file=cast("TextIO", _StandardError())),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(json_lines())
    ours = logging.getLogger(OURS)
    ours.handlers = [handler]
    ours.setLevel(max(number, logging.INFO))


def json_lines() -> logging.Formatter:
    """For loggers of Python's own, such as Flask's and gunicorn's."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*COMMON, _who_says],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _as_json(),
        ],
    )


def _who_says(logger: object, method: str, line: Line) -> Line:
    record: logging.LogRecord = line["_record"]
    line["logger"] = record.name
    return line


def _as_json() -> structlog.processors.JSONRenderer:
    return structlog.processors.JSONRenderer(ensure_ascii=False)
