"""Files of evidence through a real worker process: how long an upload takes beside ``cat``, and how much memory.

Both write the same file to the same disk; ``cat`` only copies, an upload also comes over a connection, is told from
what it holds, is named by its SHA-256 and written down. The memory is the worker's highest, as the kernel kept it.
"""

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from tests import real_server
from tests.real_server import Server
from tracker.platform.storage import CHUNK
from tracker.settings import MEGABYTE

SIZES = (2, 20, 200)
"""Megabytes; the last is the largest file that is taken."""
REPEATS = 5
MOST_TIMES = 30.0
"""Times as long as ``cat``. Our choice: the bytes are moved five times (into the connection and out of it, to the
request's own file, for the SHA-256, into the store) where ``cat`` moves them once, within its own kernel call, and
Python looks for the end of the part in each of them: two seconds of processor time for 200 MB, of which the search is
half, where ``cat`` takes a tenth of a second. On a busy disk both wait for it, and the figure is smaller."""
MOST_GROWTH = 24 * MEGABYTE
"""Bytes that the worker may need more for 200 MB than for 2 MB. Our choice: pieces of 5 MB on their way to the store,
two at a time and each copied once."""


def run() -> tuple[str, str, bool]:
    """The figure, the target and whether it is met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.update(real_server.settings_in(folder))
        real_server.prepare()
        server = Server(os.environ)
        try:
            server.sign_in()
            return _measured(server, folder)
        finally:
            server.kill()


def _measured(server: Server, folder: Path) -> tuple[str, str, bool]:
    peaks: dict[str, list[int]] = {"up": [], "down": []}
    for number, size in enumerate(SIZES, start=1):
        file = _file(folder, size)
        peaks["up"].append(_peak(server, lambda: _upload(server, file)))  # noqa: B023  # called at once
        peaks["down"].append(_peak(server, lambda: _download(server, number)))  # noqa: B023  # as above
        print(f"{size} MB: up {peaks['up'][-1] // MEGABYTE} MB, down {peaks['down'][-1] // MEGABYTE} MB at most")
    pairs = [(_seconds(lambda: _upload(server, file)), _seconds(lambda: _cat(file))) for _ in range(REPEATS)]
    ratio = median(up / cat for up, cat in pairs)
    print(f"200 MB: up in {median(up for up, _ in pairs):.2f} s, cat in {median(cat for _, cat in pairs):.2f} s")
    growth = max(rows[-1] - rows[0] for rows in peaks.values())
    met = ratio <= MOST_TIMES and growth <= MOST_GROWTH
    figure = f"{ratio:.1f} times cat, {growth / MEGABYTE:.0f} MB more for 200 MB than for 2 MB"
    return figure, f"at most {MOST_TIMES:.0f} times and {MOST_GROWTH // MEGABYTE} MB", met


def _file(folder: Path, size: int) -> Path:
    """A table of figures of so many megabytes, less what is not taken any more."""
    path = folder / f"late visits {size}.csv"
    line = b"month,late,%d\n" % size
    path.write_bytes(line * ((size * MEGABYTE - 1) // len(line)))
    return path


def _upload(server: Server, file: Path) -> None:
    before, after = server.upload(file.name, file.stat().st_size)
    with server.connected() as connection, file.open("rb") as stream:
        connection.sendall(before)
        connection.sendfile(stream)
        connection.sendall(after)
        answer = next(_received(connection))
    if b"302 FOUND" not in answer:
        raise RuntimeError(answer.decode("latin-1"))


def _download(server: Server, number: int) -> None:
    with server.connected() as connection:
        connection.sendall(server.download(number))
        if sum(len(piece) for piece in _received(connection)) < MEGABYTE:
            raise RuntimeError("The file did not come")


def _received(connection: socket.socket) -> Iterator[bytes]:
    while piece := connection.recv(CHUNK):
        yield piece


def _cat(file: Path) -> None:
    """Into another file beside it, which is gone afterwards."""
    copy = file.with_suffix(".copy")
    with copy.open("wb") as stream:
        subprocess.run(["/bin/cat", str(file)], stdout=stream, check=True)
    copy.unlink()


def _peak(server: Server, work: Callable[[], None]) -> int:
    """The most memory, in bytes, that the worker held while it did some work."""
    process = Path(f"/proc/{server.worker}")
    (process / "clear_refs").write_text("5", encoding="ascii")  # proc(5): begins the highest mark anew
    work()
    status = dict(line.split(":", 1) for line in (process / "status").read_text(encoding="ascii").splitlines())
    return int(status["VmHWM"].split()[0]) * 1024


def _seconds(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
