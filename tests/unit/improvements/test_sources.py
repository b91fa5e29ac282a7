"""Each kind of source is asked what it needs, and a link leads where a person may look."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.improvements.rules import Source
from tracker.improvements.sources.rules import QUESTIONS, Origin, missing, why_not_link

WHOLE = Origin("Improvement notice 7", date(2026, 9, 2), "paragraph 3(b)", "The department", "https://example.org/7")


def test_every_kind_of_source_has_its_own_questions() -> None:
    assert set(QUESTIONS) == set(Source)
    assert len({source.slug for source in Source}) == len(Source)


@pytest.mark.parametrize("source", list(Source))
def test_a_source_that_is_told_in_full_misses_nothing(source: Source) -> None:
    assert missing(source, WHOLE) == ""


@pytest.mark.parametrize(
    ("source", "left_out", "asked"),
    [
        (Source.STATUTORY_NOTICE, {"document": ""}, "Say which notice."),
        (Source.STATUTORY_NOTICE, {"dated": None}, "Enter the day on which the notice was served."),
        (Source.STATUTORY_NOTICE, {"said_by": ""}, "Say who served it."),
        (Source.PRACTICE_STANDARD, {"place": ""}, "Say which standard."),
        (Source.PEER_REVIEW, {"document": ""}, "Say which review."),
        (Source.COMPLAINT_THEME, {"said_by": ""}, "Say who saw the theme."),
        (Source.FOCUSED_VISIT, {"place": ""}, "Say on which page or in which paragraph."),
    ],
)
def test_what_is_missing_is_asked_for_in_the_words_of_its_kind(
    source: Source, left_out: dict[str, object], asked: str
) -> None:
    assert missing(source, replace(WHOLE, **left_out)) == asked  # type: ignore[arg-type]  # one field of many types


def test_what_we_found_ourselves_needs_no_document() -> None:
    assert missing(Source.OURSELVES, Origin(said_by="The head of the front door")) == ""


@pytest.mark.parametrize(
    "link",
    [
        "http://example.org/letter", "javascript:alert(1)", "https:/example.org", "https://", "//example.org",
        "https://name:secret@example.org/", "https://example.org/a b", 'https://example.org/"onclick', "HTTPS//x",
        "https://example.org:99999/", "https://[half", "data:text/html,x", "https://example.org/" + "a" * 500,
    ],
)  # fmt: skip
def test_a_link_that_is_not_a_whole_https_address_is_refused_with_what_to_enter(link: str) -> None:
    assert why_not_link(link).startswith(("Enter a", "Use a link"))


@pytest.mark.parametrize("link", ["", "https://www.example.gov.uk/letter.pdf?page=4#p", "https://intranet/notices/7"])
def test_no_link_or_a_whole_one_is_taken(link: str) -> None:
    assert why_not_link(link) == ""
