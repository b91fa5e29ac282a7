"""What the shipped files say, and how a wrong file is refused."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.frameworks.library import WrongFile, load
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES, Certainty, Framework
from tracker.platform.errors import Refused
from tracker.settings import SEED

FRAMEWORKS = SEED / "frameworks"
ILACS_FILES = ["ilacs-2018", "ilacs-2023", "ilacs-2026"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files that a test may spoil."""
    return shutil.copytree(FRAMEWORKS, tmp_path / "frameworks")


def rewrite(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def codes(framework: Framework) -> list[str]:
    return [area.code for area in framework.areas]


def test_every_shipped_file_is_in_the_library() -> None:
    shipped = {path.stem for path in FRAMEWORKS.glob("*.yaml")} - {"national-framework"}

    assert set(library().frameworks) == shipped


def test_the_library_is_read_once() -> None:
    assert library() is library()


@pytest.mark.parametrize(
    ("fieldwork_began", "expected"),
    [
        (date(2015, 9, 14), "sif-2013"),
        (date(2017, 12, 31), "sif-2013"),
        (date(2018, 5, 14), "ilacs-2018"),
        (date(2022, 12, 31), "ilacs-2018"),
        (date(2023, 1, 1), "ilacs-2023"),
        (date(2026, 3, 31), "ilacs-2023"),
        (date(2026, 4, 1), "ilacs-2026"),
        (date(2026, 11, 20), "ilacs-2026"),
    ],
)
def test_the_first_day_of_fieldwork_chooses_the_framework(fieldwork_began: date, expected: str) -> None:
    assert library().for_fieldwork(CHILDRENS_SERVICES, fieldwork_began).id == expected


def test_fieldwork_of_january_2026_has_an_overall_grade_though_published_in_june() -> None:
    wolverhampton = library().for_fieldwork(CHILDRENS_SERVICES, date(2026, 1, 19))

    assert wolverhampton.overall_area is not None


def test_ilacs_2026_judges_four_areas_and_has_no_overall_grade() -> None:
    framework = library().framework("ilacs-2026")

    assert codes(framework) == ["leadership", "help_protection", "children_in_care", "care_leavers"]
    assert framework.overall_area is None


def test_ilacs_2018_judges_care_and_leaving_care_together() -> None:
    assert codes(library().framework("ilacs-2018")) == [
        "leadership", "help_protection", "children_in_care_and_care_leavers", "overall",
    ]  # fmt: skip


def test_the_single_inspection_framework_has_two_sub_judgements() -> None:
    framework = library().framework("sif-2013")

    under = [area.code for area in framework.areas if area.parent == "looked_after_permanence"]
    assert under == ["adoption", "care_leavers"]


def test_fieldwork_before_any_known_framework_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match=r"fieldwork that began on 8 July 2012.*earliest begins on 1 November 2013"):
        library().for_fieldwork(CHILDRENS_SERVICES, date(2012, 7, 8))


def test_an_unknown_framework_or_regime_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match=r"no framework called 'ilacs-1999'.*ilacs-2026"):
        library().framework("ilacs-1999")
    with pytest.raises(Refused, match="no inspection regime called 'prisons'"):
        library().current("prisons", date(2026, 11, 20))


def test_an_area_that_a_framework_does_not_have_is_refused() -> None:
    with pytest.raises(Refused, match=r"\(ILACS\), 2026 has no judgement area with the code 'overall'"):
        library().area("ilacs-2026", "overall")


@given(day=st.dates(date(2013, 11, 1), date(2030, 12, 31)))
def test_exactly_one_childrens_services_framework_is_in_force_on_any_day(day: date) -> None:
    in_force = [framework for framework in library().of_regime(CHILDRENS_SERVICES) if framework.in_force_on(day)]

    assert in_force == [library().current(CHILDRENS_SERVICES, day)]


@pytest.mark.parametrize("framework_id", ILACS_FILES)
def test_every_ilacs_has_the_same_87_themes(framework_id: str) -> None:
    themes = [theme for area in library().framework(framework_id).areas for theme in area.themes]

    assert len({theme.code for theme in themes}) == 87
    assert all(theme.share is not None for theme in themes)


def test_in_2018_themes_of_care_and_leaving_care_fall_under_the_joint_area() -> None:
    assert library().theme("CL03", "ilacs-2018").area.code == "children_in_care_and_care_leavers"
    assert library().theme("CL03").area.code == "care_leavers"


