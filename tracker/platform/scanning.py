"""Asks ClamAV whether a file holds something harmful, by clamd's own INSTREAM protocol (clamd(8), "COMMANDS").

Each piece goes with its length before it, in four bytes, the last with a length of nothing; one line comes back.
"""

import contextlib
import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import current_app

CONNECT_WITHIN = 10
"""Seconds. Our choice."""
ANSWER_WITHIN = 300
"""Seconds that a scan may take after the last piece was sent. Our choice; clamd's own bound is two minutes."""
LONGEST_ANSWER = 4096


class NotScanned(Exception):
    """No verdict was to be had; ``str(error)`` says why, for the operator."""


def is_on() -> bool:
    return bool(current_app.config["CLAMD"])


def found_in(pieces: Iterable[bytes]) -> str:
    """The name of what is harmful in a file, or empty when it is clean. Raises NotScanned when nobody can tell."""
    try:
        with _connected(current_app.config["CLAMD"]) as clamd:
            _send(clamd, pieces)
            answer = _answer(clamd)
    except OSError as error:
        raise NotScanned(f"clamd does not answer: {error}") from None
    return _understood(answer)


def _connected(address: str) -> socket.socket:
    place = urlsplit(address)
    if place.scheme == "tcp":
        connection = socket.create_connection((place.hostname or "", place.port or 0), timeout=CONNECT_WITHIN)
    else:
        connection = _connected_here(place.path)
    connection.settimeout(ANSWER_WITHIN)
    return connection


def _connected_here(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(CONNECT_WITHIN)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        raise
    return connection


def _send(clamd: socket.socket, pieces: Iterable[bytes]) -> None:
    """A clamd that has had enough says so and hangs up: what it said is read all the same."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        clamd.sendall(b"zINSTREAM\0")
        for piece in pieces:
            clamd.sendall(struct.pack("!L", len(piece)))
            clamd.sendall(piece)
        clamd.sendall(struct.pack("!L", 0))


def _answer(clamd: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_ANSWER and (more := clamd.recv(LONGEST_ANSWER)):
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _understood(answer: str) -> str:
    """
    >>> _understood("stream: OK"), _understood("stream: Eicar-Signature FOUND")
    ('', 'Eicar-Signature')
    """
    verdict = answer.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    raise NotScanned(f"clamd says: {answer or 'nothing'}")
