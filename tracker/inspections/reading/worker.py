"""The process that opens files. Whatever a hostile file does to it, it is this process and no other.

It is asked with the path of a report on a line, and answers with one line of JSON: what was read, or why not.
"""

import json
import socket
from pathlib import Path
from typing import Any

from tracker.frameworks.library import Library
from tracker.inspections.reading import bounds
from tracker.inspections.reading.reader import read
from tracker.inspections.reading.readings import to_data
from tracker.platform import held
from tracker.platform.errors import Refused

TOO_LARGE = "Reading this file takes more memory than a report may. It is damaged, or no report."


def work(asked: socket.socket, library: Library) -> None:
    """Answer until nobody asks any more."""
    held.say_nothing()
    bounds.limit_process()
    with asked.makefile("rb") as questions:
        for question in questions:
            bounds.limit_next_file()
            asked.sendall(answer(Path(json.loads(question)), library))


def answer(path: Path, library: Library) -> bytes:
    """``{"reading": …}`` or ``{"refused": SENTENCE}``.

    PDFium leaves text out without a word when it is short of memory, so what was read near the bound is not believed.
    """
    said = _read(path, library)
    return GIVEN_UP if len(said) > bounds.LARGEST_READING or bounds.memory_taken() > bounds.MOST_TAKEN else said


def _read(path: Path, library: Library) -> bytes:
    try:
        return _line({"reading": to_data(read(path, library))})
    except Refused as refused:
        return _line({"refused": str(refused)})
    except MemoryError:
        return GIVEN_UP


def _line(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer).encode() + b"\n"


GIVEN_UP = _line({"refused": TOO_LARGE})