def test_a_theme_says_what_it_means_and_how_often_inspectors_write_about_it() -> None:
    placed = library().theme("HP16")

    assert placed.area.code == "help_protection"
    assert placed.theme.name == "Missing children and return interviews"
    assert placed.theme.share == 88
    assert "75 ILACS reports" in placed.framework.themes_basis


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(Refused, match="no theme with the code 'XX99'"):
        library().theme("XX99")


def test_a_framework_without_shared_themes_claims_no_basis_for_them() -> None:
    assert library().framework("area-send-2023").themes_basis == ""


@pytest.mark.parametrize("framework_id", ["sif-2013", *ILACS_FILES])
def test_report_and_statement_are_due_30_and_70_working_days_after_receipt(framework_id: str) -> None:
    framework = library().framework(framework_id)
    report, statement = framework.deadline("publish_report"), framework.deadline("statement_of_action")

    assert (report.working_days, report.runs_from, report.certainty) == (30, "receipt", Certainty.VERIFIED)
    assert (statement.working_days, statement.runs_from, statement.certainty) == (
        70,
        "receipt",
        Certainty.SECONDARY,
    )


def test_area_send_is_a_second_regime_with_three_outcomes_and_no_grade_for_each_area() -> None:
    framework = library().current("area_send", date(2026, 11, 20))

    assert [grade.code for grade in framework.scale] == [
        "typically_positive",
        "inconsistent",
        "systemic_failings",
    ]
    assert not any(area.graded for area in framework.judged_areas)
    assert all(kind.has_responsible_body for kind in framework.finding_types)
    assert framework.responsible_bodies


def test_a_new_regime_needs_nothing_but_its_file(folder: Path) -> None:
    (folder / "cqc-2023.yaml").write_text(
        """
id: cqc-2023
regime: adult_social_care
regime_name: adult social care
name: Local authority assessment
short_name: CQC 2023
fieldwork_from: 2023-12-01
areas: [{code: safety, name: How the local authority ensures safety, short_name: Safety}]
activities: [{code: assessment, name: Assessment, graded: true}]
finding_types: [{code: area_for_improvement, name: Area for improvement}]
""",
        encoding="utf-8",
    )

    known = load(folder)

    assert known.current("adult_social_care", date(2026, 1, 1)).area("safety").short_name == "Safety"
    assert set(known.regimes) == {*library().regimes, "adult_social_care"}


