"""A second implementation of ClamAV's daemon, for tests: it speaks INSTREAM and knows one harmful word."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

HARMFUL = b"planted harm"
FOUND = "Planted-Harm"


@dataclass
class Clamd:
    """A daemon that answers on ``address`` and remembers how much it was sent."""

    address: str
    largest: int
    """Bytes of a stream that it takes before it has had enough."""
    scanned: int = 0

    def answer(self, stream: BinaryIO) -> bytes:
        if stream.read(len(b"zINSTREAM\0")) != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND\0"
        content = b""
        while length := struct.unpack("!L", stream.read(4))[0]:
            content += stream.read(length)
            if len(content) > self.largest:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.scanned += 1
        return f"stream: {FOUND} FOUND\0".encode() if HARMFUL in content else b"stream: OK\0"


@contextmanager
def a_clamd(*, largest: int = 10 * 1024 * 1024) -> Iterator[Clamd]:
    """On loopback, until the block ends."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(clamd.answer(cast("BinaryIO", self.rfile)))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        clamd = Clamd(f"tcp://127.0.0.1:{server.server_address[1]}", largest)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield clamd
        server.shutdown()
        thread.join()
