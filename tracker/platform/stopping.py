"""Stopping a worker process as an operator asks for it: a job may end within a while, and is handed back after it."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

GRACE = 20.0
"""Seconds that a job may go on once its worker is asked to stop. Our choice: less than systemd and gunicorn wait."""


class Stopped(BaseException):
    """Raised in the midst of a job whose worker has to stop. Not an Exception: no task takes it for a fault."""


@dataclass
class _Stop:
    asked: bool = False
    in_a_job: bool = False


_stop = _Stop()


def heed(then: Callable[[], object] | None = None) -> None:
    """From now on SIGTERM asks this process, whose main thread does jobs, to stop, and ``then`` is called."""

    def ask(*_: object) -> None:
        _stop.asked = True
        signal.setitimer(signal.ITIMER_REAL, GRACE)
        if then is not None:
            then()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGALRM, _end)


def is_asked() -> bool:
    return _stop.asked


@contextmanager
def may_be_cut_off() -> Iterator[None]:
    """What is done inside may raise Stopped."""
    _stop.in_a_job = True
    try:
        yield
    finally:
        _stop.in_a_job = False


def _end(*_: object) -> None:
    if _stop.in_a_job:
        raise Stopped
