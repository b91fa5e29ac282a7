"""A document made in a process apart, which a worker watches: how far it is, and that it takes no more than it may.

That process lets others lay out sections beside each other, and joins them; the bounds are on all of them together. It
stays for the next pack, so that only the first waits for WeasyPrint to be loaded. It is ended when it takes longer or
more memory than the settings allow, when somebody cancels, and after a number of packs.
"""

import atexit
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

from flask import current_app

from reports.contents import PackContents
from tracker.platform.errors import Refused
from tracker.settings import PROJECT

LOOK = 0.2
"""Seconds between two looks at the process's memory."""
ASK = 1.0
"""Seconds between two looks whether somebody has cancelled."""
PACKS_EACH = 50
"""How many packs one process makes. Measured: renders after the first add no memory that matters to 50."""
HEADROOM = 1024 * 1024 * 1024
"""Bytes of address space beyond the memory that may be taken: libraries and fonts are mapped, not held."""
KEPT_SETTINGS = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
"""Of the environment. Passwords and addresses of services are in the rest."""


@dataclass(frozen=True)
class Made:
    file: bytes
    pages: int


@dataclass
class Renderer:
    """One process, warm between packs."""

    most_memory: int
    hands: int
    folder: str
    done: int = 0
    _rest: bytes = b""
    _child: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self._child = subprocess.Popen(  # noqa: S603 our own module, no shell
            [
                sys.executable,
                "-m",
                "reports.renderer",
                str(self.most_memory + HEADROOM),
                str(self.hands),
                self.folder,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=PROJECT,
            process_group=0,  # its hands are of it too, and end with it
            env={name: os.environ[name] for name in KEPT_SETTINGS if name in os.environ},
        )

    @property
    def made_for(self) -> tuple[int, int, str]:
        return self.most_memory, self.hands, self.folder

    @property
    def is_fit(self) -> bool:
        return self._child.poll() is None and self.done < PACKS_EACH

    def end(self) -> None:
        for stream in (self._child.stdin, self._child.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()

    def rendered(self, contents: PackContents, *, told: Callable[[int], None], look: Callable[[], None]) -> Made:
        """Raises Refused with what is wrong. ``look`` is called every second, and may raise to stop it."""
        self.done += 1
        until = time.monotonic() + current_app.config["PACK_SECONDS"]
        self._ask(contents)
        while True:
            answer = json.loads(self._line(until, look))
            if "chapter" in answer:
                told(answer["chapter"])
            elif "pages" in answer:
                return Made(self._bytes(answer["size"], until, look), answer["pages"])
            else:
                raise Refused(answer.get("cannot") or _too_large())

    def _ask(self, contents: PackContents) -> None:
        way = cast("IO[bytes]", self._child.stdin)
        with suppress(BrokenPipeError):  # reading its answer tells that it has ended
            way.write(json.dumps(contents.to_json()).encode() + b"\n")
            way.flush()

    def _line(self, until: float, look: Callable[[], None]) -> bytes:
        while b"\n" not in self._rest:
            self._read(until, look)
        line, _, self._rest = self._rest.partition(b"\n")
        return line

    def _bytes(self, size: int, until: float, look: Callable[[], None]) -> bytes:
        while len(self._rest) < size:
            self._read(until, look)
        file, self._rest = self._rest[:size], self._rest[size:]
        return file

    def _read(self, until: float, look: Callable[[], None]) -> None:
        """More of the answer; meanwhile the bounds are kept."""
        way = cast("IO[bytes]", self._child.stdout)
        asked = time.monotonic()
        with selectors.DefaultSelector() as ready:
            ready.register(way, selectors.EVENT_READ)
            while not ready.select(LOOK):
                now = time.monotonic()
                if now > until:
                    raise Refused(_too_slow())
                if _memory_of(self._child.pid) > self.most_memory:
                    raise Refused(_too_large())
                if now > asked + ASK:
                    look()
                    asked = now
        piece = os.read(way.fileno(), 1024 * 1024)
        if not piece:
            raise Refused("The program that makes packs stopped. Try again; if it stops again, tell support.")
        self._rest += piece


_kept: list[Renderer] = []


def rendered(contents: PackContents, *, told: Callable[[int], None], look: Callable[[], None]) -> Made:
    """The PDF, made by the process that this worker keeps. Raises Refused with a sentence, or what ``look`` raises."""
    config = current_app.config
    asked = (config["PACK_MEMORY"], config["PACK_PROCESSES"], config["PACK_FOLDER"])
    if not _kept or not _kept[0].is_fit or _kept[0].made_for != asked:
        end()
        _kept.append(Renderer(*asked))
    try:
        return _kept[0].rendered(contents, told=told, look=look)
    except BaseException:
        end()  # whatever it is doing, nobody waits for it any more
        raise


@atexit.register
def end() -> None:
    """End the process that is kept."""
    while _kept:
        _kept.pop().end()


def _memory_of(pid: int) -> int:
    """Bytes that a process and those it started hold; 0 where the system does not tell."""
    held = 0
    with suppress(OSError):
        held = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        held += sum(_memory_of(int(child)) for child in started)
    return held


def _too_slow() -> str:
    minutes = current_app.config["PACK_SECONDS"] / 60
    return f"Making this pack took longer than the {minutes:g} minutes that it may. {_LESS}"


def _too_large() -> str:
    megabytes = current_app.config["PACK_MEMORY"] // (1024 * 1024)
    return f"Making this pack took more than the {megabytes:,} MB of memory that it may. {_LESS}"


_LESS = "Take what is not needed out of it, or ask whoever runs this service to allow more."


def progress(titles: Sequence[str], place: int) -> dict[str, Any]:
    """What a page is told of it: how many chapters are done, of how many, and which is being laid out now."""
    now = titles[place] if place < len(titles) else ""
    return {"done": place, "of": len(titles), "now": now}
