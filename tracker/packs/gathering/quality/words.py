"""How the figures of the report are said."""

from tracker.audits.analysis.rules import Figures, Portion


def of(portion: Portion) -> str:
    return f"{portion.part} of {portion.whole}" if portion.whole else "None"


def interval(portion: Portion) -> str:
    return f"interval {portion.interval.said}" if portion.interval else "nothing graded"


def days(figures: Figures) -> str:
    return f"{figures.average_days} days on average" if figures.average_days is not None else "none closed"