def test_the_framework_of_2027_is_a_file_and_an_end_date(folder: Path) -> None:
    text = (folder / "ilacs-2026.yaml").read_text(encoding="utf-8")
    (folder / "cfs-2027.yaml").write_text(
        text.replace("id: ilacs-2026", "id: cfs-2027").replace("2026-04-01", "2027-04-01"), encoding="utf-8"
    )
    rewrite(folder / "ilacs-2026.yaml", "2026-04-01", "2026-04-01\nfieldwork_to: 2027-03-31")

    known = load(folder)

    assert known.current(CHILDRENS_SERVICES, date(2027, 3, 31)).id == "ilacs-2026"
    assert known.current(CHILDRENS_SERVICES, date(2027, 4, 1)).id == "cfs-2027"


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("note: >-", "remark: none\nnote: >-", "At remark: this key is not known"),
        ("short_name: Leaders", "", "At areas > number 1 > short_name: Field required"),
        ("rank: 4", "rank: best", "At scale > number 1 > rank"),
        ("rank: 4", "rank: 1", "the scale must run from the best grade to the worst"),
        ("2026-04-01", "soon", "At fieldwork_from"),
        ("2026-04-01", "2026-04-01\nfieldwork_to: 2025-01-01", "fieldwork_to is before fieldwork_from"),
        ("code: help_protection", "code: leadership", "an area code is used twice"),
        (
            "childrens-services/leadership",
            "childrens-services/leaders",
            "Area leadership: there is no theme list",
        ),
        ("childrens-services/care_leavers", "childrens-services/leadership", "a theme code is used twice"),
        ("working_days: 30", "working_days: 0", "At deadlines > number 1 > working_days"),
        ("about: care_leavers", "about: leavers", "a meeting of a fieldwork plan is about the unknown leavers"),
        ("scale:", "scale: [", "is not YAML"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_place(folder: Path, before: str, after: str, sentence: str) -> None:
    rewrite(folder / "ilacs-2026.yaml", before, after)

    with pytest.raises(WrongFile, match=rf"^ilacs-2026.yaml .*{sentence}"):
        load(folder)


def test_a_file_that_holds_only_a_list_is_refused(folder: Path) -> None:
    (folder / "list.yaml").write_text("- one\n- two\n", encoding="utf-8")

    with pytest.raises(WrongFile, match=r"list\.yaml must hold keys and values"):
        load(folder)


def test_two_frameworks_of_a_regime_may_not_be_in_force_on_one_day(folder: Path) -> None:
    rewrite(folder / "ilacs-2023.yaml", "fieldwork_to: 2026-03-31", "fieldwork_to: 2026-04-01")

    with pytest.raises(WrongFile, match="ilacs-2023 and ilacs-2026 are both in force on 1 April 2026"):
        load(folder)


def test_two_files_may_not_share_an_id(folder: Path) -> None:
    shutil.copy(folder / "ilacs-2018.yaml", folder / "ilacs-2018-copy.yaml")

    with pytest.raises(WrongFile, match="Two framework files have the id ilacs-2018"):
        load(folder)


def test_an_area_may_not_continue_one_that_never_was(folder: Path) -> None:
    rewrite(folder / "ilacs-2026.yaml", "looked_after_permanence, adoption]", "looked_after, adoption]")

    with pytest.raises(WrongFile, match="children_in_care continues the unknown area looked_after"):
        load(folder)


def test_an_empty_folder_and_one_without_the_national_framework_are_refused(tmp_path: Path, folder: Path) -> None:
    (folder / "national-framework.yaml").unlink()

    with pytest.raises(WrongFile, match="There are no framework files in"):
        load(tmp_path / "nowhere")
    with pytest.raises(WrongFile, match=r"national-framework\.yaml cannot be read: No such file"):
        load(folder)


def meaning(number: int, day: date) -> str:
    reference = library().national_by_number("outcome", number, day)
    assert reference is not None
    return reference.key


def test_outcomes_2_and_3_exchanged_numbers_in_april_2026() -> None:
    before, after = date(2026, 3, 31), date(2026, 4, 1)

    assert [meaning(n, before) for n in (1, 2, 3, 4)] == ["NF-TOGETHER", "NF-FAMNET", "NF-SAFE", "NF-STABLE"]
    assert [meaning(n, after) for n in (1, 2, 3, 4)] == ["NF-TOGETHER", "NF-SAFE", "NF-FAMNET", "NF-STABLE"]


def test_both_numberings_know_the_same_keys() -> None:
    before, after = library().national.versions

    assert {reference.key for reference in before.references} == {reference.key for reference in after.references}


def test_a_key_keeps_its_meaning_and_has_its_latest_number() -> None:
    safe = library().national_reference("NF-SAFE")

    assert (safe.number, safe.name) == (2, "Children are safe in and outside of their homes")


def test_an_unknown_key_is_refused_and_an_unused_number_means_nothing() -> None:
    with pytest.raises(Refused, match="no entry with the key 'NF-WEALTH'"):
        library().national_reference("NF-WEALTH")
    assert library().national_by_number("outcome", 7, date(2026, 5, 1)) is None


def test_there_was_no_national_framework_when_brent_was_inspected_in_2018() -> None:
    assert library().national_version(date(2018, 5, 14)) is None
    assert library().national_by_number("outcome", 2, date(2018, 5, 14)) is None
    assert library().national_references("outcome 2", date(2018, 5, 14)) == ()


@pytest.mark.parametrize(
    ("kind", "number", "day", "doubtful"),
    [
        ("outcome", 2, date(2026, 5, 1), True),
        ("outcome", 3, date(2025, 9, 1), True),
        ("outcome", 2, date(2025, 1, 20), False),
        ("outcome", 1, date(2026, 5, 1), False),
        ("enabler", 2, date(2026, 5, 1), False),
    ],
)
def test_a_number_that_moved_within_a_year_is_confirmed_by_a_person(
    kind: str, number: int, day: date, doubtful: bool
) -> None:
    assert library().national_number_in_doubt(kind, number, day) is doubtful


def test_a_reference_printed_by_name_needs_no_confirming() -> None:
    known, day = library(), date(2026, 5, 1)
    by_number, by_name = (
        known.national_references(printed, day)[0] for printed in ("(outcome 3)", "(outcome 3: family network)")
    )

    assert by_number.reference == by_name.reference
    assert known.needs_confirming(by_number, day)
    assert not known.needs_confirming(by_name, day)


def test_what_is_not_verified_says_so() -> None:
    latest = library().national.versions[-1]

    principles = [reference for reference in latest.references if reference.kind == "principle"]
    assert {principle.certainty for principle in principles} == {Certainty.UNVERIFIED}
