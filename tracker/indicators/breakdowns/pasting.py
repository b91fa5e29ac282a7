"""A pasted table of parts: a line for each, its name and then its figure. Pure."""

from tracker.indicators.breakdowns.commands import OfPart
from tracker.indicators.commands import Figure
from tracker.indicators.importing.figures import read_count, read_value
from tracker.indicators.rules import Unit
from tracker.platform.errors import Refused


def read(text: str, *, counts: bool, provisional: bool) -> list[OfPart]:
    """The lines in their order; a first line without a number is taken for headings.

    Raises Refused, with the line named, where one cannot be read.

    >>> read("Team; Done; All\\nNorth; 7; 9", counts=True, provisional=False)[0].figure.numerator
    7
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and not any(char.isdigit() for char in lines[0]):
        lines = lines[1:]
    return [_line(line, counts, provisional) for line in lines]


def _line(line: str, counts: bool, provisional: bool) -> OfPart:
    wanted = 3 if counts else 2
    between = next((sign for sign in ("\t", ";") if sign in line), ",")
    cells = [cell.strip() for cell in line.strip().rsplit(between, wanted - 1)]
    if len(cells) != wanted or not all(cells):
        what = "its name and its two counts" if counts else "its name and its figure"
        raise Refused(f"“{_short(line)}” should be a part in a line: {what}.")
    name, *numbers = cells
    try:
        if counts:
            above, below = (read_count(number) for number in numbers)
            if above is None or below is None:
                raise Refused("Enter both counts, or leave its line out.")
            return OfPart(name, Figure(numerator=above, denominator=below, provisional=provisional))
        # no sign is asked for: the measure says in which unit it counts
        value = read_value(numbers[0].removesuffix("%").strip(), Unit.COUNT)
        return OfPart(name, Figure(value=value, provisional=provisional))
    except Refused as refused:
        raise Refused(f"{name}: {refused}") from None


def _short(line: str) -> str:
    words = " ".join(line.split())
    return words if len(words) <= 40 else f"{words[:40]}…"
