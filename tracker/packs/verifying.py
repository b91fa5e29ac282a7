"""Whether a file is one of ours: the hash printed in it is looked up, and the file is held against the kept pack."""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path

from tracker.packs import files, queries
from tracker.packs.models import Pack
from tracker.packs.rules import FILE_NAMES
from tracker.people.models import Authority
from tracker.platform import apart, clock, jobs, storage
from tracker.platform.errors import Refused
from tracker.platform.held import Limits
from tracker.platform.lists import listed

PRINTED = re.compile(r"(?<![0-9a-f])(?:(?:[0-9a-f]{8} ){7}[0-9a-f]{8}|[0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-f])")
"""The hash of the contents as a pack prints it: whole, or its beginning in the foot of each page."""
PAGE_TEXTS = "tracker.evidence.words.of_pdf:page_texts"
LIMITS = Limits(answer=20 * 1024 * 1024)
LARGEST_PART = 20 * 1024 * 1024
"""Bytes that are read of one part of a Word document or spreadsheet, however large it says it is."""
MOST_NAMED = 6
"""Pages that are named one by one."""
SAVED_AGAIN = (
    "The words on its pages are those of the kept file, but it is not the same byte for byte: it was saved again, or "
    "something in it that is no text was changed."
)
NOT_KEPT = (
    "It is not the file that was kept. Ask whoever sent it to send it again, or download the pack here and choose that."
)
"""Whoever verifies a file is not to save it again: then it would not be the kept one either."""
TAG = re.compile(r"<[^>]*>")


class Verdict(StrEnum):
    """Values are what a tag says."""

    SAME = "The kept file"
    SAME_WORDS = "Saved again"
    CHANGED = "Its text was changed"
    UNKNOWN = "Unknown"


@dataclass(frozen=True)
class Verified:
    verdict: Verdict
    sentence: str
    pack: Pack | None = None


def verify(file: Path, *, of: Authority | None) -> Verified:
    """Hold ``file`` against the packs of an authority; of all, where it is None.

    Raises Refused with a sentence when it cannot be read.
    """
    content = file.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if made := queries.with_file(sha256, of):
        return Verified(Verdict.SAME, f"{_named(made)}. The file is the one that was kept, byte for byte.", made)
    jobs.let_others_write()
    if content.startswith(b"%PDF-"):
        return _pdf(file, of)
    return _other(content, of)


def _pdf(file: Path, of: Authority | None) -> Verified:
    pages = _pages_of(file)
    pack = _first_known(pages, of)
    if pack is None:
        return _unknown()
    if pack.file_sha256 is None or not storage.exists(pack.file_sha256):
        return Verified(
            Verdict.CHANGED, f"It says that it is {_named(pack)}. No PDF of that pack is kept to hold it against.", pack
        )
    with storage.on_disk(pack.file_sha256, suffix=".pdf") as kept:
        ours: list[str] = apart.call(PAGE_TEXTS, str(kept), limits=LIMITS)
    if pages == ours:
        return Verified(Verdict.SAME_WORDS, f"{_named(pack)}. {SAVED_AGAIN}", pack)
    changed = f"It says that it is {_named(pack)}. Its text was changed: {where_they_differ(ours, pages)}."
    return Verified(Verdict.CHANGED, changed, pack)


def _pages_of(file: Path) -> list[str]:
    """What each page says. Raises Refused with what is wrong with the file, and never with how to mend it."""
    try:
        pages: list[str] = apart.call(PAGE_TEXTS, str(file), limits=LIMITS)
    except apart.GaveUp:
        raise Refused(f"This file cannot be read as a PDF: it may be damaged. {NOT_KEPT}") from None
    except Refused as refused:
        raise Refused(f"{str(refused).partition('. ')[0]}. {NOT_KEPT}") from None
    return pages


def where_they_differ(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Which pages of the kept file were changed or taken out, by their numbers there, and how many were put in.

    >>> where_they_differ("abcde", "abXde")
    'page 3 says something else than the kept file'
    >>> where_they_differ("abcdefgh", "bcdeXfg")
    'pages 1 and 8 are missing and it has 1 page that the kept file has not'
    >>> where_they_differ("abcdefghij", "XXXXXXXXij")
    'pages 1, 2, 3, 4, 5, 6 and 2 more say something else than the kept file'
    """
    changed, missing, more = list[int](), list[int](), 0
    for kind, first, last, begin, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            both = min(last - first, end - begin)
            changed += range(first + 1, first + both + 1)
            missing += range(first + both + 1, last + 1)
            more += end - begin - both
    said = [f"{_pages(changed, 'says', 'say')} something else than the kept file"] if changed else []
    said += [_pages(missing, "is missing", "are missing")] if missing else []
    said += [f"it has {more} {'page' if more == 1 else 'pages'} that the kept file has not"] if more else []
    return listed(said)


def _pages(numbers: Sequence[int], one: str, several: str) -> str:
    """ "pages 4 and 9 say"."""
    if len(numbers) == 1:
        return f"page {numbers[0]} {one}"
    named = [str(number) for number in numbers[:MOST_NAMED]]
    left = len(numbers) - len(named)
    return f"pages {listed([*named, f'{left} more'] if left else named)} {several}"


def _other(content: bytes, of: Authority | None) -> Verified:
    """A Word document, spreadsheet or page: made of the frozen contents again, it is the same to the byte."""
    pack = _first_known(_texts(content), of)
    if pack is None:
        return _unknown()
    for kind in files.WRITERS:
        if files.written(pack, kind).content == content:
            words = f"The file is the {FILE_NAMES[kind]} of it, byte for byte"
            return Verified(Verdict.SAME, f"{_named(pack)}. {words}.", pack)
    return Verified(
        Verdict.CHANGED,
        f"It says that it is {_named(pack)}. It is not the file that this service makes of that pack: it was changed, "
        "or saved again by another program. The PDF is what to rely on.",
        pack,
    )


def _texts(content: bytes) -> Iterator[str]:
    """What a page says, or every part of a Word document or spreadsheet."""
    if not content.startswith(b"PK"):
        yield TAG.sub("", content[:LARGEST_PART].decode(errors="replace"))
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if part.filename.endswith(".xml"):
                    with archive.open(part) as opened:
                        yield TAG.sub("", opened.read(LARGEST_PART).decode(errors="replace"))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as fault:
        raise Refused(f"The file is damaged. {NOT_KEPT}") from fault


def _first_known(texts: Iterator[str] | Sequence[str], of: Authority | None) -> Pack | None:
    tried = set[str]()
    for text in texts:
        for found in PRINTED.findall(text):
            printed = found.replace(" ", "")
            if printed not in tried and (pack := queries.with_contents(printed, of)):
                return pack
            tried.add(printed)
            if len(tried) > MOST_TRIED:
                return None
    return None


MOST_TRIED = 100
"""Hashes of one file that are looked up: ours has one, and a stranger's list of them is no pack."""


def _named(pack: Pack) -> str:
    asked = pack.asked_at.astimezone(clock.LONDON)
    by = f" by {pack.asked_by.name}" if pack.asked_by else ""
    return f"{pack.reference} {pack.title}, frozen for {pack.authority.name} on {asked:%-d %B %Y at %H:%M}{by}"


def _unknown() -> Verified:
    return Verified(
        Verdict.UNKNOWN,
        "It is none of the packs that are kept here: it bears the hash of none of them. It may come from elsewhere, or "
        "the hash was taken out of it.",
    )
