"""The history of an appraisal is drawn with its days, and said whole in the drawing's own words."""

from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

from reports.appraisal_chart import ScalePoint, appraisal_line

SVG = "{http://www.w3.org/2000/svg}"
THREE = [
    ScalePoint(on=date(2025, 11, 3), scale=3, aim=7),
    ScalePoint(on=date(2026, 2, 9), scale=4, aim=7),
    ScalePoint(on=date(2026, 11, 11), scale=6, aim=8),
]


def drawn(points: list[ScalePoint]) -> ElementTree.Element:
    return ElementTree.fromstring(appraisal_line("a", points=points, of="I-9"))  # noqa: S314  # our own drawing


def words(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_it_is_an_image_whose_title_says_the_finding_and_whose_description_says_every_value() -> None:
    root = drawn(THREE)

    assert (root.attrib["role"], root.attrib["aria-labelledby"]) == ("img", "a-t a-d")
    assert root.findtext(f"{SVG}title") == (
        "I-9: up from 3 out of 10 in November 2025 to 6 in November 2026, 2 short of the aim of 8"
    )
    assert root.findtext(f"{SVG}desc") == (
        "On a scale of 0 to 10: 3 November 2025 3, aim 7; 9 February 2026 4, aim 7; 11 November 2026 6, aim 8."
    )


def test_days_stand_as_far_apart_as_they_are() -> None:
    first, second, third = (float(dot.attrib["cx"]) for dot in drawn(THREE).iter(f"{SVG}circle"))

    assert round((second - first) / (third - first), 2) == round(98 / 373, 2)


def test_each_number_stands_once_with_the_aim_named_and_years_where_they_change() -> None:
    said = words(drawn(THREE))

    assert "aim 8" in said
    assert [word for word in said if word in {"2025", "2026"}] == ["2025", "2026"]


def test_words_of_many_appraisals_do_not_run_into_each_other() -> None:
    weekly = [ScalePoint(on=date(2026, 1, 1) + timedelta(days=7 * n), scale=n % 11, aim=9) for n in range(60)]

    months = [float(element.attrib["x"]) for element in drawn(weekly).iter(f"{SVG}text") if element.text == "Jan"]
    places = sorted(
        float(element.attrib["x"]) for element in drawn(weekly).iter(f"{SVG}text")
        if element.attrib["text-anchor"] == "middle" and element.attrib.get("y") == "188.0"
    )  # fmt: skip

    assert len(months) >= 1
    assert all(later - earlier >= 25 for earlier, later in pairwise(places))


def test_nothing_leaves_the_drawing_however_high_or_low_it_stands() -> None:
    extremes = [ScalePoint(on=date(2026, 1, 1), scale=0, aim=10), ScalePoint(on=date(2026, 2, 1), scale=10, aim=0)]
    root = drawn(extremes)
    _, _, wide, tall = (float(part) for part in root.attrib["viewBox"].split())

    for element in root.iter(f"{SVG}text"):
        assert 0 < float(element.attrib["x"]) < wide
        assert 8 < float(element.attrib["y"]) < tall


def test_one_appraisal_or_none_is_said_as_such() -> None:
    assert drawn(THREE[:1]).findtext(f"{SVG}title") == "I-9: 3 out of 10 in November 2025, 4 short of the aim of 7"
    assert drawn([]).findtext(f"{SVG}title") == "I-9: not appraised yet"
