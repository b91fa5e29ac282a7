"""The one door to age: a stream is sealed for the holders of keys, and opened by one of them. Never whole in memory.

Whoever seals needs only the public half of a key: what serves people cannot read its own old backups.
"""

import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from pyrage import passphrase, x25519

from tracker.platform.errors import Refused

PIECE = 1024 * 1024
BEGINNING = b"age-encryption.org/v1"
SECRET = "AGE-SECRET-KEY-"  # noqa: S105  # how age begins one

NOT_OPENED = "This key does not open this backup. Use the secret half of the key that it was made for."
DAMAGED = "The backup is damaged or was cut short: use another copy or an earlier backup."
KEY_LOCKED = "The passphrase does not open the key. Check it and try again."


@dataclass(frozen=True)
class SecretKey:
    """What opens backups."""

    identity: Any = field(repr=False)


def new_key(protected_by: str) -> tuple[str, bytes]:
    """A new pair of keys: the public half as text, and what to keep of the secret half.

    ``protected_by`` is the passphrase that opens the secret half; empty: whoever has the file has the key.
    """
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    written = f"# public key: {public}\n{identity}\n".encode()
    return public, passphrase.encrypt(written, protected_by) if protected_by else written


def is_public(key: str) -> bool:
    try:
        x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        return False
    return True


def is_locked(file: Path) -> bool:
    """Whether a key file asks for a passphrase."""
    return file.read_bytes().startswith(BEGINNING)


def secret_key(file: Path, protected_by: str) -> SecretKey:
    """The secret half that a key file holds.

    Raises Refused when the passphrase is wrong or the file holds no key.
    """
    written = file.read_bytes()
    if written.startswith(BEGINNING):
        try:
            written = passphrase.decrypt(written, protected_by)
        except pyrage.DecryptError:
            raise Refused(KEY_LOCKED) from None
    for line in written.decode("utf-8", errors="replace").splitlines():
        if line.startswith(SECRET):
            try:
                return SecretKey(x25519.Identity.from_str(line.strip()))
            except pyrage.IdentityError:
                break
    raise Refused(f"{file} holds no key of a backup. Make one with: tracker backup key {file}")


class _Pulled:
    """What a generator yields, read as from a file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces = iter(pieces)
        self.left = memoryview(b"")
        self.fault: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self.left:
                self.left = memoryview(next(self.pieces))
        except StopIteration:
            return b""
        except BaseException as fault:
            self.fault = fault
            raise
        taken, self.left = self.left[:size], self.left[size:]
        return bytes(taken)


def seal(pieces: Iterable[bytes], to: BinaryIO, keys: Sequence[str]) -> None:
    """Write what ``pieces`` yields so that each of the public ``keys`` has a secret half that opens it."""
    pulled, pushed = _Pulled(pieces), _Pushed(to)
    try:
        pyrage.encrypt_io(pulled, pushed, [x25519.Recipient.from_str(key) for key in keys])
    except Exception:
        if fault := pulled.fault or pushed.fault:  # it would only be told as text
            raise fault from None
        raise


class _Pushed:
    """A file that is written to, and what kept it from being written."""

    def __init__(self, to: BinaryIO) -> None:
        self.to = to
        self.fault: OSError | None = None

    def write(self, piece: bytes) -> int:
        try:
            return self.to.write(piece)
        except OSError as fault:
            self.fault = fault
            raise

    def flush(self) -> None:
        self.to.flush()


class Opened:
    """The plain bytes of a sealed file, in order, while a thread deciphers it."""

    def __init__(self, file: Path, key: SecretKey) -> None:
        reading, writing = os.pipe()
        self.stream: BinaryIO = os.fdopen(reading, "rb")
        self._file, self._key, self._to = file, key, os.fdopen(writing, "wb")
        self._fault: Refused | None = None
        self._thread = threading.Thread(target=self._decipher, daemon=True)
        self._thread.start()

    def _decipher(self) -> None:
        pushed = _Pushed(self._to)
        try:
            with self._file.open("rb") as sealed:
                pyrage.decrypt_io(sealed, pushed, [self._key.identity])
            self._to.flush()
        except pyrage.DecryptError as error:
            self._fault = Refused(NOT_OPENED if "key" in str(error) else DAMAGED)
        except OSError:
            self._fault = None if pushed.fault else Refused(DAMAGED)  # else: whoever reads has gone
        finally:
            with suppress(OSError):  # whoever reads has gone
                self._to.close()

    def finish(self) -> None:
        """Read what is left, so that the last byte is known to be as it was sealed.

        Raises Refused when the file was altered or cut anywhere.
        """
        while self.stream.read(PIECE):
            pass
        self.close()
        if self._fault is not None:
            raise self._fault

    def close(self) -> None:
        self.stream.close()
        self._thread.join()

    @property
    def fault(self) -> Refused | None:
        """Why the stream ended early, once it is closed."""
        return self._fault


@contextmanager
def opened(file: Path, key: SecretKey) -> Iterator[Opened]:
    """A sealed file to be read. What whoever reads makes of bytes that end early is told as what ended them."""
    with file.open("rb") as beginning:
        if beginning.read(len(BEGINNING)) != BEGINNING:
            raise Refused(f"{file} is no backup, or its beginning is damaged.")
    sealed = Opened(file, key)
    try:
        yield sealed
    except Exception as error:
        sealed.close()
        if sealed.fault is not None and error is not sealed.fault:
            raise sealed.fault from error
        raise
    finally:
        sealed.close()
