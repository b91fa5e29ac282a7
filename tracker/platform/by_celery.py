"""The one door to Celery: it wakes workers through Redis, and knows nothing of a job but its id.

The job's row says all else, so Redis may lose every message, bring one twice, or be empty when it comes back: a message
for a job that does not wait does nothing, and workers send one again for each row whose message seems to be lost.
"""

import ctypes
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from celery import Celery
from celery.signals import worker_ready
from flask import Flask
from kombu.entity import Exchange, Queue
from kombu.exceptions import OperationalError as NoAnswer
from redis.exceptions import RedisError
from sqlalchemy.exc import InterfaceError, OperationalError

from tracker.platform import jobs, stopping

log = structlog.get_logger()

QUEUE = "tracker"
DO = "tracker.do"
"""The name of the one task."""
SENT_AGAIN = 100
"""While the queue holds as many messages nothing is sent again. Our choice."""
LOOK_EVERY = timedelta(seconds=10)
"""How often a worker looks whether rows wait without a message, and whether something is due. Our choice."""
DEAF_AFTER = 3
"""How often running an idle worker may find messages waiting before another takes its place. Our choice."""
DEAF = 75
"""The exit status of a process that hears nothing more."""
PR_SET_PDEATHSIG = 1
"""Linux's number for: send me this signal when my parent ends."""
ANSWER_WITHIN = 1.0
"""Seconds that a page waits for Redis before it leaves its job to be found. Our choice."""


def engine(url: str) -> Celery:
    """What sends and receives messages; nothing is connected yet."""
    celery = Celery("tracker", broker=url, set_as_current=False)
    celery.conf.update(
        # The unnamed exchange leads to a queue by its name: nothing has to be bound again in a Redis that was emptied.
        task_queues=[Queue(QUEUE, Exchange(""), routing_key=QUEUE)],  # type: ignore[no-untyped-call]
        task_default_queue=QUEUE,
        task_default_exchange="",
        task_default_routing_key=QUEUE,
        task_ignore_result=True,
        # A message is done with when its job is, and a worker takes none that it cannot begin: another may be free.
        task_acks_late=True,
        worker_prefetch_multiplier=1,
        # A message that was not done with for as long is brought again. For a long job that does nothing; for one whose
        # worker died it is time, since its row is free by then.
        broker_transport_options={
            "visibility_timeout": int(2 * jobs.LOST_AFTER.total_seconds()),
            "socket_connect_timeout": ANSWER_WITHIN,
            "socket_timeout": 10 * ANSWER_WITHIN,
            "socket_keepalive": True,
        },
        task_publish_retry_policy={"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0},
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,  # our log is lines of JSON on standard error
        worker_enable_remote_control=False,
        worker_proc_alive_timeout=60,
    )
    return celery


def call(celery: Celery, job_id: UUID) -> None:
    """Tell some worker of a job. Where Redis does not answer, a worker finds the row a little later."""
    try:
        celery.send_task(DO, args=[str(job_id)], queue=QUEUE)
    except (NoAnswer, RedisError, OSError) as fault:
        log.warning("no worker could be called", job=str(job_id), fault=type(fault).__name__)


class Ear:
    """Whether a worker process still hears messages.

    Celery's loop has been seen to wait for ever on a connection that Redis had broken off, with either of its loops.
    """

    def __init__(self) -> None:
        self.listens = self.busy = False
        self.unheard = 0

    @contextmanager
    def at_work(self) -> Iterator[None]:
        self.busy = True
        try:
            yield
        finally:
            self.busy, self.unheard = False, 0

    def is_deaf(self, messages: int) -> bool:
        """Asked from time to time with how many messages wait: idle ears should have heard them."""
        idle = self.listens and not self.busy
        self.unheard = self.unheard + 1 if idle and messages else 0
        return self.unheard >= DEAF_AFTER


def work(app: Flask) -> None:
    """Do the jobs that messages name, one at a time, until stopped.

    A process of its own listens, and another follows it when it was killed or had gone deaf. Whoever is asked to stop
    asks it in turn, and waits until its job has ended or is handed back.
    """
    child = 0

    def pass_on() -> None:
        if child:
            os.kill(child, signal.SIGTERM)

    stopping.heed(pass_on)
    while not stopping.is_asked():
        child = os.fork()
        if child == 0:
            stopping.heed()  # there is nobody to pass it on to
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)  # ends with us, once its job is done
            _listen(app)
            os._exit(0)
        if stopping.is_asked():  # while it was forked, and had no number yet
            os.kill(child, signal.SIGTERM)
        _, ended = os.waitpid(child, 0)
        child = 0
        if ended == 0 or stopping.is_asked():
            return
        log.warning("a worker process ended, and another begins", status=ended)
        time.sleep(jobs.PAUSE)


def _listen(app: Flask) -> None:
    celery, ear = engine(app.config["REDIS_URL"]), Ear()

    @celery.task(name=DO)  # type: ignore[untyped-decorator]  # Celery ships no types
    def do(job_id: str) -> None:
        try:
            with ear.at_work():
                jobs.do(app, UUID(job_id))
        except (OperationalError, InterfaceError):
            log.exception("the database does not answer")

    def hear(**rest: object) -> None:
        if not ear.listens:
            ear.listens = True
            _heed_beside_celery()

    worker_ready.connect(hear, weak=False)
    threading.Thread(target=_look_after, args=(app, celery, ear), daemon=True).start()
    worker: Any = celery.Worker(
        pool="solo",
        concurrency=1,
        hostname=f"tracker-{os.getpid()}@%h",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        loglevel="WARNING",
        quiet=True,
    )
    worker.start()


def _heed_beside_celery() -> None:
    """Celery, which has begun to heed SIGTERM, takes no further message then; its job may end within a while."""
    by_celery: Any = signal.getsignal(signal.SIGTERM)
    stopping.heed(lambda: by_celery(signal.SIGTERM, None))
    if stopping.is_asked():  # before Celery heeded it
        by_celery(signal.SIGTERM, None)


def _look_after(app: Flask, celery: Celery, ear: Ear) -> None:
    """What no message asks for: what is due, and jobs whose message is lost."""
    while True:
        try:
            jobs.do_ticks(app)
            if ear.is_deaf(send_again(app, celery)):
                os._exit(DEAF)
        except (OperationalError, InterfaceError):
            log.exception("the database does not answer")
        except (NoAnswer, RedisError, OSError) as fault:
            log.warning("Redis does not answer", fault=type(fault).__name__)
        time.sleep(LOOK_EVERY.total_seconds())


def send_again(app: Flask, celery: Celery) -> int:
    """Send a message for each job that waits, the longest waiting first, unless enough are on their way.

    Whoever still waits while the queue is short has most likely lost its message. If not, the second does nothing.
    Returns how many were on their way already.
    """
    with celery.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1)
        on_their_way: int = connection.default_channel.queue_declare(QUEUE).message_count
    with app.app_context():
        waiting = jobs.waiting(max(0, SENT_AGAIN - on_their_way))
    for job_id in waiting:
        call(celery, job_id)
    return on_their_way
