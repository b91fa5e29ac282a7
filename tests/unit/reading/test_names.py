"""Authorities and inspectors in the forms that titles and front pages print them."""

import re

import pytest

from tests.report_truth import REPORTS
from tracker.inspections.reading.front import authority_found
from tracker.inspections.reading.inspectors import inspectors_in

PRINTED = [line.split("|") for line in (REPORTS / "authorities.txt").read_text(encoding="utf-8").splitlines()]
"""Every English authority with children's services since 2018, and how it or its trust is called in print."""
TITLES = [
    "Inspection of {} local authority children’s services",
    "{} Inspection of children’s social care services",
    "{} Inspection of local authority children’s services",
    "Inspection of {} children’s services",
    "Inspection of {}’s children’s services",
    "Inspection of the {} local authority children’s services",
    "INSPECTION OF {} LOCAL AUTHORITY CHILDREN’S SERVICES",
    "Inspection of local authority children’s services in {}",
    "Ofsted raising standards Inspection of {} local authority children’s services",
    "Focused visit to {} children’s services",
    "Monitoring visit of {} children’s services",
    "Area SEND inspection of {} Local Area Partnership",
    "Joint targeted area inspection of the multi-agency response to serious youth violence in {}",
]
_COUNCIL = re.compile(
    r"\b(?:london|royal|metropolitan|borough|district|city|county|council|corporation|mbc|unitary|of|the|upon|on)\b"
)
NAMES = ["Ann Example", "Máire O’Neill", "Anne-Marie Van der Berg", "Dr Ann Example", "Paula D’Example-Jones", "Ty Li"]
OFFICES = [
    "", " HMI", ", HMI", " (HMI)", " – HMI", ", Senior HMI", ", SHMI", ", His Majesty’s Inspector",
    ", Her Majesty's Inspector", ", Her Majestys Inspector", ", His Majesty’s Inspector (HMI)",
    ", Senior His Majesty’s Inspector", ", Ofsted His Majesty’s Inspector", ", Ofsted Inspector",
    ", Social Care Regulatory Inspector", ", His Majesty’s Inspector, Social Care", ", Regulatory Inspection Manager",
]  # fmt: skip


def said(name: str) -> str:
    """A name without what sort of council it is, as two readers of one title would agree on it."""
    words = re.sub(r"[^a-z]+", " ", name.casefold().replace("’", "").replace("&", " and "))
    return " ".join(_COUNCIL.sub(" ", words).split())


@pytest.mark.parametrize("title", TITLES)
def test_every_authority_is_found_in_a_title_in_every_form(title: str) -> None:
    missed = []
    for short, *forms in PRINTED:
        for form in (short, *forms):
            found = authority_found(title.format(form), [])
            if said(found.value or "") not in (said(short), said(form)):
                missed.append((form, found.value))

    assert len(PRINTED) > 150
    assert missed == []


@pytest.mark.parametrize("form", ["City of Bradford Metropolitan District Council", "Bristol City of", "Hull"])
def test_an_authority_is_given_as_printed(form: str) -> None:
    found = authority_found(f"Inspection of {form} local authority children’s services", [])

    assert found.value == form
    assert found.sure


@pytest.mark.parametrize(
    ("trust", "authority"),
    [
        ("Together for Children, Sunderland", "Sunderland"),
        ("Birmingham Children’s Trust", "Birmingham"),
        ("Slough Children First", "Slough"),
        ("Northamptonshire Children’s Trust: North Northamptonshire", "North Northamptonshire"),
        ("Achieving for Children, Royal Borough of Kingston upon Thames", "Royal Borough of Kingston upon Thames"),
    ],
)
def test_a_trust_s_authority_is_found_and_a_person_asked(trust: str, authority: str) -> None:
    found = authority_found(f"Inspection of {trust} local authority children’s services", [])

    assert found.value == authority
    assert not found.sure


def test_an_authority_that_is_not_known_is_read_where_names_stand_and_a_person_asked() -> None:
    found = authority_found("Inspection of East Borsetshire local authority children’s services", [])

    assert found.value == "East Borsetshire"
    assert found.why == "This is not a local authority that is known."


@pytest.mark.parametrize("office", OFFICES)
def test_an_inspector_s_office_is_no_part_of_the_name(office: str) -> None:
    assert [inspectors_in(name + office) for name in NAMES] == [(name,) for name in NAMES]


@pytest.mark.parametrize(
    "form",
    [
        "{} and {}", "{} & {}, HMIs", "{} HMI and {} HMI", "{}, HMI; {}, HMI", "{}/{}", "{} HMI {} HMI",
        "{} and {}, His Majesty’s Inspectors", "{}, His Majesty’s Inspector and {}, His Majesty’s Inspector",
    ],
)  # fmt: skip
def test_two_lead_inspectors_are_two_names(form: str) -> None:
    assert inspectors_in(form.format("Ann-Marie O’Example", "Bob Instance")) == ("Ann-Marie O’Example", "Bob Instance")
