"""The pictures of a plan: every value in words, nothing told by colour alone, legible at each width."""

import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from reports import charts_plan, charts_timeline
from reports.plan_parts import BurnUp, States, Timeline, Window
from reports.time_axis import NARROW, PACK, TONES, WIDE, Days, Frame, month_after, months_between
from tests.unit.reports.sample_board import SCALE, TODAY, burn_up, states, timeline

SVG = "{http://www.w3.org/2000/svg}"
Drawn = Callable[[Frame], Markup]


def burn(frame: Frame) -> Markup:
    return charts_plan.burn_up("c", burn_up(), frame)


def layers(frame: Frame) -> Markup:
    return charts_plan.states_over_time("c", states(), frame)


def bars(frame: Frame) -> Markup:
    return charts_timeline.timeline("c", timeline(), frame)


ALL = pytest.mark.parametrize("draw", [burn, layers, bars])
WIDTHS = pytest.mark.parametrize("frame", [PACK, WIDE, NARROW], ids=["pack", "wide", "narrow"])


def parsed(chart: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(chart)  # noqa: S314 our own


def texts(chart: Markup) -> list[str]:
    return [element.text or "" for element in parsed(chart).iter(f"{SVG}text")]


def said(chart: Markup) -> str:
    return parsed(chart).findtext(f"{SVG}desc") or ""


@ALL
@WIDTHS
def test_a_picture_is_an_image_named_by_its_title_and_description(draw: Drawn, frame: Frame) -> None:
    root = parsed(draw(frame))

    assert (root.attrib["role"], root.attrib["aria-labelledby"]) == ("img", "c-t c-d")
    assert root.findtext(f"{SVG}title")
    assert {element.attrib["id"] for element in root.iter() if "id" in element.attrib} == {"c-t", "c-d"}


@ALL
@WIDTHS
def test_nothing_is_styled_inline_and_nothing_is_drawn_outside(draw: Drawn, frame: Frame) -> None:
    root = parsed(draw(frame))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])

    assert not [element for element in root.iter() if "style" in element.attrib]
    assert width == frame.across
    for element in root.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert -1 <= float(element.attrib.get(name, 0)) <= width, (element.tag, element.attrib)
        for name in ("y", "y1", "y2", "cy"):
            assert -1 <= float(element.attrib.get(name, 0)) <= height, (element.tag, element.attrib)


@ALL
@WIDTHS
def test_words_do_not_run_out_of_the_picture(draw: Drawn, frame: Frame) -> None:
    for element in parsed(draw(frame)).iter(f"{SVG}text"):
        size = float(element.attrib.get("font-size", 12.3))
        long, x = 0.5 * size * len(element.text or ""), float(element.attrib["x"])
        anchor = element.attrib["text-anchor"]
        begins = {"start": x, "middle": x - long / 2, "end": x - long}[anchor]
        assert begins >= -2, element.text
        assert begins + long <= frame.across + 4, element.text


def test_a_burn_up_says_every_value_and_how_far_from_what_was_promised() -> None:
    chart = burn(PACK)

    assert parsed(chart).findtext(f"{SVG}title") == (
        "Promised, delivered and embedded: by 26 October 2026, 21 of 42 actions were promised, "
        "18 are delivered and 9 embedded"
    )
    assert "26 October 2026: 42 in the plan, 21 promised by then, 18 delivered, 9 embedded." in said(chart)
    assert "30 April 2027: 41 promised." in said(chart)
    assert "expected between 27 October 2028 and 27 October 2029" in said(chart)


def test_each_line_of_a_burn_up_ends_in_its_words_and_looks_unlike_the_others() -> None:
    chart = burn(PACK)

    assert {"All actions 42", "Promised 41", "Delivered 18", "Embedded 9", "Inspection window"} <= set(texts(chart))
    lines = parsed(chart).findall(f"{SVG}polyline")
    looks = {(line.attrib["stroke-width"], line.attrib.get("stroke-dasharray", "")) for line in lines}
    assert len(looks) == len(lines) == 4


