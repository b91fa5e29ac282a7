"""The picture of a measure: what it says to those who do not see it, and that its table says the same."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from reports import html
from reports.charts_measures import measure_chart, measure_finding, measure_table, measure_words
from reports.measure_parts import MeasureChart
from reports.time_axis import NARROW, PACK, WIDE, Frame
from tests.unit.reports import sample
from tests.unit.reports.sample_area import measure_over_time

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: MeasureChart, frame: Frame = PACK) -> ElementTree.Element:
    return ElementTree.fromstring(str(measure_chart("m", chart, frame)))  # noqa: S314  # our own markup


def words_in(picture: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in picture.iter(f"{SVG}text")]


def without_limits(chart: MeasureChart) -> MeasureChart:
    points = tuple(replace(one, mean=None, low=None, high=None, signal="") for one in chart.points)
    return replace(chart, points=points)


def test_its_title_says_the_finding_and_its_description_every_value() -> None:
    chart = measure_over_time()

    picture = drawn(chart)

    assert picture.get("role") == "img"
    assert picture.findtext(f"{SVG}title") == measure_finding(chart)
    assert measure_finding(chart).endswith("9 points short of 88%, below its usual range")
    said = picture.findtext(f"{SVG}desc") or ""
    assert "86% (172 of 200), usual range 81.5% to 91.1%." in said
    assert "79% (158 of 200, provisional), usual range 81.5% to 91.1%, outside the limits." in said
    assert said.endswith("The target is 88%.")


def test_its_table_says_the_same_newest_first() -> None:
    chart = measure_over_time()

    table = measure_table(chart, name="")

    assert table.rows[0][1:] == ("79%, provisional", "158 of 200", "81.5% to 91.1%", "Outside the limits")
    assert len(table.rows) == len(chart.points)


def test_what_signals_is_told_by_shape_and_named_in_the_key() -> None:
    chart = measure_over_time()

    assert {"Target 88%", "Average 86.3%", "Usual range", "Unusual"} <= set(words_in(drawn(chart)))
    assert sum(circle.get("r") == "9" for circle in drawn(chart).iter(f"{SVG}circle")) == 1


def test_without_limits_there_is_no_range_and_no_average() -> None:
    chart = without_limits(measure_over_time())

    said = words_in(drawn(chart))

    assert not [words for words in said if words.startswith(("Average", "Usual"))]
    assert "Provisional" in said
    assert "usual range" not in measure_words(chart)
    assert measure_table(chart, name="").rows[0][3:] == ("Too few figures", "None")


@pytest.mark.parametrize("frame", [PACK, WIDE, NARROW])
def test_every_mark_stands_inside_the_picture(frame: Frame) -> None:
    picture = drawn(measure_over_time(), frame)

    _, _, width, height = map(float, (picture.get("viewBox") or "").split())
    for text in picture.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x") or -1) <= width, text.text
        assert 0 <= float(text.get("y") or -1) <= height, text.text


def test_a_measure_without_figures_says_so() -> None:
    empty = MeasureChart(caption="M-1", finding="no figure yet", unit="", points=())

    assert measure_words(empty).strip() == "No target is set."
    assert drawn(empty).findtext(f"{SVG}title") == "M-1: no figure yet"


def test_a_pack_prints_the_picture_with_its_sentences_and_its_table() -> None:
    page = html.page(sample.self_evaluation())

    assert measure_finding(measure_over_time()) in page
    assert "not whether it is good enough" in page
    assert "M-3, assessments in time, with its usual range" in page


def test_a_step_of_the_target_a_stretch_and_a_break_are_drawn_and_told() -> None:
    chart = measure_over_time()
    points = [replace(one, target=80.0, stretch=95.0) for one in chart.points[:3]]
    points += [replace(one, target=88.0, stretch=95.0) for one in chart.points[3:]]
    points[3] = replace(points[3], changed="counted otherwise from 1 May 2026, not compared", breaks=True)
    changed = replace(chart, points=tuple(points))

    picture, words = drawn(changed), measure_words(changed)

    assert {"Stretch 95%", "Counted otherwise, not compared"} <= set(words_in(picture))
    assert len(list(picture.iter(f"{SVG}polyline"))) == len(list(drawn(chart).iter(f"{SVG}polyline"))) + 1
    assert words.endswith(f"The target is 80% to {points[2].label}, then 88%.")
    assert "counted otherwise from 1 May 2026, not compared" in words
    assert "ounted otherwise from 1 May 2026" in str(measure_table(changed, name="").rows[-4][-1])
