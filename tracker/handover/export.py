"""Everything that inspectors of one inspection were given, as a zip that is streamed: the same bytes each time."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import current_app

from tracker.evidence.bundles.packing import LARGE, READABLE, ZIPPED_ON
from tracker.evidence.bundles.rules import CHECKSUMS, INDEX_PAGE, checksums
from tracker.evidence.rules import highest
from tracker.fieldwork.models import Fieldwork
from tracker.handover import queries
from tracker.handover.models import HandedFile, Handing, InspectorRequest
from tracker.handover.rules import safe_name
from tracker.platform import clock, history, storage
from tracker.platform.errors import Refused
from tracker.platform.workbooks import RUNS_AS_FORMULA

INDEX_SHEET = "index.csv"
HEADINGS = (
    "Request", "Asked by", "Asked", "Due", "In the inspector’s words", "Answer", "Handed over", "By", "To",
    "Taken back", "Reference", "Title", "Version", "Marking", "Second look by", "File", "Bytes", "SHA-256",
)  # fmt: skip


@dataclass(frozen=True)
class Given:
    """One act of handing over as the index tells it, with the name of each file in the zip."""

    handing: Handing
    files: Sequence[tuple[str, HandedFile]]

    @property
    def request(self) -> InspectorRequest:
        return self.handing.request


@dataclass(frozen=True)
class Contents:
    fieldwork: Fieldwork
    given: Sequence[Given]
    not_given: Sequence[InspectorRequest]
    """Requests for which nothing was handed over."""
    marking: str
    demonstration: bool

    @property
    def files(self) -> list[tuple[str, HandedFile]]:
        return [each for one in self.given for each in one.files]


def contents_of(fieldwork: Fieldwork) -> Contents:
    """What the zip holds. Raises Refused where nothing was handed over, or a file is no longer kept."""
    handings = queries.handed_over(fieldwork)
    if not handings:
        raise Refused("Nothing was handed over yet, so there is nothing to take away.")
    given = [Given(one, _named(one, place)) for place, one in enumerate(handings, start=1)]
    for _, file in (each for one in given for each in one.files):
        if not storage.exists(file.file_sha256):
            raise Refused(
                f"The file of {file.called} is not where files are kept. Tell whoever looks after this service."
            )
    every = queries.requests(fieldwork)
    return Contents(
        fieldwork=fieldwork,
        given=given,
        not_given=[one for one in every if not one.handings],
        marking=str(highest(file.marking for one in given for _, file in one.files)).upper(),
        demonstration=bool(current_app.config["DEMONSTRATION"]),
    )


def _named(handing: Handing, place: int) -> list[tuple[str, HandedFile]]:
    folder = f"{place:03} {handing.request.reference}"
    return [
        (f"{folder}/{number:02} {file.called} {safe_name(file.file_name)}", file)
        for number, file in enumerate(handing.files, start=1)
    ]


def stream(contents: Contents) -> Iterator[bytes]:
    """The zip, piece by piece: no file is ever held whole. What is written is put together before the request ends."""
    heads = [(INDEX_PAGE, page(contents).encode()), (INDEX_SHEET, _sheet(contents).encode())]
    files = [(name, file.file_sha256, file.file_size) for name, file in contents.files]
    return _zipped(heads, files)


def _zipped(heads: Sequence[tuple[str, bytes]], files: Sequence[tuple[str, str, int]]) -> Iterator[bytes]:
    pipe, sums = _Pipe(), list[tuple[str, str]]()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for name, content in heads:
            sums.append((name, hashlib.sha256(content).hexdigest()))
            yield from _written(archive, pipe, name, iter([content]), len(content))
        for name, sha256, size in files:
            sums.append((name, sha256))
            yield from _written(archive, pipe, name, _whole(sha256), size)
        content = checksums(sums).encode()
        yield from _written(archive, pipe, CHECKSUMS, iter([content]), len(content))
    yield pipe.taken()


def _written(archive: zipfile.ZipFile, pipe: "_Pipe", name: str, pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    member = zipfile.ZipInfo(name, ZIPPED_ON)
    member.external_attr = READABLE
    with archive.open(member, "w", force_zip64=size > LARGE) as part:
        for piece in pieces:
            part.write(piece)
            yield pipe.taken()


def _whole(sha256: str) -> Iterator[bytes]:
    """A stored file. One that is damaged breaks the download off, so that nobody takes it for whole."""
    digest = hashlib.sha256()
    for piece in storage.pieces(sha256):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != sha256:
        raise OSError(f"the stored file {sha256} is damaged")


class _Pipe(io.RawIOBase):
    """What a zip is written into, and taken out of again at once."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        data = bytes(piece)  # type: ignore[call-overload]  # any buffer
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self._waiting)
        self._waiting.clear()
        return data


def page(contents: Contents) -> str:
    """The index: a page that opens by itself."""
    return current_app.jinja_env.get_template("handover/index_file.html").render(contents=contents)


def _sheet(contents: Contents) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    writer.writerows([_plain(cell) for cell in row] for one in contents.given for row in _rows(one))
    return "\ufeff" + file.getvalue()


def _rows(one: Given) -> Iterator[list[str]]:
    """A line for each file; one for an answer without any."""
    request, handing = one.request, one.handing
    said = [
        request.reference, request.asked_by, _at(request.asked_at), _at(request.due_at), request.words, handing.answer,
        _at(handing.handed_at), handing.handed_by.name, handing.handed_to, handing.withdrawn_because,
    ]  # fmt: skip
    if not one.files:
        yield [*said, *[""] * 8]
    yield from ([*said, *_file(name, file)] for name, file in one.files)


def _file(name: str, file: HandedFile) -> list[str]:
    looked = file.looked_by.name if file.looked_by else ""
    return [
        file.called, file.title, str(file.file_version), str(file.marking), looked, name, str(file.file_size),
        file.file_sha256,
    ]  # fmt: skip


def _at(moment: object) -> str:
    return f"{moment.astimezone(clock.LONDON):%Y-%m-%d %H:%M}" if hasattr(moment, "astimezone") else ""


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RUNS_AS_FORMULA) else cell


def file_name(fieldwork: Fieldwork) -> str:
    """ "brent-N-1-handed-over.zip"; of a rehearsal it says so."""
    what = "rehearsal-" if fieldwork.rehearsal else ""
    return f"{fieldwork.authority.slug}-{what}{fieldwork.reference}-handed-over.zip"


def note(fieldwork: Fieldwork) -> None:
    """Put on record that somebody takes everything away."""
    history.record(fieldwork, "everything that was handed over downloaded")