def test_the_axis_reaches_the_inspection_window() -> None:
    with_window, without = burn_up(), BurnUp(caption="", today=TODAY, points=burn_up().points)

    assert "2028" in " ".join(texts(charts_plan.burn_up("c", with_window)))
    assert "2028" not in " ".join(texts(charts_plan.burn_up("c", without)))
    assert "next inspection" not in said(charts_plan.burn_up("c", without))


def test_states_have_their_number_and_word_and_delivered_is_apart_from_embedded() -> None:
    chart = layers(WIDE)

    words = " ".join(texts(chart))
    assert "10 delivered, impact not yet evidenced" in words
    assert "8 embedded" in words
    assert "26 October 2026: 10 not started, 1 off track, 6 at risk, 9 on track" in said(chart)
    fills = {element.attrib["fill"] for element in parsed(chart).iter(f"{SVG}rect")}
    assert {TONES[SCALE[5].tone], TONES[SCALE[6].tone]} <= fills


def test_a_timeline_says_what_was_planned_what_is_expected_and_how_far_apart() -> None:
    chart = bars(PACK)

    assert parsed(chart).findtext(f"{SVG}title") == "Items still to finish: 1 of 3 behind what was planned"
    assert (
        "from 1 March 2024, first promised for 1 October 2026, expected on 14 November 2026; 1 late, 44 days behind."
        in said(chart)
    )
    assert "I-10 History: No action yet." in said(chart)
    assert {"1 late", "44 days behind", "26 October 2026", "Inspection window", "first promised"} <= set(texts(chart))


def test_what_lies_beyond_the_plan_is_drawn_open() -> None:
    dashed = [
        element
        for element in parsed(bars(PACK)).iter(f"{SVG}rect")
        if element.attrib.get("stroke-dasharray") and element.attrib["fill"] == "#ffffff"
    ]

    assert len(dashed) == 2
    """One of the item that is behind, one in the key."""


def test_words_stand_above_the_bars_on_a_phone() -> None:
    assert any(text.startswith("I-9 Pre-proceedings work") for text in texts(bars(NARROW)))
    assert "1 late, 44 days behind" in texts(bars(NARROW))


@pytest.mark.parametrize("frame", [PACK, WIDE, NARROW])
def test_nothing_to_draw_is_said(frame: Frame) -> None:
    empty = (
        charts_plan.burn_up("c", BurnUp(caption="Burn-up", today=TODAY, points=()), frame),
        charts_plan.states_over_time("c", States(caption="States", scale=SCALE, points=()), frame),
        charts_timeline.timeline("c", Timeline(caption="Timeline", today=TODAY, bars=()), frame),
    )

    assert "nothing is promised yet" in empty[0]
    assert "nothing is planned yet" in empty[1]
    assert "No action has been planned yet." in said(empty[2])


def test_a_window_that_is_over_or_far_off_is_not_drawn() -> None:
    far = Window(opens_on=date(2035, 1, 1), closes_on=date(2036, 1, 1), basis="")
    over = Window(opens_on=date(2020, 1, 1), closes_on=date(2021, 1, 1), basis="")
    for window in (far, over):
        chart = Timeline(caption="", today=TODAY, bars=timeline().bars, window=window)
        assert "Inspection window" not in texts(charts_timeline.timeline("c", chart))


def test_words_that_would_meet_are_put_apart_and_stay_inside() -> None:
    placed = charts_plan.apart([100, 100, 100, 100], [12, 12, 12, 12], 110)

    assert placed == [74, 86, 98, 110]


@pytest.mark.parametrize("days", [20, 90, 400, 1500, 6000])
def test_an_axis_has_a_label_for_each_stretch_of_time_and_never_too_many(days: int) -> None:
    axis = Days(date(2026, 1, 20), date.fromordinal(date(2026, 1, 20).toordinal() + days), 0, 600)

    labels = [label for _, label in axis.months(60)]

    assert 0 < len(labels) <= 11
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"([A-Z][a-z]{2} )?\d{4}", label) for label in labels)


def test_months_are_counted_over_the_turn_of_a_year() -> None:
    assert months_between(date(2025, 11, 3), date(2026, 2, 1)) == 3
    assert month_after(date(2025, 11, 3), 2) == date(2026, 1, 1)
