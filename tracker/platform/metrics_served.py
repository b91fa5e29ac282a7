"""Answering Prometheus: what the processes counted, and how many jobs the database holds at this moment."""

import time
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import structlog
from flask import Flask
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from tracker.platform import clock, ticks
from tracker.platform.db import ONLY_READS, db
from tracker.platform.jobs import Job, JobState

log = structlog.get_logger()


class JobsInDatabase(Collector):
    """Jobs by task and state, how long the oldest waits, and when a worker was last heard of."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def collect(self) -> Iterator[Metric]:
        answers = GaugeMetricFamily("tracker_database_answers", "1 while the database answers")
        try:
            found = list(self._found())
            answers.add_metric([], 1)
        except SQLAlchemyError:
            found = []
            answers.add_metric([], 0)
        return iter([answers, *found])

    def _found(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("tracker_jobs", "Jobs that the database holds", labels=["task", "state"])
        oldest = GaugeMetricFamily("tracker_oldest_job_seconds", "How long the oldest job that may begin has waited")
        worker = GaugeMetricFamily("tracker_worker_silent_seconds", "Since a worker was last heard of")
        now = clock.now()
        with self.app.app_context(), db.engine.connect().execution_options(**{ONLY_READS: True}) as connection:
            counted = select(Job.task, Job.state, func.count()).group_by(Job.task, Job.state)
            for task, state, count in connection.execute(counted):
                jobs.add_metric([task, state.value], count)
            due = Job.not_before.is_(None) | (Job.not_before <= now)
            first = connection.scalar(select(func.min(Job.queued_at)).where(Job.state == JobState.QUEUED, due))
            seen = ticks.worker_seen(connection)
            connection.rollback()
        oldest.add_metric([], (now - first).total_seconds() if first else 0)
        if seen is not None:
            worker.add_metric([], (now - seen).total_seconds())
        yield from (jobs, oldest, worker)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    """Prometheus asks several times a minute, and that is nothing to log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def serve(app: Flask) -> None:
    """Answer until stopped, at the address that is set."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # as it comes
    registry.register(JobsInDatabase(app))
    host, port = app.config["METRICS_ADDRESS"].rsplit(":", 1)
    while True:
        try:
            with make_server(host, int(port), make_wsgi_app(registry), _Server, _Silent) as server:
                server.serve_forever()
        except OSError as fault:  # whoever answered there before may still be ending
            log.warning("figures cannot be asked for yet", why=fault.strerror)
            time.sleep(2)
