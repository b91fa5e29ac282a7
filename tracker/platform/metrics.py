"""Figures for Prometheus: how requests and jobs go. Off unless an address is set, and then on a port of their own.

Several processes count, each in files of its own in one folder; whoever answers Prometheus adds them up. No figure is
about a person: labels are endpoints, statuses and names of tasks.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

if TYPE_CHECKING:
    from prometheus_client import Counter, Gauge, Histogram

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder where the processes of one service count together; the library reads it when it is loaded."""

REQUEST_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
JOB_SECONDS = (0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600)
"""Upper ends of the steps in which durations are counted. Our choice: pages take parts of a second, packs minutes."""


@dataclass(frozen=True)
class _Figures:
    requests: "Counter"
    request_seconds: "Histogram"
    job_seconds: "Histogram"
    connections: "Gauge"


_kept: list[_Figures] = []


def begin_counting() -> None:
    """Count from now on, in a process whose environment names a folder; elsewhere nothing is loaded or counted."""
    if _kept or not Path(os.environ.get(FOLDER) or "/nowhere").is_dir():
        return
    from prometheus_client import Counter, Gauge, Histogram  # looks at the environment

    _kept.append(
        _Figures(
            Counter("tracker_requests", "Requests answered", ["endpoint", "method", "status"]),
            Histogram("tracker_request_seconds", "How long answers took", ["endpoint"], buckets=REQUEST_SECONDS),
            Histogram("tracker_job_seconds", "How long jobs took", ["task", "ended"], buckets=JOB_SECONDS),
            Gauge("tracker_database_connections", "Connections in use", multiprocess_mode="livesum"),
        )
    )


def count_request(endpoint: str, method: str, status: int, seconds: float) -> None:
    for figures in _kept:
        figures.requests.labels(endpoint, method, str(status)).inc()
        figures.request_seconds.labels(endpoint).observe(seconds)


def count_job(task: str, ended: str, seconds: float) -> None:
    """``ended``: as it was left, ``done``, ``failed`` or ``queued`` again."""
    for figures in _kept:
        figures.job_seconds.labels(task, ended).observe(seconds)


@event.listens_for(Pool, "checkout")
def _taken(*_: Any) -> None:
    for figures in _kept:
        figures.connections.inc()


@event.listens_for(Pool, "checkin")
def _given_back(*_: Any) -> None:
    for figures in _kept:
        figures.connections.dec()


def forget_process(number: int) -> None:
    """Called when a process has ended: what it held at that moment, it holds no more."""
    if os.environ.get(FOLDER):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(number)  # type: ignore[no-untyped-call]  # as it comes
