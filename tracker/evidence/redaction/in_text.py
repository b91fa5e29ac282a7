"""Taking values out of plain text and .csv files."""

from pathlib import Path

from tracker.evidence.redaction import values
from tracker.evidence.redaction.values import Patterns
from tracker.evidence.words.of_text import decoded


def redact(path: Path, to: Path, patterns: Patterns) -> None:
    """The new file is UTF-8 with a mark, which every program knows, for no older alphabet has the block."""
    to.write_bytes(values.blotted(decoded(path.read_bytes()), patterns).encode("utf-8-sig"))
