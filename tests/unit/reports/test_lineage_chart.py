"""Grades over several inspections as pictures: what merged and split, and every value in words."""

from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from reports.lineage_chart import ACROSS, DOWN, Grades, Join, Judged, Stage, grades_across, grades_down

SVG = "{http://www.w3.org/2000/svg}"
Draw = Callable[..., Markup]
BOTH = pytest.mark.parametrize("draw", [grades_across, grades_down])


def stage(label: str, *judged: Judged, overall: str = "Good") -> Stage:
    return Stage(label=label, framework=f"Framework {label}", judged=judged, overall=overall)


def good(label: str, *, part: bool = False) -> Judged:
    return Judged(label=label, words="Good", step=3, part=part)


SPLIT = Grades(
    stages=[
        stage("2015", good("Leaders"), good("Care"), good("Adoption", part=True)),
        stage("2018", good("Leaders"), good("Care and leaving care")),
        stage("2023", good("Leaders"), good("Care"), good("Leaving care"), overall="Not given"),
    ],
    joins=[
        Join(stage=0, earlier=0, later=0),
        Join(stage=0, earlier=1, later=1),
        Join(stage=0, earlier=2, later=1),
        Join(stage=1, earlier=0, later=0),
        Join(stage=1, earlier=1, later=1),
        Join(stage=1, earlier=1, later=2),
    ],
    steps=4,
)


def drawn(draw: Draw, grades: Grades = SPLIT) -> ElementTree.Element:
    return ElementTree.fromstring(draw("g", grades=grades, finding="Grades & areas", notes=["It split."]))  # noqa: S314 our own


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@BOTH
def test_the_picture_says_every_grade_in_words_for_who_cannot_see_it(draw: Draw) -> None:
    root = drawn(draw)

    assert root.attrib["aria-labelledby"] == "g-t g-d"
    assert root.findtext(f"{SVG}title") == "Grades & areas"
    said = root.findtext(f"{SVG}desc") or ""
    assert "2018, Framework 2018: Leaders: good; Care and leaving care: good; overall effectiveness: good." in said
    assert (
        "2023, Framework 2023: Leaders: good; Care: good; Leaving care: good; overall effectiveness: not given." in said
    )
    assert said.endswith("It split.")


@BOTH
def test_a_line_joins_each_area_to_every_one_that_carries_it_on(draw: Draw) -> None:
    assert len(list(drawn(draw).iter(f"{SVG}path"))) == len(SPLIT.joins)


def test_what_merged_and_what_split_is_marked_in_words() -> None:
    said = texts(drawn(grades_across))

    assert said.count("2 merged") == 1
    assert said.count("split into 2") == 1


def test_an_area_between_two_that_carry_it_on_stands_between_them() -> None:
    first, second, third = SPLIT.rows()

    assert third == [0, 1, 2]
    assert second == [0, 1.5]
    assert first == [0, 1, 2]


def test_areas_never_stand_on_each_other_however_many_become_one() -> None:
    grades = Grades(
        stages=[stage("2015", *[good(f"Area {n}") for n in range(5)]), stage("2018", good("All"), good("New"))],
        joins=[Join(stage=0, earlier=n, later=0) for n in range(5)],
        steps=4,
    )

    rows = grades.rows()[0]

    assert all(after - before >= 1 for before, after in pairwise(rows))


@BOTH
def test_where_no_overall_grade_was_given_none_is_drawn(draw: Draw) -> None:
    said = " ".join(texts(drawn(draw)))

    assert "ot given" in said


@pytest.mark.parametrize(("draw", "width"), [(grades_across, ACROSS), (grades_down, DOWN)])
def test_nothing_is_drawn_outside_the_picture(draw: Draw, width: float) -> None:
    root = drawn(draw)
    _, _, _, height = (float(number) for number in root.attrib["viewBox"].split())

    for element in root.iter():
        if element.tag == f"{SVG}rect":
            assert float(element.attrib["x"]) >= 0
            assert float(element.attrib["x"]) + float(element.attrib["width"]) <= width
            assert float(element.attrib["y"]) + float(element.attrib["height"]) <= height
        if element.tag == f"{SVG}text":
            assert 0 < float(element.attrib["y"]) <= height


def test_a_judgement_without_a_grade_says_so_and_has_no_steps() -> None:
    one = Grades(
        stages=[stage("2026", Judged(label="Leaders", words="Not given", step=None), overall="Not given")],
        joins=[],
        steps=4,
    )

    root = drawn(grades_across, one)

    assert "Not given" in texts(root)
    assert len(list(root.iter(f"{SVG}rect"))) == 1
