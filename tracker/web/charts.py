"""What rooms fill for a chart that a template draws: the shapes of ``reports``, which only this kit knows."""

from reports.appraisal_chart import ScalePoint
from reports.difference_parts import DifferenceChart, IndexLine, IndexPoint
from reports.lineage_chart import Grades, Join, Judged, Stage
from reports.measure_parts import MeasureChart, MeasurePoint
from reports.parts import Tone, Word
from reports.plan_parts import Bar, BurnUp, BurnUpPoint, States, StatesPoint, Timeline, Window
from reports.quality_parts import (
    Chain,
    ChainLine,
    ControlChart,
    ControlPoint,
    Severities,
    SeverityLine,
    ShareLine,
    Shares,
    Station,
)
from reports.time_axis import NARROW, WIDE, Frame

__all__ = [
    "Bar", "BurnUp", "BurnUpPoint", "Chain", "ChainLine", "ControlChart", "ControlPoint", "DifferenceChart", "Grades",
    "IndexLine", "IndexPoint", "Join", "Judged", "MeasureChart", "MeasurePoint", "ScalePoint", "Severities",
    "SeverityLine", "ShareLine", "Shares", "Stage", "States", "StatesPoint", "Station", "Timeline", "Tone", "Window",
    "Word", "picture_frame",
]  # fmt: skip


def picture_frame(width: str) -> Frame:
    """How large a picture of the plan is drawn in a page: "wide", or "narrow" for a phone."""
    return {"wide": WIDE, "narrow": NARROW}[width]
