"""What a test about bringing in many files is given: zips, honest and hostile, and manifests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from tests.given_evidence import PDF
from tracker.evidence.importing.rules import NAMES, Field

ROW: Mapping[Field, str] = {
    Field.FILE: "PLO tracker.pdf",
    Field.TITLE: "PLO tracker summary",
    Field.DATED: "12 November 2025",
    Field.SHOWS: "22 of 24 dates complete",
    Field.STRENGTH: "Outcome",
}


def a_row(**said: str) -> dict[Field, str]:
    """A row that is taken, but for what is said."""
    return {**ROW, **{Field(name): text for name, text in said.items()}}


def a_manifest(*rows: Mapping[Field, str]) -> bytes:
    """A .csv with a column for everything that a row says."""
    columns = list(dict.fromkeys(field for row in rows for field in row))
    lines = [[NAMES[field] for field in columns], *([row.get(field, "") for field in columns] for row in rows)]
    return "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode()


def a_pdf(number: int = 0) -> bytes:
    """A small PDF that no other number makes."""
    return PDF.replace(b"<<>>\nendobj", f"<</Number {number}>>\nendobj".encode(), 1)


def a_zip(
    files: Mapping[str, bytes], *, manifest: Sequence[Mapping[Field, str]] | None = None, packed: bool = True
) -> BinaryIO:
    """These files, and a manifest.csv of these rows."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
        if manifest is not None:
            archive.writestr("manifest.csv", a_manifest(*manifest))
    content.seek(0)
    return content


def with_name(stream: BinaryIO, before: bytes, after: bytes) -> BinaryIO:
    """The same zip with a name of the same length written over, wherever it stands."""
    assert len(before) == len(after)
    return io.BytesIO(stream.read().replace(before, after))
