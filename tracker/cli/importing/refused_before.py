"""Files that were refused before: the same reader would refuse them again, and the database knows nothing of them."""

import json
from contextlib import suppress
from pathlib import Path

from tracker.inspections.reading.version import version
from tracker.settings import SEED


class RefusedBefore:
    """Kept in a file of lines, which may be deleted: the files are then tried again."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._reader = version(SEED / "frameworks")
        self.sentences: dict[str, str] = {}
        with suppress(OSError, ValueError, KeyError, TypeError):  # written half, or not by us
            for line in file.read_text(encoding="utf-8").splitlines():
                self._remember(json.loads(line))

    def _remember(self, line: dict[str, str]) -> None:
        if line["reader"] == self._reader:
            self.sentences[line["sha256"]] = line["refused"]

    def add(self, sha256: str | None, sentence: str) -> None:
        if sha256 is None or sha256 in self.sentences:
            return
        self.sentences[sha256] = sentence
        line = {"reader": self._reader, "sha256": sha256, "refused": sentence}
        with suppress(OSError), self._file.open("a", encoding="utf-8") as lines:  # a folder that is only read
            lines.write(f"{json.dumps(line, ensure_ascii=False)}\n")
