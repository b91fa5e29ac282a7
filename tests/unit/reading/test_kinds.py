"""What sort of document a file is: told by its title, or by what it holds, and never one sort for another."""

from pathlib import Path

import pytest

from tests.given_letters import GOOD, headed, posted, said, set_as_pages
from tests.given_published import as_published, read_again, wrong
from tests.given_reports import saved
from tests.report_truth import REPORTS, library
from tracker.inspections.reading import Unreadable
from tracker.inspections.reading.reader import read
from tracker.inspections.reading.readings import Kind

REPORT = REPORTS / "ilacs" / "80494_enfield_2024-09-04.pdf"


@pytest.mark.parametrize(
    "title",
    [
        "Inspection of Enfield local authority children’s services",
        "London Borough of Enfield Inspection of children’s social care services",
        "London Borough of Enfield Inspection of local authority children’s social care services",
        "Enfield Inspection of children's social care services",
        "Inspection of children’s services in Enfield",
        "INSPECTION OF ENFIELD LOCAL AUTHORITY CHILDREN’S SERVICES",
        "Inspection of Enfield local authority childrens services",
        "Enfield children’s services inspection",
        "Children’s services in Enfield: what inspectors found",
    ],
)
def test_an_inspection_is_known_whatever_its_title_says(title: str, tmp_path: Path) -> None:
    setting = as_published(REPORT)
    setting.the("title").say(title)

    reading = read_again(setting, tmp_path)

    assert reading.kind.value is Kind.ILACS
    assert reading.authority.value is not None
    assert "enfield" in reading.authority.value.casefold()
    assert set(wrong(setting, reading)) <= {"authority"}


def test_an_inspection_whose_title_says_nothing_is_known_by_its_judgements_and_a_person_asked(tmp_path: Path) -> None:
    setting = as_published(REPORT)
    setting.the("title").say("Enfield")

    reading = read_again(setting, tmp_path)

    assert reading.kind.value is Kind.ILACS
    assert not reading.kind.sure
    assert wrong(setting, reading) == []


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("Inspection of Brent fostering services", "one provider of care"),
        ("Inspection of safeguarding and looked after children services in Brent", "safeguarding and looked after"),
        ("Inspection of local authority arrangements for the protection of children in Brent", "the protection of"),
        ("Brent Primary School inspection report", "a school or another provider of education"),
        ("An inspection of youth justice services in Brent", "youth justice services"),
        ("Brent adult social care assessment", "an assessment of adult social care"),
        (
            "Review of the effectiveness of the Local Safeguarding Children Board in Brent",
            "Local Safeguarding Children",
        ),
        ("Monitoring visit of a children’s home", "one provider of care"),
    ],
)
def test_another_sort_of_report_is_refused_as_what_it_is(title: str, what: str, tmp_path: Path) -> None:
    body = (
        f"<div class=title>{title}</div>"
        + said("Inspection dates: 4 to 8 March 2024")
        + headed("Findings", said(GOOD * 3))
    )

    with pytest.raises(Unreadable, match=what):
        read(saved(tmp_path, set_as_pages(body)), library())


def test_a_visit_about_fostering_is_a_visit(tmp_path: Path) -> None:
    body = posted(
        "Focused visit to Brent children’s services",
        said(
            "This letter summarises the findings of the focused visit to Brent children’s services on 20 and 21 "
            "February 2024. Inspectors looked at the fostering and adoption services and at residential care."
        ),
        headed("Main findings", said(GOOD)),
    )

    assert read(saved(tmp_path, set_as_pages(body)), library()).kind.value is Kind.FOCUSED_VISIT
