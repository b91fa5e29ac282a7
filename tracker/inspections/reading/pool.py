"""The process that keeps those that read: ``python -m tracker.inspections.reading.pool FRAMEWORKS COUNT WAIT``.

It loads the reader once and opens no file. Those that do are forked from it, which costs a hundredth of a start. One
that a file has stopped is replaced; one that has said nothing for WAIT seconds is stopped. A question is a line with a
number and a path, its answer a line with that number and what was read; when no more questions can come, all ends.
"""

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from pathlib import Path

from tracker.frameworks.library import Library, load
from tracker.inspections.reading.safely import STOPPED, TOO_SLOW
from tracker.inspections.reading.worker import GIVEN_UP, work

STANDARD_INPUT = 0
PIECE = 1 << 16
FILES_A_PROCESS = 100
"""Files after which a process makes way for a new one, so that what files leave behind does not add up. Our choice."""


class Worker:
    """A forked process that reads, and the question it has."""

    def __init__(self, library: Library, others: list["Worker"]) -> None:
        self.ours, theirs = socket.socketpair()
        self.question = b""
        """The number of the question; empty while it has none."""
        self.questions = 0
        self.heard = 0.0
        self._said: list[bytes] = []
        self._process = os.fork()
        if self._process == 0:
            _serve(theirs, [self, *others], library)
        theirs.close()

    def ask(self, line: bytes) -> None:
        self.question, _, path = line.partition(b" ")
        self.questions += 1
        self.heard = time.monotonic()
        with contextlib.suppress(OSError):  # one that has just ended is found to have when it is listened to
            self.ours.sendall(path + b"\n")

    def hear(self) -> bytes | None:
        """The answer once it is whole. Raises OSError if the process has ended instead."""
        piece = self.ours.recv(PIECE)
        if not piece:
            raise ConnectionResetError
        self.heard = time.monotonic()
        self._said.append(piece)
        return b"".join(self._said) if piece.endswith(b"\n") else None

    def rest(self) -> None:
        self.question, self._said = b"", []

    def stop(self) -> int:
        """How it ended: the signal that had ended it, as a negative number, if one had."""
        os.kill(self._process, signal.SIGKILL)
        self.ours.close()
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])


def _serve(asked: socket.socket, others: list[Worker], library: Library) -> None:
    """The forked process's whole life. Were it to keep an end of another's connection, none would see that close."""
    try:
        for other in others:
            other.ours.close()
        work(asked, library)
    finally:
        os._exit(0)


class Pool:
    def __init__(self, library: Library, count: int, wait: float) -> None:
        self._library = library
        self._count = count
        self._wait = wait
        self._waiting: deque[bytes] = deque()
        self._begun = b""
        self._workers: list[Worker] = []
        self._heard = selectors.DefaultSelector()
        self._heard.register(STANDARD_INPUT, selectors.EVENT_READ)

    def run(self) -> None:
        """Answer until no more questions can come; what is then still being read is given up."""
        try:
            while self._listen():
                self._give_up()
                self._hand_out()
        finally:
            for worker in self._workers:
                worker.stop()

    def _listen(self) -> bool:
        for key, _ in self._heard.select(self._patience()):
            if key.data is not None:
                self._hear(key.data)
            elif not self._take_in():
                return False
        return True

    def _patience(self) -> float | None:
        until = [worker.heard + self._wait for worker in self._workers if worker.question]
        return max(0.0, min(until) - time.monotonic()) if until else None

    def _take_in(self) -> bool:
        piece = os.read(STANDARD_INPUT, PIECE)
        *whole, self._begun = (self._begun + piece).split(b"\n")
        self._waiting.extend(whole)
        return bool(piece)

    def _hear(self, worker: Worker) -> None:
        try:
            answer = worker.hear()
        except OSError:
            self._refuse(worker, self._without(worker))
            return
        if answer is not None:
            _say(worker.question, answer)
            worker.rest()
            if worker.questions >= FILES_A_PROCESS or answer == GIVEN_UP:
                self._without(worker)

    def _give_up(self) -> None:
        for worker in list(self._workers):
            if worker.question and time.monotonic() - worker.heard >= self._wait:
                self._without(worker)
                self._refuse(worker, -signal.SIGXCPU)

    def _hand_out(self) -> None:
        free = [worker for worker in self._workers if not worker.question]
        while self._waiting and (free or len(self._workers) < self._count):
            (free.pop() if free else self._another()).ask(self._waiting.popleft())

    def _another(self) -> Worker:
        worker = Worker(self._library, self._workers)
        self._workers.append(worker)
        self._heard.register(worker.ours, selectors.EVENT_READ, worker)
        return worker

    def _without(self, worker: Worker) -> int:
        self._heard.unregister(worker.ours)
        self._workers.remove(worker)
        return worker.stop()

    def _refuse(self, worker: Worker, ended: int) -> None:
        if worker.question:
            sentence = TOO_SLOW if ended == -signal.SIGXCPU else STOPPED
            _say(worker.question, json.dumps({"refused": sentence}).encode() + b"\n")


def _say(question: bytes, answer: bytes) -> None:
    sys.stdout.buffer.write(question + b" " + answer)
    sys.stdout.buffer.flush()


def main() -> None:
    folder, count, wait = sys.argv[1:]
    pool = Pool(load(Path(folder)), int(count), float(wait))
    gc.collect()
    gc.freeze()  # what is loaded stays shared between the processes
    with contextlib.suppress(BrokenPipeError):
        pool.run()


if __name__ == "__main__":
    main()
