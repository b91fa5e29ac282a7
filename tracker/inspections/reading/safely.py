"""Files read in processes of their own, held to ``bounds``, so that no file can hurt the one that asks."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from types import TracebackType

from tracker.inspections.reading import bounds
from tracker.inspections.reading.readings import Reading, from_data
from tracker.inspections.reading.refusals import Unreadable
from tracker.platform.errors import Refused

TOO_SLOW = "Reading this file takes longer than a report may. It is damaged, or no report. Download it again."
STOPPED = "This file stops the reader. It is damaged, or no report. Download it again from reports.ofsted.gov.uk."
NOT_STARTED = "The reader does not start, so no file was read. What it said about it stands above."
QUESTIONS_A_PROCESS = 2
"""So that none waits for its next file while the last answer is looked at. No more, so that memory stays small."""
Outcome = Reading | Unreadable


class Readers:
    """Processes that read side by side (``pool``), asked by number."""

    def __init__(self, library_folder: Path, count: int) -> None:
        self._command = [
            sys.executable, "-P", "-m", "tracker.inspections.reading.pool",  # -P: nothing runs that lies in this folder
            str(library_folder), str(count), str(bounds.LONGEST_WAIT),
        ]  # fmt: skip
        self.answered = 0

    def __enter__(self) -> "Readers":
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the one that asks, who then ends them in order
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End them all; they end by themselves if this process is killed."""
        self._process.communicate()

    def ask(self, number: int, path: Path) -> None:
        assert self._process.stdin is not None  # noqa: S101 - a pipe
        self._process.stdin.write(f"{number} {json.dumps(str(path.absolute()))}\n".encode())
        self._process.stdin.flush()

    def answer(self) -> tuple[int, Outcome]:
        """The next that is ready. Raises BrokenPipeError if they have all ended."""
        assert self._process.stdout is not None  # noqa: S101 - a pipe
        number, _, line = self._process.stdout.readline().partition(b" ")
        if not line.endswith(b"\n"):
            raise BrokenPipeError
        self.answered += 1
        answer = json.loads(line)
        return int(number), Unreadable(answer["refused"]) if "refused" in answer else from_data(answer["reading"])


def read_safely(path: Path, library_folder: Path) -> Reading:
    """``reader.read`` in a process of its own. Raises Unreadable with a sentence, whatever the file does."""
    for _, outcome in read_all([path], library_folder, processes=1):
        if isinstance(outcome, Reading):
            return outcome
        raise outcome
    raise AssertionError("every file has an outcome")


def read_all(
    paths: Iterable[Path], library_folder: Path, processes: int | None = None
) -> Iterator[tuple[Path, Outcome]]:
    """Each file with its reading or why it has none, as they come, on all cores. One bad file stops nothing."""
    count = max(1, processes or len(os.sched_getaffinity(0)))
    waiting = enumerate(paths)
    while asked := dict(islice(waiting, QUESTIONS_A_PROCESS * count)):
        with Readers(library_folder, count) as readers:
            try:
                yield from _answers(readers, asked, waiting)
            except BrokenPipeError:
                if not readers.answered:
                    raise Refused(NOT_STARTED) from None
        yield from ((path, Unreadable(STOPPED)) for path in asked.values())


def _answers(
    readers: Readers, asked: dict[int, Path], waiting: Iterator[tuple[int, Path]]
) -> Iterator[tuple[Path, Outcome]]:
    """One more is asked for with each answer. What has no answer stays in ``asked``."""
    for number, path in asked.items():
        readers.ask(number, path)
    while asked:
        number, outcome = readers.answer()
        path = asked.pop(number)
        for following, one in islice(waiting, 1):
            asked[following] = one
            readers.ask(following, one)
        yield path, outcome
