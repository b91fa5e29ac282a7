"""How much a file may ask of us. A report is a few hundred kilobytes and some ten pages; the longest had sixty."""

import resource
import stat
from pathlib import Path

from tracker.inspections.reading.refusals import Unreadable
from tracker.platform import held

MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * MEGABYTE
MOST_PAGES = 300
LONGEST_WAIT = 60.0
"""Seconds from asking for one file until its reading is given up."""
MOST_CPU = 30
"""Seconds of processor time for one file. Source: our choice; a report takes less than a tenth of a second."""
MOST_MEMORY = 240 * MEGABYTE
"""Memory of its own that a process that reads may have; code that it shares with others comes on top.

Source: 300 MB in all, says the specification. A report of sixty pages takes 30.
"""
MOST_TAKEN = 150 * MEGABYTE
"""Of memory that reading may have taken at most for its result to be believed. Source: our choice; 300 full pages of
small print take 120."""
MOST_ADDRESSES = 1024 * MEGABYTE
"""Address space of a process that opens files, most of which is never touched."""
LARGEST_READING = 20 * MEGABYTE
"""Of what was read, as it is handed over. Source: our choice; a report of sixty pages has a third of a megabyte."""
WIDEST_IMAGE = 2400
"""Pixels across a page image."""


def check_file(path: Path) -> None:
    """Refuse what can be told from a file's size and first bytes. Raises Unreadable."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable("This is a folder or a device with the name of a PDF. Choose the report’s own file.")
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise Unreadable(f"The file could not be opened: {error.strerror}. Choose it again.") from error
    size = about.st_size
    if size == 0:
        raise Unreadable("The file is empty. Download the report again from reports.ofsted.gov.uk.")
    if size > LARGEST_FILE:
        raise Unreadable(
            f"The file is {size // MEGABYTE} MB. Reports of up to {LARGEST_FILE // MEGABYTE} MB are read. "
            "Choose the report as Ofsted published it."
        )
    _check_head(head)


def _check_head(head: bytes) -> None:
    if b"%PDF-" in head[:1024]:
        return
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<!--")) or b"<html" in start:
        raise Unreadable(
            "This is a web page saved with the name of a PDF. Open the report’s own page and download the PDF there."
        )
    if start.startswith(b"pk\x03\x04"):
        raise Unreadable("This is a Word file or a folder of files, not a PDF. Choose the report’s PDF.")
    raise Unreadable("This file is not a PDF. Choose the report as Ofsted published it, a file that ends in .pdf.")


def check_pages(count: int) -> None:
    if count > MOST_PAGES:
        raise Unreadable(
            f"The file has {count:,} pages. Reports of up to {MOST_PAGES} pages are read. Choose one report at a time."
        )


def limit_process() -> None:
    """Hold this process to the bounds; the kernel keeps them whatever a file does."""
    held.hold_to(memory=MOST_ADDRESSES, memory_of_its_own=MOST_MEMORY)


def limit_next_file() -> None:
    """Give this process its processor time for one more file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + MOST_CPU
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def memory_taken() -> int:
    """The most that this process has had in memory at once, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
