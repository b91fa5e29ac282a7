"""``--json``: a line for each file, and nothing recorded."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TextIO

from tracker.cli.importing.files import File
from tracker.cli.importing.told import Became, Told
from tracker.inspections.reading import Reading, Unreadable, record, refusal, unsure_fields
from tracker.platform.errors import Refused

Line = Mapping[str, Any]


class Lines:
    """The file of lines. Each is written as soon as its file is read."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def __enter__(self) -> "Lines":
        self._lines = self._opened("w")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._lines.close()

    def known(self, files: Sequence[File]) -> dict[File, Told]:
        """No file is passed over: what an earlier reader wrote is not what this one reads."""
        return {}

    def take(self, file: File, outcome: Reading | Unreadable) -> Told:
        if isinstance(outcome, Unreadable):
            self._write(refusal(file.name, str(outcome), file.sha256()))
            return Told(file.name, Became.REFUSED, str(outcome))
        self._write(record(outcome, file.name))
        return Told(file.name, Became.READ, unsure=unsure_fields(outcome))

    def _opened(self, mode: Literal["w", "a"]) -> TextIO:
        try:
            return self._out.open(mode, encoding="utf-8")
        except OSError as error:
            raise Refused(f"{self._out} cannot be written: {error.strerror}.") from None

    def _write(self, line: Line) -> None:
        self._lines.write(_text(line))
        self._lines.flush()


class ResumedLines(Lines):
    """As ``Lines``, with the lines kept that were written before of files that have not changed."""

    def __enter__(self) -> "ResumedLines":
        self._lines = self._opened("a")
        return self

    def known(self, files: Sequence[File]) -> dict[File, Told]:
        written = _lines_in(self._out)
        kept = {file: line for file in files if (line := written.get((file.name, file.sha256() or "")))}
        self._leave_only(kept.values())
        return {file: _told_before(line) for file, line in kept.items()}

    def _leave_only(self, lines: Iterable[Line]) -> None:
        """All at once, so that nothing is lost to who stops it here."""
        beside = self._out.with_name(f"{self._out.name}.part")
        beside.write_text("".join(map(_text, lines)), encoding="utf-8")
        self._lines.close()
        beside.replace(self._out)
        self._lines = self._opened("a")


def _text(line: Line) -> str:
    return f"{json.dumps(line, ensure_ascii=False)}\n"


def _told_before(line: Line) -> Told:
    refused = line.get("refused", "")
    return Told(line["file"], Became.REFUSED if refused else Became.KNOWN, refused)


def _lines_in(out: Path) -> dict[tuple[str, str], Line]:
    """What was written before, by file and SHA-256. The last line may have been cut off as it was written."""
    with out.open(encoding="utf-8", errors="replace") as lines:
        written = [_parsed(text) for text in lines]
    return {(str(line["file"]), str(line["sha256"])): line for line in written if {"file", "sha256"} <= line.keys()}


def _parsed(text: str) -> Line:
    try:
        line = json.loads(text)
    except ValueError:
        return {}
    return line if isinstance(line, dict) else {}
