"""The one door to WeasyPrint: contents in, a tagged PDF out, the same bytes for the same contents.

Nothing reaches the network or the file system on the way except our own fonts and styles. What WeasyPrint would only
log is raised: a pack with a fault is not a pack.
"""

import gc
import inspect
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import weasyprint.pdf
from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # ships no types
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports import html, tagging
from reports.contents import ONE_PAGE, PackContents
from reports.prose import breakable, readable

FONTS = Path(__file__).parent / "fonts"
FACES = ("SourceSans3-wght.ttf", "SourceSans3-Italic-wght.ttf", "DejaVuSans.ttf")
VARIANT = "pdf/ua-1"
BEFORE_INLINE = re.compile(r"(?<=[^\s>]) (?=<(?:a|b|em|span|strong)\b)")
TAGGER_FOR = "70.0"
"""The version of WeasyPrint whose tagger ours can stand in for. With any other, WeasyPrint's own is used."""


class CannotBuild(Exception):
    """The contents cannot be made into a document that everybody can read."""


@dataclass(frozen=True)
class Document:
    file: bytes
    pages: int


def pdf(contents: PackContents) -> bytes:
    """The file of ``document``."""
    return document(contents).file


def document(contents: PackContents) -> Document:
    """A PDF/UA-1 file: tagged, in British English, with bookmarks, running heads, marking and page numbers.

    Raises CannotBuild with what WeasyPrint found wrong.
    """
    digest = contents.digest()
    source = _spaced(html.source(_printable(contents), digest=digest))
    with _nothing_wrong(), _our_tagger(), _no_collector(), _stopped_clock(contents.made_on):
        style, fonts = _style()
        rendered = HTML(string=source, base_url="about:pack", url_fetcher=OurFilesOnly()).render(
            stylesheets=[style], font_config=fonts, pdf_variant=VARIANT
        )
        rendered.metadata.created = rendered.metadata.modified = f"{contents.made_on.isoformat()}T00:00:00Z"
        _require_fitting(contents, len(rendered.pages))
        made = rendered.write_pdf(pdf_variant=VARIANT, pdf_identifier=digest[:32].encode())
    return Document(made, len(rendered.pages))


def _require_fitting(contents: PackContents, pages: int) -> None:
    """What is one page by its kind is sent nowhere as two."""
    if contents.kind in ONE_PAGE and pages > 1:
        raise CannotBuild(f"This is meant for one page and would take {pages}. Shorten its longest section.")


@cache
def _style() -> tuple[CSS, FontConfiguration]:
    """Our style and the fonts that it names, read once for all the packs that a process makes."""
    fonts = FontConfiguration()
    return CSS(html.STYLES / "pack.css", font_config=fonts, url_fetcher=OurFilesOnly()), fonts


class OurFilesOnly(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Serves the fonts that our style names. Any other address ends the build."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in _our_addresses():
            raise FatalURLFetchingError(f"A pack fetches nothing, and asked for {url[:200]}")
        return super().fetch(url, headers)


@cache
def _our_addresses() -> frozenset[str]:
    return frozenset((FONTS / face).as_uri() for face in FACES) | {(html.STYLES / "pack.css").as_uri()}


@cache
def _characters() -> frozenset[str]:
    """Every character that one of our faces can draw."""
    drawn: set[int] = set()
    for face in FACES:
        with TTFont(FONTS / face, lazy=True) as font:
            drawn |= font.getBestCmap().keys()
    return frozenset(map(chr, drawn))


def _printable(contents: PackContents) -> PackContents:
    """The same contents in characters that can be drawn, so that no reader meets an empty box."""
    has = _characters().__contains__
    return contents.reworded(lambda text: breakable(readable(text, has)))


def _spaced(source: str) -> str:
    """The same document with the space before each inline element apart from the words before it.

    Where words fill a line and only the space after them does not fit, WeasyPrint 70 breaks after the first of them.
    """
    return BEFORE_INLINE.sub("<span> </span>", source)


class _Faults(logging.Handler):
    """Collects what WeasyPrint warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.sentences.append(record.getMessage())


@contextmanager
def _nothing_wrong() -> Iterator[None]:
    faults, logger = _Faults(), logging.getLogger("weasyprint")
    logger.addHandler(faults)
    try:
        yield
    finally:
        logger.removeHandler(faults)
    if faults.sentences:
        raise CannotBuild("The pack cannot be made: " + "; ".join(dict.fromkeys(faults.sentences)))


@contextmanager
def _our_tagger() -> Iterator[None]:
    """WeasyPrint tags with ``reports.tagging`` inside this block, if it is the version that was written against."""
    own = weasyprint.pdf.add_tags
    if weasyprint.__version__ != TAGGER_FOR or not _same_arguments(own, tagging.add_tags):
        yield
        return
    weasyprint.pdf.add_tags = tagging.add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = own


def _same_arguments(*functions: Callable[..., None]) -> bool:
    return len({tuple(inspect.signature(function).parameters) for function in functions}) == 1


@contextmanager
def _no_collector() -> Iterator[None]:
    """Layout makes millions of objects that live to the end; looking for garbage among them is a tenth of the cost."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _stopped_clock(on: date) -> Iterator[None]:
    """fontTools writes the time into each font it cuts down, unless the environment names one."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime.combine(on, time.min, UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
