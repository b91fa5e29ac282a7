"""How a text is shown in an authority's own words, and how it reads."""

import pytest

from tracker.self_evaluation.glossary.rules import Glossary
from tracker.self_evaluation.readability import readability

OURS = Glossary({"care leaver": "care-experienced adult", "care leavers": "care-experienced adults", "lac": "CLA"})


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (
            "Care leavers stay; a care leaver moves.",
            "Care-experienced adults stay; a care-experienced adult moves.",
        ),
        ("- CARE LEAVERS", "- Care-experienced adults"),
        ("A mother said “my son is a care leaver”.", "A mother said “my son is a care leaver”."),
        ("Placed lacking black care leaverships [E-1].", "Placed lacking black care leaverships [E-1]."),
        ("See [care leavers](https://example.org/lac).", "See [care-experienced adults](https://example.org/lac)."),
        ("<b>LAC</b> أربعة 👍", "<b>CLA</b> أربعة 👍"),
    ],
)
def test_whole_words_are_shown_otherwise_and_what_others_said_is_not(written: str, shown: str) -> None:
    assert OURS.shown(written) == shown
    assert OURS.changes(written) is (written != shown)


def test_an_authority_without_words_of_its_own_shows_what_is_written() -> None:
    assert Glossary({}).shown("Care leavers stay.") == "Care leavers stay."


def test_a_plain_text_reads_younger_than_an_official_one() -> None:
    plain = "We meet each child. We ask what they want. " * 5
    official = (
        "Multidisciplinary reconfiguration of permanency arrangements facilitated considerable organisational "
        "transformation, notwithstanding interdependencies and capacity. " * 3
    )

    assert (readability(plain).words, readability(plain).sentences, readability(plain).a_sentence) == (45, 10, 4)
    assert (readability(plain).age or 99) < 8 < 20 < (readability(official).age or 0)


def test_words_are_counted_without_citations_and_marks_of_markdown() -> None:
    assert readability("# Now\n\n- **Letters** are clear [E-1] [R-3:8].").words == 4


@pytest.mark.parametrize("text", ["", "We met.", "👍 " * 50, "العربية. لغة " * 40, "| 1 | 2 |\n" * 40])
def test_a_short_or_foreign_text_is_given_no_age(text: str) -> None:
    assert readability(text).age is None
