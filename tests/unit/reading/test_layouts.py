"""What reports do: each oddity of the published ones, drawn on purpose. All words are invented."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.given_reports import Layout, Report, drawn, saved
from tests.report_truth import library
from tracker.inspections.reading import Reading
from tracker.inspections.reading.reader import read

LEADERS = "The impact of leaders on social work practice with children and families"
HELP = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
OVERALL = "Overall effectiveness"
RI = "Requires improvement to be good"
FIRST = (
    "Children are seen quickly when they need help, and what they say is written down in their own words by workers."
)
SECOND = "Managers know how well their teams work. They use what they know to make practice better for every child."
THIRD = "Young people leave care well prepared and stay in touch with advisers who know them and whom they trust."
FOURTH = "Leaders listen to children and to those who work with them, and they change what does not help families."


LONG_ITEM = (
    "How well case records show what children think, feel and wish for, and what those who work with them have done "
    "about it since."
)


def numbered(*texts: str, start: int = 1, stop: str = ".") -> tuple[tuple[str, str], ...]:
    return tuple((f"{number}{stop}", text) for number, text in enumerate(texts, start=start))


def a_report(**changed: object) -> Report:
    report = Report(
        judgements=((LEADERS, "Good"), (HELP, RI), (CARE, "Outstanding"), (LEAVERS, "Inadequate"), (OVERALL, "Good")),
        summary=("Services in Brent have become better since the last inspection, though not for every child. " * 3,),
        items=(("The timeliness of strategy discussions.",), (LONG_ITEM,)),
        sections=(
            (f"{HELP}: requires improvement to be good", numbered(FIRST, SECOND)),
            (f"{CARE}: outstanding", numbered(THIRD, FOURTH, start=3)),
            (f"{LEAVERS}: inadequate", numbered(THIRD + " " + SECOND, start=5)),
            (f"{LEADERS}: good", numbered(FOURTH, FIRST, SECOND, start=6)),
        ),
    )  # fmt: skip
    return replace(report, **changed)  # type: ignore[arg-type]


def read_back(folder: Path, report: Report, layout: Layout | None = None) -> Reading:
    return read(saved(folder, drawn(report, layout)), library())


def grades(reading: Reading) -> dict[str, str | None]:
    return {judgement.area.value: judgement.grade.value for judgement in reading.judgements}


def texts(reading: Reading) -> list[tuple[int | None, str | None, str]]:
    return [(one.number, one.area, one.text.value) for one in reading.paragraphs]


GRADES = {
    "leadership": "good",
    "help_protection": "requires_improvement",
    "children_in_care": "outstanding",
    "care_leavers": "inadequate",
    "overall": "good",
}
PARAGRAPHS = [
    (1, "help_protection", FIRST),
    (2, "help_protection", SECOND),
    (3, "children_in_care", THIRD),
    (4, "children_in_care", FOURTH),
    (5, "care_leavers", f"{THIRD} {SECOND}"),
    (6, "leadership", FOURTH),
    (7, "leadership", FIRST),
    (8, "leadership", SECOND),
]


@pytest.mark.parametrize(
    "layout",
    [
        Layout(),
        Layout(claims_size_one=True),
        Layout(hang=0),
        Layout(number_indent=18, hang=18),
        Layout(glued=True),
        Layout(footer="between"),
        Layout(footer="top"),
        Layout(footer="one", footer_text=("Wrong footer, 1 to 5 May 2012", "")),
        Layout(footer="none"),
        Layout(heading_bold=False),
        Layout(heading_bold=False, heading_size=12.0),
        Layout(heading_size=12.0),
        Layout(bottom=430, back_matter_size=12.0),
    ],
    ids=lambda layout: next(
        (f"{name}={value}" for name, value in vars(layout).items() if value != vars(Layout())[name]), "plain"
    ),
)
def test_paragraphs_are_read_whatever_the_layout(tmp_path: Path, layout: Layout) -> None:
    reading = read_back(tmp_path, a_report(), layout)

    assert texts(reading) == PARAGRAPHS
    assert grades(reading) == GRADES
    assert reading.doubts == ()


@pytest.mark.parametrize("grade_line", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("table_head", ["Judgement", None])
@pytest.mark.parametrize("grade_room", [75.0, 110.0, 200.0])
def test_a_grade_may_stand_anywhere_beside_its_label(
    tmp_path: Path, grade_line: float, table_head: str | None, grade_room: float
) -> None:
    layout = Layout(grade_line=grade_line, table_head=table_head, grade_room=grade_room)

    reading = read_back(tmp_path, a_report(), layout)

    assert grades(reading) == GRADES
    assert all(judgement.grade.sure for judgement in reading.judgements)


@pytest.mark.parametrize(
    ("label", "area"),
    [
        ("Impact of leaders on social work practice with children and families", "leadership"),
        ("The impact of leaders on practice with children and families", "leadership"),
        ("The experience and progress of children who need help and protection", "help_protection"),
        ("Experiences and progress of care leavers", "care_leavers"),
        ("The experiences and progress of children who needs help and protection", "help_protection"),
    ],
)
def test_labels_are_known_in_all_their_wordings(tmp_path: Path, label: str, area: str) -> None:
    reading = read_back(tmp_path, a_report(judgements=((OVERALL, "Good"), (label, "Requires improvement"))))

    assert {**grades(reading)}[area] == "requires_improvement"


def test_the_older_three_areas_are_read_as_printed_and_pointed_out(tmp_path: Path) -> None:
    both = "The experiences and progress of children in care and care leavers"
    report = a_report(
        judgements=((LEADERS, "Good"), (HELP, RI), (both, "Good"), (OVERALL, "Good")),
        sections=((f"{HELP}: {RI.lower()}", numbered(FIRST)), (f"{both}: good", numbered(SECOND, start=2))),
    )

    reading = read_back(tmp_path, report)

    assert grades(reading)["children_in_care_and_care_leavers"] == "good"
    assert [area for _, area, _ in texts(reading)] == ["help_protection", "children_in_care_and_care_leavers"]
    assert any("gives no grade for" in doubt.sentence for doubt in reading.doubts)


@pytest.mark.parametrize("form", [": good", " is good", " good", ": Good", " is: Good.", " – good"])
def test_a_heading_may_end_in_its_grade_in_many_forms(tmp_path: Path, form: str) -> None:
    sections = ((LEADERS + form, numbered(FIRST, SECOND)), (HELP + ": " + RI, numbered(THIRD, start=3)))

    reading = read_back(tmp_path, a_report(sections=sections))

    assert [(part.area, part.grade) for part in reading.section_headings] == [
        ("leadership", "good"),
        ("help_protection", "requires_improvement"),
    ]


def test_a_grade_that_the_table_and_the_heading_print_differently_is_doubtful(tmp_path: Path) -> None:
    sections = ((f"{LEADERS}: inadequate", numbered(FIRST, SECOND)),)

    reading = read_back(tmp_path, a_report(sections=sections))

    leaders = next(one.grade for one in reading.judgements if one.area.value == "leadership")
    assert leaders.value == "good"
    assert not leaders.sure
    assert leaders.why == "The table says good, the heading on page 1 says inadequate."


@pytest.mark.parametrize(
    "improve", ["What needs to improve", "What needs to improve?", "What needs to improve:", "What Needs To Improve"]
)
@pytest.mark.parametrize("bullet", ["•", "■", "\uf0b7", "\uf06e", "\uf0a7", "◼", "-", "–"])
def test_bullets_are_read_whatever_their_glyph(tmp_path: Path, improve: str, bullet: str) -> None:
    reading = read_back(tmp_path, a_report(improve=improve), Layout(bullet=bullet, sub_bullet="•"))

    assert [item.text.value for item in reading.items] == [" ".join(item) for item in a_report().items]
    assert all(item.text.sure for item in reading.items)


def test_sub_bullets_belong_to_their_item_even_over_a_page(tmp_path: Path) -> None:
    items = (("Oversight of:", "assessments", "plans, with all that belongs to them", "visits."), ("Records.",))

    for bottom in (780, 700, 690, 680, 670, 660, 650, 640, 630, 620):
        reading = read_back(tmp_path, a_report(items=items), Layout(bottom=bottom, sub_bullet="•"))

        assert [item.sub_items for item in reading.items] == [3, 0]
        assert (
            reading.items[0].text.value
            == "Oversight of: • assessments • plans, with all that belongs to them • visits."
        )


def test_a_list_without_bullets_is_read_sentence_by_sentence_for_a_person_to_check(tmp_path: Path) -> None:
    reading = read_back(tmp_path, a_report(), Layout(bullet="", bullet_hang=0))

    assert [item.text.value for item in reading.items] == [" ".join(item) for item in a_report().items]
    assert not any(item.text.sure for item in reading.items)


def test_a_footnote_and_its_mark_are_in_no_field(tmp_path: Path) -> None:
    note = "The areas for improvement have been cross-referenced with the outcomes of the national framework."

    reading = read_back(tmp_path, a_report(), Layout(note=note))

    assert texts(reading) == PARAGRAPHS
    assert len(reading.items) == 2
    assert not any("cross-referenced" in item.text.value for item in reading.items)


def test_a_line_that_wraps_before_a_number_begins_no_paragraph(tmp_path: Path) -> None:
    trap = "Help is offered to all who ask for it from the age of\n2. Most are helped, some not.\n16. More is said."
    sections = ((f"{HELP}: {RI}", numbered(trap, SECOND)), (f"{CARE}: outstanding", numbered(THIRD, start=3)))

    for layout in (Layout(), Layout(hang=0), Layout(number_indent=18, hang=0)):
        reading = read_back(tmp_path, a_report(sections=sections), layout)

        assert [number for number, _, _ in texts(reading)] == [1, 2, 3]
        assert texts(reading)[0][2] == trap.replace("\n", " ")


def test_a_paragraph_that_starts_like_a_heading_is_a_paragraph(tmp_path: Path) -> None:
    first = f"{CARE} are good. {FIRST}"
    sections = ((f"{HELP}: {RI}", numbered(first, SECOND)),)

    assert texts(read_back(tmp_path, a_report(sections=sections)))[0] == (1, "help_protection", first)


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        (("1.", "2.", "4.", "5."), "Paragraph 4 follows paragraph 2: 3 is not printed."),
        (("1.", "2.", "2.", "3."), "Two paragraphs are numbered 2."),
    ],
)
def test_a_number_skipped_or_used_twice_is_kept_and_pointed_out(
    tmp_path: Path, numbers: tuple[str, ...], sentence: str
) -> None:
    sections = ((f"{HELP}: {RI}", tuple(zip(numbers, (FIRST, SECOND, THIRD, FOURTH), strict=True))),)

    reading = read_back(tmp_path, a_report(sections=sections))

    assert [f"{one.number}." for one in reading.paragraphs] == list(numbers)
    assert [doubt.sentence for doubt in reading.doubts] == [sentence]


@pytest.mark.parametrize("misprint", ["2", "2.", "2)"])
@pytest.mark.parametrize("glued", [False, True])
def test_a_number_may_lack_its_stop_or_its_space(tmp_path: Path, misprint: str, glued: bool) -> None:
    sections = ((f"{HELP}: {RI}", (("1.", FIRST), (misprint, SECOND), ("3.", THIRD))),)

    reading = read_back(tmp_path, a_report(sections=sections), Layout(glued=glued))

    assert texts(reading) == [
        (1, "help_protection", FIRST), (2, "help_protection", SECOND), (3, "help_protection", THIRD),
    ]  # fmt: skip


def test_numbering_may_begin_again_in_each_part(tmp_path: Path) -> None:
    sections = ((f"{HELP}: {RI}", numbered(FIRST, SECOND)), (f"{CARE}: outstanding", numbered(THIRD, FOURTH)))

    reading = read_back(tmp_path, a_report(sections=sections))

    assert [(number, area) for number, area, _ in texts(reading)] == [
        (1, "help_protection"), (2, "help_protection"), (1, "children_in_care"), (2, "children_in_care"),
    ]  # fmt: skip
    assert [doubt.sentence for doubt in reading.doubts] == ["The numbering begins again at 1 after paragraph 2."]


def test_a_report_without_a_lead_inspector_or_items_says_so(tmp_path: Path) -> None:
    report = a_report(front=("Inspection dates: 20 to 24 February 2023",), improve="", items=())

    reading = read_back(tmp_path, report)

    assert reading.lead_inspectors.value == ()
    assert reading.lead_inspectors.why == "The report names no lead inspector."
    assert reading.items == ()
    assert grades(reading) == GRADES


def test_two_periods_of_fieldwork_are_read_from_first_day_to_last(tmp_path: Path) -> None:
    dates = "Inspection dates: 8 July 2019 to 12 July 2019 and 7 August 2019 to 8 August 2019"

    reading = read_back(tmp_path, a_report(front=(dates, "Lead inspector: Ann Example HMI")))

    assert f"{reading.start.value} {reading.end.value}" == "2019-07-08 2019-08-08"
    assert [str(day) for day in reading.end_alternatives] == ["2019-07-12"]
    assert reading.activity.value is None


def test_a_trust_in_the_title_does_not_hide_its_authority(tmp_path: Path) -> None:
    title = ("Inspection of Together for Children,", "Sunderland local authority children’s services")

    reading = read_back(tmp_path, a_report(title=title))

    assert reading.authority.value == "Sunderland"
    assert reading.authority.why == "The title says “Together for Children, Sunderland”."


def test_dates_only_at_the_foot_of_the_pages_are_doubtful(tmp_path: Path) -> None:
    reading = read_back(tmp_path, a_report(front=("Lead inspector: Ann Example HMI",)))

    assert str(reading.start.value) == "2023-02-20"
    assert not reading.start.sure


def test_a_label_that_is_not_known_is_taken_for_the_nearest_and_pointed_out(tmp_path: Path) -> None:
    label = "Outcomes for young adults who are care leavers"
    report = a_report(
        judgements=((LEADERS, "Good"), (HELP, RI), (CARE, "Outstanding"), (label, "Inadequate"), (OVERALL, "Good")),
        sections=((f"{LEADERS}: good", numbered(FIRST)), (f"{label}: inadequate", numbered(SECOND, start=2))),
    )

    reading = read_back(tmp_path, report)

    guessed = next(one for one in reading.judgements if one.area.value == "care_leavers")
    assert grades(reading) == GRADES
    assert not guessed.area.sure
    assert texts(reading)[1][1] == "care_leavers"
    assert not reading.section_headings[1].text.sure


def test_dates_without_a_label_are_found(tmp_path: Path) -> None:
    report = a_report(front=("20 to 24 February 2023", "Lead inspector: Ann Example HMI"))

    reading = read_back(tmp_path, report)

    assert f"{reading.start.value} {reading.end.value}" == "2023-02-20 2023-02-24"
    assert reading.authority.value == "Brent"
