"""Letters and Area SEND reports. All are invented: none of these kinds was at hand when the reader was written."""

from datetime import date
from pathlib import Path

import pytest

from tests.given_reports import letter, saved
from tests.report_truth import library
from tracker.inspections.reading import Reading, Unreadable
from tracker.inspections.reading.reader import read
from tracker.inspections.reading.readings import Kind

FILLER = (
    "Social workers know their children well and visit them often. Plans are clear and most are reviewed on time, and "
    "managers keep a close eye on what changes for children. Partners share what they know without delay."
)
FOCUSED_OPENING = (
    "This letter summarises the findings of the focused visit to Brent children’s services on 20 and 21 February 2024. "
    "His Majesty’s Inspectors for this visit were Ann Example and Ben Sample."
)
MONITORING_OPENING = (
    "This letter summarises the findings of the monitoring visit of Brent children’s services on 11 and 12 December "
    "2019. The visit was the third monitoring visit since the local authority was judged inadequate in July 2018. "
    "The inspectors were Cara Instance, HMI, and Dan Specimen, HMI."
)
JOINT_OPENING = (
    "This letter summarises the findings of the joint targeted area inspection of the multi-agency response to "
    "children and families who need help in Brent. This inspection took place from 12 to 16 June 2023."
)
TOGETHER = "Both should decide together, and at once, when children are missing, and should write down why."
SEND_OUTCOME = (
    "The local area partnership’s arrangements lead to inconsistent experiences and outcomes for children and young "
    "people with special educational needs and/or disabilities (SEND)."
)
WAITING = (
    "Leaders should reduce the time for which children wait for an assessment of their needs, so that they are helped "
    "when they need it."
)
FOCUSED_VISIT = [
    ("lines", ["Ofsted", "Piccadilly Gate", "22 March 2024", "Director of Children’s Services", "Brent Council"]),
    ("text", "Dear colleague"),
    ("heading", "Focused visit to Brent children’s services"),
    ("text", FOCUSED_OPENING),
    ("heading", "Headline findings"),
    ("text", FILLER),
    ("text", "Leaders have an accurate understanding of the strengths of this service and of what is left to do."),
    ("heading", "What needs to improve in this area of social work practice?"),
    ("bullets", ["The timeliness of strategy discussions.", "The quality of written plans for children in need."]),
    ("heading", "Main findings"),
    ("text", FILLER),
    ("text", "Children’s views are heard and recorded in their own words. They change what is done."),
    ("text", "Ofsted will take the findings from this focused visit into account when planning the next inspection."),
    ("text", "Yours sincerely"),
    ("lines", ["Ann Example", "His Majesty’s Inspector"]),
]
MONITORING_VISIT = [
    ("lines", ["15 January 2020"]),
    ("text", "Dear colleague"),
    ("heading", "Monitoring visit of Brent children’s services"),
    ("text", MONITORING_OPENING),
    ("heading", "Areas covered by the visit"),
    ("text", FILLER),
    ("heading", "Overview"),
    ("text", "The pace of improvement has quickened. " + FILLER),
    ("heading", "Findings and evaluation of progress"),
    ("text", FILLER),
    ("text", "I am copying this letter to the Department for Education."),
    ("text", "Yours sincerely"),
    ("lines", ["Cara Instance", "Her Majesty’s Inspector"]),
]
JOINT_INSPECTION = [
    ("lines", ["28 July 2023"]),
    ("text", "Dear Brent Local Safeguarding Partnership"),
    ("heading", "Joint targeted area inspection of Brent"),
    ("text", JOINT_OPENING),
    ("heading", "Headline findings"),
    ("text", FILLER),
    ("heading", "Areas for priority action"),
    ("table", [
        ("Responsible body", "Area for priority action"),
        ("Integrated care board", "The board should make sure that health assessments are done without delay."),
        ("Brent Council and the police", TOGETHER),
    ]),
    ("heading", "What needs to improve?"),
    ("bullets", ["How consistently consent is sought from parents."]),
    ("heading", "Main findings"),
    ("text", FILLER),
    ("text", "Yours sincerely"),
]  # fmt: skip
AREA_SEND = [
    ("title", "Area SEND inspection of Brent Local Area Partnership"),
    ("lines", ["Inspection dates: 13 to 17 March 2023"]),
    ("lines", ["Dates of previous inspection: 14 to 18 May 2018"]),
    ("heading", "Inspection outcome"),
    ("text", SEND_OUTCOME),
    ("heading", "What is it like to be a child or young person with SEND in this area?"),
    ("text", FILLER),
    ("heading", "What is the area partnership doing that is effective?"),
    ("bullets", ["Leaders work together well.", "Children are helped early."]),
    ("heading", "What does the area partnership need to do better?"),
    ("bullets", ["Too many plans are late.", "Some children wait too long."]),
    ("heading", "Areas for improvement"),
    ("text", "Leaders across the partnership should improve the quality of education, health and care plans."),
    ("text", WAITING),
]  # fmt: skip


