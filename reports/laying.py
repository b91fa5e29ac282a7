"""The one door to WeasyPrint: HTML in, a tagged PDF out, the same bytes for the same HTML.

Nothing reaches the network or the file system on the way except our own fonts and styles. What WeasyPrint would only
log is raised: a pack with a fault is not a pack.
"""

import gc
import inspect
import logging
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import weasyprint.pdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports import made, tagging, watching
from reports.look import PICTURE
from reports.made import CannotBuild, Document, Part, Told
from reports.places import FACES, FONTS, STYLES
from reports.standards import ACCESSIBLE
from reports.tagging import POINTS

VARIANT = "pdf/a-3a"
"""What WeasyPrint is asked for; that it is PDF/UA-1 as well is said by ``reports.standards``."""


def whole(source: str, anchors: Sequence[str], told: Told) -> Document:
    """A document in one piece. ``told`` is called with the place of each chapter as its first page is laid out."""
    with _making():
        with watching.chapters(anchors, told):
            rendered = _laid_out(source, "pack.css")
        return Document(_written(rendered), len(rendered.pages))


def section(source: str, anchors: Sequence[str], told: Told) -> Part:
    """A section of a document, for ``joining``. Only our tagger can make one. ``told``: as for ``whole``."""
    with _making():
        with watching.chapters(anchors, told):
            rendered = _laid_out(source, "pack.css", "section.css")
        file = _written(rendered)
    return Part(
        file=file,
        pages=len(rendered.pages),
        anchors={anchor: place for place, page in reversed([*enumerate(rendered.pages)]) for anchor in page.anchors},
        bookmarks=[
            (level, label, place, left * POINTS, (page.height - top) * POINTS)
            for place, page in enumerate(rendered.pages)
            for level, label, (left, top), _ in page.bookmarks
        ],
        blanks=rendered.blanks,
    )


def _laid_out(source: str, *styles: str) -> Any:
    sheets, fonts = _styles(*styles)
    return HTML(string=source, base_url="about:pack", url_fetcher=OurFilesOnly()).render(
        stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT
    )


def _written(rendered: Any) -> bytes:
    told = rendered.metadata.generate_rdf_metadata
    rendered.metadata.generate_rdf_metadata = lambda *of: told(*of).replace(b"</rdf:RDF>", ACCESSIBLE + b"</rdf:RDF>")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves its colour profile open
        file: bytes = rendered.write_pdf(pdf_variant=VARIANT, pdf_identifier=b"0" * 32)
    return file


@contextmanager
def _making() -> Iterator[None]:
    with _nothing_wrong(), _our_tagger(), _no_collector(), _stopped_clock():
        yield


@cache
def _styles(*names: str) -> tuple[list[CSS], FontConfiguration]:
    """Our styles and the fonts that they name, read once for all the packs that a process makes."""
    fonts = FontConfiguration()
    return [CSS(STYLES / name, font_config=fonts, url_fetcher=OurFilesOnly()) for name in names], fonts


class OurFilesOnly(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Serves the fonts that our style names, and what is in the document itself. Any other address ends the build."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in _our_addresses() and not url.startswith(PICTURE):
            raise FatalURLFetchingError(f"A pack fetches nothing, and asked for {url[:200]}")
        return super().fetch(url, headers)


@cache
def _our_addresses() -> frozenset[str]:
    return frozenset(file.as_uri() for file in (*(FONTS / face for face in FACES), *STYLES.iterdir()))


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
    if weasyprint.__version__ != made.TAGGER_FOR or not _same_arguments(own, tagging.add_tags):
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
def _stopped_clock() -> Iterator[None]:
    """The time is written into each font that is cut down, unless the environment names one."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
