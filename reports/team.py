"""Processes that lay out sections beside each other, each told what to do through a pipe: ``python -m reports.hand``.

They are started when there is something to do, and stay warm. Whoever has a team need not load WeasyPrint.
"""

import json
import os
import selectors
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import IO, Any, cast

from reports.made import CannotBuild, Document, Part, Told


class TooLarge(Exception):
    """A process needed more memory than it may take."""


class Team:
    """Up to ``size`` processes, each of which may map ``most_memory`` bytes. A ``Maker``."""

    def __init__(self, size: int, most_memory: int) -> None:
        self._size, self._most_memory = size, most_memory
        self._hands: list[_Hand] = []
        self._asked: deque[tuple[int, dict[str, Any]]] = deque()

    def ask(self, name: int, source: str, anchors: Sequence[str] = ()) -> None:
        self._asked.append((name, {"section": source, "anchors": list(anchors)}))
        self._hand_out()

    def answer(self, told: Told) -> tuple[int, Part]:
        name, _, file = self._next_done(told)
        return name, Part.from_bytes(file)

    def whole(self, source: str, anchors: Sequence[str], told: Told) -> Document:
        self._free_hand().begin(0, {"whole": source, "anchors": list(anchors)})
        _, pages, file = self._next_done(told)
        return Document(file, pages)

    def processes(self) -> Sequence[int]:
        """Their ids."""
        return [hand.pid for hand in self._hands]

    def end(self) -> None:
        self._asked.clear()
        while self._hands:
            self._hands.pop().end()

    def _hand_out(self) -> None:
        while self._asked and (len(self._hands) < self._size or any(hand.is_free for hand in self._hands)):
            name, work = self._asked.popleft()
            self._free_hand().begin(name, work)

    def _free_hand(self) -> "_Hand":
        """One that has nothing to do. There is one: the team is asked for no more than it can take."""
        for hand in self._hands:
            if hand.is_free:
                return hand
        self._hands.append(_Hand(self._most_memory))
        return self._hands[-1]

    def _next_done(self, told: Told) -> tuple[int, int, bytes]:
        """Name, pages and bytes of the next thing that is done. Raises what its maker met."""
        while True:
            for hand in _ready([hand for hand in self._hands if not hand.is_free]):
                if done := hand.read(told):
                    self._hand_out()
                    return done


class _Hand:
    def __init__(self, most_memory: int) -> None:
        self._name: int | None = None
        self._rest = b""
        self._child = subprocess.Popen(  # noqa: S603 our own module, no shell
            [sys.executable, "-m", "reports.hand", str(most_memory)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def is_free(self) -> bool:
        return self._name is None

    def fileno(self) -> int:
        return cast("IO[bytes]", self._child.stdout).fileno()

    def begin(self, name: int, work: dict[str, Any]) -> None:
        self._name = name
        way = cast("IO[bytes]", self._child.stdin)
        with suppress(BrokenPipeError):  # reading its answer tells that it has ended
            way.write(json.dumps(work).encode() + b"\n")
            way.flush()

    def read(self, told: Told) -> tuple[int, int, bytes] | None:
        """What is done with, once all of it is here."""
        piece = os.read(self.fileno(), 1024 * 1024)
        if not piece:
            raise CannotBuild("The program that makes packs stopped. Try again; if it stops again, tell support.")
        self._rest += piece
        while b"\n" in self._rest:
            line, _, after = self._rest.partition(b"\n")
            words = json.loads(line)
            if "size" in words:
                if len(after) < words["size"]:
                    return None
                name, self._name, self._rest = cast("int", self._name), None, after[words["size"] :]
                return name, words["pages"], after[: words["size"]]
            self._rest = after
            if "cannot" in words:
                raise CannotBuild(words["cannot"])
            if "too_large" in words:
                raise TooLarge
            told(words["chapter"])
        return None

    def end(self) -> None:
        self._child.kill()
        self._child.communicate()


def _ready(hands: Sequence[_Hand]) -> Iterator[_Hand]:
    """Those that have said something. Waits until one has."""
    with selectors.DefaultSelector() as selector:
        for hand in hands:
            selector.register(hand, selectors.EVENT_READ)
        said = selector.select()
    return (cast("_Hand", key.fileobj) for key, _ in said)
