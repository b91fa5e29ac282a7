from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from reports import charts
from reports.drawing import BRAND

SVG = "{http://www.w3.org/2000/svg}"
SCALE = ("Outstanding", "Good", "Requires improvement", "Inadequate")


def profile(ident: str = "c") -> Markup:
    return charts.grade_profile(
        ident,
        scale=SCALE,
        inspections=("2018", "2023"),
        panels=[
            charts.Panel(
                label="Help & protection",
                marks=[charts.Mark(words="Not judged separately", step=None), charts.Mark(words="Good", step=3)],
                own=charts.Mark(words="Outstanding", step=4),
            ),
            charts.Panel(label="Leaders", marks=[charts.Mark(words="Inadequate", step=1)] * 2),
        ],
    )


def bars(ident: str = "c") -> Markup:
    quarters = [charts.Bar(label="Spring", counts=(1, 2, 3, 4)), charts.Bar(label="Summer", counts=(0, 0, 0, 0))]
    return charts.stacked_bars(ident, caption="Audits", scale=SCALE, bars=quarters)


def spark(ident: str = "c") -> Markup:
    return charts.sparkline(ident, name="Visits in time", values=(86, 88.5), unit="%", target=90)


def line(ident: str = "c") -> Markup:
    return charts.measure_line(ident, name="M-7", points=[("Jun", 54), ("Nov", 71)], target=90, unit="%")


ALL = [profile, bars, spark, line]


@pytest.mark.parametrize("chart", ALL)
def test_a_chart_is_an_image_named_by_its_title_and_description(chart: Callable[[str], Markup]) -> None:
    root = parsed(chart("c-1"))

    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "c-1-t c-1-d"
    assert {element.attrib["id"] for element in root.iter() if "id" in element.attrib} == {"c-1-t", "c-1-d"}


@pytest.mark.parametrize("chart", [*ALL, lambda _: charts.grade_bar(3)])
def test_a_chart_carries_no_style_that_a_security_policy_would_refuse(chart: Callable[[str], Markup]) -> None:
    root = parsed(chart("c"))

    assert not [element for element in root.iter() if "style" in element.attrib or "class" in element.attrib]
    assert not list(root.iter(f"{SVG}style")) + list(root.iter(f"{SVG}script"))


def test_a_profile_says_every_grade_and_why_there_is_none() -> None:
    title, said = words(profile())

    assert title == (
        "Grades by area at the last inspection: Help & protection Good, Leaders Inadequate; "
        "our own view is higher for Help & protection"
    )
    assert "Help & protection: Not judged separately in 2018, Good in 2023, own view Outstanding" in said
    assert "Leaders: Inadequate in 2018, Inadequate in 2023, no view of our own yet" in said


def test_bars_say_every_count_and_the_share_that_is_good() -> None:
    title, said = words(bars())

    assert title == "Audits: good or better 3 of 10 in Spring"
    assert "Outstanding 1, Good 2, Requires improvement 3, Inadequate 4; good or better 3 of 10." in said
    assert "Summer: none graded" in said


def test_only_enough_audits_are_given_a_percentage() -> None:
    audited = [charts.Bar(label="Summer", counts=(12, 7)), charts.Bar(label="Autumn", counts=(12, 8))]

    chart = charts.stacked_bars("c", caption="C", scale=("Met", "Not"), bars=audited, good=1, percent_from=20)

    assert words(chart)[0] == "C: good or better 12 of 19 in Summer, 12 of 20 (60%) in Autumn"
    assert [text for text in parsed(chart).itertext() if "%" in text][-1] == "12 of 20 (60%)"


def test_long_labels_of_neighbouring_bars_stand_apart() -> None:
    label = "Management oversight, supervision and what came of them"

    root = parsed(
        charts.stacked_bars("c", caption="C", scale=("Met", "Not"), bars=[charts.Bar(label=label, counts=(1, 1))] * 3)
    )

    lines = [float(text.attrib["y"]) for text in root.iter(f"{SVG}text") if text.attrib["x"] == "0.0"]
    assert len(lines) == 6
    assert all(below - above >= 14 for above, below in pairwise(lines))


def test_domains_are_told_from_the_weakest() -> None:
    domains = [charts.Bar(label="Voice", counts=(1, 1)), charts.Bar(label="Plan", counts=(0, 2))]

    title, _ = words(charts.stacked_bars("c", caption="C", scale=("Met", "Not"), bars=domains, good=1, over_time=False))

    assert title == "C: good or better 0 of 2 in Plan, 1 of 2 in Voice"


def test_a_sparkline_says_its_values_and_target() -> None:
    assert words(spark()) == ("Visits in time, up from 86% to 88.5%; target 90%", "oldest first: 86%, 88.5%")


def test_one_value_draws_no_direction() -> None:
    assert charts.sparkline("c", name="Visits", values=(86,)) == ""


def test_a_measure_line_says_its_values_and_target() -> None:
    title, said = words(line())

    assert title == "M-7: up from 54% in Jun to 71% in Nov, target 90%"
    assert said == "Jun 54%, Nov 71%. The target is 90%."


@pytest.mark.parametrize("points", [[], [("Jun", 0)], [("Jun", -3), ("Jul", 1500)]])
def test_a_measure_line_stands_whatever_was_measured(points: list[tuple[str, float]]) -> None:
    root = parsed(charts.measure_line("c", name="M-7", points=points))

    heights = [float(dot.attrib["cy"]) for dot in root.iter(f"{SVG}circle")]
    assert all(18 <= height <= 146 for height in heights)


def test_a_grade_bar_is_hidden_because_the_word_stands_beside_it() -> None:
    root = parsed(charts.grade_bar(3))

    assert root.attrib["aria-hidden"] == "true"
    assert [step.attrib["fill"] for step in root] == [BRAND] * 3 + ["#ffffff"]


def test_a_label_is_never_markup() -> None:
    chart = charts.stacked_bars("c", caption="<b>", scale=SCALE, bars=[charts.Bar(label="<i>", counts=(1, 0, 0, 0))])

    assert words(chart)[0] == "<b>: good or better 1 of 1 in <i>"


def parsed(chart: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(chart)  # noqa: S314


def words(chart: Markup) -> tuple[str, str]:
    root = parsed(chart)
    return root.findtext(f"{SVG}title", ""), root.findtext(f"{SVG}desc", "")
