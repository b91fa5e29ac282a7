"""A process that lays out what it is told to, one thing after another, for ``reports.team``.

It reads a line of JSON for each: ``{"section": "<!DOCTYPE…", "anchors": […]}``, or ``{"whole": …}`` with the same. It
says ``{"chapter": 3}`` when the place of the fourth anchor is laid out, answers with ``{"pages": 4, "size": 500}`` and
that many bytes, or with ``{"cannot": "…"}``, and ends when nothing is left to read. It reads and writes nothing else.
"""

import ctypes
import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from reports import laying
from reports.apart import Way, answers, bound_memory
from reports.made import CannotBuild


def main() -> None:
    bound_memory(int(sys.argv[1]))
    end_with_parent()
    forget = memory_given_back()
    gc.disable()  # looking for garbage while laying out is a tenth of the cost: once between two is enough
    with answers() as say:
        for line in sys.stdin.buffer:
            answer(json.loads(line), say)
            gc.collect()
            forget()


def answer(work: dict[str, Any], say: Way) -> None:
    def told(chapter: int) -> None:
        say({"chapter": chapter})

    try:
        if "whole" in work:
            made = laying.whole(work["whole"], work["anchors"], told)
            say({"pages": made.pages, "size": len(made.file)}, made.file)
        else:
            part = laying.section(work["section"], work["anchors"], told)
            file = part.to_bytes()
            say({"pages": part.pages, "size": len(file)}, file)
    except CannotBuild as fault:
        say({"cannot": str(fault)})
    except MemoryError:
        say({"too_large": True})


def end_with_parent() -> None:
    """Whoever is killed cannot end its hands: the kernel does, where it is Linux."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    if os.getppid() == 1:
        sys.exit()


def memory_given_back() -> Callable[[], object]:
    """Something to call when much was freed: glibc keeps it else."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return (lambda: trim(0)) if trim else (lambda: None)


if __name__ == "__main__":
    main()
