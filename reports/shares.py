"""How a share is said, in a chart and in a table alike."""

from collections.abc import Sequence
from math import floor


def share(counts: Sequence[int], *, good: int, percent_from: int) -> str:
    """How many of all are good, and as a percentage where there are enough to say so.

    >>> share((2, 3, 5), good=2, percent_from=100), share((30, 70), good=1, percent_from=100)
    ('5 of 10', '30 of 100 (30%)')
    """
    total, some = sum(counts), sum(counts[:good])
    if not total:
        return "None graded"
    return f"{some} of {total}" + (f" ({percentage(some, total)}%)" if total >= percent_from else "")


def percentage(part: int, whole: int) -> int:
    """Rounded to the nearest, halves up.

    >>> percentage(31, 46), percentage(1, 200)
    (67, 1)
    """
    return floor(100 * part / whole + 0.5)