def of(folder: Path, blocks: list) -> Reading:  # type: ignore[type-arg]
    return read(saved(folder, letter(blocks)), library())


def test_a_focused_visit_is_read_with_its_findings_and_without_a_grade(tmp_path: Path) -> None:
    reading = of(tmp_path, FOCUSED_VISIT)

    assert reading.kind.value is Kind.FOCUSED_VISIT
    assert reading.activity.value == "focused_visit"
    assert reading.authority.value == "Brent"
    assert (reading.start.value, reading.end.value) == (date(2024, 2, 20), date(2024, 2, 21))
    assert reading.framework_id == "ilacs-2023"
    assert reading.judgements == ()
    assert [item.text.value for item in reading.items] == [
        "The timeliness of strategy discussions.",
        "The quality of written plans for children in need.",
    ]
    assert {item.finding_type for item in reading.items} == {"needs_to_improve"}


def test_a_letter_s_findings_keep_their_headings_and_end_before_the_signature(tmp_path: Path) -> None:
    found = [(one.heading, one.text.value) for one in of(tmp_path, FOCUSED_VISIT).paragraphs]

    assert [heading for heading, _ in found] == ["Headline findings"] * 2 + ["Main findings"] * 3
    assert found[0][1] == FILLER
    assert found[-1][1].startswith("Ofsted will take the findings")


def test_who_signed_a_letter_led_the_visit(tmp_path: Path) -> None:
    assert of(tmp_path, FOCUSED_VISIT).lead_inspectors.value == ("Ann Example",)
    assert of(tmp_path, MONITORING_VISIT).lead_inspectors.value == ("Cara Instance",)


def test_a_monitoring_visit_has_its_own_dates_and_not_those_of_the_inspection_before(tmp_path: Path) -> None:
    reading = of(tmp_path, MONITORING_VISIT)

    assert reading.kind.value is Kind.MONITORING_VISIT
    assert (reading.start.value, reading.end.value) == (date(2019, 12, 11), date(2019, 12, 12))
    assert reading.judgements == ()
    assert reading.items == ()
    assert reading.paragraphs[0].heading == "Areas covered by the visit"


def test_priority_actions_of_a_joint_inspection_name_the_responsible_body(tmp_path: Path) -> None:
    reading = of(tmp_path, JOINT_INSPECTION)

    assert reading.kind.value is Kind.JTAI
    assert (reading.start.value, reading.end.value) == (date(2023, 6, 12), date(2023, 6, 16))
    assert [(item.finding_type, item.responsible_bodies, item.text.value) for item in reading.items] == [
        (
            "priority_action",
            ("Integrated care board",),
            "The board should make sure that health assessments are done without delay.",
        ),
        (
            "priority_action",
            ("Brent Council and the police",),
            TOGETHER,
        ),
        ("needs_to_improve", (), "How consistently consent is sought from parents."),
    ]


def test_an_area_send_report_has_its_outcome_and_areas_for_improvement(tmp_path: Path) -> None:
    reading = of(tmp_path, AREA_SEND)

    assert reading.kind.value is Kind.AREA_SEND
    assert reading.framework_id == "area-send-2023"
    assert reading.authority.value == "Brent"
    assert (reading.start.value, reading.end.value) == (date(2023, 3, 13), date(2023, 3, 17))
    assert [(one.area.value, one.grade.value) for one in reading.judgements] == [("outcome", "inconsistent")]
    assert [item.finding_type for item in reading.items] == ["area_for_improvement"] * 2
    assert reading.items[1].text.value.endswith("helped when they need it.")
    assert {one.area for one in reading.paragraphs} >= {"lived_experience", "effective", "do_better"}


def test_a_visit_before_any_framework_that_is_known_is_refused(tmp_path: Path) -> None:
    blocks = [
        (kind, content.replace("2024", "2009") if isinstance(content, str) else content)
        for kind, content in FOCUSED_VISIT
    ]

    with pytest.raises(Unreadable, match="No children’s services framework is known"):
        of(tmp_path, blocks)
