"""Letters and Area SEND reports in their published forms from 2018 on. All words and names are invented."""

from pathlib import Path

import pytest

from tests.given_letters import (
    GOOD,
    LESS,
    SIGNED,
    area_send,
    headed,
    listed,
    posted,
    said,
    set_as_pages,
    tabled,
)
from tests.given_reports import saved
from tests.report_truth import library
from tracker.inspections.reading import Reading, Unreadable
from tracker.inspections.reading.reader import read
from tracker.inspections.reading.readings import Kind

IMPROVE = "What needs to improve in this area of social work practice"
FOCUSED_VISITS = {
    "as in 2018": posted(
        "Focused visit to Kirklees local authority children’s services",
        said(
            "Following the recent focused visit to Kirklees, undertaken on 5 and 6 June 2018 by Her Majesty’s "
            "Inspectors Ann Example and Bob Instance, I am writing to summarise the findings."
        ),
        headed("Overview", said(GOOD)),
        headed(IMPROVE, listed("the quality of oversight", "the timeliness of visits")),
        headed("Findings", listed(GOOD, LESS)),
        said(SIGNED, "Ann Example", "Her Majesty’s Inspector"),
    ),
    "as in 2020": posted(
        "COVID-19 focused visit to Kirklees Council children’s services",
        said(
            "This letter summarises the findings of a focused visit to Kirklees Council children’s services on 9 to 11 "
            "December 2020. Her Majesty’s Inspectors for this visit were Ann Example and Bob Instance.",
            "The methodology was adapted to the COVID-19 context.",
        ),
        headed("Headline findings", said(GOOD)),
        headed(IMPROVE, listed("the quality of oversight", "the timeliness of visits")),
        headed("Main findings", said(GOOD, LESS)),
        said(SIGNED, "Ann Example<br>Her Majesty’s Inspector"),
    ),
    "as in 2024": posted(
        "Focused visit to Kirklees children’s services",
        said(
            "This letter summarises the findings of the focused visit to Kirklees children’s services on 20 and 21 "
            "February 2024. His Majesty’s Inspectors for this visit were Ann Example and Bob Instance."
        ),
        headed("Headline findings", said(GOOD)),
        headed(f"{IMPROVE}?", listed("the quality of oversight", "the timeliness of visits")),
        headed("Main findings", said(GOOD, LESS)),
        said("Ofsted will take the findings into account.", SIGNED, "Ann Example<br>His Majesty’s Inspector"),
    ),
}
MONITORING_VISIT = posted(
    "Monitoring visit of Kirklees children’s services",
    said(
        "This letter summarises the findings of the monitoring visit to Kirklees children’s services on 8 and 9 June "
        "2022. This was the second monitoring visit since the local authority was judged inadequate in November 2021. "
        "Her Majesty’s Inspectors for this visit were Ann Example and Bob Instance."
    ),
    headed("Areas covered by the visit", said("Inspectors reviewed progress in:"), listed("the front door")),
    headed("Headline findings", said(GOOD)),
    headed("Findings and evaluation of progress", said(GOOD, LESS)),
    said("I am copying this letter to the Department for Education.", SIGNED, "Ann Example<br>Her Majesty’s Inspector"),
)
PRIORITIES = [
    "Children missing from care are not protected, and what they say is not used. (Kirklees Council)",
    "The local authority and the police should improve the timeliness of strategy meetings.",
]
JOINT_INSPECTIONS = {
    "as in 2018": said("9 July 2018", "Dear local partnership")
    + headed("Joint targeted area inspection of the multi-agency response to sexual abuse in the family in Kirklees")
    + said(
        "Between 14 May 2018 and 18 May 2018, Ofsted, the Care Quality Commission and HMI Probation undertook a joint "
        "inspection of the multi-agency response in Kirklees."
    )
    + headed("Key strengths", listed(GOOD, LESS))
    + headed("Areas for priority action", listed(*PRIORITIES))
    + headed("Areas for improvement", listed("The recording of decisions."))
    + said(SIGNED, "Dana Director<br>National Director, Social Care"),
    "as in 2023": said("9 May 2018", "Dear Kirklees safeguarding partnership")
    + headed("Joint targeted area inspection of Kirklees")
    + said(
        "This letter summarises the findings of the joint targeted area inspection (JTAI) of the ‘front door’.",
        "This inspection took place from 14 to 18 May 2018. It was carried out by inspectors from three inspectorates.",
    )
    + headed("Headline findings", said(GOOD))
    + headed("Areas for priority action", listed(*PRIORITIES))
    + headed("What needs to improve?", listed("The recording of decisions."))
    + headed("Strengths", listed(GOOD))
    + headed(
        "Main findings",
        said(GOOD, LESS),
        "<div class=box><h2>Practice study: area for improvement</h2></div>",
        said(LESS),
    )
    + said(SIGNED)
    + tabled(("Dana Director<br>National Director, Ofsted", "Dr Bob Instance<br>Chief Inspector of Healthcare, CQC")),
}
POSITIVE = "The partnership’s arrangements typically lead to positive experiences and outcomes for children with SEND."
INCONSISTENT = "The partnership’s arrangements lead to inconsistent experiences and outcomes for children with SEND."
FAILING = "There are widespread and/or systemic failings leading to significant concerns about children with SEND."
BETTER = "Leaders across the partnership should improve the quality of education, health and care plans."
URGENT = "Leaders should act urgently to reduce the time that children wait for an assessment of their needs."


