"""A process held to limits: one of another's, or that of ``apart``, whose one question it answers."""

import importlib
import json
import os
import resource
import signal
import sys
import traceback
from dataclasses import dataclass
from typing import Any

from tracker.platform.errors import Refused

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one call may take. Source: our choice; a document of a hundred pages takes a tenth of each."""

    memory: int = 1024 * MEGABYTE
    """Address space in bytes."""
    cpu: int = 60
    """Seconds of processor time."""
    wait: float = 120
    """Seconds until its answer."""
    file: int = 200 * MEGABYTE
    """Bytes of each file that it writes."""
    answer: int = 50 * MEGABYTE
    """Bytes of its answer, as JSON."""


TOO_LARGE = "Working on this file takes more memory than it may. Save it again as a smaller file and add that."
STOPPED = "This file stops the program that works on it. It may be damaged: open it, save it again and add that."


def hold_to(*, memory: int, memory_of_its_own: int | None = None) -> None:
    """Bound this process's address space, and of that what is no code, in bytes. It leaves no picture of itself.

    The kernel keeps the bounds whatever a file does.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if memory_of_its_own is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (memory_of_its_own, memory_of_its_own))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def say_nothing() -> None:
    """A library that gives a file up says so where nobody reads it; the answer has a way of its own."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def main() -> None:
    """The process's whole life."""
    question = json.loads(sys.stdin.buffer.read())
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as way:
        say_nothing()
        limits = Limits(**question["limits"])
        _hold(limits)
        way.write(_line(question["place"], question["arguments"], limits.answer))


def _hold(limits: Limits) -> None:
    hold_to(memory=limits.memory)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file, limits.file))
    signal.setitimer(signal.ITIMER_REAL, limits.wait + 1)  # nobody ends it if the one that asked was killed


def _line(place: str, arguments: list[Any], largest: int) -> bytes:
    try:
        line = _as_json({"answer": _done(place, arguments)})
    except Refused as refused:
        return _as_json({"refused": str(refused)})
    except MemoryError:
        return _as_json({"failed": "MemoryError", "sentence": TOO_LARGE})
    except Exception as error:  # an edge: the process ends here, and the one that asked writes it down
        return _as_json({"failed": _where(error), "sentence": STOPPED})
    if len(line) > largest:
        return _as_json({"failed": f"an answer of {len(line)} bytes", "sentence": TOO_LARGE})
    return line


def _done(place: str, arguments: list[Any]) -> Any:
    module, _, function = place.partition(":")
    return getattr(importlib.import_module(module), function)(*arguments)


def _where(error: Exception) -> str:
    """The kind of fault and its lines of code. What it says may quote the file, and a log is no place for that."""
    return f"{type(error).__name__} at {' '.join(traceback.format_tb(error.__traceback__))}"


def _as_json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer).encode() + b"\n"


if __name__ == "__main__":
    main()
