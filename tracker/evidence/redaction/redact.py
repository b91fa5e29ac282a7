"""Taking chosen values out of one file: ``apart.call("tracker.evidence.redaction.redact:redact", …)``."""

import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from tracker.evidence import file_types
from tracker.evidence.file_types import EMAIL, EXCEL, JPEG, PDF, PNG, POWERPOINT, WORD, FileType
from tracker.evidence.redaction import in_mail, in_office, in_pdf, in_text, proof, values
from tracker.evidence.redaction.values import Patterns
from tracker.evidence.words import reading
from tracker.evidence.words.passages import finding_of, found_in
from tracker.platform.child_data import Found
from tracker.platform.errors import Refused

NOT_PROVEN = (
    "What was ticked could not be taken out of this file for certain, so nothing was changed. Take it out with the "
    "program that made the file, and replace the file."
)
NOT_FOUND = "What was ticked is not in the file any more. Look at what is there now."

Wanted = Sequence[Sequence[str]]
"""Each a sign, a place and the hidden value; an empty value stands for every value of that sign."""


def redact(path: str, media_type: str, to: str, wanted: Wanted) -> None:
    """Write the file without the values that are ``wanted`` out of it to ``to``.

    Raises Refused when a look at what was written still finds one.
    """
    kind = reading.kind_of(media_type)
    found = _chosen(Path(path), kind, wanted)
    if not found:
        raise Refused(NOT_FOUND)
    _Redaction(found).file(Path(path), Path(to), kind)


def _chosen(path: Path, kind: FileType, wanted: Wanted) -> list[Found]:
    exact = {tuple(one) for one in wanted}
    signs = {sign for sign, _place, hidden in wanted if not hidden}
    return [
        one
        for passage in reading.passages(path, kind, [])
        for piece in passage.pieces
        for one in found_in(piece)
        if one.sign.value in signs or finding_of(one) in exact
    ]


class _Redaction:
    """The values, and what is done to a file of each kind, and to those that are attached to it."""

    def __init__(self, found: Sequence[Found]) -> None:
        self._patterns: Patterns = values.patterns(found)
        self._html: Patterns = values.patterns(found, values.BETWEEN_IN_HTML)

    def file(self, path: Path, to: Path, kind: FileType) -> None:
        if kind is PDF:
            in_pdf.redact(path, to, self._patterns)
            if not proof.is_clean(to, kind, self._patterns):
                in_pdf.redact_every_page(path, to, self._patterns)
        elif kind is EMAIL:
            in_mail.redact(path, to, self._patterns, self._html, self.attached)
        elif kind in {WORD, EXCEL, POWERPOINT}:
            in_office.redact(path, to, self._patterns, self.attached)
        else:
            in_text.redact(path, to, self._patterns)
        if not proof.is_clean(to, kind, self._patterns):
            raise Refused(NOT_PROVEN)

    def attached(self, name: str, content: bytes) -> bytes:
        """An attached file without the values; as it is if it is of no kind that is looked through."""
        try:
            kind = file_types.recognise(BytesIO(content), name)
        except Refused:
            return content
        if kind in {PNG, JPEG}:
            return content
        with tempfile.TemporaryDirectory() as folder:
            old, new = Path(folder) / f"old{kind.suffix}", Path(folder) / f"new{kind.suffix}"
            old.write_bytes(content)
            if proof.is_clean(old, kind, self._patterns):
                return content
            self.file(old, new, kind)
            return new.read_bytes()
