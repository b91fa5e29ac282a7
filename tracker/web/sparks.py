"""Where the points of the tiny line beside a measure go. Full charts are ``reports.charts``."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 96, 24, 3
"""Size of the picture and the room for the last point, in its own units."""


@dataclass(frozen=True)
class Spark:
    line: str
    last: tuple[float, float]
    target: float | None


def spark_points(values: Sequence[float], target: float | None = None) -> Spark:
    """The line through ``values``, oldest first, and the height of the target; both share one scale.

    >>> spark_points([10, 20], target=20)
    Spark(line='3.0,21.0 91.0,3.0', last=(91.0, 3.0), target=3.0)
    """
    numbers = [float(value) for value in values]
    scale = [*numbers, *([float(target)] if target is not None else [])]
    low, high = min(scale), max(scale)
    step = (WIDTH - 5 - EDGE) / max(1, len(numbers) - 1)
    points = [(round(EDGE + place * step, 1), _height(value, low, high)) for place, value in enumerate(numbers)]
    line = " ".join(f"{x},{y}" for x, y in points)
    return Spark(line, points[-1], None if target is None else _height(float(target), low, high))


def _height(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE), 1)
