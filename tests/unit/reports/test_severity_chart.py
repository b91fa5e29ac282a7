"""How strict auditors are is read from a picture as from its words."""

import re
import xml.etree.ElementTree as ET

import pytest

from reports.quality_parts import Severities, SeverityLine
from reports.severity_chart import severity_chart, severity_finding
from reports.time_axis import NARROW, WIDE, Frame

KIND = SeverityLine(label="Amina <Yusuf>", value=-0.5, low=-0.9, high=-0.1)
SAME = SeverityLine(label="Nadia Coyle", value=0.1, low=-0.3, high=0.5)
STRICT = SeverityLine(label="Erin Vale, a name that is longer than any phone is wide", value=1.2, low=0.1, high=2.3)
CHART = Severities(caption="Auditors", lines=(KIND, SAME, STRICT))


def drawn(frame: Frame, chart: Severities = CHART) -> ET.Element:
    return ET.fromstring(str(severity_chart("severity", chart, frame)))  # noqa: S314  # our own picture


def of(picture: ET.Element, name: str) -> list[ET.Element]:
    return picture.findall(f"{{http://www.w3.org/2000/svg}}{name}")


def test_the_picture_says_in_words_what_it_shows() -> None:
    picture = drawn(WIDE)

    assert of(picture, "title")[0].text == (
        "Auditors: 2 of 3 differ from their moderators by more than chance would explain"
    )
    assert "Amina <Yusuf>: -0.50, interval -0.90 to -0.10." in (of(picture, "desc")[0].text or "")
    assert {"Kinder", "Stricter", "0"} <= {text.text for text in of(picture, "text")}


def test_one_that_differs_is_spoken_of_as_one() -> None:
    assert "1 of 2 differs from her moderators" in severity_finding(Severities(caption="Auditors", lines=(KIND, SAME)))


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
def test_everything_is_inside_the_picture_and_the_stricter_stands_further_right(frame: Frame) -> None:
    picture = drawn(frame)
    across = float(picture.attrib["width"])
    dots = [float(dot.attrib["cx"]) for dot in of(picture, "circle")]

    assert dots == sorted(dots)
    assert len(dots) == 3
    places = [float(found) for found in re.findall(r'\bx[12]?="([-\d.]+)"', ET.tostring(picture, encoding="unicode"))]
    assert min(places) >= 0
    assert max(places) <= across
    assert all(float(bar.attrib["x1"]) <= float(bar.attrib["x2"]) for bar in of(picture, "line"))