def of(folder: Path, body: str) -> Reading:
    return read(saved(folder, set_as_pages(body)), library())


@pytest.mark.parametrize("form", FOCUSED_VISITS)
def test_a_focused_visit_is_read_in_the_forms_of_all_years(form: str, tmp_path: Path) -> None:
    reading = of(tmp_path, FOCUSED_VISITS[form])

    assert reading.kind.value is Kind.FOCUSED_VISIT
    assert reading.authority.value in ("Kirklees", "Kirklees Council")
    assert reading.authority.sure
    assert reading.start.value is not None
    assert str(reading.start.value.year) in form
    assert reading.lead_inspectors.value == ("Ann Example",)
    assert [item.text.value for item in reading.items] == ["the quality of oversight", "the timeliness of visits"]
    assert [one.text.value for one in reading.paragraphs if one.heading.endswith("indings")][-2:] != []
    assert reading.judgements == ()
    assert reading.doubts == ()


def test_a_visit_s_areas_for_priority_action_are_told_from_what_needs_to_improve(tmp_path: Path) -> None:
    urgent = headed("Areas for priority action", said("The local authority needs to act:"), listed(*PRIORITIES))
    body = FOCUSED_VISITS["as in 2024"].replace(f"<h2>{IMPROVE}?", f"{urgent}<h2>{IMPROVE}?")

    reading = of(tmp_path, body)

    assert [item.finding_type for item in reading.items] == ["priority_action"] * 2 + ["needs_to_improve"] * 2
    assert [item.responsible_bodies for item in reading.items] == [()] * 4


def test_a_visit_that_prints_its_facts_and_numbers_like_a_report_is_read(tmp_path: Path) -> None:
    body = (
        "<div class=title>Focused visit to Brent children’s services</div>"
        + said("<b>Visit dates:</b> 12 and 13 May 2026", "<b>Lead inspector:</b> Ann Example, His Majesty’s Inspector")
        + headed("Headline findings", said(GOOD), rank=1)
        + headed("What needs to improve?", listed("The local offer (outcome 4, national framework)."), rank=1)
        + headed("Main findings", said(*(f"{number}. {GOOD}" for number in range(1, 6))), rank=1)
    )

    reading = of(tmp_path, body)

    assert reading.framework_id == "ilacs-2026"
    assert reading.activity.value == "focused_visit"
    assert reading.lead_inspectors.value == ("Ann Example",)
    assert [one.number for one in reading.paragraphs] == [None, 1, 2, 3, 4, 5]
    assert [item.reference_printed for item in reading.items] == ["outcome 4, national framework"]


