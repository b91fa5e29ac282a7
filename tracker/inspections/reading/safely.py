"""Files read in a process of their own, held to ``bounds``, so that no file can hurt the one that asks."""

import json
import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from tracker.inspections.reading import bounds
from tracker.inspections.reading.readings import Reading, from_data
from tracker.inspections.reading.refusals import Unreadable

TOO_SLOW = "Reading this file takes longer than a report may. It is damaged, or no report. Download it again."
STOPPED = "This file stops the reader. It is damaged, or no report. Download it again from reports.ofsted.gov.uk."
Outcome = Reading | Unreadable


class Worker:
    """A process that reads one file after another, begun again whenever a file has stopped it."""

    def __init__(self, library_folder: Path) -> None:
        self._command = [sys.executable, "-m", "tracker.inspections.reading.worker", str(library_folder)]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def read(self, path: Path) -> Reading:
        """Raises Unreadable as ``reader.read`` does, and if the file stops the process or keeps it too long."""
        bounds.check_file(path)
        answer = self._ask(path)
        if "refused" in answer:
            raise Unreadable(answer["refused"])
        return from_data(answer["reading"])

    def _ask(self, path: Path) -> dict[str, Any]:
        process = self._running()
        try:
            line = _exchange(process, json.dumps(str(path.resolve())))
            answer: dict[str, Any] = json.loads(line)
        except TimeoutError:
            self._stop()
            raise Unreadable(TOO_SLOW) from None
        except (OSError, ValueError):
            code = self._stop()
            raise Unreadable(TOO_SLOW if code in (-9, -24) else STOPPED) from None
        return answer

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
        return self._process

    def _stop(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        ended = process.poll()
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        return process.wait() if ended is None else ended


def _exchange(process: "subprocess.Popen[bytes]", question: str) -> bytes:
    """Send one line, and wait for one. An answer without an end means that the process has stopped."""
    assert process.stdin is not None  # noqa: S101 - a pipe
    assert process.stdout is not None  # noqa: S101 - a pipe
    process.stdin.write(question.encode() + b"\n")
    until = time.monotonic() + bounds.LONGEST_WAIT
    pieces: list[bytes] = []
    while not (pieces and pieces[-1].endswith(b"\n")):
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        piece = os.read(process.stdout.fileno(), 1 << 16)
        if not piece:
            raise OSError("the process has stopped")
        pieces.append(piece)
    return b"".join(pieces)


def read_safely(path: Path, library_folder: Path) -> Reading:
    """``reader.read`` in a process of its own. Raises Unreadable with a sentence, whatever the file does."""
    with Worker(library_folder) as worker:
        return worker.read(path)


def read_all(
    paths: Sequence[Path], library_folder: Path, processes: int | None = None
) -> Iterator[tuple[Path, Outcome]]:
    """Each file with its reading or why it has none, as they come, on all cores. One bad file stops nothing."""
    waiting: queue.SimpleQueue[Path] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[Path, Outcome]] = queue.SimpleQueue()
    for path in paths:
        waiting.put(path)
    count = max(1, min(processes or os.cpu_count() or 1, len(paths)))
    threads = [threading.Thread(target=_work, args=(waiting, done, library_folder), daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for _ in paths:
        yield done.get()
    for thread in threads:
        thread.join()


def read_folder(folder: Path, library_folder: Path, processes: int | None = None) -> Iterator[tuple[Path, Outcome]]:
    """Every PDF in a folder and the folders in it, as ``read_all`` gives them."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
    yield from read_all(paths, library_folder, processes)


def _work(
    waiting: "queue.SimpleQueue[Path]", done: "queue.SimpleQueue[tuple[Path, Outcome]]", library_folder: Path
) -> None:
    with Worker(library_folder) as worker:
        while True:
            try:
                path = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                done.put((path, worker.read(path)))
            except Unreadable as refused:
                done.put((path, refused))
