"""Work on files that strangers made, done in a process of its own, so that no file can hurt the one that asks.

``call`` names a function, and its arguments and answer are what JSON can say. The process has bounded memory, time and
files, sees none of our settings, and ends with its one answer.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from typing import Any

import structlog

from tracker.platform.errors import Refused
from tracker.platform.held import STOPPED, Limits

log = structlog.get_logger()

USUAL = Limits()

TOO_SLOW = "Working on this file takes longer than it may. Save it again as a smaller file and add that."

KEPT_SETTINGS = ("PATH", "LANG", "LC_ALL", "TMPDIR")
"""Of the environment. Passwords and addresses of services are in the rest."""


class GaveUp(Refused):
    """The call came to no answer, whatever the reason; ``str(error)`` is for the person whose file it was."""


def call(place: str, *arguments: Any, limits: Limits = USUAL) -> Any:
    """What the function that ``place`` names, as ``module:function``, answers to ``arguments``.

    Raises GaveUp when it is too slow, too large, ends early or fails; Refused, with its own words, when it refuses.
    """
    question = json.dumps({"place": place, "arguments": arguments, "limits": asdict(limits)})
    child = subprocess.Popen(  # our own module, no shell
        [sys.executable, "-P", "-m", "tracker.platform.held"],  # -P: nothing runs that lies in this folder
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={name: os.environ[name] for name in KEPT_SETTINGS if name in os.environ},
        start_new_session=True,
    )
    try:
        said, _ = child.communicate(question.encode(), timeout=limits.wait)
    except subprocess.TimeoutExpired:
        raise GaveUp(TOO_SLOW) from None
    finally:
        _end(child)
    return _understood(place, said, child.returncode)


def _end(child: subprocess.Popen[bytes]) -> None:
    """With all that it may have started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()


def _understood(place: str, said: bytes, ended: int) -> Any:
    if not said.endswith(b"\n"):
        log.warning("work apart was stopped", place=place, ended=ended)
        raise GaveUp(TOO_SLOW if ended in {-signal.SIGXCPU, -signal.SIGALRM} else STOPPED)
    answer = json.loads(said)
    if "refused" in answer:
        raise Refused(answer["refused"])
    if "failed" in answer:
        log.warning("work apart failed", place=place, fault=answer["failed"])
        raise GaveUp(answer["sentence"])
    return answer["answer"]