def test_a_monitoring_visit_keeps_what_it_covered_apart_from_what_it_found(tmp_path: Path) -> None:
    reading = of(tmp_path, MONITORING_VISIT)

    assert reading.kind.value is Kind.MONITORING_VISIT
    assert f"{reading.start.value} {reading.end.value}" == "2022-06-08 2022-06-09"
    assert reading.lead_inspectors.value == ("Ann Example",)
    assert reading.items == ()
    assert reading.judgements == ()
    assert list(dict.fromkeys(one.heading for one in reading.paragraphs)) == [
        "Areas covered by the visit",
        "Headline findings",
        "Findings and evaluation of progress",
    ]


@pytest.mark.parametrize("form", JOINT_INSPECTIONS)
def test_a_joint_inspection_names_who_must_act_and_no_director_as_its_lead(form: str, tmp_path: Path) -> None:
    reading = of(tmp_path, JOINT_INSPECTIONS[form])

    assert reading.kind.value is Kind.JTAI
    assert reading.authority.value == "Kirklees"
    assert f"{reading.start.value} {reading.end.value}" == "2018-05-14 2018-05-18"
    assert reading.lead_inspectors.value == ()
    assert [(item.finding_type, item.responsible_bodies) for item in reading.items] == [
        ("priority_action", ("Kirklees Council",)),
        ("priority_action", ("The local authority and the police",)),
        ("needs_to_improve", ()),
    ]
    assert reading.judgements == ()


@pytest.mark.parametrize("bodies_first", [True, False])
def test_a_column_of_responsible_bodies_is_read_on_either_side(bodies_first: bool, tmp_path: Path) -> None:
    rows = [
        ("Responsible body", "Areas for priority action"),
        ("Kirklees Council and NHS West Yorkshire Integrated Care Board", BETTER.replace("Leaders", "They", 1)),
        ("NHS West Yorkshire Integrated Care Board", URGENT),
    ]
    table = tabled(*(row if bodies_first else (row[1], row[0]) for row in rows))

    reading = of(tmp_path, area_send(FAILING, headed("Areas for priority action", table, rank=1)))

    assert [(item.responsible_bodies, item.text.value) for item in reading.items] == [
        ((rows[1][0],), rows[1][1]),
        ((rows[2][0],), URGENT),
    ]
    assert {item.finding_type for item in reading.items} == {"priority_action"}


@pytest.mark.parametrize(
    ("outcome", "code"),
    [(POSITIVE, "typically_positive"), (INCONSISTENT, "inconsistent"), (FAILING, "systemic_failings")],
)
def test_an_area_send_report_has_one_of_three_outcomes(outcome: str, code: str, tmp_path: Path) -> None:
    table = tabled(("Areas for improvement",), (BETTER,), ("The local authority should publish its plan.",))

    reading = of(tmp_path, area_send(outcome, headed("Areas for improvement", table, rank=1)))

    assert reading.kind.value is Kind.AREA_SEND
    assert reading.activity.value == "full_inspection"
    assert f"{reading.start.value} {reading.end.value}" == "2023-06-26 2023-06-30"
    assert reading.lead_inspectors.value == ("Ann Example", "Bob Instance")
    assert [one.grade.value for one in reading.judgements] == [code]
    assert [(item.text.value, item.text.sure) for item in reading.items] == [
        (BETTER, True),
        ("The local authority should publish its plan.", True),
    ]
    assert [item.responsible_bodies for item in reading.items] == [
        ("Leaders across the partnership",),
        ("The local authority",),
    ]


def test_an_area_send_monitoring_inspection_gives_no_outcome_that_is_graded(tmp_path: Path) -> None:
    outcome = "Leaders have taken effective action in one of the two areas for priority action."

    reading = of(tmp_path, area_send(outcome, what="Area SEND monitoring inspection", dates="4 to 6 March 2025"))

    assert reading.activity.value == "monitoring_inspection"
    assert reading.judgements == ()


def test_an_area_send_letter_from_before_its_framework_is_refused_as_what_it_is(tmp_path: Path) -> None:
    body = posted(
        "Joint area SEND inspection in Kirklees",
        said(
            "Between 13 May 2019 and 17 May 2019, Ofsted and the Care Quality Commission conducted a joint inspection."
        ),
        headed("Main findings", listed(GOOD, LESS)),
        said(SIGNED),
    )

    with pytest.raises(Unreadable, match="No Area SEND framework is known for fieldwork that began on 13 May 2019"):
        of(tmp_path, body)
