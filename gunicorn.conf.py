"""What gunicorn reads where it is started in this folder: logs as lines of JSON, figures of ended processes."""

from typing import Any

from tracker.platform import metrics

graceful_timeout = 30
"""Seconds in which requests that have begun may end once the service is asked to stop."""

control_socket_disable = True
"""Nobody steers it from beside: it is started, asked to stop, and started again."""

logconfig_dict: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "tracker.platform.logging.json_lines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"level": "WARNING", "handlers": []},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["lines"], "propagate": False}},
}


def child_exit(server: object, worker: Any) -> None:
    metrics.forget_process(worker.pid)
