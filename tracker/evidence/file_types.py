"""What an uploaded file really is. Its content decides; its name only tells one kind of plain text from another."""

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

import puremagic

from tracker.evidence import file_soundness
from tracker.platform.errors import Refused

HEAD = 64 * 1024
"""Bytes looked at to tell text from anything else."""


@dataclass(frozen=True)
class FileType:
    suffix: str
    media_type: str
    name: str
    """As a sentence says it: "a Word document"."""


PDF = FileType(".pdf", "application/pdf", "a PDF")
PNG = FileType(".png", "image/png", "a PNG picture")
JPEG = FileType(".jpg", "image/jpeg", "a JPEG picture")
CSV = FileType(".csv", "text/csv", "a CSV file")
TEXT = FileType(".txt", "text/plain", "a text file")
EMAIL = FileType(".eml", "message/rfc822", "an e-mail")
OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = FileType(".docx", f"{OFFICE}wordprocessingml.document", "a Word document")
EXCEL = FileType(".xlsx", f"{OFFICE}spreadsheetml.sheet", "an Excel workbook")
POWERPOINT = FileType(".pptx", f"{OFFICE}presentationml.presentation", "a PowerPoint presentation")

ALLOWED = (PDF, WORD, EXCEL, POWERPOINT, CSV, TEXT, EMAIL, PNG, JPEG)
"""What is taken. Source: our choice; what evidence comes as, and nothing that runs."""

BY_FIRST_BYTES: Mapping[bytes, FileType] = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
BY_MEMBER: Mapping[str, FileType] = {
    "word/document.xml": WORD,
    "xl/workbook.xml": EXCEL,
    "ppt/presentation.xml": POWERPOINT,
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Office files of before 2007 begin, and new ones that a password protects, and mails saved by Outlook."""
HEADER_OF_A_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}\r?\n")
DAMAGED = (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError)
"""What reading a zip archive raises that is not as it should be."""
ACCEPT = ",".join([*(one.suffix for one in ALLOWED), ".jpeg"])
IN_WORDS = "PDF, Word, Excel, PowerPoint, CSV, text, e-mail (.eml), PNG or JPEG"
_TAKEN = f"You can add {IN_WORDS} files."


def recognise(stream: BinaryIO, name: str) -> FileType:
    """What ``stream`` holds; it is left at its start.

    Raises Refused when that is nothing we take, not whole, or harmful.
    """
    stream.seek(0)
    head = stream.read(HEAD)
    try:
        return _office(stream, head) or _plain(stream, head, name)
    finally:
        stream.seek(0)


def _plain(stream: BinaryIO, head: bytes, name: str) -> FileType:
    """What is no package of several files, and must be no other one besides."""
    kind = _by_first_bytes(head) or _text(head, name)
    file_soundness.require_whole(stream, kind.suffix, kind.name)
    file_soundness.require_few_pixels(head, kind.suffix)
    return kind


def _by_first_bytes(head: bytes) -> FileType | None:
    return next((kind for mark, kind in BY_FIRST_BYTES.items() if head.startswith(mark)), None)


def _office(stream: BinaryIO, head: bytes) -> FileType | None:
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            file_soundness.require_harmless(members)
            file_soundness.require_no_packages(archive)
    except DAMAGED:
        raise Refused("The file is damaged. Open it where it came from, save it again and add the new copy.") from None
    names = {member.filename for member in members}
    kind = next((kind for member, kind in BY_MEMBER.items() if member in names), None)
    if kind is None:
        raise Refused(f"The file is a zip archive. Add the files inside it one by one: {IN_WORDS}.")
    return kind


def _text(head: bytes, name: str) -> FileType:
    if head.startswith(OLD_OFFICE):
        raise Refused(
            "The file is of an older Office kind, a mail saved by Outlook, or protected by a password. Save it without "
            f"one as a newer kind, or as a PDF, and add that. {_TAKEN}"
        )
    if not head or _is_binary(head):
        raise Refused(_not_taken(head))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Refused(f"The file is a web page or other marked-up text. Save it as a PDF, or add a link. {_TAKEN}")
    if name.lower().endswith(EMAIL.suffix) and HEADER_OF_A_MAIL.match(head):
        return EMAIL
    return CSV if name.lower().endswith(CSV.suffix) else TEXT


def _is_binary(head: bytes) -> bool:
    return any(byte < 32 and byte not in b"\t\n\r\f" for byte in head)


def _not_taken(head: bytes) -> str:
    if not head:
        return "The file is empty. Choose a file that has something in it."
    kind = _guessed(head)
    return (
        f"The file is {f'of the kind {kind}' if kind else 'of no kind that we know'}, which cannot be added. {_TAKEN}"
    )


def _guessed(head: bytes) -> str:
    """The usual ending of such files, to help somebody see what she chose; empty if nobody can tell."""
    try:
        return str(puremagic.from_string(head))
    except (puremagic.PureError, ValueError):
        return ""
