"""A frozen pack as the other kinds of file: made when asked for, the same bytes each time, without WeasyPrint."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reports import excel, html, word
from reports.contents import PackContents
from tracker.packs.models import Pack
from tracker.packs.rules import FileKind


@dataclass(frozen=True)
class Written:
    content: bytes
    media_type: str


def written(pack: Pack, kind: FileKind) -> Written:
    """What was frozen, as a Word document, a spreadsheet or a page. Raises KeyError for a PDF, which a worker makes."""
    media_type, write = WRITERS[kind]
    return Written(write(PackContents.from_json(pack.contents)), media_type)


OFFICE = "application/vnd.openxmlformats-officedocument"
WRITERS: Mapping[FileKind, tuple[str, Callable[[PackContents], bytes]]] = {
    FileKind.WORD: (f"{OFFICE}.wordprocessingml.document", word.word),
    FileKind.SPREADSHEET: (f"{OFFICE}.spreadsheetml.sheet", excel.xlsx),
    FileKind.PAGE: ("text/html; charset=utf-8", lambda contents: html.page(contents).encode()),
}
