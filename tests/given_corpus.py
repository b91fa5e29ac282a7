"""What a test of the corpus is given: a published report that can be searched, made as the reader makes one."""

from dataclasses import replace
from datetime import date

from tests import given
from tests.given_inspections import a_reading, an_item_read
from tracker.corpus import commands
from tracker.corpus.models import DoubtfulReport, PublishedReport
from tracker.inspections.reading import Reading
from tracker.people.models import Authority

FRAMEWORK_OF = {2015: "sif-2013", 2018: "ilacs-2018", 2023: "ilacs-2023"}


def a_published_reading(
    *,
    about: str = "Bristol",
    year: int = 2026,
    grades: dict[str, str] | None = None,
    paragraphs: dict[int, tuple[str, str]] | None = None,
    items: tuple[str, ...] = (),
) -> Reading:
    """A report of fieldwork in March of ``year``; ``paragraphs`` are number to area code and text."""
    return a_reading(
        authority=about,
        start=date(year, 3, 2),
        end=date(year, 3, 13),
        framework_id=FRAMEWORK_OF.get(year, "ilacs-2026"),
        grades=grades or {"help_protection": "good"},
        paragraphs=paragraphs,
        items=tuple(an_item_read(text) for text in items),
    )


def a_published_report(
    *,
    authority: Authority | None = None,
    about: str = "Bristol",
    year: int = 2026,
    grades: dict[str, str] | None = None,
    paragraphs: dict[int, tuple[str, str]] | None = None,
    items: tuple[str, ...] = (),
) -> PublishedReport:
    reading = a_published_reading(about=about, year=year, grades=grades, paragraphs=paragraphs, items=items)
    kept = commands.keep_reading(
        authority or given.an_authority(), reading, sha256=reading.sha256, file_name=f"{about}-{year}.pdf"
    )
    assert kept.report is not None
    return kept.report


def a_doubtful_report(reading: Reading, *, authority: Authority | None = None) -> DoubtfulReport:
    kept = commands.keep_reading(
        authority or given.an_authority(), reading, sha256=reading.sha256, file_name="doubtful.pdf"
    )
    assert kept.doubtful is not None
    return kept.doubtful


def without_an_authority(reading: Reading) -> Reading:
    """The same report, as if it did not say which authority it is about."""
    return replace(reading, authority=replace(reading.authority, value=None))
